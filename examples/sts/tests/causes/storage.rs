//! Claims and volumes.

use statefulset::kubernetes::CauseName;

use crate::Case;
use crate::manifest::{claims, container, set as set_of, with_spec};

const MOUNT: &str = "        volumeMounts: [{name: data, mountPath: /d}]\n";

fn set(class: &str) -> String {
    with_spec(2, &claims(class), &container("db:1", MOUNT))
}

fn volume(name: &str, node: &str) -> String {
    format!(
        "---
apiVersion: v1
kind: PersistentVolume
metadata: {{name: {name}}}
spec:
  capacity: {{storage: 1Gi}}
  accessModes: [ReadWriteOnce]
  storageClassName: local
  local: {{path: /d}}
  nodeAffinity:
    required:
      nodeSelectorTerms:
      - matchExpressions: [{{key: kubernetes.io/hostname, operator: In, values: [{node}]}}]
"
    )
}

fn disks() -> String {
    let class = "apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: local}
provisioner: kubernetes.io/no-provisioner
volumeBindingMode: WaitForFirstConsumer
";
    let disks = [
        volume("disk-1", "node-1"),
        volume("disk-2", "node-2"),
        volume("disk-3", "node-3"),
    ];
    format!("{class}{}", disks.concat())
}

#[test]
fn a_claim_that_no_volume_fits() {
    Case::new(
        CauseName::UnboundClaim,
        "option provisioner none\napply -f set.yaml\nadvance 20m",
    )
    .file("set.yaml", set("storageClassName: local"))
    .file("disks.yaml", disks())
    .person("apply -f disks.yaml")
    .run();
}

#[test]
fn a_disk_of_a_node_that_is_gone() {
    let story = "option provisioner none\napply -f disks.yaml -f set.yaml\nsettle\nfail node node-2 power\nadvance 1m\n\
                 delete node node-2\nadvance 20m";
    Case::new(CauseName::VolumeOutOfReach, story)
        .file("set.yaml", set("storageClassName: local"))
        .file("disks.yaml", disks())
        .cure(1)
        .run();
}

#[test]
fn a_disk_of_a_node_that_is_closed() {
    let story = "option provisioner none\napply -f disks.yaml -f set.yaml\nsettle\ncordon node-2\ndelete pod web-1\nadvance 20m";
    Case::new(CauseName::VolumeOutOfReach, story)
        .file("set.yaml", set("storageClassName: local"))
        .file("disks.yaml", disks())
        .run();
}

#[test]
fn a_claim_that_is_being_deleted() {
    let patch = r#"patch pvc data-web-1 --type=merge -p '{"metadata":{"finalizers":["example.com/backup"]}}'"#;
    let story = format!(
        "apply -f set.yaml\nsettle\n{patch}\ndelete pvc data-web-1 --wait=false\ndelete pod web-1\nadvance 20m"
    );
    Case::new(CauseName::TerminatingClaim, story.leak())
        .file("set.yaml", set("storageClassName: standard"))
        .cure(1)
        .run();
}

#[test]
fn a_claim_template_that_the_pods_do_not_have() {
    let more = with_spec(
        2,
        &format!(
            "{}  - metadata: {{name: wal}}\n    spec: {{accessModes: [ReadWriteOnce], resources: {{requests: {{storage: 1Gi}}}}}}\n",
            claims("storageClassName: standard")
        ),
        &container(
            "db:1",
            "        volumeMounts: [{name: data, mountPath: /d}, {name: wal, mountPath: /w}]\n",
        ),
    );
    let story = "apply -f set.yaml\nsettle\ndelete sts web --cascade=orphan\napply -f more.yaml\nadvance 20m";
    Case::new(CauseName::ImmutableVolumes, story)
        .file("set.yaml", set("storageClassName: standard"))
        .file("more.yaml", more)
        .after("settle\ndelete pod web-1")
        .run();
}

#[test]
fn a_volume_that_cannot_be_mounted() {
    let story = "option provisioner none\napply -f disks.yaml -f set.yaml\nsettle\nbreak volume disk-2\ndelete pod web-1\nadvance 20m";
    let case = |name| {
        Case::new(name, story)
            .file("set.yaml", set("storageClassName: local"))
            .file("disks.yaml", disks())
            .person("mend volume disk-2")
            .after("advance 3m")
    };
    case(CauseName::VolumeNotMounted).run();
    // Whoever has no events sees only that nothing happens.
    case(CauseName::ContainersNotCreated).without_events().run();
}

#[test]
fn a_provisioner_that_makes_no_volume() {
    Case::new(
        CauseName::ProvisioningFailed,
        "break provisioner\napply -f set.yaml\nadvance 20m",
    )
    .file("set.yaml", set("storageClassName: standard"))
    .person("mend provisioner")
    .run();
}

#[test]
fn a_claim_that_does_not_exist() {
    let volume = "      volumes: [{name: data, persistentVolumeClaim: {claimName: certs}}]\n";
    let manifest = set_of(1, &format!("{}{volume}", container("nginx:1.27", MOUNT)));
    Case::new(CauseName::UnboundClaim, "apply -f set.yaml\nadvance 20m")
        .file("set.yaml", manifest)
        .cure(1)
        .run();
}

#[test]
fn a_storage_class_that_does_not_exist() {
    Case::new(CauseName::UnboundClaim, "apply -f set.yaml\nadvance 20m")
        .file("set.yaml", set("storageClassName: fast"))
        .cure(1)
        .run();
}
