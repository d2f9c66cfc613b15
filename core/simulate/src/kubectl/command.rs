//! The command line: which words there are, and what is said about words that there are not.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};

use super::failure::Failure;
use super::session::Session;
use super::{
    Output, answer, apply, cluster, cordon, create, delete, describe, diff, drain, edit, events,
    exec, expose, fault, get, label, logs, outage, patch, refused, replace, rollout, run, scale,
    set, taint, timeline, wait,
};
use crate::values::managed_fields;

/// A command line.
#[derive(Debug, Parser)]
#[command(name = "kubectl", no_binary_name = true, disable_version_flag = true)]
pub(super) struct Typed {
    /// Namespace; any exists
    #[arg(short, long, global = true)]
    pub namespace: Option<String>,
    #[command(subcommand)]
    pub command: Command,
    /// In whose name the command writes.
    #[arg(skip)]
    pub manager: String,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Apply(apply::Apply),
    Create(create::Create),
    Replace(replace::Replace),
    Diff(diff::Diff),
    Edit(edit::Edit),
    Expose(expose::Expose),
    Get(get::Get),
    Describe(describe::Describe),
    Delete(delete::Delete),
    Scale(scale::Scale),
    #[command(subcommand)]
    Set(set::Set),
    Patch(patch::Patch),
    Label(label::Label),
    Annotate(label::Annotate),
    #[command(subcommand)]
    Rollout(rollout::Rollout),
    Exec(exec::Exec),
    Logs(logs::Logs),
    Run(run::Run),
    Wait(wait::Wait),
    Events(events::Events),
    Cordon(cordon::Cordon),
    Uncordon(cordon::Uncordon),
    Drain(drain::Drain),
    Taint(taint::Taint),
    Settle(cluster::Settle),
    Advance(cluster::Advance),
    Nslookup(cluster::Nslookup),
    Ps(cluster::Ps),
    #[command(subcommand)]
    Break(outage::Break),
    #[command(subcommand)]
    Mend(outage::Mend),
    #[command(subcommand)]
    Fail(outage::Fail),
    #[command(subcommand)]
    Restore(outage::Restore),
    #[command(subcommand)]
    Fence(outage::Fence),
    Crash(outage::Crash),
    #[command(subcommand)]
    Fault(fault::Fault),
    Answer(answer::Answer),
    Explain(cluster::Explain),
    Plan(cluster::Plan),
    Timeline(timeline::Timeline),
}

impl Command {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        match self {
            Self::Apply(command) => command.run(session),
            Self::Create(command) => command.run(session),
            Self::Replace(command) => command.run(session),
            Self::Diff(command) => command.run(session),
            Self::Edit(command) => command.run(session),
            Self::Expose(command) => command.run(session),
            Self::Get(command) => command.run(session),
            Self::Describe(command) => command.run(session),
            Self::Delete(command) => command.run(session),
            Self::Scale(command) => command.run(session),
            Self::Set(command) => command.run(session),
            Self::Patch(command) => command.run(session),
            Self::Label(command) => command.run(session),
            Self::Annotate(command) => command.run(session),
            Self::Rollout(command) => command.run(session),
            Self::Exec(command) => command.run(session),
            Self::Logs(command) => command.run(session),
            Self::Run(command) => command.run(session),
            Self::Wait(command) => command.run(session),
            Self::Events(command) => command.run(session),
            Self::Cordon(command) => command.run(session),
            Self::Uncordon(command) => command.run(session),
            Self::Drain(command) => command.run(session),
            Self::Taint(command) => command.run(session),
            Self::Settle(command) => {
                command.run(session);
                Ok(())
            }
            Self::Advance(command) => {
                command.run(session);
                Ok(())
            }
            Self::Nslookup(command) => command.run(session),
            Self::Ps(command) => {
                command.run(session);
                Ok(())
            }
            Self::Break(command) => command.run(session),
            Self::Mend(command) => {
                command.run(session);
                Ok(())
            }
            Self::Fail(command) => command.run(session),
            Self::Restore(command) => command.run(session),
            Self::Fence(command) => command.run(session),
            Self::Crash(command) => {
                command.run(session);
                Ok(())
            }
            Self::Fault(command) => command.run(session),
            Self::Answer(command) => command.run(session),
            Self::Explain(command) => command.run(session),
            Self::Plan(command) => command.run(session),
            Self::Timeline(command) => command.run(session),
        }
    }
}

/// Reads the words of a command line. What is not to be run (help, mistakes) is output already.
pub(super) fn parse(words: Vec<String>) -> Result<Typed, Output> {
    let typed = words.clone();
    matched(words).map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp => Output {
            text: error.to_string(),
            failed: false,
        },
        // As kubectl, a command that is nothing without another one prints its help, and fails.
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Output {
            text: error.to_string(),
            failed: true,
        },
        _ => Output::from(mistake(&typed, &error)),
    })
}

