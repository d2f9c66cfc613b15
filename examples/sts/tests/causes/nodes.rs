//! Nodes that do not do their work.

use statefulset::kubernetes::CauseName;

use crate::Case;
use crate::manifest::{claims, container, set, with_spec};

fn good() -> String {
    set(3, &container("nginx:1.27", ""))
}

fn stored() -> String {
    let mount = "        volumeMounts: [{name: data, mountPath: /d}]\n";
    with_spec(
        2,
        &claims("storageClassName: standard"),
        &container("db:1", mount),
    )
}

#[test]
fn a_node_without_a_container_runtime() {
    let story = "apply -f good.yaml\nsettle\nfail node node-2 runtime\nadvance 2m";
    Case::new(CauseName::NodeNotReady, story)
        .file("good.yaml", good())
        .person("restore node node-2")
        .after("advance 1m")
        .run();
}

#[test]
fn a_pod_that_its_kubelet_does_not_end() {
    let story = "apply -f good.yaml\nsettle\nfail node node-2 runtime\nadvance 30m";
    let case = || Case::new(CauseName::TerminationOverdue, story).file("good.yaml", good());
    case()
        .person("restore node node-2")
        .after("advance 2m")
        .run();
    case().cure(1).after("advance 2m").run();
}

#[test]
fn a_node_without_a_network_plugin() {
    let story = "apply -f good.yaml\nsettle\nfail node node-2 plugin\ncordon node-1 node-3\ndelete pod web-1\nadvance 20m";
    Case::new(CauseName::SandboxFails, story)
        .file("good.yaml", good())
        .person("restore node node-2")
        .after("advance 1m")
        .run();
}

#[test]
fn a_volume_of_a_silent_node() {
    let story = "apply -f set.yaml\nsettle\nfail node node-2 network\nadvance 7m\ndelete pod web-1 --force --grace-period=0\n\
                 advance 2m";
    let case = || Case::new(CauseName::VolumeAttachedElsewhere, story).file("set.yaml", stored());
    // It is detached by force six minutes after nobody wanted it there.
    case().after("advance 7m").run();
    // Or at once, if somebody has switched the node off and says so.
    case()
        .cure(1)
        .person("fail node node-2 power")
        .after("advance 1m")
        .run();
}
