//! Neighbouring versions of Kubernetes decide otherwise only where the table of switches says so, and everywhere where it
//! does (rules, C-8, E-3, O-1, S-4, U-3, U-4).

use std::collections::BTreeMap;
use std::env;

use quickcheck::{Arbitrary, Gen};
use statefulset::{
    Desired, Do, Management, Observed, OwnerRef, Phase, Plan, PlanError, Problem, Profile, Reason,
    Revision, Rolling, Strategy, Version, plan,
};
use statefulset_cases::Case;

/// What may be different between the plans of two versions.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Switch {
    /// Against what an update is complete.
    Goal,
    /// Which strategies complete an update.
    Completion,
    /// How claims are owned.
    Owners,
    /// Whether availability decides, and from when on a pod is available.
    Health,
    /// How unavailable pods are counted.
    Budget,
    /// Whether a pod that is not found has been deleted.
    Gone,
    /// Whether condemned pods come first.
    Order,
    /// Whether `Recreate` is carried out.
    Recreate,
}

/// What changed in the version after this one.
const fn changes_after(version: Version) -> &'static [Switch] {
    match version {
        Version::V1_28_0 => &[Switch::Goal],
        Version::V1_28_4 => &[Switch::Owners],
        Version::V1_33 => &[Switch::Health],
        // The feature gate is on in the patches between.
        Version::V1_34 | Version::V1_35_0 => &[Switch::Budget],
        Version::V1_35 => &[Switch::Gone],
        Version::V1_36 => &[Switch::Completion, Switch::Budget],
        Version::V1_37 => &[Switch::Order, Switch::Budget, Switch::Recreate],
        _ => &[],
    }
}

/// Whether a difference between two plans for this case may come from this switch.
fn explains(switch: Switch, case: &Case) -> bool {
    let desired = &case.desired;
    let rolls = matches!(desired.strategy, Strategy::RollingUpdate(_));
    let condemned = |pod: &statefulset::Pod| {
        pod.ordinal < desired.start || pod.ordinal - desired.start >= desired.replicas
    };
    match switch {
        Switch::Completion => desired.strategy == Strategy::OnDelete,
        Switch::Owners => case.claims.iter().flatten().any(|claim| {
            let odd = |owner| matches!(owner, OwnerRef::Plain | OwnerRef::OtherUid);
            odd(claim.set_owner) || odd(claim.pod_owner) || claim.foreign_controller
                // The pod that a reference names may be gone.
                || claim.pod_owner != OwnerRef::Absent
        }),
        Switch::Health => {
            let phantom = |pod: &statefulset::Pod| pod.ready && pod.phase != Phase::Running;
            desired.min_ready > 0 || case.pods.iter().any(phantom)
        }
        Switch::Goal | Switch::Budget => rolls,
        Switch::Gone => case
            .pods
            .iter()
            .any(|pod| condemned(pod) || pod.is_terminal()),
        Switch::Order => {
            desired.management == Management::Parallel && case.pods.iter().any(condemned)
        }
        Switch::Recreate => desired.strategy == Strategy::Recreate,
    }
}

/// The plan of the case's moment under a version's own defaults.
fn plan_under(version: Version, case: &Case) -> Plan {
    let desired = Desired {
        profile: case.desired.profile.following(version),
        ..case.desired.clone()
    };
    plan(&desired, &case.observed(), case.now).expect("a valid case")
}

