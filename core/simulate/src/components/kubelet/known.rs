//! Whether the simulator can know what a program answers.
//!
//! A probe asks what the image brings, what its process does, what the kernel shows. None of that is here, and a probe that
//! failed because of it would keep a pod from what it reaches on a real cluster. So only what is made of a few programs, on
//! files that nobody else makes, is run; all else counts as a success. What the pod's own scripts do to files is not played
//! either: a path that stands in one of them is not known.

use super::files::{View, normalised};

/// Whether running this in a container would tell anything.
pub(super) fn is_known(files: &View<'_>, scripts: &str, argv: &[String]) -> bool {
    let words: Vec<&str> = argv.iter().map(String::as_str).collect();
    let Some((&program, rest)) = words.split_first() else {
        return false;
    };
    let is_own = |path: &str| files.is_own(&normalised(path)) && !scripts.contains(path);
    match program.rsplit('/').next().unwrap_or(program) {
        "true" | "false" | "sleep" | "sync" | "echo" => true,
        "cat" | "ls" | "test" | "[" | "touch" | "mkdir" | "rm" => {
            let mut paths = rest.iter().filter(|word| word.contains('/'));
            paths.all(|path| is_own(path))
        }
        "sh" | "bash" | "ash" => match rest {
            [option, script] if option.ends_with('c') => is_plain(files, scripts, script),
            _ => false,
        },
        _ => false,
    }
}

/// Whether a script is made of known commands, joined by `;`, `&&` and `||`, with nothing that only a shell understands.
fn is_plain(files: &View<'_>, scripts: &str, script: &str) -> bool {
    let joined = script.replace("&&", ";").replace("||", ";");
    let mut commands = joined.split([';', '\n']).map(str::trim);
    commands.all(|command| {
        let (command, target) = command.split_once('>').unwrap_or((command, "/dev/null"));
        let target = target.trim_start_matches('>').trim();
        let is_simple = !command
            .contains(['$', '`', '|', '&', '(', ')', '{', '}', '<', '*', '?', '\\'])
            && !target.contains(['$', '`', '&', '>', ' ']);
        let goes_somewhere = target == "/dev/null"
            || (files.is_own(&normalised(target)) && !scripts.contains(target));
        command.is_empty()
            || is_simple
                && goes_somewhere
                && shlex::split(command).is_some_and(|argv| is_known(files, scripts, &argv))
    })
}
