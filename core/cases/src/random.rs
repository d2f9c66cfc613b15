//! How a case is thrown: small numbers, so that things coincide, and most of it in order, so that the later phases of a
//! pass are reached.

use quickcheck::{Arbitrary, Gen};
use statefulset::{
    AccessModes, Binding, Budget, Claim, ClaimPhase, ClaimTemplate, Deletion, Desired, GiveUp,
    Keep, Limit, LostNodes, Management, Millis, NO_ORDINAL, Node, NodeState, OwnerRef, PartitionBy,
    Paused, Phase, Pod, Policies, Profile, Progress, Ranked, Reach, Reserved, Retention, Revision,
    Rolling, Shutdown, Status, Strategy, UNLISTED, Version, Volume, VolumePhase,
};

use crate::case::{Case, NOW, slots};
use crate::random_policies::{mark, policies};

const TEMPLATES: [ClaimTemplate<'static>; 2] = [
    ClaimTemplate { name: "data" },
    ClaimTemplate { name: "log" },
];

pub(crate) fn case(g: &mut Gen) -> Case {
    let mut desired = desired(g);
    // In a calm world little is out of order.
    let mut trouble = one(g, &[0, 5, 15, 40]);
    if is_about_rollouts(&desired.policies) && chance(g, 75) {
        roll_out(g, &mut desired);
        trouble = one(g, &[0, 0, 5, 15]);
    }
    let claims = claims(g, &desired, trouble);
    let nodes = nodes(g);
    let mut case = Case {
        fresh: !chance(g, 2),
        pods: pods(g, &desired, trouble),
        volumes: Some(volumes(g, claims.len())),
        claims: Some(claims),
        reach: reach(g, nodes.len()),
        nodes: Some(nodes),
        budgets: Some(budgets(g)),
        desired,
        now: NOW,
    };
    place(&mut case, g);
    if chance(g, 8) {
        case.forget_claims();
    }
    if chance(g, 30) {
        case.forget_volumes();
    }
    if chance(g, 30) {
        case.forget_nodes();
    }
    if chance(g, 30) {
        case.forget_budgets();
    }
    case.keep_contract();
    case
}

/// Some claims name a volume, and some have a node.
fn place(case: &mut Case, g: &mut Gen) {
    let volumes = case.volumes.as_ref().map_or(0, Vec::len);
    let nodes = case.nodes.as_ref().map_or(0, Vec::len);
    let budgets = case.budgets.as_ref().map_or(0, Vec::len);
    for claim in case.claims.iter_mut().flatten() {
        claim.volume = index(g, volumes).filter(|_| chance(g, 20));
        claim.node = index(g, nodes).filter(|_| chance(g, 60));
    }
    for pod in &mut case.pods {
        pod.node = index(g, nodes).filter(|_| chance(g, 80));
        if case.nodes.is_some() && chance(g, 5) {
            pod.node = Some(UNLISTED);
        }
        pod.budget = index(g, budgets).filter(|_| chance(g, 80));
    }
}

/// A number from 0 to `most`.
pub(crate) fn up_to(g: &mut Gen, most: u32) -> u32 {
    u32::arbitrary(g) % (most + 1)
}

/// True `of` times out of a hundred.
pub(crate) fn chance(g: &mut Gen, of: u32) -> bool {
    up_to(g, 99) < of
}

pub(crate) fn one<T: Copy>(g: &mut Gen, of: &[T]) -> T {
    *g.choose(of).expect("a choice")
}

/// An index in a list of this length.
fn index(g: &mut Gen, length: usize) -> Option<u32> {
    let last = u32::try_from(length).expect("few").checked_sub(1)?;
    Some(up_to(g, last))
}

