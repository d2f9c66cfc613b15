//! The numbers of the rules: each has its anchor, so that a link can lead to it, and nothing cites a rule that is not there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The numbers in `RULES.md`, such as `U-4`. Headings name the letter, items count.
fn rules() -> BTreeSet<String> {
    let text = fs::read_to_string(home().join("RULES.md")).expect("the rules");
    let mut found = BTreeSet::new();
    let mut letter = None;
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            letter = heading
                .split_once(" – ")
                .map(|(letter, _)| letter)
                .filter(|it| it.len() == 1);
            continue;
        }
        let (Some(letter), Some((number, rest))) = (letter, line.split_once(". ")) else {
            continue;
        };
        if number.parse::<u32>().is_ok() {
            let rule = format!("{letter}-{number}");
            let anchor = format!("<a id=\"{rule}\"></a>");
            assert!(rest.starts_with(&anchor), "{rule} has no {anchor}");
            assert!(found.insert(rule.clone()), "{rule} is there twice");
        }
    }
    found
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
}

/// What a comment cites: a capital letter, a dash and a number, as a word of its own.
fn cited(comment: &str) -> impl Iterator<Item = &str> {
    let is_part = |it: char| it.is_ascii_alphanumeric() || "-_#".contains(it);
    comment
        .split(move |it: char| !is_part(it))
        .filter_map(|word| {
            let word = word.rsplit('#').next()?;
            let (letter, number) = word.split_once('-')?;
            let is_rule = letter.len() == 1
                && "IPAORVCDUSEWBGHNLXZMQFJKYT".contains(letter)
                && !number.is_empty()
                && number.bytes().all(|it| it.is_ascii_digit());
            is_rule.then_some(word)
        })
}

#[test]
fn every_rule_that_is_cited_exists() {
    let rules = rules();
    assert!(rules.contains("U-4") && rules.contains("K-11"));
    let mut files = Vec::new();
    for folder in ["src", "tests", "benches"] {
        sources(&home().join(folder), &mut files);
    }
    let mut count = 0;
    for file in files {
        let text = fs::read_to_string(&file).expect("a source");
        for (number, line) in text.lines().enumerate() {
            let Some((_, comment)) = line.split_once("//") else {
                continue;
            };
            for rule in cited(comment) {
                let place = format!("{}:{}", file.display(), number + 1);
                assert!(rules.contains(rule), "{place} cites {rule}");
                count += 1;
            }
        }
    }
    assert!(count > 50, "only {count} citations were found");
}
