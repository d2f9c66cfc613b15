import builtins
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from os import PathLike
from typing import Any, ClassVar, Literal, TypeAlias, final

from ._errors import ObjectError as _ObjectError
from ._official import Object as _Object
from ._words import (
    AccessMode,
    ActionName,
    Binding,
    CauseName,
    ClaimOwner,
    ClaimPhase,
    Deletion,
    Effect,
    EventKind,
    Fate,
    FieldErrorReason,
    Gate,
    GiveUp,
    InPlace,
    Keep,
    Kind,
    KubernetesVersion,
    Management,
    Method,
    Next,
    NodeState,
    On,
    Overdue,
    OwnerRef,
    PartitionBy,
    PausedKind,
    Phase,
    PodChange,
    PolicySource,
    Prepared,
    ProfileName,
    Progress,
    Purpose,
    Ranked,
    Reason,
    RequestStatus,
    Shutdown,
    Strategy,
    Ties,
    Unseen,
    Verdict,
    VolumeMode,
    VolumePhase,
    Weight,
)
from ._words import (
    Outcome as _ActionOutcome,
)

__all__ = [
    "MAX_ORDINAL",
    "NO_ORDINAL",
    "Awaited",
    "BindClaim",
    "Budget",
    "CancelPrepare",
    "Cause",
    "Change",
    "Claim",
    "Cluster",
    "Conclusion",
    "CreateClaim",
    "CreatePod",
    "Cure",
    "Deadline",
    "DeleteClaim",
    "DeletePod",
    "Diagnosis",
    "Due",
    "Event",
    "EvictPod",
    "Exclusion",
    "Execution",
    "FieldError",
    "Finding",
    "ForceDeletePod",
    "HoldFinalizer",
    "Member",
    "Node",
    "ObjectName",
    "Observed",
    "Outcome",
    "Plan",
    "Pod",
    "Policies",
    "Prepare",
    "Profile",
    "Proof",
    "Reach",
    "ReleaseFinalizer",
    "Repair",
    "Request",
    "Requests",
    "SetClaimOwner",
    "StatefulSet",
    "Status",
    "Tail",
    "UpdateInPlace",
    "UpdatePod",
    "Upgrade",
    "Volume",
    "Wait",
    "Waiting",
    "World",
    "__version__",
    "allot",
    "explain",
    "member",
    "normalize",
    "plan",
    "reconcile",
    "tool",
    "validate",
    "validate_update",
]

__version__: str
"""The version of the package."""

MAX_ORDINAL: int
"""The largest ordinal: 2147483647, as in Kubernetes."""

NO_ORDINAL: int
"""The ordinal of a pod whose name ends in digits that exceed `MAX_ORDINAL`."""

@final
class Profile:
    """Which behaviour the planner has. `Profile()` is Kubernetes 1.37 with its default feature gates, and
    `Profile.upstream("1.33")` is another version with its own.
    """

    __match_args__ = (
        "kubernetes",
        "max_unavailable",
        "recreate",
        "semantic_revisions",
        "read_your_writes",
        "walk",
        "max_actions",
        "shutdown",
        "give_up",
        "bind_claims",
        "drain_nodes",
        "unreachable_after",
        "require_fence",
        "policies",
    )
    UPSTREAM: ClassVar[Profile]
    """The decisions of Kubernetes 1.37 with its default feature gates."""
    STANDALONE: ClassVar[Profile]
    """The same decisions for a host on which no other controller runs.

    The plan then also does what other controllers do on a cluster: it binds claims, deletes the pods of a deleted set in
    order, deletes claims, and replaces the pods of draining and of lost nodes.
    """
    KRUISE: ClassVar[Profile]
    """Kubernetes' decisions, and those of OpenKruise's Advanced StatefulSet as far as the policies go. Rollouts are one
    walk.
    """
    PINGCAP: ClassVar[Profile]
    """Kubernetes' decisions without `max_unavailable`, and the annotations of PingCAP's advanced StatefulSet."""
    ZONES: ClassVar[Profile]
    """Kubernetes' decisions for sets that stand for the zones of one program, of which one is disturbed at a time."""
    @property
    def kubernetes(self) -> KubernetesVersion:
        """Which Kubernetes decides, such as "1.33". The gates below are those of this version: one that it does not have
        must be off.
        """
    @property
    def max_unavailable(self) -> bool:
        """Kubernetes' gate `MaxUnavailableStatefulSet`: whether `max_unavailable` is honoured."""
    @property
    def recreate(self) -> bool:
        """Kubernetes' gate `StatefulSetRecreateStrategy`: whether strategy "Recreate" is known."""
    @property
    def semantic_revisions(self) -> bool:
        """Kubernetes' gate `StatefulSetSemanticRevisionComparison`: whether two revisions are the same if they differ
        only in defaults of the API. Only a Cluster uses it.
        """
    @property
    def read_your_writes(self) -> bool:
        """Kubernetes' gate `StaleControllerConsistencyStatefulSet`: whether to wait until the watch has shown every
        write that this controller made. Only a Cluster uses it. For plan() set `Observed.fresh` instead.
        """
    @property
    def walk(self) -> bool:
        """Whether a rolling update is one walk over the pods, as in OpenKruise's Advanced StatefulSet, whatever this
        version of Kubernetes does.
        """
    @property
    def max_actions(self) -> int:
        """The largest number of actions in one plan. Waits do not count. 0 is a dry run."""
    @property
    def shutdown(self) -> Shutdown:
        """Who deletes the pods of a deleted set: something else, in any order ("background"), or the plan, the highest
        ordinal first ("ordered").
        """
    @property
    def give_up(self) -> GiveUp:
        """How a claim is deleted when the retention policy says Delete: it gets an owner reference and a garbage
        collector deletes it ("owner-references"), or the plan deletes it ("delete").
        """
    @property
    def bind_claims(self) -> bool:
        """Whether the plan binds claims to volumes."""
    @property
    def drain_nodes(self) -> bool:
        """Whether the plan evicts pods from draining nodes."""
    @property
    def unreachable_after(self) -> timedelta | None:
        """How long a node must have been unreachable before the plan deletes its pods: a timedelta, or milliseconds.
        None: the plan does not replace the pods of lost nodes.
        """
    @property
    def require_fence(self) -> bool:
        """Whether a node that the operator removed must have been fenced as well before its pods are replaced."""
    @property
    def policies(self) -> PolicySource:
        """Where sets say what they ask for beyond Kubernetes: only sets of a resource of one's own, in their field
        `spec.policies` ("resource"); StatefulSets in their annotation `statefulset.dev/policies`, too ("annotations");
        the same, with the label `rollout-group` for groups ("zones"); in the fields of OpenKruise's Advanced StatefulSet
        ("kruise"); or in the annotations of PingCAP's advanced StatefulSet ("pingcap"). Only a Cluster uses it. For
        plan() set `Desired.policies` instead.
        """
    @staticmethod
    def upstream(kubernetes: str) -> Profile:
        """The decisions of a version of Kubernetes with its default feature gates.

        Args:
            kubernetes: a minor version, such as "1.33", or what a cluster says of itself, such as "v1.33.5-gke.100".

        Raises:
            ValueError: it is no version from 1.28 to 1.38.
        """
    def __new__(
        cls,
        *,
        kubernetes: KubernetesVersion = "1.37",
        max_unavailable: bool = True,
        recreate: bool = False,
        semantic_revisions: bool = True,
        read_your_writes: bool = True,
        walk: bool = False,
        max_actions: int = ...,
        shutdown: Shutdown = "background",
        give_up: GiveUp = "owner-references",
        bind_claims: bool = False,
        drain_nodes: bool = False,
        unreachable_after: timedelta | int | None = None,
        require_fence: bool = False,
        policies: PolicySource = "resource",
    ) -> Profile: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Profile: ...

@final
class Exclusion:
    """Ordinals that get no pod, from the first to the last."""

    __match_args__ = (
        "first",
        "last",
        "keep_claims",
    )
    @property
    def first(self) -> int:
        """The first one."""
    @property
    def last(self) -> int:
        """The last one, at most `MAX_ORDINAL`."""
    @property
    def keep_claims(self) -> bool:
        """Whether their claims stay, whatever `when_scaled` says."""
    def __new__(
        cls,
        *,
        first: int,
        last: int,
        keep_claims: bool = False,
    ) -> Exclusion: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Exclusion: ...

@final
class Repair:
    """How broken pods of old revisions are replaced out of turn. Pods of the update revision are never touched."""

    __match_args__ = (
        "after",
        "beyond_budget",
        "ordered",
        "pending",
    )
    @property
    def after(self) -> timedelta:
        """How long a pod must have been not ready: a timedelta, or milliseconds; 0 or more. With 0 a pod that is not
        available is broken at once.
        """
    @property
    def beyond_budget(self) -> int:
        """By how many pods `max_unavailable` may be exceeded; 4294967295 sets no limit."""
    @property
    def ordered(self) -> bool:
        """Whether "OrderedReady" does so, too. Kubernetes' never does (kubernetes#67250)."""
    @property
    def pending(self) -> bool:
        """Whether a pod that has not started is broken at once."""
    def __new__(
        cls,
        *,
        after: timedelta | int,
        beyond_budget: int = ...,
        ordered: bool = True,
        pending: bool = False,
    ) -> Repair: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Repair: ...

@final
class Deadline:
    """How long a set may be without an available pod in one of its places and without progress. Progress is a desired pod
    that becomes available and that no rollout would replace.
    """

    __match_args__ = (
        "after",
        "then",
    )
    @property
    def after(self) -> timedelta:
        """How long: a timedelta, or milliseconds; 0 or more."""
    @property
    def then(self) -> Overdue:
        """What follows beside the condition `Progressing`: nothing ("report"), the rollout is held ("halt"), or that and
        `Plan.suggests` ("suggest").
        """
    def __new__(
        cls,
        *,
        after: timedelta | int,
        then: Overdue = "report",
    ) -> Deadline: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Deadline: ...

