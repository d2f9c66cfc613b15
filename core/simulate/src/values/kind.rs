//! The kinds of objects that the API store knows.

mod at_rest;
mod custom;
mod resource;

pub use resource::Resource;
use resource::Scope::{Cluster, Namespaced};

/// Makes the kinds that something in the cluster acts on: a line for each, with its group, version, plural, short names and
/// scope.
macro_rules! kinds {
    ($($kind:ident: $group:literal $version:literal $plural:literal $short:expr, $scope:ident;)*) => {
        /// One kind of object.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Kind {
            $(
                #[doc = concat!("`", $plural, "`, version `", $version, "`, of the group `", $group, "`")]
                $kind,
            )*
            /// A kind whose objects are stored and on which nothing in the cluster acts: the other kinds of Kubernetes, and
            /// those that a CustomResourceDefinition brings.
            AtRest(&'static Resource),
        }

        const ACTIVE: &[Kind] = &[$(Kind::$kind),*];

        impl Kind {
            const fn resource_type(self) -> &'static Resource {
                match self {
                    $(Self::$kind => const { &Resource::new($group, $version, stringify!($kind), $plural, $short, $scope) },)*
                    Self::AtRest(resource) => resource,
                }
            }
        }
    };
}

kinds! {
    Namespace: "" "v1" "namespaces" &["ns"], Cluster;
    Node: "" "v1" "nodes" &["no"], Cluster;
    PersistentVolume: "" "v1" "persistentvolumes" &["pv"], Cluster;
    StorageClass: "storage.k8s.io" "v1" "storageclasses" &["sc"], Cluster;
    ControllerRevision: "apps" "v1" "controllerrevisions" &[], Namespaced;
    StatefulSet: "apps" "v1" "statefulsets" &["sts"], Namespaced;
    Pod: "" "v1" "pods" &["po"], Namespaced;
    PersistentVolumeClaim: "" "v1" "persistentvolumeclaims" &["pvc"], Namespaced;
    Service: "" "v1" "services" &["svc"], Namespaced;
    EndpointSlice: "discovery.k8s.io" "v1" "endpointslices" &[], Namespaced;
    PodDisruptionBudget: "policy" "v1" "poddisruptionbudgets" &["pdb"], Namespaced;
    Secret: "" "v1" "secrets" &[], Namespaced;
    ConfigMap: "" "v1" "configmaps" &["cm"], Namespaced;
    ServiceAccount: "" "v1" "serviceaccounts" &["sa"], Namespaced;
    VolumeAttachment: "storage.k8s.io" "v1" "volumeattachments" &[], Cluster;
    PriorityClass: "scheduling.k8s.io" "v1" "priorityclasses" &["pc"], Cluster;
    ResourceQuota: "" "v1" "resourcequotas" &["quota"], Namespaced;
    LimitRange: "" "v1" "limitranges" &["limits"], Namespaced;
    RuntimeClass: "node.k8s.io" "v1" "runtimeclasses" &[], Cluster;
    ValidatingWebhookConfiguration: "admissionregistration.k8s.io" "v1" "validatingwebhookconfigurations" &[], Cluster;
    MutatingWebhookConfiguration: "admissionregistration.k8s.io" "v1" "mutatingwebhookconfigurations" &[], Cluster;
    CustomResourceDefinition: "apiextensions.k8s.io" "v1" "customresourcedefinitions" &["crd", "crds"], Cluster;
    Event: "" "v1" "events" &["ev"], Namespaced;
}

impl Kind {
    /// All kinds that every cluster has.
    pub fn built_in() -> impl Iterator<Item = Self> {
        let at_rest = at_rest::AT_REST.iter().map(Self::AtRest);
        ACTIVE.iter().copied().chain(at_rest)
    }

    /// The kind that a CustomResourceDefinition brings, once it is complete.
    pub(crate) fn custom(definition: &super::object::Object) -> Option<Self> {
        custom::resource(definition).map(Self::AtRest)
    }

