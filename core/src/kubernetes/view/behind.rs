//! Sets that are held up by a view that is older than the controller's own writes.

use std::collections::{BTreeMap, BTreeSet};
use std::vec::Vec;

use super::freshness::{Awaited, Unseen, Views};
use crate::kubernetes::value::key::Key;
use crate::kubernetes::value::kind::Kind;
use crate::time::Millis;

/// The sets whose last plan waited for a fresher view, each by one thing that it waits for. An event finds those that it
/// lets go on without a look at the others; whoever has seen one thing may wait for the next.
#[derive(Clone, Default, Debug)]
pub(crate) struct Behind {
    sets: BTreeMap<Key, Held>,
    lists: BTreeSet<(Kind, Key)>,
    writes: BTreeSet<(Kind, u64, Key)>,
    /// Pods that were deleted or evicted, by the set's namespace and their name.
    victims: BTreeSet<(Key, Key)>,
}

#[derive(Clone, Debug)]
struct Held {
    since: Millis,
    awaited: Awaited,
}

impl Behind {
    /// The set waits, since `now` if it did not already.
    pub(crate) fn hold(&mut self, awaited: Awaited, now: Millis) {
        let set = awaited.set.clone();
        let since = self.release(&set).unwrap_or(now);
        match awaited.unseen {
            Unseen::List => self.lists.insert((awaited.kind, set.clone())),
            Unseen::Write { version, .. } => {
                self.writes.insert((awaited.kind, version, set.clone()))
            }
            Unseen::Deletion { .. } => self.victims.insert((victim(&awaited), set.clone())),
        };
        self.sets.insert(set, Held { since, awaited });
    }

    /// The set no longer waits. Says since when it did.
    pub(crate) fn release(&mut self, set: &Key) -> Option<Millis> {
        let Held { since, awaited } = self.sets.remove(set)?;
        match awaited.unseen {
            Unseen::List => self.lists.remove(&(awaited.kind, awaited.set)),
            Unseen::Write { version, .. } => {
                self.writes.remove(&(awaited.kind, version, awaited.set))
            }
            Unseen::Deletion { .. } => self.victims.remove(&(victim(&awaited), awaited.set)),
        };
        Some(since)
    }

    /// Since when the set is held up.
    pub(crate) fn since(&self, set: &Key) -> Option<Millis> {
        self.sets.get(set).map(|held| held.since)
    }

    /// Sets that may have seen what they waited for, after something of this kind was shown: the pod with this name, or
    /// whatever there was to be seen.
    pub(crate) fn may_go_on(&self, kind: Kind, object: Option<&Key>, views: &Views) -> Vec<Key> {
        if self.sets.is_empty() {
            return Vec::new();
        }
        let of_kind = (kind, Key::default());
        let lists = self.lists.range(of_kind..);
        let lists = lists.take_while(|(other, _)| *other == kind && views.is_listed(kind));
        let newest = views.newest(kind);
        let writes = self.writes.range((kind, 0, Key::default())..);
        let writes = writes.take_while(|(other, version, _)| *other == kind && *version <= newest);
        let first = object.cloned().unwrap_or_default();
        let pods = (kind == Kind::Pod).then(|| self.victims.range((first, Key::default())..));
        let pods = pods.into_iter().flatten();
        let pods = pods.take_while(|(pod, _)| object.is_none_or(|object| object == pod));
        let lists = lists.map(|(_, set)| set);
        let writes = writes.map(|(_, _, set)| set);
        let pods = pods.map(|(_, set)| set);
        lists.chain(writes).chain(pods).cloned().collect()
    }

    /// What is awaited: of each kind the list or the lowest version, and one deletion.
    pub(crate) fn first_of_each(&self, views: &Views) -> Vec<Awaited> {
        if self.sets.is_empty() {
            return Vec::new();
        }
        let lists = Kind::ALL.into_iter().filter_map(|kind| {
            let (found, set) = self.lists.range((kind, Key::default())..).next()?;
            (*found == kind).then_some(set)
        });
        let writes = Kind::ALL.into_iter().filter_map(|kind| {
            let (found, _, set) = self.writes.range((kind, 0, Key::default())..).next()?;
            (*found == kind).then_some(set)
        });
        let victims = self.victims.first().map(|(_, set)| set);
        let sets = lists.chain(writes).chain(victims);
        sets.filter_map(|set| {
            let Held { since, awaited } = self.sets.get(set)?;
            let awaited = awaited.clone().at(views);
            let since = awaited.since.or(Some(*since));
            Some(Awaited { since, ..awaited })
        })
        .collect()
    }
}

fn victim(awaited: &Awaited) -> Key {
    Key::new(&*awaited.set.namespace, &*awaited.name)
}
