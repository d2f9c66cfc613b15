//! What all objects have.

use std::collections::BTreeSet;
use std::format;
use std::vec::Vec;

use super::field::{Field, quoted};
use super::{format as names, labels};

/// The metadata of a new object.
pub(crate) fn created(metadata: &Field<'_>) {
    let (name, prefix) = (metadata.child("name"), metadata.child("generateName"));
    if !prefix.text().is_empty() {
        // As if something were appended to it: it may end in a dash.
        let text = prefix.text();
        let whole = match text.strip_suffix('-') {
            Some(begin) if !begin.is_empty() => &[begin, "a"].concat(),
            _ => text,
        };
        prefix.invalid_for(names::dns_label(whole));
    }
    if !name.text().is_empty() {
        name.invalid_for(names::dns_label(name.text()));
    } else if prefix.text().is_empty() {
        name.required("name or generateName is required");
    }
    let namespace = metadata.child("namespace");
    if namespace.text().is_empty() {
        namespace.required("");
    } else {
        namespace.invalid_for(names::dns_label(namespace.text()));
    }
    common(metadata);
}

fn common(metadata: &Field<'_>) {
    labels::labels(&metadata.child("labels"));
    labels::annotations(&metadata.child("annotations"));
    owners(&metadata.child("ownerReferences"));
    let finalizers = metadata.child("finalizers");
    for finalizer in finalizers.items() {
        let standard = ["kubernetes", "orphan", "foregroundDeletion"];
        let name = finalizer.text();
        if !name.contains('/') && !standard.contains(&name) {
            finalizer.invalid_as(
                &quoted(name),
                "name is neither a standard finalizer name nor is it fully qualified",
            );
        }
    }
    for finalizer in finalizers.items() {
        for problem in names::label_key(finalizer.text()) {
            finalizers.invalid_as(&quoted(finalizer.text()), &problem);
        }
    }
    let has = |name: &str| finalizers.items().any(|it| it.text() == name);
    if has("orphan") && has("foregroundDeletion") {
        finalizers.invalid("finalizer orphan and foregroundDeletion cannot be both set");
    }
}

/// The metadata of an object that is written over another.
pub(crate) fn updated(new: &Field<'_>, old: &Field<'_>) {
    let (finalizers, before) = (new.child("finalizers"), old.child("finalizers"));
    if old.child("deletionTimestamp").given() {
        let before: BTreeSet<_> = before.items().map(|it| it.text()).collect();
        let added: BTreeSet<_> = finalizers
            .items()
            .map(|it| it.text())
            .filter(|it| !before.contains(it))
            .collect();
        if !added.is_empty() {
            let added: Vec<_> = added.iter().map(|it| quoted(it)).collect();
            finalizers.forbidden(&format!(
                "no new finalizers can be added if the object is being deleted, found new finalizers []string{{{}}}",
                added.join(", ")
            ));
        }
    }
    // Names of old objects may be anything that a path can hold.
    let (name, prefix) = (new.child("name"), new.child("generateName"));
    prefix.invalid_for(names::path_part(prefix.text()));
    match name.text() {
        "" => name.required("name or generateName is required"),
        text @ ("." | "..") => name.invalid(&format!("may not be '{text}'")),
        text => name.invalid_for(names::path_part(text)),
    }
    let namespace = new.child("namespace");
    if !namespace.text().is_empty() {
        namespace.invalid_for(names::dns_label(namespace.text()));
    } else if old.child("namespace").text().is_empty() {
        namespace.required("");
    }
    for field in ["name", "namespace", "uid"] {
        let (was, is) = (old.child(field), new.child(field));
        // The server fills in what a client leaves out, but no name: it makes one for new objects only.
        let left_out = is.text().is_empty() && field != "name";
        if !left_out && was.text() != is.text() {
            is.invalid_as(&quoted(is.text()), "field is immutable");
        }
    }
    common(new);
}

fn owners(list: &Field<'_>) {
    let mut controller = None;
    for owner in list.items() {
        for field in ["apiVersion", "kind", "name", "uid"] {
            let field = owner.child(field);
            if field.text().is_empty() {
                field.required("must not be empty");
            }
        }
        let version = owner.child("apiVersion");
        let parts: Vec<_> = version.text().split('/').collect();
        let fine = parts.len() <= 2 && parts.last().is_some_and(|it| !it.is_empty());
        if !version.text().is_empty() && !fine {
            version.invalid("must be <group>/<version> or <version>");
        }
        let (kind, name) = (owner.child("kind").text(), owner.child("name").text());
        if version.text() == "v1" && kind == "Event" {
            owner.invalid("/v1, Kind=Event is disallowed from being an owner");
        }
        if owner.child("controller").yes() {
            let this = format!("{kind}/{name}");
            match &controller {
                None => controller = Some(this),
                Some(first) => list.invalid(&format!(
                    "Only one reference can have Controller set to true. Found \"true\" in references for {first} and {this}"
                )),
            }
        }
    }
}
