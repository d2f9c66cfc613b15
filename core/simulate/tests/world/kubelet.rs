//! What runs, and how it starts and ends.

use crate::*;

#[test]
fn a_pod_starts_a_second_after_it_has_its_node_and_is_ready_a_second_later() {
    let mut world = world();
    create(&mut world, Kind::Pod, pod("web-0", &json!({})));
    world.quiesce();
    let seen = get(&world, Kind::Pod, "web-0");
    assert_eq!(seen.text("/spec/nodeName"), "node-1");
    assert_eq!(phase(&world, "web-0"), "Pending");
    let waiting = "/status/containerStatuses/0/state/waiting/reason";
    assert_eq!(seen.text(waiting), "ContainerCreating");
    world.advance(1000);
    let seen = get(&world, Kind::Pod, "web-0");
    assert_eq!(
        (phase(&world, "web-0").as_str(), seen.text("/status/podIP")),
        ("Running", "10.64.0.1")
    );
    assert!(!is_ready(&world, "web-0"));
    world.advance(1000);
    assert!(is_ready(&world, "web-0"));
    assert_eq!(
        events(&world, "web-0"),
        [
            "Scheduled Successfully assigned default/web-0 to node-1",
            "Pulled Container image \"nginx:1.12\" already present on machine and can be accessed by the pod",
            "Created Container created",
            "Started Container started",
        ]
    );
}

#[test]
fn a_server_stops_a_second_after_it_is_asked_and_a_shell_is_killed_at_the_end_of_its_grace() {
    let mut world = world();
    create(&mut world, Kind::Pod, pod("server", &json!({})));
    let shell = json!({"containers": [{"name": "sh", "image": "curl", "command": ["/bin/sh", "-c", "sleep 3600"]}]});
    create(&mut world, Kind::Pod, pod("shell", &shell));
    assert_eq!(world.settle(HOUR), Settled::Quiet);
    for name in ["server", "shell"] {
        delete(&mut world, Kind::Pod, name);
    }
    world.advance(999);
    assert!(exists(&world, Kind::Pod, "server"));
    world.advance(1);
    assert!(!exists(&world, Kind::Pod, "server"));
    world.advance(28_999);
    assert!(exists(&world, Kind::Pod, "shell"));
    world.advance(1);
    assert!(!exists(&world, Kind::Pod, "shell"));
    assert_eq!(world.processes().count(), 0);
}

#[test]
fn a_broken_image_is_tried_again_until_it_is_mended() {
    let mut world = world();
    world.break_image("nginx:1.12");
    create(&mut world, Kind::Pod, pod("web-0", &json!({})));
    let waiting = |world: &World| {
        let pod = get(world, Kind::Pod, "web-0");
        pod.text("/status/containerStatuses/0/state/waiting/reason")
            .to_owned()
    };
    world.advance(1000);
    assert_eq!(waiting(&world), "ErrImagePull");
    assert_eq!(world.settle(HOUR), Settled::Quiet);
    assert_eq!(waiting(&world), "ImagePullBackOff");
    assert_eq!(phase(&world, "web-0"), "Pending");
    world.mend_image("nginx:1.12");
    assert_eq!(world.settle(HOUR), Settled::Quiet);
    assert!(is_ready(&world, "web-0"));
    assert!(
        events(&world, "web-0")
            .iter()
            .any(|e| e.starts_with("Pulled Successfully pulled image"))
    );
}

#[test]
fn a_killed_container_restarts_in_place_and_then_backs_off() {
    let mut world = world();
    create(&mut world, Kind::Pod, pod("web-0", &json!({})));
    world.settle(HOUR);
    let uid = get(&world, Kind::Pod, "web-0").uid().to_owned();
    exec(&mut world, "web-0", "touch /tmp/mine");
    // SIGKILL is lost on process 1.
    exec(&mut world, "web-0", "kill -9 1");
    world.advance(5000);
    assert_eq!(exec(&mut world, "web-0", "ls /tmp").0, "mine\n");
    exec(&mut world, "web-0", "kill 1");
    world.settle(HOUR);
    let seen = get(&world, Kind::Pod, "web-0");
    let status = &seen["status"]["containerStatuses"][0];
    assert_eq!(
        (seen.uid(), status["restartCount"].as_i64()),
        (uid.as_str(), Some(1))
    );
    assert_eq!(status.int("/lastState/terminated/exitCode"), Some(0));
    assert!(is_ready(&world, "web-0"));
    // Its own files have died with it.
    assert_eq!(exec(&mut world, "web-0", "ls /tmp").0, "");
    exec(&mut world, "web-0", "kill 1");
    world.advance(1000);
    let seen = get(&world, Kind::Pod, "web-0");
    let waiting = "/status/containerStatuses/0/state/waiting/reason";
    assert_eq!(seen.text(waiting), "CrashLoopBackOff");
    assert_eq!(seen.text("/status/phase"), "Running");
    let before = world.now();
    world.settle(HOUR);
    assert_eq!(world.now() - before, 11_000);
    assert!(is_ready(&world, "web-0"));
}

#[test]
fn programs_that_end_finish_their_pod_where_it_is_not_to_be_restarted() {
    let mut world = world();
    for (name, code) in [("good", "0"), ("bad", "3")] {
        let spec = json!({
            "restartPolicy": "Never",
            "containers": [{"name": "c", "image": "busybox", "command": ["sh", "-c", format!("sleep 5; exit {code}")]}],
        });
        create(&mut world, Kind::Pod, pod(name, &spec));
    }
    world.settle(HOUR);
    assert_eq!(
        (
            phase(&world, "good").as_str(),
            phase(&world, "bad").as_str()
        ),
        ("Succeeded", "Failed")
    );
    let failed = get(&world, Kind::Pod, "bad");
    assert_eq!(
        failed.int("/status/containerStatuses/0/state/terminated/exitCode"),
        Some(3)
    );
}

