//! The cluster as it was last seen, and the plans made from it.

mod carry_out;

use std::string::{String, ToString};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::vec::Vec;

use indexmap::IndexMap;

use super::diagnosis::{Diagnosis, Evidence};
use super::object::resource::SetResource;
use super::object::stateful_set::StatefulSet;
use super::object::version::Uid;
use super::turn::draft::{Draft, SentTail};
use super::turn::request::{Method, Outcome, PlanId, Purpose, Request, Requests, may_try};
use super::turn::share::Share;
use super::turn::tail::Tail;
use super::turn::{Circumstances, Turn};
use super::upgrade::Upgrade;
use super::value::error::ObjectError;
use super::value::key::Key;
use super::value::kind::Kind;
use super::view::agenda::{Agenda, Due};
use super::view::behind::Behind;
use super::view::concerns::Concerns;
use super::view::freshness::{Awaited, Unseen, Victim, Write, Writes};
use super::view::objects::Objects;
use super::view::roster::Roster;
use crate::desired::Desired;
use crate::observed::Observed;
use crate::outcome::Next;
use crate::profile::Profile;
use crate::time::Millis;
use crate::version::Version;

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

    /// Something of a kind has been seen: sets that waited for nothing else are due.
    fn go_on(&mut self, kind: Kind, object: Option<&Key>) {
        for set in self.behind.may_go_on(kind, object, &self.objects.views) {
            self.wait_for_view(&set, None);
        }
    }

    /// The set is held up until the view is good enough; if it is, the set is due. `now` is the time when its last plan
    /// was finished, unless it was held up before.
    fn wait_for_view(&mut self, set: &Key, now: Option<Millis>) {
        let since = self.behind.since(set).or(now);
        if let (Some(awaited), Some(since)) = (self.awaited_by(set), since) {
            self.behind.hold(awaited, since);
        } else {
            self.behind.release(set);
            self.touch_group(set);
        }
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

    /// What sets wait to see of the cluster before anything is decided for them: the first of each kind.
    pub fn awaited(&self) -> Vec<Awaited> {
        self.behind.first_of_each(&self.objects.views)
    }

    fn with_awaited(&self, due: Due) -> Due {
        Due {
            awaited: self.awaited(),
            ..due
        }
    }

    /// What must be seen before anything is decided for the set: pods, revisions and sets have been listed, and the
    /// controller's own writes have been seen. `None` where the view is good enough.
    fn awaited_by(&self, set: &Key) -> Option<Awaited> {
        let views = &self.objects.views;
        let needed = [Kind::StatefulSet, Kind::Pod, Kind::ControllerRevision];
        if let Some(kind) = needed.into_iter().find(|&kind| !views.is_listed(kind)) {
            let since = self.behind.since(set);
            return Some(self.awaits(set, kind, "", Unseen::List, since));
        }
        let writes = self.writes.get(set);
        let writes = writes.filter(|_| self.profile.read_your_writes)?;
        if let Some((kind, write)) = views.unseen(writes) {
            let unseen = Unseen::Write {
                created: write.created,
                version: write.version,
                seen: views.newest(kind),
            };
            return Some(self.awaits(set, kind, &write.name, unseen, Some(write.since)));
        }
        let mut victims = writes.victims.iter();
        let (pod, victim) = victims.find(|(pod, victim)| !self.is_going(set, pod, &victim.uid))?;
        let seen = views.newest(Kind::Pod);
        let unseen = Unseen::Deletion { seen };
        Some(self.awaits(set, Kind::Pod, pod, unseen, Some(victim.since)))
    }

    fn awaits(
        &self,
        set: &Key,
        kind: Kind,
        name: &str,
        unseen: Unseen,
        since: Option<Millis>,
    ) -> Awaited {
        Awaited {
            set: set.clone(),
            kind,
            name: name.to_string(),
            unseen,
            since,
            kind_name: self.resource().name_of(kind).into(),
        }
    }

    /// Whether a pod that was deleted or evicted is seen to be terminating or gone.
    fn is_going(&self, set: &Key, pod: &str, uid: &Uid) -> bool {
        let pod = self.objects.pods.get(&set.namespace, pod);
        pod.and_then(Option::as_deref)
            .is_none_or(|pod| pod.version.uid != *uid || pod.mold.terminating_since.is_some())
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

    /// The plan for a set in sentences, one line each.
    pub fn explain(&self, set: &Key, now: Millis) -> Result<String, ObjectError> {
        self.look(set, false, now, |turn| turn.explanation(now))
    }

    /// The state of a set: what is done now, what is waited for, why, and what ends that.
    ///
    /// `evidence` is looked at for what decisions do not depend on; without any, less can be said. What lasts for longer than
    /// `patience`, in milliseconds, counts as stuck ([`PATIENCE`](crate::kubernetes::PATIENCE) suits most).
    ///
    /// # Errors
    ///
    /// There is no such set, or it cannot be read.
    ///
    /// ```
    /// use serde_json::json;
    /// use statefulset::Profile;
    /// use statefulset::kubernetes::{Cluster, Evidence, Key, Kind, PATIENCE, Verdict, default_stateful_set};
    ///
    /// let mut set = json!({
    ///     "metadata": {"namespace": "default", "name": "web", "uid": "1", "creationTimestamp": "2026-11-29T10:00:00Z"},
    ///     "spec": {
    ///         "selector": {"matchLabels": {"app": "web"}},
    ///         "template": {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "web", "image": "nginx"}]}},
    ///     },
    /// });
    /// default_stateful_set(&mut set, &Profile::UPSTREAM);
    /// let mut cluster = Cluster::new(Profile::UPSTREAM);
    /// for kind in Kind::ALL {
    ///     cluster.begin_list(kind);
    ///     if kind == Kind::StatefulSet {
    ///         cluster.apply(kind, set.to_string().as_bytes())?;
    ///     }
    ///     cluster.end_list(kind, "1");
    /// }
    /// // An hour later the pod is still not there: nobody creates it.
    /// let eleven = 1_795_950_000_000;
    /// let found = cluster.diagnose(&Key::new("default", "web"), &Evidence::new(), eleven, PATIENCE)?;
    /// assert_eq!(found.verdict, Verdict::Stuck);
    /// assert_eq!(found.causes[0].name.slug(), "not-acted-on");
    /// println!("{found}");
    /// # Ok::<(), statefulset::kubernetes::ObjectError>(())
    /// ```
    pub fn diagnose(
        &self,
        set: &Key,
        evidence: &Evidence<'_>,
        now: Millis,
        patience: Millis,
    ) -> Result<Diagnosis, ObjectError> {
        self.look(set, true, now, |turn| {
            Diagnosis::of(turn, evidence, now, patience)
        })
    }

    /// What an upgrade of the control plane from one version of Kubernetes to another would change for a set, or a downgrade.
    ///
    /// The set is looked at under both versions, and under those between them, each with its default feature gates. All else
    /// is decided by the cluster's profile. What has been seen need not have been written by either version.
    ///
    /// # Errors
    ///
    /// There is no such set, or it cannot be read, or its pods or revisions have never been listed.
    ///
    /// ```
    /// # use serde_json::json;
    /// # use statefulset::Profile;
    /// # use statefulset::kubernetes::{Cluster, Key, Kind, default_stateful_set};
    /// # let mut set = json!({
    /// #     "metadata": {"namespace": "default", "name": "web", "uid": "1"},
    /// #     "spec": {
    /// #         "podManagementPolicy": "Parallel",
    /// #         "selector": {"matchLabels": {"app": "web"}},
    /// #         "template": {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "web", "image": "nginx"}]}},
    /// #     },
    /// # });
    /// # default_stateful_set(&mut set, &Profile::UPSTREAM);
    /// # let mut cluster = Cluster::new(Profile::UPSTREAM);
    /// # for kind in Kind::ALL {
    /// #     cluster.begin_list(kind);
    /// #     if kind == Kind::StatefulSet {
    /// #         cluster.apply(kind, set.to_string().as_bytes())?;
    /// #     }
    /// #     cluster.end_list(kind, "1");
    /// # }
    /// # let now = 0;
    /// use statefulset::Version;
    ///
    /// let upgrade = cluster.upgrade(&Key::new("default", "web"), Version::V1_33, Version::V1_37, now)?;
    /// for change in &upgrade.changes {
    ///     println!("{} {:?}: {}", change.effect.slug(), change.pods, change.cause);
    /// }
    /// # assert!(upgrade.changes.is_empty());
    /// # Ok::<(), statefulset::kubernetes::ObjectError>(())
    /// ```
    pub fn upgrade(
        &self,
        set: &Key,
        from: Version,
        to: Version,
        now: Millis,
    ) -> Result<Upgrade, ObjectError> {
        let known = self.find(set)?.0;
        Upgrade::of(known, &self.objects, self.profile, (from, to), now)
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

    /// Whether the request with this index may be sent, given the outcomes of those before it: [`Requests::may_try`] for
    /// callers that keep no [`Requests`]. After [`finish`](Self::finish) the same for the requests of the [`Tail`].
    ///
    /// False also for a plan that is not the last one made for the set.
    pub fn may_try(&self, set: &Key, id: PlanId, index: usize, outcomes: &[Outcome]) -> bool {
        if let Some(draft) = self.drafts().get(set) {
            return draft.id == id && may_try(&draft.requests, index, outcomes);
        }
        self.tails
            .get(set)
            .is_some_and(|sent| sent.id == id && may_try(&sent.requests, index, outcomes))
    }

    /// What [`finish`](Self::finish) would give, without taking it in.
    pub fn conclude(&self, set: &Key, id: PlanId, outcomes: &[Outcome], now: Millis) -> Tail {
        let drafts = self.drafts();
        let draft = drafts.get(set).filter(|draft| draft.id == id);
        let known = self.objects.sets.get(&set.namespace, &set.name);
        match (draft, known) {
            (Some(draft), Some(known)) => draft.conclude(known, outcomes, now),
            _ => Tail {
                requests: Vec::new(),
                events: Vec::new(),
                next: Next::Again,
            },
        }
    }

    /// Takes in how the requests of a plan went: one outcome for each, [`Outcome::NotTried`] for those that
    /// [`Requests::may_try`] ruled out. Gives what is left to do. If the plan is not the last one made for the set,
    /// nothing follows but another look.
    pub fn finish(&mut self, set: &Key, id: PlanId, outcomes: &[Outcome], now: Millis) -> Tail {
        let tail = self.conclude(set, id, outcomes, now);
        let draft = self
            .drafts()
            .swap_remove(set)
            .filter(|draft| draft.id == id);
        self.tails.swap_remove(set);
        self.agenda.put_down(set);
        let is_set = self.objects.is_set(set);
        let Some(draft) = draft.filter(|_| is_set) else {
            self.agenda.tick();
            if is_set {
                self.agenda.touch(set);
            }
            return tail;
        };
        if let Some(writes) = self.writes.get_mut(set).filter(|_| draft.fresh) {
            // All of them have been seen to be terminating or gone.
            writes.victims.clear();
        }
        for (request, outcome) in draft.requests.iter().zip(outcomes) {
            self.note_write(set, request, outcome, now);
        }
        let failures = self.agenda.failures(set);
        match tail.next {
            Next::Rest => self.agenda.rest(set, id.view, draft.plan.next_wake),
            Next::Retry => self.agenda.retry(set, id.view, failures, now),
            Next::Again => self.agenda.rest(set, id.view, Some(now)),
        }
        match draft.lacks {
            _ if !draft.fresh => self.wait_for_view(set, Some(now)),
            Some(kind) if !self.objects.views.is_listed(kind) => {
                let awaited = self.awaits(set, kind, "", Unseen::List, None);
                self.behind.hold(awaited, now);
            }
            _ => drop(self.behind.release(set)),
        }
        if !tail.requests.is_empty() {
            self.tails
                .insert(set.clone(), SentTail::of(id, &tail, failures));
        }
        tail
    }

    /// Takes in how the requests of the plan's [`Tail`] went, so that the next plan waits until the new status has been
    /// seen, and a failed one is tried again. Optional, for those who would rather watch the set.
    pub fn settle(&mut self, set: &Key, id: PlanId, outcomes: &[Outcome], now: Millis) {
        let Some(tail) = self.tails.swap_remove(set).filter(|tail| tail.id == id) else {
            return;
        };
        let mut failed = false;
        for (request, outcome) in tail.requests.iter().zip(outcomes) {
            self.note_write(set, request, outcome, now);
            failed |= !request.succeeded(outcome);
        }
        if failed {
            self.agenda.retry(set, id.view, tail.failures, now);
        }
    }

    /// Releasing a pod is not noted: the pod does not belong to the set any more.
    fn note_write(&mut self, set: &Key, request: &Request, outcome: &Outcome, now: Millis) {
        let Outcome::Done { resource_version } = outcome else {
            return;
        };
        let origin = &request.origin;
        if let Some((pod, uid)) = &origin.victim {
            let writes = self.writes.entry(set.clone()).or_default();
            let victim = Victim {
                uid: uid.clone(),
                since: now,
            };
            writes.victims.insert(pod.clone(), victim);
        } else if request.method != Method::Delete && origin.purpose != Purpose::Release {
            let Ok(version) = resource_version.parse() else {
                return;
            };
            let write = Write {
                name: request.object().to_string(),
                version,
                created: request.method == Method::Post,
                since: now,
            };
            let writes = self.writes.entry(set.clone()).or_default();
            writes.note(origin.kind, write);
        }
    }
}

#[cfg(test)]
mod tests;
