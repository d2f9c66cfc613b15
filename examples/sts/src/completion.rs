//! What shells complete, and what `man` shows: made from the same definitions as the command line.

use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::{Args, Command};
use clap_complete::Shell;

#[derive(Args)]
pub(crate) struct Completion {
    /// The shell that reads it
    shell: Shell,
}

#[derive(Args)]
pub(crate) struct Manual {
    /// An existing folder, such as /usr/local/share/man/man1
    folder: PathBuf,
}

impl Completion {
    /// Prints the script for a program of this name.
    pub(crate) fn run(&self, mut command: Command, name: &str) -> Result<(), String> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command, name, &mut script);
        match io::stdout().write_all(&script) {
            // As in `sts completion bash | head`.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(format!("cannot print the script: {error}")),
            Ok(()) => Ok(()),
        }
    }
}

impl Manual {
    /// Writes a page for the program of this name and one for each of its commands.
    pub(crate) fn run(&self, command: Command, name: &'static str) -> Result<(), String> {
        let folder = &self.folder;
        if !folder.is_dir() {
            return Err(format!(
                "{}: expected an existing folder for the pages",
                folder.display()
            ));
        }
        // A page is a file of its own, and the pages of commands are found by the program's name.
        let command = command.name(name).bin_name(name);
        clap_mangen::generate_to(command, folder)
            .map_err(|error| format!("cannot write pages into {}: {error}", folder.display()))
    }
}
