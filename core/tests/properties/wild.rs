//! Never panics: records with anything in them give a plan or an error that names the place.

use quickcheck::{Arbitrary, Gen};
use statefulset::{
    AccessModes, Binding, Budget, Change, Claim, ClaimPhase, ClaimTemplate, Deadline, Deletion,
    Desired, Exclusion, GiveUp, InPlace, Keep, Limit, LostNodes, MAX_ORDINAL, Management, Node,
    NodeState, Observed, Outcome, Overdue, OwnerRef, PartitionBy, Paused, Phase, Pod, Policies,
    Prepared, Profile, Progress, Purposes, Ranked, Reach, Repair, Reserved, Retention, Revision,
    Rolling, Shutdown, Status, Strategy, Ties, Volume, VolumeMode, VolumePhase, explain, plan,
};

use crate::ensure;
use statefulset_cases::check;

const TEMPLATES: [ClaimTemplate<'static>; 3] = [ClaimTemplate { name: "" }; 3];

#[derive(Clone, Debug)]
struct Wild {
    desired: Desired<'static>,
    fresh: bool,
    pods: Vec<Pod>,
    claims: Option<Vec<Claim>>,
    volumes: Option<Vec<Volume>>,
    nodes: Option<Vec<Node>>,
    reach: Vec<Reach>,
    budgets: Option<Vec<Budget>>,
    now: i64,
}

#[test]
fn never_panics() {
    check(50_000, |wild: Wild| {
        let observed = Observed {
            fresh: wild.fresh,
            pods: &wild.pods,
            claims: wild.claims.as_deref(),
            volumes: wild.volumes.as_deref(),
            nodes: wild.nodes.as_deref(),
            reach: &wild.reach,
            budgets: wild.budgets.as_deref(),
        };
        match plan(&wild.desired, &observed, wild.now) {
            Err(error) => {
                let place = format!("{}[{}].{}", error.list, error.index, error.field);
                ensure(error.to_string().starts_with(&place), || error.to_string())
            }
            Ok(plan) => {
                let text = explain(&wild.desired, &observed, &plan, wild.now).to_string();
                ensure(!text.is_empty(), || "no explanation".to_owned())?;
                let limit = wild.desired.profile.max_actions as usize;
                ensure(plan.deeds().count() <= limit, || {
                    "above the limit".to_owned()
                })?;
                for outcome in [Outcome::Done, Outcome::NotFound, Outcome::Failed] {
                    let _ = plan.conclude(&vec![outcome; plan.actions.len() + 1]);
                }
                Ok(())
            }
        }
    });
}

/// Mostly small, sometimes at the edge, sometimes anything.
fn number(g: &mut Gen) -> u32 {
    match u8::arbitrary(g) % 8 {
        0 => *g
            .choose(&[0, 1, 1 << 31, (1 << 31) - 1, u32::MAX - 1, u32::MAX])
            .expect("a choice"),
        1 => u32::arbitrary(g),
        _ => u32::arbitrary(g) % 6,
    }
}

fn instant(g: &mut Gen) -> i64 {
    match u8::arbitrary(g) % 4 {
        0 => *g
            .choose(&[i64::MIN, i64::MIN + 1, -1, 0, 1, i64::MAX - 1, i64::MAX])
            .expect("a choice"),
        1 => i64::arbitrary(g),
        _ => i64::from(u8::arbitrary(g)),
    }
}

fn some<T>(g: &mut Gen, of: fn(&mut Gen) -> T) -> Option<T> {
    (u8::arbitrary(g) % 3 == 0).then(|| of(g))
}

fn few<T>(g: &mut Gen, of: fn(&mut Gen) -> T) -> Vec<T> {
    (0..u8::arbitrary(g) % 6).map(|_| of(g)).collect()
}

fn one<T: Copy>(g: &mut Gen, of: &[T]) -> T {
    *g.choose(of).expect("a choice")
}

fn revision(g: &mut Gen) -> Revision {
    Revision(u64::from(number(g)))
}

fn purposes(g: &mut Gen) -> Purposes {
    Purposes::from_bits(u8::arbitrary(g) & Purposes::ALL.bits()).expect("known bits")
}

fn pod(g: &mut Gen) -> Pod {
    Pod {
        ordinal: number(g),
        phase: one(
            g,
            &[
                Phase::Pending,
                Phase::Running,
                Phase::Succeeded,
                Phase::Failed,
                Phase::Unknown,
            ],
        ),
        ready: bool::arbitrary(g),
        identity: bool::arbitrary(g),
        storage: bool::arbitrary(g),
        hold: purposes(g),
        replace: bool::arbitrary(g),
        prepared: one(g, &Prepared::ALL),
        change: one(g, &Change::ALL),
        changing: bool::arbitrary(g),
        rank: number(g) % 3,
        revision: revision(g),
        ready_since: some(g, instant),
        terminating_since: some(g, instant),
        node: some(g, number).filter(|_| bool::arbitrary(g)),
        budget: some(g, number).filter(|_| bool::arbitrary(g)),
    }
}

fn claim(g: &mut Gen) -> Claim {
    let owners = [
        OwnerRef::Absent,
        OwnerRef::Controller,
        OwnerRef::Plain,
        OwnerRef::OtherUid,
    ];
    Claim {
        ordinal: number(g),
        template: u16::try_from(number(g) % 65_536).expect("small") % 4,
        phase: one(
            g,
            &[ClaimPhase::Pending, ClaimPhase::Bound, ClaimPhase::Lost],
        ),
        set_owner: one(g, &owners),
        pod_owner: one(g, &owners),
        foreign_controller: bool::arbitrary(g),
        binding: one(g, &[Binding::Immediate, Binding::WaitForFirstConsumer]),
        modes: AccessModes(u8::arbitrary(g)),
        volume_mode: one(g, &[VolumeMode::Filesystem, VolumeMode::Block]),
        class: number(g),
        volume: some(g, number).filter(|_| bool::arbitrary(g)),
        node: some(g, number).filter(|_| bool::arbitrary(g)),
        terminating_since: some(g, instant),
        request: u64::arbitrary(g),
    }
}

fn volume(g: &mut Gen) -> Volume {
    let index = number(g);
    Volume {
        capacity: u64::arbitrary(g),
        reserved: one(
            g,
            &[
                Reserved::Nobody,
                Reserved::Nobody,
                Reserved::Other,
                Reserved::Claim(index),
            ],
        ),
        class: number(g),
        modes: AccessModes(u8::arbitrary(g)),
        volume_mode: one(g, &[VolumeMode::Filesystem, VolumeMode::Block]),
        phase: one(
            g,
            &[
                VolumePhase::Pending,
                VolumePhase::Available,
                VolumePhase::Bound,
                VolumePhase::Released,
                VolumePhase::Failed,
            ],
        ),
        terminating: bool::arbitrary(g),
        reach: some(g, number),
        matches: u64::arbitrary(g),
    }
}

fn node(g: &mut Gen) -> Node {
    Node {
        state: one(
            g,
            &[
                NodeState::Ready,
                NodeState::NotReady,
                NodeState::Unreachable,
                NodeState::Fenced,
                NodeState::Gone,
            ],
        ),
        cordoned: bool::arbitrary(g),
        draining: bool::arbitrary(g),
        since: some(g, instant),
    }
}

fn reach(g: &mut Gen) -> Reach {
    Reach {
        group: number(g),
        node: number(g),
    }
}

fn budget(g: &mut Gen) -> Budget {
    Budget {
        allowed: number(g),
        healthy: number(g),
        desired_healthy: number(g),
        unhealthy_always: bool::arbitrary(g),
    }
}

fn status(g: &mut Gen) -> Status {
    Status {
        observed_generation: instant(g),
        replicas: number(g),
        ready: number(g),
        available: number(g),
        current: number(g),
        updated: number(g),
        current_revision: revision(g),
        update_revision: revision(g),
        progressing: some(g, |g| one(g, &Progress::ALL)),
        progressed_at: some(g, instant),
        disrupted_at: some(g, instant),
    }
}

fn profile(g: &mut Gen, replicas: u32) -> Profile {
    // A plan has as many actions as it may have, so a large set without pods needs a small limit.
    let most = if replicas > 1_000 { 2_000 } else { u32::MAX };
    Profile {
        max_unavailable: bool::arbitrary(g),
        recreate: bool::arbitrary(g),
        max_actions: number(g).min(most),
        shutdown: one(g, &[Shutdown::Background, Shutdown::Ordered]),
        give_up: one(g, &[GiveUp::OwnerReferences, GiveUp::Delete]),
        bind_claims: bool::arbitrary(g),
        drain_nodes: bool::arbitrary(g),
        lost_nodes: some(g, |g| LostNodes {
            unreachable_after: instant(g),
            require_fence: bool::arbitrary(g),
        }),
        ..Profile::UPSTREAM
    }
}

const EXCLUDED: [&[Exclusion]; 6] = [
    &[],
    &[Exclusion::range(1, 2)],
    &[
        Exclusion::range(0, 0).keeping_claims(),
        Exclusion::range(3, 5),
    ],
    &[Exclusion::range(2, MAX_ORDINAL)],
    &[Exclusion::range(1, 1_000_000_000)],
    &[Exclusion::range(2, 2), Exclusion::range(1, 1)],
];

fn policies(g: &mut Gen) -> Policies<'static> {
    let limit = |g: &mut Gen| {
        some(g, |g| match number(g) {
            n if bool::arbitrary(g) => Limit::Count(n),
            n => Limit::Percent(n),
        })
    };
    Policies {
        excluded: one(g, &EXCLUDED),
        partition_by: one(g, &PartitionBy::ALL),
        stand_in_first: bool::arbitrary(g),
        paused: Paused::from_bits(u8::arbitrary(g) & Paused::ALL.bits()).expect("known bits"),
        ranked: one(g, &Ranked::ALL),
        ties: one(g, &Ties::ALL),
        scale_out_limit: limit(g),
        scale_in_limit: limit(g),
        allowance: some(g, number),
        repair: some(g, |g| Repair {
            after: instant(g),
            beyond_budget: number(g),
            ordered: bool::arbitrary(g),
            pending: bool::arbitrary(g),
        }),
        pace: some(g, instant),
        deadline: some(g, |g| Deadline {
            after: instant(g),
            then: one(g, &Overdue::ALL),
        }),
        in_place: one(g, &InPlace::ALL),
        ask: purposes(g),
    }
}

