//! What is kept of lists changes no answer.

use alloc::vec::Vec;
use std::println;

use quickcheck::{Gen, QuickCheck};

use super::{Parts, SPAN};
use crate::action::Do;
use crate::claim::{Claim, ClaimPhase, OwnerRef};
use crate::desired::{
    ClaimTemplate, Deletion, Desired, Limit, Management, Ordinal, Rolling, Strategy,
};
use crate::observed::Observed;
use crate::plan::{plan, plan_kept};
use crate::pod::{Phase, Pod};
use crate::policies::{Exclusion, Policies, Ranked};
use crate::profile::Profile;
use crate::purpose::{Prepared, Purposes};
use crate::revision::Revision;
use crate::time::Millis;

const OLD: Revision = Revision(1);
const NEW: Revision = Revision(2);
/// In the middle of a part, so that the first slots and the last ones share theirs with nothing.
const START: Ordinal = SPAN / 2;
const REPLICAS: u32 = 3 * SPAN;
/// Some pods are beyond the last slot, and some before the first.
const ORDINALS: Ordinal = 4 * SPAN;
const EXCLUDED: [Exclusion; 1] = [Exclusion::range(SPAN + 3, SPAN + 4)];

/// A set of some parts, whose lists are kept.
struct Model {
    desired: Desired<'static>,
    pods: Vec<Pod>,
    claims: Vec<Claim>,
    now: Millis,
    parts: Parts,
}

impl Model {
    /// All is as it should be but for the revision.
    fn new(profile: Profile, management: Management) -> Self {
        let ordinals = START..START + REPLICAS;
        let claim = |ordinal| Claim::bound(ordinal, 0);
        Self {
            desired: Desired {
                start: START,
                current: OLD,
                management,
                templates: &[ClaimTemplate { name: "data" }],
                profile,
                ..Desired::new("web", REPLICAS, NEW)
            },
            pods: ordinals.clone().map(|it| Pod::running(it, OLD)).collect(),
            claims: ordinals.map(claim).collect(),
            now: 1_000,
            parts: Parts::default(),
        }
    }

    fn put_pod(&mut self, pod: Pod) {
        match self
            .pods
            .binary_search_by_key(&pod.ordinal, |it| it.ordinal)
        {
            Ok(place) => self.pods[place] = pod,
            Err(place) => self.pods.insert(place, pod),
        }
    }

    fn put_claim(&mut self, claim: Claim) {
        let place = |it: &Claim| it.ordinal;
        match self.claims.binary_search_by_key(&claim.ordinal, place) {
            Ok(place) => self.claims[place] = claim,
            Err(place) => self.claims.insert(place, claim),
        }
    }

    /// Something happens to the objects of an ordinal, to the set, or to the clock.
    fn step(&mut self, ordinal: Ordinal, what: u8) {
        let new = Pod::running(ordinal, NEW);
        let claim = Claim::bound(ordinal, 0);
        let now = self.now;
        match what % 26 {
            0..3 => self.put_pod(new),
            3 => self.put_pod(Pod {
                ready: false,
                ..new
            }),
            4 => self.put_pod(Pod {
                phase: Phase::Failed,
                ..new
            }),
            5 => self.put_pod(Pod {
                terminating_since: Some(now),
                ..new
            }),
            6 => self.put_pod(Pod {
                ready_since: Some(now),
                ..new
            }),
            7 => self.put_pod(Pod {
                hold: Purposes::ROLLOUT,
                ..Pod::running(ordinal, OLD)
            }),
            8 => self.put_pod(Pod {
                replace: true,
                ..new
            }),
            9 => self.put_pod(Pod {
                prepared: Prepared::AskedToRestart,
                ..new
            }),
            10 => self.put_pod(Pod {
                storage: false,
                phase: Phase::Pending,
                ..new
            }),
            11 => self.put_pod(Pod::running(ordinal, OLD)),
            12 => self.pods.retain(|pod| pod.ordinal != ordinal),
            13 => self.put_claim(claim),
            14 => self.put_claim(Claim {
                phase: ClaimPhase::Pending,
                ..claim
            }),
            15 => self.put_claim(Claim {
                set_owner: OwnerRef::Controller,
                ..claim
            }),
            16 => self.put_claim(Claim {
                terminating_since: Some(now),
                ..claim
            }),
            17 => self.claims.retain(|claim| claim.ordinal != ordinal),
            18 => {
                let max_unavailable = Some(Limit::Count(ordinal));
                let partition = ordinal;
                let rolling = Rolling {
                    partition,
                    max_unavailable,
                };
                self.desired.strategy = Strategy::RollingUpdate(Some(rolling));
            }
            19 => self.desired.strategy = Strategy::OnDelete,
            20 => self.desired.min_ready = 1_000,
            21 => self.now += 600,
            22 => self.now -= 600,
            23 => self.desired.replicas = ordinal,
            24 => {
                let Policies {
                    ranked, excluded, ..
                } = &mut self.desired.policies;
                *ranked = [Ranked::Off, Ranked::Order][ordinal as usize % 2];
                *excluded = &EXCLUDED[..ordinal as usize / 2 % 2];
            }
            _ => {
                let deletion = [Deletion::No, Deletion::No, Deletion::WithPods];
                self.desired.deletion = deletion[ordinal as usize % 3];
                self.desired.update = [OLD, NEW][ordinal as usize % 2];
            }
        }
        self.parts.forget(ordinal);
    }

