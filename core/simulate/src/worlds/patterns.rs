//! Notices what a world provokes.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use statefulset::Reason;
use statefulset::kubernetes::{Method, Outcome};

use super::pattern::{Pattern, Tally};
use super::step::Step;
use super::wanted::{Wanted, identity};
use crate::controller::faults::{Call, Pass, Upset};
use crate::store::{Change, Happened};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::world::World;

#[derive(Debug)]
pub(super) struct Provoked {
    names: Vec<&'static str>,
    tally: Tally,
    sets: BTreeMap<&'static str, Rc<Object>>,
    pods: BTreeMap<String, Rc<Object>>,
    claims: BTreeMap<String, Rc<Object>>,
    /// Uids of pods that the controller asked to go.
    asked: BTreeSet<String>,
    last_write: u64,
    last_deletion: u64,
    crashed: bool,
    lost: u64,
}

impl Provoked {
    pub(super) const fn new(names: Vec<&'static str>) -> Self {
        Self {
            names,
            tally: Tally::new(),
            sets: BTreeMap::new(),
            pods: BTreeMap::new(),
            claims: BTreeMap::new(),
            asked: BTreeSet::new(),
            last_write: 0,
            last_deletion: 0,
            crashed: false,
            lost: 0,
        }
    }

    pub(super) const fn tally(&self) -> &Tally {
        &self.tally
    }

    pub(super) fn count(&mut self, pattern: Pattern) {
        self.tally.count(pattern);
    }

    fn count_if(&mut self, condition: bool, pattern: Pattern) {
        if condition {
            self.count(pattern);
        }
    }

    pub(super) fn answered(&mut self, step: &Step) {
        match step {
            Step::Crash => self.crashed = true,
            Step::Respell(_) => self.count(Pattern::R8),
            _ => {}
        }
    }

    pub(super) fn look(&mut self, world: &World, news: &[Change], passes: &[Pass]) {
        let lost = world.controller().view().lost();
        self.count_if(lost > self.lost, Pattern::U1);
        self.lost = lost;
        let mut news = news.iter().peekable();
        for pass in passes {
            while let Some(change) = news.next_if(|change| change.version <= pass.version) {
                self.see(change, false);
            }
            self.turn(pass);
            for call in &pass.calls {
                while let Some(change) = news.next_if(|change| change.version <= call.versions.0) {
                    self.see(change, false);
                }
                while let Some(change) = news.next_if(|change| change.version <= call.versions.1) {
                    self.see(change, true);
                }
                self.call(pass, call);
            }
            self.end_of_turn(pass);
        }
        news.for_each(|change| self.see(change, false));
    }

    /// The ordinals of a set's pods, each with its pod.
    fn pods_of(&self, set: &str) -> BTreeMap<u32, &Rc<Object>> {
        let pods = self.pods.iter().filter_map(|(name, pod)| {
            let (of, ordinal) = identity(&self.names, name)?;
            (of == set).then_some((ordinal, pod))
        });
        pods.collect()
    }