@final
class Policies:
    """What a set asks for beyond Kubernetes. Each policy is off by default, and with all of them off the decisions are
    Kubernetes' own.
    """

    __match_args__ = (
        "excluded",
        "partition_by",
        "stand_in_first",
        "paused",
        "ranked",
        "ties",
        "scale_out_limit",
        "scale_in_limit",
        "allowance",
        "repair",
        "pace",
        "deadline",
        "in_place",
        "ask",
    )
    @property
    def excluded(self) -> tuple[Exclusion, ...]:
        """Ordinals that get no pod, in ascending order and without overlaps."""
    @property
    def partition_by(self) -> PartitionBy:
        """What the partition counts where ordinals are excluded: desired ordinals ("rank"), or all ("ordinal")."""
    @property
    def stand_in_first(self) -> bool:
        """Whether the pod of an excluded ordinal stays until every desired pod is available."""
    @property
    def paused(self) -> tuple[PausedKind, ...]:
        """What is not done for now. With all five kinds nothing at all is done, and the status is still published."""
    @property
    def ranked(self) -> Ranked:
        """Whether the pods' ranks decide the order of a rollout."""
    @property
    def ties(self) -> Ties:
        """Which of two pods of one rank is replaced first."""
    @property
    def scale_out_limit(self) -> int | str | None:
        """How many slots may be on their way to a new pod at a time, in "Parallel": a number, or a percentage such as
        "25%". None sets no limit.
        """
    @property
    def scale_in_limit(self) -> int | str | None:
        """How many pods that are not desired may be leaving at a time, in "Parallel": a number, or a percentage such as
        "25%". None sets no limit.
        """
    @property
    def allowance(self) -> int | None:
        """How many available pods may be taken away now, as a group of sets allows it; `allot` gives it. None sets no
        limit.
        """
    @property
    def repair(self) -> Repair | None:
        """Whether, and when, broken pods of old revisions are replaced out of turn."""
    @property
    def pace(self) -> timedelta | None:
        """The shortest time between two disruptions: so long after an available pod was taken away, no other one is. A
        timedelta, or milliseconds; 0 or more.
        """
    @property
    def deadline(self) -> Deadline | None:
        """How long the set may take for its next step."""
    @property
    def in_place(self) -> InPlace:
        """Whether a rollout changes pods where they run: an `UpdateInPlace` comes in the place of a deletion where
        `Pod.change` says that this is possible. The others are made again ("if-possible"), or left as they are ("only").
        """
    @property
    def ask(self) -> tuple[Purpose, ...]:
        """For which purposes a pod is asked before it goes: a `Prepare` comes first, and its deletion once the answer is in
        `Pod.prepared`.
        """
    def __new__(
        cls,
        *,
        excluded: Sequence[Exclusion] = ...,
        partition_by: PartitionBy = "rank",
        stand_in_first: bool = False,
        paused: Sequence[PausedKind] = ...,
        ranked: Ranked = "off",
        ties: Ties = "highest-first",
        scale_out_limit: int | str | None = None,
        scale_in_limit: int | str | None = None,
        allowance: int | None = None,
        repair: Repair | None = None,
        pace: timedelta | int | None = None,
        deadline: Deadline | None = None,
        in_place: InPlace = "off",
        ask: Sequence[Purpose] = ...,
    ) -> Policies: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Policies: ...

@final
class Member:
    """A set of a group, such as one of a database's zones, as far as the others are concerned."""

    __match_args__ = (
        "unavailable",
        "outdated",
    )
    @property
    def unavailable(self) -> int:
        """How many of its desired pods are unavailable, missing ones among them."""
    @property
    def outdated(self) -> int:
        """How many of its pods a rollout or a scale-in is going to take away."""
    def __new__(
        cls,
        *,
        unavailable: int,
        outdated: int,
    ) -> Member: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Member: ...

@final
class StatefulSet:
    """One StatefulSet, reduced to what decisions need."""

    __match_args__ = (
        "name",
        "replicas",
        "update_revision",
        "current_revision",
        "generation",
        "start",
        "management",
        "strategy",
        "partition",
        "max_unavailable",
        "min_ready",
        "templates",
        "when_deleted",
        "when_scaled",
        "deletion",
        "finalizer_held",
        "published",
        "profile",
        "policies",
    )
    @property
    def name(self) -> str:
        """Its name. Only `explain` uses it."""
    @property
    def replicas(self) -> int:
        """The desired number of pods, from 0 to 2147483647."""
    @property
    def update_revision(self) -> int:
        """The revision of the set's template as it is now: a number of the caller's, which the planner only compares."""
    @property
    def current_revision(self) -> int | None:
        """The revision that was last rolled out in full. None stands for `update_revision`."""
    @property
    def generation(self) -> int:
        """The generation of the specification. The status repeats it."""
    @property
    def start(self) -> int:
        """The first ordinal. The last desired one is at most `MAX_ORDINAL`."""
    @property
    def management(self) -> Management:
        """Whether pods are created and deleted one after the other."""
    @property
    def strategy(self) -> Strategy:
        """How a new revision reaches existing pods."""
    @property
    def partition(self) -> int | None:
        """A pod whose index (how many desired ordinals are below its own) is below this keeps its revision. None: the manifest has no rollingUpdate
        block; the API server always fills one in.
        """
    @property
    def max_unavailable(self) -> int | str | None:
        """How many pods may be unavailable during a rollout: a number, or a percentage such as "25%". None counts as
        1. It is ignored where `partition` is None.
        """
    @property
    def min_ready(self) -> timedelta:
        """How long a pod must have been ready to count as available: a timedelta, or milliseconds; 0 or more."""
    @property
    def templates(self) -> tuple[str, ...]:
        """Names of the claims that every pod gets. Only their number matters to the plan; `explain` uses the names."""
    @property
    def when_deleted(self) -> Keep:
        """What happens to the claims when the set is deleted."""
    @property
    def when_scaled(self) -> Keep:
        """What happens to a pod's claims when the set is scaled in."""
    @property
    def deletion(self) -> Deletion:
        """Whether the set is being deleted, and how."""
    @property
    def finalizer_held(self) -> bool:
        """Whether the set has the library's finalizer, which ordered shutdown needs."""
    @property
    def published(self) -> Status | None:
        """The status as it is published now, if there is one."""
    @property
    def profile(self) -> Profile:
        """Which behaviour the planner has: a `Profile`, or the name of one, such as "standalone"."""
    @property
    def policies(self) -> Policies:
        """What the set asks for beyond Kubernetes."""
    def __new__(
        cls,
        *,
        name: str = ...,
        replicas: int,
        update_revision: int,
        current_revision: int | None = None,
        generation: int = ...,
        start: int = ...,
        management: Management = "OrderedReady",
        strategy: Strategy = "RollingUpdate",
        partition: int | None = ...,
        max_unavailable: int | str | None = None,
        min_ready: timedelta | int = ...,
        templates: Sequence[str] = ...,
        when_deleted: Keep = "Retain",
        when_scaled: Keep = "Retain",
        deletion: Deletion = "no",
        finalizer_held: bool = False,
        published: Status | None = None,
        profile: Profile | ProfileName = ...,
        policies: Policies = ...,
    ) -> StatefulSet: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> StatefulSet: ...

@final
class Pod:
    """One pod of the set, as the caller last saw it. Actions refer to it by its index in the list."""

    __match_args__ = (
        "ordinal",
        "revision",
        "phase",
        "ready",
        "ready_since",
        "terminating_since",
        "identity",
        "storage",
        "node",
        "budget",
        "rank",
        "hold",
        "replace",
        "prepared",
        "change",
        "changing",
    )
    @property
    def ordinal(self) -> int:
        """Ordinal in its name, from 0 to `MAX_ORDINAL`, or `NO_ORDINAL` if the digits there exceed that."""
    @property
    def revision(self) -> int:
        """The revision that it was created from: a number of the caller's, which the planner only compares."""
    @property
    def phase(self) -> Phase:
        """The pod's phase."""
    @property
    def ready(self) -> bool:
        """Whether it is ready."""
    @property
    def ready_since(self) -> datetime | None:
        """When `ready` last changed; None if that is not known."""
    @property
    def terminating_since(self) -> datetime | None:
        """Since when it is terminating; None if it is not."""
    @property
    def identity(self) -> bool:
        """Whether its name and its identity label are right."""
    @property
    def storage(self) -> bool:
        """Whether its volumes refer to the right claims."""
    @property
    def node(self) -> int | None:
        """Index of its node in `Observed.nodes`."""
    @property
    def budget(self) -> int | None:
        """Index in `Observed.budgets` of the disruption budget that covers it."""
    @property
    def rank(self) -> int:
        """Its place in a rollout, lowest first, if `Policies.ranked` says so."""
    @property
    def hold(self) -> tuple[Purpose, ...]:
        """For which purposes it must not go now. Where it would go for one of them, it gets a `Wait` with "held" among the
        gates.
        """
    @property
    def replace(self) -> bool:
        """Whether it is to be replaced although nothing else asks for it."""
    @property
    def prepared(self) -> Prepared:
        """What was said to it about its end, where `Policies.ask` asks. "no": nothing. "asked-to-restart", "asked-to-leave":
        it was asked to prepare, and has not answered. "may-restart", "may-leave": it is prepared. "returning": it was
        told that it stays, and is not back in service yet. Keep it: a `Prepare` and a `CancelPrepare` say what it
        becomes, and the answers are your own.
        """
    @property
    def change(self) -> PodChange:
        """How it gets to the update revision, where `Policies.in_place` allows more than one way: it has to be made again
        ("recreate"), it can be changed where it runs ("in-place"), or it only gets other labels and annotations ("nothing").
        """
    @property
    def changing(self) -> bool:
        """Whether it was changed where it runs, and its containers do not run yet as they were told to."""
    def __new__(
        cls,
        *,
        ordinal: int,
        revision: int,
        phase: Phase = "Running",
        ready: bool = False,
        ready_since: datetime | int | None = None,
        terminating_since: datetime | int | None = None,
        identity: bool = True,
        storage: bool = True,
        node: int | None = None,
        budget: int | None = None,
        rank: int = ...,
        hold: Sequence[Purpose] = ...,
        replace: bool = False,
        prepared: Prepared = "no",
        change: PodChange = "recreate",
        changing: bool = False,
    ) -> Pod: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Pod: ...

