//! Claims and volumes.

use crate::*;

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
    create(&mut world, Kind::Pod, pod("user", &user));
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
    create(&mut world, Kind::Pod, pod("user", &user));
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
fn a_claim_that_names_its_volume_gets_it_if_it_fits_and_is_free() {
    let mut world = bare();
    for (name, size) in [("one", "1Gi"), ("small", "1Mi")] {
        let volume = fixture::volume(name, size, "Retain");
        create(&mut world, Kind::PersistentVolume, volume);
    }
    for (name, volume) in [("a", "one"), ("b", "one"), ("c", "small"), ("d", "absent")] {
        let mut claim = fixture::claim(name, "1Gi", Some(""));
        claim.put("/spec/volumeName", json!(volume));
        create(&mut world, Kind::PersistentVolumeClaim, claim);
        world.settle(HOUR);
    }
    let phase = |name| {
        let claim = get(&world, Kind::PersistentVolumeClaim, name);
        claim.text("/status/phase").to_owned()
    };
    assert_eq!(
        ["a", "b", "c", "d"].map(phase),
        ["Bound", "Pending", "Pending", "Pending"]
    );
    assert_eq!(
        events(&world, "b"),
        ["FailedBinding volume \"one\" already bound to a different claim."]
    );
    assert_eq!(
        events(&world, "c"),
        ["VolumeMismatch Cannot bind to requested volume \"small\": requested PV is too small"]
    );
}