fn desired(g: &mut Gen) -> Desired<'static> {
    let revision = |g: &mut Gen| Revision(u64::from(1 + up_to(g, 2)));
    let current = revision(g);
    let update = if chance(g, 50) { current } else { revision(g) };
    let limit = match up_to(g, 3) {
        0 => None,
        1 => Some(Limit::Percent(one(g, &[0, 10, 34, 50, 100]))),
        _ => Some(Limit::Count(up_to(g, 4))),
    };
    let rolling = Rolling {
        partition: if chance(g, 60) { 0 } else { up_to(g, 6) },
        max_unavailable: limit,
    };
    let strategy = match up_to(g, 9) {
        0 => Strategy::OnDelete,
        1 => Strategy::Recreate,
        2 => Strategy::RollingUpdate(None),
        _ => Strategy::RollingUpdate(Some(rolling)),
    };
    let keep = |g: &mut Gen| {
        if chance(g, 50) {
            Keep::Retain
        } else {
            Keep::Delete
        }
    };
    let (standalone, ordered) = (chance(g, 30), chance(g, 50));
    let kubernetes = if chance(g, 60) {
        Version::LATEST
    } else {
        one(g, &Version::ALL)
    };
    Desired {
        generation: i64::from(1 + up_to(g, 2)),
        start: if chance(g, 70) { 0 } else { up_to(g, 3) },
        management: if ordered {
            Management::OrderedReady
        } else {
            Management::Parallel
        },
        strategy,
        min_ready: one(g, &[0, 0, 10, 30]),
        templates: &TEMPLATES[..one(g, &[0, 1, 1, 2])],
        retention: Retention {
            when_deleted: keep(g),
            when_scaled: keep(g),
        },
        deletion: one(
            g,
            &[Deletion::No; 12]
                .map(|no| no)
                .into_iter()
                .chain([Deletion::WithPods, Deletion::Orphan])
                .collect::<Vec<_>>(),
        ),
        finalizer_held: chance(g, 70),
        current,
        update,
        published: chance(g, 60).then(|| published(g, current, update)),
        profile: Profile {
            max_unavailable: chance(g, 60),
            walk: chance(g, 15),
            recreate: chance(g, 85) && kubernetes >= Version::V1_37,
            shutdown: if standalone {
                Shutdown::Ordered
            } else {
                Shutdown::Background
            },
            give_up: if standalone && chance(g, 90) {
                GiveUp::Delete
            } else {
                GiveUp::OwnerReferences
            },
            bind_claims: standalone,
            drain_nodes: standalone,
            lost_nodes: (standalone && chance(g, 80)).then(|| LostNodes {
                unreachable_after: one(g, &[0, 60_000, 300_000]),
                require_fence: chance(g, 30),
            }),
            ..Profile::upstream(kubernetes)
        },
        policies: policies(g),
        ..Desired::new("web", up_to(g, 5), update)
    }
}

fn published(g: &mut Gen, current: Revision, update: Revision) -> Status {
    Status {
        observed_generation: i64::from(1 + up_to(g, 2)),
        replicas: up_to(g, 5),
        ready: up_to(g, 5),
        available: up_to(g, 5),
        current: up_to(g, 5),
        updated: up_to(g, 5),
        current_revision: current,
        update_revision: update,
        progressing: chance(g, 75).then(|| one(g, &Progress::ALL)),
        progressed_at: moment(g),
        disrupted_at: moment(g),
    }
}

/// A time that a status may say: none, long ago (C knows no moment 0), and a short time before and after the moment of most cases.
fn moment(g: &mut Gen) -> Option<Millis> {
    one(
        g,
        &[
            None,
            Some(1),
            Some(NOW - 31),
            Some(NOW - 30),
            Some(NOW),
            Some(NOW + 1),
        ],
    )
}

/// Whether policies are asked for that show only where pods are replaced.
fn is_about_rollouts(policies: &Policies) -> bool {
    policies.ranked != Ranked::Off
        || policies.repair.is_some()
        || policies.pace.is_some()
        || policies.deadline.is_some()
        || policies.partition_by == PartitionBy::Ordinal
}