@final
class Claim:
    """One claim whose name is made of a template of the set, the set and an ordinal. Actions refer to it by its index
    in the list.
    """

    __match_args__ = (
        "ordinal",
        "template",
        "phase",
        "set_owner",
        "pod_owner",
        "foreign_controller",
        "binding",
        "modes",
        "volume_mode",
        "storage_class",
        "volume",
        "node",
        "terminating_since",
        "request",
    )
    @property
    def ordinal(self) -> int:
        """Ordinal in its name, from 0 to `MAX_ORDINAL`."""
    @property
    def template(self) -> int:
        """Index of its template in `StatefulSet.templates`."""
    @property
    def phase(self) -> ClaimPhase:
        """The claim's phase."""
    @property
    def set_owner(self) -> OwnerRef:
        """State of the owner reference that names the set."""
    @property
    def pod_owner(self) -> OwnerRef:
        """State of the owner reference that names the pod."""
    @property
    def foreign_controller(self) -> bool:
        """Whether some other owner reference has `controller: true`."""
    @property
    def binding(self) -> Binding:
        """When its volume is chosen: at once, or when its pod has a node."""
    @property
    def modes(self) -> tuple[AccessMode, ...]:
        """Access modes that it asks for."""
    @property
    def volume_mode(self) -> VolumeMode:
        """Filesystem or block device."""
    @property
    def storage_class(self) -> int:
        """Storage class: a number of the caller's. 0 is the empty class."""
    @property
    def volume(self) -> int | None:
        """Index in `Observed.volumes` of the volume that the claim names, whether it is bound already or not."""
    @property
    def node(self) -> int | None:
        """Index in `Observed.nodes` of the node that its pod was scheduled to. Only used with "WaitForFirstConsumer"."""
    @property
    def terminating_since(self) -> datetime | None:
        """Since when it is terminating; None if it is not."""
    @property
    def request(self) -> int:
        """How many bytes it asks for."""
    def __new__(
        cls,
        *,
        ordinal: int,
        template: int = ...,
        phase: ClaimPhase = "Bound",
        set_owner: OwnerRef = "absent",
        pod_owner: OwnerRef = "absent",
        foreign_controller: bool = False,
        binding: Binding = "Immediate",
        modes: Sequence[AccessMode] | None = ...,
        volume_mode: VolumeMode = "Filesystem",
        storage_class: int = ...,
        volume: int | None = None,
        node: int | None = None,
        terminating_since: datetime | int | None = None,
        request: int = ...,
    ) -> Claim: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Claim: ...

@final
class Volume:
    """One volume that claims may be bound to. Other sets may use the same list, so make the write of a `BindClaim`
    conditional on the volume's version.
    """

    __match_args__ = (
        "capacity",
        "reserved",
        "storage_class",
        "modes",
        "volume_mode",
        "phase",
        "terminating",
        "reach",
        "matches",
    )
    @property
    def capacity(self) -> int:
        """Bytes."""
    @property
    def reserved(self) -> int | Literal["other"] | None:
        """What it is reserved for: nothing (None), the claim with this index in `Observed.claims`, or "other": a claim
        that is not in the list, or an earlier claim of the same name.
        """
    @property
    def storage_class(self) -> int:
        """Storage class: a number of the caller's, as in `Claim.storage_class`."""
    @property
    def modes(self) -> tuple[AccessMode, ...]:
        """Access modes that it offers."""
    @property
    def volume_mode(self) -> VolumeMode:
        """Filesystem or block device."""
    @property
    def phase(self) -> VolumePhase:
        """The volume's phase."""
    @property
    def terminating(self) -> bool:
        """Whether somebody has deleted it, and it still exists."""
    @property
    def reach(self) -> int | None:
        """The group of nodes that reach it, a number of the caller's. `Observed.reach` lists the nodes of each group.
        None: every node reaches it.
        """
    @property
    def matches(self) -> int:
        """Bit i says that the claim selector of template i matches this volume. A template without a selector matches
        every volume.
        """
    def __new__(
        cls,
        *,
        capacity: int,
        reserved: int | Literal["other"] | None = None,
        storage_class: int = ...,
        modes: Sequence[AccessMode] | None = ...,
        volume_mode: VolumeMode = "Filesystem",
        phase: VolumePhase = "Available",
        terminating: bool = False,
        reach: int | None = None,
        matches: int = ...,
    ) -> Volume: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Volume: ...

@final
class Reach:
    """One node of a group of nodes that reach a volume. A zone with three nodes has three of these."""

    __match_args__ = ("group", "node")
    @property
    def group(self) -> int:
        """The group, as in `Volume.reach`."""
    @property
    def node(self) -> int:
        """Index of the node in `Observed.nodes`."""
    def __new__(
        cls,
        *,
        group: int,
        node: int,
    ) -> Reach: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Reach: ...

@final
class Node:
    """One node. It counts as gone only if its state says so. A node that is missing from the list does not."""

    __match_args__ = ("state", "cordoned", "draining", "since")
    @property
    def state(self) -> NodeState:
        """Its state. "unreachable": its processes may still run. "fenced": somebody has confirmed that they do not.
        "gone": the operator removed the node.
        """
    @property
    def cordoned(self) -> bool:
        """Whether no new pod is placed there."""
    @property
    def draining(self) -> bool:
        """Whether its pods are to be moved elsewhere."""
    @property
    def since(self) -> datetime | None:
        """Since when it is in its state; None if that is not known."""
    def __new__(
        cls,
        *,
        state: NodeState = "ready",
        cordoned: bool = False,
        draining: bool = False,
        since: datetime | int | None = None,
    ) -> Node: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Node: ...

@final
class Budget:
    """One disruption budget. Other pods may share it, so the eviction has to check it again, as the eviction API does."""

    __match_args__ = ("allowed", "healthy", "desired_healthy", "unhealthy_always")
    @property
    def allowed(self) -> int:
        """How many more pods may be disrupted now."""
    @property
    def healthy(self) -> int:
        """How many pods are healthy."""
    @property
    def desired_healthy(self) -> int:
        """How many must stay healthy."""
    @property
    def unhealthy_always(self) -> bool:
        """Whether a pod that is not ready may always be evicted (`unhealthyPodEvictionPolicy: AlwaysAllow`)."""
    def __new__(
        cls,
        *,
        allowed: int,
        healthy: int = ...,
        desired_healthy: int = ...,
        unhealthy_always: bool = False,
    ) -> Budget: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Budget: ...

@final
class Observed:
    """What the caller sees of the cluster. The lists may be in any order. Actions refer to their entries by index.

    Unknown is not the same as empty. A list other than `pods` is None where it is not known. It never leads to an
    eviction, a forced deletion or a deleted claim.
    """

    __match_args__ = ("pods", "claims", "volumes", "nodes", "budgets", "fresh", "reach")
    @property
    def pods(self) -> tuple[Pod, ...]:
        """The set's pods."""
    @property
    def claims(self) -> tuple[Claim, ...] | None:
        """Claims named after the set's templates, of any ordinal."""
    @property
    def volumes(self) -> tuple[Volume, ...] | None:
        """Volumes that claims may be bound to."""
    @property
    def nodes(self) -> tuple[Node, ...] | None:
        """Nodes."""
    @property
    def budgets(self) -> tuple[Budget, ...] | None:
        """Disruption budgets."""
    @property
    def fresh(self) -> bool:
        """Whether the lists are at least as new as the caller's own writes. If not, the plan is one wait."""
    @property
    def reach(self) -> tuple[Reach, ...]:
        """The nodes of each group that a volume's `reach` names, as `Reach` objects. A node may be in several groups.
        A group without an entry is reached from no node. Nodes that no claim refers to may be left out.
        """
    def __new__(
        cls,
        *,
        pods: Sequence[Pod],
        claims: Sequence[Claim] | None = None,
        volumes: Sequence[Volume] | None = None,
        nodes: Sequence[Node] | None = None,
        budgets: Sequence[Budget] | None = None,
        fresh: bool = True,
        reach: Sequence[Reach] = ...,
    ) -> Observed: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Observed: ...

@final
class Status:
    """The set's status."""

    __match_args__ = (
        "observed_generation",
        "replicas",
        "ready",
        "available",
        "current",
        "updated",
        "current_revision",
        "update_revision",
        "progressing",
        "progressed_at",
        "disrupted_at",
    )
    @property
    def observed_generation(self) -> int:
        """Generation of the set that it was computed from."""
    @property
    def replicas(self) -> int:
        """Pods that exist, terminating and failed ones included."""
    @property
    def ready(self) -> int:
        """Pods that are running and ready."""
    @property
    def available(self) -> int:
        """Pods that are running, and ready for at least `min_ready`."""
    @property
    def current(self) -> int:
        """Pods at the current revision that are not terminating, less one for each deletion that the rollout makes
        now.
        """
    @property
    def updated(self) -> int:
        """Pods at the update revision that are not terminating."""
    @property
    def current_revision(self) -> int:
        """The revision that was last rolled out in full. Hand it in with the next plan
        (`StatefulSet.current_revision`).
        """
    @property
    def update_revision(self) -> int:
        """The revision of the template."""
    @property
    def progressing(self) -> Progress | None:
        """The `Progressing` condition, which strategy "Recreate" sets, and a deadline."""
    @property
    def progressed_at(self) -> datetime | None:
        """When the set last came closer to having all its pods. None while it has, and without a deadline."""
    @property
    def disrupted_at(self) -> datetime | None:
        """When an available pod was last taken away. None if none was, and without a pace."""
    def __new__(
        cls,
        *,
        observed_generation: int = ...,
        replicas: int = ...,
        ready: int = ...,
        available: int = ...,
        current: int = ...,
        updated: int = ...,
        current_revision: int,
        update_revision: int,
        progressing: Progress | None = None,
        progressed_at: datetime | int | None = None,
        disrupted_at: datetime | int | None = None,
    ) -> Status: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Status: ...

