//! What has happened to pods and nodes over time, kept as far as a picture of it needs.
//!
//! It knows the store's changes and what the controller noted, and no world: a world has one.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use statefulset::{MAX_ORDINAL, Millis, NO_ORDINAL};

use crate::controller::{Planned, Waiting};
use crate::store::{Happened, Store};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

mod lane;
mod node;
mod picture;
mod pod;
mod scale;
mod svg;
mod text;

use lane::Lane;
use node::NodeState;
use picture::Picture;
use pod::{PodKey, PodState};

/// The record of a cluster's life. It follows the store's log as a component does.
#[derive(Debug)]
pub(crate) struct Timeline {
    cursor: u64,
    begin: Millis,
    pods: BTreeMap<PodKey, Lane<PodState>>,
    /// Why nothing is done for a pod, or for the pod that is to be.
    waits: BTreeMap<PodKey, Lane<String>>,
    nodes: BTreeMap<String, Lane<NodeState>>,
    /// Names of each set's revisions, in the order in which its pods first had them.
    revisions: BTreeMap<(String, String), Vec<String>>,
    /// Commands, and when they were given.
    commands: Vec<(Millis, String)>,
}

impl Timeline {
    /// A record that begins with what is there now.
    pub(crate) fn new(store: &Store) -> Self {
        let mut timeline = Self {
            cursor: store.version(),
            begin: store.now(),
            pods: BTreeMap::new(),
            waits: BTreeMap::new(),
            nodes: BTreeMap::new(),
            revisions: BTreeMap::new(),
            commands: Vec::new(),
        };
        for kind in [Kind::Node, Kind::Pod] {
            for object in store.list(kind, None) {
                timeline.see(kind, object, Happened::Added, store.now());
            }
        }
        timeline
    }

    /// Takes in what has changed.
    pub(crate) fn follow(&mut self, store: &Store) {
        for change in store.changes_since(self.cursor) {
            self.see(change.key.kind, &change.object, change.happened, change.at);
        }
        self.cursor = store.version();
    }

    /// Takes in what the planner waits for.
    pub(crate) fn wait(&mut self, planned: Planned) {
        let Planned { at, set, waits } = planned;
        let ours = |key: &PodKey| key.namespace == set.namespace && key.family == set.name;
        for wait in waits.iter().filter(|wait| wait.first != NO_ORDINAL) {
            // A range of pods that are still to be stands under its first.
            let key = PodKey::member(&set.namespace, &set.name, wait.first);
            self.waits.entry(key).or_default();
        }
        let known: Vec<_> = self.pods.keys().filter(|key| ours(key)).cloned().collect();
        for key in known {
            self.waits.entry(key).or_default();
        }
        for (key, lane) in self.waits.iter_mut().filter(|(key, _)| ours(key)) {
            let wait = waits.iter().find(|wait| {
                key.ordinal
                    .is_some_and(|ordinal| numbers(wait).contains(&ordinal))
            });
            lane.turn(at, wait.map(|wait| wait.text.clone()));
        }
    }

    /// Notes that a command was given.
    pub(crate) fn command(&mut self, at: Millis, line: &str) {
        self.commands.push((at, line.trim().to_owned()));
    }

    fn see(&mut self, kind: Kind, object: &Object, happened: Happened, at: Millis) {
        let exists = happened != Happened::Deleted;
        match kind {
            Kind::Pod => {
                let key = PodKey::of(object);
                let set = (key.namespace.clone(), key.family.clone());
                let lane = self.pods.entry(key).or_default();
                let state = exists.then(|| PodState::of(object, lane.last()));
                if let Some(state) = &state {
                    let revisions = self.revisions.entry(set).or_default();
                    if !revisions.contains(&state.revision) {
                        revisions.push(state.revision.clone());
                    }
                }
                lane.turn(at, state);
            }
            Kind::Node => {
                let lane = self.nodes.entry(object.name().to_owned()).or_default();
                lane.turn(at, exists.then(|| NodeState::of(object)));
            }
            _ => {}
        }
    }

    /// The last `since` before `now`, or all of it, as characters for a terminal.
    pub(crate) fn text(&self, now: Millis, since: Option<Millis>) -> String {
        text::draw(&self.picture(now, since))
    }

    /// The same as a picture that stands on its own.
    pub(crate) fn svg(&self, now: Millis, since: Option<Millis>) -> String {
        svg::draw(&self.picture(now, since))
    }

    fn picture(&self, now: Millis, since: Option<Millis>) -> Picture<'_> {
        let from = since.map_or(self.begin, |since| (now - since).max(self.begin));
        Picture::new(self, from, now)
    }
}

/// The numbers of the pods that a wait covers. Those that exceed every ordinal share one wait.
fn numbers(wait: &Waiting) -> RangeInclusive<i64> {
    if wait.first == NO_ORDINAL {
        return i64::from(MAX_ORDINAL) + 1..=i64::MAX;
    }
    i64::from(wait.first)..=i64::from(wait.through)
}

#[cfg(test)]
mod tests {
    use statefulset::kubernetes::Key;

    use super::{NO_ORDINAL, Planned, PodKey, Store, Timeline, Waiting};

    #[test]
    fn what_has_no_ordinal_is_not_given_one() {
        let mut timeline = Timeline::new(&Store::new(0, 1));
        let pod = PodKey {
            ordinal: Some(99_999_999_999),
            ..PodKey::member("default", "web", 0)
        };
        timeline.pods.entry(pod.clone()).or_default();
        timeline.wait(Planned {
            at: 1,
            set: Key::new("default", "web"),
            waits: vec![Waiting {
                first: NO_ORDINAL,
                through: NO_ORDINAL,
                text: "terminating".to_owned(),
            }],
        });
        let rows: Vec<&PodKey> = timeline.waits.keys().collect();
        assert_eq!(rows, [&pod]);
        assert!(timeline.waits[&pod].last().is_some());
    }
}
