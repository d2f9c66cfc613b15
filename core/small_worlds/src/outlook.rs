//! The planner is told how a world stands, and asked what to do.

use statefulset::{
    Action, Budget, Claim, ClaimTemplate, Deadline, Desired, Do, Exclusion, Member as GroupMember,
    NO_ORDINAL, Node, Observed, Plan, PlanError, Pod, Policies, Reserved, Revision, Status, Volume,
    allot, plan,
};

use crate::configuration::{Configuration, NOW, SEATS, SPELL};
use crate::member::Member;
use crate::site::Site;
use crate::storage::Store;
use crate::world::World;

/// What is kept from the planner.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Hidden {
    Nothing,
    /// Its view is older than its own writes.
    Writes,
    Claims,
    Nodes,
    Budgets,
}

/// A list of at most one entry for each ordinal.
struct Few<T, const N: usize> {
    entries: [T; N],
    count: usize,
}

impl<T: Copy, const N: usize> Few<T, N> {
    fn of(filler: T, all: impl Iterator<Item = T>) -> Self {
        let mut few = Self {
            entries: [filler; N],
            count: 0,
        };
        for entry in all {
            few.entries[few.count] = entry;
            few.count += 1;
        }
        few
    }

    fn reverse(&mut self) {
        self.entries[..self.count].reverse();
    }

    fn slice(&self) -> &[T] {
        &self.entries[..self.count]
    }
}

#[expect(clippy::cast_possible_truncation, reason = "there are few ordinals")]
const fn number(ordinal: usize) -> u32 {
    ordinal as u32
}

/// What the planner says of this world.
pub(crate) fn ask(c: &Configuration, world: &World, hidden: Hidden) -> Result<Plan, PlanError> {
    let spec = &world.spec;
    let pods = (0..SEATS).filter_map(|ordinal| {
        let pod: Member = world.pods[ordinal]?;
        let pod = Pod {
            ordinal: c.start + number(ordinal),
            ..pod.seen(number(ordinal), c, spec.update)
        };
        // Where a list is not known, an index into it means nothing.
        let node = pod.node.filter(|_| hidden != Hidden::Nodes);
        let budget = pod.budget.filter(|_| hidden != Hidden::Budgets);
        Some(Pod {
            node,
            budget,
            ..pod
        })
    });
    let mut pods: Few<Pod, SEATS> = Few::of(Pod::running(0, Revision(0)), pods);
    let claims = (0..SEATS).filter_map(|ordinal| {
        let claim: Store = world.claims[ordinal]?;
        Some(claim.seen(c.start + number(ordinal), c))
    });
    let mut claims: Few<Claim, SEATS> = Few::of(Claim::bound(0, 0), claims);
    if c.backwards {
        pods.reverse();
        claims.reverse();
    }
    let nodes: [Node; 2] = world.sites.map(Site::seen);
    let mut volumes = [Volume::available(1, 0); SEATS];
    let last = number(claims.count).saturating_sub(1);
    for (index, claim) in (0..).zip(world.claims.iter().flatten()) {
        let index = if c.backwards { last - index } else { index };
        if claim.bound {
            volumes[usize::from(claim.volume)].reserved = Reserved::Claim(index);
        }
    }
    let budgets = [Budget {
        allowed: u32::from(world.allowed(c)),
        healthy: number(world.pods.iter().flatten().filter(|pod| pod.ready).count()),
        desired_healthy: u32::from(c.budget.unwrap_or(0)),
        unhealthy_always: false,
    }];
    let excluded = (0..SEATS).filter(|&ordinal| world.is_excluded(ordinal));
    let excluded = excluded.map(|ordinal| Exclusion {
        keep_claims: c.keep_claims,
        ..Exclusion::range(c.start + number(ordinal), c.start + number(ordinal))
    });
    let excluded: Few<Exclusion, SEATS> = Few::of(Exclusion::range(0, 0), excluded);
    let templates = [ClaimTemplate::named("data")];
    let update = Revision(u64::from(spec.update));
    let current = Revision(u64::from(world.published.current_revision));
    let mut desired = Desired {
        start: c.start,
        management: c.management,
        strategy: c.strategy(spec.partition),
        min_ready: c.min_ready,
        templates: if c.claims { &templates } else { &[] },
        retention: c.retention,
        deletion: spec.deletion,
        finalizer_held: world.finalizer,
        current,
        published: Some(Status {
            current: u32::from(world.published.current),
            current_revision: current,
            update_revision: update,
            progressing: world.published.progressing,
            progressed_at: world.published.waits.since(),
            disrupted_at: world.published.disrupted.then_some(NOW),
            ..Status::default()
        }),
        profile: c.profile,
        policies: Policies {
            excluded: excluded.slice(),
            partition_by: c.partition_by,
            stand_in_first: c.stand_in_first,
            paused: if spec.paused {
                c.pauses
            } else {
                statefulset::Paused::NOTHING
            },
            ranked: c.ranked,
            ties: c.ties,
            scale_out_limit: c.scale_out_limit,
            scale_in_limit: c.scale_in_limit,
            allowance: None,
            repair: c.repair,
            pace: c.paced.then_some(SPELL),
            deadline: c.deadline.map(|then| Deadline { after: SPELL, then }),
            in_place: c.in_place,
            ask: c.ask,
        },
        ..Desired::new("web", u32::from(spec.replicas), update)
    };
    let observed = Observed {
        fresh: hidden != Hidden::Writes,
        claims: (hidden != Hidden::Claims).then_some(claims.slice()),
        volumes: (c.profile.bind_claims && hidden != Hidden::Claims).then_some(&volumes),
        nodes: (c.nodes && hidden != Hidden::Nodes).then_some(&nodes),
        budgets: (hidden != Hidden::Budgets).then_some(if c.budget.is_some() {
            &budgets
        } else {
            &[]
        }),
        ..Observed::pods(pods.slice())
    };
    if c.group {
        let own = GroupMember::of(&desired, &observed, NOW)?;
        let other = GroupMember::new(u32::from(world.other_disturbed), 0);
        desired.policies.allowance = allot(&[own, other]).next();
    }
    let mut plan = plan(&desired, &observed, NOW)?;
    if c.start > 0 {
        for action in &mut plan.actions {
            count_from_0(c, action);
        }
    }
    Ok(plan)
}

/// A small world counts ordinals from 0.
fn count_from_0(c: &Configuration, action: &mut Action) {
    if action.ordinal != NO_ORDINAL {
        action.ordinal = action.ordinal.wrapping_sub(c.start);
    }
    if let Do::Wait(wait) = &mut action.what {
        wait.through = wait.through.wrapping_sub(c.start);
    }
}
