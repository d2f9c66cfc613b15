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
pub(super) fn rows(rows: &[Vec<String>]) -> String {
    let text: String = rows.iter().map(|row| row.join("\t") + "\n").collect();
    align(&text, 3, 3)
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
