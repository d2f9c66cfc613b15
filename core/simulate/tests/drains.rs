//! Words about nodes: `drain` and what it refuses, `taint`, and what fails on purpose.

use std::io;

use statefulset_simulate::kubectl::Kubectl;
use statefulset_simulate::{Options, Profile, World};

const RING: &str = include_str!("../../../examples/manifests/ring.yaml");
const STRAYS: &str = include_str!("../../../examples/manifests/strays.yaml");

fn read(path: &str) -> io::Result<String> {
    match path {
        "ring.yaml" => Ok(RING.into()),
        "strays.yaml" => Ok(STRAYS.into()),
        _ => Err(io::ErrorKind::NotFound.into()),
    }
}

fn cluster(profile: Profile) -> World {
    World::new(Options {
        profile,
        ..Options::default()
    })
}

/// What the commands print, one after the other.
fn told(world: &mut World, commands: &[&str]) -> String {
    let mut read = read;
    let mut kubectl = Kubectl::new(&mut read);
    let run = |command: &&str| kubectl.run(world, command).text;
    commands.iter().map(run).collect()
}

const PROFILES: [Profile; 2] = [Profile::STANDALONE, Profile::UPSTREAM];

#[test]
fn what_a_drain_will_not_touch_stops_it_before_anything_is_evicted() {
    for profile in PROFILES {
        let mut world = cluster(profile);
        told(&mut world, &["apply -f strays.yaml", "settle"]);
        let faults = "[cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): strays/agent, cannot delete \
                      cannot delete Pods that declare no controller (use --force to override): strays/alone, cannot delete \
                      Pods with local storage (use --delete-emptydir-data to override): strays/scratch]";
        let expected = format!(
            "node/node-1 cordoned\nerror: unable to drain node \"node-1\" due to error: {faults}, continuing command...\n\
             There are pending nodes to be drained:\n node-1\n{faults}\n"
        );
        assert_eq!(told(&mut world, &["drain node-1"]), expected);
        let left = told(&mut world, &["get po -n strays -o name"]);
        assert_eq!(left, "pod/agent\npod/alone\npod/scratch\n");
        let forced = "drain node-1 --ignore-daemonsets --force --delete-emptydir-data";
        let expected = "node/node-1 already cordoned\nWarning: ignoring DaemonSet-managed Pods: strays/agent; deleting Pods \
                        that declare no controller: strays/alone\nevicting pod strays/alone\nevicting pod \
                        strays/scratch\npod/alone evicted\npod/scratch evicted\nnode/node-1 drained\n";
        assert_eq!(told(&mut world, &[forced]), expected);
    }
}

#[test]
fn two_pods_under_a_budget_for_one_leave_one_after_the_other() {
    for profile in PROFILES {
        let mut world = cluster(profile);
        told(
            &mut world,
            &["apply -f ring.yaml", "rollout status sts/ring"],
        );
        let text = told(&mut world, &["drain node-2 --timeout=5m"]);
        assert!(text.ends_with("node/node-2 drained\n"), "{text}");
        let refusal = "(will retry after 5s): Cannot evict pod as it would violate the pod's disruption budget.\n";
        assert_eq!(text.matches(" evicted\n").count(), 2, "{text}");
        assert!(text.contains(refusal), "{text}");
        let there = told(&mut world, &["get po -o wide --no-headers"]);
        assert!(!there.contains(" node-2 "), "{there}");
        // The mark goes with the cordon.
        told(&mut world, &["uncordon node-2"]);
        let node = told(
            &mut world,
            &["get node node-2 -o jsonpath={.metadata.annotations}"],
        );
        assert!(!node.contains("draining"), "{node}");
    }
}

#[test]
fn a_silent_node_does_not_let_a_drain_finish() {
    for profile in PROFILES {
        let mut world = cluster(profile);
        told(
            &mut world,
            &[
                "apply -f ring.yaml",
                "rollout status sts/ring",
                "delete pdb ring",
                "fail node node-1 network",
            ],
        );
        let text = told(&mut world, &["drain node-1 --timeout=30s"]);
        let fault = "to terminate: global timeout reached: 30s";
        assert!(text.contains(fault), "{text}");
        assert!(
            text.contains("There are pending pods in node \"node-1\""),
            "{text}"
        );
        let text = told(&mut world, &["drain node-1"]);
        assert!(
            text.contains("to terminate: nothing happens any more"),
            "{text}"
        );
    }
}

