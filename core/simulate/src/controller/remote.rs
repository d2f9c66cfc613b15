//! A program that takes the controller's place: it is told what there is to see, and asks for what is to be done.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::rc::Rc;

use statefulset::Millis;
use statefulset::kubernetes::Kind as Known;

use super::audience::Audience;
use super::line::{self, Event, Idle, Said};
use super::{Controller, Trouble, report};
use crate::store::{Change, Happened, Store};
use crate::values::object::{Fields, Object};

/// A program that is the StatefulSet controller of a cluster. It reads and prints lines of JSON, in lock-step: it is
/// told what there is to see and what time it is; then it is listened to until it says that it is idle, and each of its
/// requests is answered before it is listened to again.
///
/// What fails is told in words; the cluster is then without a controller.
pub trait Program {
    /// Writes a line to it.
    fn tell(&mut self, line: &str) -> Result<(), String>;
    /// The next line that it prints.
    fn hear(&mut self) -> Result<String, String>;
    /// Ends it, and starts it again without its memory.
    fn restart(&mut self) -> Result<(), String>;
}

type Name = (String, String);

/// The conversation with such a program.
pub(super) struct Remote {
    program: Box<dyn Program>,
    /// What it has not been told yet.
    news: Vec<String>,
    /// What it has been shown and not been told to be gone.
    shown: BTreeMap<Known, BTreeMap<Name, Rc<Object>>>,
    /// What is in the list that is being shown.
    listing: BTreeSet<Name>,
    /// What it said when it last had nothing more to do; `None` before it has said anything.
    idle: Option<Idle>,
}

impl fmt::Debug for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Remote").finish_non_exhaustive()
    }
}

impl Remote {
    pub(super) fn new(program: Box<dyn Program>) -> Self {
        Self {
            program,
            news: Vec::new(),
            shown: BTreeMap::new(),
            listing: BTreeSet::new(),
            idle: None,
        }
    }

    /// It dies and starts again: it has not been shown anything yet.
    pub(super) fn restart(&mut self) -> Result<(), String> {
        self.news.clear();
        self.shown.clear();
        self.idle = None;
        self.program.restart()
    }

    /// Whether it has anything to do at this moment.
    pub(super) fn is_due(&self, now: Millis) -> bool {
        let asks = |idle: &Idle| idle.is_pressed() || idle.next.is_some_and(|at| at <= now);
        !self.news.is_empty() || self.idle.as_ref().is_none_or(asks)
    }

    /// What it said of itself when it had nothing more to do.
    pub(super) const fn idle(&self) -> Option<&Idle> {
        self.idle.as_ref()
    }

    fn tell_all(&mut self, now: Millis) -> Result<(), String> {
        self.news.push(line::time(now));
        let mut news = self.news.drain(..);
        news.try_for_each(|line| self.program.tell(&line))
    }

    /// The first line is the time: so the program knows that time is told to it, and has nothing to do yet.
    fn greet(&mut self, now: Millis) -> Result<(), String> {
        if self.idle.is_none() {
            self.program.tell(&line::time(now))?;
            let line = self.program.hear()?;
            match Said::of(&line) {
                Ok(Said::Idle(_)) => {}
                Ok(_) => {
                    return Err(misheard(
                        &line,
                        "expected `idle`, nothing has been shown yet",
                    ));
                }
                Err(why) => return Err(misheard(&line, &why)),
            }
        }
        Ok(())
    }

    fn hear(&mut self) -> Result<Said, String> {
        let line = self.program.hear()?;
        Said::of(&line).map_err(|why| misheard(&line, &why))
    }
}

fn misheard(line: &str, why: &str) -> String {
    let shown: String = line.chars().take(200).collect();
    format!("the controller printed a line that means nothing: {why}\n  {shown}")
}

impl Audience for Remote {
    fn begin_list(&mut self, _: Known) {
        self.listing.clear();
    }

    fn list(&mut self, kind: Known, object: &Rc<Object>) {
        let name = (object.namespace().to_owned(), object.name().to_owned());
        let shown = self.shown.entry(kind).or_default();
        self.listing.insert(name.clone());
        if shown.get(&name).is_none_or(|before| before != object) {
            self.news.push(line::watched("ADDED", object));
            shown.insert(name, Rc::clone(object));
        }
    }

    fn end_list(&mut self, kind: Known, version: &str) {
        // What went away while nobody told of it: a watch never leaves that out, so neither does this one.
        let shown = self.shown.entry(kind).or_default();
        shown.retain(|name, object| {
            let is_there = self.listing.contains(name);
            if !is_there {
                self.news.push(line::watched("DELETED", object));
            }
            is_there
        });
        self.news.push(line::listed(kind, version));
    }

    fn see(&mut self, kind: Known, change: &Change) {
        let name = (change.key.namespace.clone(), change.key.name.clone());
        let shown = self.shown.entry(kind).or_default();
        let what = match change.happened {
            Happened::Added => "ADDED",
            Happened::Modified => "MODIFIED",
            Happened::Deleted => "DELETED",
        };
        if change.happened == Happened::Deleted {
            shown.remove(&name);
        } else {
            shown.insert(name, Rc::clone(&change.object));
        }
        self.news.push(line::watched(what, &change.object));
    }
}

impl Controller {
    /// One turn of the program: it is told the news, and served until it is idle.
    pub(super) fn converse(
        &mut self,
        store: &mut Store,
        remote: &mut Remote,
    ) -> Result<(), Trouble> {
        remote.greet(store.now())?;
        remote.tell_all(store.now())?;
        loop {
            match remote.hear()? {
                Said::Request(request) => {
                    let ask = request.ask().map_err(|why| misheard(&request.path, &why))?;
                    let outcome = self.call(store, &ask)?;
                    self.journal.sent(store.now(), &ask, &outcome);
                    remote.program.tell(&line::outcome(&outcome))?;
                }
                Said::Event(set, event) => {
                    let Event {
                        reason, message, ..
                    } = &event;
                    report(store, &set, event.is_normal(), reason, message);
                }
                Said::Idle(idle) => {
                    remote.idle = Some(idle);
                    return Ok(());
                }
            }
        }
    }
}

impl From<String> for Trouble {
    fn from(why: String) -> Self {
        Self::Lost(why)
    }
}
