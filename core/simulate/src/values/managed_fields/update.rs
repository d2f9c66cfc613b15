//! Who manages the fields of an object after a write that was no server-side apply.

use super::comparison::Comparison;
use super::conflict::Conflicts;
use super::entry;
use super::entry::{Identity, Managed, Managers, Said};
use super::fields;
use super::part::Place;
use super::set::FieldSet;
use super::time;
use super::{Writer, base, object_filled};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// Puts into `new` who manages its fields once it has taken the place of `old`, if there was one. Where nobody manages the old
/// one, nobody manages the new one.
pub(crate) fn update(kind: Kind, old: Option<&Object>, new: &mut Object, writer: &Writer<'_>) {
    let known = |object: Option<&Object>| object.map(Managers::known).unwrap_or_default();
    let managers = if writer.subresource.is_empty() {
        match Managers::of(new) {
            Said::Managers(managers) => managers,
            Said::Nothing => known(old),
            Said::Reset => Managers::default(),
        }
    } else {
        known(old)
    };
    let nobody = Managers::default();
    nobody.put_into(new);
    if managers.0.is_empty() && old.is_some_and(|old| !old.uid().is_empty()) {
        return;
    }
    updated(kind, old, new, managers, writer).put_into(new);
}

/// The same where only the status differs, and only that is looked at: most writes of the cluster's parts are such.
pub(crate) fn update_status(kind: Kind, old: &Object, new: &mut Object, writer: &Writer<'_>) {
    let status = |object: &Object| {
        let mut part = base(kind);
        for place in ["/metadata/managedFields", "/metadata/uid", "/status"] {
            if let Some(value) = object.pointer(place) {
                part.put(place, value.clone());
            }
        }
        part
    };
    let (before, mut after) = (status(old), status(new));
    let place = Place::of(kind);
    let filled = |object: &Object| {
        let mut filled = object_filled(place, object);
        entry::forget(&mut filled);
        filled
    };
    let found = Comparison::of(place, &filled(&before), &filled(&after));
    let identity = Identity::updater(writer.manager, &kind.api_version(), writer.subresource);
    if !time::renew(&mut after, &identity, &found, writer.time) {
        update(kind, Some(&before), &mut after, writer);
    }
    entry::move_to(&mut after, new);
}

/// The managers of `new`, which a writer has put in the place of `old`.
pub(super) fn updated(
    kind: Kind,
    old: Option<&Object>,
    new: &Object,
    mut managers: Managers,
    writer: &Writer<'_>,
) -> Managers {
    let place = Place::of(kind);
    let nothing = base(kind);
    let mut old = object_filled(place, old.unwrap_or(&nothing));
    let mut new = object_filled(place, new);
    for object in [&mut old, &mut new] {
        object.take_away("/metadata/managedFields");
    }
    let found = Comparison::of(place, &old, &new).without(writer.not_written());
    yield_to(&mut managers, &found, None);
    let changed = found.modified.union(&found.added);
    let own = fields::unlisted(&changed);
    if !own.is_empty() {
        let version = kind.api_version();
        let identity = Identity::updater(writer.manager, &version, writer.subresource);
        let before = managers.0.remove(&identity);
        let fields = match before {
            Some(before) => own.union(&before.fields),
            None => own,
        };
        let time = Some(writer.time.to_owned());
        managers.0.insert(
            identity,
            Managed {
                fields,
                version,
                time,
            },
        );
    }
    managers.cap();
    managers
}

/// What others manage of fields that somebody has changed is not theirs any more. Gives what that was.
pub(super) fn yield_to(
    managers: &mut Managers,
    found: &Comparison,
    writer: Option<&Identity>,
) -> Conflicts {
    let conflicts = conflicts(managers, found, writer);
    for (identity, managed) in &mut managers.0 {
        if Some(identity) == writer {
            continue;
        }
        if let Some(lost) = conflicts.0.get(identity) {
            managed.fields = managed.fields.difference(lost);
        }
        managed.fields = managed.fields.difference(&found.removed);
    }
    managers.0.retain(|_, managed| !managed.fields.is_empty());
    conflicts
}

/// The fields that somebody has changed and others manage.
pub(super) fn conflicts(
    managers: &Managers,
    found: &Comparison,
    writer: Option<&Identity>,
) -> Conflicts {
    let changed = found.modified.union(&found.added);
    let others = managers.0.iter().filter(|(id, _)| Some(*id) != writer);
    let taken = others.filter_map(|(identity, managed)| {
        let taken: FieldSet = managed.fields.intersection(&changed);
        (!taken.is_empty()).then(|| (identity.clone(), taken))
    });
    Conflicts(taken.collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A status is written again and again by the same controller: the short way gives what the long one gives.
    #[test]
    fn a_status_that_is_written_again_is_managed_as_any_other_object() {
        let kind = Kind::StatefulSet;
        let write = |manager: &'static str, time: &'static str| Writer {
            manager,
            subresource: "status",
            time,
        };
        let mut set = json!({
            "apiVersion": "apps/v1", "kind": "StatefulSet",
            "metadata": {"name": "web", "labels": {"a": "b"}}, "spec": {"replicas": 2},
        });
        let client = Writer {
            manager: "me",
            subresource: "",
            time: "2026-01-01T00:00:00Z",
        };
        update(kind, None, &mut set, &client);
        set["metadata"]["uid"] = json!("u");
        let statuses = [
            json!({"replicas": 0, "availableReplicas": 0}),
            json!({"replicas": 1, "availableReplicas": 0, "currentRevision": "a"}),
            json!({"replicas": 2, "availableReplicas": 1, "currentRevision": "a"}),
            json!({"replicas": 2, "availableReplicas": 2, "currentRevision": "b"}),
            json!({"replicas": 2, "availableReplicas": 2}),
        ];
        let writers = [
            write("controller", "2026-01-01T00:00:01Z"),
            write("controller", "2026-01-01T00:00:02Z"),
            write("controller", "2026-01-01T00:00:03Z"),
            write("other", "2026-01-01T00:00:04Z"),
            write("controller", "2026-01-01T00:00:05Z"),
        ];
        for (status, writer) in statuses.into_iter().zip(writers) {
            let mut long = set.clone();
            long["status"] = status;
            let mut short = long.clone();
            update(kind, Some(&set), &mut long, &writer);
            update_status(kind, &set, &mut short, &writer);
            assert_eq!(short, long, "{writer:?}");
            set = long;
        }
    }
}
