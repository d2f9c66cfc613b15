//! Places in the log, so that what everybody has read need not be kept.

use std::cell::Cell;
use std::rc::{Rc, Weak};

use super::{Change, Store};

/// A reader's place in the log. What comes after it is kept for as long as the bookmark is.
#[derive(Debug)]
pub struct Bookmark(Rc<Cell<u64>>);

impl Store {
    /// A place in the log: after the last write.
    pub fn bookmark(&mut self) -> Bookmark {
        let place = Rc::new(Cell::new(self.version));
        self.bookmarks.push(Rc::downgrade(&place));
        Bookmark(place)
    }

    /// What has happened since, oldest first. The bookmark goes on to the end.
    pub fn read(&self, bookmark: &Bookmark) -> &[Change] {
        self.changes_since(bookmark.0.replace(self.version))
    }

    /// Forgets changes up to a version, but for what is after a bookmark, and the last one: somebody may ask what it was.
    pub(crate) fn trim(&mut self, version: u64) {
        self.bookmarks.retain(|place| place.strong_count() > 0);
        let places = self.bookmarks.iter().filter_map(Weak::upgrade);
        let read = places.map(|place| place.get()).fold(version, u64::min);
        let all_but_last = self.log.len().saturating_sub(1);
        self.log.drain(..self.place(read).min(all_but_last));
    }
}
