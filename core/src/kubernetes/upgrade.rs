//! What another version of Kubernetes would do to a set: an upgrade of the control plane, looked at before it is done.

use core::fmt;
use std::collections::{BTreeMap, BTreeSet};
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use serde::{Serialize, Serializer};

use super::object::stateful_set::StatefulSet;
use super::turn::{Circumstances, Turn};
use super::value::error::ObjectError;
use super::value::key::Key;
use super::value::kind::Kind;
use super::view::objects::Objects;
use super::view::roster::Roster;
use crate::action::{Do, Reason};
use crate::all::all;
use crate::desired::{Desired, Ordinal};
use crate::observed::Observed;
use crate::plan::{self, Plan};
use crate::profile::Profile;
use crate::time::Millis;
use crate::version::Version;

/// What an upgrade, or a downgrade, of the control plane changes for one set.
///
/// In JSON, `effect` is its slug and `version` its name. As text ([`Display`](fmt::Display)) it has a line for each change, and
/// is empty if there is none.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[non_exhaustive]
pub struct Upgrade {
    /// The namespace of the set.
    pub namespace: String,
    /// The name of the set.
    pub name: String,
    /// The changes, by effect.
    pub changes: Vec<Change>,
}

/// One thing that is otherwise after the upgrade.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// What is otherwise.
    pub effect: Effect,
    /// The pods that it is about, by ordinal, in ascending order.
    pub pods: Vec<Ordinal>,
    /// The version that changed Kubernetes: the newer one of the two between which it begins.
    #[serde(serialize_with = "name")]
    pub version: Version,
    /// What changed in Kubernetes there.
    pub cause: &'static str,
    /// The rule of this library that says it.
    pub rule: &'static str,
}

/// How a pod fares otherwise.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Effect {
    /// The pod is up to date before the upgrade and not after it: it is replaced, though nobody has changed the set.
    Restarts,
    /// The pod is to be replaced before the upgrade, and is up to date after it.
    Stays,
    /// The pod is created or deleted now, and would not be after the upgrade.
    Stops,
    /// The pod would be created or deleted now after the upgrade, and is not before it.
    Begins,
}

all!(
    /// All values.
    Effect {
        Restarts,
        Stays,
        Stops,
        Begins,
    }
);

impl Effect {
    /// Its name, the same in all languages.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Restarts => "restarts",
            Self::Stays => "stays",
            Self::Stops => "stops",
            Self::Begins => "begins",
        }
    }

    const fn sentence(self) -> &'static str {
        match self {
            Self::Restarts => "would be replaced, though nobody changes the set",
            Self::Stays => "would no longer be replaced",
            Self::Stops => "would no longer be created or deleted now",
            Self::Begins => "would be created or deleted at once",
        }
    }
}

impl Serialize for Effect {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.slug())
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn name<S: Serializer>(version: &Version, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(version.name())
}

/// What becomes of a set's pods under one version.
#[derive(PartialEq, Eq)]
struct Outlook {
    /// Pods that are to be replaced by pods of the update revision.
    outdated: BTreeSet<Ordinal>,
    /// Pods that are created or deleted now.
    now: BTreeSet<(Ordinal, bool)>,
}

impl Outlook {
    fn of(desired: &Desired, observed: &Observed, now: Millis, plan: &Plan) -> Self {
        let outdated = plan::with_facts(desired, observed, now, |facts| {
            let slots = facts.roster.slots().map(|(_, pod)| pod);
            let old = slots.filter(|pod| facts.wants_rollout(pod));
            old.map(|pod| pod.ordinal).collect()
        });
        let deeds = plan.actions.iter().filter_map(|action| {
            let creates = matches!(action.what, Do::CreatePod { .. });
            let deletes = action.what.is_delete() && action.reason != Reason::GiveUp;
            (creates || deletes).then_some((action.ordinal, creates))
        });
        Self {
            // What breaks the contract has no plan.
            outdated: outdated.unwrap_or_default(),
            now: deeds.collect(),
        }
    }

    /// The pods with this effect where this outlook comes after another one.
    fn effect_after(&self, before: &Self, effect: Effect) -> BTreeSet<Ordinal> {
        let deeds = |from: &BTreeSet<_>, than: &BTreeSet<_>| {
            from.difference(than).map(|&(ordinal, _)| ordinal).collect()
        };
        match effect {
            Effect::Restarts => self
                .outdated
                .difference(&before.outdated)
                .copied()
                .collect(),
            Effect::Stays => before
                .outdated
                .difference(&self.outdated)
                .copied()
                .collect(),
            Effect::Stops => deeds(&before.now, &self.now),
            Effect::Begins => deeds(&self.now, &before.now),
        }
    }
}

impl Upgrade {
    /// Looks at a set under both versions, and under those between them, to find where each change begins.
    pub(crate) fn of(
        set: &StatefulSet,
        objects: &Objects,
        profile: Profile,
        (from, to): (Version, Version),
        now: Millis,
    ) -> Result<Self, ObjectError> {
        // Without these every version would plan nothing, and nothing would seem to change.
        let needed = [Kind::Pod, Kind::ControllerRevision];
        if let Some(kind) = needed.iter().find(|&&kind| !objects.views.is_listed(kind)) {
            let kinds = kind.resource();
            let problem = format!(
                "{kinds} have never been listed, and without them nothing can be said of an upgrade"
            );
            let error = ObjectError::new(Kind::StatefulSet, set.key.clone(), ".", problem);
            return Err(error.called(set.resource.kind()));
        }
        let mut outlooks = Vec::new();
        for version in steps(from, to) {
            let set = set.following(version);
            // What each version makes of the pods' names is its own.
            let mut roster = Roster::default();
            let circumstances = Circumstances {
                profile: set.profile(profile.following(version)),
                // Whoever takes over has written nothing that would have to be seen first.
                awaited: None,
                share: None,
                volumes: false,
            };
            let turn = Turn::new(&set, objects, &mut roster, circumstances, now)?;
            let outlook =
                turn.show(|desired, observed, plan| Outlook::of(desired, observed, now, plan));
            outlooks.push((version, outlook));
        }
        let Key { namespace, name } = set.key.clone();
        Ok(Self {
            namespace,
            name,
            changes: changes(&outlooks),
        })
    }
}

