//! What is written on pods: questions and answers, holds, and the wish to have a pod replaced (rules Y-8 to Y-10).

use statefulset::kubernetes::{
    HOLD_ANNOTATION, Method, PREPARE_ANNOTATION, PREPARED_ANNOTATION, REPLACE_ANNOTATION,
};

use super::*;

/// Four parallel pods, of which one is too many, and a program that is asked before one goes.
fn leaving(annotations: &[(&str, &str)]) -> World {
    let set = asking(&json!({"ask": ["ScaleIn"]}));
    marked(&set, annotations)
}

fn marked(set: &Value, annotations: &[(&str, &str)]) -> World {
    let (mut world, revision) = World::with_profile(ANNOTATED, set);
    for ordinal in 0..4 {
        let mut pod = pod(&format!("web-{ordinal}"), &revision);
        if ordinal == 3 {
            for (name, text) in annotations {
                pod["metadata"]["annotations"][*name] = (*text).into();
            }
        }
        world.see(Kind::Pod, &pod);
    }
    world
}

const LEAVE: &str = "leave 2026-11-30T07:01:00.25Z";
const STAY: &str = "stay 2026-11-30T07:02:00Z";

#[test]
fn the_question_is_written_on_the_pod_as_it_was_seen() {
    let world = leaving(&[]);
    let plan = world.plan();
    let [request] = &plan.requests[..] else {
        panic!("{:?}", world.lines());
    };
    assert_eq!(request.method, Method::Patch);
    assert!(request.path.ends_with("/pods/web-3"), "{}", request.path);
    assert_eq!(request.content_type, "application/merge-patch+json");
    let metadata = &body(request)["metadata"];
    let seen = pod("web-3", "")["metadata"].clone();
    assert_eq!(metadata["uid"], seen["uid"]);
    assert!(metadata["resourceVersion"].is_string());
    let question = metadata["annotations"][PREPARE_ANNOTATION].as_str();
    let question = question.expect("a question");
    assert!(question.starts_with("leave "), "{question}");
}

#[test]
fn a_pod_goes_once_the_question_is_answered() {
    let asked = (PREPARE_ANNOTATION, LEAVE);
    for (annotations, expected) in [
        (&[asked][..], &[][..]),
        (&[asked, (PREPARED_ANNOTATION, LEAVE)], &["web-3"]),
        // The answer to an earlier question is none.
        (
            &[asked, (PREPARED_ANNOTATION, "leave 2026-11-29T07:01:00Z")],
            &[],
        ),
        (
            &[
                asked,
                (HOLD_ANNOTATION, "ScaleIn"),
                (PREPARED_ANNOTATION, LEAVE),
            ],
            &[],
        ),
    ] {
        let world = leaving(annotations);
        assert_eq!(deleted(&world), expected, "{annotations:?}");
    }
}

#[test]
fn a_pod_that_stays_is_told_so_and_is_back_once_it_answers() {
    let mut set = asking(&json!({"ask": ["ScaleIn"]}));
    set["spec"]["replicas"] = 4.into();
    let world = marked(&set, &[(PREPARE_ANNOTATION, LEAVE)]);
    let plan = world.plan();
    let [request] = &plan.requests[..] else {
        panic!("{:?}", world.lines());
    };
    let text = body(request)["metadata"]["annotations"][PREPARE_ANNOTATION].clone();
    assert!(
        text.as_str().is_some_and(|it| it.starts_with("stay ")),
        "{text}"
    );
    let gates = |world: &World| -> Vec<String> {
        let plan = world.plan();
        let waits = plan.waits.iter().filter_map(|it| match it.what {
            statefulset::Do::Wait(wait) => Some(wait.gates.to_string()),
            _ => None,
        });
        waits.collect()
    };
    let world = marked(&set, &[(PREPARE_ANNOTATION, STAY)]);
    assert_eq!(gates(&world), ["preparing"]);
    let world = marked(
        &set,
        &[(PREPARE_ANNOTATION, STAY), (PREPARED_ANNOTATION, STAY)],
    );
    assert_eq!(gates(&world), [""; 0]);
}

