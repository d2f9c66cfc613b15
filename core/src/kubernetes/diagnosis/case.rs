//! A case: one set's turn, with the evidence, for those who look for causes.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use serde_json::Value;

use super::cause::{Cause, ObjectName};
use super::evidence::Evidence;
use super::evidence::field::{text, time};
use super::evidence::notice::Notice;
use crate::desired::{NO_ORDINAL, Ordinal};
use crate::kubernetes::object::stateful_set::StatefulSet;
use crate::kubernetes::turn::Turn;
use crate::plan::Plan;
use crate::pod::Pod;
use crate::time::Millis;
use crate::wait::{Gate, On, Wait};

/// What is known of a set when causes are looked for.
pub(super) struct Case<'a> {
    pub(super) turn: &'a Turn<'a>,
    pub(super) plan: &'a Plan,
    pub(super) evidence: &'a Evidence<'a>,
    pub(super) now: Millis,
    /// What lasts longer than this is stuck.
    pub(super) patience: Millis,
}

/// A pod that something waits for, and the object if the evidence has it.
pub(super) struct Patient<'a> {
    pub(super) name: String,
    pub(super) ordinal: Ordinal,
    pub(super) facts: &'a Pod,
    pub(super) index: u32,
    pub(super) object: Option<Value>,
    /// Since when it is waited for.
    pub(super) since: Option<Millis>,
}

