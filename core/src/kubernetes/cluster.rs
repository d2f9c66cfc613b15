//! The cluster as it was last seen, and the plans made from it.

mod awaited;
mod carry_out;
mod explanation;
mod outcomes;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::vec::Vec;

use indexmap::IndexMap;

use super::object::resource::SetResource;
use super::object::stateful_set::StatefulSet;
use super::turn::draft::{Draft, SentTail};
use super::turn::request::{PlanId, Requests};
use super::turn::share::Share;
use super::turn::{Circumstances, Turn};
use super::value::error::ObjectError;
use super::value::key::Key;
use super::value::kind::Kind;
use super::view::agenda::{Agenda, Due};
use super::view::behind::Behind;
use super::view::concerns::Concerns;
use super::view::freshness::Writes;
use super::view::objects::Objects;
use super::view::roster::Roster;
use crate::desired::Desired;
use crate::observed::Observed;
use crate::profile::Profile;
use crate::time::Millis;

/// The cluster as watches show it. It keeps the facts that decisions depend on, not whole objects. Only of the
/// sets does it keep the JSON.
///
/// This is what a controller does with it, again and again. [`carry_out`](Self::carry_out) does the inner steps in one call.
///
/// ```no_run
/// use statefulset::Profile;
/// use statefulset::kubernetes::{Cluster, Kind, Outcome, Request};
///
/// # fn next_line() -> Option<Vec<u8>> { None }
/// # fn send(_: &Request) -> Outcome { Outcome::NotTried }
/// # let now = || 0;
/// let mut cluster = Cluster::new(Profile::UPSTREAM);
/// for kind in Kind::ALL {
///     cluster.begin_list(kind); // the watch's first bookmark ends it
/// }
/// while let Some(line) = next_line() {
///     cluster.watch(&line)?;
///     for set in cluster.due(now()).sets {
///         let plan = cluster.plan(&set, now())?;
///         let outcomes = plan.carry_out(send);
///         let tail = cluster.finish(&set, plan.id, &outcomes, now());
///         let outcomes = tail.carry_out(send);
///         cluster.settle(&set, plan.id, &outcomes, now());
///     }
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Cluster {
    profile: Profile,
    objects: Objects,
    agenda: Agenda,
    /// What each set's own requests wrote. This map and the next ones are only looked up, never gone through.
    writes: IndexMap<Key, Writes>,
    /// Sets whose last plan waited for a fresher view.
    behind: Behind,
    /// The last plan of each set: a memory of what `plan` said, which `finish` judges the outcomes by. It changes no
    /// answer.
    drafts: Mutex<IndexMap<Key, Draft>>,
    /// The last tail of each set, until its outcomes are known.
    tails: IndexMap<Key, SentTail>,
}

impl Cluster {
    /// A cluster of which nothing is known yet. Its sets are StatefulSets.
    pub fn new(profile: Profile) -> Self {
        Self::of(profile, SetResource::default())
    }

    /// A cluster of which nothing is known yet. Its sets are objects of `resource`, and [`Kind::StatefulSet`] stands for that
    /// resource's kind.
    pub fn of(profile: Profile, resource: SetResource) -> Self {
        Self {
            profile,
            objects: Objects::of(resource, profile),
            agenda: Agenda::default(),
            writes: IndexMap::new(),
            behind: Behind::default(),
            drafts: Mutex::default(),
            tails: IndexMap::new(),
        }
    }

    /// Takes in an object as a watch or a list shows it. An object that is older than the known one is ignored.
    ///
    /// The error says why an object cannot be read. What depends on that object waits, and everything else goes on.
    pub fn apply(&mut self, kind: Kind, json: &[u8]) -> Result<(), ObjectError> {
        self.agenda.tick();
        match self.objects.apply(kind, json) {
            Ok((key, concerns)) => {
                self.touch(kind, concerns);
                self.go_on(kind, Some(&key));
                Ok(())
            }
            Err(error) => {
                let concerned = self.objects.concerned(kind, &error.key);
                self.touch(kind, concerned);
                self.go_on(kind, Some(&error.key));
                Err(error)
            }
        }
    }

