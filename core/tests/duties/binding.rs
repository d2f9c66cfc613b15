//! Which volume a claim is bound to (rules B).

use statefulset::{
    Binding, Claim, ClaimPhase, Desired, Do, Observed, Phase, Pod, Reach, Reserved, Volume,
    VolumePhase,
};

use super::{A, READY, WWW, deeds, standalone};

#[test]
fn claims_get_the_smallest_volume_that_fits_and_reserved_ones_first() {
    let desired = Desired {
        templates: WWW,
        ..standalone(1)
    };
    let pods = [Pod {
        phase: Phase::Pending,
        ready: false,
        ..Pod::running(0, A)
    }];
    let claims = [Claim {
        phase: ClaimPhase::Pending,
        request: 10,
        class: 7,
        ..Claim::bound(0, 0)
    }];
    let bound = |volumes: &[Volume]| {
        let observed = Observed {
            volumes: Some(volumes),
            ..Observed::pods(&pods).with_claims(&claims)
        };
        deeds(&desired, &observed)
            .into_iter()
            .find_map(|what| match what {
                Do::BindClaim { volume, .. } => Some(volume),
                _ => None,
            })
    };
    let fits = Volume::available(10, 7);
    assert_eq!(
        bound(&[Volume::available(30, 7), fits, Volume::available(20, 7)]),
        Some(1)
    );
    assert_eq!(bound(&[Volume::available(9, 7)]), None, "too small");
    assert_eq!(bound(&[Volume::available(10, 8)]), None, "another class");
    assert_eq!(
        bound(&[Volume {
            phase: VolumePhase::Released,
            ..fits
        }]),
        None,
        "used by an earlier claim"
    );
    assert_eq!(
        bound(&[Volume {
            terminating: true,
            ..fits
        }]),
        None,
        "going"
    );
    assert_eq!(bound(&[Volume { matches: 0, ..fits }]), None, "labels");
    assert_eq!(
        bound(&[Volume {
            reserved: Reserved::Other,
            ..fits
        }]),
        None,
        "somebody else's"
    );
    let reserved = Volume {
        reserved: Reserved::Claim(0),
        class: 8,
        phase: VolumePhase::Pending,
        ..Volume::available(99, 7)
    };
    assert_eq!(
        bound(&[fits, reserved]),
        Some(1),
        "reserved for the claim: class and phase are not asked"
    );
}

/// Nodes 0 and 1 are one zone, nodes 2 and 3 another; node 3 is in a third one, too.
const ZONES: [Reach; 6] = [
    Reach { group: 8, node: 3 },
    Reach { group: 7, node: 0 },
    Reach { group: 8, node: 2 },
    Reach { group: 7, node: 1 },
    Reach { group: 9, node: 3 },
    Reach { group: 7, node: 0 },
];

/// The volume that is bound to a claim whose volume is chosen on a node.
fn bound_on(node: Option<u32>, volumes: &[Volume], knows_nodes: bool) -> Option<u32> {
    let desired = Desired {
        templates: WWW,
        ..standalone(1)
    };
    let pods = [Pod {
        phase: Phase::Pending,
        ready: false,
        ..Pod::running(0, A)
    }];
    let claims = [Claim {
        phase: ClaimPhase::Pending,
        binding: Binding::WaitForFirstConsumer,
        node: node.filter(|_| knows_nodes),
        request: 10,
        ..Claim::bound(0, 0)
    }];
    let observed = Observed {
        volumes: Some(volumes),
        nodes: knows_nodes.then_some(&[READY; 5]),
        reach: if knows_nodes { &ZONES } else { &[] },
        ..Observed::pods(&pods)
    };
    let bound = |what| match what {
        Do::BindClaim { claim: 0, volume } => volume,
        other => panic!("{other:?}"),
    };
    let deeds = deeds(&desired, &observed.with_claims(&claims));
    assert!(deeds.len() < 2, "{deeds:?}");
    deeds.into_iter().map(bound).next()
}

#[test]
fn a_claim_that_waits_for_its_pod_is_bound_where_the_pod_goes() {
    let of = |group, capacity| Volume {
        reach: Some(group),
        ..Volume::available(capacity, 0)
    };
    let zonal = [of(7, 10), of(8, 20), of(6, 10)];
    for (node, volume) in [
        (None, None),
        (Some(0), Some(0)),
        (Some(1), Some(0)),
        (Some(2), Some(1)),
        (Some(3), Some(1)),
        (Some(4), None),
    ] {
        assert_eq!(bound_on(node, &zonal, true), volume, "pod on {node:?}");
    }
    assert_eq!(bound_on(Some(0), &zonal, false), None, "nodes not known");
    // From a node of two zones the smallest of both; what is everywhere is near, too.
    let sizes = [of(8, 30), of(9, 20), of(7, 10)];
    assert_eq!(bound_on(Some(3), &sizes, true), Some(1));
    assert_eq!(bound_on(Some(2), &sizes, true), Some(0));
    let anywhere = [of(7, 10), Volume::available(20, 0)];
    assert_eq!(bound_on(Some(4), &anywhere, true), Some(1));
    // Reserved, and out of reach: no other will do.
    let own = Volume {
        reserved: Reserved::Claim(0),
        ..of(7, 10)
    };
    assert_eq!(bound_on(Some(1), &[own, of(8, 10)], true), Some(0));
    assert_eq!(bound_on(Some(2), &[own, of(8, 10)], true), None);
}
