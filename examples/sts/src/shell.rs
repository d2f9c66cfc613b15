//! The words of a story, typed one after the other.

use std::cell::RefCell;
use std::env;
use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;
use std::process::Command;
use std::rc::Rc;
use std::sync::atomic::Ordering;

use rustyline::completion::{Completer, FilenameCompleter};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::MemHistory;
use rustyline::validate::Validator;
use rustyline::{CompletionType, Config, Context, Editor, Helper};
use statefulset_simulate::World;
use statefulset_simulate::kubectl::{self, Files, Kubectl};
use statefulset_simulate::story::{Settings, Story};

use crate::folder::Folder;

/// Runs what is typed, until there is no more. Gives false where a line of a script failed: who types has seen that.
pub(crate) fn run(settings: &Settings) -> Result<bool, Box<dyn std::error::Error>> {
    let settings = Settings {
        timeline: true,
        ..settings.clone()
    };
    let world = Story::new("", "shell", &settings)?.into_world();
    let stop = world.stop_switch();
    let begin = world.now();
    // While a command runs; the editor itself sees Ctrl-C as a key.
    let switch = world.stop_switch();
    ctrlc::set_handler(move || switch.store(true, Ordering::Relaxed))?;
    let world = Rc::new(RefCell::new(world));
    let config = Config::builder()
        .completion_type(CompletionType::List)
        .build();
    let mut editor = Editor::with_history(config, MemHistory::new())?;
    editor.set_helper(Some(Completion {
        world: Rc::clone(&world),
        files: FilenameCompleter::new(),
    }));
    let mut desk = Desk(Folder(Path::new("")));
    let mut kubectl = Kubectl::new(&mut desk);
    let is_typed = io::stdin().is_terminal();
    let mut is_good = true;
    loop {
        let passed = kubectl::duration(world.borrow().now() - begin);
        let line = match editor.readline(&format!("+{passed}> ")) {
            Ok(line) => line,
            Err(ReadlineError::Interrupted) => continue,
            Err(ReadlineError::Eof) => return Ok(is_good),
            Err(error) => return Err(error.into()),
        };
        let line = line.trim();
        match line {
            "exit" | "quit" => return Ok(is_good),
            _ if line.is_empty() || line.starts_with('#') => continue,
            _ => {}
        }
        let mut line = line.to_owned();
        if let Some(end) = kubectl::here_document(&line) {
            read_document(&mut editor, &mut line, &end)?;
        }
        editor.add_history_entry(&line)?;
        stop.store(false, Ordering::Relaxed);
        let output = kubectl.run(&mut world.borrow_mut(), &line);
        is_good &= is_typed || !output.failed;
        let mut out = io::stdout().lock();
        let shown = out
            .write_all(output.text.as_bytes())
            .and_then(|()| out.flush());
        match shown {
            // Whoever reads has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(is_good),
            shown => shown?,
        }
    }
}

/// Appends the lines up to the one that ends them.
fn read_document(
    editor: &mut Editor<Completion, MemHistory>,
    line: &mut String,
    end: &str,
) -> rustyline::Result<()> {
    loop {
        match editor.readline("> ") {
            Ok(inner) => {
                line.push('\n');
                line.push_str(&inner);
                if inner.trim() == end {
                    return Ok(());
                }
            }
            Err(ReadlineError::Eof | ReadlineError::Interrupted) => return Ok(()),
            Err(error) => return Err(error),
        }
    }
}

/// The files of the working folder, and a person at a keyboard.
struct Desk<'p>(Folder<'p>);

impl Files for Desk<'_> {
    fn read(&mut self, path: &str) -> io::Result<String> {
        let mut stdin = io::stdin();
        // In a script the next lines are commands.
        if path == "-" && stdin.is_terminal() {
            let mut text = String::new();
            stdin.read_to_string(&mut text)?;
            return Ok(text);
        }
        self.0.read(path)
    }

    fn write(&mut self, path: &str, text: &str) -> io::Result<()> {
        self.0.write(path, text)
    }

    fn edit(&mut self, name: &str, text: &str) -> io::Result<String> {
        let chosen = ["KUBE_EDITOR", "EDITOR"].map(env::var);
        let chosen = chosen.into_iter().flatten().find(|it| !it.is_empty());
        // Nobody can be at an editor that was not asked for while a script is read.
        let editor = match chosen {
            Some(editor) => editor,
            None if io::stdin().is_terminal() => DEFAULT_EDITOR.to_owned(),
            None => return Err(io::ErrorKind::Unsupported.into()),
        };
        let folder = tempfile::Builder::new().prefix("sts-edit-").tempdir()?;
        let path = folder.path().join(name);
        fs::write(&path, text)?;
        let mut words = shlex::split(&editor).unwrap_or_default().into_iter();
        let program = words.next().unwrap_or_else(|| editor.clone());
        let status = Command::new(program).args(words).arg(&path).status();
        match status {
            Ok(status) if status.success() => fs::read_to_string(&path),
            Ok(_) => Err(io::Error::other(format!(
                "there was a problem with the editor \"{editor}\""
            ))),
            Err(error) => Err(io::Error::other(format!(
                "unable to launch the editor \"{editor}\": {error}"
            ))),
        }
    }
}

const DEFAULT_EDITOR: &str = if cfg!(windows) { "notepad" } else { "vi" };

/// What Tab offers.
struct Completion {
    world: Rc<RefCell<World>>,
    files: FilenameCompleter,
}

impl Completer for Completion {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        place: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        let before = &line[..place];
        let mut words = before.split_whitespace().rev();
        let last = words.next();
        let option = if before.ends_with(char::is_whitespace) {
            last
        } else {
            words.next()
        };
        if matches!(option, Some("-f" | "--filename" | "--svg")) {
            let (start, files) = self.files.complete_path(line, place)?;
            return Ok((start, files.into_iter().map(|f| f.replacement).collect()));
        }
        let (start, mut words) = kubectl::complete(&self.world.borrow(), before);
        // What is complete is followed by the next word.
        if let [word] = words.as_mut_slice() {
            word.push(' ');
        }
        Ok((start, words))
    }
}

impl Helper for Completion {}
impl Highlighter for Completion {}
impl Hinter for Completion {
    type Hint = String;
}
impl Validator for Completion {}
