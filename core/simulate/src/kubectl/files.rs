//! Files, as the caller keeps them: the simulator itself touches none.

use std::io;

/// Reads and writes files. A function that reads is enough where nothing is to be written.
pub trait Files {
    /// The file at `path`. A path that ends in `/` asks for the names of the files in that folder, one a line; a folder's
    /// path without it is answered with [`IsADirectory`](io::ErrorKind::IsADirectory).
    fn read(&mut self, path: &str) -> io::Result<String>;

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

/// The text of a file: UTF-8, or UTF-16 where it begins with a byte order mark, as some editors write it.
pub fn text(bytes: Vec<u8>) -> io::Result<String> {
    let units = |read: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes[2..].as_chunks::<2>();
        let text = String::from_utf16(&pairs.iter().map(|it| read(*it)).collect::<Vec<_>>());
        let text = text.ok().filter(|_| rest.is_empty());
        text.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "it is no UTF-16"))
    };
    match bytes.as_slice() {
        [0xff, 0xfe, ..] => units(u16::from_le_bytes),
        [0xfe, 0xff, ..] => units(u16::from_be_bytes),
        _ => String::from_utf8(bytes)
            .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is no UTF-8")),
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

    fn write(&mut self, path: &str, text: &str) -> io::Result<()> {
        self.files.write(path, text)
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn a_file_may_be_of_two_bytes_a_letter() {
        let of = |read: fn(u16) -> [u8; 2]| {
            let units = "\u{feff}a: ü".encode_utf16().flat_map(read);
            text(units.collect()).ok()
        };
        for found in [of(u16::to_le_bytes), of(u16::to_be_bytes)] {
            assert_eq!(found.as_deref(), Some("a: ü"));
        }
        assert_eq!(text(b"a: b".to_vec()).ok().as_deref(), Some("a: b"));
        assert!(text(vec![0xff, 0xfe, 0x61]).is_err());
        assert!(text(vec![0x61, 0xff]).is_err());
    }
}
