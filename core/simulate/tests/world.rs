//! The machines of the cluster, seen from outside: objects go in, time passes, objects and processes are looked at.

mod fixture;

use fixture::{pod, set};
use serde_json::{Value, json};
use statefulset::Profile;
use statefulset_simulate::{Fields, Kind, Options, Settled, World};

const HOUR: i64 = 3_600_000;

fn world() -> World {
    World::new(Options::default())
}

fn bare() -> World {
    World::new(Options {
        provisioner: false,
        ..Options::default()
    })
}

fn create(world: &mut World, kind: Kind, object: Value) {
    let made = world.store_mut().create(kind, "default", object);
    made.expect("the object is in order");
}

fn get(world: &World, kind: Kind, name: &str) -> Value {
    let namespace = if kind.is_namespaced() { "default" } else { "" };
    let object = world.store().get(kind, namespace, name);
    Value::clone(object.unwrap_or_else(|| panic!("{name} is not there")))
}

fn exists(world: &World, kind: Kind, name: &str) -> bool {
    world.store().get(kind, "default", name).is_some()
}

fn delete(world: &mut World, kind: Kind, name: &str) {
    let options = statefulset_simulate::DeleteOptions::default();
    let deleted = world.store_mut().delete(kind, "default", name, &options);
    deleted.expect("it can be deleted");
}

fn exec(world: &mut World, pod: &str, line: &str) -> (String, String, i32) {
    let argv: Vec<String> = line.split(' ').map(str::to_owned).collect();
    let exec = world.exec("default", pod, None, &argv);
    let exec = exec.unwrap_or_else(|error| panic!("{line}: {error}"));
    (exec.stdout, exec.stderr, exec.code)
}

/// Reasons and messages of the events about an object, oldest first.
fn events(world: &World, name: &str) -> Vec<String> {
    let events = world.store().list(Kind::Event, None);
    let mut events: Vec<_> = events
        .filter(|e| e.text("/involvedObject/name") == name)
        .map(|e| {
            let at = e.text("/metadata/resourceVersion").parse::<u64>();
            let text = format!("{} {}", e.text("/reason"), e.text("/message"));
            (at.expect("a number"), text)
        })
        .collect();
    events.sort();
    events.into_iter().map(|(_, text)| text).collect()
}

fn phase(world: &World, pod: &str) -> String {
    get(world, Kind::Pod, pod).text("/status/phase").to_owned()
}

fn is_ready(world: &World, pod: &str) -> bool {
    exists(world, Kind::Pod, pod) && get(world, Kind::Pod, pod).condition("Ready") == "True"
}

