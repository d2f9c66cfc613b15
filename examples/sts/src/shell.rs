//! The words of a story, typed one after the other.

use std::cell::RefCell;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
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
use statefulset_simulate::kubectl::{self, Kubectl};
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
    let mut folder = Folder(Path::new(""));
    let mut kubectl = Kubectl::new(&mut folder);
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
        editor.add_history_entry(line)?;
        stop.store(false, Ordering::Relaxed);
        let output = kubectl.run(&mut world.borrow_mut(), line);
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
