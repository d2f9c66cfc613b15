//! What `standalone` does beyond Kubernetes' own controller, and above all what it must never do (rules B, N, L).

mod binding;
mod drain;
mod lost;

use statefulset::{
    ClaimTemplate, Desired, Do, Node, NodeState, Observed, Pod, Profile, Revision, explain, plan,
};

const A: Revision = Revision(1);
const B: Revision = Revision(2);
const NOW: i64 = 1_000_000;
const GRACE: i64 = 300_000;
const WWW: &[ClaimTemplate] = &[ClaimTemplate { name: "www" }];
const READY: Node = Node {
    state: NodeState::Ready,
    cordoned: false,
    draining: false,
    since: Some(0),
};

fn standalone(replicas: u32) -> Desired<'static> {
    Desired {
        profile: Profile::STANDALONE,
        finalizer_held: true,
        ..Desired::new("web", replicas, A)
    }
}

fn on(node: u32, ordinal: u32) -> Pod {
    Pod {
        node: Some(node),
        ..Pod::running(ordinal, A)
    }
}

fn deeds(desired: &Desired, observed: &Observed) -> Vec<Do> {
    plan(desired, observed, NOW)
        .expect("a valid input")
        .deeds()
        .map(|action| action.what)
        .collect()
}

fn said(desired: &Desired, observed: &Observed) -> String {
    let plan = plan(desired, observed, NOW).expect("a valid input");
    explain(desired, observed, &plan, NOW).to_string()
}
