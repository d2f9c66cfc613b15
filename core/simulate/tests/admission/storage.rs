//! Claims, volumes and classes.

use serde_json::{Value, json};
use statefulset_simulate::{Fields, Kind, Object, PatchType, Store};

use crate::examples::{claim, class, refused, refused_later, store, volume, with};

#[test]
fn claims() {
    for (pointer, value, shown) in [
        (
            "/spec/accessModes",
            json!([]),
            "The PersistentVolumeClaim \"data\" is invalid: spec.accessModes: Required value: at least 1 access mode is \
             required",
        ),
        (
            "/spec/resources",
            json!({}),
            "The PersistentVolumeClaim \"data\" is invalid: spec.resources[storage]: Required value",
        ),
        (
            "/spec/resources/requests/storage",
            json!("0"),
            "The PersistentVolumeClaim \"data\" is invalid: spec.resources[storage]: Invalid value: \"0\": must be \
             greater than zero",
        ),
        (
            "/spec/volumeMode",
            json!("Tape"),
            "The PersistentVolumeClaim \"data\" is invalid: spec.volumeMode: Unsupported value: \"Tape\": supported \
             values: \"Block\", \"Filesystem\"",
        ),
    ] {
        assert_eq!(refused(Kind::PersistentVolumeClaim, pointer, value), shown);
    }
    assert_eq!(
        refused_later(
            Kind::PersistentVolumeClaim,
            "/spec/accessModes",
            json!(["ReadOnlyMany"])
        ),
        "The PersistentVolumeClaim \"data\" is invalid: spec: Forbidden: spec is immutable after creation except \
         resources.requests and volumeAttributesClassName for bound claims"
    );
}

#[test]
fn a_claim_gets_the_default_class_only_where_it_names_none() {
    let default = |name: &str| {
        let mut class = class();
        class.put("/metadata/name", json!(name));
        class.put(
            "/metadata/annotations",
            json!({"storageclass.kubernetes.io/is-default-class": "true"}),
        );
        class
    };
    let mut store = store();
    store.create(Kind::StorageClass, "", class()).unwrap();
    let class_of = |store: &mut Store, name: &str, asked: Option<&str>| {
        let mut object = claim(name);
        if let Some(asked) = asked {
            object.put("/spec/storageClassName", json!(asked));
        }
        let made = store
            .create(Kind::PersistentVolumeClaim, "default", object)
            .unwrap();
        assert_eq!(
            made["metadata"]["finalizers"],
            json!(["kubernetes.io/pvc-protection"])
        );
        assert_eq!(made["status"], json!({"phase": "Pending"}));
        assert_eq!(made.text("/spec/volumeMode"), "Filesystem");
        assert_eq!(made.text("/spec/resources/requests/storage"), "1Gi");
        made.pointer("/spec/storageClassName").cloned()
    };
    assert_eq!(class_of(&mut store, "before", None), None);
    store
        .create(Kind::StorageClass, "", default("zeta"))
        .unwrap();
    store
        .create(Kind::StorageClass, "", default("alpha"))
        .unwrap();
    assert_eq!(class_of(&mut store, "none", None), Some(json!("alpha")));
    assert_eq!(class_of(&mut store, "empty", Some("")), Some(json!("")));
    assert_eq!(
        class_of(&mut store, "named", Some("fast")),
        Some(json!("fast"))
    );
}

