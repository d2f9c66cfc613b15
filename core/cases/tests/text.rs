//! The text of the cases: always the same, and nothing in it that a reader would have to guess.

use std::collections::BTreeMap;

/// The first words of lines, and how often they come.
fn heads(text: &str) -> BTreeMap<&str, usize> {
    let mut heads = BTreeMap::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        let (indent, rest) = line.split_at(line.len() - line.trim_start().len());
        let head = rest.split(' ').next().unwrap_or_default();
        *heads.entry(&line[..indent.len() + head.len()]).or_default() += 1;
    }
    heads
}

#[test]
fn the_text_is_the_same_each_time() {
    assert!(statefulset_cases::text() == statefulset_cases::text());
}

#[test]
fn every_kind_of_line_is_there_and_every_case_is_asked() {
    let text = statefulset_cases::text();
    let heads = heads(&text);
    let known = [
        "  action",
        "  conclusion",
        "  error",
        "  later",
        "  status",
        "budget",
        "case",
        "claim",
        "conclude",
        "desired",
        "exclusion",
        "node",
        "observed",
        "plan",
        "pod",
        "policies",
        "profile",
        "published",
        "reach",
        "volume",
    ];
    assert_eq!(heads.keys().copied().collect::<Vec<_>>(), known);
    for once in ["desired", "profile", "observed", "plan"] {
        assert_eq!(heads[once], heads["case"], "{once}");
    }
    assert_eq!(heads["  error"], 500, "broken cases, and no others");
}

#[test]
fn words_are_separated_by_single_spaces() {
    for line in statefulset_cases::text().lines() {
        let words = line.trim_start();
        assert!(!words.contains("  ") && !words.ends_with(' '), "{line}");
        assert!(line.is_ascii(), "{line}");
    }
}