@final
class CreateClaim:
    """Create the ordinal's claim from a template. It is a failure if the claim exists."""

    __match_args__ = ("ordinal", "template", "reason", "stage", "step")
    @property
    def ordinal(self) -> int:
        """The ordinal that the action is for. It is `NO_ORDINAL` if the action is for the set itself, or for pods
        that have no ordinal.
        """
    @property
    def template(self) -> int:
        """Index of the template."""
    @property
    def reason(self) -> Reason:
        """Why it is done."""
    @property
    def stage(self) -> int:
        """The stage. A stage begins when the one before it has ended."""
    @property
    def step(self) -> int:
        """The place within the ordinal's chain in its stage."""
    def __new__(
        cls,
        *,
        ordinal: int,
        template: int,
        reason: Reason,
        stage: int,
        step: int,
    ) -> CreateClaim: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> CreateClaim: ...

@final
class BindClaim:
    """Reserve a volume for a claim, then write the volume's name into the claim. Make the writes conditional on the
    volume's version.
    """

    __match_args__ = ("ordinal", "claim", "volume", "reason", "stage", "step")
    @property
    def ordinal(self) -> int:
        """The ordinal that the action is for. It is `NO_ORDINAL` if the action is for the set itself, or for pods
        that have no ordinal.
        """
    @property
    def claim(self) -> int:
        """Index of the claim."""
    @property
    def volume(self) -> int:
        """Index of the volume."""
    @property
    def reason(self) -> Reason:
        """Why it is done."""
    @property
    def stage(self) -> int:
        """The stage. A stage begins when the one before it has ended."""
    @property
    def step(self) -> int:
        """The place within the ordinal's chain in its stage."""
    def __new__(
        cls,
        *,
        ordinal: int,
        claim: int,
        volume: int,
        reason: Reason,
        stage: int,
        step: int,
    ) -> BindClaim: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> BindClaim: ...

@final
class CreatePod:
    """Create the ordinal's pod. It is a failure if the pod exists."""

    __match_args__ = ("ordinal", "revision", "reason", "stage", "step")
    @property
    def ordinal(self) -> int:
        """The ordinal that the action is for. It is `NO_ORDINAL` if the action is for the set itself, or for pods
        that have no ordinal.
        """
    @property
    def revision(self) -> int:
        """The revision to create it from."""
    @property
    def reason(self) -> Reason:
        """Why it is done."""
    @property
    def stage(self) -> int:
        """The stage. A stage begins when the one before it has ended."""
    @property
    def step(self) -> int:
        """The place within the ordinal's chain in its stage."""
    def __new__(
        cls,
        *,
        ordinal: int,
        revision: int,
        reason: Reason,
        stage: int,
        step: int,
    ) -> CreatePod: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> CreatePod: ...

@final
class UpdatePod:
    """Correct the pod's name labels and its volumes in place."""

    __match_args__ = ("ordinal", "pod", "reason", "stage", "step")
    @property
    def ordinal(self) -> int:
        """The ordinal that the action is for. It is `NO_ORDINAL` if the action is for the set itself, or for pods
        that have no ordinal.
        """
    @property
    def pod(self) -> int:
        """Index of the pod."""
    @property
    def reason(self) -> Reason:
        """Why it is done."""
    @property
    def stage(self) -> int:
        """The stage. A stage begins when the one before it has ended."""
    @property
    def step(self) -> int:
        """The place within the ordinal's chain in its stage."""
    def __new__(
        cls,
        *,
        ordinal: int,
        pod: int,
        reason: Reason,
        stage: int,
        step: int,
    ) -> UpdatePod: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> UpdatePod: ...

@final
class SetClaimOwner:
    """Remove every owner reference of the claim that names the set or the pod. Then add the one that `owner` says,
    unless another controller owns the claim.
    """

    __match_args__ = ("ordinal", "claim", "owner", "pod", "reason", "stage", "step")
    @property
    def ordinal(self) -> int:
        """The ordinal that the action is for. It is `NO_ORDINAL` if the action is for the set itself, or for pods
        that have no ordinal.
        """
    @property
    def claim(self) -> int:
        """Index of the claim."""
    @property
    def owner(self) -> ClaimOwner:
        """Who is to own it."""
    @property
    def pod(self) -> int | None:
        """Index of the pod, where that is the owner."""
    @property
    def reason(self) -> Reason:
        """Why it is done."""
    @property
    def stage(self) -> int:
        """The stage. A stage begins when the one before it has ended."""
    @property
    def step(self) -> int:
        """The place within the ordinal's chain in its stage."""
    def __new__(
        cls,
        *,
        ordinal: int,
        claim: int,
        owner: ClaimOwner,
        pod: int | None = None,
        reason: Reason,
        stage: int,
        step: int,
    ) -> SetClaimOwner: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> SetClaimOwner: ...

@final
class DeletePod:
    """Delete the pod gracefully, with its uid as a precondition. It counts as done if the pod is not found, unless
    `must_exist`.
    """

    __match_args__ = ("ordinal", "pod", "must_exist", "reason", "stage", "step")
    @property
    def ordinal(self) -> int:
        """The ordinal that the action is for. It is `NO_ORDINAL` if the action is for the set itself, or for pods
        that have no ordinal.
        """
    @property
    def pod(self) -> int:
        """Index of the pod."""
    @property
    def must_exist(self) -> bool:
        """Whether it is a failure if the pod is not found. Only Kubernetes before 1.36 decides so."""
    @property
    def reason(self) -> Reason:
        """Why it is done."""
    @property
    def stage(self) -> int:
        """The stage. A stage begins when the one before it has ended."""
    @property
    def step(self) -> int:
        """The place within the ordinal's chain in its stage."""
    def __new__(
        cls,
        *,
        ordinal: int,
        pod: int,
        must_exist: bool = False,
        reason: Reason,
        stage: int,
        step: int,
    ) -> DeletePod: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> DeletePod: ...

@final
class EvictPod:
    """Ask for the pod's eviction under its disruption budget."""

    __match_args__ = ("ordinal", "pod", "reason", "stage", "step")
    @property
    def ordinal(self) -> int:
        """The ordinal that the action is for. It is `NO_ORDINAL` if the action is for the set itself, or for pods
        that have no ordinal.
        """
    @property
    def pod(self) -> int:
        """Index of the pod."""
    @property
    def reason(self) -> Reason:
        """Why it is done."""
    @property
    def stage(self) -> int:
        """The stage. A stage begins when the one before it has ended."""
    @property
    def step(self) -> int:
        """The place within the ordinal's chain in its stage."""
    def __new__(
        cls,
        *,
        ordinal: int,
        pod: int,
        reason: Reason,
        stage: int,
        step: int,
    ) -> EvictPod: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> EvictPod: ...

@final
class ForceDeletePod:
    """Delete the pod with a grace period of 0, with its uid as a precondition. If the node is known, check that it is
    still the same node in the same state.
    """

    __match_args__ = ("ordinal", "pod", "node", "reason", "stage", "step")
    @property
    def ordinal(self) -> int:
        """The ordinal that the action is for. It is `NO_ORDINAL` if the action is for the set itself, or for pods
        that have no ordinal.
        """
    @property
    def pod(self) -> int:
        """Index of the pod."""
    @property
    def node(self) -> int | None:
        """Index of its node, where the node is still known."""
    @property
    def reason(self) -> Reason:
        """Why it is done."""
    @property
    def stage(self) -> int:
        """The stage. A stage begins when the one before it has ended."""
    @property
    def step(self) -> int:
        """The place within the ordinal's chain in its stage."""
    def __new__(
        cls,
        *,
        ordinal: int,
        pod: int,
        node: int | None = None,
        reason: Reason,
        stage: int,
        step: int,
    ) -> ForceDeletePod: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> ForceDeletePod: ...

@final
class Prepare:
    """Ask the pod to prepare for its end, with its uid as a precondition, and see to it that nobody else asks it at the
    same time. From then on, `Pod.prepared` is "asked-to-leave" if `for_good`, or else "asked-to-restart", until the pod
    has answered.
    """

    __match_args__ = ("ordinal", "pod", "for_good", "reason", "stage", "step")
    @property
    def ordinal(self) -> int:
        """The ordinal that the action is for. It is `NO_ORDINAL` if the action is for the set itself, or for pods
        that have no ordinal.
        """
    @property
    def pod(self) -> int:
        """Index of the pod."""
    @property
    def for_good(self) -> bool:
        """Whether the pod will not come back."""
    @property
    def reason(self) -> Reason:
        """Why it is done."""
    @property
    def stage(self) -> int:
        """The stage. A stage begins when the one before it has ended."""
    @property
    def step(self) -> int:
        """The place within the ordinal's chain in its stage."""
    def __new__(
        cls,
        *,
        ordinal: int,
        pod: int,
        for_good: bool,
        reason: Reason,
        stage: int,
        step: int,
    ) -> Prepare: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Prepare: ...

@final
class CancelPrepare:
    """Tell the pod that it stays, with its uid as a precondition, and see to it that nobody else tells it something at the
    same time. From then on, `Pod.prepared` is "returning", until the pod is back in service.
    """

    __match_args__ = ("ordinal", "pod", "reason", "stage", "step")
    @property
    def ordinal(self) -> int:
        """The ordinal that the action is for. It is `NO_ORDINAL` if the action is for the set itself, or for pods
        that have no ordinal.
        """
    @property
    def pod(self) -> int:
        """Index of the pod."""
    @property
    def reason(self) -> Reason:
        """Why it is done."""
    @property
    def stage(self) -> int:
        """The stage. A stage begins when the one before it has ended."""
    @property
    def step(self) -> int:
        """The place within the ordinal's chain in its stage."""
    def __new__(
        cls,
        *,
        ordinal: int,
        pod: int,
        reason: Reason,
        stage: int,
        step: int,
    ) -> CancelPrepare: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> CancelPrepare: ...

