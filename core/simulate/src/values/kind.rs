//! The kinds of objects that the API store knows.

/// One kind of object.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// `v1 Namespace`
    Namespace,
    /// `v1 Node`
    Node,
    /// `v1 PersistentVolume`
    PersistentVolume,
    /// `storage.k8s.io/v1 StorageClass`
    StorageClass,
    /// `apps/v1 ControllerRevision`
    ControllerRevision,
    /// `apps/v1 StatefulSet`
    StatefulSet,
    /// `v1 Pod`
    Pod,
    /// `v1 PersistentVolumeClaim`
    PersistentVolumeClaim,
    /// `v1 Service`
    Service,
    /// `discovery.k8s.io/v1 EndpointSlice`
    EndpointSlice,
    /// `policy/v1 PodDisruptionBudget`
    PodDisruptionBudget,
    /// `v1 Secret`
    Secret,
    /// `v1 ConfigMap`
    ConfigMap,
    /// `v1 ServiceAccount`
    ServiceAccount,
    /// `storage.k8s.io/v1 VolumeAttachment`
    VolumeAttachment,
    /// `scheduling.k8s.io/v1 PriorityClass`
    PriorityClass,
    /// `v1 ResourceQuota`
    ResourceQuota,
    /// `admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration`
    ValidatingWebhookConfiguration,
    /// `admissionregistration.k8s.io/v1 MutatingWebhookConfiguration`
    MutatingWebhookConfiguration,
    /// `v1 Event`
    Event,
}