/// The versions from one to another, in the order of the way.
fn steps(from: Version, to: Version) -> Vec<Version> {
    let (low, high) = (from.min(to), from.max(to));
    let mut steps: Vec<Version> = Version::ALL
        .into_iter()
        .filter(|version| (low..=high).contains(version))
        .collect();
    if from > to {
        steps.reverse();
    }
    steps
}

/// What is otherwise at the end of the way than at its beginning.
fn changes(outlooks: &[(Version, Outlook)]) -> Vec<Change> {
    let (Some((_, first)), Some((_, last))) = (outlooks.first(), outlooks.last()) else {
        return Vec::new();
    };
    let mut found: BTreeMap<(Effect, usize), Vec<Ordinal>> = BTreeMap::new();
    for effect in [
        Effect::Restarts,
        Effect::Stays,
        Effect::Stops,
        Effect::Begins,
    ] {
        for ordinal in last.effect_after(first, effect) {
            let is_so = |(_, outlook): &(Version, Outlook)| {
                outlook.effect_after(first, effect).contains(&ordinal)
            };
            // From here on it is so to the end.
            let begins = outlooks
                .iter()
                .rposition(|it| !is_so(it))
                .map_or(0, |it| it + 1);
            found.entry((effect, begins)).or_default().push(ordinal);
        }
    }
    // Where a set gets another revision, all that happens then follows from that.
    let restarts: Vec<usize> = found
        .keys()
        .filter(|(effect, _)| matches!(effect, Effect::Restarts | Effect::Stays))
        .map(|(_, begins)| *begins)
        .collect();
    let change = |((effect, begins), pods): ((Effect, usize), Vec<Ordinal>)| {
        let version = outlooks[begins].0.max(outlooks[begins.saturating_sub(1)].0);
        let (cause, rule) = cause(version, restarts.contains(&begins));
        Change {
            effect,
            pods,
            version,
            cause,
            rule,
        }
    };
    found.into_iter().map(change).collect()
}

/// What changed in a version, and the rule that says so. `revision` says whether sets get another revision by it.
const fn cause(version: Version, revision: bool) -> (&'static str, &'static str) {
    match (version, revision) {
        (Version::V1_28_4, _) => (
            "a rollout is complete once the desired number of pods is ready",
            "S-4",
        ),
        (Version::V1_28, _) => ("claims get controller references", "C-8"),
        (Version::V1_34_0, true) => (
            "the text of a revision no longer has \"creationTimestamp\":null, so each set gets a new revision",
            "K-11",
        ),
        (Version::V1_34_0, _) => (
            "availability decides where being ready did, and minReadySeconds with it",
            "A-3",
        ),
        (Version::V1_34, _) => ("revisions are compared by what they mean", "K-1"),
        (Version::V1_35_0, _) => (
            "maxUnavailable is followed, and pods that are broken count against it",
            "U-4",
        ),
        (Version::V1_35, _) => (
            "the feature gate MaxUnavailableStatefulSet is off again",
            "U-3",
        ),
        (Version::V1_36, _) => ("a pod that is gone counts as deleted", "E-3"),
        (Version::V1_37, _) => (
            "maxUnavailable is followed, and broken pods of an old revision are replaced without counting",
            "U-4",
        ),
        (Version::V1_38, _) => (
            "in Parallel condemned pods go first, maxUnavailable counts from the partition on, and Recreate is on",
            "O-1, U-4, U-6",
        ),
        // Nothing changed in these.
        _ => ("", ""),
    }
}

impl fmt::Display for Upgrade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, change) in self.changes.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            let pods: Vec<String> = ranges(&change.pods)
                .into_iter()
                .map(|(from, to)| {
                    let name = |ordinal| [&*self.name, "-", &u32::to_string(&ordinal)].concat();
                    if from == to {
                        name(from)
                    } else {
                        [&*name(from), " to ", &*name(to)].concat()
                    }
                })
                .collect();
            write!(
                f,
                "{}/{}: {} {}, because of what {} changed: {} [{}]",
                self.namespace,
                self.name,
                pods.join(", "),
                change.effect.sentence(),
                change.version,
                change.cause,
                change.rule
            )?;
        }
        Ok(())
    }
}

/// Ascending numbers as ranges.
fn ranges(numbers: &[Ordinal]) -> Vec<(Ordinal, Ordinal)> {
    let mut ranges: Vec<(Ordinal, Ordinal)> = Vec::new();
    for &number in numbers {
        match ranges.last_mut() {
            Some((_, to)) if *to + 1 == number => *to = number,
            _ => ranges.push((number, number)),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Versions that decide as the one before them have nothing to say.
    #[test]
    fn each_version_that_decides_otherwise_says_what_changed() {
        let alike = [
            Version::V1_28_0,
            Version::V1_29,
            Version::V1_30,
            Version::V1_31,
            Version::V1_32,
            Version::V1_33,
        ];
        for version in Version::ALL {
            let (cause, rule) = cause(version, false);
            let is_told = !cause.is_empty() && !rule.is_empty();
            assert_eq!(is_told, !alike.contains(&version), "{version}");
        }
    }
}
