//! The plans that the stories make.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use statefulset_simulate::kubectl::Files;
use statefulset_simulate::story::{Settings, Story};

use crate::text::write;

/// A case for each plan that the stories in `folder` make, without repetitions.
pub fn stories(folder: &Path) -> Result<String, Box<dyn Error>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "story")
        {
            paths.push(path);
        }
    }
    paths.sort();
    let mut text = String::new();
    for path in &paths {
        text += &story(path)?;
    }
    Ok(text)
}

fn story(path: &Path) -> Result<String, Box<dyn Error>> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let text = fs::read_to_string(path)?;
    let mut story = Story::new(&text, &name, &Settings::default())?;
    let cases: Rc<RefCell<BTreeSet<String>>> = Rc::default();
    let seen = Rc::clone(&cases);
    story
        .world_mut()
        .look_at_plans(move |desired, observed, now| {
            let mut case = String::new();
            write(&mut case, "", desired, observed, now);
            seen.borrow_mut().insert(case);
        });
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    story.tell(&mut Folder(folder), &mut String::new())?;
    let mut out = String::new();
    for (i, case) in cases.borrow().iter().enumerate() {
        let (_, rest) = case.split_once('\n').unwrap_or_default();
        write!(out, "case {name} {i}\n{rest}")?;
    }
    Ok(out)
}

/// The files that a story reads; what it writes is lost.
struct Folder(PathBuf);

impl Files for Folder {
    fn read(&mut self, path: &str) -> io::Result<String> {
        fs::read_to_string(self.0.join(path))
    }

    fn write(&mut self, _: &str, _: &str) -> io::Result<()> {
        Ok(())
    }
}
