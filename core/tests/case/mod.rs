//! One case: a set and a small world that it is planned for, made at random and shrunk when it fails.

use std::env;

use quickcheck::{Arbitrary, Gen, QuickCheck};
use statefulset::{
    AccessModes, Binding, Claim, ClaimPhase, ClaimTemplate, Deletion, Desired, GiveUp, Keep, Limit,
    Management, Millis, NO_ORDINAL, Observed, OwnerRef, Phase, Pod, Profile, Progress, Reserved,
    Retention, Revision, Rolling, Shutdown, Status, Strategy, Volume, VolumePhase,
};

pub(crate) const NOW: Millis = 1_000_000;
const TEMPLATES: [ClaimTemplate<'static>; 2] = [
    ClaimTemplate { name: "data" },
    ClaimTemplate { name: "log" },
];

/// What `plan` is asked.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) desired: Desired<'static>,
    pub(crate) fresh: bool,
    pub(crate) pods: Vec<Pod>,
    pub(crate) claims: Option<Vec<Claim>>,
    pub(crate) volumes: Option<Vec<Volume>>,
    pub(crate) now: Millis,
}

/// Asks `property` of many cases. `SEED` and `CASES` choose others, or more; what fails is shrunk and printed.
pub(crate) fn check<C: Arbitrary + std::fmt::Debug>(
    cases: u64,
    property: fn(C) -> Result<(), String>,
) {
    let number = |name| env::var(name).ok().map(|text| text.parse().expect(name));
    let (seed, cases) = (
        number("SEED").unwrap_or(1),
        number("CASES").unwrap_or(cases),
    );
    eprintln!("SEED={seed} CASES={cases}");
    QuickCheck::new()
        .rng(Gen::from_size_and_seed(8, seed))
        .tests(cases)
        .max_tests(cases)
        .quickcheck(property);
}

impl Case {
    pub(crate) fn observed(&self) -> Observed<'_> {
        Observed {
            fresh: self.fresh,
            claims: self.claims.as_deref(),
            volumes: self.volumes.as_deref(),
            ..Observed::pods(&self.pods)
        }
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

fn one<T: Copy>(g: &mut Gen, of: &[T]) -> T {
    *g.choose(of).expect("a choice")
}

impl Arbitrary for Case {
    fn arbitrary(g: &mut Gen) -> Self {
        let desired = desired(g);
        // In a calm world little is out of order, so that the later phases of a pass are reached.
        let trouble = one(g, &[0, 5, 15, 40]);
        let pods = pods(g, &desired, trouble);
        let claims = (!chance(g, 8)).then(|| claims(g, &desired, trouble));
        let volumes = claims.as_ref().filter(|_| chance(g, 70));
        let volumes = volumes.map(|claims| volumes_for(g, claims.len()));
        let mut case = Self {
            desired,
            fresh: !chance(g, 2),
            pods,
            claims,
            volumes,
            now: NOW,
        };
        case.name_volumes(g);
        case.keep_contract();
        case
    }

    fn shrink(&self) -> Box<dyn Iterator<Item = Self>> {
        let mut smaller = Vec::new();
        let mut offer = |change: &dyn Fn(&mut Self)| {
            let mut case = self.clone();
            change(&mut case);
            case.keep_contract();
            if format!("{case:?}") != format!("{self:?}") {
                smaller.push(case);
            }
        };
        for i in 0..self.pods.len() {
            offer(&|case| _ = case.pods.remove(i));
            offer(&|case| case.pods[i] = Pod::running(case.pods[i].ordinal, case.pods[i].revision));
            offer(&|case| case.pods[i].revision = case.desired.update);
        }
        for i in 0..self.claims.as_ref().map_or(0, Vec::len) {
            offer(&|case| case.drop_claim(i));
            offer(&|case| {
                let claim = &mut case.claims.as_mut().expect("there is one")[i];
                *claim = Claim::bound(claim.ordinal, claim.template);
            });
        }
        offer(&|case| case.drop_volumes());
        let plain = Desired::new("web", self.desired.replicas, self.desired.update);
        offer(&|case| case.desired.replicas = case.desired.replicas.saturating_sub(1));
        offer(&|case| case.desired.start = 0);
        offer(&|case| case.desired.published = None);
        offer(&|case| case.desired.min_ready = 0);
        offer(&|case| case.desired.retention = Retention::default());
        offer(&|case| case.desired.strategy = plain.strategy);
        offer(&|case| case.desired.management = Management::OrderedReady);
        offer(&|case| case.desired.current = case.desired.update);
        offer(&|case| case.desired.profile.max_unavailable = true);
        offer(&|case| case.desired.profile.shutdown = Shutdown::Background);
        offer(&|case| case.desired.profile.give_up = GiveUp::OwnerReferences);
        offer(&|case| case.desired.profile.bind_claims = false);
        if self.claims.as_ref().is_none_or(Vec::is_empty) {
            offer(&|case| case.desired.templates = &[]);
        }
        Box::new(smaller.into_iter())
    }
}

impl Case {
    /// Some claims name a volume.
    fn name_volumes(&mut self, g: &mut Gen) {
        let (Some(claims), Some(volumes)) = (&mut self.claims, &self.volumes) else {
            return;
        };
        let Some(last) = volumes.len().checked_sub(1) else {
            return;
        };
        for claim in claims {
            claim.volume = chance(g, 30).then(|| up_to(g, u32::try_from(last).expect("few")));
        }
    }

    /// Whatever names a pod that does not exist names an earlier one.
    fn keep_contract(&mut self) {
        for claim in self.claims.iter_mut().flatten() {
            let exists = self.pods.iter().any(|pod| pod.ordinal == claim.ordinal);
            if !exists && claim.pod_owner != OwnerRef::Absent {
                claim.pod_owner = OwnerRef::OtherUid;
            }
        }
    }

    fn drop_claim(&mut self, index: usize) {
        self.claims.as_mut().expect("there is one").remove(index);
        let index = u32::try_from(index).expect("few");
        for volume in self.volumes.iter_mut().flatten() {
            if let Reserved::Claim(claim) = volume.reserved {
                volume.reserved = match claim {
                    _ if claim < index => volume.reserved,
                    _ if claim == index => Reserved::Other,
                    _ => Reserved::Claim(claim - 1),
                };
            }
        }
    }

    fn drop_volumes(&mut self) {
        self.volumes = None;
        for claim in self.claims.iter_mut().flatten() {
            claim.volume = None;
        }
    }
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
            recreate: chance(g, 85),
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
            ..Profile::UPSTREAM
        },
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
        progressing: one(
            g,
            &[
                None,
                Some(Progress::Deleting),
                Some(Progress::Creating),
                Some(Progress::Completed),
            ],
        ),
    }
}

/// Most ordinals in range have a pod; each field is out of order `trouble` times out of a hundred.
fn pods(g: &mut Gen, desired: &Desired, trouble: u32) -> Vec<Pod> {
    let range = desired.start..desired.start + desired.replicas;
    let mut ordinals: Vec<u32> = range.filter(|_| !chance(g, trouble.max(3))).collect();
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
    if chance(g, 40) {
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

fn volumes_for(g: &mut Gen, claims: usize) -> Vec<Volume> {
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
            ..Volume::available(u64::from(up_to(g, 3)), up_to(g, 1))
        })
        .collect()
}
