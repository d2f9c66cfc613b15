//! What the controller is shown: lists and news of each kind, each with its own faults.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

use statefulset::Millis;
use statefulset::kubernetes::Kind as Known;

use super::audience::Audience;
use super::faults::{Fate, Faults};
use super::journal::Journal;
use crate::store::{Change, Happened, Store};
use crate::values::key::Key;
use crate::values::kind::Kind;
use crate::values::object::Object;

/// So long after news were lost or mixed up, the kind is listed again.
const RELIST: Millis = 10_000;
/// For so long an API server stays behind that a controller without a memory has asked.
const BEHIND: Millis = 5_000;
/// So many changes of a kind can be undone.
const MEMORY: usize = 256;

/// What the controller is shown.
#[derive(Debug)]
pub(crate) struct View {
    /// Up to where the log has been taken over; `None` before the first time.
    cursor: Option<u64>,
    feeds: Vec<Feed>,
    /// Whether the controller has been given its lists.
    listed: bool,
    /// Until when nothing new is shown.
    held_until: Millis,
    /// How many changes were never told.
    lost: u64,
    /// Nodes of whose removal the controller has heard.
    removed: BTreeSet<String>,
}

/// One kind as an API server's watch cache has it.
#[derive(Debug)]
struct Feed {
    known: Known,
    kind: Kind,
    /// What has not arrived yet.
    pending: VecDeque<Change>,
    objects: BTreeMap<Key, Rc<Object>>,
    /// What the controller was told of that, with the version of the news.
    told: BTreeMap<Key, (u64, Rc<Object>)>,
    /// What has arrived, with what was there before; the newest last.
    past: VecDeque<(Change, Option<Rc<Object>>)>,
    /// News that come after the next.
    late: Option<Change>,
    relist_at: Option<Millis>,
}

impl View {
    pub(crate) fn new() -> Self {
        let feed = |known: Known| {
            let kind = Kind::built_in().find(|k| k.name() == known.name())?;
            Some(Feed {
                known,
                kind,
                pending: VecDeque::new(),
                objects: BTreeMap::new(),
                told: BTreeMap::new(),
                past: VecDeque::new(),
                late: None,
                relist_at: None,
            })
        };
        Self {
            cursor: None,
            feeds: Known::ALL.into_iter().filter_map(feed).collect(),
            listed: false,
            held_until: 0,
            lost: 0,
            removed: BTreeSet::new(),
        }
    }

    /// The controller has died: the next one begins with lists.
    pub(crate) fn forget(&mut self, store: &Store, faults: &mut Faults) {
        self.take_over(store);
        self.listed = false;
        self.removed.clear();
        let by = faults.take_rewind();
        if by == 0 {
            return;
        }
        self.held_until = store.now() + BEHIND;
        let back_to = store.now() - by;
        for feed in &mut self.feeds {
            feed.rewind(back_to);
        }
    }

    /// Shows what there is to be shown at this moment.
    pub(crate) fn follow(
        &mut self,
        store: &Store,
        audience: &mut impl Audience,
        faults: &mut Faults,
        journal: &mut Journal,
    ) {
        self.take_over(store);
        let now = store.now();
        let held = now < self.held_until;
        for feed in &mut self.feeds {
            let delay = faults.delay(feed.kind);
            let due = |change: &Change| !held && change.at.saturating_add(delay) <= now;
            if !self.listed {
                feed.late = None;
                while feed.pending.front().is_some_and(due) {
                    feed.pass();
                }
                feed.list(audience, store.version());
                continue;
            }
            while feed.pending.front().is_some_and(due) {
                if let Some(change) = feed.pass() {
                    let fate = faults.next_news(feed.kind);
                    let told = feed.tell(change, fate, now, |known, change| {
                        journal.saw(now, change);
                        if change.key.kind == Kind::Node && change.happened == Happened::Deleted {
                            self.removed.insert(change.key.name.clone());
                        }
                        audience.see(known, change);
                    });
                    self.lost += u64::from(!told);
                }
            }
            if feed.relist_at.is_some_and(|at| at <= now) {
                feed.list(audience, store.version());
            }
        }
        self.listed = true;
    }

    /// Keeps the news, for a controller that does not look at them now.
    pub(crate) fn take_over(&mut self, store: &Store) {
        if let Some(cursor) = self.cursor {
            for change in store.changes_since(cursor) {
                let mut feeds = self.feeds.iter_mut();
                if let Some(feed) = feeds.find(|feed| feed.kind == change.key.kind) {
                    feed.pending.push_back(change.clone());
                }
            }
        } else {
            for feed in &mut self.feeds {
                let objects = store.list(feed.kind, None);
                let keyed = objects.map(|object| (Key::of(feed.kind, object), Rc::clone(object)));
                feed.objects = keyed.collect();
            }
        }
        self.cursor = Some(store.version());
    }

