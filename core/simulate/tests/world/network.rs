//! Services and names.

use crate::*;

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
        create(&mut world, Kind::Pod, pod(&format!("web-{i}"), &spec));
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
        create(&mut world, Kind::Pod, pod(&format!("web-{i}"), &json!({})));
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
