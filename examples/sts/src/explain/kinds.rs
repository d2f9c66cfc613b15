//! The kinds that matter to a set, by the names that kubectl has for them.

use statefulset::kubernetes::Kind;

/// A kind that kubectl is asked for.
pub(super) struct Asked {
    /// What kubectl calls it for short.
    pub(super) short: &'static str,
    /// Its name, as in an object's `kind`.
    pub(super) name: &'static str,
    /// What nobody can tell without its objects.
    pub(super) unknown: &'static str,
}

/// In the order in which they are asked for: without the first two nothing can be told of any set.
pub(super) const ASKED: [Asked; 13] = [
    asked("sts", "StatefulSet", "which sets there are"),
    asked("po", "Pod", "which pods the sets have"),
    asked(
        "pvc",
        "PersistentVolumeClaim",
        "whether claims are there, bound or being deleted",
    ),
    asked(
        "pv",
        "PersistentVolume",
        "which volumes are free, and which nodes they can be reached from",
    ),
    asked(
        "sc",
        "StorageClass",
        "whether a volume will be made for a claim",
    ),
    asked("no", "Node", "whether nodes are ready, cordoned or gone"),
    asked(
        "pdb",
        "PodDisruptionBudget",
        "whether a disruption budget keeps a pod from being evicted",
    ),
    asked(
        "controllerrevisions",
        "ControllerRevision",
        "what older revisions contain; which revision a pod has is taken from its label and from the status of its set",
    ),
    asked(
        "svc",
        "Service",
        "whether the Service that a set names exists",
    ),
    asked(
        "volumeattachments",
        "VolumeAttachment",
        "which nodes volumes are attached to",
    ),
    asked(
        "ns",
        "Namespace",
        "whether the namespace of a set is being deleted",
    ),
    asked(
        "events",
        "Event",
        "what the cluster has reported about pods and sets",
    ),
    asked(
        "quota",
        "ResourceQuota",
        "whether a quota keeps pods from being created",
    ),
];

const fn asked(short: &'static str, name: &'static str, unknown: &'static str) -> Asked {
    Asked {
        short,
        name,
        unknown,
    }
}

/// All that is asked for, as one argument.
pub(super) fn names() -> String {
    ASKED.map(|asked| asked.short).join(",")
}

/// The command whose output is expected.
pub(super) fn command() -> String {
    format!("kubectl get {} -A -o json", names())
}

/// What nobody can tell without the objects of a kind.
pub(super) fn unknown(kind: Kind) -> &'static str {
    let asked = ASKED.iter().find(|asked| asked.name == kind.name());
    asked.map_or("", |asked| asked.unknown)
}

/// A kind by one of the names that kubectl knows it by.
pub(super) fn parse(name: &str) -> Result<Kind, String> {
    let wanted = name.split('.').next().unwrap_or(name).to_lowercase();
    let short = |kind: Kind| {
        let mut asked = ASKED.iter();
        asked
            .find(|asked| asked.name == kind.name())
            .map(|asked| asked.short)
    };
    Kind::ALL
        .into_iter()
        .find(|&kind| {
            short(kind) == Some(&wanted)
                || wanted == kind.resource()
                || wanted == kind.name().to_lowercase()
        })
        .ok_or_else(|| {
            let known = ASKED.iter().filter(|it| Kind::from_name(it.name).is_some());
            let known: Vec<_> = known.map(|it| it.short).collect();
            format!("unknown kind; expected some of {}", known.join(","))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_asked_for() {
        for kind in Kind::ALL {
            let mut asked = ASKED.iter();
            assert!(asked.any(|it| it.name == kind.name()), "{kind}");
        }
    }

    #[test]
    fn a_kind_has_several_names() {
        for name in ["po", "pods", "Pod", "pod", "pods.v1."] {
            assert_eq!(parse(name), Ok(Kind::Pod), "{name}");
        }
        assert_eq!(parse("svc"), Ok(Kind::Service));
        assert!(parse("deploy").is_err());
    }
}