#[test]
fn a_pod_starts_a_second_after_it_has_its_node_and_is_ready_a_second_later() {
    let mut world = world();
    create(&mut world, Kind::Pod, pod("web-0", json!({})));
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
    create(&mut world, Kind::Pod, pod("server", json!({})));
    let shell = json!({"containers": [{"name": "sh", "image": "curl", "command": ["/bin/sh", "-c", "sleep 3600"]}]});
    create(&mut world, Kind::Pod, pod("shell", shell));
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
fn pods_go_to_the_node_with_the_fewest_and_not_where_they_may_not() {
    let mut world = world();
    let cordon = json!({"spec": {"unschedulable": true}});
    let node = get(&world, Kind::Node, "node-2");
    let mut cordoned = node;
    cordoned.put("/spec", cordon["spec"].clone());
    world
        .store_mut()
        .update(Kind::Node, cordoned)
        .expect("a node can be cordoned");
    for i in 0..4 {
        create(&mut world, Kind::Pod, pod(&format!("p-{i}"), json!({})));
    }
    world.quiesce();
    let nodes: Vec<_> = (0..4)
        .map(|i| {
            get(&world, Kind::Pod, &format!("p-{i}"))
                .text("/spec/nodeName")
                .to_owned()
        })
        .collect();
    assert_eq!(nodes, ["node-1", "node-3", "node-1", "node-3"]);

    let picky = json!({"nodeSelector": {"kubernetes.io/hostname": "node-2"}});
    create(&mut world, Kind::Pod, pod("picky", picky));
    world.quiesce();
    let said = "FailedScheduling 0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't match Pod's \
                node affinity/selector. no new claims to deallocate, preemption: 0/3 nodes are available: 3 \
                Preemption is not helpful for scheduling.";
    assert_eq!(events(&world, "picky"), [said]);
    let mut node = get(&world, Kind::Node, "node-2");
    node.put("/spec/unschedulable", json!(false));
    world
        .store_mut()
        .update(Kind::Node, node)
        .expect("a node can be uncordoned");
    world.quiesce();
    assert_eq!(
        get(&world, Kind::Pod, "picky").text("/spec/nodeName"),
        "node-2"
    );
}

#[test]
fn a_broken_image_is_tried_again_until_it_is_mended() {
    let mut world = world();
    world.break_image("nginx:1.12");
    create(&mut world, Kind::Pod, pod("web-0", json!({})));
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
    assert!(world.wait_for(None, |world| is_ready(world, "web-0")));
    assert!(
        events(&world, "web-0")
            .iter()
            .any(|e| e.starts_with("Pulled Successfully pulled image"))
    );
}

#[test]
fn a_wait_for_what_never_comes_ends() {
    let mut world = world();
    world.break_image("nginx:1.12");
    create(&mut world, Kind::Pod, pod("web-0", json!({})));
    assert!(!world.wait_for(None, |world| is_ready(world, "web-0")));
    let before = world.now();
    assert!(!world.wait_for(Some(5000), |world| is_ready(world, "web-0")));
    assert_eq!(world.now(), before + 5000);
}

#[test]
fn a_killed_container_restarts_in_place_and_then_backs_off() {
    let mut world = world();
    create(&mut world, Kind::Pod, pod("web-0", json!({})));
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
    world.settle(HOUR);
    let seen = get(&world, Kind::Pod, "web-0");
    let waiting = "/status/containerStatuses/0/state/waiting/reason";
    assert_eq!(seen.text(waiting), "CrashLoopBackOff");
    assert_eq!(seen.text("/status/phase"), "Running");
    assert!(world.wait_for(Some(12_000), |world| is_ready(world, "web-0")));
}

#[test]
fn programs_that_end_finish_their_pod_where_it_is_not_to_be_restarted() {
    let mut world = world();
    for (name, code) in [("good", "0"), ("bad", "3")] {
        let spec = json!({
            "restartPolicy": "Never",
            "containers": [{"name": "c", "image": "busybox", "command": ["sh", "-c", format!("sleep 5; exit {code}")]}],
        });
        create(&mut world, Kind::Pod, pod(name, spec));
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
    create(&mut world, Kind::Pod, pod("web-0", spec));
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
    create(&mut world, Kind::Pod, pod("web-0", spec));
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
    create(&mut world, Kind::Pod, pod("web-0", json!({})));
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
    create(&mut world, Kind::Pod, pod("web-0", json!({})));
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
fn claims_get_volumes_from_the_provisioner_and_lose_them_with_the_claim() {
    let mut world = world();
    create(
        &mut world,
        Kind::PersistentVolumeClaim,
        fixture::claim("data", "1Gi", None),
    );
    world.settle(HOUR);
    let claim = get(&world, Kind::PersistentVolumeClaim, "data");
    let volume = format!("pvc-{}", claim.uid());
    assert_eq!(claim.text("/spec/volumeName"), volume);
    assert_eq!(claim.text("/status/phase"), "Bound");
    assert_eq!(claim.text("/status/capacity/storage"), "1Gi");
    let made = get(&world, Kind::PersistentVolume, &volume);
    assert_eq!(
        (made.text("/status/phase"), made.text("/spec/claimRef/uid")),
        ("Bound", claim.uid())
    );
    assert_eq!(
        events(&world, "data"),
        [format!(
            "ProvisioningSucceeded Successfully provisioned volume {volume} using simulate/disk"
        )]
    );
    delete(&mut world, Kind::PersistentVolumeClaim, "data");
    world.settle(HOUR);
    assert!(
        world
            .store()
            .get(Kind::PersistentVolume, "", &volume)
            .is_none()
    );
}

#[test]
fn what_stands_in_a_claims_way_is_said_once() {
    let mut world = bare();
    create(
        &mut world,
        Kind::PersistentVolumeClaim,
        fixture::claim("none", "1Gi", Some("")),
    );
    create(
        &mut world,
        Kind::PersistentVolumeClaim,
        fixture::claim("unknown", "1Gi", Some("local")),
    );
    world.settle(HOUR);
    // Looked at again, and nothing new to say.
    create(
        &mut world,
        Kind::PersistentVolume,
        fixture::volume("small", "1Mi", "Retain"),
    );
    world.settle(HOUR);
    assert_eq!(
        events(&world, "none"),
        [
            "FailedBinding no persistent volumes available for this claim and no storage class is set"
        ]
    );
    assert_eq!(
        events(&world, "unknown"),
        ["ProvisioningFailed storageclass.storage.k8s.io \"local\" not found"]
    );
    assert_eq!(
        get(&world, Kind::PersistentVolumeClaim, "none").text("/status/phase"),
        "Pending"
    );
    let user = json!({"volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": "none"}}]});
    create(&mut world, Kind::Pod, pod("user", user));
    world.settle(HOUR);
    assert_eq!(
        events(&world, "user"),
        [
            "FailedScheduling 0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found"
        ]
    );
}

