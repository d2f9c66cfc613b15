//! The sets of a world, and what comes with them.

use serde_json::{Value, json};

use super::asks::{ANNOTATION, Asks};

/// A set, with its service and perhaps a disruption budget.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Manifest {
    /// Its name; its pods are labelled `app: <name>`.
    pub name: &'static str,
    /// How many pods.
    pub replicas: u32,
    /// The first ordinal.
    pub start: u32,
    /// `Parallel` instead of `OrderedReady`.
    pub parallel: bool,
    /// `OnDelete` instead of `RollingUpdate`.
    pub on_delete: bool,
    /// First index that is updated.
    pub partition: u32,
    /// A number or a percentage; empty for none.
    pub max_unavailable: &'static str,
    /// Seconds.
    pub min_ready: u32,
    /// How many claim templates.
    pub claims: u32,
    /// `whenScaled: Delete`.
    pub scaled_delete: bool,
    /// `whenDeleted: Delete`.
    pub deleted_delete: bool,
    /// Size of the claims in Gi.
    pub size: u32,
    /// Whether its pods have a readiness probe.
    pub probe: bool,
    /// A budget with this `maxUnavailable`.
    pub budget: Option<u32>,
    /// Whether its claims ask for disks of a zone, instead of volumes that are made on demand and are near to all nodes.
    pub zonal: bool,
    /// What it asks for beyond Kubernetes.
    pub asks: Asks,
}

/// The image that every set begins with.
const FIRST_IMAGE: &str = "nginx:1";

impl Manifest {
    /// Three pods in order, one claim each, and nothing special.
    pub fn plain(name: &'static str) -> Self {
        Self {
            name,
            replicas: 3,
            start: 0,
            parallel: false,
            on_delete: false,
            partition: 0,
            max_unavailable: "",
            min_ready: 0,
            claims: 1,
            scaled_delete: false,
            deleted_delete: false,
            size: 1,
            probe: false,
            budget: None,
            zonal: false,
            asks: Asks::default(),
        }
    }

    /// The file's name.
    pub fn file(&self) -> String {
        format!("{}.json", self.name)
    }