@final
class UpdateInPlace:
    """Change the pod where it runs, so that it is one of the revision, with its uid as a precondition. From then on that is
    `Pod.revision`, and `Pod.changing` is true until its containers run as they were told to.
    """

    __match_args__ = ("ordinal", "pod", "revision", "reason", "stage", "step")
    @property
    def ordinal(self) -> int:
        """The ordinal that the action is for. It is `NO_ORDINAL` if the action is for the set itself, or for pods
        that have no ordinal.
        """
    @property
    def pod(self) -> int:
        """Index of the pod."""
    @property
    def revision(self) -> int:
        """The revision that it then is of."""
    @property
    def reason(self) -> Reason:
        """Why it is done."""
    @property
    def stage(self) -> int:
        """The stage. A stage begins when the one before it has ended."""
    @property
    def step(self) -> int:
        """The place within the ordinal's chain in its stage."""
    def __new__(
        cls,
        *,
        ordinal: int,
        pod: int,
        revision: int,
        reason: Reason,
        stage: int,
        step: int,
    ) -> UpdateInPlace: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> UpdateInPlace: ...

@final
class DeleteClaim:
    """Delete the claim, with its uid as a precondition. It counts as done if the claim is not found."""

    __match_args__ = ("ordinal", "claim", "reason", "stage", "step")
    @property
    def ordinal(self) -> int:
        """The ordinal that the action is for. It is `NO_ORDINAL` if the action is for the set itself, or for pods
        that have no ordinal.
        """
    @property
    def claim(self) -> int:
        """Index of the claim."""
    @property
    def reason(self) -> Reason:
        """Why it is done."""
    @property
    def stage(self) -> int:
        """The stage. A stage begins when the one before it has ended."""
    @property
    def step(self) -> int:
        """The place within the ordinal's chain in its stage."""
    def __new__(
        cls,
        *,
        ordinal: int,
        claim: int,
        reason: Reason,
        stage: int,
        step: int,
    ) -> DeleteClaim: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> DeleteClaim: ...

@final
class HoldFinalizer:
    """Add the library's finalizer to the set."""

    __match_args__ = ("ordinal", "reason", "stage", "step")
    @property
    def ordinal(self) -> int:
        """The ordinal that the action is for. It is `NO_ORDINAL` if the action is for the set itself, or for pods
        that have no ordinal.
        """
    @property
    def reason(self) -> Reason:
        """Why it is done."""
    @property
    def stage(self) -> int:
        """The stage. A stage begins when the one before it has ended."""
    @property
    def step(self) -> int:
        """The place within the ordinal's chain in its stage."""
    def __new__(
        cls,
        *,
        ordinal: int,
        reason: Reason,
        stage: int,
        step: int,
    ) -> HoldFinalizer: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> HoldFinalizer: ...

@final
class ReleaseFinalizer:
    """Remove the library's finalizer from the set."""

    __match_args__ = ("ordinal", "reason", "stage", "step")
    @property
    def ordinal(self) -> int:
        """The ordinal that the action is for. It is `NO_ORDINAL` if the action is for the set itself, or for pods
        that have no ordinal.
        """
    @property
    def reason(self) -> Reason:
        """Why it is done."""
    @property
    def stage(self) -> int:
        """The stage. A stage begins when the one before it has ended."""
    @property
    def step(self) -> int:
        """The place within the ordinal's chain in its stage."""
    def __new__(
        cls,
        *,
        ordinal: int,
        reason: Reason,
        stage: int,
        step: int,
    ) -> ReleaseFinalizer: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> ReleaseFinalizer: ...

@final
class Wait:
    """Do nothing for the ordinals from `ordinal` to `through`. Show the user why."""

    __match_args__ = ("ordinal", "through", "gates", "on", "on_index", "since", "until", "reason", "stage", "step")
    @property
    def ordinal(self) -> int:
        """The ordinal that the action is for. It is `NO_ORDINAL` if the action is for the set itself, or for pods
        that have no ordinal.
        """
    @property
    def through(self) -> int:
        """The last ordinal that it covers."""
    @property
    def gates(self) -> tuple[Gate, ...]:
        """All conditions that are not met, not only the first."""
    @property
    def on(self) -> On:
        """What it waits for."""
    @property
    def on_index(self) -> int | None:
        """Index in the list that `on` names, or the ordinal."""
    @property
    def since(self) -> datetime | None:
        """Since when, where that is known."""
    @property
    def until(self) -> datetime | None:
        """When it ends by itself, if nothing else happens."""
    @property
    def reason(self) -> Reason:
        """Why it is done."""
    @property
    def stage(self) -> int:
        """The stage. A stage begins when the one before it has ended."""
    @property
    def step(self) -> int:
        """The place within the ordinal's chain in its stage."""
    def __new__(
        cls,
        *,
        ordinal: int,
        through: int,
        gates: Sequence[Gate],
        on: On,
        on_index: int | None = None,
        since: datetime | int | None = None,
        until: datetime | int | None = None,
        reason: Reason,
        stage: int,
        step: int,
    ) -> Wait: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Wait: ...

_Action: TypeAlias = (
    CreateClaim
    | BindClaim
    | CreatePod
    | UpdatePod
    | SetClaimOwner
    | DeletePod
    | EvictPod
    | ForceDeletePod
    | Prepare
    | CancelPrepare
    | UpdateInPlace
    | DeleteClaim
    | HoldFinalizer
    | ReleaseFinalizer
    | Wait
)

@final
class Conclusion:
    """What follows from the outcomes of a plan's actions."""

    __match_args__ = ("status", "next")
    @property
    def status(self) -> Status | None:
        """The status to publish, where it differs from the published one."""
    @property
    def next(self) -> Next:
        """When to plan again: "rest" is when something changes or at `Plan.next_wake`, "again" is at once, and "retry"
        is after a pause.
        """
    def __new__(
        cls,
        *,
        status: Status | None = None,
        next: Next,
    ) -> Conclusion: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Conclusion: ...

@final
class Execution:
    """A plan that is being carried out. It says which actions or requests may start now, and takes outcomes in any order.

    `carry_out` and `carry_out_async` are ready-made loops around it.
    """

    @property
    def is_over(self) -> bool:
        """Whether everything has ended: nothing runs and nothing will start."""
    @property
    def outcomes(self) -> list[_ActionOutcome]:
        """The outcomes so far, in the order of the list. What has not ended is "not-tried"."""
    def start(self) -> int | None:
        """Starts the next one that may start now, the first in the list, and returns its index.

        None means that nothing may start before another outcome comes in.
        """
    def end(self, index: int, outcome: _ActionOutcome) -> bool:
        """Takes the outcome of one that was started. Returns False if that one is not running.

        Args:
            index: its index.
            outcome: how it went; for a request, as `Request.in_short` says it. "not-tried" is for one that was not begun
                after all. What depends on it is not tried either.

        Raises:
            PlanError: a word is no outcome.
        """

@final
class Plan:
    """What to do now, and why not more."""

    @property
    def actions(self) -> tuple[_Action, ...]:
        """Actions and waits, in order."""
    @property
    def status(self) -> Status | None:
        """The status to publish if every action succeeds, if it differs from the published one. If an action fails, ask
        `conclude`.
        """
    @property
    def next_wake(self) -> datetime | None:
        """The earliest moment at which the same arguments give another plan. None: time alone changes nothing."""
    @property
    def suggests(self) -> int | None:
        """The revision to go back to, where a set that is overdue asks for one (`Deadline.then`)."""
    @property
    def more(self) -> bool:
        """Whether the plan was cut at `Profile.max_actions`. Such a plan has no waits."""
    def conclude(self, outcomes: Sequence[_ActionOutcome]) -> Conclusion:
        """Says what follows from how the actions went: the status to publish, and when to plan again.

        Args:
            outcomes: one for each of `actions`, in their order. Outcomes that are missing at the end count as not tried.
                Outcomes of waits are ignored.

        Raises:
            PlanError: a word is no outcome.
        """
    def execution(self) -> Execution:
        """Begins to carry the plan out, for programs with a loop of their own. `carry_out` does it in one call."""
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

def tool(arguments: Sequence[str]) -> int:
    """Runs the tool with these arguments on the process's own input and output, and gives its exit status."""

def member(desired: StatefulSet, observed: Observed | Sequence[Pod], now: datetime | int) -> Member:
    """The member of a group that a set is.

    Args:
        desired: the set.
        observed: what the caller sees of the cluster, or only the set's pods, if nothing else is known.
        now: the present moment: an aware datetime, or milliseconds since the Unix epoch.

    Raises:
        PlanError: the input breaks the contract.
    """

def allot(members: Sequence[Member]) -> list[int]:
    """Shares a group's disruptions between its sets: the `allowance` of each, in the order of the members.

    The set that may be disturbed gets 4294967295, and its own limits apply; the others get 0. If pods of one set are
    unavailable, that set is the one. If pods of several sets are, none is. If there are none, it is the first that has pods
    to take away.
    """

def plan(desired: StatefulSet, observed: Observed | Sequence[Pod], now: datetime | int) -> Plan:
    """Decides what to do now.

    Args:
        desired: the set.
        observed: what the caller sees of the cluster, or only the set's pods, if nothing else is known.
        now: the present moment: an aware datetime, or milliseconds since the Unix epoch.

    Raises:
        PlanError: the input breaks the contract. A cluster in a bad state is no error: the plan then has a `Wait`.
    """

