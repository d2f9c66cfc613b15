//! The files of a story.

use std::fs;
use std::io;
use std::path::Path;

use statefulset_simulate::documents;
use statefulset_simulate::kubectl::Files;

/// Files by paths that are relative to a folder.
pub(crate) struct Folder<'p>(pub(crate) &'p Path);

impl Files for Folder<'_> {
    fn read(&mut self, path: &str) -> io::Result<String> {
        let at = self.0.join(path);
        if path.ends_with('/') {
            let mut names = Vec::new();
            for entry in fs::read_dir(at)? {
                names.push(entry?.file_name().to_string_lossy().into_owned());
            }
            names.sort_unstable();
            return Ok(names.join("\n"));
        }
        if at.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let text = documents::text(fs::read(at)?);
        text.map_err(|problem| {
            let message = format!("the file {problem}");
            io::Error::new(io::ErrorKind::InvalidData, message)
        })
    }

    fn write(&mut self, path: &str, contents: &str) -> io::Result<()> {
        fs::write(self.0.join(path), contents)
    }
}
