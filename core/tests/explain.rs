//! What explanations call the things that they are about.

use statefulset::{
    Claim, ClaimPhase, ClaimTemplate, Deletion, Desired, NO_ORDINAL, Observed, Phase, Pod, Profile,
    Revision, Volume, explain, plan,
};

const A: Revision = Revision(1);
const NOW: i64 = 600_000;
const WWW: &[ClaimTemplate] = &[ClaimTemplate { name: "www" }];

fn said(desired: &Desired, observed: &Observed) -> String {
    let plan = plan(desired, observed, NOW).expect("a valid input");
    explain(desired, observed, &plan, NOW).to_string()
}

/// A pod whose number is too large for an ordinal is one of the set all the same.
#[test]
fn what_has_no_ordinal_is_not_given_one() {
    let odd = Pod::running(NO_ORDINAL, A);
    let desired = Desired {
        profile: Profile::STANDALONE,
        ..Desired::new("web", 1, A)
    };
    // Actions on the set itself have no ordinal, either.
    let hold = said(&desired, &Observed::pods(&[Pod::running(0, A)]));
    assert!(hold.contains("web: add the finalizer"), "{hold}");
    let going = Desired {
        deletion: Deletion::WithPods,
        finalizer_held: true,
        ..desired
    };
    let release = said(&going, &Observed::pods(&[]));
    assert!(release.contains("web: remove the finalizer"), "{release}");
    let last = said(&going, &Observed::pods(&[odd]));
    let nameless = "a pod of web whose number exceeds 2147483647";
    assert!(last.contains(nameless), "{last}");
    let leaver = Pod {
        terminating_since: Some(NOW),
        ..odd
    };
    let waits = said(&going, &Observed::pods(&[leaver]));
    let leaving = format!(
        "{nameless}: not deleted yet: the pod is terminating and must be gone first (for 0 ms)"
    );
    assert_eq!(waits, leaving);
    let both = said(&going, &Observed::pods(&[Pod::running(0, A), leaver]));
    assert_eq!(
        both,
        format!("web-0: not shut down yet: {nameless} comes first and must be gone\n{leaving}")
    );
    let upstream = Desired {
        profile: Profile::UPSTREAM,
        ..going.clone()
    };
    assert_eq!(
        said(&upstream, &Observed::pods(&[odd])),
        format!(
            "{nameless}: not shut down yet: the set is being deleted; the garbage collector deletes the pods"
        )
    );
    for text in [hold, release, last, waits, both] {
        assert!(!text.contains("4294967295"), "{text}");
    }
}

/// Where the lists are not those that the plan was made from, an entry may be missing.
#[test]
fn what_is_not_in_the_list_is_called_by_its_number() {
    let starting = Pod {
        phase: Phase::Pending,
        ready: false,
        ready_since: None,
        ..Pod::running(0, A)
    };
    let claim = Claim {
        phase: ClaimPhase::Pending,
        request: 100,
        ..Claim::bound(0, 0)
    };
    let desired = Desired {
        templates: WWW,
        profile: Profile::STANDALONE,
        finalizer_held: true,
        ..Desired::new("web", 1, A)
    };
    let (pods, claims) = ([starting], [claim]);
    let volumes = [Volume::available(100, 0)];
    let elsewhere = |desired: &Desired, observed: &Observed| {
        let plan = plan(desired, observed, NOW).expect("a valid input");
        explain(desired, &Observed::pods(&[]), &plan, NOW).to_string()
    };
    let observed = Observed {
        volumes: Some(&volumes),
        ..Observed::pods(&pods).with_claims(&claims)
    };
    assert_eq!(
        elsewhere(&desired, &observed),
        "web-0: bind claim number 0 to volume number 0: it fits best"
    );
    let observed = Observed {
        volumes: Some(&[]),
        ..observed
    };
    assert_eq!(
        elsewhere(&desired, &observed),
        "web-0: not available yet: the pod has not started; claim number 0 is not bound to a volume; no volume fits it; \
         add one that is large enough, or a provisioner"
    );
    let two = [Pod::running(0, A), Pod::running(1, A)];
    let ends = Desired {
        deletion: Deletion::WithPods,
        ..desired.clone()
    };
    assert_eq!(
        elsewhere(&ends, &Observed::pods(&two).with_claims(&[])),
        "web-1: delete the pod: the set is shut down in order\n\
         web-0: not shut down yet: pod number 1 comes first and must be gone"
    );
    let none = Observed::pods(&[]).with_claims(&[]);
    let plan = plan(&desired, &none, NOW).expect("a valid input");
    let bare = Desired {
        templates: &[],
        ..desired
    };
    let told = explain(&bare, &none, &plan, NOW).to_string();
    assert_eq!(
        told.lines().next(),
        Some("web-0: create the claim of template number 0: it is missing")
    );
}