#[test]
fn init_containers_run_one_after_the_other_before_the_rest() {
    let mut world = world();
    let spec = json!({
        "initContainers": [
            {"name": "a", "image": "busybox", "command": ["sh", "-c", "sleep 3"]},
            {"name": "b", "image": "busybox", "command": ["true"]},
        ],
        "containers": [{"name": "c", "image": "nginx:1.12"}],
    });
    create(&mut world, Kind::Pod, pod("web-0", &spec));
    world.advance(4000);
    let seen = get(&world, Kind::Pod, "web-0");
    assert_eq!(seen.condition("Initialized"), "False");
    assert_eq!(
        seen.text("/status/containerStatuses/0/state/waiting/reason"),
        "PodInitializing"
    );
    world.settle(HOUR);
    let seen = get(&world, Kind::Pod, "web-0");
    assert_eq!(
        (seen.condition("Initialized"), seen.condition("Ready")),
        ("True", "True")
    );
}

#[test]
fn a_readiness_probe_looks_at_the_containers_files() {
    let mut world = world();
    let spec = json!({"containers": [{
        "name": "c", "image": "nginx:1.12",
        "readinessProbe": {"exec": {"command": ["cat", "/tmp/healthy"]}, "periodSeconds": 5, "failureThreshold": 1},
    }]});
    create(&mut world, Kind::Pod, pod("web-0", &spec));
    world.advance(20_000);
    assert!(!is_ready(&world, "web-0"));
    exec(&mut world, "web-0", "touch /tmp/healthy");
    world.advance(5000);
    assert!(is_ready(&world, "web-0"));
    assert_eq!(world.settle(HOUR), Settled::Quiet);
    exec(&mut world, "web-0", "rm /tmp/healthy");
    world.advance(5000);
    assert!(!is_ready(&world, "web-0"));
}

#[test]
fn a_program_that_is_not_there_is_said_to_be_so() {
    let mut world = world();
    create(&mut world, Kind::Pod, pod("web-0", &json!({})));
    let argv = ["mysql".to_owned()];
    let early = world
        .exec("default", "web-0", None, &argv)
        .expect_err("nothing runs yet");
    assert_eq!(
        early.message,
        "Internal error occurred: unable to upgrade connection: container not found (\"nginx\")"
    );
    world.settle(HOUR);
    let (_, stderr, code) = exec(&mut world, "web-0", "mysql -u root");
    assert_eq!(code, 127);
    assert!(
        stderr.contains("exec: \"mysql\": executable file not found in $PATH"),
        "{stderr}"
    );
    let wrong = world
        .exec("default", "web-0", Some("x"), &argv)
        .expect_err("no such container");
    assert_eq!(wrong.message, "container x is not valid for pod web-0");
}

#[test]
fn scripts_write_files() {
    let mut world = world();
    create(&mut world, Kind::Pod, pod("web-0", &json!({})));
    world.settle(HOUR);
    let script = [
        "sh",
        "-c",
        "mkdir -p /tmp/d && echo one > /tmp/d/f; echo two >> /tmp/d/f; cat /tmp/d/f",
    ];
    let argv = script.map(str::to_owned);
    let done = world
        .exec("default", "web-0", None, &argv)
        .expect("it runs");
    assert_eq!(done.stdout, "one\ntwo\n");
    assert_eq!(
        exec(&mut world, "web-0", "rm /tmp/d").1,
        "rm: cannot remove '/tmp/d': Is a directory\n"
    );
    assert_eq!(exec(&mut world, "web-0", "rm -r /tmp/d").2, 0);
    assert_eq!(
        exec(&mut world, "web-0", "cat /tmp/d/f").1,
        "cat: /tmp/d/f: No such file or directory\n"
    );
    assert_eq!(exec(&mut world, "web-0", "touch /x/y").2, 0);
    assert_eq!(exec(&mut world, "web-0", "hostname").0, "web-0\n");
}

#[test]
fn a_loop_that_goes_on_for_ever_is_not_waited_for() {
    let mut world = world();
    let crashing = json!({"containers": [{"name": "c", "image": "busybox", "command": ["false"]}]});
    create(&mut world, Kind::Pod, pod("crashing", &crashing));
    let ailing = json!({"containers": [{
        "name": "c", "image": "nginx:1.12",
        "livenessProbe": {"exec": {"command": ["cat", "/tmp/ok"]}, "periodSeconds": 1, "failureThreshold": 1},
    }]});
    create(&mut world, Kind::Pod, pod("ailing", &ailing));
    assert_eq!(world.settle(HOUR), Settled::Quiet);
    world.advance(HOUR);
    for name in ["crashing", "ailing"] {
        let restarts = "/status/containerStatuses/0/restartCount";
        let restarts = get(&world, Kind::Pod, name).int(restarts);
        // 10 s, 20 s … 5 min: about every five minutes in the end.
        assert!(
            restarts.is_some_and(|n| (14..18).contains(&n)),
            "{name}: {restarts:?}"
        );
    }
    let said = events(&world, "ailing");
    let killing = "Killing Container c failed liveness probe, will be restarted".to_owned();
    assert!(said.contains(&killing), "{said:?}");
}
