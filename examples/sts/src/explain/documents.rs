//! The documents of the input: bytes in one of the encodings that shells write, with JSON or YAML in them.

use std::borrow::Cow;

use serde_json::Value;
use serde_json::value::RawValue;

use super::kinds;

/// One document, as JSON.
pub(crate) struct Document<'a> {
    /// Its number, from 1.
    pub(super) number: usize,
    pub(super) json: Cow<'a, str>,
}

/// The text in these bytes. A byte order mark says which encoding they have: Windows PowerShell writes UTF-16 for `>`.
/// Without one it is UTF-8.
pub(super) fn text(bytes: Vec<u8>) -> Result<String, String> {
    let (encoding, mark) =
        encoding_rs::Encoding::for_bom(&bytes).unwrap_or((encoding_rs::UTF_8, 0));
    if mark == 0 {
        return String::from_utf8(bytes).map_err(|error| {
            let place = error.utf8_error().valid_up_to();
            format!("the input is neither UTF-8 nor UTF-16 with a byte order mark: byte {place} is not text")
        });
    }
    let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]);
    let text = text.ok_or_else(|| {
        format!(
            "the input begins as {}, but not all of it is",
            encoding.name()
        )
    })?;
    Ok(text.into_owned())
}

/// Splits `text` into its documents, counted from `first` on. A document that cannot be read costs only itself: what is wrong
/// with it goes to `problems`.
pub(super) fn split<'a>(
    text: &'a str,
    first: usize,
    problems: &mut Vec<String>,
) -> Vec<Document<'a>> {
    let mut documents = Vec::new();
    let mut number = first;
    let mut line = 0;
    for part in parts(text) {
        let read = read(part, line, &mut number, &mut documents);
        if let Err(problem) = read {
            problems.push(format!("document {number}: {problem}"));
            number += 1;
        }
        line += part.matches('\n').count() as u64;
    }
    documents
}

/// The parts between the lines `---`. Neither a text in JSON nor an indented one in YAML can contain such a line.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let begins = text.match_indices("\n---").map(|(place, _)| place + 1);
    let begins = begins.filter(|&place| {
        let rest = &text[place + 3..];
        rest.is_empty() || rest.starts_with(char::is_whitespace)
    });
    let ends = begins.clone().chain([text.len()]);
    let begins = [0].into_iter().chain(begins);
    begins.zip(ends).map(|(begin, end)| &text[begin..end])
}

/// The part without the line that separates it from the one before.
fn bare(part: &str) -> &str {
    part.strip_prefix("---").unwrap_or(part).trim_start()
}

fn read<'a>(
    part: &'a str,
    line: u64,
    number: &mut usize,
    documents: &mut Vec<Document<'a>>,
) -> Result<(), String> {
    let bare = bare(part);
    if bare.is_empty() {
        return Ok(());
    }
    if let Some(found) = foreign(bare) {
        return Err(expected(&format!("found {found}")));
    }
    if !bare.starts_with(['{', '[']) {
        return read_yaml(part, line, number, documents);
    }
    let before = documents.len();
    let mut values = serde_json::Deserializer::from_str(bare).into_iter::<&RawValue>();
    let mut take = |json| {
        documents.push(Document {
            number: *number,
            json,
        });
        *number += 1;
    };
    let problem = loop {
        match values.next() {
            Some(Ok(value)) => take(Cow::Borrowed(value.get())),
            Some(Err(problem)) => break problem,
            None => return Ok(()),
        }
    };
    let rest = &bare[values.byte_offset()..];
    if let Some(found) = foreign(rest.trim_start()) {
        return Err(expected(&format!("found {found} after the JSON")));
    }
    // In YAML, too, an object may be written with braces.
    if documents.len() == before && read_yaml(part, line, number, documents).is_ok() {
        return Ok(());
    }
    let skipped = &part[..part.len() - bare.len()];
    let line = line + skipped.matches('\n').count() as u64 + problem.line() as u64;
    Err(expected(&format!(
        "not JSON: line {line}, column {}: {}",
        problem.column(),
        without_place(&problem)
    )))
}

/// The message of a problem without the line and column, which are counted from where the reader began.
pub(super) fn without_place(problem: &serde_json::Error) -> String {
    let message = problem.to_string();
    let place = format!(" at line {} column {}", problem.line(), problem.column());
    message.strip_suffix(&place).unwrap_or(&message).to_owned()
}

fn read_yaml<'a>(
    part: &'a str,
    line: u64,
    number: &mut usize,
    documents: &mut Vec<Document<'a>>,
) -> Result<(), String> {
    // Octal numbers as in manifests. The library limits the size of documents by default, and a cluster may have any size.
    let options =
        serde_saphyr::options! { legacy_octal_numbers: true, with_snippet: false, budget: None };
    let mut bytes = part.as_bytes();
    for value in serde_saphyr::read_with_options(&mut bytes, options) {
        let value: Value = value.map_err(|error| {
            let options = serde_saphyr::render_options! { line_offset: line };
            let problem = error.render_with_options(options);
            expected(&format!("neither JSON nor YAML: {problem}"))
        })?;
        match value {
            Value::Null => {}
            Value::Object(_) | Value::Array(_) => {
                documents.push(Document {
                    number: *number,
                    json: Cow::Owned(value.to_string()),
                });
                *number += 1;
            }
            _ => {
                let line = bare(part).lines().next().unwrap_or_default();
                let start: String = line.chars().take(60).collect();
                return Err(expected(&format!("found text: {start}")));
            }
        }
    }
    Ok(())
}

fn expected(found: &str) -> String {
    format!("{found}; expected what this prints: {}", kinds::command())
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
