"""The words that fields take, for type checkers; the library checks them itself."""

from typing import Literal

Reason = Literal[
    "scale-out",
    "scale-in",
    "rollout",
    "terminal-pod",
    "health",
    "lost-claim",
    "retention",
    "repair",
    "binding",
    "shutdown",
    "give-up",
    "drain",
    "node-gone",
    "stale-view",
    "broken-revision",
    "requested",
    "wanted",
]
"""Why an action is taken, or would be taken if the wait were over."""

Gate = Literal[
    "stale-view",
    "claims-unknown",
    "pod-terminating",
    "pod-pending",
    "pod-not-running",
    "pod-not-ready",
    "pod-not-available",
    "ready-since-missing",
    "order",
    "claim-terminating",
    "claim-unbound",
    "claim-stale",
    "max-unavailable",
    "replicas-not-available",
    "unhealthy-leaver",
    "broken-revision",
    "set-deleting",
    "unknown-strategy",
    "old-pods-exist",
    "no-volume",
    "pod-unscheduled",
    "volumes-unknown",
    "nodes-unknown",
    "node-unreachable",
    "node-not-fenced",
    "budget",
    "claim-remains",
    "bad-object",
    "name-taken",
    "no-node-ready",
    "budgets-unknown",
    "excluded",
    "earlier-rank",
    "paused",
    "scale-limit",
    "group",
    "held",
    "preparing",
    "pace",
    "deadline",
    "not-in-place",
    "pod-changing",
]
"""A condition that must hold before an action is allowed."""

Management = Literal["OrderedReady", "Parallel"]
"""Whether pods are created and deleted one after the other."""

Strategy = Literal["RollingUpdate", "OnDelete", "Recreate"]
"""How a new revision reaches existing pods."""

PausedKind = Literal["creation", "scale-in", "rollout", "repair", "replacement"]
"""A kind of action that is not taken for now."""

Purpose = Literal["scale-in", "rollout", "repair", "drain"]
"""What a pod goes for. "repair" means that it has ended or is broken."""

PartitionBy = Literal["rank", "ordinal"]
"""What the partition counts where ordinals are excluded."""

Ranked = Literal["off", "order", "tiers"]
"""Whether ranks decide the order of a rollout."""

InPlace = Literal["off", "if-possible", "only"]
"""Whether a rollout changes pods where they run."""

PodChange = Literal["recreate", "in-place", "nothing"]
"""How a pod gets to the update revision."""

Overdue = Literal["report", "halt", "suggest"]
"""What follows when a set has gone too long without progress."""

Ties = Literal["highest-first", "lowest-first"]
"""Which of two pods of one rank is replaced first."""

Keep = Literal["Retain", "Delete"]
"""What happens to a claim."""

Deletion = Literal["no", "with-pods", "orphan"]
"""Whether the set is being deleted, and how."""

ProfileName = Literal["upstream", "standalone", "kruise", "pingcap", "zones"]
"""A behaviour by its name."""

KubernetesVersion = Literal[
    "1.28.0",
    "1.28.4",
    "1.28",
    "1.29",
    "1.30",
    "1.31",
    "1.32",
    "1.33",
    "1.34.0",
    "1.34",
    "1.35.0",
    "1.35",
    "1.36",
    "1.37",
    "1.38",
]
"""A version of Kubernetes. Patches that decide otherwise than the rest of their minor version have their own names."""

Shutdown = Literal["background", "ordered"]
"""Who deletes the pods of a deleted set."""

GiveUp = Literal["owner-references", "delete"]
"""How a claim is deleted when the retention policy says Delete."""

PolicySource = Literal["resource", "annotations", "zones", "kruise", "pingcap"]
"""Where sets say what they ask for beyond Kubernetes."""

Phase = Literal["Pending", "Running", "Succeeded", "Failed", "Unknown"]
"""The phase of a pod."""

Prepared = Literal["no", "asked-to-restart", "may-restart", "asked-to-leave", "may-leave", "returning"]
"""What was said to a pod about its end."""

ClaimPhase = Literal["Pending", "Bound", "Lost"]
"""The phase of a claim."""

Binding = Literal["Immediate", "WaitForFirstConsumer"]
"""When a claim's volume is chosen."""

AccessMode = Literal["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"]
"""Who may use a volume at the same time."""

VolumeMode = Literal["Filesystem", "Block"]
"""Whether a volume is a directory or a block device."""

VolumePhase = Literal["Pending", "Available", "Bound", "Released", "Failed"]
"""The phase of a volume."""

NodeState = Literal["ready", "not-ready", "unreachable", "fenced", "gone"]
"""What is known of a node."""

