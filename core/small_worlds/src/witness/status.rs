//! Rules S: the status counts what there is, and a rollout is complete when it is.

use statefulset::Version;

use super::{Case, Verdict, ensure};

pub(super) fn check(case: &Case) -> Verdict {
    let Case { c, world, plan } = *case;
    // What was published before is never equal, because a small world does not keep all of it.
    let Some(status) = plan.status else {
        return Err("no status is published".into());
    };
    let count = |counts: &dyn Fn(&crate::member::Member) -> bool| {
        let pods = world.pods.iter().flatten();
        u32::try_from(pods.filter(|pod| counts(pod)).count()).unwrap_or(u32::MAX)
    };
    let replicas = count(&|_| true);
    let ready = count(&|pod| pod.is_running() && pod.ready);
    let available = count(&|pod| pod.is_running() && case.is_available(pod));
    let updated = count(&|pod| !case.is_old(pod) && !pod.terminating);
    let counted = [
        status.replicas,
        status.ready,
        status.available,
        status.updated,
    ];
    ensure(counted == [replicas, ready, available, updated], || {
        format!("the status is {status:?}")
    })?;
    let desired = if c.profile.kubernetes == Version::V1_28_0 {
        replicas
    } else {
        u32::from(world.spec.replicas)
    };
    let whole = world.pods.iter().flatten().all(|pod| !pod.changing);
    let complete = case.completes() && whole && [replicas, ready, updated] == [desired; 3];
    let current = if complete {
        world.spec.update
    } else {
        world.published.current_revision
    };
    ensure(status.current_revision.0 == u64::from(current), || {
        format!(
            "the current revision becomes r{}",
            status.current_revision.0
        )
    })
}

impl Case<'_> {
    /// Whether an update under the strategy is ever completed (rule S-4).
    pub(crate) fn completes(&self) -> bool {
        self.c.profile.kubernetes >= Version::V1_37 || self.c.way.is_rolling()
    }
}