def explain(
    desired: StatefulSet,
    observed: Observed | Sequence[Pod],
    plan: Plan,
    now: datetime | int,
    *,
    nodes: Sequence[str] = ...,
    volumes: Sequence[str] = ...,
    budgets: Sequence[str] = ...,
) -> str:
    """Gives a plan in sentences, one line for each action and each wait: what would be done, and what keeps the rest
    waiting.

    Args:
        desired: the set that the plan was made from.
        observed: the `Observed` or the pods that the plan was made from.
        plan: the plan.
        now: the moment that the plan was made for.
        nodes: names of `observed.nodes`. An entry without a name is called by its number.
        volumes: names of `observed.volumes`.
        budgets: names of `observed.budgets`.

    Raises:
        PlanError: `now` is no moment.
    """

@final
class Outcome:
    """How one request went."""

    __match_args__ = ("status", "resource_version", "message")
    @staticmethod
    def of_response(code: int, body: bytes | None = None) -> Outcome:
        """The outcome that an API server's answer stands for.

        Args:
            code: HTTP's status code.
            body: the body as it came. One that cannot be read is as good as none.
        """
    @property
    def status(self) -> RequestStatus:
        """The outcome in one word. "conflict": a precondition did not hold. "invalid": the API server refused the
        object.
        """
    @property
    def resource_version(self) -> str:
        """The object's resourceVersion afterwards, if the request was done."""
    @property
    def message(self) -> str:
        """What went wrong, if something did. Events repeat it."""
    def __new__(
        cls,
        *,
        status: RequestStatus,
        resource_version: str = ...,
        message: str = ...,
    ) -> Outcome: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Outcome: ...

@final
class Waiting:
    """Why nothing is done now for the ordinals from `ordinal` to `through`, which are not up to date."""

    __match_args__ = (
        "ordinal",
        "through",
        "gates",
        "on_kind",
        "on_name",
        "unseen",
        "version",
        "seen",
        "since",
        "until",
        "reason",
    )
    @property
    def ordinal(self) -> int:
        """The first ordinal that it covers."""
    @property
    def through(self) -> int:
        """The last ordinal that it covers."""
    @property
    def gates(self) -> tuple[Gate, ...]:
        """All conditions that are not met, not only the first."""
    @property
    def on_kind(self) -> str | None:
        """Kind of the object that it waits for, which may not exist yet. None if it waits for no object."""
    @property
    def on_name(self) -> str | None:
        """Name of that object; it is in the set's namespace, if its kind has namespaces. None for a list."""
    @property
    def unseen(self) -> Unseen | None:
        """What of that object has not been seen, if this is what the set waits for; as in `Awaited`."""
    @property
    def version(self) -> int | None:
        """The resource version of the write that has not been seen."""
    @property
    def seen(self) -> int | None:
        """The resource version up to which the kind has been seen."""
    @property
    def since(self) -> datetime | None:
        """Since when, where that is known."""
    @property
    def until(self) -> datetime | None:
        """When it ends by itself, if nothing else happens."""
    @property
    def reason(self) -> Reason:
        """Why something would be done if the wait were over."""
    def __new__(
        cls,
        *,
        ordinal: int,
        through: int,
        gates: Sequence[Gate],
        on_kind: str | None = None,
        on_name: str | None = None,
        unseen: Unseen | None = None,
        version: int | None = None,
        seen: int | None = None,
        since: datetime | int | None = None,
        until: datetime | int | None = None,
        reason: Reason,
    ) -> Waiting: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Waiting: ...

@final
class Event:
    """An event about the set, in Kubernetes' words."""

    __match_args__ = ("kind", "reason", "message")
    @property
    def kind(self) -> EventKind:
        """The type: "Normal" or "Warning"."""
    @property
    def reason(self) -> str:
        """The reason, in one word."""
    @property
    def message(self) -> str:
        """What happened."""
    def __new__(
        cls,
        *,
        kind: EventKind,
        reason: str,
        message: str,
    ) -> Event: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Event: ...

@final
class Request:
    """One request, ready to be sent.

    Stages run one after the other. Inside a stage each chain goes by `step`. Different chains may run at the same
    time, and so may requests of one step, except with `in_turn`. `carry_out` keeps this order and skips what must
    be skipped after a failure.
    """

    __match_args__ = (
        "stage",
        "chain",
        "step",
        "duty",
        "in_turn",
        "reason",
        "method",
        "path",
        "content_type",
        "body",
        "tolerates",
    )
    @property
    def stage(self) -> int:
        """The stage, from 0. A stage begins when the one before it has ended."""
    @property
    def chain(self) -> int:
        """The chain: the ordinal, or another number that stands for one."""
    @property
    def step(self) -> int:
        """The place within the chain, from 0."""
    @property
    def duty(self) -> bool:
        """Whether only its own chain stops if it fails."""
    @property
    def in_turn(self) -> bool:
        """Whether it waits for everything that stands before it in its chain, also in its own step."""
    @property
    def reason(self) -> Reason | None:
        """Why the planner decided this. None for a request that is not the planner's decision, such as the status."""
    @property
    def method(self) -> Method:
        """The HTTP method: "POST", "PUT", "PATCH" or "DELETE"."""
    @property
    def path(self) -> str:
        """The path, such as `/api/v1/namespaces/default/pods/web-0`."""
    @property
    def content_type(self) -> str:
        """The content type of the body."""
    @property
    def body(self) -> bytes:
        """The body. Send it as it is: parsing and writing it again may change numbers in it, and with them the meaning
        of a revision.
        """
    @property
    def tolerates(self) -> tuple[RequestStatus, ...]:
        """Outcomes other than "done" that are a success for it."""
    def __new__(
        cls,
        *,
        stage: int = ...,
        chain: int = ...,
        step: int = ...,
        duty: bool = False,
        in_turn: bool = False,
        reason: Reason | None = None,
        method: Method,
        path: str,
        content_type: str = ...,
        body: bytes = ...,
        tolerates: Sequence[RequestStatus] = ...,
    ) -> Request: ...
    @property
    def preconditions(self) -> dict[str, str]:
        """The "uid" and "resourceVersion" that the object must have. They are in the body already."""
    def succeeded(self, outcome: Outcome) -> bool:
        """Whether this outcome is a success for this request."""
    def in_short(self, outcome: Outcome) -> _ActionOutcome:
        """Says an outcome as `Execution.end` takes it. An outcome that is a success for this request is "done"."""
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Request: ...

@final
class Awaited:
    """What a set waits to see of the cluster. Nothing is decided for the set before."""

    __match_args__ = ("set", "kind", "name", "unseen", "version", "seen", "since", "text")
    @property
    def set(self) -> str:
        """The set that waits, as "namespace/name"."""
    @property
    def kind(self) -> str:
        """Kind of the object that it waits for."""
    @property
    def name(self) -> str:
        """Name of the object that it waits for, in the set's namespace; empty for a list."""
    @property
    def unseen(self) -> Unseen:
        """What has not been seen. "list": the kind was never listed completely, so call `begin_list`, apply its
        objects, and call `end_list`. "write": a write of the caller's that no watch has shown yet. "deletion": a
        pod that the caller has deleted or evicted, and that no watch has shown as terminating or gone yet. If a
        write or a deletion has been missing for 30 seconds or more, the watch of that kind may have ended without
        notice: list the kind again.
        """
    @property
    def version(self) -> int | None:
        """The resource version of the write."""
    @property
    def seen(self) -> int | None:
        """The resource version up to which the kind has been seen."""
    @property
    def since(self) -> datetime | None:
        """When the write was made, or when the set first had to wait."""
    @property
    def text(self) -> str:
        """The same in words."""
    def __new__(
        cls,
        *,
        set: str,
        kind: str,
        name: str,
        unseen: Unseen,
        version: int | None = None,
        seen: int | None = None,
        since: datetime | int | None = None,
        text: str,
    ) -> Awaited: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Awaited: ...

@final
class Due:
    """Sets to look at."""

    __match_args__ = ("sets", "next", "retrying", "awaited")
    @property
    def sets(self) -> tuple[str, ...]:
        """The sets that are due now, as "namespace/name", in order of their names."""
    @property
    def next(self) -> datetime | None:
        """The moment at which the next set becomes due if nothing happens before."""
    @property
    def retrying(self) -> bool:
        """Whether `next` is only another attempt after a failure."""
    @property
    def awaited(self) -> tuple[Awaited, ...]:
        """What sets wait to see before anything is decided for them. Many sets may wait for the same, so this is
        short: for each kind of object the list that is missing, or the oldest write, each with one set that waits
        for it; and one deletion. Most of it comes within a moment. If one has been missing for 30 seconds or more,
        the watch of that kind may have ended without notice: list the kind again.
        """
    def __new__(
        cls,
        *,
        sets: Sequence[str] = ...,
        next: datetime | int | None = None,
        retrying: bool = False,
        awaited: Sequence[Awaited] = ...,
    ) -> Due: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Due: ...

@final
class Requests:
    """A plan as requests. It belongs to the cluster that made it and cannot be pickled."""

    @property
    def requests(self) -> tuple[Request, ...]:
        """The requests to send, in order."""
    @property
    def waits(self) -> tuple[Waiting, ...]:
        """What is waited for."""
    @property
    def next_wake(self) -> datetime | None:
        """When to plan again if nothing happens before."""
    @property
    def more(self) -> bool:
        """Whether the plan was cut at `Profile.max_actions`."""
    def may_try(self, index: int, outcomes: Sequence[Outcome]) -> bool:
        """Says whether the request with this index may be sent, given the outcomes of the requests before it.

        A request that may not be sent has the outcome "not-tried". The answer is False if the index is out of range, or
        if an outcome before it is missing.
        """
    def execution(self) -> Execution:
        """Begins to carry the plan out, for programs with a loop of their own. `carry_out` does it in one call."""
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Tail:
    """What is left to do after the requests of a plan: first the status, then old revisions."""

    __match_args__ = ("requests", "events", "next")
    @property
    def requests(self) -> tuple[Request, ...]:
        """The requests to send, one by one. Stop at the first that fails, unless it has `duty`."""
    @property
    def events(self) -> tuple[Event, ...]:
        """Events about the set, for the caller to record."""
    @property
    def next(self) -> Next:
        """When the set is looked at again: "rest" is when something changes or at `Requests.next_wake`, "again" is at
        once, and "retry" is after a pause.
        """
    def __new__(
        cls,
        *,
        requests: Sequence[Request],
        events: Sequence[Event],
        next: Next,
    ) -> Tail: ...
    def execution(self) -> Execution:
        """Begins to send them, as `Requests.execution` does. They go one by one."""
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Tail: ...