    /// Takes out an object that was deleted. An object of the same name with another uid stays. An empty `uid` stands for
    /// any uid.
    pub fn remove(&mut self, kind: Kind, namespace: &str, name: &str, uid: &str) {
        self.agenda.tick();
        let namespace = if kind.is_namespaced() { namespace } else { "" };
        let key = Key::new(namespace, name);
        let concerns = self.objects.remove(kind, &key, uid);
        self.touch(kind, concerns);
        self.go_on(kind, Some(&key));
    }

    /// Begins a complete list of a kind. Give each of its objects to [`apply`](Self::apply), then call
    /// [`end_list`](Self::end_list).
    pub fn begin_list(&mut self, kind: Kind) {
        self.objects.begin_list(kind);
    }

    /// The resource whose objects are the sets.
    pub fn resource(&self) -> &SetResource {
        &self.objects.resource
    }

    pub(crate) fn is_listing(&mut self, kind: Kind) -> bool {
        self.objects.views.of(kind).listing.is_some()
    }

    /// Ends a list. Objects of the kind that it did not show are gone.
    pub fn end_list(&mut self, kind: Kind, resource_version: &str) {
        self.agenda.tick();
        let is_first = !self.objects.views.is_listed(kind);
        for concerns in self.objects.end_list(kind, resource_version) {
            self.touch(kind, concerns);
        }
        if is_first {
            // That there is none of a kind is news, too.
            self.touch(kind, Concerns::Watchers);
        }
        self.go_on(kind, None);
    }

    /// Says that everything of a kind up to this resource version has been seen, as a watch's bookmark does.
    pub fn bookmark(&mut self, kind: Kind, resource_version: &str) {
        self.agenda.tick();
        let version = resource_version.parse().ok();
        self.objects.views.reached(kind, version);
        self.go_on(kind, None);
    }

    fn touch(&mut self, kind: Kind, concerns: Concerns) {
        let sets = match concerns {
            Concerns::Sets(sets) => sets,
            Concerns::Watchers if self.looks_at(kind) => self.objects.sets.all_keys(),
            Concerns::Watchers => return,
        };
        for set in sets {
            if self.objects.is_set(&set) {
                self.touch_group(&set);
            } else {
                self.forget(&set);
            }
        }
    }

    /// The set is due, and so are those of its group, which wait for one another.
    fn touch_group(&mut self, set: &Key) {
        self.agenda.touch(set);
        for mate in self.objects.groups.members(set) {
            self.agenda.touch(&mate);
        }
    }

    /// Whether decisions under this profile depend on a kind that belongs to no set.
    const fn looks_at(&self, kind: Kind) -> bool {
        match kind {
            Kind::PersistentVolume | Kind::StorageClass => self.profile.bind_claims,
            Kind::Node | Kind::PodDisruptionBudget => {
                self.profile.drain_nodes || self.profile.lost_nodes.is_some()
            }
            _ => true,
        }
    }

    fn forget(&mut self, set: &Key) {
        self.agenda.forget(set);
        self.writes.swap_remove(set);
        self.behind.release(set);
        self.drafts().swap_remove(set);
        self.tails.swap_remove(set);
    }

    fn drafts(&self) -> MutexGuard<'_, IndexMap<Key, Draft>> {
        // Nothing that holds the lock can leave a draft half-written.
        self.drafts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives the sets to plan for now, when to ask again, and what is awaited. A set stays due until
    /// [`finish`](Self::finish).
    ///
    /// The cost depends on how many sets are due, not on how many sets there are.
    pub fn due(&self, now: Millis) -> Due {
        self.with_awaited(self.agenda.due(now))
    }

