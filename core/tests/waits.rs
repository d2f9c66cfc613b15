//! What the plan says when it does not do more (rules W-1 to W-4).

use statefulset::{
    Claim, ClaimPhase, ClaimTemplate, Deletion, Desired, GiveUp, Keep, MAX_ORDINAL, Management,
    Observed, Phase, Pod, Profile, Retention, Revision, Shutdown, Volume, explain, plan,
};

const A: Revision = Revision(1);
const B: Revision = Revision(2);
const NOW: i64 = 600_000;
const WWW: &[ClaimTemplate] = &[ClaimTemplate { name: "www" }];

fn said(desired: &Desired, observed: &Observed) -> String {
    let plan = plan(desired, observed, NOW).expect("a valid input");
    explain(desired, observed, &plan, NOW).to_string()
}

fn unready(ordinal: u32, revision: Revision) -> Pod {
    Pod {
        ready: false,
        ready_since: Some(NOW - 90_000),
        ..Pod::running(ordinal, revision)
    }
}

#[test]
fn a_set_at_its_goal_says_so() {
    let desired = Desired::new("web", 2, A);
    let pods = [Pod::running(0, A), Pod::running(1, A)];
    assert_eq!(
        said(&desired, &Observed::pods(&pods)),
        "web: up to date, nothing to do"
    );
}

#[test]
fn an_unbound_claim_is_named() {
    let desired = Desired {
        templates: WWW,
        ..Desired::new("web", 3, A)
    };
    let pods = [Pod {
        phase: Phase::Pending,
        ready: false,
        ready_since: None,
        ..Pod::running(0, A)
    }];
    let claims = [Claim {
        phase: ClaimPhase::Pending,
        request: 100,
        ..Claim::bound(0, 0)
    }];
    let observed = Observed::pods(&pods).with_claims(&claims);
    assert_eq!(
        said(&desired, &observed),
        "web-0: not available yet: the pod has not started; claim www-web-0 is not bound to a volume\n\
         web-1, web-2: not created yet: web-0 comes first"
    );
    let desired = Desired {
        profile: Profile::STANDALONE,
        finalizer_held: true,
        ..desired
    };
    let volumes = [Volume::available(99, 0)];
    let observed = Observed {
        volumes: Some(&volumes),
        ..observed
    };
    assert_eq!(
        said(&desired, &observed),
        "web-0: not available yet: the pod has not started; claim www-web-0 is not bound to a volume; no volume fits \
         it; add one that is large enough, or a provisioner\n\
         web-1, web-2: not created yet: web-0 comes first"
    );
    let volumes = [
        Volume::available(99, 0),
        Volume::available(300, 0),
        Volume::available(200, 0),
    ];
    let observed = Observed {
        volumes: Some(&volumes),
        ..observed
    };
    assert_eq!(
        said(&desired, &observed),
        "web-0: bind claim www-web-0 to volume number 2: it fits best\n\
         web-1, web-2: not created yet: web-0 comes first"
    );
}

#[test]
fn two_unhealthy_leavers_block_scale_in() {
    let desired = Desired::new("web", 1, A);
    let pods = [Pod::running(0, A), unready(1, A), unready(2, A)];
    assert_eq!(
        said(&desired, &Observed::pods(&pods)),
        "web-1: not deleted yet: web-2 comes first and must be gone\n\
         web-2: not deleted yet: the pod is not ready; it is unhealthy, and web-1, unhealthy too, must recover first; \
         delete one of them by hand (for 90 s)"
    );
}

#[test]
fn a_broken_revision_is_named_where_ordered_ready_is_stuck() {
    let desired = Desired {
        current: A,
        ..Desired::new("web", 3, B)
    };
    let pods = [
        Pod::running(0, A),
        Pod::running(1, A),
        unready(2, Revision(9)),
    ];
    assert_eq!(
        said(&desired, &Observed::pods(&pods)),
        "web-0, web-1: not at the update revision yet: web-2 comes first\n\
         web-2: not at the update revision yet: the pod is not ready; the pod is broken and OrderedReady never \
         replaces a broken pod; delete it by hand to bring it to the update revision (for 90 s)"
    );
}

#[test]
fn scale_in_waits_for_the_pods_that_stay() {
    let desired = Desired::new("web", 1, A);
    let pods = [unready(0, A), Pod::running(1, A), Pod::running(2, A)];
    assert_eq!(
        said(&desired, &Observed::pods(&pods)),
        "web-0: not available yet: the pod is not ready (for 90 s)\n\
         web-1, web-2: not deleted yet: scale-in waits until every desired pod is available; web-0 is not"
    );
}

#[test]
fn a_rollout_waits_for_what_is_unavailable() {
    let desired = Desired {
        current: A,
        management: Management::Parallel,
        ..Desired::new("web", 3, B)
    };
    let pods = [Pod::running(0, A), Pod::running(1, A), unready(2, B)];
    assert_eq!(
        said(&desired, &Observed::pods(&pods)),
        "web-0, web-1: not at the update revision yet: web-2 must be available first (maxUnavailable)\n\
         web-2: not available yet: the pod is not ready (for 90 s)"
    );
}