@final
class Finding:
    """What is done, or waited for, for a range of ordinals."""

    __match_args__ = ("first", "last", "action", "reason", "gates", "since", "until", "text", "fate")
    @property
    def first(self) -> int | None:
        """The first ordinal. None if this is about the set itself."""
    @property
    def last(self) -> int | None:
        """The last ordinal. None if this is about the set itself."""
    @property
    def action(self) -> ActionName:
        """What is done; "wait" for a wait."""
    @property
    def reason(self) -> Reason:
        """Why, or what cannot be done yet."""
    @property
    def gates(self) -> tuple[Gate, ...]:
        """All conditions that are not met, not only the first."""
    @property
    def since(self) -> datetime | None:
        """Since when it waits, where that is known."""
    @property
    def until(self) -> datetime | None:
        """When it ends by itself, if nothing else happens."""
    @property
    def text(self) -> str:
        """The same in words, without the names of the pods."""
    @property
    def fate(self) -> Fate:
        """What becomes of it, as far as can be told. "open": nothing speaks against it; waits have this, too.
        "refused": the API server refuses it each time, and a cause says why. "unreached": something before it is
        refused.
        """
    def __new__(
        cls,
        *,
        first: int | None = None,
        last: int | None = None,
        action: ActionName,
        reason: Reason,
        gates: Sequence[Gate],
        since: datetime | int | None = None,
        until: datetime | int | None = None,
        text: str,
        fate: Fate,
    ) -> Finding: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Finding: ...

@final
class ObjectName:
    """An object by kind and name."""

    __match_args__ = ("kind", "name")
    @property
    def kind(self) -> str:
        """Its kind, such as "Pod"."""
    @property
    def name(self) -> str:
        """Its name. The namespace is that of the set, if its kind has namespaces."""
    def __new__(
        cls,
        *,
        kind: str,
        name: str,
    ) -> ObjectName: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> ObjectName: ...

@final
class Proof:
    """A field or an event that shows a cause."""

    __match_args__ = ("object", "field", "text")
    @property
    def object(self) -> ObjectName:
        """The object that the field is of, or that the event is about."""
    @property
    def field(self) -> str:
        """The field, such as "status.conditions[0].message", or "event" and the event's reason."""
    @property
    def text(self) -> str:
        """What stands there."""
    def __new__(
        cls,
        *,
        object: ObjectName,
        field: str,
        text: str,
    ) -> Proof: ...
    def __eq__(self, other: builtins.object, /) -> bool: ...
    def __ne__(self, other: builtins.object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, builtins.object]]: ...
    def __replace__(self, **changes: builtins.object) -> Proof: ...

@final
class Cure:
    """One way to end a cause."""

    __match_args__ = ("text", "warning", "commands")
    @property
    def text(self) -> str:
        """What to do, in words."""
    @property
    def warning(self) -> str | None:
        """What may be lost by it, or what must be certain before. It is to be read first."""
    @property
    def commands(self) -> tuple[str, ...]:
        """The commands that do it, to be run in order, as they are."""
    def __new__(
        cls,
        *,
        text: str,
        warning: str | None = None,
        commands: Sequence[str] = ...,
    ) -> Cure: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Cure: ...

@final
class Cause:
    """Why a set is not as it is wanted, or something that is worth knowing of it."""

    __match_args__ = ("name", "weight", "object", "first", "last", "since", "text", "evidence", "cures")
    @property
    def name(self) -> CauseName:
        """Which one."""
    @property
    def weight(self) -> Weight:
        """What it means for the set. "hindrance": it keeps the set from what is wanted, and if it lasts, the set is stuck.
        "choice": somebody wants it so. "remark": it is worth knowing, and holds nothing back.
        """
    @property
    def object(self) -> ObjectName:
        """The object to look at."""
    @property
    def first(self) -> int | None:
        """The first ordinal that it concerns. None if it concerns the set itself."""
    @property
    def last(self) -> int | None:
        """The last ordinal that it concerns. None if it concerns the set itself."""
    @property
    def since(self) -> datetime | None:
        """Since when, if it may end by itself. A recent one of these is the ordinary course of things."""
    @property
    def text(self) -> str:
        """What is wrong, in words."""
    @property
    def evidence(self) -> tuple[Proof, ...]:
        """Where that stands."""
    @property
    def cures(self) -> tuple[Cure, ...]:
        """The ways to end it. If there are several, a person has to decide between them."""
    def __new__(
        cls,
        *,
        name: CauseName,
        weight: Weight,
        object: ObjectName,
        first: int | None = None,
        last: int | None = None,
        since: datetime | int | None = None,
        text: str,
        evidence: Sequence[Proof],
        cures: Sequence[Cure],
    ) -> Cause: ...
    def __eq__(self, other: builtins.object, /) -> bool: ...
    def __ne__(self, other: builtins.object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, builtins.object]]: ...
    def __replace__(self, **changes: builtins.object) -> Cause: ...

@final
class Diagnosis:
    """How a set stands, why, and what ends that. `str` gives it as text."""

    __match_args__ = (
        "namespace",
        "name",
        "verdict",
        "since",
        "at_goal",
        "wanted",
        "ready",
        "updated",
        "current_revision",
        "update_revision",
        "actions",
        "waits",
        "causes",
        "more",
        "now",
        "text",
    )
    @property
    def namespace(self) -> str:
        """The set's namespace."""
    @property
    def name(self) -> str:
        """The set's name."""
    @property
    def verdict(self) -> Verdict:
        """How the set stands. "up-to-date": there is nothing to do and nothing to wait for. "in-progress": it is on its
        way. "stuck": it stays as it is until somebody acts.
        """
    @property
    def since(self) -> datetime | None:
        """Since when it has stood so, as far as that can be told."""
    @property
    def at_goal(self) -> bool:
        """Whether the set is up to date: there is nothing to do and nothing to wait for."""
    @property
    def wanted(self) -> int:
        """The desired number of pods."""
    @property
    def ready(self) -> int:
        """How many of them are ready."""
    @property
    def updated(self) -> int:
        """How many pods have the update revision."""
    @property
    def current_revision(self) -> str:
        """Name of the revision that was last rolled out in full."""
    @property
    def update_revision(self) -> str:
        """Name of the revision of the set's template as it is now."""
    @property
    def actions(self) -> tuple[Finding, ...]:
        """What the planner would do now, in order. Neighbouring ordinals with the same answer share one entry."""
    @property
    def waits(self) -> tuple[Finding, ...]:
        """What pods wait for, by ordinal."""
    @property
    def causes(self) -> tuple[Cause, ...]:
        """Why the set is not as it is wanted: first what holds it back, then what somebody wants so (a partition,
        "OnDelete"), then what is worth knowing.
        """
    @property
    def more(self) -> bool:
        """Whether there is more to do than one plan may hold."""
    @property
    def now(self) -> datetime:
        """The moment that all this is about."""
    @property
    def text(self) -> str:
        """The same as text of several lines, as `sts explain` prints it. Later versions may word it differently."""
    def __new__(
        cls,
        *,
        namespace: str,
        name: str,
        verdict: Verdict,
        since: datetime | int | None = None,
        at_goal: bool,
        wanted: int,
        ready: int,
        updated: int,
        current_revision: str,
        update_revision: str,
        actions: Sequence[Finding],
        waits: Sequence[Finding],
        causes: Sequence[Cause],
        more: bool,
        now: datetime | int,
        text: str,
    ) -> Diagnosis: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Diagnosis: ...

@final
class Upgrade:
    """What an upgrade, or a downgrade, of the control plane changes for a set. `str` gives it as text."""

    __match_args__ = ("namespace", "name", "changes", "text")
    @property
    def namespace(self) -> str:
        """The set's namespace."""
    @property
    def name(self) -> str:
        """The set's name."""
    @property
    def changes(self) -> tuple[Change, ...]:
        """What is otherwise afterwards, by effect. It is empty if the set fares the same."""
    @property
    def text(self) -> str:
        """The same as text, a line for each change, as `sts upgrade` prints it; empty if nothing changes. Later versions
        may word it differently.
        """
    def __new__(
        cls,
        *,
        namespace: str,
        name: str,
        changes: Sequence[Change],
        text: str,
    ) -> Upgrade: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Upgrade: ...

@final
class Change:
    """One thing that is otherwise after an upgrade."""

    __match_args__ = ("effect", "pods", "version", "cause", "rule")
    @property
    def effect(self) -> Effect:
        """What is otherwise. "restarts": the pods are up to date before and not after it, so they are replaced though
        nobody changes the set. "stays": they are to be replaced before, and are up to date after it. "stops": they are
        created or deleted now, and would not be after it. "begins": they would be created or deleted at once.
        """
    @property
    def pods(self) -> tuple[int, ...]:
        """The pods that it is about, by ordinal, in ascending order."""
    @property
    def version(self) -> KubernetesVersion:
        """The version that changed Kubernetes: the newer one of the two between which the change begins."""
    @property
    def cause(self) -> str:
        """What changed in Kubernetes there."""
    @property
    def rule(self) -> str:
        """The rule of this library that says so."""
    def __new__(
        cls,
        *,
        effect: Effect,
        pods: Sequence[int],
        version: KubernetesVersion,
        cause: str,
        rule: str,
    ) -> Change: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> Change: ...