OwnerRef = Literal["absent", "controller", "plain", "other-uid"]
"""State of one kind of owner reference on a claim."""

Progress = Literal["deleting", "creating", "completed", "advancing", "overdue", "arrived"]
"""How far a rollout is."""

ClaimOwner = Literal["nobody", "set", "pod"]
"""Who owns a claim."""

On = Literal["nothing", "ordinal", "pod", "claim", "node", "budget", "view"]
"""What a wait waits for."""

Outcome = Literal["done", "not-found", "already-exists", "failed", "not-tried"]
"""How one action went."""

Next = Literal["rest", "again", "retry"]
"""When to plan again."""

Code = Literal[
    "too-large",
    "overflow",
    "negative",
    "no-such-entry",
    "reserved",
    "duplicate",
    "too-many",
    "no-such-gate",
    "empty-range",
    "disorder",
    "no-limit",
    "unknown-word",
    "naive-datetime",
    "bad-object",
    "not-a-name",
]
"""What is wrong with a value."""

Kind = Literal[
    "StatefulSet",
    "Pod",
    "PersistentVolumeClaim",
    "PersistentVolume",
    "StorageClass",
    "Node",
    "PodDisruptionBudget",
    "ControllerRevision",
    "Service",
]
"""A kind of objects that the planner reads or writes."""

RequestStatus = Literal["done", "not-found", "already-exists", "conflict", "invalid", "failed", "not-tried"]
"""How one request went."""

Method = Literal["POST", "PUT", "PATCH", "DELETE"]
"""The HTTP method of a request."""

ActionName = Literal[
    "create-claim",
    "bind-claim",
    "create-pod",
    "update-pod",
    "set-claim-owner",
    "delete-pod",
    "evict-pod",
    "force-delete-pod",
    "prepare",
    "cancel-prepare",
    "update-in-place",
    "delete-claim",
    "hold-finalizer",
    "release-finalizer",
    "wait",
]
"""What an action is."""

CauseName = Literal[
    "broken-revision",
    "unhealthy-leaver",
    "ready-since-missing",
    "unavailable-below-partition",
    "unknown-strategy",
    "name-squatter",
    "unreadable-object",
    "terminating-claim",
    "unbound-claim",
    "provisioning-failed",
    "quota-exceeded",
    "webhook-refuses",
    "service-account-missing",
    "pod-security",
    "namespace-terminating",
    "not-permitted",
    "invalid-object",
    "refused",
    "immutable-volumes",
    "not-acted-on",
    "volume-out-of-reach",
    "no-node-fits",
    "scheduling-gate",
    "no-scheduler",
    "init-container-fails",
    "init-container-runs",
    "sidecar-fails",
    "image-not-pulled",
    "configuration-missing",
    "container-not-created",
    "volume-attached-elsewhere",
    "volume-not-mounted",
    "sandbox-fails",
    "containers-not-created",
    "container-crashes",
    "pod-fails",
    "probe-fails",
    "startup-probe-fails",
    "ordered-ready-probe",
    "readiness-gate",
    "unreachable-node",
    "node-not-ready",
    "pod-finalizer",
    "termination-overdue",
    "foreground-deletion",
    "set-finalizer",
    "blocked-drain",
    "partition",
    "on-delete",
    "paused",
    "excluded",
    "held",
    "preparing",
    "group-disturbed",
    "pace",
    "overdue",
    "not-in-place",
    "changing",
    "rank-unreadable",
    "mark-unreadable",
    "cordoned-node",
    "grace-period",
    "min-ready-seconds",
    "service-missing",
    "service-renamed",
    "shared-selector",
]
"""Why a set is not as it is wanted, or what is worth knowing of it."""

Weight = Literal["hindrance", "choice", "remark"]
"""What a cause means for a set."""

Verdict = Literal["up-to-date", "in-progress", "stuck"]
"""How a set stands."""

Fate = Literal["open", "refused", "unreached"]
"""What becomes of what is due."""

Effect = Literal["restarts", "stays", "stops", "begins"]
"""How pods fare otherwise after an upgrade of the control plane."""

FieldErrorReason = Literal[
    "FieldValueNotFound",
    "FieldValueRequired",
    "FieldValueDuplicate",
    "FieldValueInvalid",
    "FieldValueNotSupported",
    "FieldValueForbidden",
    "FieldValueTooLong",
    "FieldValueTooMany",
    "FieldValueTypeInvalid",
]
"""What kind of mistake a field has, as the API server calls it."""

Unseen = Literal["list", "write", "deletion"]
"""What has not been seen yet: a list of a kind, a write, or a deletion."""

EventKind = Literal["Normal", "Warning"]
"""The type of an event."""
