//! Cluster addresses and node ports: each is given to one service at a time.

use std::collections::BTreeSet;

use serde_json::json;

use super::faults::Faults;
use super::service::{ADDRESS, ADDRESSES, kind_of, ports_mut, takes_node_ports};
use crate::values::error::ApiError;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::objects::Objects;
use crate::values::rng::Rng;

/// Taken in every cluster: the API server's own service, and DNS.
const RESERVED: [&str; 2] = ["10.96.0.1", "10.96.0.10"];
const FIRST_NODE_PORT: i64 = 30000;
const LAST_NODE_PORT: i64 = 32767;

/// Gives the service an address and node ports, as far as its type has them and it has none.
pub(super) fn allocate(
    objects: &Objects,
    rng: &mut Rng,
    service: &mut Object,
) -> Result<(), ApiError> {
    if kind_of(service) == "ExternalName" {
        for pointer in [ADDRESS, ADDRESSES] {
            service.take_away(pointer);
        }
        return Ok(());
    }
    let (mut addresses, mut ports) = (BTreeSet::new(), BTreeSet::new());
    for other in objects.list(Kind::Service, None) {
        if (other.namespace(), other.name()) != (service.namespace(), service.name()) {
            addresses.insert(other.text(ADDRESS).to_owned());
            let taken = other.list("/spec/ports").iter();
            ports.extend(taken.filter_map(|p| p.int("/nodePort")));
        }
    }
    addresses.extend(RESERVED.map(String::from));
    match service.text(ADDRESS) {
        "" => {
            let mut address = draw_address(rng);
            while addresses.contains(&address) {
                address = draw_address(rng);
            }
            service.put(ADDRESS, json!(address));
        }
        "None" => {}
        asked if addresses.contains(asked) => {
            let mut faults = Faults::default();
            faults.invalid(
                "spec.clusterIPs",
                &json!([asked]),
                &format!("failed to allocate IP {asked}: provided IP is already allocated"),
            );
            return faults.refuse(Kind::Service, service.name());
        }
        _ => {}
    }
    let address = json!([service.text(ADDRESS)]);
    service.put(ADDRESSES, address);
    if takes_node_ports(service) {
        for port in ports_mut(service) {
            if port.int("/nodePort").unwrap_or(0) == 0 {
                let free = (FIRST_NODE_PORT..=LAST_NODE_PORT).find(|n| !ports.contains(n));
                port.put("/nodePort", json!(free));
            }
            ports.extend(port.int("/nodePort"));
        }
    }
    Ok(())
}

/// Drawn at random, as in a real cluster, so that the address of a deleted service does not come back at once. The
/// first block is left to those who ask for an address by name.
fn draw_address(rng: &mut Rng) -> String {
    let n = rng.next();
    format!("10.96.{}.{}", 1 + n % 255, 1 + n / 255 % 254)
}