/// The same set in the middle of a rollout.
fn roll_out(g: &mut Gen, desired: &mut Desired) {
    desired.deletion = Deletion::No;
    desired.replicas = desired.replicas.max(2);
    desired.current = Revision(1);
    desired.update = one(g, &[Revision(1), Revision(2), Revision(2), Revision(2)]);
    if chance(g, 80) {
        let partitions: &[u32] = match desired.policies.partition_by {
            PartitionBy::Ordinal => &[1, 2, 3, 4],
            _ => &[0, 0, 0, 1, 2],
        };
        desired.profile.max_unavailable = chance(g, 80);
        desired.strategy = Strategy::RollingUpdate(Some(Rolling {
            partition: one(g, partitions),
            max_unavailable: Some(Limit::Count(1 + up_to(g, 3))),
        }));
    }
    if chance(g, 70) {
        desired.policies.paused = Paused::NOTHING;
    }
}

/// Most desired ordinals have a pod, and some of those that are excluded among them; each field is out of order `trouble`
/// times out of a hundred.
fn pods(g: &mut Gen, desired: &Desired, trouble: u32) -> Vec<Pod> {
    let slots = slots(desired);
    let range = desired.start..slots.last().map_or(desired.start, |last| last + 1);
    let mut ordinals: Vec<u32> = range
        .filter(|ordinal| {
            let missing = if slots.contains(ordinal) {
                trouble.max(3)
            } else {
                50
            };
            !chance(g, missing)
        })
        .collect();
    for _ in 0..one(g, &[0, 0, 1, 3]) {
        let ordinal = up_to(g, 8);
        ordinals.push(if ordinal == 8 && chance(g, 50) {
            NO_ORDINAL
        } else {
            ordinal
        });
    }
    if !chance(g, 15) {
        ordinals.sort_unstable();
        ordinals.dedup();
    }
    let mut pods: Vec<Pod> = ordinals
        .into_iter()
        .map(|ordinal| pod(g, desired, ordinal, trouble))
        .collect();
    if chance(g, 50) && pods.len() > 1 {
        let from = up_to(g, u32::try_from(pods.len()).expect("few") - 1);
        pods.rotate_left(from as usize);
    }
    pods
}

fn pod(g: &mut Gen, desired: &Desired, ordinal: u32, trouble: u32) -> Pod {
    let mut pod = Pod::running(ordinal, desired.update);
    let is_old = if is_about_rollouts(&desired.policies) {
        70
    } else {
        40
    };
    if chance(g, is_old) {
        pod.revision = if chance(g, 70) {
            desired.current
        } else {
            Revision(u64::from(1 + up_to(g, 2)))
        };
    }
    if chance(g, trouble) {
        pod.phase = one(
            g,
            &[
                Phase::Pending,
                Phase::Pending,
                Phase::Running,
                Phase::Succeeded,
                Phase::Failed,
                Phase::Unknown,
            ],
        );
        pod.ready = chance(g, 20);
    }
    pod.ready &= !chance(g, trouble);
    // More than a few old pods are broken where that means anything.
    if desired.policies.repair.is_some() && pod.revision != desired.update {
        pod.ready &= !chance(g, 30);
    }
    pod.ready_since = match up_to(g, 5) {
        _ if !chance(g, trouble * 2) => Some(0),
        0 => None,
        1 => Some(NOW + 5),
        2 => Some(NOW - 10),
        3 => Some(NOW - 29),
        4 => Some(NOW - 30),
        _ => Some(NOW),
    };
    pod.terminating_since = chance(g, trouble).then_some(NOW - 3);
    pod.identity = !chance(g, trouble / 2);
    pod.storage = !chance(g, trouble / 2);
    if desired.policies != Policies::NONE {
        pod.rank = up_to(g, 2);
        mark(g, &desired.policies, &mut pod);
    }
    pod
}

fn claims(g: &mut Gen, desired: &Desired, trouble: u32) -> Vec<Claim> {
    let mut claims = Vec::new();
    for ordinal in 0..8 {
        for template in 0..u16::try_from(desired.templates.len()).expect("few") {
            if !chance(g, trouble.max(10)) {
                claims.push(claim(g, ordinal, template, trouble));
            }
        }
    }
    if chance(g, 50) {
        claims.reverse();
    }
    claims
}