    /// `StatefulSet`
    pub const fn name(self) -> &'static str {
        self.resource_type().kind
    }

    /// `apps`; empty for the core group.
    pub const fn group(self) -> &'static str {
        self.resource_type().group
    }

    /// `apps/v1`, `v1`
    pub fn api_version(self) -> String {
        match self.group() {
            "" => self.version().into(),
            group => format!("{group}/{}", self.version()),
        }
    }

    /// `statefulsets`
    pub const fn plural(self) -> &'static str {
        self.resource_type().plural
    }

    /// `statefulset`
    pub fn singular(self) -> String {
        self.resource_type().singular()
    }

    /// `v1`
    pub const fn version(self) -> &'static str {
        self.resource_type().version
    }

    /// Whether the API server counts the changes of its spec in `metadata.generation`.
    pub fn has_generation(self) -> bool {
        match self {
            Self::StatefulSet | Self::Pod | Self::PodDisruptionBudget => true,
            Self::AtRest(resource) => resource.counts_changes(),
            _ => false,
        }
    }

    /// Whether its objects live in namespaces.
    pub const fn is_namespaced(self) -> bool {
        matches!(self.resource_type().scope, Namespaced)
    }

    /// Whether nothing in the cluster acts on its objects.
    pub const fn is_at_rest(self) -> bool {
        matches!(self, Self::AtRest(_))
    }

    /// Whether a CustomResourceDefinition has brought it.
    pub(crate) const fn is_custom(self) -> bool {
        self.resource_type().is_custom
    }

    /// `statefulsets.apps`, `pods`: how the API server's errors name the resource.
    pub fn resource(self) -> String {
        self.in_group(self.plural())
    }

    /// `statefulset.apps`, `pod`: how kubectl's messages name it.
    pub fn qualified(self) -> String {
        self.in_group(&self.singular())
    }

    fn in_group(self, word: &str) -> String {
        match self.group() {
            "" => word.into(),
            group => format!("{word}.{group}"),
        }
    }

    /// Of `kinds`, the one with this `kind:` and `apiVersion:`.
    pub(crate) fn named(
        mut kinds: impl Iterator<Item = Self>,
        kind: &str,
        api_version: &str,
    ) -> Option<Self> {
        let (group, version) = api_version.rsplit_once('/').unwrap_or(("", api_version));
        kinds.find(|k| {
            k.name() == kind && k.group() == group && k.resource_type().is_served_as(version)
        })
    }

    /// The kind that every cluster has with this `kind:` and `apiVersion:`.
    pub fn of_object(kind: &str, api_version: &str) -> Option<Self> {
        Self::named(Self::built_in(), kind, api_version)
    }

    /// Its plural and short words.
    pub(crate) fn words(self) -> impl Iterator<Item = String> {
        let Resource { plural, short, .. } = self.resource_type();
        let words = [*plural].into_iter().chain(short.iter().copied());
        words.map(str::to_owned)
    }

    /// Whether a word on the command line means it: `sts`, `statefulset`, `statefulsets`, `statefulsets.apps`,
    /// `statefulsets.v1.apps`.
    pub(crate) fn is_called(self, word: &str) -> bool {
        let word = word.to_ascii_lowercase();
        let Resource { plural, short, .. } = self.resource_type();
        let exact = format!("{plural}.{}.{}", self.version(), self.group());
        word == *plural
            || word == self.singular()
            || short.contains(&word.as_str())
            || word == self.resource()
            || word == self.qualified()
            || word == exact
    }

    /// The kind that every cluster has and that a word on the command line means.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::built_in().find(|kind| kind.is_called(word))
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn every_word_means_one_kind() {
        for kind in Kind::built_in() {
            for word in kind.words().chain([kind.singular(), kind.resource()]) {
                assert_eq!(Kind::of_word(&word), Some(kind), "{word}");
            }
            let found = Kind::of_object(kind.name(), &kind.api_version());
            assert_eq!(found, Some(kind));
        }
    }
}
