//! The command line: which words there are, and what is said about words that there are not.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser, Subcommand};

use super::failure::Failure;
use super::session::Session;
use super::{
    Output, apply, cluster, cordon, create, delete, describe, drain, events, exec, fault, get,
    label, logs, outage, patch, rollout, run, scale, set_image, taint, timeline, wait,
};

/// A command line.
#[derive(Debug, Parser)]
#[command(name = "kubectl", no_binary_name = true, disable_version_flag = true)]
pub(super) struct Typed {
    /// Namespace; any exists
    #[arg(short, long, global = true)]
    pub namespace: Option<String>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Apply(apply::Apply),
    Create(create::Create),
    Get(get::Get),
    Describe(describe::Describe),
    Delete(delete::Delete),
    Scale(scale::Scale),
    #[command(subcommand)]
    Set(set_image::Set),
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
    Explain(cluster::Explain),
    Plan(cluster::Plan),
    Timeline(timeline::Timeline),
}

impl Command {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        match self {
            Self::Apply(command) => command.run(session),
            Self::Create(command) => command.run(session),
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
            Self::Explain(command) => command.run(session),
            Self::Plan(command) => command.run(session),
            Self::Timeline(command) => command.run(session),
        }
    }
}

/// Reads the words of a command line. What is not to be run (help, mistakes) is output already.
pub(super) fn parse(words: Vec<String>) -> Result<Typed, Output> {
    Typed::try_parse_from(words).map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp => Output {
            text: error.to_string(),
            failed: false,
        },
        _ => Output::from(Failure::error(mistake(&error))),
    })
}

/// A mistake on the command line, as kubectl says it.
fn mistake(error: &clap::Error) -> String {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        _ => String::new(),
    };
    let flag = text(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let word = text(ContextKind::InvalidSubcommand);
            format!("unknown command \"{word}\" for \"kubectl\"")
        }
        ErrorKind::UnknownArgument if flag.starts_with("--") => format!("unknown flag: {flag}"),
        ErrorKind::UnknownArgument if flag.starts_with('-') => {
            let letter = flag.trim_start_matches('-');
            format!("unknown shorthand flag: '{letter}' in {flag}")
        }
        ErrorKind::UnknownArgument => format!("unexpected argument \"{flag}\""),
        _ => {
            // The first paragraph is the mistake; usage and hints follow.
            let text = error.to_string();
            let paragraph = text.split("\n\n").next().unwrap_or(&text);
            let lines: Vec<_> = paragraph.lines().map(str::trim).collect();
            let line = lines.join(" ");
            line.strip_prefix("error: ").unwrap_or(&line).to_owned()
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
                "error: unknown command \"frobnicate\" for \"kubectl\"\n",
            ),
            ("get po --foo", "error: unknown flag: --foo\n"),
            ("get po -x", "error: unknown shorthand flag: 'x' in -x\n"),
            (
                "advance soon",
                "error: invalid value 'soon' for '<BY>': invalid duration \"soon\": expected one such as 30s, 5m or 1h30m\n",
            ),
            (
                "scale sts web",
                "error: the following required arguments were not provided: --replicas <REPLICAS>\n",
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