#[test]
fn neighbours_differ_only_where_the_table_says_so_and_everywhere_where_it_does() {
    let mut met: BTreeMap<(Version, Switch), u32> = BTreeMap::new();
    let number = |name| env::var(name).ok().map(|text| text.parse().expect(name));
    let (seed, cases) = (
        number("SEED").unwrap_or(1),
        number("CASES").unwrap_or(40_000),
    );
    let mut g = Gen::from_size_and_seed(8, seed);
    for _ in 0..cases {
        // Policies are not in the table: the naive planner knows what each version makes of them.
        let case = Case::arbitrary(&mut g).without_policies();
        let plans = Version::ALL.map(|version| plan_under(version, &case));
        for (pair, plans) in Version::ALL.windows(2).zip(plans.windows(2)) {
            if plans[0] == plans[1] {
                continue;
            }
            let reasons: Vec<Switch> = changes_after(pair[0])
                .iter()
                .copied()
                .filter(|&switch| explains(switch, &case))
                .collect();
            assert!(
                !reasons.is_empty(),
                "{} and {} differ without a reason, seed {seed}:\n{case:?}\n{:?}\n{:?}",
                pair[0],
                pair[1],
                plans[0],
                plans[1]
            );
            // Where two switches may be the reason, neither of them counts as met.
            if let [only] = reasons[..] {
                *met.entry((pair[0], only)).or_default() += 1;
            }
        }
    }
    for version in Version::ALL {
        for &switch in changes_after(version) {
            let times = met.get(&(version, switch)).copied().unwrap_or(0);
            assert!(
                times >= 10,
                "{version}, {switch:?}: met only {times} times, seed {seed}"
            );
        }
    }
}

#[test]
fn a_gate_that_a_version_does_not_have_is_refused() {
    let latest = Profile::UPSTREAM;
    let lacks = |profile: Profile| {
        let desired = Desired {
            profile,
            ..Desired::new("web", 1, Revision(1))
        };
        plan(&desired, &Observed::pods(&[]), 0).err()
    };
    for (since, field, profile) in [
        (
            Version::V1_37,
            "profile.recreate",
            Profile {
                recreate: true,
                ..latest
            },
        ),
        (
            Version::V1_34,
            "profile.semantic_revisions",
            Profile {
                recreate: false,
                read_your_writes: false,
                ..latest
            },
        ),
        (
            Version::V1_36,
            "profile.read_your_writes",
            Profile {
                recreate: false,
                semantic_revisions: false,
                ..latest
            },
        ),
    ] {
        for kubernetes in Version::ALL {
            let error = lacks(Profile {
                kubernetes,
                ..profile
            });
            let expected = (kubernetes < since).then_some((field, Problem::NoSuchGate));
            let found = error.map(|PlanError { field, problem, .. }| (field, problem));
            assert_eq!(found, expected, "{kubernetes}");
        }
    }
    let error = lacks(Profile {
        kubernetes: Version::V1_33,
        ..latest
    });
    assert_eq!(
        error.map(|error| error.to_string()).as_deref(),
        Some(
            "desired[0].profile.semantic_revisions: is on, and the profile's version of Kubernetes does not have this feature gate"
        )
    );
}

/// The stuck sets of 1.35.0: in `Parallel` all pods are old and broken, and the budget lets none of them go.
#[test]
fn a_broken_parallel_set_is_stuck_under_1_35_0_alone() {
    let (old, new) = (Revision(1), Revision(2));
    let pods = [0, 1, 2].map(|ordinal| statefulset::Pod {
        ready: false,
        ..statefulset::Pod::running(ordinal, old)
    });
    let deleted = |version| {
        let desired = Desired {
            current: old,
            management: Management::Parallel,
            strategy: Strategy::RollingUpdate(Some(Rolling::DEFAULT)),
            profile: Profile::upstream(version),
            ..Desired::new("web", 3, new)
        };
        let plan = plan(&desired, &Observed::pods(&pods), 0).expect("a plan");
        let rolled = plan.deeds().filter(|action| {
            action.reason == Reason::Rollout && matches!(action.what, Do::DeletePod { .. })
        });
        rolled.count()
    };
    for (version, expected) in [
        (Version::V1_33, 1),
        (Version::V1_34, 1),
        (Version::V1_35_0, 0),
        (Version::V1_35, 1),
        (Version::V1_37, 3),
        (Version::V1_38, 3),
    ] {
        assert_eq!(deleted(version), expected, "{version}");
    }
}
