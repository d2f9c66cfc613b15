//! The set's status: reading what is published, writing what is new.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use serde_json::{Value, json};

use super::condition;
use super::request::{MERGE_PATCH, Origin, Purpose, Request};
use crate::desired::Deletion;
use crate::kubernetes::object::stateful_set::{StatefulSet, StatusObject};
use crate::kubernetes::value::kind::Kind;
use crate::kubernetes::value::ranges::joined;
use crate::plan::Plan;
use crate::revision::Revision;
use crate::status::Status;
use crate::time::Millis;
use crate::wait::Gate;

/// The published status as the facts tier reads it.
pub(crate) fn published(status: &StatusObject, revision: impl Fn(&str) -> Revision) -> Status {
    let said = condition::read(&status.conditions);
    Status {
        observed_generation: status.observed_generation,
        replicas: status.replicas,
        ready: status.ready_replicas,
        available: status.available_replicas,
        current: status.current_replicas,
        updated: status.updated_replicas,
        current_revision: revision(&status.current_revision),
        update_revision: revision(&status.update_revision),
        progressing: said.progressing,
        progressed_at: said.progressed_at,
        disrupted_at: said.disrupted_at,
    }
}

/// What goes with the counters into a status.
#[derive(Debug)]
pub(crate) struct Names {
    /// Names of the revisions that the counters were made from; a [`Revision`] is an index.
    pub(crate) revisions: Vec<String>,
    pub(crate) collisions: u32,
    /// Whether pods are being recreated at another revision.
    pub(crate) recreating: bool,
}

impl Names {
    fn of(&self, revision: Revision) -> &str {
        let place = usize::try_from(revision.0).unwrap_or(0);
        self.revisions.get(place).map_or("", String::as_str)
    }
}

/// The write of a status. Counters that are zero are left out where Kubernetes leaves them out.
pub(crate) fn write(
    set: &StatefulSet,
    status: &Status,
    names: &Names,
    held: &str,
    now: Millis,
) -> Request {
    let unless_zero = |n: u32| if n == 0 { Value::Null } else { n.into() };
    let mut fields = json!({
        "availableReplicas": status.available,
        "collisionCount": names.collisions,
        "currentReplicas": unless_zero(status.current),
        "currentRevision": names.of(status.current_revision),
        "observedGeneration": status.observed_generation,
        "readyReplicas": unless_zero(status.ready),
        "replicas": status.replicas,
        "updateRevision": names.of(status.update_revision),
        "updatedReplicas": unless_zero(status.updated),
    });
    let mut metadata = json!({"uid": set.version.uid});
    let stored = set.status.as_ref().map_or(&[][..], |it| &it.conditions);
    let completes = names.recreating && status.current_revision == status.update_revision;
    let keeps = set.kubernetes.keeps_conditions();
    let conditions = condition::renewed(stored, status, keeps, completes, now);
    if let Some(conditions) = conditions {
        fields["conditions"] = conditions.into();
        // The list is replaced as a whole: nobody may have changed it in between.
        metadata["resourceVersion"] = set.version.resource.to_string().into();
    }
    if is_news(set, held) {
        fields["held"] = text(held);
    }
    patch(set, &metadata, &fields)
}

/// The write of what is held back alone, if it is another than before.
pub(crate) fn write_held(set: &StatefulSet, held: &str) -> Option<Request> {
    let metadata = json!({"uid": set.version.uid});
    is_news(set, held).then(|| patch(set, &metadata, &json!({"held": text(held)})))
}

fn is_news(set: &StatefulSet, held: &str) -> bool {
    set.status.as_ref().map_or("", |it| &it.held) != held
}

/// `null` takes a field away.
fn text(held: &str) -> Value {
    if held.is_empty() {
        Value::Null
    } else {
        held.into()
    }
}

fn patch(set: &StatefulSet, metadata: &Value, fields: &Value) -> Request {
    let request = Request::patch(
        [&set.path(), "/status"].concat(),
        MERGE_PATCH,
        &json!({"metadata": metadata, "status": fields}),
        Origin::new(Kind::StatefulSet, Purpose::Tail),
    );
    Request {
        duty: true,
        ..request
    }
}

/// What the set's policies hold back, in a few words such as `paused 0-2, group 4`; empty for a StatefulSet, which has no field
/// for it (rule Y-7).
pub(crate) fn held(set: &StatefulSet, plan: &Plan) -> String {
    let mut parts: Vec<String> = Vec::new();
    if set.resource.is_stateful_sets() || set.deletion != Deletion::No {
        return String::new();
    }
    for gate in [
        Gate::Paused,
        Gate::Excluded,
        Gate::EarlierRank,
        Gate::ScaleLimit,
        Gate::Group,
        Gate::Held,
        Gate::Preparing,
        Gate::Pace,
        Gate::Deadline,
        Gate::NotInPlace,
    ] {
        let waits = plan.waits();
        let at = waits.filter(|(_, wait)| wait.gates.contains(gate));
        let ranges = at.map(|(it, wait)| (it.ordinal, wait.through)).collect();
        let shown: Vec<String> = joined(ranges)
            .iter()
            .map(|(first, last)| match last - first {
                0 => first.to_string(),
                _ => format!("{first}-{last}"),
            })
            .collect();
        if !shown.is_empty() {
            parts.push(format!("{} {}", gate.slug(), shown.join(" ")));
        }
    }
    parts.join(", ")
}
