//! Documents in a text: JSON values one after the other, or YAML, divided by lines `---`.

mod node;

use std::borrow::Cow;

use serde_json::Value;
use serde_json::value::RawValue;
use serde_saphyr::DuplicateKeyPolicy;

use node::Node;

/// One document, as JSON.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document<'a> {
    /// Its number, from 1.
    pub number: usize,
    /// What it says.
    pub json: Cow<'a, str>,
}

/// A document that cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unreadable {
    /// The document's number, from 1.
    pub number: usize,
    /// What is wrong with it, and where.
    pub problem: String,
}

/// The text in the bytes of a file, or what is wrong with the file: `is neither …`. A byte order mark says which encoding they have: Windows PowerShell writes UTF-16 for `>`.
/// Without one it is UTF-8.
pub fn text(bytes: Vec<u8>) -> Result<String, String> {
    let (encoding, mark) =
        encoding_rs::Encoding::for_bom(&bytes).unwrap_or((encoding_rs::UTF_8, 0));
    if mark == 0 {
        return String::from_utf8(bytes).map_err(|error| {
            let place = error.utf8_error().valid_up_to();
            format!("is neither UTF-8 nor UTF-16 with a byte order mark: byte {place} is not text")
        });
    }
    let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]);
    let text =
        text.ok_or_else(|| format!("begins as {}, but not all of it is", encoding.name()))?;
    Ok(text.into_owned())
}

/// Splits `text` into its documents, counted from `first` on; empty ones are left out. A document that cannot be read costs
/// only itself. `refuse` says what is wrong with a text that is to be no document, whether or not it can be read as one.
pub fn split(
    text: &str,
    first: usize,
    refuse: impl Fn(&str) -> Option<String>,
) -> Vec<Result<Document<'_>, Unreadable>> {
    // Editors on Windows write it.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut documents = Vec::new();
    let mut line = 0;
    for part in parts(text) {
        let mut found = Vec::new();
        let read = read(part, line, &refuse, &mut found);
        let begin = first + documents.len();
        let found = found.into_iter().enumerate().map(|(at, json)| {
            Ok(Document {
                number: begin + at,
                json,
            })
        });
        documents.extend(found);
        let number = first + documents.len();
        documents.extend(
            read.err()
                .map(|problem| Err(Unreadable { number, problem })),
        );
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

/// Reads the documents of a part that begins after `line` lines.
fn read<'a>(
    part: &'a str,
    line: u64,
    refuse: &impl Fn(&str) -> Option<String>,
    documents: &mut Vec<Cow<'a, str>>,
) -> Result<(), String> {
    let bare = bare(part);
    if bare.is_empty() {
        return Ok(());
    }
    if let Some(found) = refuse(bare) {
        return Err(format!("found {found}"));
    }
    if !bare.starts_with(['{', '[']) {
        return read_yaml(part, line, documents);
    }
    let before = documents.len();
    let mut values = serde_json::Deserializer::from_str(bare).into_iter::<&RawValue>();
    let problem = loop {
        match values.next() {
            Some(Ok(value)) => documents.push(Cow::Borrowed(value.get())),
            Some(Err(problem)) => break problem,
            None => return Ok(()),
        }
    };
    let rest = &bare[values.byte_offset()..];
    if let Some(found) = refuse(rest.trim_start()) {
        return Err(format!("found {found} after the JSON"));
    }
    // In YAML, too, an object may be written with braces.
    if documents.len() == before && read_yaml(part, line, documents).is_ok() {
        return Ok(());
    }
    let skipped = &part[..part.len() - bare.len()];
    let line = line + skipped.matches('\n').count() as u64 + problem.line() as u64;
    Err(format!(
        "not JSON: line {line}, column {}: {}",
        problem.column(),
        without_place(&problem)
    ))
}

/// The message of a problem without the line and column, which are counted from where the reader began.
pub fn without_place(problem: &serde_json::Error) -> String {
    let message = problem.to_string();
    let place = format!(" at line {} column {}", problem.line(), problem.column());
    message.strip_suffix(&place).unwrap_or(&message).to_owned()
}

fn read_yaml(part: &str, line: u64, documents: &mut Vec<Cow<'_, str>>) -> Result<(), String> {
    let options = serde_saphyr::options! {
        // Without this, 0644 would be a number in another base than the one it was written in.
        legacy_octal_numbers: true,
        // What kubectl's own reader takes: a key that is there twice counts as it stands last, and the brace that ends a
        // collection may stand where its key does.
        duplicate_keys: DuplicateKeyPolicy::LastWins,
        strict_indentation: false,
        with_snippet: false,
        // The library limits the size of documents by default, and what a cluster holds may have any size.
        budget: None,
    };
    let bare_begin = bare_document(part);
    let mut bytes = bare_begin.map_or(part, |(at, _)| &part[..at]).as_bytes();
    for value in serde_saphyr::read_with_options(&mut bytes, options) {
        let Node(value) = value.map_err(|error| {
            let options = serde_saphyr::render_options! { line_offset: line };
            let problem = error.render_with_options(options);
            format!("neither JSON nor YAML: {problem}")
        })?;
        match value {
            Value::Null => {}
            Value::Object(_) | Value::Array(_) => documents.push(Cow::Owned(value.to_string())),
            _ => {
                let line = bare(part).lines().next().unwrap_or_default();
                let start: String = line.chars().take(60).collect();
                return Err(format!("found text: {start}"));
            }
        }
    }
    match bare_begin {
        Some((_, own)) => Err(format!(
            "neither JSON nor YAML: line {}: did not find expected <document start>",
            line + own as u64
        )),
        None => Ok(()),
    }
}

/// Where something follows the end of a document (`...`) without the beginning of the next one (`---`), and in which line. A
/// YAML of today takes it, kubectl's does not.
fn bare_document(text: &str) -> Option<(usize, usize)> {
    let (mut at, mut ended) = (0, false);
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let says_nothing = line.trim().is_empty() || line.starts_with('#');
        if line.trim_end() == "..." {
            ended = true;
        } else if line.starts_with("---") || line.starts_with('%') {
            ended = false;
        } else if ended && !says_nothing {
            return Some((at, index + 1));
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{split, text};

    fn found(text: &str) -> Vec<String> {
        let documents = split(text, 1, |_| None).into_iter();
        let shown = documents.map(|it| match it {
            Ok(document) => format!("{} {}", document.number, document.json),
            Err(unreadable) => format!("{} - {}", unreadable.number, unreadable.problem),
        });
        shown.collect()
    }

    #[test]
    fn a_document_that_cannot_be_read_costs_only_itself() {
        let text = "a: 1\n--- # why\nb: c: d\n---\n{\"e\": 1}\n{\"f\":}\n---\ng: 1\n---\ntext\n";
        assert_eq!(
            found(text),
            [
                "1 {\"a\":1}",
                "2 - neither JSON nor YAML: mapping values are not allowed in this context at line 3, column 5",
                "3 {\"e\": 1}",
                "4 - not JSON: line 6, column 6: expected value",
                "5 {\"g\":1}",
                "6 - found text: text",
            ]
        );
    }

    #[test]
    fn files_are_text_in_what_windows_writes_too() {
        let utf16 = [0xff, 0xfe, b'a', 0, b':', 0, b' ', 0, b'1', 0];
        assert_eq!(text(utf16.to_vec()).unwrap(), "a: 1");
        assert_eq!(text(b"\xef\xbb\xbfa: 1".to_vec()).unwrap(), "a: 1");
        assert!(text(b"a: \xe9".to_vec()).unwrap_err().contains("byte 3"));
    }
}