#[test]
fn the_smallest_volume_that_fits_is_taken_and_a_released_one_never() {
    let mut world = bare();
    for (name, size, policy) in [
        ("a", "5Gi", "Retain"),
        ("b", "2Gi", "Retain"),
        ("c", "512Mi", "Delete"),
    ] {
        create(
            &mut world,
            Kind::PersistentVolume,
            fixture::volume(name, size, policy),
        );
    }
    create(
        &mut world,
        Kind::PersistentVolumeClaim,
        fixture::claim("data", "1Gi", Some("")),
    );
    create(
        &mut world,
        Kind::PersistentVolumeClaim,
        fixture::claim("tiny", "1Mi", Some("")),
    );
    world.settle(HOUR);
    assert_eq!(
        get(&world, Kind::PersistentVolumeClaim, "data").text("/spec/volumeName"),
        "b"
    );
    assert_eq!(
        get(&world, Kind::PersistentVolumeClaim, "tiny").text("/spec/volumeName"),
        "c"
    );
    for claim in ["data", "tiny"] {
        delete(&mut world, Kind::PersistentVolumeClaim, claim);
    }
    world.settle(HOUR);
    let phase = |world: &World, name| {
        get(world, Kind::PersistentVolume, name)
            .text("/status/phase")
            .to_owned()
    };
    assert_eq!(
        (phase(&world, "b").as_str(), phase(&world, "c").as_str()),
        ("Released", "Failed")
    );
    assert_eq!(
        get(&world, Kind::PersistentVolume, "c").text("/status/message"),
        "error getting deleter volume plugin for volume \"c\": no deletable volume plugin matched"
    );
    create(
        &mut world,
        Kind::PersistentVolumeClaim,
        fixture::claim("data", "1Gi", Some("")),
    );
    world.settle(HOUR);
    assert_eq!(
        get(&world, Kind::PersistentVolumeClaim, "data").text("/spec/volumeName"),
        "a"
    );
}

#[test]
fn a_claim_that_waits_for_its_pod_gets_a_volume_that_the_pods_node_can_reach() {
    let mut world = bare();
    let class = json!({
        "metadata": {"name": "late"}, "provisioner": "kubernetes.io/no-provisioner",
        "volumeBindingMode": "WaitForFirstConsumer",
    });
    create(&mut world, Kind::StorageClass, class);
    let mut volume = fixture::volume("disk", "1Gi", "Retain");
    volume.put("/spec/storageClassName", json!("late"));
    let term = json!({"matchExpressions": [{"key": "kubernetes.io/hostname", "operator": "In", "values": ["node-3"]}]});
    volume.put(
        "/spec/nodeAffinity/required/nodeSelectorTerms",
        json!([term]),
    );
    create(&mut world, Kind::PersistentVolume, volume);
    create(
        &mut world,
        Kind::PersistentVolumeClaim,
        fixture::claim("data", "1Gi", Some("late")),
    );
    world.settle(HOUR);
    assert_eq!(
        get(&world, Kind::PersistentVolumeClaim, "data").text("/status/phase"),
        "Pending"
    );
    let user = json!({"volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": "data"}}]});
    create(&mut world, Kind::Pod, pod("user", user));
    world.settle(HOUR);
    assert_eq!(
        get(&world, Kind::PersistentVolumeClaim, "data").text("/spec/volumeName"),
        "disk"
    );
    assert_eq!(
        get(&world, Kind::Pod, "user").text("/spec/nodeName"),
        "node-3"
    );
    assert!(is_ready(&world, "user"));
}

