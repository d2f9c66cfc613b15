//! What is published.

use statefulset::{Deletion, Desired, Do, Phase, Pod, Progress, Status, Strategy, Version};

use super::Pass;

impl Pass<'_> {
    pub(super) fn status(&self) -> Option<Status> {
        // Once it is let go, the set may be gone.
        let mut actions = self
            .stages
            .iter()
            .flat_map(|stage| stage.values().flatten().flatten());
        if actions.any(|what| *what == Do::ReleaseFinalizer) {
            return None;
        }
        let Desired {
            current, update, ..
        } = *self.desired;
        let counted: Vec<&Pod> = if self.desired.deletion == Deletion::No {
            let slots = self.slots().into_iter();
            let slots = slots.filter_map(|ordinal| self.pod_of(ordinal));
            slots
                .chain(self.condemned())
                .map(|pod| self.pod(pod))
                .collect()
        } else {
            self.observed.pods.iter().collect()
        };
        let count = |test: &dyn Fn(&Pod) -> bool| {
            let pods = counted.iter().filter(|pod| test(pod));
            u32::try_from(pods.count()).expect("few pods")
        };
        let runs = |pod: &Pod| pod.phase == Phase::Running && pod.ready;
        let at = |pod: &Pod, revision| pod.terminating_since.is_none() && pod.revision == revision;
        let mut status = Status {
            observed_generation: self.desired.generation,
            replicas: count(&|_| true),
            ready: count(&runs),
            available: count(&|pod| runs(pod) && self.available(pod)),
            current: count(&|pod| at(pod, current)).saturating_sub(self.rolled),
            updated: count(&|pod| at(pod, update)),
            current_revision: current,
            update_revision: update,
            progressing: self.condition(self.progress),
            progressed_at: self.last_step(),
            disrupted_at: self.desired.policies.pace.and_then(|_| {
                let before = self.desired.published.and_then(|it| it.disrupted_at);
                if self.disrupted {
                    Some(self.now)
                } else {
                    before
                }
            }),
        };
        // 1.28 asked for as many as there are; an update was completed only under `RollingUpdate` before 1.37.
        let wanted = if self.since(Version::V1_28_4) {
            self.desired.replicas
        } else {
            status.replicas
        };
        let rolls = matches!(self.desired.strategy, Strategy::RollingUpdate(_));
        let whole = counted.iter().all(|pod| !pod.changing);
        if (rolls || self.since(Version::V1_37))
            && whole
            && [status.updated, status.ready, status.replicas] == [wanted; 3]
        {
            status.current = status.updated;
            status.current_revision = update;
            if self.desired.strategy == Strategy::Recreate && status.progressing.is_some() {
                status.progressing = Some(Progress::Completed);
            }
        }
        let Some(published) = self.desired.published else {
            return Some(status);
        };
        // An older generation alone is no news.
        let newer = status.observed_generation > published.observed_generation;
        let same_age = Status {
            observed_generation: published.observed_generation,
            ..status
        };
        (newer || same_age != published).then_some(status)
    }
}