    /// What [`take_due`](Self::take_due) would give, without taking it.
    pub fn untaken_due(&self, now: Millis) -> Due {
        self.with_awaited(self.agenda.waiting(now))
    }

    /// Takes the sets that are due out of the queue, for callers with several workers: each set is handed out once, and
    /// again only after its [`finish`](Self::finish), if something has happened to it since it was planned for, if its
    /// time has come, or if it failed.
    ///
    /// No set gets lost. One that is never finished is not handed out again, but it stays among those that
    /// [`due`](Self::due) gives. To hand a set back, finish it with a plan that is not the last one made for it.
    pub fn take_due(&mut self, now: Millis) -> Due {
        let due = self.untaken_due(now);
        for set in &due.sets {
            self.agenda.take(set);
        }
        due
    }

    /// Gives what to do for a set now. The call changes nothing, and asking twice gives the same.
    ///
    /// An error means that the set does not exist or cannot be read. Such a set is never due.
    pub fn plan(&self, set: &Key, now: Millis) -> Result<Requests, ObjectError> {
        let id = PlanId {
            view: self.agenda.clock(),
            now,
        };
        self.look(set, false, now, |turn| {
            let requests = turn.requests(id)?;
            self.drafts().insert(set.clone(), turn.draft(&requests));
            Ok(requests)
        })?
    }

    /// Shows `look` what a plan for the set is made from, for those who want to record it or to ask something else of it.
    pub fn with_facts<T>(
        &self,
        set: &Key,
        now: Millis,
        look: impl FnOnce(&Desired, &Observed) -> T,
    ) -> Result<T, ObjectError> {
        self.look(set, false, now, |turn| {
            turn.show(|desired, observed, _| look(desired, observed))
        })
    }

    fn find(&self, key: &Key) -> Result<(&StatefulSet, MutexGuard<'_, Roster>), ObjectError> {
        let kind = Kind::StatefulSet;
        let set = self.objects.sets.get(&key.namespace, &key.name);
        set.zip(self.objects.roster(key)).ok_or_else(|| {
            let known = self.objects.error(kind, key).cloned();
            known.unwrap_or_else(|| {
                let error = ObjectError::new(kind, key.clone(), ".", "there is no such set");
                error.called(self.resource().kind())
            })
        })
    }

    /// Shows a set's turn to somebody.
    fn look<T>(
        &self,
        key: &Key,
        volumes: bool,
        now: Millis,
        look: impl FnOnce(&Turn<'_>) -> T,
    ) -> Result<T, ObjectError> {
        // Before the set's own lists are locked: whoever looks at two sets of a group at once could otherwise wait for ever.
        let share = self.share(key, now);
        self.look_alone(key, share, volumes, now, look)
    }

    /// The same, with what the set's group leaves it.
    fn look_alone<T>(
        &self,
        key: &Key,
        share: Option<Share>,
        volumes: bool,
        now: Millis,
        look: impl FnOnce(&Turn<'_>) -> T,
    ) -> Result<T, ObjectError> {
        let (set, mut roster) = self.find(key)?;
        let circumstances = Circumstances {
            profile: set.profile(self.profile),
            awaited: self.awaited_by(key),
            share,
            volumes,
        };
        let turn = Turn::new(set, &self.objects, &mut roster, circumstances, now)?;
        Ok(look(&turn))
    }

    /// What the set's group leaves it; `None` where it belongs to none.
    fn share(&self, key: &Key, now: Millis) -> Option<Share> {
        let mut members = Vec::new();
        let group = self.objects.groups.members(key);
        let own = group.iter().position(|it| it == key)?;
        for each in &group {
            let seen = self.look_alone(each, None, false, now, |turn| turn.member(now));
            // Of one that cannot be planned for nothing is known.
            members.push(seen.ok().flatten());
        }
        Some(Share::of(&group, &members, own))
    }
}

#[cfg(test)]
mod tests;