#[test]
fn time_that_ends_a_wait_is_told() {
    let desired = Desired {
        min_ready: 30_000,
        ..Desired::new("web", 2, A)
    };
    let young = Pod {
        ready_since: Some(NOW - 10_000),
        ..Pod::running(0, A)
    };
    let plan = plan(&desired, &Observed::pods(&[young]), NOW).expect("valid");
    assert_eq!(plan.next_wake, Some(NOW + 20_000));
    assert_eq!(
        explain(&desired, &Observed::pods(&[young]), &plan, NOW).to_string(),
        "web-0: not available yet: the pod has not been ready for long enough (20 s to go)\n\
         web-1: not created yet: web-0 comes first"
    );
    let ageless = Pod {
        ready_since: None,
        ..young
    };
    assert_eq!(
        said(&desired, &Observed::pods(&[ageless])).lines().next(),
        Some(
            "web-0: not available yet: the pod has not been ready for long enough; it does not say since when it is \
             ready, so minReadySeconds never ends by itself"
        )
    );
}

#[test]
fn a_terminating_claim_holds_its_slot_up() {
    let desired = Desired {
        templates: WWW,
        ..Desired::new("web", 2, A)
    };
    let claims = [Claim {
        terminating_since: Some(NOW - 5_000),
        ..Claim::bound(0, 0)
    }];
    assert_eq!(
        said(&desired, &Observed::pods(&[]).with_claims(&claims)),
        "web-0: not created yet: claim www-web-0 is terminating and must be gone before it can be created again (for 5 s)\n\
         web-1: not created yet: web-0 comes first"
    );
}

#[test]
fn two_thousand_million_empty_slots_are_one_wait() {
    let desired = Desired {
        replicas: MAX_ORDINAL,
        ..Desired::new("web", 0, A)
    };
    let pods = [unready(0, A)];
    assert_eq!(
        said(&desired, &Observed::pods(&pods)),
        "web-0: not available yet: the pod is not ready (for 90 s)\n\
         web-1 … web-2147483646: not created yet: web-0 comes first"
    );
}

#[test]
fn a_deleted_set_says_who_takes_its_pods_away() {
    let pods = [Pod::running(0, A), Pod::running(1, A)];
    let upstream = Desired {
        deletion: Deletion::WithPods,
        ..Desired::new("web", 2, A)
    };
    assert_eq!(
        said(&upstream, &Observed::pods(&pods)),
        "web-0, web-1: not shut down yet: the set is being deleted; the garbage collector deletes the pods"
    );
    let profile = Profile {
        shutdown: Shutdown::Ordered,
        ..Profile::UPSTREAM
    };
    let ordered = Desired {
        profile,
        finalizer_held: true,
        ..upstream
    };
    assert_eq!(
        said(&ordered, &Observed::pods(&pods)),
        "web-1: delete the pod: the set is shut down in order\n\
         web-0: not shut down yet: web-1 comes first and must be gone"
    );
    assert_eq!(
        said(&ordered, &Observed::pods(&[])),
        "web: remove the finalizer: nothing is left to shut down"
    );
    let orphan = Desired {
        deletion: Deletion::Orphan,
        ..ordered
    };
    assert_eq!(
        said(&orphan, &Observed::pods(&pods)),
        "web: remove the finalizer: nothing is left to shut down"
    );
}

#[test]
fn claims_are_given_up_only_by_policy_and_after_their_pods() {
    let profile = Profile {
        give_up: GiveUp::Delete,
        ..Profile::STANDALONE
    };
    let base = Desired {
        templates: WWW,
        profile,
        finalizer_held: true,
        ..Desired::new("web", 1, A)
    };
    let claims = [Claim::bound(0, 0), Claim::bound(1, 0)];
    let both = [Pod::running(0, A), Pod::running(1, A)];
    let scaled = Retention {
        when_scaled: Keep::Delete,
        when_deleted: Keep::Retain,
    };
    let deleted = Retention {
        when_scaled: Keep::Retain,
        when_deleted: Keep::Delete,
    };
    let at =
        |desired: &Desired, pods: &[Pod]| said(desired, &Observed::pods(pods).with_claims(&claims));

    let scaling = Desired {
        retention: scaled,
        ..base.clone()
    };
    assert_eq!(
        at(&scaling, &both),
        "web-1: delete the pod: it is no longer desired"
    );
    assert_eq!(
        at(&scaling, &both[..1]),
        "web-1: delete claim www-web-1: the retention policy says to delete it"
    );
    assert_eq!(
        at(
            &Desired {
                retention: deleted,
                ..base.clone()
            },
            &both[..1]
        ),
        "web: up to date, nothing to do"
    );

    let shutting = Desired {
        deletion: Deletion::WithPods,
        ..base
    };
    assert_eq!(
        at(
            &Desired {
                retention: scaled,
                ..shutting.clone()
            },
            &[]
        ),
        "web: remove the finalizer: nothing is left to shut down"
    );
    assert_eq!(
        at(
            &Desired {
                retention: deleted,
                ..shutting
            },
            &[]
        ),
        "web-0: delete claim www-web-0: the retention policy says to delete it\n\
         web-1: delete claim www-web-1: the retention policy says to delete it"
    );
}
