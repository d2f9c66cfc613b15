//! Aligned columns.

use std::io::Write;

use tabwriter::TabWriter;

/// Text whose cells are ended by tabs, aligned in columns.
fn align(text: &str, minimum: usize, padding: usize) -> String {
    let mut writer = TabWriter::new(Vec::new())
        .minwidth(minimum)
        .padding(padding);
    // Neither writing to memory nor aligning UTF-8 can fail.
    let written = writer.write_all(text.as_bytes()).is_ok() && writer.flush().is_ok();
    debug_assert!(written);
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// The rows of a table, as `get` prints them.
///
/// Of a text of several lines the first is shown, but kubectl makes room for all of it, and for as many characters as it has
/// bytes; only the last column gets no more than it needs.
pub(super) fn rows(rows: &[Vec<String>]) -> String {
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        let mut cells: Vec<String> = row.iter().map(|cell| one_line(cell)).collect();
        if index == 0 {
            for (column, cell) in cells
                .iter_mut()
                .enumerate()
                .take(row.len().saturating_sub(1))
            {
                let lengths = rows
                    .iter()
                    .filter_map(|row| row.get(column))
                    .map(String::len);
                let more = lengths.max().unwrap_or(0) - row[column].len();
                *cell += &" ".repeat(more);
            }
        }
        text += &cells.join("\t");
        text += "\n";
    }
    align(&text, 3, 3)
}

/// The first line of a text of several.
fn one_line(text: &str) -> String {
    match text.find(['\n', '\r', '\x0c']) {
        Some(end) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

/// The narrower columns of `describe`. Lines without a tab interrupt them.
pub(super) fn fields(text: &str) -> String {
    align(text, 0, 2)
}

/// A table whose rows come little by little: columns only ever grow, as in a watch.
#[derive(Debug, Default)]
pub(super) struct Growing {
    widest: Vec<String>,
}

impl Growing {
    /// The next rows, as wide as they and the ones before need.
    pub(super) fn rows(&mut self, next: Vec<Vec<String>>) -> String {
        for row in &next {
            self.widest.resize(row.len(), String::new());
            for (widest, cell) in self.widest.iter_mut().zip(row) {
                if cell.chars().count() > widest.chars().count() {
                    widest.clone_from(cell);
                }
            }
        }
        let all: Vec<_> = [self.widest.clone()].into_iter().chain(next).collect();
        // The widest row only makes room.
        rows(&all).split_inclusive('\n').skip(1).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Growing, fields, rows};

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn columns_are_three_apart_and_at_least_six_wide() {
        let table = rows(&[
            row(&["NAME", "A", "REASON", "AGE"]),
            row(&["web-0", "1", "", "3s"]),
        ]);
        let expected = "NAME    A     REASON   AGE\nweb-0   1              3s\n";
        assert_eq!(table, expected);
    }

    #[test]
    fn a_text_of_several_lines_is_cut_and_has_room() {
        let table = rows(&[
            row(&["MESSAGE", "AGE"]),
            row(&["one\ntwo\nthree", "3s"]),
            row(&["é\nè", "a\nb"]),
        ]);
        let expected = "MESSAGE         AGE\none...          3s\né...            a...\n";
        assert_eq!(table, expected);
    }

    #[test]
    fn fields_are_two_apart_and_broken_by_lines_without() {
        let text = fields("Name:\tweb\nService Name:\tx\nIP:\t\nEvents:\n  A:\tb\n");
        let expected = "Name:          web\nService Name:  x\nIP:            \nEvents:\n  A:  b\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_growing_table_keeps_its_width() {
        let mut table = Growing::default();
        let first = table.rows(vec![row(&["NAME", "AGE"]), row(&["web-1", "1s"])]);
        assert_eq!(first, "NAME    AGE\nweb-1   1s\n");
        assert_eq!(table.rows(vec![row(&["web-10", "1s"])]), "web-10   1s\n");
        assert_eq!(table.rows(vec![row(&["web-1", "2s"])]), "web-1    2s\n");
    }
}
