//! The files of a simulated cluster's commands.

use std::fs;
use std::io;
use std::path::PathBuf;

use statefulset_simulate::documents;
use statefulset_simulate::kubectl::Files;

/// Files by paths that are relative to a folder; `-` is what was given beside the command.
pub(super) struct Desk {
    pub(super) folder: PathBuf,
    pub(super) input: Option<String>,
}

impl Files for Desk {
    fn read(&mut self, path: &str) -> io::Result<String> {
        if let ("-", Some(input)) = (path, &self.input) {
            return Ok(input.clone());
        }
        let at = self.folder.join(path);
        if path.ends_with('/') {
            let names = fs::read_dir(at)?.map(|entry| {
                let name = entry?.file_name();
                Ok(name.to_string_lossy().into_owned())
            });
            return Ok(names.collect::<io::Result<Vec<_>>>()?.join("\n"));
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
        fs::write(self.folder.join(path), contents)
    }
}
