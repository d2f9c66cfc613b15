//! What a container's process does when left alone, read from its command and image.

use statefulset::Millis;

use crate::values::object::{Fields, Object};

/// How a process behaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Program {
    /// When it ends by itself after its start, and with which code; a server never does.
    pub(super) ends: Option<(Millis, i32)>,
    /// Whether it stops when it is asked to. A shell and what it runs do not: process 1 has no default handlers.
    pub(super) heeds_sigterm: bool,
}

const SERVER: Program = Program {
    ends: None,
    heeds_sigterm: true,
};

/// Programs that do their work and end.
const ERRANDS: [&str; 16] = [
    "cat", "chmod", "chown", "cp", "date", "echo", "env", "hostname", "id", "ls", "mkdir", "mv",
    "nslookup", "rm", "touch", "true",
];

/// Images whose own command is a shell, which ends when nobody types.
const SHELL_IMAGES: [&str; 4] = ["alpine", "busybox", "debian", "ubuntu"];

/// An image that has files and no command of its own.
const EMPTY_IMAGE: &str = "gcr.io/distroless/static";

/// Whether nobody says what a container runs.
pub(super) fn is_empty(container: &Object) -> bool {
    let says_nothing = |field| container.list(field).is_empty();
    says_nothing("/command")
        && says_nothing("/args")
        && container.text("/image").starts_with(EMPTY_IMAGE)
}

impl Program {
    /// The program of a container. An init container that looks like a server is taken for an errand: it would block
    /// its pod for ever.
    pub(super) fn of(container: &Object, is_init: bool) -> Self {
        let words: Vec<&str> = container
            .list("/command")
            .iter()
            .chain(container.list("/args"))
            .filter_map(|word| word.as_str())
            .collect();
        let program = if container.list("/command").is_empty() && words.is_empty() {
            let image = container.text("/image");
            let name = image.rsplit('/').next().unwrap_or(image);
            let name = name.split([':', '@']).next().unwrap_or(name);
            if SHELL_IMAGES.contains(&name) {
                Self::errand(0, 0)
            } else {
                SERVER
            }
        } else {
            Self::of_words(&words)
        };
        match program.ends {
            None if is_init => Self::errand(1000, 0),
            _ => program,
        }
    }

    const fn errand(takes: Millis, code: i32) -> Self {
        Self {
            ends: Some((takes, code)),
            heeds_sigterm: false,
        }
    }

    fn of_words(words: &[&str]) -> Self {
        let Some((&program, rest)) = words.split_first() else {
            return SERVER;
        };
        let name = program.rsplit('/').next().unwrap_or(program);
        match name {
            "sh" | "bash" | "ash" | "dash" => {
                let script = rest.iter().find(|word| !word.starts_with('-'));
                script.map_or(Self::errand(0, 0), |script| Self::of_script(script))
            }
            "sleep" => match rest.first() {
                Some(&"inf" | &"infinity") => Self {
                    ends: None,
                    heeds_sigterm: false,
                },
                duration => Self::errand(seconds(duration.copied().unwrap_or("0")), 0),
            },
            "tail" => Self {
                ends: None,
                heeds_sigterm: false,
            },
            "exit" => Self::errand(0, rest.first().and_then(|c| c.parse().ok()).unwrap_or(0)),
            "false" => Self::errand(0, 1),
            name if ERRANDS.contains(&name) => Self::errand(1000, 0),
            _ => SERVER,
        }
    }

    /// A script is its commands one after the other: it takes as long as all of them together and ends as the last one
    /// does. Loops never end.
    fn of_script(script: &str) -> Self {
        let shell = |ends| Self {
            ends,
            heeds_sigterm: script.contains("trap ") || script.trim_start().starts_with("exec "),
        };
        if script.contains("while ") || script.contains("until ") {
            return shell(None);
        }
        let (mut total, mut code) = (0, 0);
        for command in script.split([';', '&', '|', '\n']) {
            let words: Vec<&str> = command.split_whitespace().collect();
            let words = words.strip_prefix(&["exec"]).unwrap_or(&words);
            if words.is_empty() || words[0] == "trap" {
                continue;
            }
            match Self::of_words(words).ends {
                None => return shell(None),
                Some((takes, ended)) => {
                    total += takes;
                    code = ended;
                }
            }
            if words[0] == "exit" {
                break;
            }
        }
        shell(Some((total, code)))
    }
}

/// `30`, `0.5`, `5m`, as `sleep` takes it.
fn seconds(text: &str) -> Millis {
    let (number, unit) = match text.as_bytes().last() {
        Some(b's') => (&text[..text.len() - 1], 1000),
        Some(b'm') => (&text[..text.len() - 1], 60_000),
        Some(b'h') => (&text[..text.len() - 1], 3_600_000),
        Some(b'd') => (&text[..text.len() - 1], 86_400_000),
        _ => (text, 1000),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let tenths = fraction
        .chars()
        .next()
        .and_then(|c| c.to_digit(10))
        .map_or(0, Millis::from);
    whole
        .parse::<u32>()
        .map_or(0, |whole| Millis::from(whole) * unit)
        + tenths * unit / 10
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn program(image: &str, words: &[&str]) -> Program {
        Program::of(&json!({"image": image, "command": words}), false)
    }

    #[test]
    fn servers_run_until_they_are_asked_to_stop() {
        assert_eq!(program("nginx:1.12", &[]), SERVER);
        assert_eq!(program("mysql", &["mysqld", "--x"]), SERVER);
    }

    #[test]
    fn shells_do_not_heed_sigterm() {
        let shell = program("appropriate/curl", &["/bin/sh", "-c", "sleep 3600"]);
        assert_eq!(shell.ends, Some((3_600_000, 0)));
        assert!(!shell.heeds_sigterm);
        let script = "trap 'exit 0' TERM; while true; do sleep 1; done";
        let trapping = program("x", &["sh", "-c", script]);
        assert_eq!((trapping.ends, trapping.heeds_sigterm), (None, true));
        assert!(program("x", &["sh", "-c", "exec nginx"]).heeds_sigterm);
    }

    #[test]
    fn scripts_end_as_their_last_command_does() {
        let script = program("busybox", &["sh", "-c", "echo hello; sleep 5 && exit 3"]);
        assert_eq!(script.ends, Some((6000, 3)));
        assert_eq!(program("busybox:1.28", &[]).ends, Some((0, 0)));
        assert_eq!(
            program("busybox", &["sleep", "1.5m"]).ends,
            Some((90_000, 0))
        );
        assert_eq!(program("busybox", &["false"]).ends, Some((0, 1)));
    }

    #[test]
    fn init_containers_end() {
        let init = Program::of(&json!({"image": "migrate"}), true);
        assert_eq!(init.ends, Some((1000, 0)));
    }
}
