//! A service account, and a class of priority.

use super::page::Page;
use crate::kubectl::columns;
use crate::values::object::{Fields, Object};

pub(super) fn describe(page: &mut Page, account: &Object) {
    page.title(account);
    page.labels(0, account);
    page.annotations(0, account);
    let names = account.list("/imagePullSecrets").iter();
    let names: Vec<_> = names.map(|s| s.text("/name").to_owned()).collect();
    page.fields(0, "Image pull secrets", &names);
}

pub(super) fn describe_priority(page: &mut Page, class: &Object) {
    page.field(0, "Name", class.name());
    let value = class.int("/value").unwrap_or(0);
    page.field(0, "Value", &value.to_string());
    let default = class.flag("/globalDefault").to_string();
    page.field(0, "GlobalDefault", &default);
    page.field(0, "PreemptionPolicy", class.text("/preemptionPolicy"));
    page.field(0, "Description", class.text("/description"));
    let annotations = columns::pairs(class.pointer("/metadata/annotations"));
    page.field(0, "Annotations", &annotations);
}
