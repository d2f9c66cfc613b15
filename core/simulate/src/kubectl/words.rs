//! A command line split as a shell would split it.

/// The words of `line`: quotes and backslashes as in a shell, `#` begins a comment, and `{0..2}` stands for several words.
/// A first word `kubectl` is left out, so that commands may be pasted.
pub(super) fn split(line: &str) -> Result<Vec<String>, String> {
    let mut words = shlex::split(line).ok_or("unbalanced quotes")?;
    if words.first().is_some_and(|word| word == "kubectl") {
        words.remove(0);
    }
    Ok(words.iter().flat_map(|word| expand(word)).collect())
}

/// What `echo TEXT | COMMAND` gives the command to read, and the command. Other pipes there are not.
pub(super) fn piped(mut words: Vec<String>) -> (Option<String>, Vec<String>) {
    let pipe = words.iter().position(|word| word == "|");
    let Some(pipe) = pipe.filter(|_| words[0] == "echo") else {
        return (None, words);
    };
    let mut command = words.split_off(pipe + 1);
    if command.first().is_some_and(|word| word == "kubectl") {
        command.remove(0);
    }
    (Some(words[1..pipe].join(" ") + "\n"), command)
}

/// `a-{0..2}` as `a-0`, `a-1`, `a-2`; `{b,a}` as `b`, `a`. Braces that hold anything else (JSON) stay as they are.
fn expand(word: &str) -> Vec<String> {
    for (open, _) in word.match_indices('{') {
        let Some(close) = word[open..].find('}').map(|at| open + at) else {
            break;
        };
        if let Some(choices) = choices(&word[open + 1..close]) {
            let (before, after) = (&word[..open], &word[close + 1..]);
            return choices
                .iter()
                .flat_map(|choice| expand(&format!("{before}{choice}{after}")))
                .collect();
        }
    }
    vec![word.to_owned()]
}

fn choices(inside: &str) -> Option<Vec<String>> {
    // More is a slip of the keyboard, not a list of names.
    const MOST: usize = 10_000;
    if let Some((from, to)) = inside.split_once("..") {
        let (from, to): (usize, usize) = (from.parse().ok()?, to.parse().ok()?);
        if from.abs_diff(to) >= MOST {
            return None;
        }
        let numbers = from.min(to)..=from.max(to);
        let mut names: Vec<String> = numbers.map(|n| n.to_string()).collect();
        if from > to {
            names.reverse();
        }
        return Some(names);
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.,/".contains(c);
    (inside.contains(',') && inside.chars().all(plain))
        .then(|| inside.split(',').map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::{piped, split};

    #[test]
    fn words_are_split_as_in_a_shell() {
        let words = split(r#"patch sts web -p '{"spec":{"replicas":2}}'  # why"#);
        let expected = ["patch", "sts", "web", "-p", r#"{"spec":{"replicas":2}}"#];
        assert_eq!(words.unwrap(), expected);
        assert_eq!(split("exec 'a").unwrap_err(), "unbalanced quotes");
        assert_eq!(split("kubectl get kubectl").unwrap(), ["get", "kubectl"]);
    }

    #[test]
    fn a_text_is_given_to_a_command() {
        let words = split("echo '{\"a\": 1}' | kubectl create -f -").unwrap();
        let (input, command) = piped(words);
        assert_eq!(input.as_deref(), Some("{\"a\": 1}\n"));
        assert_eq!(command, ["create", "-f", "-"]);
        assert_eq!(piped(vec!["get".into()]), (None, vec!["get".into()]));
    }

    #[test]
    fn braces_stand_for_several_words() {
        let words = split("delete pvc www-web-{0..2} {b,a}-{1..0}").unwrap();
        let expected = "delete pvc www-web-0 www-web-1 www-web-2 b-1 b-0 a-1 a-0";
        assert_eq!(words.join(" "), expected);
        assert_eq!(split("a{x}b {}").unwrap(), ["a{x}b", "{}"]);
    }
}