fn matched(words: Vec<String>) -> Result<Typed, clap::Error> {
    let matches = Typed::command().try_get_matches_from(words)?;
    let mut typed = Typed::from_arg_matches(&matches)?;
    typed.manager = manager(&matches);
    Ok(typed)
}

/// In whose name a command writes: as was typed, or as kubectl calls itself.
fn manager(matches: &ArgMatches) -> String {
    let (word, mut at) = matches.subcommand().unwrap_or(("", matches));
    while let Some((_, below)) = at.subcommand() {
        at = below;
    }
    let typed = |name| at.try_get_one::<String>(name).ok().flatten();
    let is_applied_by_server = at.try_get_one("server_side").ok().flatten() == Some(&true);
    match (typed("field_manager"), word) {
        (Some(name), _) => name.clone(),
        (None, "apply") if is_applied_by_server => managed_fields::KUBECTL.into(),
        (None, "apply" | "diff") if !is_applied_by_server => "kubectl-client-side-apply".into(),
        // These have no such flag.
        (None, "scale" | "cordon" | "uncordon" | "drain" | "delete" | "diff") => {
            managed_fields::KUBECTL.into()
        }
        (None, word) => format!("kubectl-{word}"),
    }
}

/// The command that the words name, and these words: `set image`.
fn named(words: &[String]) -> (clap::Command, String) {
    let mut command = Typed::command();
    let mut path = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if matches!(word.as_str(), "-n" | "--namespace") {
            words.next();
        }
        if word.starts_with('-') {
            continue;
        }
        let Some(found) = command.find_subcommand(word) else {
            break;
        };
        path.push(found.get_name().to_owned());
        command = found.clone();
    }
    (command, path.join(" "))
}

/// Which words may have been meant, as kubectl judges it: those that begin so, and those that are two letters away at most.
fn meant<'w>(typed: &str, words: impl Iterator<Item = &'w str>) -> String {
    const FAR: usize = 2;
    let near = |word: &&str| {
        word.starts_with(typed) || strsim::levenshtein(&typed.to_lowercase(), word) <= FAR
    };
    let mut near: Vec<_> = words.filter(near).collect();
    near.sort_unstable();
    if near.is_empty() {
        return String::new();
    }
    format!("\n\nDid you mean this?\n\t{}\n", near.join("\n\t"))
}

/// A mistake on the command line, as kubectl says it.
fn mistake(words: &[String], error: &clap::Error) -> Failure {
    let (command, path) = named(words);
    let path = path.as_str();
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("\n\t"),
        _ => String::new(),
    };
    let flag = text(ContextKind::InvalidArg);
    let see = format!("See 'kubectl {path} --help' for usage.");
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let word = text(ContextKind::InvalidSubcommand);
            let near = meant(
                &word,
                command.get_subcommands().map(clap::Command::get_name),
            );
            if let Some(refusal) = refused::word(path, &word) {
                return Failure::error(refusal);
            }
            match path {
                "" => Failure::Usage(format!("unknown command \"{word}\" for \"kubectl\"{near}")),
                // Where files may be named, a word is no command.
                "apply" | "create" => Failure::error(format!(
                    "Unexpected args: [{word}]{near}\nSee 'kubectl {path} -h' for help and examples"
                )),
                _ => Failure::error(format!(
                    "unknown command \"{word}\"{near}\nSee 'kubectl {path} -h' for help and examples"
                )),
            }
        }
        ErrorKind::UnknownArgument if flag.starts_with('-') => {
            if let Some(refusal) = refused::flag(path, &flag) {
                return Failure::error(refusal);
            }
            let longs = command.get_arguments().filter_map(clap::Arg::get_long);
            let longs: Vec<_> = longs
                .chain(["namespace"])
                .map(|it| format!("--{it}"))
                .collect();
            let mut near = String::new();
            let what = if flag.starts_with("--") {
                near = meant(&flag, longs.iter().map(String::as_str));
                format!("unknown flag: {flag}")
            } else {
                let letter = flag.trim_start_matches('-');
                format!("unknown shorthand flag: '{letter}' in {flag}")
            };
            Failure::Usage(format!("{what}{near}\n{see}"))
        }
        ErrorKind::UnknownArgument => Failure::error(format!("unexpected argument \"{flag}\"")),
        ErrorKind::MissingRequiredArgument if flag.starts_with("--") => {
            let flags = flag
                .split("\n\t")
                .filter_map(|it| it.split([' ', '=']).next());
            let flags: Vec<_> = flags
                .map(|it| format!("\"{}\"", it.trim_start_matches('-')))
                .collect();
            let flags = flags.join(", ");
            Failure::error(format!("required flag(s) {flags} not set"))
        }
        ErrorKind::InvalidValue if text(ContextKind::InvalidValue).is_empty() => {
            let flag = flag.split([' ', '=', '[']).next().unwrap_or("");
            let long = flag.trim_start_matches('-');
            let of = command
                .get_arguments()
                .find(|it| it.get_long() == Some(long));
            let letter = of.and_then(clap::Arg::get_short);
            let flag = match letter.filter(|it| words.contains(&format!("-{it}"))) {
                Some(letter) => format!("'{letter}' in -{letter}"),
                None => flag.to_owned(),
            };
            Failure::Usage(format!("flag needs an argument: {flag}\n{see}"))
        }
        _ => {
            // The first paragraph is the mistake; usage and hints follow.
            let text = error.to_string();
            let paragraph = text.split("\n\n").next().unwrap_or(&text);
            let lines: Vec<_> = paragraph.lines().map(str::trim).collect();
            let line = lines.join(" ");
            Failure::error(line.strip_prefix("error: ").unwrap_or(&line))
        }
    }
}