#[test]
fn taints_are_set_replaced_and_removed_in_kubectls_words() {
    let mut world = cluster(Profile::STANDALONE);
    for (command, expected) in [
        (
            "taint nodes node-1 a=b:NoSchedule c:NoExecute",
            "node/node-1 tainted\n",
        ),
        (
            "taint nodes node-1 a=x:NoSchedule",
            "error: node node-1 already has a taint(s) with same effect(s) and --overwrite is false\n",
        ),
        (
            "taint nodes node-1 a=x:NoSchedule --overwrite",
            "node/node-1 modified\n",
        ),
        (
            "taint node node-1 a=y:PreferNoSchedule c-",
            "node/node-1 modified\n",
        ),
        ("taint node node-1 a-", "node/node-1 untainted\n"),
        (
            "taint no node-1 a:NoSchedule-",
            "error: taint \"a:NoSchedule\" not found\n",
        ),
        (
            "taint nodes node-1",
            "error: at least one taint update is required\n",
        ),
        (
            "taint nodes a:NoSchedule",
            "error: at least one resource name must be specified since 'all' parameter is not set\n",
        ),
        (
            "taint pods x a:NoSchedule",
            "error: invalid resource type pods, only node(s) is supported\n",
        ),
        (
            "taint nodes --all d:NoSchedule",
            "node/node-1 tainted\nnode/node-2 tainted\nnode/node-3 tainted\n",
        ),
        (
            "taint nodes node-9 a:NoSchedule",
            "Error from server (NotFound): nodes \"node-9\" not found\n",
        ),
    ] {
        assert_eq!(told(&mut world, &[command]), expected, "{command}");
    }
    let taints = told(
        &mut world,
        &["get node node-1 -o jsonpath={.spec.taints[*].key}"],
    );
    assert_eq!(taints, "d\n");
}

#[test]
fn what_fails_and_is_mended_is_told() {
    let mut world = cluster(Profile::STANDALONE);
    told(
        &mut world,
        &["apply -f ring.yaml", "rollout status sts/ring"],
    );
    for (command, expected) in [
        ("fail probe ring-0", "probes of pod \"ring-0\" broken\n"),
        (
            "fail probe ring-9",
            "Error from server (NotFound): pods \"ring-9\" not found\n",
        ),
        ("advance 20s", ""),
        (
            "get po ring-0 --no-headers -o custom-columns=R:.status.containerStatuses[0].ready",
            "false\n",
        ),
        ("mend probe pod/ring-0", "probes of pod \"ring-0\" mended\n"),
        (
            "wait --for=condition=Ready pod/ring-0 --timeout=20s",
            "pod/ring-0 condition met\n",
        ),
        ("fail node node-1 power", "node \"node-1\" without power\n"),
        (
            "fail node node-9 power",
            "Error from server (NotFound): nodes \"node-9\" not found\n",
        ),
        ("restore node node-1", "node \"node-1\" restored\n"),
        ("fence node node/node-2", "node \"node-2\" fenced\n"),
        ("crash controller", "controller crashed\n"),
        (
            "fail node node-1",
            "error: the following required arguments were not provided: <HOW>\n",
        ),
    ] {
        assert_eq!(told(&mut world, &[command]), expected, "{command}");
    }
}

#[test]
fn a_command_that_is_stopped_says_so_and_time_stands_still() {
    let mut world = cluster(Profile::STANDALONE);
    world
        .stop_switch()
        .store(true, std::sync::atomic::Ordering::Relaxed);
    let before = world.now();
    assert_eq!(told(&mut world, &["advance 1h"]), "interrupted\n");
    assert_eq!(world.now(), before);
    world
        .stop_switch()
        .store(false, std::sync::atomic::Ordering::Relaxed);
    assert_eq!(told(&mut world, &["advance 1h"]), "");
    assert_eq!(world.now(), before + 3_600_000);
}