impl<'a> Case<'a> {
    pub(super) const fn set(&self) -> &'a StatefulSet {
        self.turn.set
    }

    pub(super) fn namespace(&self) -> &'a str {
        &self.turn.set.key.namespace
    }

    pub(super) fn name(&self) -> &'a str {
        &self.turn.set.key.name
    }

    /// The set as a place to look at.
    pub(super) fn set_place(&self) -> ObjectName {
        ObjectName::new(self.set().resource.kind(), self.name())
    }

    /// The set as kubectl calls it, such as `statefulset/web -n default`.
    pub(super) fn set_words(&self) -> String {
        let resource = &self.set().resource;
        let kind = if resource.is_stateful_sets() {
            "statefulset"
        } else {
            resource.plural()
        };
        format!("{kind}/{} -n {}", self.name(), self.namespace())
    }

    /// Whether the pod of an ordinal waits at a gate.
    pub(super) fn waits_at(&self, ordinal: Ordinal, gate: Gate) -> bool {
        let mut waits = self.plan.waits();
        ordinal != NO_ORDINAL
            && waits.any(|(action, wait)| {
                (action.ordinal..=wait.through).contains(&ordinal) && wait.gates.contains(gate)
            })
    }

    /// A command about an object in the set's namespace.
    pub(super) fn kubectl(&self, verb: &str, kind: &str, name: &str) -> String {
        format!("kubectl {verb} {kind} {name} -n {}", self.namespace())
    }

    /// The command that shows the events about an object.
    pub(super) fn ask_events(&self, name: &str) -> String {
        format!(
            "kubectl get events -n {} --field-selector involvedObject.name={name}",
            self.namespace()
        )
    }

    /// The events about an object in the set's namespace.
    pub(super) fn notices(&self, kind: &str, name: &str, object: Option<&Value>) -> Vec<Notice> {
        let uid = object.map_or("", |object| text(object, "/metadata/uid"));
        self.evidence.notices(kind, self.namespace(), name, uid)
    }

    /// How long ago something was.
    pub(super) fn ago(&self, since: Option<Millis>) -> Option<Millis> {
        since.map(|since| self.now.saturating_sub(since))
    }

    /// Whether something has lasted longer than patience does. What nobody knows the beginning of has not.
    pub(super) fn lasts(&self, since: Option<Millis>) -> bool {
        self.ago(since).is_some_and(|ago| ago > self.patience)
    }

    /// The pods that somebody waits for, each once, by ordinal.
    pub(super) fn patients(&self) -> Vec<Patient<'a>> {
        let mut indexes: Vec<u32> = Vec::new();
        for (action, wait) in self.plan.waits() {
            // Whoever paused it does not wait for the pod.
            if wait.gates.iter().all(|gate| gate == Gate::Paused) {
                continue;
            }
            match wait.on {
                On::Pod(index) => indexes.push(index),
                On::Nothing | On::Budget(_) | On::Node(_) | On::Claim(_)
                    if action.ordinal != NO_ORDINAL =>
                {
                    // Of a long range only the pods that there are.
                    let range = action.ordinal..=wait.through;
                    let pods = (0..).zip(self.turn.snapshot.roster.pods());
                    let own = pods.filter(|(_, pod)| range.contains(&pod.ordinal));
                    let ailing = own
                        .filter(|(_, pod)| pod.is_terminating() || !pod.is_available(0, self.now));
                    indexes.extend(ailing.map(|(index, _)| index));
                }
                _ => {}
            }
        }
        indexes.sort_unstable();
        indexes.dedup();
        let mut patients: Vec<_> = indexes
            .into_iter()
            .filter_map(|it| self.patient(it))
            .collect();
        patients.sort_by_key(|it| it.ordinal);
        patients
    }

    fn patient(&self, index: u32) -> Option<Patient<'a>> {
        let turn = self.turn;
        let facts = turn.snapshot.roster.pods().get(index as usize)?;
        let name = turn.snapshot.roster.pod_name(turn.set, index)?.to_string();
        let object = self.evidence.object("Pod", self.namespace(), &name);
        Some(Patient {
            ordinal: facts.ordinal,
            since: self.waited_since(facts.ordinal, index),
            facts,
            index,
            object,
            name,
        })
    }

    fn waited_since(&self, ordinal: Ordinal, index: u32) -> Option<Millis> {
        let about = |through: Ordinal, first: Ordinal, wait: &Wait| {
            wait.on == On::Pod(index) || (first..=through).contains(&ordinal)
        };
        let waits = self.plan.waits();
        waits
            .filter(|(action, wait)| about(wait.through, action.ordinal, wait))
            .filter_map(|(_, wait)| wait.since)
            .min()
    }

    /// When something was last seen to happen to the set, its pods and its claims.
    pub(super) fn last_change(&self) -> Option<Millis> {
        let mut moments: Vec<Option<Millis>> = Vec::new();
        let (namespace, name) = (self.namespace(), self.name());
        moments.push(time(&self.set().object, "/metadata/creationTimestamp"));
        moments.push(time(&self.set().object, "/metadata/deletionTimestamp"));
        let managers = self.set().object.pointer("/metadata/managedFields");
        let managers = managers.and_then(Value::as_array).into_iter().flatten();
        moments.extend(managers.map(|it| time(it, "/time")));
        let revision = &self.turn.history.update;
        if let Some(revision) = self
            .evidence
            .object("ControllerRevision", namespace, revision)
        {
            moments.push(time(&revision, "/metadata/creationTimestamp"));
        }
        for (index, pod) in (0..).zip(self.turn.snapshot.roster.pods()) {
            moments.extend([pod.ready_since, pod.terminating_since]);
            let called = self.turn.snapshot.roster.pod_name(self.turn.set, index);
            let object = called.and_then(|it| self.evidence.object("Pod", namespace, &it));
            moments.push(object.and_then(|it| time(&it, "/metadata/creationTimestamp")));
        }
        for index in (0..).take(self.turn.snapshot.roster.claims().len()) {
            let claim = self.turn.snapshot.claim(index);
            let claim = claim.and_then(|(name, _)| {
                self.evidence
                    .object("PersistentVolumeClaim", namespace, &name)
            });
            moments.push(claim.and_then(|it| time(&it, "/metadata/creationTimestamp")));
        }
        let kind = self.set().resource.kind();
        let happy = ["SuccessfulCreate", "SuccessfulDelete", "SuccessfulUpdate"];
        let events = self.notices(kind, name, Some(&self.set().object));
        let good = events.iter().filter(|it| happy.contains(&&*it.reason));
        moments.extend(good.map(|it| it.last));
        for ordinal in self
            .plan
            .deeds()
            .map(|deed| deed.ordinal)
            .filter(|it| *it != NO_ORDINAL)
        {
            // A pod that was ended a moment ago is missing since then.
            let gone = self.notices("Pod", &format!("{name}-{ordinal}"), None);
            let killed = gone.iter().filter(|it| it.reason == "Killing");
            moments.extend(killed.map(|it| it.last));
        }
        moments
            .into_iter()
            .flatten()
            .filter(|it| *it <= self.now)
            .max()
    }
}

/// How often something was, for a sentence.
pub(super) fn times(count: i64) -> String {
    match count {
        1 => "once".into(),
        count => format!("{count} times"),
    }
}

/// An event as a proof.
pub(super) fn noticed(cause: Cause, object: ObjectName, notice: &Notice) -> Cause {
    cause.seen_at(
        object,
        format!("event {}", notice.reason),
        notice.message.clone(),
    )
}