/// All words, one a line, each with what it does.
pub fn summary() -> String {
    let command = Typed::command();
    let words: Vec<_> = command.get_subcommands().collect();
    let width = words.iter().map(|w| w.get_name().len()).max().unwrap_or(0);
    let line = |word: &&clap::Command| {
        let about = word.get_about().map(ToString::to_string);
        format!(
            "  {:width$}  {}\n",
            word.get_name(),
            about.unwrap_or_default()
        )
    };
    words.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::{Typed, parse, summary};
    use crate::kubectl::words;

    fn mistake(line: &str) -> String {
        parse(words::split(line).unwrap()).unwrap_err().text
    }

    #[test]
    fn the_command_line_is_sound() {
        Typed::command().debug_assert();
        for line in summary().lines() {
            assert!(line.trim().contains("  "), "a word without help: {line}");
        }
    }

    #[test]
    fn mistakes_are_said_as_kubectl_says_them() {
        for (line, expected) in [
            (
                "frobnicate",
                "Error: unknown command \"frobnicate\" for \"kubectl\"\n",
            ),
            (
                "gte po",
                "Error: unknown command \"gte\" for \"kubectl\"\n\nDid you mean this?\n\tget\n\n",
            ),
            (
                "get po --foo",
                "Error: unknown flag: --foo\nSee 'kubectl get --help' for usage.\n",
            ),
            (
                "get po --show-label",
                "Error: unknown flag: --show-label\n\nDid you mean this?\n\t--show-labels\n\nSee 'kubectl get --help' for usage.\n",
            ),
            (
                "get po -x",
                "Error: unknown shorthand flag: 'x' in -x\nSee 'kubectl get --help' for usage.\n",
            ),
            (
                "set image sts/web web=a -k x",
                "error: kubectl set image -k is not done here: write the objects to a file, as `kubectl kustomize FOLDER` prints \
                 them, and name that with -f\n",
            ),
            (
                "-n get top po",
                "error: kubectl top is not done here: nothing measures load here: `kubectl describe node NAME` shows what pods request\n",
            ),
            (
                "auth can-i get pods",
                "error: kubectl auth is not done here: everybody may do everything here\n",
            ),
            (
                "create deployment x",
                "error: kubectl create deployment is not done here: use `kubectl apply -f FILE`\n",
            ),
            (
                "get po -o",
                "Error: flag needs an argument: 'o' in -o\nSee 'kubectl get --help' for usage.\n",
            ),
            (
                "scale sts web --replicas",
                "Error: flag needs an argument: --replicas\nSee 'kubectl scale --help' for usage.\n",
            ),
            (
                "create secrit",
                "error: Unexpected args: [secrit]\n\nDid you mean this?\n\tsecret\n\nSee 'kubectl create -h' for help and examples\n",
            ),
            (
                "advance soon",
                "error: invalid value 'soon' for '<BY>': invalid duration \"soon\": expected one such as 30s, 5m or 1h30m\n",
            ),
            (
                "scale sts web",
                "error: required flag(s) \"replicas\" not set\n",
            ),
        ] {
            assert_eq!(mistake(line), expected);
        }
    }

    #[test]
    fn flags_go_where_kubectl_takes_them() {
        for line in [
            "get pods -n web -o wide",
            "-n web get sts,po -l app=web --watch",
            "get po -oyaml --no-headers",
            "delete pod web-0 --force --grace-period=0 --wait=false",
            "delete sts web --cascade=orphan -n x",
            "run dns --rm -it --image=busybox:1.28 --restart=Never -- nslookup web",
            "exec web-0 -c nginx -- ls -l /data",
            "wait --for=condition=Ready pod/web-0 --timeout=60s",
            "rollout status sts/web --watch=false",
            "rollout undo sts/web --to-revision=2",
            "patch sts web --type=merge -p '{\"spec\":{}}'",
        ] {
            assert!(parse(words::split(line).unwrap()).is_ok(), "{line}");
        }
    }
}
