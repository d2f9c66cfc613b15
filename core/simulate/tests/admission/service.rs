//! Services, their addresses and node ports.

use serde_json::json;
use statefulset_simulate::{Fields, Kind};

use crate::examples::{refused, service, store, with};

#[test]
fn services_get_an_address_of_their_own_and_keep_it() {
    let mut store = store();
    let made = store.create(Kind::Service, "default", service()).unwrap();
    let address = made.text("/spec/clusterIP").to_owned();
    assert!(address.starts_with("10.96."), "{address}");
    assert_eq!(
        made["spec"],
        json!({
            "clusterIP": address, "clusterIPs": [address], "internalTrafficPolicy": "Cluster",
            "ipFamilies": ["IPv4"], "ipFamilyPolicy": "SingleStack",
            "ports": [{"port": 80, "protocol": "TCP", "targetPort": 80}],
            "selector": {"app": "web"}, "sessionAffinity": "None", "type": "ClusterIP",
        })
    );
    assert_eq!(made["status"], json!({"loadBalancer": {}}));

    let mut second = service();
    second.put("/metadata/name", json!("second"));
    second.put("/spec/clusterIP", json!(address));
    assert_eq!(
        store
            .create(Kind::Service, "default", second.clone())
            .unwrap_err()
            .shown(),
        format!(
            "The Service \"second\" is invalid: spec.clusterIPs: Invalid value: [\"{address}\"]: failed to allocate IP \
             {address}: provided IP is already allocated"
        )
    );
    second.put("/spec/clusterIP", json!("None"));
    let headless = store.create(Kind::Service, "default", second).unwrap();
    assert_eq!(headless["spec"]["clusterIPs"], json!(["None"]));

    let sent = with(service(), "/metadata/namespace", json!("default"));
    let other_port = with(sent.clone(), "/spec/ports", json!([{"port": 81}]));
    let replaced = store.update(Kind::Service, other_port).unwrap();
    assert_eq!(replaced.text("/spec/clusterIP"), address);
    assert_eq!(
        store
            .update(Kind::Service, with(sent, "/spec/clusterIP", json!("None")))
            .unwrap_err()
            .shown(),
        "The Service \"web\" is invalid: spec.clusterIPs[0]: Invalid value: [\"None\"]: may not change once set"
    );

    let open = with(service(), "/spec/type", json!("NodePort"));
    let open = with(open, "/metadata/name", json!("open"));
    let open = store.create(Kind::Service, "default", open).unwrap();
    assert_eq!(open.int("/spec/ports/0/nodePort"), Some(30000));
}

#[test]
fn services() {
    for (pointer, value, shown) in [
        (
            "/spec/ports",
            json!([]),
            "The Service \"web\" is invalid: spec.ports: Required value",
        ),
        (
            "/spec/ports",
            json!([{"port": 80}, {"port": 0, "name": "b"}]),
            "The Service \"web\" is invalid: \n\
             * spec.ports[0].name: Required value\n\
             * spec.ports[1].port: Invalid value: 0: must be between 1 and 65535, inclusive\n\
             * spec.ports[1].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive",
        ),
        (
            "/spec/type",
            json!("Clusterip"),
            "The Service \"web\" is invalid: spec.type: Unsupported value: \"Clusterip\": supported values: \
             \"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\"",
        ),
    ] {
        assert_eq!(refused(Kind::Service, pointer, value), shown);
    }
}
