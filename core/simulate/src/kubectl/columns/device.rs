//! The columns of devices and of drivers of storage.

use super::{AGE, Column, NAME, amount, column, or_none, since, texts};
use crate::values::object::{Fields, Object};

pub(super) const CLAIM: &[Column] = &[NAME, column("STATE", |o, _| state(o)), AGE];

pub(super) const SLICE: &[Column] = &[
    NAME,
    column("NODE", |o, _| o.text("/spec/nodeName").into()),
    column("DRIVER", |o, _| o.text("/spec/driver").into()),
    column("POOL", |o, _| o.text("/spec/pool/name").into()),
    AGE,
];

pub(super) const TAINT_RULE: &[Column] = &[
    NAME,
    column("KEY", |o, _| o.text("/spec/taint/key").into()),
    column("VALUE", |o, _| o.text("/spec/taint/value").into()),
    column("EFFECT", |o, _| o.text("/spec/taint/effect").into()),
    column("TIMEADDED", |o, now| {
        let added = o.pointer("/spec/taint/timeAdded");
        added.map_or_else(String::new, |_| since(o, "/spec/taint/timeAdded", now))
    }),
    AGE,
];

pub(super) const STORAGE_DRIVER: &[Column] = &[
    NAME,
    column("ATTACHREQUIRED", |o, _| {
        let required = o.pointer("/spec/attachRequired");
        (required.is_none() || o.flag("/spec/attachRequired")).to_string()
    }),
    column("PODINFOONMOUNT", |o, _| {
        o.flag("/spec/podInfoOnMount").to_string()
    }),
    column("STORAGECAPACITY", |o, _| {
        o.flag("/spec/storageCapacity").to_string()
    }),
    column("TOKENREQUESTS", |o, _| {
        if o.pointer("/spec/tokenRequests").is_none() {
            return "<unset>".into();
        }
        let requests = o.list("/spec/tokenRequests").iter();
        let audiences: Vec<_> = requests.map(|it| it.text("/audience")).collect();
        audiences.join(",")
    }),
    column("REQUIRESREPUBLISH", |o, _| {
        o.flag("/spec/requiresRepublish").to_string()
    }),
    column("MODES", |o, _| {
        or_none(&texts(o, "/spec/volumeLifecycleModes"))
    }),
    AGE,
];

pub(super) const STORAGE_NODE: &[Column] = &[
    NAME,
    column("DRIVERS", |o, _| o.list("/spec/drivers").len().to_string()),
    AGE,
];

pub(super) const STORAGE_CAPACITY: &[Column] = &[
    NAME,
    column("STORAGECLASSNAME", |o, _| {
        o.text("/storageClassName").into()
    }),
    column("CAPACITY", |o, _| {
        let capacity = o.pointer("/capacity");
        capacity.map_or_else(|| "<unset>".into(), |it| amount(Some(it)).into())
    }),
];

pub(super) const ATTRIBUTES_CLASS: &[Column] = &[
    NAME,
    column("DRIVERNAME", |o, _| o.text("/driverName").into()),
    AGE,
];

fn state(claim: &Object) -> String {
    let mut states = Vec::new();
    if claim.is_terminating() {
        states.push("deleted");
    }
    if claim.pointer("/status/allocation").is_some() {
        states.push("allocated");
        if !claim.list("/status/reservedFor").is_empty() {
            states.push("reserved");
        }
    } else if !claim.is_terminating() {
        states.push("pending");
    }
    states.join(",")
}