/// What is fixed for a kind.
#[derive(Clone, Copy)]
struct Facts {
    kind: &'static str,
    group: &'static str,
    version: &'static str,
    plural: &'static str,
    singular: &'static str,
    short: &'static [&'static str],
    namespaced: bool,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 20] = [
        Self::Namespace,
        Self::Node,
        Self::PersistentVolume,
        Self::StorageClass,
        Self::ControllerRevision,
        Self::StatefulSet,
        Self::Pod,
        Self::PersistentVolumeClaim,
        Self::Service,
        Self::EndpointSlice,
        Self::PodDisruptionBudget,
        Self::Secret,
        Self::ConfigMap,
        Self::ServiceAccount,
        Self::VolumeAttachment,
        Self::PriorityClass,
        Self::ResourceQuota,
        Self::ValidatingWebhookConfiguration,
        Self::MutatingWebhookConfiguration,
        Self::Event,
    ];

    const fn facts(self) -> Facts {
        const fn core(
            kind: &'static str,
            plural: &'static str,
            singular: &'static str,
            short: &'static [&'static str],
            namespaced: bool,
        ) -> Facts {
            Facts {
                kind,
                group: "",
                version: "v1",
                plural,
                singular,
                short,
                namespaced,
            }
        }
        const fn grouped(group: &'static str, namespaced: bool, core: Facts) -> Facts {
            Facts {
                group,
                namespaced,
                ..core
            }
        }
        match self {
            Self::Namespace => core("Namespace", "namespaces", "namespace", &["ns"], false),
            Self::Node => core("Node", "nodes", "node", &["no"], false),
            Self::PersistentVolume => core(
                "PersistentVolume",
                "persistentvolumes",
                "persistentvolume",
                &["pv"],
                false,
            ),
            Self::StorageClass => grouped(
                "storage.k8s.io",
                false,
                core(
                    "StorageClass",
                    "storageclasses",
                    "storageclass",
                    &["sc"],
                    false,
                ),
            ),
            Self::ControllerRevision => grouped(
                "apps",
                true,
                core(
                    "ControllerRevision",
                    "controllerrevisions",
                    "controllerrevision",
                    &[],
                    true,
                ),
            ),
            Self::StatefulSet => grouped(
                "apps",
                true,
                core("StatefulSet", "statefulsets", "statefulset", &["sts"], true),
            ),
            Self::Pod => core("Pod", "pods", "pod", &["po"], true),
            Self::PersistentVolumeClaim => core(
                "PersistentVolumeClaim",
                "persistentvolumeclaims",
                "persistentvolumeclaim",
                &["pvc"],
                true,
            ),
            Self::Service => core("Service", "services", "service", &["svc"], true),
            Self::EndpointSlice => grouped(
                "discovery.k8s.io",
                true,
                core(
                    "EndpointSlice",
                    "endpointslices",
                    "endpointslice",
                    &[],
                    true,
                ),
            ),
            Self::PodDisruptionBudget => grouped(
                "policy",
                true,
                core(
                    "PodDisruptionBudget",
                    "poddisruptionbudgets",
                    "poddisruptionbudget",
                    &["pdb"],
                    true,
                ),
            ),
            Self::Secret => core("Secret", "secrets", "secret", &[], true),
            Self::ConfigMap => core("ConfigMap", "configmaps", "configmap", &["cm"], true),
            Self::ServiceAccount => core(
                "ServiceAccount",
                "serviceaccounts",
                "serviceaccount",
                &["sa"],
                true,
            ),
            Self::VolumeAttachment => grouped(
                "storage.k8s.io",
                false,
                core(
                    "VolumeAttachment",
                    "volumeattachments",
                    "volumeattachment",
                    &[],
                    false,
                ),
            ),
            Self::PriorityClass => grouped(
                "scheduling.k8s.io",
                false,
                core(
                    "PriorityClass",
                    "priorityclasses",
                    "priorityclass",
                    &["pc"],
                    false,
                ),
            ),
            Self::ResourceQuota => core(
                "ResourceQuota",
                "resourcequotas",
                "resourcequota",
                &["quota"],
                true,
            ),
            Self::ValidatingWebhookConfiguration => grouped(
                "admissionregistration.k8s.io",
                false,
                core(
                    "ValidatingWebhookConfiguration",
                    "validatingwebhookconfigurations",
                    "validatingwebhookconfiguration",
                    &[],
                    false,
                ),
            ),
            Self::MutatingWebhookConfiguration => grouped(
                "admissionregistration.k8s.io",
                false,
                core(
                    "MutatingWebhookConfiguration",
                    "mutatingwebhookconfigurations",
                    "mutatingwebhookconfiguration",
                    &[],
                    false,
                ),
            ),
            Self::Event => core("Event", "events", "event", &["ev"], true),
        }
    }

    /// `StatefulSet`
    pub const fn name(self) -> &'static str {
        self.facts().kind
    }

    /// `apps`; empty for the core group.
    pub const fn group(self) -> &'static str {
        self.facts().group
    }

    /// `apps/v1`, `v1`
    pub fn api_version(self) -> String {
        let Facts { group, version, .. } = self.facts();
        if group.is_empty() {
            version.into()
        } else {
            format!("{group}/{version}")
        }
    }

    /// `statefulsets`
    pub const fn plural(self) -> &'static str {
        self.facts().plural
    }

    /// `statefulset`
    pub const fn singular(self) -> &'static str {
        self.facts().singular
    }

    /// `v1`
    pub const fn version(self) -> &'static str {
        self.facts().version
    }

    /// Whether the API server counts the changes of its spec in `metadata.generation`.
    pub const fn has_generation(self) -> bool {
        matches!(
            self,
            Self::StatefulSet | Self::Pod | Self::PodDisruptionBudget
        )
    }

    /// Whether its objects live in namespaces.
    pub const fn is_namespaced(self) -> bool {
        self.facts().namespaced
    }

    /// `statefulsets.apps`, `pods`: how the API server's errors name the resource.
    pub fn resource(self) -> String {
        let Facts { group, plural, .. } = self.facts();
        if group.is_empty() {
            plural.into()
        } else {
            format!("{plural}.{group}")
        }
    }

    /// `statefulset.apps`, `pod`: how kubectl's messages name it.
    pub fn qualified(self) -> String {
        let Facts {
            group, singular, ..
        } = self.facts();
        if group.is_empty() {
            singular.into()
        } else {
            format!("{singular}.{group}")
        }
    }

    /// The kind with this `kind:` and `apiVersion:`.
    pub fn of_object(kind: &str, api_version: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|k| k.name() == kind && k.api_version() == api_version)
    }

    /// Its plural and short words.
    pub(crate) fn words(self) -> impl Iterator<Item = String> {
        let Facts { plural, short, .. } = self.facts();
        let words = [plural].into_iter().chain(short.iter().copied());
        words.map(str::to_owned)
    }

    /// The kind that a word on the command line means: `sts`, `statefulset`, `statefulsets`, `statefulsets.apps`.
    pub fn of_word(word: &str) -> Option<Self> {
        let word = word.to_ascii_lowercase();
        Self::ALL.into_iter().find(|k| {
            let Facts {
                plural,
                singular,
                short,
                ..
            } = k.facts();
            word == plural
                || word == singular
                || short.contains(&word.as_str())
                || word == k.resource()
                || word == k.qualified()
        })
    }
}