fn desired(g: &mut Gen) -> Desired<'static> {
    let limit = match u8::arbitrary(g) % 3 {
        0 => None,
        1 => Some(Limit::Count(number(g))),
        _ => Some(Limit::Percent(number(g))),
    };
    let rolling = Rolling {
        partition: number(g),
        max_unavailable: limit,
    };
    let keep = [Keep::Retain, Keep::Delete];
    let replicas = number(g);
    Desired {
        name: "",
        generation: instant(g),
        replicas,
        start: number(g),
        management: one(g, &[Management::OrderedReady, Management::Parallel]),
        strategy: one(
            g,
            &[
                Strategy::RollingUpdate(Some(rolling)),
                Strategy::RollingUpdate(None),
                Strategy::OnDelete,
                Strategy::Recreate,
            ],
        ),
        min_ready: instant(g).max(-1),
        templates: &TEMPLATES[..usize::from(u8::arbitrary(g) % 4)],
        retention: Retention {
            when_deleted: one(g, &keep),
            when_scaled: one(g, &keep),
        },
        deletion: one(
            g,
            &[
                Deletion::No,
                Deletion::No,
                Deletion::No,
                Deletion::WithPods,
                Deletion::Orphan,
            ],
        ),
        finalizer_held: bool::arbitrary(g),
        current: revision(g),
        update: revision(g),
        published: some(g, status),
        profile: profile(g, replicas),
        policies: if bool::arbitrary(g) {
            policies(g)
        } else {
            Policies::NONE
        },
    }
}

impl Arbitrary for Wild {
    fn arbitrary(g: &mut Gen) -> Self {
        Self {
            desired: desired(g),
            fresh: u8::arbitrary(g) != 0,
            pods: few(g, pod),
            claims: some(g, |g| few(g, claim)),
            volumes: some(g, |g| few(g, volume)),
            nodes: some(g, |g| few(g, node)),
            reach: some(g, |g| few(g, reach)).unwrap_or_default(),
            budgets: some(g, |g| few(g, budget)),
            now: instant(g),
        }
    }

    fn shrink(&self) -> Box<dyn Iterator<Item = Self>> {
        let mut smaller = Vec::new();
        for i in 0..self.pods.len() {
            let mut wild = self.clone();
            wild.pods.remove(i);
            smaller.push(wild);
        }
        Box::new(smaller.into_iter())
    }
}
