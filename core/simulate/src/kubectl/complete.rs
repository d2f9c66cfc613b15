//! What may come next on a command line.

use clap::CommandFactory;

use super::command::Typed;
use super::resources;
use crate::values::kind::Kind;
use crate::values::object::Fields;
use crate::world::World;

/// How the last, unfinished word of `line` may go on: where it begins, and each whole word that fits.
pub fn complete(world: &World, line: &str) -> (usize, Vec<String>) {
    let start = line.rfind(char::is_whitespace).map_or(0, |at| {
        at + line[at..].chars().next().map_or(1, char::len_utf8)
    });
    let (before, word) = line.split_at(start);
    let before: Vec<&str> = before.split_whitespace().collect();
    let mut fitting: Vec<String> = candidates(world, &before, word)
        .into_iter()
        .filter(|candidate| candidate.starts_with(word))
        .collect();
    fitting.sort_unstable();
    fitting.dedup();
    (start, fitting)
}

fn candidates(world: &World, before: &[&str], word: &str) -> Vec<String> {
    let mut command = &Typed::command();
    let mut typed = 0;
    for word in before {
        let Some(inner) = command.find_subcommand(word) else {
            break;
        };
        command = inner;
        typed += 1;
    }
    if command.has_subcommands() {
        let words = command.get_subcommands().map(|c| c.get_name().to_owned());
        // `help` is everywhere, and worth offering once.
        let help = (typed == 0).then(|| "help".to_owned());
        return words.chain(help).collect();
    }
    if word.starts_with('-') {
        let options = command.get_arguments().filter_map(clap::Arg::get_long);
        return options
            .chain(["namespace"])
            .map(|option| format!("--{option}"))
            .collect();
    }
    let arguments = &before[typed.min(before.len())..];
    let namespace = before
        .windows(2)
        .find(|pair| matches!(pair[0], "-n" | "--namespace"))
        .map_or("default", |pair| pair[1]);
    let names = |kind: Kind| -> Vec<String> {
        let objects = world.store().list(kind, Some(namespace));
        objects.map(|object| object.name().to_owned()).collect()
    };
    if let Some((kind_word, _)) = word.split_once('/') {
        let prefixed = |kind| {
            let names = names(kind).into_iter();
            names.map(|name| format!("{kind_word}/{name}")).collect()
        };
        return resources::kind_in(world.store(), kind_word).map_or_else(|_| Vec::new(), prefixed);
    }
    if let Some(kind) = meant(command.get_name()) {
        return names(kind);
    }
    match arguments
        .iter()
        .find_map(|word| world.store().kind_called(word))
    {
        Some(kind) => names(kind),
        None => world.store().kinds().flat_map(Kind::words).collect(),
    }
}

/// The kind whose names a command takes without saying so.
fn meant(command: &str) -> Option<Kind> {
    match command {
        "cordon" | "uncordon" | "drain" | "restore" | "fence" | "node" => Some(Kind::Node),
        "exec" | "probe" => Some(Kind::Pod),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::complete;
    use crate::world::{Options, World};

    fn fitting(line: &str) -> (usize, String) {
        let (start, words) = complete(&World::new(Options::default()), line);
        (start, words.join(" "))
    }

    #[test]
    fn words_kinds_names_and_options_are_offered() {
        for (line, expected) in [
            ("cor", "cordon"),
            ("  unc", "uncordon"),
            ("rollout st", "status"),
            ("break ", "image provisioner volume"),
            ("get sta", "statefulsets"),
            ("get no node-", "node-1 node-2 node-3"),
            ("delete node/node-2", "node/node-2"),
            ("cordon n", "node-1 node-2 node-3"),
            ("get po -n x --show-l", "--show-labels"),
            ("get nothing/x", ""),
            ("frobnicate", ""),
        ] {
            let (start, words) = fitting(line);
            assert_eq!(words, expected, "{line}");
            assert!(line[start..].len() <= line.len() && !line[start..].contains(' '));
        }
        assert_eq!(fitting("get no node-").0, 7);
        assert!(fitting("").1.contains("help"));
    }
}
