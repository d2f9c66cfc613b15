//! What a set asks for beyond Kubernetes.

use statefulset::kubernetes::CauseName;

use crate::Case;
use crate::manifest::{container, set, with_spec};

fn good() -> String {
    set(3, &container("nginx:1.27", ""))
}

fn asked(policies: &str, then: &str) -> &'static str {
    let asks = format!("annotate sts/web statefulset.dev/policies='{policies}'");
    format!("apply -f good.yaml\nsettle\n{asks}\n{then}\nsettle").leak()
}

#[test]
fn a_pause() {
    let story = asked(
        r#"{"paused": ["Rollout"], "repair": {"afterSeconds": 60}}"#,
        "set image sts/web main=nginx:1.28\nadvance 1h",
    );
    Case::new(CauseName::Paused, story)
        .file("good.yaml", good())
        .annotated()
        .verdict("up-to-date")
        .run();
}

#[test]
fn an_excluded_member() {
    let story = asked(r#"{"excluded": [{"first": 1, "keepClaims": true}]}"#, "");
    Case::new(CauseName::Excluded, story)
        .file("good.yaml", good())
        .annotated()
        .verdict("up-to-date")
        .run();
}

#[test]
fn a_rank_that_is_no_number() {
    let story = asked(
        r#"{"ranked": "Order"}"#,
        "label pod web-1 statefulset.dev/rank=leader",
    );
    Case::new(CauseName::RankUnreadable, story)
        .file("good.yaml", good())
        .annotated()
        .verdict("up-to-date")
        .run();
}

/// Once the program has answered, the pod goes.
#[test]
fn a_pod_that_was_asked_and_has_not_answered() {
    let story = asked(
        r#"{"ask": ["ScaleIn"]}"#,
        "scale sts/web --replicas=2\nadvance 20m",
    );
    Case::new(CauseName::Preparing, story)
        .file("good.yaml", good())
        .annotated()
        .verdict("stuck")
        .run();
}

#[test]
fn a_held_pod() {
    let story = asked(
        r#"{"ask": ["Drain"]}"#,
        "annotate pod web-2 statefulset.dev/hold=Rollout\nset image sts/web main=nginx:1.28\nadvance 1h",
    );
    Case::new(CauseName::Held, story)
        .file("good.yaml", good())
        .annotated()
        .verdict("up-to-date")
        .run();
}

#[test]
fn a_mark_that_cannot_be_understood() {
    let story = asked(
        r#"{"ask": ["Drain"]}"#,
        "annotate pod web-2 statefulset.dev/hold=rollout\nset image sts/web main=nginx:1.28\nadvance 1h",
    );
    Case::new(CauseName::MarkUnreadable, story)
        .file("good.yaml", good())
        .annotated()
        .verdict("stuck")
        .run();
}

/// Another set of the group has a pod that cannot start. Once that is mended, this set goes on.
#[test]
fn a_group_that_is_disturbed_elsewhere() {
    let story = "apply -f good.yaml\napply -f zoo.yaml\nsettle
annotate sts --all statefulset.dev/policies='{\"group\": \"zones\"}'
break image nginx:bad
set image sts/zoo main=nginx:bad
advance 1m
set image sts/web main=nginx:1.28
advance 20m";
    Case::new(CauseName::GroupDisturbed, story)
        .file("good.yaml", good())
        .file("zoo.yaml", good().replace("web", "zoo"))
        .annotated()
        .verdict("in-progress")
        .person("set image sts/zoo main=nginx:1.27\ndelete pod zoo-2")
        .after("settle\ndelete sts zoo --wait=false")
        .run();
}

/// The time passes, and then the next pod goes.
#[test]
fn a_pace_between_two_pods() {
    let story = asked(
        r#"{"paceSeconds": 3600}"#,
        "set image sts/web main=nginx:1.28\nadvance 1m",
    );
    Case::new(CauseName::Pace, story)
        .file("good.yaml", good())
        .annotated()
        .verdict("in-progress")
        .run();
}

/// The way back is suggested, and a Parallel set takes it by itself.
#[test]
fn a_rollout_past_its_deadline() {
    let story = format!(
        "{}\nbreak image nginx:bad\nset image sts/web main=nginx:bad\nadvance 20m",
        asked(
            r#"{"deadline": {"afterSeconds": 300, "then": "Suggest"}}"#,
            ""
        )
        .trim_end()
    );
    let parallel = with_spec(
        3,
        "  podManagementPolicy: Parallel\n",
        &container("nginx:1.27", ""),
    );
    Case::new(CauseName::Overdue, story.leak())
        .file("good.yaml", parallel)
        .annotated()
        .verdict("stuck")
        .run();
}

/// What no running pod can be given: the rollout makes pods again where it must.
#[test]
fn a_template_that_no_running_pod_can_follow() {
    let story = asked(
        r#"{"inPlace": "Only"}"#,
        r#"patch sts web --type=merge -p '{"spec":{"template":{"spec":{"dnsPolicy":"Default"}}}}'"#,
    );
    let case = || {
        Case::new(CauseName::NotInPlace, story)
            .file("good.yaml", good())
            .annotated()
    };
    case().run();
    // By hand it is done pod by pod.
    case()
        .cure(1)
        .after("settle\ndelete pod web-1\nsettle\ndelete pod web-2")
        .run();
}

/// More than a node ever has: before 1.36 the API server takes it, and the kubelet does not.
#[test]
fn more_resources_than_the_node_has() {
    let story = format!(
        "option kubernetes 1.35\n{}\nadvance 20m",
        asked(
            r#"{"inPlace": "IfPossible"}"#,
            "set resources sts/web --requests=cpu=500\nadvance 1m",
        )
        .trim_end_matches("\nsettle")
    );
    let small = "        resources: {requests: {cpu: 100m}}\n";
    let case = || {
        Case::new(CauseName::Changing, story.clone().leak())
            .file("good.yaml", set(3, &container("nginx:1.27", small)))
            .annotated()
    };
    case().run();
}