#[test]
fn names_lead_to_ready_pods_and_to_cluster_addresses() {
    let mut world = world();
    create(&mut world, Kind::Service, fixture::service("svc", "None"));
    create(
        &mut world,
        Kind::Service,
        fixture::service("normal", "10.96.0.77"),
    );
    for i in 0..2 {
        let spec = json!({"hostname": format!("web-{i}"), "subdomain": "svc"});
        create(&mut world, Kind::Pod, pod(&format!("web-{i}"), spec));
    }
    world.advance(1000);
    assert_eq!(
        world.nslookup("default", "svc").stderr,
        "nslookup: can't resolve 'svc'\n"
    );
    world.settle(HOUR);
    let server =
        "Server:    10.96.0.10\nAddress 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local\n\n";
    assert_eq!(
        world.nslookup("default", "svc").stdout,
        format!(
            "{server}Name:      svc\nAddress 1: 10.64.0.1 web-0.svc.default.svc.cluster.local\n\
             Address 2: 10.64.0.2 web-1.svc.default.svc.cluster.local\n"
        )
    );
    assert_eq!(
        world.nslookup("other", "web-1.svc.default").stdout,
        format!(
            "{server}Name:      web-1.svc.default\nAddress 1: 10.64.0.2 web-1.svc.default.svc.cluster.local\n"
        )
    );
    assert_eq!(
        world.nslookup("default", "normal").stdout,
        format!(
            "{server}Name:      normal\nAddress 1: 10.96.0.77 normal.default.svc.cluster.local\n"
        )
    );
    // Another namespace's short names are not found, nor is a pod that is going.
    assert_eq!(world.nslookup("other", "svc").code, 1);
    delete(&mut world, Kind::Pod, "web-0");
    world.quiesce();
    assert_eq!(world.nslookup("default", "web-0.svc").code, 1);
    let stdout = exec(&mut world, "web-1", "nslookup svc").0;
    assert!(
        stdout.contains("Address 1: 10.64.0.2 ") && !stdout.contains("10.64.0.1"),
        "{stdout}"
    );
}

#[test]
fn a_service_of_many_pods_has_many_slices() {
    let mut world = world();
    create(&mut world, Kind::Service, fixture::service("svc", "None"));
    for i in 0..150 {
        create(&mut world, Kind::Pod, pod(&format!("web-{i}"), json!({})));
    }
    world.settle(HOUR);
    let sizes: Vec<usize> = world
        .store()
        .list(Kind::EndpointSlice, None)
        .map(|slice| slice.list("/endpoints").len())
        .collect();
    assert_eq!(sizes.iter().sum::<usize>(), 150);
    assert!(sizes.iter().all(|&size| size <= 100));
    delete(&mut world, Kind::Service, "svc");
    world.settle(HOUR);
    assert_eq!(world.store().list(Kind::EndpointSlice, None).count(), 0);
}

#[test]
fn a_set_comes_up_in_order_heals_and_scales() {
    for profile in [Profile::STANDALONE, Profile::UPSTREAM] {
        let mut world = World::new(Options {
            profile,
            ..Options::default()
        });
        create(&mut world, Kind::StatefulSet, set("web", 3));
        let mut ready = Vec::new();
        while ready.len() < 3 && world.step(i64::MAX) {
            for i in 0..3 {
                let name = format!("web-{i}");
                // N+1 is not made before N is ready.
                assert!(
                    exists(&world, Kind::Pod, &name)
                        <= (i == 0 || is_ready(&world, &format!("web-{}", i - 1)))
                );
                if is_ready(&world, &name) && !ready.contains(&name) {
                    ready.push(name);
                }
            }
        }
        assert_eq!(ready, ["web-0", "web-1", "web-2"]);
        assert_eq!(world.settle(HOUR), Settled::Quiet);
        let status = get(&world, Kind::StatefulSet, "web");
        assert_eq!(status.int("/status/readyReplicas"), Some(3));
        assert_eq!(status.int("/status/availableReplicas"), Some(3));

        exec(&mut world, "web-1", "touch /data/kept");
        let uid = get(&world, Kind::Pod, "web-1").uid().to_owned();
        delete(&mut world, Kind::Pod, "web-1");
        world.settle(HOUR);
        assert!(is_ready(&world, "web-1"));
        assert_ne!(get(&world, Kind::Pod, "web-1").uid(), uid);
        assert_eq!(exec(&mut world, "web-1", "ls /data").0, "kept\n");

        let mut scaled = get(&world, Kind::StatefulSet, "web");
        scaled.put("/spec/replicas", json!(1));
        world
            .store_mut()
            .update(Kind::StatefulSet, scaled)
            .expect("it can be scaled");
        world.settle(HOUR);
        let pods: Vec<_> = world
            .store()
            .list(Kind::Pod, None)
            .map(|p| p.name().to_owned())
            .collect();
        assert_eq!(pods, ["web-0"]);
        assert_eq!(
            world
                .store()
                .list(Kind::PersistentVolumeClaim, None)
                .count(),
            3
        );
        let said = events(&world, "web");
        assert!(
            said.contains(
                &"SuccessfulCreate Create Pod web-0 in StatefulSet web successful".to_owned()
            ),
            "{said:?}"
        );
    }
}