    /// The file's text.
    pub fn text(&self) -> String {
        let mut items = vec![self.service(), self.set()];
        items.extend(self.budget.map(|max| {
            json!({
                "apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": self.name},
                "spec": {"maxUnavailable": max, "selector": {"matchLabels": {"app": self.name}}},
            })
        }));
        format!(
            "{:#}\n",
            json!({"apiVersion": "v1", "kind": "List", "items": items})
        )
    }

    fn service(&self) -> Value {
        json!({
            "apiVersion": "v1", "kind": "Service", "metadata": {"name": self.name},
            "spec": {"clusterIP": "None", "selector": {"app": self.name}, "ports": [{"port": 80}]},
        })
    }

    fn set(&self) -> Value {
        let numbers = 0..self.claims;
        let mounts = numbers
            .clone()
            .map(|i| json!({"name": format!("disk{i}"), "mountPath": format!("/disk{i}")}));
        let templates = numbers.map(|i| {
            let mut template = json!({
                "metadata": {"name": format!("disk{i}")},
                "spec": {
                    "accessModes": ["ReadWriteOnce"],
                    "resources": {"requests": {"storage": format!("{}Gi", self.size)}},
                },
            });
            if self.zonal {
                template["spec"]["storageClassName"] = json!(ZONAL);
            }
            template
        });
        let keep = |delete| if delete { "Delete" } else { "Retain" };
        let mut spec = json!({
            "serviceName": self.name,
            "replicas": self.replicas,
            "ordinals": {"start": self.start},
            "podManagementPolicy": if self.parallel { "Parallel" } else { "OrderedReady" },
            "minReadySeconds": self.min_ready,
            "persistentVolumeClaimRetentionPolicy": {
                "whenScaled": keep(self.scaled_delete), "whenDeleted": keep(self.deleted_delete),
            },
            "selector": {"matchLabels": {"app": self.name}},
            "template": {
                "metadata": {"labels": {"app": self.name}},
                "spec": {
                    "terminationGracePeriodSeconds": 5,
                    "containers": [{
                        "name": "main", "image": FIRST_IMAGE, "volumeMounts": mounts.collect::<Vec<_>>(),
                        "resources": {"requests": {"cpu": "100m"}},
                    }],
                },
            },
            "volumeClaimTemplates": templates.collect::<Vec<_>>(),
        });
        if self.probe {
            let probe = json!({"httpGet": {"port": 80}, "periodSeconds": 2, "failureThreshold": 1});
            spec["template"]["spec"]["containers"][0]["readinessProbe"] = probe;
        }
        spec["updateStrategy"] = if self.on_delete {
            json!({"type": "OnDelete"})
        } else {
            let mut rolling = json!({"partition": self.partition});
            if !self.max_unavailable.is_empty() {
                rolling["maxUnavailable"] = limit(self.max_unavailable);
            }
            json!({"type": "RollingUpdate", "rollingUpdate": rolling})
        };
        let mut metadata = json!({"name": self.name});
        if !self.asks.is_nothing() {
            metadata["annotations"] = json!({ANNOTATION: self.asks.to_string()});
        }
        json!({"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": metadata, "spec": spec})
    }

    /// Simpler ones, the simplest first.
    pub fn simpler(&self) -> Vec<Self> {
        let plain = Self::plain(self.name);
        let mut simpler = Vec::new();
        let mut offer = |change: &dyn Fn(&mut Self)| {
            let mut other = self.clone();
            change(&mut other);
            if other != *self && !simpler.contains(&other) {
                simpler.push(other);
            }
        };
        offer(&|m| *m = plain.clone());
        offer(&|m| m.replicas = m.replicas.min(1));
        offer(&|m| m.replicas = m.replicas.saturating_sub(1));
        offer(&|m| m.start = 0);
        offer(&|m| m.parallel = false);
        offer(&|m| m.on_delete = false);
        offer(&|m| m.partition = 0);
        offer(&|m| m.max_unavailable = "");
        offer(&|m| m.min_ready = 0);
        offer(&|m| m.claims = m.claims.saturating_sub(1));
        offer(&|m| m.scaled_delete = false);
        offer(&|m| m.deleted_delete = false);
        offer(&|m| m.size = 1);
        offer(&|m| m.probe = false);
        offer(&|m| m.budget = None);
        offer(&|m| m.zonal = false);
        for asks in self.asks.simpler() {
            offer(&|m| m.asks = asks.clone());
        }
        simpler
    }
}

/// The class of disks that belong to a zone.
const ZONAL: &str = "zonal";
/// So many disks has a zone: more than any world uses up.
const DISKS: u32 = 40;

/// Two zones of the nodes, every other one in each, with their disks; and the disks' class. Nobody makes more of them.
pub(super) fn zones(nodes: impl Iterator<Item = String>) -> String {
    let mut zones = [Vec::new(), Vec::new()];
    for (place, node) in nodes.enumerate() {
        zones[place % 2].push(node);
    }
    let mut items = vec![json!({
        "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": ZONAL},
        "provisioner": "kubernetes.io/no-provisioner", "volumeBindingMode": "WaitForFirstConsumer",
    })];
    for (zone, nodes) in ["odd", "even"].into_iter().zip(zones) {
        let here = json!({"key": "kubernetes.io/hostname", "operator": "In", "values": nodes});
        let disks = (0..DISKS).filter(|_| !nodes.is_empty()).map(|disk| {
            let name = format!("{zone}-{disk}");
            json!({
                "apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": name},
                "spec": {
                    "accessModes": ["ReadWriteOnce"], "capacity": {"storage": "2Gi"},
                    "csi": {"driver": "disks.example.com", "volumeHandle": name},
                    "nodeAffinity": {"required": {"nodeSelectorTerms": [{"matchExpressions": [here]}]}},
                    "persistentVolumeReclaimPolicy": "Retain", "storageClassName": ZONAL,
                },
            })
        });
        items.extend(disks);
    }
    format!(
        "{:#}\n",
        json!({"apiVersion": "v1", "kind": "List", "items": items})
    )
}

/// A claim that is larger than any set asks for.
pub(super) fn large_claim(name: &str) -> String {
    let claim = json!({
        "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": name},
        "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "9Gi"}}},
    });
    format!("{claim:#}\n")
}

/// A number, or a percentage.
fn limit(text: &str) -> Value {
    text.parse::<u32>()
        .map_or_else(|_| json!(text), |n| json!(n))
}
