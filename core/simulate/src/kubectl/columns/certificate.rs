//! The columns of certificates and of who asks for them.

use super::{AGE, Column, NAME, column, or_none, pairs};
use crate::values::duration;
use crate::values::object::{Fields, Object};

const SIGNER: Column = column("SIGNERNAME", |o, _| or_none(o.text("/spec/signerName")));

pub(super) const REQUEST: &[Column] = &[
    NAME,
    AGE,
    SIGNER,
    column("REQUESTOR", |o, _| o.text("/spec/username").into()),
    column("REQUESTEDDURATION", |o, _| {
        let seconds = o.int("/spec/expirationSeconds");
        seconds.map_or_else(
            || "<none>".into(),
            |it| duration::age(it.saturating_mul(1000)),
        )
    }),
    column("CONDITION", |o, _| state(o)),
];

pub(super) const BUNDLE: &[Column] = &[NAME, SIGNER];

pub(super) const POD_REQUEST: &[Column] = &[
    NAME,
    column("PODNAME", |o, _| o.text("/spec/podName").into()),
    column("SERVICEACCOUNTNAME", |o, _| {
        o.text("/spec/serviceAccountName").into()
    }),
    column("NODENAME", |o, _| o.text("/spec/nodeName").into()),
    column("SIGNERNAME", |o, _| o.text("/spec/signerName").into()),
    column("STATE", |o, _| {
        let mut last_first = o.list("/status/conditions").iter().rev();
        let ends = ["Issued", "Denied", "Failed"];
        let state = last_first.find(|it| ends.contains(&it.text("/type")));
        state.map_or("Pending", |it| it.text("/type")).into()
    }),
    column("UNVERIFIEDUSERANNOTATIONS", |o, _| {
        pairs(o.pointer("/spec/unverifiedUserAnnotations"))
    }),
];

fn state(request: &Object) -> String {
    let has = |kind: &str| {
        let mut conditions = request.list("/status/conditions").iter();
        conditions.any(|it| it.text("/type") == kind)
    };
    let mut state = String::from(if has("Denied") {
        "Denied"
    } else if has("Approved") {
        "Approved"
    } else {
        "Pending"
    });
    if has("Failed") {
        state += ",Failed";
    }
    if !request.text("/status/certificate").is_empty() {
        state += ",Issued";
    }
    state
}
