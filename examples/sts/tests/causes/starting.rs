//! Pods that do not start, or are not ready.

use statefulset::kubernetes::CauseName;

use crate::Case;
use crate::manifest::{container, set, with_spec};

fn good() -> String {
    set(3, &container("nginx:1.27", ""))
}

#[test]
fn an_image_that_cannot_be_pulled() {
    let story = "apply -f good.yaml\nsettle\nbreak image nginx:1.99\nset image sts/web main=nginx:1.99\nadvance 20m";
    let case = || Case::new(CauseName::ImageNotPulled, story).file("good.yaml", good());
    // Correct the template, and delete the pod.
    case()
        .cure(1)
        .person("set image sts/web main=nginx:1.28")
        .run();
    case().cure(2).run();
    case()
        .person("mend image nginx:1.99")
        .after("advance 10m")
        .run();
}

#[test]
fn a_broken_revision() {
    let story = "apply -f good.yaml\nsettle\nbreak image nginx:1.99\nset image sts/web main=nginx:1.99\nadvance 2m\n\
                 rollout undo sts/web\nadvance 20m";
    Case::new(CauseName::BrokenRevision, story)
        .file("good.yaml", good())
        .run();
}

#[test]
fn an_init_container_that_fails() {
    let init = "      initContainers:\n      - {name: prepare, image: busybox, command: [sh, -c, exit 3]}\n";
    let bad = set(3, &format!("{init}{}", container("nginx:1.27", "")));
    Case::new(
        CauseName::InitContainerFails,
        "apply -f good.yaml\nsettle\napply -f bad.yaml\nadvance 30m",
    )
    .file("good.yaml", good())
    .file("bad.yaml", bad)
    .cure(2)
    .run();
}

#[test]
fn an_init_container_that_does_not_end() {
    let init = "      initContainers:\n      - {name: wait, image: busybox, command: [sleep, \"86400\"]}\n";
    let bad = set(3, &format!("{init}{}", container("nginx:1.27", "")));
    Case::new(
        CauseName::InitContainerRuns,
        "apply -f bad.yaml\nadvance 30m",
    )
    .file("bad.yaml", bad)
    .file("good.yaml", good())
    .after("apply -f good.yaml\ndelete pod web-0")
    .run();
}

#[test]
fn a_sidecar_that_fails() {
    let init = "      initContainers:\n      - {name: proxy, image: proxy, restartPolicy: Always, command: [sh, -c, exit 2]}\n";
    let bad = set(3, &format!("{init}{}", container("nginx:1.27", "")));
    Case::new(
        CauseName::SidecarFails,
        "apply -f good.yaml\nsettle\napply -f bad.yaml\nadvance 30m",
    )
    .file("good.yaml", good())
    .file("bad.yaml", bad)
    .cure(2)
    .run();
}

#[test]
fn a_container_that_ends_again_and_again() {
    let bad = set(
        3,
        &container("nginx:1.27", "        command: [sh, -c, exit 1]\n"),
    );
    Case::new(
        CauseName::ContainerCrashes,
        "apply -f good.yaml\nsettle\napply -f bad.yaml\nadvance 30m",
    )
    .file("good.yaml", good())
    .file("bad.yaml", bad)
    .cure(1)
    .person("apply -f good.yaml")
    .run();
}

#[test]
fn a_readiness_probe_that_fails() {
    Case::new(
        CauseName::ProbeFails,
        "apply -f probed.yaml\nsettle\nfail probe web-1\nadvance 30m",
    )
    .file("probed.yaml", set(3, &container("nginx:1.27", PROBE)))
    .person("mend probe web-1")
    .after("advance 1m")
    .run();
}

const PROBE: &str = "        readinessProbe: {httpGet: {path: /, port: 80}}\n";

#[test]
fn a_startup_probe_that_fails() {
    let probe =
        "        startupProbe: {exec: {command: [cat, /tmp/started]}, failureThreshold: 1000}\n";
    Case::new(
        CauseName::StartupProbeFails,
        "apply -f probed.yaml\nadvance 30m",
    )
    .file("probed.yaml", set(1, &container("nginx:1.27", probe)))
    .person("exec web-0 -- touch /tmp/started")
    .after("advance 1m")
    .run();
}

#[test]
fn a_probe_that_asks_for_members_that_are_not_created() {
    let probe = "        readinessProbe: {exec: {command: [cat, /tmp/cluster]}}\n";
    let parallel = "  podManagementPolicy: Parallel\n";
    Case::new(CauseName::OrderedReadyProbe, "apply -f ordered.yaml\nadvance 30m")
        .file("ordered.yaml", set(3, &container("redis:8", probe)))
        .file("parallel.yaml", with_spec(3, parallel, &container("redis:8", probe)))
        .cure(2)
        .after(
            "apply -f parallel.yaml\nadvance 10s\nexec web-0 -- touch /tmp/cluster\nexec web-1 -- touch /tmp/cluster\n\
             exec web-2 -- touch /tmp/cluster",
        )
        .run();
}

#[test]
fn a_readiness_gate_that_nobody_opens() {
    let gate = "      readinessGates: [{conditionType: example.com/in-place-ready}]\n";
    Case::new(CauseName::ReadinessGate, "apply -f set.yaml\nadvance 30m")
        .file(
            "set.yaml",
            set(1, &format!("{gate}{}", container("nginx:1.27", ""))),
        )
        .cure(1)
        .after("advance 1m")
        .run();
}

#[test]
fn a_scheduler_that_is_not_there() {
    let scheduler = "      schedulerName: fair\n";
    let bad = set(3, &format!("{scheduler}{}", container("nginx:1.27", "")));
    Case::new(CauseName::NoScheduler, "apply -f bad.yaml\nadvance 20m")
        .file("bad.yaml", bad)
        .file("good.yaml", good())
        .cure(1)
        .person("apply -f good.yaml")
        .run();
}

#[test]
fn a_pod_that_fails_as_a_whole() {
    let story = "apply -f good.yaml\nadvance 119m\nfail pod web-1\nadvance 10s\nfail pod web-1\nadvance 10s\nfail pod web-1";
    Case::new(CauseName::PodFails, story)
        .file("good.yaml", good())
        .verdict("in-progress")
        .run();
}