@final
class Cluster:
    """A cluster as a watch shows it: objects in, requests out.

    It keeps facts, not objects. Any thread may call it. Calls wait for each other.

    Args:
        profile: which behaviour the planner has: a `Profile`, or the name of one, such as "standalone".
        resource: for a custom resource that has the fields of a StatefulSet: its apiVersion, kind and plural, such as
            ("example.org/v1", "PlannedSet", "plannedsets"). The kind "StatefulSet" then stands for its objects. The
            defaults that an API server fills into a StatefulSet are filled in when a set is read.

    Raises:
        PlanError: there is no such profile, or there can be no such resource.
    """

    def __new__(
        cls, profile: Profile | ProfileName = ..., *, resource: tuple[str, str, str] | None = None
    ) -> Cluster: ...
    def apply(self, object: _Object, kind: Kind | None = None) -> None:
        """Tells the cluster of an object as a watch or a list shows it. An object that is older than the one known is
        ignored.

        Args:
            object: JSON text, a mapping as JSON is read into, or an object of the official client.
            kind: its kind, for JSON that leaves it out, as that of typed clients does.

        Raises:
            ObjectError: the object cannot be read. It is set aside, what depends on it waits, and everything else goes on.
        """
    def watch(self, event: bytes | str | Mapping[str, Any]) -> None:
        """Tells the cluster of an event of a watch: an object that was added, modified or deleted, a bookmark, or the end
        of the initial events.

        Args:
            event: the JSON text of an event, or a mapping of it. Its object names its kind.

        Raises:
            ObjectError: the event cannot be read, or its type is ERROR. After an ERROR begin the watch anew.
        """
    def remove(self, kind: Kind, namespace: str, name: str, uid: str = "") -> None:
        """Tells the cluster that an object was deleted.

        Args:
            kind: its kind.
            namespace: its namespace. It is ignored if the kind has none.
            name: its name.
            uid: its uid. An object of the same name with another uid stays. An empty uid stands for any.

        Raises:
            ObjectError: there is no such kind.
        """
    def begin_list(self, kind: Kind) -> None:
        """Begins a complete list of a kind: apply each of its objects, then call `end_list`.

        Raises:
            ObjectError: there is no such kind.
        """
    def end_list(self, kind: Kind, resource_version: str) -> None:
        """Ends a list. Objects that the list did not show are gone.

        Raises:
            ObjectError: there is no such kind.
        """
    def bookmark(self, kind: Kind, resource_version: str) -> None:
        """Tells the cluster that everything of a kind up to a version has been seen.

        Raises:
            ObjectError: there is no such kind.
        """
    def due(self, now: datetime | int) -> Due:
        """Says which sets to look at now, when to look again, and what sets wait to see (`Due.awaited`).

        A set stays due until `finish`. The call takes time for each set that is due, and none for the others.

        Raises:
            PlanError: `now` is no moment.
        """
    def take_due(self, now: datetime | int) -> Due:
        """Says which sets are due, like `due`, and takes them out of the queue, for programs with several workers.

        Each set is given out once. After its `finish` it is given out again if something has happened to it since its
        plan, if its time has come, or if it failed. A set that is never finished is not given out again, but `due`
        still names it. To give a set back, finish it with an earlier plan.

        Raises:
            PlanError: `now` is no moment.
        """
    def plan(self, set: str, now: datetime | int) -> Requests:
        """Says what to do for a set now. It changes nothing. Asking twice gives the same.

        Args:
            set: "namespace/name".
            now: the present moment: an aware datetime, or milliseconds since the Unix epoch.

        Raises:
            ObjectError: the set does not exist or cannot be read. Such a set is never due.
            PlanError: `now` is no moment.
        """
    def explain(self, set: str, now: datetime | int) -> str:
        """Gives the plan for a set in sentences, one line for each action and each wait.

        Raises:
            ObjectError: the set does not exist or cannot be read.
            PlanError: `now` is no moment.
        """
    def diagnose(
        self,
        set: str,
        now: datetime | int,
        *,
        evidence: _Object | Iterable[_Object] = ...,
        patience: timedelta | int = ...,
    ) -> Diagnosis:
        """Says how a set stands, why, and what ends that, for people and for scripts. It changes nothing.

        Args:
            set: "namespace/name".
            now: the present moment: an aware datetime, or milliseconds since the Unix epoch.
            evidence: what else to look at, as `apply` takes objects: one object, a list as an API server or kubectl gives
                it, or an iterable of such. Events, pods, claims, nodes, Services, Secrets, quotas and more are looked at,
                and other objects are passed over. Events say the most. A list of one kind, such as a SecretList, also says
                that there are no others. The cluster does not keep it.
            patience: how long something may last before it counts as stuck: a timedelta, or milliseconds; 10 minutes
                unless it is given.

        Raises:
            ObjectError: the set does not exist or cannot be read, or the evidence cannot be read.
            PlanError: `now` is no moment, or `patience` is no length of time or negative.
        """
    def upgrade(self, set: str, from_version: str, to_version: str, now: datetime | int) -> Upgrade:
        """Says what an upgrade of the control plane from one version of Kubernetes to another would change for a set, or a
        downgrade. It changes nothing.

        The set is looked at under both versions, and under those between them, each with its default feature gates. All
        else is decided as the cluster's profile says.

        Args:
            set: "namespace/name".
            from_version: a minor version, such as "1.33", or what a cluster says of itself, such as "v1.33.5-gke.100".
            to_version: another one.
            now: the present moment: an aware datetime, or milliseconds since the Unix epoch.

        Raises:
            ObjectError: the set does not exist or cannot be read, or pods or revisions have never been listed.
            PlanError: `now` is no moment.
            ValueError: it is no version from 1.28 to 1.38.
        """
    def finish(self, set: str, plan: Requests, outcomes: Sequence[Outcome], now: datetime | int) -> Tail:
        """Tells the cluster how the requests of a plan went, and returns what is left to do.

        If the plan is not the last one made for the set, the answer is empty and the set is looked at again.

        Args:
            set: "namespace/name".
            plan: the plan.
            outcomes: one for each request. It is "not-tried" for requests that `Requests.may_try` ruled out and for those
                that the caller left out.
            now: the present moment.

        Raises:
            PlanError: `now` is no moment.
        """
    def settle(self, set: str, plan: Requests, outcomes: Sequence[Outcome], now: datetime | int) -> None:
        """Tells the cluster how the requests of the plan's tail went.

        The next plan then waits until the watch has shown the new status, and a failed request is tried again. The call
        may be left out; then the watch of the set shows the status.

        Raises:
            PlanError: `now` is no moment.
        """

def reconcile(
    set: str,
    objects: _Object | Iterable[_Object],
    now: datetime | int,
    *,
    complete: Sequence[Kind],
    profile: Profile | ProfileName,
) -> tuple[Requests, Tail, list[_ObjectError]]:
    """`statefulset.kubernetes.reconcile`, before its answer has names."""

@final
class FieldError:
    """A mistake that an API server would refuse, in its words."""

    __match_args__ = ("field", "reason", "message")
    @property
    def field(self) -> str:
        """The path of the field, such as `spec.template.spec.containers[0].name`."""
    @property
    def reason(self) -> FieldErrorReason:
        """The kind of mistake."""
    @property
    def message(self) -> str:
        """What is wrong."""
    def __new__(
        cls,
        *,
        field: str,
        reason: FieldErrorReason,
        message: str,
    ) -> FieldError: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...
    def __replace__(self, **changes: object) -> FieldError: ...

def normalize(manifest: _Object, *, profile: Profile | ProfileName) -> bytes:
    """`statefulset.kubernetes.normalize`, before its answer is read."""

def validate(manifest: _Object, *, profile: Profile | ProfileName = ...) -> tuple[FieldError, ...]:
    """Says what an API server would refuse in a new StatefulSet, for hosts without one. Defaults are filled in first.

    Args:
        manifest: the set: JSON text, a mapping as JSON is read into, or an object of the official client.
        profile: a `Profile`, or the name of one, such as "standalone". Only its Kubernetes feature gates matter.

    Returns:
        Each mistake. Empty if an API server would accept the set.

    Raises:
        ObjectError: it is no JSON object.
        PlanError: there is no such profile.
    """

def validate_update(
    old: _Object,
    new: _Object,
    *,
    profile: Profile | ProfileName = ...,
) -> tuple[FieldError, ...]:
    """Says what an API server would refuse when a set is changed into another.

    These are mistakes of the new one, and changes that are not allowed. A mistake that the old one has already is not
    reported.

    Args:
        old: the set as it is.
        new: the set as it is to be.
        profile: a `Profile`, or the name of one, such as "standalone". Only its Kubernetes feature gates matter.

    Returns:
        Each mistake. Empty if an API server would accept the change.

    Raises:
        ObjectError: one is no JSON object; `list` says which.
        PlanError: there is no such profile.
    """

@final
class World:
    """A cluster in memory, under a virtual clock, in a thread of its own."""

    def __new__(
        cls,
        *,
        nodes: Sequence[str],
        profile: Profile | ProfileName,
        seed: int,
        provisioner: bool,
        start: datetime | int | None = None,
        controller: object | None = None,
        objects: Sequence[Mapping[str, Any]] | None = None,
    ) -> World: ...
    def run(self, line: str, *, folder: str | PathLike[str], input: str | None = None) -> tuple[str, bool]:
        """Runs a command line: what it printed, and whether it failed."""
    @property
    def now(self) -> datetime:
        """Its time."""
    def advance(self, by: timedelta | int) -> None:
        """Lets time pass."""
    def settle(self, limit: timedelta | int) -> bool:
        """Lets time pass until nothing would change any more but heartbeats and back-off; whether that was before the limit."""
    def timeline(self, since: timedelta | int | None = None) -> tuple[str, str]:
        """What has happened to its pods, as text and as an SVG picture."""