    fn agrees(&mut self) -> bool {
        let Self {
            desired,
            pods,
            claims,
            now,
            parts,
        } = self;
        let observed = Observed::pods(pods).with_claims(claims);
        let kept = plan_kept(desired, &observed, Some(parts), *now);
        let afresh = plan(desired, &observed, *now);
        if kept != afresh {
            println!("kept: {kept:#?}\nafresh: {afresh:#?}");
        }
        kept == afresh
    }
}

/// Half of all changes are where one part ends and the next one begins.
fn place(dice: u16) -> Ordinal {
    let ordinal = Ordinal::from(dice / 2) % ORDINALS;
    if dice.is_multiple_of(2) {
        return ordinal;
    }
    (ordinal / SPAN * SPAN + ordinal % 2).saturating_sub(1)
}

#[expect(clippy::needless_pass_by_value, reason = "what quickcheck hands over")]
fn agrees(standalone: bool, parallel: bool, steps: Vec<(u16, u8)>) -> bool {
    let profile = [Profile::UPSTREAM, Profile::STANDALONE][usize::from(standalone)];
    let management = [Management::OrderedReady, Management::Parallel][usize::from(parallel)];
    let mut model = Model::new(profile, management);
    model.agrees()
        && steps.iter().all(|&(ordinal, what)| {
            model.step(place(ordinal), what);
            model.agrees()
        })
}

#[test]
fn what_is_kept_changes_no_plan() {
    let property: fn(bool, bool, Vec<(u16, u8)>) -> bool = agrees;
    let number = |name: &str| std::env::var(name).ok().and_then(|it| it.parse().ok());
    let dice = Gen::from_size_and_seed(60, number("SEED").unwrap_or(1));
    QuickCheck::new()
        .rng(dice)
        .tests(number("CASES").unwrap_or(60))
        .quickcheck(property);
}

/// Of a set that waits for its rollout, one look at each part is enough.
#[test]
fn only_a_part_that_has_changed_is_looked_at_again() {
    let mut model = Model::new(Profile::UPSTREAM, Management::OrderedReady);
    assert!(model.agrees());
    let ordinal = START + SPAN;
    let place = (ordinal - START) as usize;
    // Nobody is told of the first change, so it is not seen until there is another one near it.
    model.pods[place].ready = false;
    assert!(!model.agrees());
    model.step(ordinal + 1, 11);
    assert!(model.agrees());
}

/// Which volume a claim names that has none yet is said anew for each plan, and the caller does not call that a change.
#[test]
fn a_claim_without_a_volume_is_looked_at_in_each_plan() {
    let mut model = Model::new(Profile::STANDALONE, Management::Parallel);
    model.step(START, 14);
    assert!(model.agrees());
    model.claims[0].volume = Some(0); // There is none.
    assert!(model.agrees());
}

/// The first slots that need no look are counted across parts only as far as they are neighbours.
#[test]
fn a_gap_between_two_parts_is_seen() {
    for ordinal in [2 * SPAN - 1, 2 * SPAN] {
        let mut model = Model::new(Profile::UPSTREAM, Management::OrderedReady);
        assert!(model.agrees());
        model.step(ordinal, 12);
        assert!(model.agrees());
    }
}

/// Another list of excluded ordinals makes other slots of pods that have not changed.
#[test]
fn other_exclusions_are_seen() {
    let mut model = Model::new(Profile::UPSTREAM, Management::Parallel);
    assert!(model.agrees());
    model.desired.policies.excluded = &EXCLUDED;
    assert!(model.agrees());
}

/// Carries out each plan until there is nothing more to do. A pod that is made is not ready before the next plan but one.
fn live(model: &mut Model) {
    for _ in 0..10 * REPLICAS {
        assert!(model.agrees());
        let starting = model.pods.iter().find(|pod| !pod.ready);
        if let Some(&pod) = starting {
            model.put_pod(Pod { ready: true, ..pod });
            model.parts.forget(pod.ordinal);
            continue;
        }
        let observed = Observed::pods(&model.pods).with_claims(&model.claims);
        let plan = plan(&model.desired, &observed, model.now).expect("a plan");
        if plan.deeds().next().is_none() {
            return;
        }
        for action in plan.deeds() {
            let ordinal = action.ordinal;
            match action.what {
                Do::CreatePod { revision } => {
                    let pod = Pod::running(ordinal, revision);
                    model.put_pod(Pod {
                        ready: false,
                        ..pod
                    });
                }
                Do::CreateClaim { template } => model.put_claim(Claim::bound(ordinal, template)),
                Do::DeletePod { .. } => model.pods.retain(|pod| pod.ordinal != ordinal),
                other => panic!("{other:?}"),
            }
            model.parts.forget(ordinal);
        }
    }
    panic!("there is always something to do");
}

#[test]
fn a_whole_life_is_planned_the_same() {
    for management in [Management::OrderedReady, Management::Parallel] {
        let mut model = Model::new(Profile::UPSTREAM, management);
        live(&mut model);
        assert!(model.pods.iter().all(|pod| pod.revision == NEW));
        for replicas in [0, REPLICAS] {
            model.desired.replicas = replicas;
            live(&mut model);
            assert_eq!(model.pods.len(), replicas as usize);
        }
    }
}
