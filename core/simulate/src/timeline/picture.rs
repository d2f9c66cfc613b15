//! What a timeline shows of a stretch of time, however it is drawn.

use std::collections::BTreeSet;

use statefulset::Millis;

use super::Timeline;
use super::node::NodeState;
use super::pod::{PodKey, PodState};
use super::scale::Scale;

/// A stretch in one state: from, to, what.
pub(super) type Part<'a, T> = (Millis, Millis, &'a T);

/// One pod's row.
#[derive(Debug)]
pub(super) struct PodRow<'a> {
    pub label: String,
    pub parts: Vec<Part<'a, PodState>>,
    pub waits: Vec<Part<'a, String>>,
    /// Which of its set's revisions each part has.
    pub shades: Vec<usize>,
}

/// One node's row.
#[derive(Debug)]
pub(super) struct NodeRow<'a> {
    pub label: &'a str,
    pub parts: Vec<Part<'a, NodeState>>,
}

/// All that is to be drawn.
#[derive(Debug)]
pub(super) struct Picture<'a> {
    /// What counts as time zero.
    pub zero: Millis,
    pub from: Millis,
    pub to: Millis,
    pub pods: Vec<PodRow<'a>>,
    /// Only nodes to which something happened.
    pub nodes: Vec<NodeRow<'a>>,
    pub commands: Vec<(Millis, &'a str)>,
    /// What each shade stands for.
    pub revisions: Vec<String>,
}

impl<'a> Picture<'a> {
    pub(super) fn new(timeline: &'a Timeline, from: Millis, to: Millis) -> Self {
        let keys: BTreeSet<&PodKey> = timeline.pods.keys().chain(timeline.waits.keys()).collect();
        let spaces: BTreeSet<&str> = keys.iter().map(|key| &*key.namespace).collect();
        let row = |key: &&'a PodKey| {
            let parts: Vec<_> = timeline
                .pods
                .get(*key)
                .into_iter()
                .flat_map(|lane| lane.within(from, to))
                .collect();
            let waits: Vec<_> = timeline
                .waits
                .get(*key)
                .into_iter()
                .flat_map(|lane| lane.within(from, to))
                .collect();
            let name = key.name();
            (!parts.is_empty() || !waits.is_empty()).then(|| PodRow {
                label: if spaces.len() > 1 {
                    format!("{}/{name}", key.namespace)
                } else {
                    name
                },
                shades: parts
                    .iter()
                    .map(|(_, _, pod)| shade(timeline, key, &pod.revision))
                    .collect(),
                parts,
                waits,
            })
        };
        let pods: Vec<_> = keys.iter().filter_map(row).collect();
        let nodes = timeline
            .nodes
            .iter()
            .map(|(name, lane)| NodeRow {
                label: name,
                parts: lane.within(from, to).collect(),
            })
            .filter(|row| match row.parts.as_slice() {
                [] => false,
                [(begin, end, state)] => {
                    (*begin, *end) != (from, to) || !state.is_ready() || state.cordoned
                }
                _ => true,
            })
            .collect();
        Self {
            zero: timeline.begin,
            from,
            to,
            revisions: revisions(timeline, &pods),
            pods,
            nodes,
            commands: timeline
                .commands
                .iter()
                .filter(|(at, _)| (from..=to).contains(at))
                .map(|(at, line)| (*at, &**line))
                .collect(),
        }
    }

    /// An axis on which all that happens has room.
    pub(super) fn scale(&self, width: f64) -> Scale {
        let pods = self.pods.iter().flat_map(|row| ends(&row.parts));
        let waits = self.pods.iter().flat_map(|row| ends(&row.waits));
        let nodes = self.nodes.iter().flat_map(|row| ends(&row.parts));
        let commands = self.commands.iter().map(|(at, _)| *at);
        let moments = [self.from, self.to].into_iter().chain(commands);
        Scale::new(
            moments.chain(pods).chain(waits).chain(nodes).collect(),
            width,
        )
    }
}

fn ends<'p, T>(parts: &'p [Part<'_, T>]) -> impl Iterator<Item = Millis> + 'p {
    parts.iter().flat_map(|(from, to, _)| [*from, *to])
}

fn shade(timeline: &Timeline, key: &PodKey, revision: &str) -> usize {
    let set = (key.namespace.clone(), key.family.clone());
    let revisions = timeline.revisions.get(&set);
    let place = revisions.and_then(|all| all.iter().position(|name| name == revision));
    place.unwrap_or(0)
}

/// The names of the shades: a revision's own name where only one set has that many.
fn revisions(timeline: &Timeline, pods: &[PodRow<'_>]) -> Vec<String> {
    let used = pods.iter().flat_map(|row| row.shades.iter().copied()).max();
    let name = |shade: usize| {
        let mut named = timeline
            .revisions
            .values()
            .filter_map(|all| all.get(shade))
            .filter(|name| !name.is_empty());
        match (named.next(), named.next()) {
            (None, _) => "ready".into(),
            (Some(only), None) => only.clone(),
            _ => format!("revision {}", shade + 1),
        }
    };
    used.map_or_else(Vec::new, |last| (0..=last).map(name).collect())
}