    /// When there is something new to be shown.
    pub(crate) fn next(&self, faults: &Faults) -> Option<Millis> {
        let moments = self.feeds.iter().flat_map(|feed| {
            let front = feed.pending.front();
            let news = front.map(|change| change.at.saturating_add(faults.delay(feed.kind)));
            news.map(|at| at.max(self.held_until))
                .into_iter()
                .chain(feed.relist_at)
        });
        moments.min()
    }

    /// An object as the controller was last told of it.
    pub(crate) fn get(&self, key: &Key) -> Option<&Rc<Object>> {
        let feed = self.feeds.iter().find(|feed| feed.kind == key.kind)?;
        feed.told.get(key).map(|(_, object)| object)
    }

    /// Kinds with news that have not arrived, each with the version up to which they have.
    pub(crate) fn behind(&self) -> Vec<(Kind, u64)> {
        let behind = self.feeds.iter().filter_map(|feed| {
            let front = feed.pending.front()?;
            Some((feed.kind, front.version - 1))
        });
        behind.collect()
    }

    /// Whether the controller has heard, and not forgotten, that somebody took this node away.
    pub(crate) fn saw_removed(&self, node: &str) -> bool {
        self.removed.contains(node)
    }

    /// How many changes were never told.
    pub(crate) const fn lost(&self) -> u64 {
        self.lost
    }

    /// Whether the controller has been told the truth, and nothing but the truth.
    pub(crate) fn is_true(&self) -> bool {
        self.listed
            && self
                .feeds
                .iter()
                .all(|feed| feed.pending.is_empty() && feed.relist_at.is_none())
    }
}

impl Feed {
    /// The next change reaches the cache.
    fn pass(&mut self) -> Option<Change> {
        let change = self.pending.pop_front()?;
        let before = if change.happened == Happened::Deleted {
            self.objects.remove(&change.key)
        } else {
            self.objects
                .insert(change.key.clone(), Rc::clone(&change.object))
        };
        self.past.push_back((change.clone(), before));
        if self.past.len() > MEMORY {
            self.past.pop_front();
        }
        Some(change)
    }

    /// Takes changes after this moment out of the cache.
    fn rewind(&mut self, back_to: Millis) {
        while self
            .past
            .back()
            .is_some_and(|(change, _)| change.at > back_to)
        {
            let Some((change, before)) = self.past.pop_back() else {
                return;
            };
            match before {
                Some(before) => self.objects.insert(change.key.clone(), before),
                None => self.objects.remove(&change.key),
            };
            self.pending.push_front(change);
        }
    }

    /// Shows a change, or not, as its fate is. Gives whether it will ever be heard of.
    fn tell(
        &mut self,
        change: Change,
        fate: Fate,
        now: Millis,
        mut show: impl FnMut(Known, &Change),
    ) -> bool {
        if matches!(fate, Fate::Arrives | Fate::Repeated) {
            self.learns(&change);
            show(self.known, &change);
        }
        if let Some(late) = self.late.take() {
            self.learns(&late);
            show(self.known, &late);
        }
        if matches!(fate, Fate::Late | Fate::Repeated) {
            self.late = Some(change);
        }
        if fate != Fate::Arrives {
            self.relist_at = Some(now + RELIST);
        }
        fate != Fate::Lost
    }

    /// The controller is told of a change; nobody lets old news take the place of newer ones.
    fn learns(&mut self, change: &Change) {
        let known = self.told.get(&change.key);
        if known.is_some_and(|&(version, _)| version >= change.version) {
            return;
        }
        if change.happened == Happened::Deleted {
            self.told.remove(&change.key);
        } else {
            let news = (change.version, Rc::clone(&change.object));
            self.told.insert(change.key.clone(), news);
        }
    }

    fn list(&mut self, audience: &mut impl Audience, newest: u64) {
        self.late = None;
        self.relist_at = None;
        let version = self.pending.front().map_or(newest, |next| next.version - 1);
        self.told.clear();
        audience.begin_list(self.known);
        for (key, object) in &self.objects {
            audience.list(self.known, object);
            let news = (version, Rc::clone(object));
            self.told.insert(key.clone(), news);
        }
        audience.end_list(self.known, &version.to_string());
    }
}