#[test]
fn pods_are_replaced_on_request_and_marks_mean_nothing_to_kubernetes() {
    let mut set = asking(&json!({"ask": ["Repair"]}));
    set["spec"]["replicas"] = 4.into();
    let world = marked(&set, &[(REPLACE_ANNOTATION, "true")]);
    assert_eq!(deleted(&world), ["web-3"]);
    let (mut plain, revision) = World::with_profile(Profile::UPSTREAM, &set);
    let kruise = Profile::KRUISE;
    let (mut theirs, _) = World::with_profile(kruise, &set);
    for ordinal in 0..4 {
        let mut pod = pod(&format!("web-{ordinal}"), &revision);
        pod["metadata"]["annotations"] =
            json!({REPLACE_ANNOTATION: "true", HOLD_ANNOTATION: "All"});
        plain.see(Kind::Pod, &pod);
        if ordinal == 2 {
            pod["metadata"]["labels"]["apps.kruise.io/specified-delete"] = "true".into();
        }
        theirs.see(Kind::Pod, &pod);
    }
    assert_eq!(deleted(&plain), [""; 0]);
    assert_eq!(deleted(&theirs), ["web-2"]);
}

#[test]
fn what_cannot_be_understood_lets_nothing_go_and_is_told() {
    for annotation in [(HOLD_ANNOTATION, "scale-in"), (PREPARE_ANNOTATION, "wait")] {
        let mut set = asking(&json!({"ask": ["Rollout"]}));
        set["spec"]["replicas"] = 4.into();
        let mut world = marked(&set, &[annotation, (REPLACE_ANNOTATION, "true")]);
        assert_eq!(deleted(&world), [""; 0], "{annotation:?}");
        let found = world
            .cluster
            .diagnose(&key(), &Evidence::new(), NOW, PATIENCE)
            .unwrap();
        let cause = found
            .causes
            .iter()
            .find(|it| it.name == CauseName::MarkUnreadable);
        assert!(
            cause.is_some_and(|it| it.weight == Weight::Hindrance),
            "{found}"
        );
        // An annotation that changes is looked at.
        let mut other = pod("web-3", "web-1");
        other["metadata"]["resourceVersion"] = "70".into();
        other["metadata"]["annotations"] = json!({REPLACE_ANNOTATION: "maybe"});
        world.see(Kind::Pod, &other);
        let found = world
            .cluster
            .diagnose(&key(), &Evidence::new(), NOW, PATIENCE)
            .unwrap();
        assert!(found.to_string().contains(REPLACE_ANNOTATION), "{found}");
    }
}

#[test]
fn who_is_held_and_who_has_not_answered_is_told() {
    let world = leaving(&[(PREPARE_ANNOTATION, LEAVE)]);
    let at = 1_796_022_060_250;
    let found = |now| {
        let evidence = Evidence::new();
        world
            .cluster
            .diagnose(&key(), &evidence, now, PATIENCE)
            .unwrap()
    };
    let early = found(at + 1_000);
    assert_eq!(early.verdict, Verdict::InProgress, "{early}");
    let late = found(at + PATIENCE + 1_000);
    assert_eq!(late.verdict, Verdict::Stuck, "{late}");
    let cause = &late.causes[0];
    assert_eq!((cause.name, cause.since), (CauseName::Preparing, Some(at)));
    let command = &cause.cures[0].commands[0];
    let answer = format!("statefulset.dev/prepared='{LEAVE}'");
    assert!(command.contains(&answer), "{command}");
    let world = leaving(&[(HOLD_ANNOTATION, "ScaleIn,Drain")]);
    let evidence = Evidence::new();
    let held = world
        .cluster
        .diagnose(&key(), &evidence, at, PATIENCE)
        .unwrap();
    assert_eq!(held.causes[0].name, CauseName::Held, "{held}");
    assert_eq!(held.verdict, Verdict::UpToDate, "{held}");
}

#[test]
fn a_purpose_that_is_none_is_refused_with_its_place() {
    let error = refused(&asking(&json!({"ask": ["ScaleIn", "scale-in"]})), ANNOTATED);
    let expected =
        "ask[1]: expected one of ScaleIn, Rollout, Repair, Drain, All, found \"scale-in\"";
    assert!(error.problem.contains(expected), "{error}");
}
