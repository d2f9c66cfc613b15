//! Which revisions a set has, which two of them count, and what must be written before pods can be made from them.

use std::string::{String, ToString};
use std::vec::Vec;

use serde_json::json;

use super::request::{JSON, MERGE_PATCH, Method, Origin, Purpose, Request, STRATEGIC_PATCH};
use crate::desired::Deletion;
use crate::kubernetes::object::facts::RevisionFacts;
use crate::kubernetes::object::revision;
use crate::kubernetes::object::stateful_set::StatefulSet;
use crate::kubernetes::value::kind::Kind;
use crate::kubernetes::view::store::Store;

/// A set's history at one moment.
pub(crate) struct History<'a> {
    /// The set's revisions, oldest first.
    listed: Vec<(&'a str, &'a RevisionFacts)>,
    /// Adoptions of revisions that have no controller.
    pub(crate) adoptions: Vec<Request>,
    /// Revisions are left that a set which is being deleted may not adopt.
    pub(crate) has_orphans: bool,
    /// The creation or renumbering that makes the update revision what it should be.
    pub(crate) change: Option<Request>,
    /// Name of the revision of the template now.
    pub(crate) update: String,
    /// Name of the revision that was last rolled out in full.
    pub(crate) current: String,
    /// Data of that revision, where it is not the update revision.
    pub(crate) current_data: Option<&'a [u8]>,
    /// Data of the update revision, where they say in other words what the set's template says.
    pub(crate) update_data: Option<&'a [u8]>,
    pub(crate) collisions: u32,
}

impl<'a> History<'a> {
    /// `semantic` says whether the newest revision may say the same in other words; `taken`, whether something
    /// unreadable has a name.
    pub(crate) fn of(
        set: &StatefulSet,
        revisions: &'a Store<RevisionFacts>,
        semantic: bool,
        taken: impl Fn(&str) -> bool,
    ) -> Self {
        let mut listed: Vec<_> = revisions
            .within(&set.key.namespace)
            .filter(|(_, revision)| {
                let controller = revision.controller.as_ref();
                controller.is_none_or(|it| it.is(&set.key.name, &set.version.uid))
                    && set.selector.matches(revision.labels.of(""))
            })
            .collect();
        listed.sort_by_key(|&(name, revision)| (revision.number, revision.created, name));
        let orphans = || listed.iter().filter(|(_, it)| it.controller.is_none());
        // A set that is going takes nothing with it that is not its own.
        let may_adopt = set.deletion == Deletion::No;
        let adoptions = orphans()
            .filter(|_| may_adopt)
            .map(|(name, revision)| adopt(set, name, revision))
            .collect();
        let has_orphans = !may_adopt && orphans().next().is_some();

        let data = &set.revision_data;
        let next = listed.last().map_or(1, |(_, newest)| newest.number + 1);
        let newest = listed.len().checked_sub(1);
        let equal = listed
            .iter()
            .rposition(|(_, revision)| *revision.data == **data);
        let mut collisions = set.status.as_ref().map_or(0, |it| it.collision_count);
        let same =
            newest.filter(|&it| semantic && equal.is_none() && set.makes_anew(&listed[it].1.data));
        let (mut update_data, mut hash) = (None, None);
        let (update, change) = match equal.or(same) {
            Some(place) if Some(place) == same => {
                let (name, revision) = listed[place];
                update_data = Some(&*revision.data);
                (name.to_string(), None)
            }
            Some(place) if Some(place) == newest => (listed[place].0.to_string(), None),
            // A rollback: the old revision becomes the newest again.
            Some(place) => {
                let (name, revision) = listed[place];
                let request = renumber(set, name, revision, next);
                (name.to_string(), Some(request))
            }
            None => loop {
                // The label keeps the hash that was tried first.
                let hash = hash.get_or_insert_with(|| revision::hash(data, collisions));
                let name = revision::name(&set.key.name, data, collisions);
                match revisions.get(&set.key.namespace, &name) {
                    // Whoever owns it: the data decide.
                    Some(there) if *there.data == **data => break (name, None),
                    None if !taken(&name) => {
                        let body = revision::object(set, &name, hash, next, data);
                        let request = create(set, &name, body);
                        break (name, Some(request));
                    }
                    _ => collisions += 1,
                }
            },
        };
        let stored = set.status.as_ref().map_or("", |it| &*it.current_revision);
        let found = listed.iter().find(|&&(name, _)| name == stored);
        let (current, current_data) = match found {
            Some(&(name, revision)) if name != update => (name.to_string(), Some(&*revision.data)),
            _ => (update.clone(), None),
        };
        Self {
            listed,
            adoptions,
            has_orphans,
            change,
            update,
            current,
            current_data,
            update_data,
            collisions,
        }
    }

    /// Data of the update revision.
    pub(crate) fn update_data<'b>(&self, set: &'b StatefulSet) -> &'b [u8]
    where
        'a: 'b,
    {
        self.update_data.unwrap_or(&set.revision_data)
    }

    /// The newest revision that the set controls.
    pub(crate) fn own(&self) -> Option<(&'a str, &'a RevisionFacts)> {
        let mut newest = self.listed.iter().rev();
        newest.find(|(_, it)| it.controller.is_some()).copied()
    }

    /// Deletions of revisions beyond the set's limit, oldest first. Revisions in use are not counted and stay.
    pub(crate) fn surplus(&self, set: &StatefulSet, in_use: &[&str]) -> Vec<Request> {
        let Ok(limit) = usize::try_from(set.history_limit) else {
            return Vec::new();
        };
        let dead: Vec<_> = self
            .listed
            .iter()
            .filter(|&&(name, _)| {
                name != self.update && name != self.current && !in_use.contains(&name)
            })
            .collect();
        dead[..dead.len().saturating_sub(limit)]
            .iter()
            .map(|(name, revision)| {
                let path = Kind::ControllerRevision.path(&set.key.namespace, name);
                Request::delete(
                    path,
                    &revision.version.uid,
                    Origin::new(Kind::ControllerRevision, Purpose::Tail),
                )
            })
            .collect()
    }
}

fn adopt(set: &StatefulSet, name: &str, revision: &RevisionFacts) -> Request {
    let body = json!({"metadata": {
        "ownerReferences": [set.controller_reference()],
        "uid": revision.version.uid,
    }});
    let path = Kind::ControllerRevision.path(&set.key.namespace, name);
    let origin = Origin::new(Kind::ControllerRevision, Purpose::Adoption);
    Request::patch(path, STRATEGIC_PATCH, &body, origin)
}

fn renumber(set: &StatefulSet, name: &str, revision: &RevisionFacts, number: i64) -> Request {
    let body = json!({"metadata": {"uid": revision.version.uid}, "revision": number});
    let path = Kind::ControllerRevision.path(&set.key.namespace, name);
    let origin = Origin::new(Kind::ControllerRevision, Purpose::Revision);
    Request::patch(path, MERGE_PATCH, &body, origin)
}

fn create(set: &StatefulSet, name: &str, body: Vec<u8>) -> Request {
    let origin = Origin {
        creates: Some(name.into()),
        ..Origin::new(Kind::ControllerRevision, Purpose::Revision)
    };
    let path = Kind::ControllerRevision.collection(&set.key.namespace);
    Request::new(Method::Post, path, JSON, body, origin)
}
