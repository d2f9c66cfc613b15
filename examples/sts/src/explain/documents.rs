//! The documents of the input, and what else people have.

use statefulset_simulate::documents::{self, Document};

use super::kinds;

/// The text in these bytes.
pub(super) fn text(bytes: Vec<u8>) -> Result<String, String> {
    documents::text(bytes).map_err(|problem| format!("the input {problem}"))
}

/// Splits `text` into its documents, counted from `first` on. A document that cannot be read costs only itself: what is wrong
/// with it goes to `problems`.
pub(super) fn split<'a>(
    text: &'a str,
    first: usize,
    problems: &mut Vec<String>,
) -> Vec<Document<'a>> {
    let mut found = Vec::new();
    for document in documents::split(text, first, |text| foreign(text).map(str::to_owned)) {
        match document {
            Ok(document) => found.push(document),
            Err(it) => problems.push(format!(
                "document {}: {}; expected what this prints: {}",
                it.number,
                it.problem,
                kinds::command()
            )),
        }
    }
    found
}

/// What else people have, by how its first line begins.
fn foreign(text: &str) -> Option<&'static str> {
    let line = text.lines().next()?;
    let begins = |words: &[&str]| words.iter().any(|word| line.starts_with(word));
    Some(if begins(&["NAME ", "NAMESPACE ", "LAST SEEN "]) {
        "a table"
    } else if begins(&["Name: "]) {
        "what `kubectl describe` prints"
    } else if begins(&[
        "error: ",
        "Error from server",
        "Unable to connect",
        "No resources found",
        "Warning: ",
    ]) {
        "a message of kubectl"
    } else if line.contains("kubectl ") && !begins(&["{", "[", "#", "---"]) {
        "a command line"
    } else {
        return None;
    })
}