#[test]
fn a_bound_claim_may_grow_where_its_class_allows_it() {
    let mut store = store();
    store.create(Kind::StorageClass, "", class()).unwrap();
    let object = with(claim("data"), "/spec/storageClassName", json!("fast"));
    let made = store
        .create(Kind::PersistentVolumeClaim, "default", object)
        .unwrap();
    let ask = |store: &mut Store, amount: &str| {
        let patch = json!({"spec": {"resources": {"requests": {"storage": amount}}}});
        let patched = store.patch(
            Kind::PersistentVolumeClaim,
            "default",
            "data",
            &patch,
            PatchType::Merge,
            false,
        );
        patched.map(|_| ()).map_err(|e| e.shown())
    };
    let immutable = "The PersistentVolumeClaim \"data\" is invalid: spec: Forbidden: spec is immutable after creation \
                     except resources.requests and volumeAttributesClassName for bound claims";
    assert_eq!(ask(&mut store, "2Gi"), Err(immutable.into()));
    let bound = with(
        Object::clone(&made),
        "/status",
        json!({"phase": "Bound", "capacity": {"storage": "1Gi"}}),
    );
    store
        .update_status(Kind::PersistentVolumeClaim, bound)
        .unwrap();
    assert_eq!(
        ask(&mut store, "2Gi"),
        Err(
            "Error from server (Forbidden): persistentvolumeclaims \"data\" is forbidden: only dynamically provisioned \
             pvc can be resized and the storageclass that provisions the pvc must support resize"
                .into()
        )
    );
    let patch = json!({"allowVolumeExpansion": true});
    store
        .patch(
            Kind::StorageClass,
            "",
            "fast",
            &patch,
            PatchType::Merge,
            false,
        )
        .unwrap();
    assert_eq!(ask(&mut store, "3Gi"), Ok(()));
    // Not yet given, so it may be taken back, but not below what is there.
    assert_eq!(ask(&mut store, "2Gi"), Ok(()));
    assert_eq!(
        ask(&mut store, "512Mi"),
        Err(
            "The PersistentVolumeClaim \"data\" is invalid: spec.resources.requests.storage: Forbidden: field can not \
             be less than status.capacity"
                .into()
        )
    );
}

#[test]
fn volumes_and_classes() {
    let made = store()
        .create(Kind::PersistentVolume, "", volume())
        .unwrap();
    assert_eq!(
        made["spec"],
        json!({
            "accessModes": ["ReadWriteOnce"], "capacity": {"storage": "1Gi"},
            "hostPath": {"path": "/d", "type": ""}, "persistentVolumeReclaimPolicy": "Retain",
            "volumeMode": "Filesystem",
        })
    );
    assert_eq!(
        made["metadata"]["finalizers"],
        json!(["kubernetes.io/pv-protection"])
    );
    for (pointer, value, shown) in [
        (
            "/spec/nfs",
            json!({"server": "s", "path": "/"}),
            "The PersistentVolume \"pv1\" is invalid: spec.nfs: Forbidden: may not specify more than 1 volume type",
        ),
        (
            "/spec/hostPath",
            Value::Null,
            "The PersistentVolume \"pv1\" is invalid: spec: Required value: must specify a volume type",
        ),
        (
            "/spec/capacity",
            json!({}),
            "The PersistentVolume \"pv1\" is invalid: spec.capacity: Required value",
        ),
        (
            "/spec/persistentVolumeReclaimPolicy",
            json!("Keep"),
            "The PersistentVolume \"pv1\" is invalid: spec.persistentVolumeReclaimPolicy: Unsupported value: \"Keep\": \
             supported values: \"Delete\", \"Recycle\", \"Retain\"",
        ),
    ] {
        assert_eq!(refused(Kind::PersistentVolume, pointer, value), shown);
    }
    assert_eq!(
        refused_later(
            Kind::PersistentVolume,
            "/spec/hostPath/path",
            json!("/other")
        ),
        "The PersistentVolume \"pv1\" is invalid: spec.persistentvolumesource: Forbidden: \
         spec.persistentvolumesource is immutable after creation"
    );
    let made = store().create(Kind::StorageClass, "", class()).unwrap();
    assert_eq!(made.text("/reclaimPolicy"), "Delete");
    assert_eq!(made.text("/volumeBindingMode"), "Immediate");
    assert_eq!(
        refused(Kind::StorageClass, "/provisioner", json!("")),
        "The StorageClass \"fast\" is invalid: provisioner: Required value"
    );
    assert_eq!(
        refused_later(Kind::StorageClass, "/provisioner", json!("other")),
        "The StorageClass \"fast\" is invalid: provisioner: Forbidden: updates to provisioner are forbidden."
    );
}
