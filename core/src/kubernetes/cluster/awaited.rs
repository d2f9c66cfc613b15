//! What sets wait to see of the cluster before anything is decided for them (rule K-8).

use std::string::ToString;
use std::vec::Vec;

use super::Cluster;
use crate::kubernetes::object::version::Uid;
use crate::kubernetes::value::key::Key;
use crate::kubernetes::value::kind::Kind;
use crate::kubernetes::view::agenda::Due;
use crate::kubernetes::view::freshness::{Awaited, Unseen};
use crate::time::Millis;

impl Cluster {
    /// What sets wait to see of the cluster before anything is decided for them: the first of each kind.
    pub fn awaited(&self) -> Vec<Awaited> {
        self.behind.first_of_each(&self.objects.views)
    }

    pub(super) fn with_awaited(&self, due: Due) -> Due {
        Due {
            awaited: self.awaited(),
            ..due
        }
    }

    /// What must be seen before anything is decided for the set: pods, revisions and sets have been listed, and the
    /// controller's own writes have been seen. `None` where the view is good enough.
    pub(super) fn awaited_by(&self, set: &Key) -> Option<Awaited> {
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

    pub(super) fn awaits(
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

    /// Something of a kind has been seen: sets that waited for nothing else are due.
    pub(super) fn go_on(&mut self, kind: Kind, object: Option<&Key>) {
        for set in self.behind.may_go_on(kind, object, &self.objects.views) {
            self.wait_for_view(&set, None);
        }
    }

    /// The set is held up until the view is good enough; if it is, the set is due. `now` is the time when its last plan
    /// was finished, unless it was held up before.
    pub(super) fn wait_for_view(&mut self, set: &Key, now: Option<Millis>) {
        let since = self.behind.since(set).or(now);
        if let (Some(awaited), Some(since)) = (self.awaited_by(set), since) {
            self.behind.hold(awaited, since);
        } else {
            self.behind.release(set);
            self.touch_group(set);
        }
    }
}
