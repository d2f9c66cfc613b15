//! Volumes that grow, that are in a zone, and that live as long as a pod.

use crate::{printed, set};

fn class(fields: &str) -> String {
    format!(
        "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {{name: disks}}\nprovisioner: example.com/disk\n{fields}\n---\n"
    )
}

fn with_claims() -> String {
    set("db", "volumeMounts: [{name: data, mountPath: /d}]", "[]").replace(
        "  template:",
        "  volumeClaimTemplates: [{metadata: {name: data}, spec: {storageClassName: disks, accessModes: [ReadWriteOnce], resources: \
         {requests: {storage: 1Gi}}}}]\n  template:",
    )
}

const GROW: &str =
    "patch pvc data-db-0 -p '{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"2Gi\"}}}}'";

#[test]
fn a_claim_grows_where_its_class_allows_it() {
    let file = class("allowVolumeExpansion: true") + &with_claims();
    let story = format!(
        "apply -f a.yaml\nsettle\n{GROW}\nsettle\nget pvc\nget events\ndelete sts db\nsettle"
    );
    let out = printed(&file, &story);
    assert!(out.contains("2Gi        RWO            disks"), "{out}");
    for said in [
        "External resizer is resizing volume pvc-",
        "Require file system resize of volume on node",
        "MountVolume.NodeExpandVolume succeeded for volume",
    ] {
        assert!(out.contains(said), "{said}: {out}");
    }
    // Without a pod the volume grows, and the file system waits.
    let story = format!(
        "apply -f a.yaml\nsettle\nscale sts db --replicas 0\nsettle\n{GROW}\nsettle\nget pvc,pv\nscale sts db --replicas 1\nsettle\nget pvc"
    );
    let out = printed(&file, &story);
    let waits = out
        .find("1Gi        RWO            disks")
        .expect("the claim is as it was");
    let grown = out
        .rfind("2Gi        RWO            disks")
        .expect("the claim has grown");
    assert!(waits < grown, "{out}");
    assert!(
        out[..grown].contains("2Gi        RWO            Delete"),
        "{out}"
    );
}

#[test]
fn a_claim_that_may_not_grow_is_told_so() {
    let expected = "persistentvolumeclaims \"data-db-0\" is forbidden: only dynamically provisioned pvc can be resized and the storageclass \
                    that provisions the pvc must support resize\n";
    let out = printed(
        &(class("") + &with_claims()),
        &format!("apply -f a.yaml\nsettle\n! {GROW}"),
    );
    assert!(out.ends_with(expected), "{out}");
    let shrink = GROW.replace("2Gi", "500Mi");
    let file = class("allowVolumeExpansion: true") + &with_claims();
    let out = printed(&file, &format!("apply -f a.yaml\nsettle\n! {shrink}"));
    assert!(
        out.ends_with("spec.resources.requests.storage: Forbidden: field can not be less than status.capacity\n"),
        "{out}"
    );
}

#[test]
fn a_volume_is_made_where_its_class_says() {
    let zone = "volumeBindingMode: WaitForFirstConsumer\nallowedTopologies: [{matchLabelExpressions: [{key: topology.kubernetes.io/zone, \
                values: [b]}]}]";
    let story = "label node node-1 topology.kubernetes.io/zone=a\nlabel node node-2 topology.kubernetes.io/zone=b\n\
                 label node node-3 topology.kubernetes.io/zone=a\napply -f a.yaml\nsettle\nget po -o wide\ncordon node-2\n\
                 delete po db-0\nsettle\nget events";
    let out = printed(&(class(zone) + &with_claims()), story);
    let line = out.lines().find(|line| line.starts_with("db-0"));
    assert!(
        line.is_some_and(|line| line.contains("1/1") && line.contains("node-2")),
        "{out}"
    );
    assert!(
        out.contains("2 node(s) didn't match PersistentVolume's node affinity"),
        "{out}"
    );
}

#[test]
fn a_local_volume_is_on_its_node() {
    let volume = "apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: disk}\nspec:\n  storageClassName: local\n  capacity: {storage: \
                  1Gi}\n  accessModes: [ReadWriteOnce]\n  local: {path: /mnt}\n  nodeAffinity: {required: {nodeSelectorTerms: \
                  [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [node-3]}]}]}}\n---\n";
    let class = class("volumeBindingMode: WaitForFirstConsumer")
        .replace("example.com/disk", "kubernetes.io/no-provisioner")
        .replace("name: disks", "name: local");
    let file = class + volume + &with_claims().replace("disks", "local");
    let out = printed(&file, "apply -f a.yaml\nsettle\nget po -o wide");
    assert!(out.contains("node-3"), "{out}");
    let out = printed(
        &file,
        "cordon node-3\napply -f a.yaml\nsettle\nget po\nget events",
    );
    assert!(out.contains("db-0   0/1     Pending"), "{out}");
    assert!(
        out.contains("2 node(s) didn't find available persistent volumes to bind"),
        "{out}"
    );
}

#[test]
fn an_ephemeral_volume_lives_as_long_as_its_pod() {
    let volumes = "[{name: scratch, ephemeral: {volumeClaimTemplate: {metadata: {labels: {kind: scratch}}, spec: {storageClassName: disks, \
                   accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}}}]";
    let file = class("")
        + &set(
            "db",
            "volumeMounts: [{name: scratch, mountPath: /s}]",
            volumes,
        );
    let story = "apply -f a.yaml\nsettle\nget po,pvc\nget pvc -l kind=scratch -o jsonpath={.items[0].metadata.ownerReferences[0].kind}\n\
                 scale sts db --replicas 0\nsettle\nget pvc";
    let out = printed(&file, story);
    assert!(out.contains("pod/db-0   1/1     Running"), "{out}");
    assert!(
        out.contains("persistentvolumeclaim/db-0-scratch   Bound"),
        "{out}"
    );
    assert!(out.contains("Pod$ scale") || out.contains("Pod\n"), "{out}");
    assert!(
        out.ends_with("No resources found in default namespace.\n"),
        "{out}"
    );
}