fn claim(g: &mut Gen, ordinal: u32, template: u16, trouble: u32) -> Claim {
    let owner = |g: &mut Gen| match up_to(g, 5) {
        0..3 => OwnerRef::Absent,
        3 => OwnerRef::Controller,
        4 => OwnerRef::Plain,
        _ => OwnerRef::OtherUid,
    };
    let mut claim = Claim::bound(ordinal, template);
    if chance(g, trouble.max(20)) {
        (claim.set_owner, claim.pod_owner) = (owner(g), owner(g));
        claim.foreign_controller = chance(g, 20);
    }
    claim.terminating_since = chance(g, trouble / 2).then_some(NOW - 3);
    if chance(g, trouble.max(20)) {
        claim.phase = one(
            g,
            &[ClaimPhase::Pending, ClaimPhase::Pending, ClaimPhase::Lost],
        );
        claim.request = u64::from(up_to(g, 3));
        claim.class = up_to(g, 1);
        claim.modes = AccessModes(one(g, &[1, 1, 3]));
        claim.binding = one(
            g,
            &[
                Binding::Immediate,
                Binding::Immediate,
                Binding::WaitForFirstConsumer,
            ],
        );
    }
    claim
}

fn volumes(g: &mut Gen, claims: usize) -> Vec<Volume> {
    let claims = u32::try_from(claims).expect("few");
    let count = up_to(g, 4);
    (0..count)
        .map(|_| Volume {
            reserved: match up_to(g, 9) {
                0 => Reserved::Other,
                1 | 2 if claims > 0 => Reserved::Claim(up_to(g, claims - 1)),
                _ => Reserved::Nobody,
            },
            modes: AccessModes(one(g, &[1, 1, 3, 7])),
            phase: one(
                g,
                &[
                    VolumePhase::Available,
                    VolumePhase::Available,
                    VolumePhase::Available,
                    VolumePhase::Bound,
                    VolumePhase::Released,
                ],
            ),
            terminating: chance(g, 5),
            matches: if chance(g, 80) { u64::MAX } else { 1 },
            reach: one(g, &[None, None, Some(0), Some(1), Some(9)]),
            ..Volume::available(u64::from(up_to(g, 3)), up_to(g, 1))
        })
        .collect()
}

fn nodes(g: &mut Gen) -> Vec<Node> {
    let calm = chance(g, 50);
    let ready = [NodeState::Ready];
    let any = [
        NodeState::Ready,
        NodeState::Ready,
        NodeState::NotReady,
        NodeState::Unreachable,
        NodeState::Unreachable,
        NodeState::Fenced,
        NodeState::Gone,
    ];
    (0..up_to(g, 3))
        .map(|_| Node {
            state: one(g, if calm { &ready } else { &any }),
            cordoned: chance(g, 20),
            draining: !calm && chance(g, 20),
            since: one(
                g,
                &[
                    None,
                    Some(NOW - 300_000),
                    Some(NOW - 59_999),
                    Some(NOW - 60_000),
                ],
            ),
        })
        .collect()
}

/// Two groups with any of the nodes each, in any order, some of them twice; nothing is in a third one that volumes name.
fn reach(g: &mut Gen, nodes: usize) -> Vec<Reach> {
    let mut pairs = Vec::new();
    for node in 0..u32::try_from(nodes).expect("few") {
        for group in [0, 1] {
            let times = one(g, &[0, 1, 1, 2]);
            pairs.extend((0..times).map(|_| Reach { group, node }));
        }
    }
    if chance(g, 50) {
        pairs.reverse();
    }
    pairs
}

fn budgets(g: &mut Gen) -> Vec<Budget> {
    (0..up_to(g, 2))
        .map(|_| Budget {
            allowed: up_to(g, 2),
            healthy: up_to(g, 3),
            desired_healthy: up_to(g, 3),
            unhealthy_always: chance(g, 30),
        })
        .collect()
}
