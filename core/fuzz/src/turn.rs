//! A controller's turn: plan, send, take in how it went.

use std::collections::BTreeSet;

use libfuzzer_sys::arbitrary::{Result, Unstructured};
use statefulset::kubernetes::{
    Cluster, Evidence, Key, Method, Outcome, PATIENCE, Request, Requests,
};
use statefulset::{Version, kubernetes::Tail};

/// Carries out what is due now. Each answer of the API server comes from the bytes.
///
/// # Panics
///
/// If a plan is not the same when it is asked for twice, or creates one pod twice.
pub fn all_due(cluster: &mut Cluster, now: i64, bytes: &mut Unstructured) -> Result<()> {
    for set in cluster.take_due(now).sets {
        let Ok(plan) = cluster.plan(&set, now) else {
            continue;
        };
        let again = cluster
            .plan(&set, now)
            .expect("what was planned can be planned");
        assert_eq!(
            plan.requests, again.requests,
            "the same question, another answer"
        );
        creates_each_pod_once(&plan);
        let outcomes = answers(&plan.requests, bytes, |index, so_far| {
            cluster.may_try(&set, plan.id, index, so_far)
        })?;
        let tail: Tail = cluster.finish(&set, plan.id, &outcomes, now);
        let outcomes = answers(&tail.requests, bytes, |index, so_far| {
            cluster.may_try(&set, plan.id, index, so_far)
        })?;
        cluster.settle(&set, plan.id, &outcomes, now);
    }
    Ok(())
}

/// Asks everything that may be asked about a set.
pub fn ask(
    cluster: &Cluster,
    set: &Key,
    evidence: &Evidence,
    now: i64,
    bytes: &mut Unstructured,
) -> Result<()> {
    let _ = cluster.explain(set, now);
    if let Ok(found) = cluster.diagnose(set, evidence, now, PATIENCE) {
        let _ = found.to_string();
    }
    let (from, to) = (*bytes.choose(&Version::ALL)?, *bytes.choose(&Version::ALL)?);
    let _ = cluster.upgrade(set, from, to, now);
    Ok(())
}

fn creates_each_pod_once(plan: &Requests) {
    let mut names = BTreeSet::new();
    for request in &plan.requests {
        if request.method == Method::Post && request.path.ends_with("/pods") {
            let name = name_of(request);
            assert!(names.insert(name.clone()), "{name} is created twice");
        }
    }
}

fn name_of(request: &Request) -> String {
    let body: serde_json::Value = serde_json::from_slice(&request.body).expect("a body is JSON");
    body["metadata"]["name"]
        .as_str()
        .expect("a pod has a name")
        .to_owned()
}

fn answers(
    requests: &[Request],
    bytes: &mut Unstructured,
    may_try: impl Fn(usize, &[Outcome]) -> bool,
) -> Result<Vec<Outcome>> {
    let mut outcomes = Vec::new();
    for index in 0..requests.len() {
        let outcome = if may_try(index, &outcomes) {
            answer(bytes)?
        } else {
            Outcome::NotTried
        };
        outcomes.push(outcome);
    }
    Ok(outcomes)
}

fn answer(bytes: &mut Unstructured) -> Result<Outcome> {
    Ok(match bytes.int_in_range(0..=9)? {
        0 => Outcome::NotFound,
        1 => Outcome::AlreadyExists,
        2 => Outcome::Conflict,
        3 => Outcome::Invalid("the server's reason".into()),
        4 => Outcome::Failed("the connection was reset".into()),
        5 => Outcome::of_response(bytes.arbitrary()?, bytes.arbitrary::<&str>()?.as_bytes()),
        _ => Outcome::Done {
            resource_version: bytes.int_in_range(1..=300)?.to_string(),
        },
    })
}
