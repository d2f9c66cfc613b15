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

/// The word that ends the lines after `line`, where it gives them to the command: `apply -f - <<EOF`.
pub fn here_document(line: &str) -> Option<String> {
    let at = line.find("<<")?;
    let words = shlex::split(line[at + 2..].trim_start_matches('-'))?;
    let quotes = |text: &str| text.matches(['\'', '"']).count();
    // Inside of quotes it is text.
    (quotes(&line[..at]) % 2 == 0 && !words.is_empty() && !line.starts_with("<<"))
        .then(|| words[0].clone())
}

/// A command line and the lines after it that it gives to the command.
pub(super) fn with_document(text: &str) -> (String, Option<String>) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let Some(end) = here_document(line) else {
        return (text.to_owned(), None);
    };
    let at = line.find("<<").unwrap_or(line.len());
    let (before, after) = line.split_at(at);
    let strips = after.starts_with("<<-");
    let mut document = String::new();
    for inner in rest.lines() {
        let inner = if strips {
            inner.trim_start_matches('\t')
        } else {
            inner
        };
        if inner.trim_end() == end {
            break;
        }
        document += inner;
        document.push('\n');
    }
    // What follows the word is a part of the command, too.
    let after = after.trim_start_matches(['<', '-']).trim_start();
    let tail = after
        .split_once(char::is_whitespace)
        .map_or("", |(_, tail)| tail);
    (format!("{before} {tail}"), Some(document))
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
    use super::{here_document, piped, split, with_document};

    #[test]
    fn words_are_split_as_in_a_shell() {
        let words = split(r#"patch sts web -p '{"spec":{"replicas":2}}'  # why"#);
        let expected = ["patch", "sts", "web", "-p", r#"{"spec":{"replicas":2}}"#];
        assert_eq!(words.unwrap(), expected);
        assert_eq!(split("exec 'a").unwrap_err(), "unbalanced quotes");
        assert_eq!(split("kubectl get kubectl").unwrap(), ["get", "kubectl"]);
    }

    #[test]
    fn lines_are_given_to_a_command() {
        assert_eq!(here_document("apply -f - <<EOF").as_deref(), Some("EOF"));
        assert_eq!(here_document("apply -f - <<'E' -n x").as_deref(), Some("E"));
        assert_eq!(here_document("patch sts web -p 'a: <<EOF'"), None);
        let (line, document) = with_document("apply -f - <<-EOF -n x\n\ta: 1\nEOF\n");
        assert_eq!(
            (&*line, document.as_deref()),
            ("apply -f -  -n x", Some("a: 1\n"))
        );
        assert_eq!(with_document("get po"), ("get po".into(), None));
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
