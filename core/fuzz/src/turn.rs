//! A controller's turn: plan, send, take in how it went.

use libfuzzer_sys::arbitrary::{Result, Unstructured};
use serde_json::Value;
use statefulset::Version;
use statefulset::kubernetes::{
    Cluster, Diagnosis, Evidence, Key, ObjectError, Outcome, PATIENCE, PlanId, Request,
};

use crate::shown::Shown;

/// Carries out what is due now. Each answer of the API server comes from the bytes.
///
/// # Panics
///
/// If a plan is not the same when it is asked for twice, or is about objects that nobody has shown.
pub fn all_due(
    cluster: &mut Cluster,
    shown: &Shown,
    now: i64,
    bytes: &mut Unstructured,
) -> Result<()> {
    for set in cluster.take_due(now).sets {
        let plan = cluster
            .plan(&set, now)
            .expect("a set that is due can be planned");
        let again = cluster
            .plan(&set, now)
            .expect("what was planned can be planned");
        assert_eq!(plan, again, "the same question, another answer");
        assert_eq!(plan.id.to_string().parse::<PlanId>(), Ok(plan.id));
        assert_eq!(plan.waits.len(), plan.blockers.len());
        as_json(&plan);
        shown.judge(&plan.requests);
        let outcomes = answers(&plan.requests, bytes, |index, so_far| {
            cluster.may_try(&set, plan.id, index, so_far)
        })?;
        let concluded = cluster.conclude(&set, plan.id, &outcomes, now);
        let tail = cluster.finish(&set, plan.id, &outcomes, now);
        assert_eq!(concluded, tail, "the same outcomes, another end");
        as_json(&tail);
        let outcomes = answers(&tail.requests, bytes, |index, so_far| {
            cluster.may_try(&set, plan.id, index, so_far)
        })?;
        cluster.settle(&set, plan.id, &outcomes, now);
    }
    let _ = cluster.awaited();
    Ok(())
}

/// Asks everything that may be asked about a set.
///
/// # Panics
///
/// If an answer is not the same when it is asked for twice.
pub fn ask(
    cluster: &Cluster,
    set: &Key,
    evidence: &Evidence,
    now: i64,
    bytes: &mut Unstructured,
) -> Result<std::result::Result<Diagnosis, ObjectError>> {
    assert_eq!(cluster.explain(set, now), cluster.explain(set, now));
    let found = cluster.diagnose(set, evidence, now, PATIENCE);
    assert_eq!(found, cluster.diagnose(set, evidence, now, PATIENCE));
    if let Ok(found) = &found {
        let _ = found.to_string();
        as_json(found);
        for it in found.actions.iter().chain(&found.waits) {
            assert!(it.first <= it.last, "{it:?}");
        }
        for it in &found.causes {
            assert!(it.first <= it.last, "{it:?}");
        }
    }
    let (from, to) = (*bytes.choose(&Version::ALL)?, *bytes.choose(&Version::ALL)?);
    if let Ok(upgrade) = cluster.upgrade(set, from, to, now) {
        as_json(&upgrade);
        assert!(from != to || upgrade.changes.is_empty(), "{upgrade:?}");
    }
    Ok(found)
}

/// What is written can be read.
fn as_json(answer: &impl serde::Serialize) {
    let text = serde_json::to_string(answer).expect("an answer can be written");
    let _: Value = serde_json::from_str(&text).expect("an answer is JSON");
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