#[test]
fn the_library_binds_a_sets_claims_to_volumes_made_by_hand() {
    let mut world = bare();
    create(&mut world, Kind::StatefulSet, set("web", 1));
    assert_eq!(world.settle(HOUR), Settled::Quiet);
    assert_eq!(
        get(&world, Kind::Pod, "web-0").condition("PodScheduled"),
        "False"
    );
    let explained = world.explain("default", "web").expect("the set is there");
    assert!(explained.contains("data-web-0"), "{explained}");
    let planned = world.planned("default", "web").expect("the set is there");
    assert!(planned.contains("wait\t"), "{planned}");
    create(
        &mut world,
        Kind::PersistentVolume,
        fixture::volume("disk", "1Gi", "Retain"),
    );
    world.settle(HOUR);
    assert!(is_ready(&world, "web-0"));
    let claim = get(&world, Kind::PersistentVolumeClaim, "data-web-0");
    assert_eq!(
        (claim.text("/spec/volumeName"), claim.text("/status/phase")),
        ("disk", "Bound")
    );
    assert!(world.explain("default", "nobody").is_err());
}

#[test]
fn the_same_seed_gives_the_same_cluster() {
    let run = |seed| {
        let mut world = World::new(Options {
            seed,
            ..Options::default()
        });
        create(&mut world, Kind::Service, fixture::service("svc", "None"));
        create(&mut world, Kind::StatefulSet, set("web", 3));
        world.settle(HOUR);
        delete(&mut world, Kind::Pod, "web-1");
        world.settle(HOUR);
        let log = world.store().changes_since(0).iter();
        log.map(|c| format!("{} {} {:?} {}\n", c.version, c.at, c.happened, c.object))
            .collect::<String>()
    };
    let first = run(7);
    assert!(first.len() > 10_000);
    assert_eq!(first, run(7));
    assert_ne!(first, run(8));
}

/// The budget of the design: an `OrderedReady` rollout of 1,000 pods. `cargo test --release -- --ignored thousand`
#[test]
#[ignore = "a benchmark"]
fn a_thousand_pods() {
    let begin = std::time::Instant::now();
    let mut world = world();
    create(&mut world, Kind::Service, fixture::service("svc", "None"));
    create(&mut world, Kind::StatefulSet, set("web", 1000));
    assert_eq!(world.settle(HOUR), Settled::Quiet);
    println!(
        "created in {:?}, {} changes",
        begin.elapsed(),
        world.store().version()
    );
    assert_eq!(
        get(&world, Kind::StatefulSet, "web").int("/status/readyReplicas"),
        Some(1000)
    );
    let begin = std::time::Instant::now();
    let mut newer = get(&world, Kind::StatefulSet, "web");
    newer.put(
        "/spec/template/spec/containers/0/image",
        json!("nginx:1.13"),
    );
    world
        .store_mut()
        .update(Kind::StatefulSet, newer)
        .expect("it can be updated");
    assert_eq!(world.settle(2 * HOUR), Settled::Quiet);
    println!(
        "rolled out in {:?}, {} changes",
        begin.elapsed(),
        world.store().version()
    );
    assert_eq!(
        get(&world, Kind::StatefulSet, "web").int("/status/updatedReplicas"),
        Some(1000)
    );
}
