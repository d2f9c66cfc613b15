//! The manifests of the cases: small sets that differ in one thing.

/// A set `web` with so many pods, whose spec has these fields, in YAML with an indent of six.
pub(crate) fn set(replicas: u32, pod: &str) -> String {
    with_spec(replicas, "", pod)
}

/// The same, and fields of the set's own spec, in YAML with an indent of two.
pub(crate) fn with_spec(replicas: u32, spec: &str, pod: &str) -> String {
    let service = "apiVersion: v1
kind: Service
metadata: {name: web}
spec: {clusterIP: None, selector: {app: web}, ports: [{port: 80}]}
---
";
    format!(
        "{service}apiVersion: apps/v1
kind: StatefulSet
metadata: {{name: web}}
spec:
  serviceName: web
  replicas: {replicas}
  selector: {{matchLabels: {{app: web}}}}
{spec}  template:
    metadata: {{labels: {{app: web}}}}
    spec:
{pod}"
    )
}

/// A container `main` with an image, and more fields with an indent of eight.
pub(crate) fn container(image: &str, more: &str) -> String {
    format!("      containers:\n      - name: main\n        image: {image}\n{more}")
}

/// A claim template `data` of this class, and the mount that goes with it.
pub(crate) fn claims(class: &str) -> String {
    format!(
        "  volumeClaimTemplates:
  - metadata: {{name: data}}
    spec:
      accessModes: [ReadWriteOnce]
      {class}
      resources: {{requests: {{storage: 1Gi}}}}
"
    )
}