    fn turn(&mut self, pass: &Pass) {
        let unseen = |kind: Kind, version: u64| {
            let mut behind = pass.behind.iter();
            behind.any(|(behind, seen)| *behind == kind && *seen < version)
        };
        let kinds = [Kind::StatefulSet, Kind::Pod, Kind::PersistentVolumeClaim];
        let old = kinds.map(|kind| unseen(kind, u64::MAX));
        self.count_if(old.contains(&true) && old.contains(&false), Pattern::S5);
        self.count_if(unseen(Kind::Pod, self.last_deletion), Pattern::S4);
        self.count_if(unseen(Kind::ControllerRevision, u64::MAX), Pattern::S7);
        let forgot = pass.behind.iter().any(|(_, seen)| *seen < self.last_write);
        let crashed = std::mem::take(&mut self.crashed);
        self.count_if(crashed && forgot, Pattern::I3);
        let Some((set, seen)) = self.sets.get(&*pass.set.name).zip(pass.seen.as_ref()) else {
            return;
        };
        let (set, seen) = (Rc::clone(set), Rc::clone(seen));
        let uid = set.uid();
        let left_behind = self
            .pods
            .values()
            .chain(self.claims.values())
            .any(|object| {
                let mut owners = object.list("/metadata/ownerReferences").iter();
                owners.any(|owner| owner.text("/name") == set.name() && owner.text("/uid") != uid)
            });
        self.count_if(left_behind || seen.uid() != uid, Pattern::S1);
        let (wanted, shown) = (Wanted::of(&set), Wanted::of(&seen));
        self.count_if(shown.replicas < wanted.replicas, Pattern::S2);
        let pods = self.pods_of(set.name());
        let is_ready = |pod: &Rc<Object>| pod.condition("Ready") == "True" && !pod.is_terminating();
        let holes: Vec<u32> = wanted
            .ordinals()
            .filter(|ordinal| !pods.contains_key(ordinal))
            .collect();
        let waiting = pods.iter().any(|(ordinal, pod)| {
            holes.first().is_some_and(|hole| hole < ordinal) && !is_ready(pod)
        });
        let asks = set.text("/spec/volumeClaimTemplates/0/spec/resources/requests/storage");
        let larger = pods.keys().any(|ordinal| {
            let claim = self.claims.get(&format!("disk0-{}-{ordinal}", set.name()));
            claim.is_some_and(|claim| claim.text("/spec/resources/requests/storage") > asks)
        });
        let two_digits = pods.keys().any(|&ordinal| ordinal >= 10);
        let unclaimed = pods.values().any(|pod| {
            let mut volumes = pod.list("/spec/volumes").iter();
            volumes.any(|volume| {
                let claim = volume.text("/persistentVolumeClaim/claimName");
                !claim.is_empty()
                    && self
                        .claims
                        .get(claim)
                        .is_none_or(|claim| claim.is_terminating())
            })
        });
        let update = set.text("/status/updateRevision");
        let rolling = is_rolling(&set);
        let old_and_broken = pods.values().any(|pod| {
            pod.text("/metadata/labels/controller-revision-hash") != update && !is_ready(pod)
        });
        let percent = set
            .text("/spec/updateStrategy/rollingUpdate/maxUnavailable")
            .strip_suffix('%');
        let nothing = percent
            .and_then(|p| p.parse::<u32>().ok())
            .is_some_and(|p| p * wanted.replicas < 100);
        let too_many = wanted.max_unavailable > wanted.replicas.saturating_sub(wanted.partition);
        let holed = wanted.partition > 0 && wanted.start > 0 && !holes.is_empty();
        self.count_if(larger, Pattern::S3);
        self.count_if(waiting, Pattern::R9);
        self.count_if(
            two_digits || set.name().ends_with(|c: char| c.is_ascii_digit()),
            Pattern::R11,
        );
        self.count_if(unclaimed, Pattern::R14);
        self.count_if(rolling && old_and_broken, Pattern::R2);
        self.count_if(rolling && (nothing || too_many), Pattern::R5);
        self.count_if(rolling && wanted.partition >= wanted.replicas, Pattern::R7);
        self.count_if(rolling && holed, Pattern::R3);
    }

    fn call(&mut self, pass: &Pass, call: &Call) {
        let wrote = call.versions.1 > call.versions.0;
        if wrote {
            self.last_write = call.versions.1;
        }
        let refused = call.outcome == Some(Outcome::Conflict) && call.upset.is_none();
        self.count_if(call.method == Method::Delete && refused, Pattern::S6);
        self.count_if(call.reason == Some(Reason::TerminalPod), Pattern::R10);
        if call.path.contains("/pods") && wrote {
            if call.method == Method::Delete {
                self.last_deletion = call.versions.1;
            }
            let mut others = self.pods.iter().filter(|(_, pod)| pod.is_terminating());
            let elsewhere = others.any(|(name, _)| {
                identity(&self.names, name).is_some_and(|(set, _)| set != pass.set.name)
            });
            self.count_if(elsewhere, Pattern::R13);
        }
    }

