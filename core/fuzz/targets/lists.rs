//! The same objects one by one, as lists, as lines of a watch, and in one look. All four must give the same plan, for the
//! order in which things are seen is chance.
#![no_main]

use std::collections::BTreeMap;

use libfuzzer_sys::arbitrary::{Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};
use statefulset::Profile;
use statefulset::kubernetes::{
    Cluster, Evidence, Key, Kind, ObjectError, PATIENCE, Requests, reconcile,
};
use statefulset_fuzz::{NOW, object, profile, set};

/// By kind, namespace and name, so that none is there twice.
type Objects = BTreeMap<(Kind, String, String), Value>;

fuzz_target!(|bytes: &[u8]| {
    let _ = compare(&mut Unstructured::new(bytes));
});

fn compare(bytes: &mut Unstructured) -> Result<()> {
    let profile = profile(bytes)?;
    let mut objects = Objects::new();
    let mut add = |kind: Kind, object: Value| {
        let text = |key: &str| {
            object["metadata"][key]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        };
        let namespace = if kind.is_namespaced() {
            text("namespace")
        } else {
            String::new()
        };
        objects.insert((kind, namespace, text("name")), object);
    };
    add(Kind::StatefulSet, set::draw(bytes)?);
    for _ in 0..bytes.int_in_range(0..=12)? {
        let (kind, mut object) = object::draw(bytes)?;
        // By these a list tells which object is of which kind.
        if let Some(members) = object.as_object_mut() {
            members.insert("kind".into(), kind.name().into());
            members.insert("apiVersion".into(), kind.api_version().into());
        }
        add(kind, object);
    }
    let web = Key::new("default", "web");
    let listed = listed(profile, &objects);
    let plan = listed.plan(&web, NOW).map(essence);
    let evidence = Evidence::new();
    for cluster in [one_by_one(profile, &objects), watched(profile, &objects)] {
        assert_eq!(cluster.plan(&web, NOW).map(essence), plan);
        assert_eq!(cluster.explain(&web, NOW), listed.explain(&web, NOW));
        assert_eq!(
            cluster.diagnose(&web, &evidence, NOW, PATIENCE),
            listed.diagnose(&web, &evidence, NOW, PATIENCE)
        );
    }
    let all = Value::from_iter(objects.into_values());
    // An object whose kind is not to be read ends the look.
    if let Ok(found) = reconcile(profile, &web, &Kind::ALL, all.to_string().as_bytes(), NOW) {
        assert_eq!(Ok(essence(found.requests)), plan);
    }
    Ok(())
}

/// All of a plan but its id, which counts what has happened.
fn essence(plan: Requests) -> impl PartialEq + std::fmt::Debug {
    (
        plan.requests,
        plan.waits,
        plan.blockers,
        plan.next_wake,
        plan.plan,
        plan.more,
    )
}

fn listed(profile: Profile, objects: &Objects) -> Cluster {
    let mut cluster = Cluster::new(profile);
    for kind in Kind::ALL {
        cluster.begin_list(kind);
    }
    for ((kind, ..), object) in objects {
        let _ = apply(&mut cluster, *kind, object);
    }
    for kind in Kind::ALL {
        cluster.end_list(kind, "200");
    }
    cluster
}

fn one_by_one(profile: Profile, objects: &Objects) -> Cluster {
    let mut cluster = listed(profile, &Objects::new());
    for ((kind, ..), object) in objects.iter().rev() {
        let _ = apply(&mut cluster, *kind, object);
    }
    cluster
}

fn watched(profile: Profile, objects: &Objects) -> Cluster {
    let mut cluster = Cluster::new(profile);
    for kind in Kind::ALL {
        cluster.begin_list(kind);
    }
    for ((kind, ..), object) in objects.iter().rev() {
        let event = json!({"type": "ADDED", "object": object});
        // What a watch cannot be asked to read for want of a kind, it could have read with it.
        if cluster.watch(event.to_string().as_bytes()).is_err() {
            let _ = apply(&mut cluster, *kind, object);
        }
    }
    for kind in Kind::ALL {
        let meta =
            json!({"resourceVersion": "200", "annotations": {"k8s.io/initial-events-end": "true"}});
        let last = json!({"kind": kind.name(), "apiVersion": kind.api_version(), "metadata": meta});
        let event = json!({"type": "BOOKMARK", "object": last});
        cluster
            .watch(event.to_string().as_bytes())
            .expect("a bookmark");
    }
    cluster
}

fn apply(
    cluster: &mut Cluster,
    kind: Kind,
    object: &Value,
) -> std::result::Result<(), ObjectError> {
    cluster.apply(kind, object.to_string().as_bytes())
}
