//! Files, as the caller keeps them: the simulator itself touches none.

use std::io;

/// Reads and writes files. A function that reads is enough where nothing is to be written.
pub trait Files {
    /// The file at `path`. A path that ends in `/` asks for the names of the files in that folder, one a line; a folder's
    /// path without it is answered with [`IsADirectory`](io::ErrorKind::IsADirectory).
    fn read(&mut self, path: &str) -> io::Result<String>;

    /// Lets a person edit `text` as a file of this name, and gives it back as they leave it. Without anybody there the answer
    /// is [`Unsupported`](io::ErrorKind::Unsupported).
    fn edit(&mut self, name: &str, text: &str) -> io::Result<String> {
        let _ = (name, text);
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Makes or replaces the file at `path`.
    fn write(&mut self, path: &str, text: &str) -> io::Result<()> {
        let _ = (path, text);
        Err(io::ErrorKind::Unsupported.into())
    }
}

impl<F: FnMut(&str) -> io::Result<String>> Files for F {
    fn read(&mut self, path: &str) -> io::Result<String> {
        self(path)
    }
}

/// Files, and what a command is given on its standard input, which it calls `-`.
pub(super) struct WithInput<'f> {
    pub(super) input: Option<String>,
    pub(super) files: &'f mut dyn Files,
}

impl Files for WithInput<'_> {
    fn read(&mut self, path: &str) -> io::Result<String> {
        match &self.input {
            Some(input) if path == "-" => Ok(input.clone()),
            _ => self.files.read(path),
        }
    }

    fn edit(&mut self, name: &str, text: &str) -> io::Result<String> {
        self.files.edit(name, text)
    }

    fn write(&mut self, path: &str, text: &str) -> io::Result<()> {
        self.files.write(path, text)
    }
}