    fn end_of_turn(&mut self, pass: &Pass) {
        let died = pass
            .calls
            .last()
            .is_some_and(|call| call.upset == Some(Upset::Crash));
        self.crashed |= died;
        self.count_if(died && pass.calls.len() > 1, Pattern::I1);
        let decided = pass.calls.iter().filter(|call| call.reason.is_some());
        let mut outcomes = decided.filter_map(|call| call.outcome.as_ref());
        let done = |outcome: &Outcome| matches!(outcome, Outcome::Done { .. });
        let failed = outcomes.any(|outcome| !done(outcome));
        self.count_if(failed && outcomes.any(done), Pattern::I4);
    }

    fn see(&mut self, change: &Change, by_controller: bool) {
        let name = change.key.name.as_str();
        let object = &change.object;
        let gone = change.happened == Happened::Deleted;
        match change.key.kind {
            Kind::StatefulSet => {
                if let Some(&name) = self.names.iter().find(|&&set| set == name) {
                    self.see_set(name, object, gone);
                }
            }
            Kind::Pod => self.see_pod(name, object, gone, by_controller),
            Kind::PersistentVolumeClaim if gone => {
                self.claims.remove(name);
            }
            Kind::PersistentVolumeClaim => {
                self.claims.insert(name.to_owned(), Rc::clone(object));
            }
            _ => {}
        }
    }

    fn see_set(&mut self, name: &'static str, set: &Rc<Object>, gone: bool) {
        if gone {
            self.sets.remove(name);
            return;
        }
        let Some(old) = self.sets.insert(name, Rc::clone(set)) else {
            return;
        };
        if set.int("/metadata/generation") == old.int("/metadata/generation") {
            return;
        }
        let pods = self.pods_of(name);
        let leaving = pods.values().any(|pod| pod.is_terminating());
        let image = "/spec/template/spec/containers/0/image";
        let changed = set.text(image) != old.text(image);
        let broken = pods
            .values()
            .any(|pod| pod.text("/spec/containers/0/image") == BROKEN);
        let incomplete = old.int("/status/readyReplicas").unwrap_or(0)
            < old.int("/spec/replicas").unwrap_or(0)
            && !is_rolling(&old)
            && old.pointer("/status/currentReplicas").is_some();
        self.count_if(leaving, Pattern::I2);
        self.count_if(changed && broken && old.text(image) == BROKEN, Pattern::R1);
        self.count_if(changed && incomplete, Pattern::R6);
    }

    fn see_pod(&mut self, name: &str, pod: &Rc<Object>, gone: bool, by_controller: bool) {
        let Some((set, ordinal)) = identity(&self.names, name) else {
            return;
        };
        let set = self.sets.get(set).cloned();
        let rolling = set.as_deref().is_some_and(is_rolling);
        if by_controller && pod.is_terminating() {
            self.asked.insert(pod.uid().to_owned());
        }
        let old = self.pods.get(name).filter(|old| old.uid() == pod.uid());
        let flapped = old.is_some_and(|old| {
            old.condition("Ready") == "True"
                && pod.condition("Ready") != "True"
                && !pod.is_terminating()
        });
        let new = old.is_none();
        self.count_if(flapped && rolling, Pattern::U3);
        if new && !gone {
            let reused = set.as_ref().is_some_and(|set| {
                let claim = self.claims.get(&format!("disk0-{name}"));
                let since = |object: &Object| object.text("/metadata/creationTimestamp").to_owned();
                claim.is_some_and(|claim| since(claim) < since(set))
            });
            self.count_if(reused, Pattern::R15);
        }
        if gone {
            self.pods.remove(name);
            let unasked = !self.asked.remove(pod.uid());
            let wanted = set
                .as_deref()
                .filter(|set| !set.is_terminating())
                .map(Wanted::of);
            if let Some(wanted) = wanted.filter(|wanted| wanted.wants(ordinal)) {
                self.count_if(unasked, Pattern::R12);
                let below = wanted.holds(ordinal);
                self.count_if(unasked && below && rolling, Pattern::R4);
            }
        } else {
            self.pods.insert(name.to_owned(), Rc::clone(pod));
        }
    }
}

/// The image that cannot be pulled.
const BROKEN: &str = "nginx:9";

/// Whether an update is under way.
fn is_rolling(set: &Object) -> bool {
    set.text("/status/currentRevision") != set.text("/status/updateRevision")
}
