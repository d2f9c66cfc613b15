from collections.abc import Sequence
from typing import TypeAlias, final

from ._words import (
    ClaimOwner,
    ClaimPhase,
    Deletion,
    Gate,
    Keep,
    Management,
    On,
    OwnerRef,
    Phase,
    Profile,
    Progress,
    Reason,
    Strategy,
)

__all__ = [
    "BindClaim",
    "Claim",
    "CreateClaim",
    "CreatePod",
    "DeleteClaim",
    "DeletePod",
    "EvictPod",
    "ForceDeletePod",
    "HoldFinalizer",
    "Plan",
    "Pod",
    "ReleaseFinalizer",
    "SetClaimOwner",
    "StatefulSet",
    "Status",
    "UpdatePod",
    "Wait",
    "__version__",
    "plan",
]

__version__: str

@final
class StatefulSet:
    __match_args__ = (
        "replicas",
        "update_revision",
        "current_revision",
        "generation",
        "start",
        "management",
        "strategy",
        "partition",
        "max_unavailable",
        "min_ready_ms",
        "templates",
        "when_deleted",
        "when_scaled",
        "deletion",
        "finalizer_held",
        "published",
        "profile",
        "recreate",
        "max_actions",
    )
    @property
    def replicas(self) -> int: ...
    @property
    def update_revision(self) -> int: ...
    @property
    def current_revision(self) -> int | None: ...
    @property
    def generation(self) -> int: ...
    @property
    def start(self) -> int: ...
    @property
    def management(self) -> Management: ...
    @property
    def strategy(self) -> Strategy: ...
    @property
    def partition(self) -> int | None: ...
    @property
    def max_unavailable(self) -> int | str | None: ...
    @property
    def min_ready_ms(self) -> int: ...
    @property
    def templates(self) -> int: ...
    @property
    def when_deleted(self) -> Keep: ...
    @property
    def when_scaled(self) -> Keep: ...
    @property
    def deletion(self) -> Deletion: ...
    @property
    def finalizer_held(self) -> bool: ...
    @property
    def published(self) -> Status | None: ...
    @property
    def profile(self) -> Profile: ...
    @property
    def recreate(self) -> bool: ...
    @property
    def max_actions(self) -> int | None: ...
    def __new__(
        cls,
        *,
        replicas: int,
        update_revision: int,
        current_revision: int | None = None,
        generation: int = ...,
        start: int = ...,
        management: Management = "OrderedReady",
        strategy: Strategy = "RollingUpdate",
        partition: int | None = ...,
        max_unavailable: int | str | None = None,
        min_ready_ms: int = ...,
        templates: int = ...,
        when_deleted: Keep = "Retain",
        when_scaled: Keep = "Retain",
        deletion: Deletion = "no",
        finalizer_held: bool = False,
        published: Status | None = None,
        profile: Profile = "upstream",
        recreate: bool = False,
        max_actions: int | None = None,
    ) -> StatefulSet: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...

@final
class Pod:
    __match_args__ = (
        "ordinal",
        "revision",
        "phase",
        "ready",
        "ready_since_ms",
        "terminating_since_ms",
        "identity",
        "storage",
    )
    @property
    def ordinal(self) -> int: ...
    @property
    def revision(self) -> int: ...
    @property
    def phase(self) -> Phase: ...
    @property
    def ready(self) -> bool: ...
    @property
    def ready_since_ms(self) -> int | None: ...
    @property
    def terminating_since_ms(self) -> int | None: ...
    @property
    def identity(self) -> bool: ...
    @property
    def storage(self) -> bool: ...
    def __new__(
        cls,
        *,
        ordinal: int,
        revision: int,
        phase: Phase = "Running",
        ready: bool = False,
        ready_since_ms: int | None = None,
        terminating_since_ms: int | None = None,
        identity: bool = True,
        storage: bool = True,
    ) -> Pod: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...

@final
class Claim:
    __match_args__ = (
        "ordinal",
        "template",
        "phase",
        "set_owner",
        "pod_owner",
        "foreign_controller",
        "terminating_since_ms",
    )
    @property
    def ordinal(self) -> int: ...
    @property
    def template(self) -> int: ...
    @property
    def phase(self) -> ClaimPhase: ...
    @property
    def set_owner(self) -> OwnerRef: ...
    @property
    def pod_owner(self) -> OwnerRef: ...
    @property
    def foreign_controller(self) -> bool: ...
    @property
    def terminating_since_ms(self) -> int | None: ...
    def __new__(
        cls,
        *,
        ordinal: int,
        template: int = ...,
        phase: ClaimPhase = "Bound",
        set_owner: OwnerRef = "absent",
        pod_owner: OwnerRef = "absent",
        foreign_controller: bool = False,
        terminating_since_ms: int | None = None,
    ) -> Claim: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...

@final
class Status:
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
    )
    @property
    def observed_generation(self) -> int: ...
    @property
    def replicas(self) -> int: ...
    @property
    def ready(self) -> int: ...
    @property
    def available(self) -> int: ...
    @property
    def current(self) -> int: ...
    @property
    def updated(self) -> int: ...
    @property
    def current_revision(self) -> int: ...
    @property
    def update_revision(self) -> int: ...
    @property
    def progressing(self) -> Progress | None: ...
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
    ) -> Status: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...

@final
class CreateClaim:
    __match_args__ = ("ordinal", "template", "reason", "stage", "step")
    @property
    def ordinal(self) -> int: ...
    @property
    def template(self) -> int: ...
    @property
    def reason(self) -> Reason: ...
    @property
    def stage(self) -> int: ...
    @property
    def step(self) -> int: ...
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

@final
class BindClaim:
    __match_args__ = ("ordinal", "claim", "volume", "reason", "stage", "step")
    @property
    def ordinal(self) -> int: ...
    @property
    def claim(self) -> int: ...
    @property
    def volume(self) -> int: ...
    @property
    def reason(self) -> Reason: ...
    @property
    def stage(self) -> int: ...
    @property
    def step(self) -> int: ...
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

@final
class CreatePod:
    __match_args__ = ("ordinal", "revision", "reason", "stage", "step")
    @property
    def ordinal(self) -> int: ...
    @property
    def revision(self) -> int: ...
    @property
    def reason(self) -> Reason: ...
    @property
    def stage(self) -> int: ...
    @property
    def step(self) -> int: ...
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

@final
class UpdatePod:
    __match_args__ = ("ordinal", "pod", "reason", "stage", "step")
    @property
    def ordinal(self) -> int: ...
    @property
    def pod(self) -> int: ...
    @property
    def reason(self) -> Reason: ...
    @property
    def stage(self) -> int: ...
    @property
    def step(self) -> int: ...
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

@final
class SetClaimOwner:
    __match_args__ = ("ordinal", "claim", "owner", "pod", "reason", "stage", "step")
    @property
    def ordinal(self) -> int: ...
    @property
    def claim(self) -> int: ...
    @property
    def owner(self) -> ClaimOwner: ...
    @property
    def pod(self) -> int | None: ...
    @property
    def reason(self) -> Reason: ...
    @property
    def stage(self) -> int: ...
    @property
    def step(self) -> int: ...
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

@final
class DeletePod:
    __match_args__ = ("ordinal", "pod", "reason", "stage", "step")
    @property
    def ordinal(self) -> int: ...
    @property
    def pod(self) -> int: ...
    @property
    def reason(self) -> Reason: ...
    @property
    def stage(self) -> int: ...
    @property
    def step(self) -> int: ...
    def __new__(
        cls,
        *,
        ordinal: int,
        pod: int,
        reason: Reason,
        stage: int,
        step: int,
    ) -> DeletePod: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...

@final
class EvictPod:
    __match_args__ = ("ordinal", "pod", "reason", "stage", "step")
    @property
    def ordinal(self) -> int: ...
    @property
    def pod(self) -> int: ...
    @property
    def reason(self) -> Reason: ...
    @property
    def stage(self) -> int: ...
    @property
    def step(self) -> int: ...
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

@final
class ForceDeletePod:
    __match_args__ = ("ordinal", "pod", "node", "reason", "stage", "step")
    @property
    def ordinal(self) -> int: ...
    @property
    def pod(self) -> int: ...
    @property
    def node(self) -> int | None: ...
    @property
    def reason(self) -> Reason: ...
    @property
    def stage(self) -> int: ...
    @property
    def step(self) -> int: ...
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

@final
class DeleteClaim:
    __match_args__ = ("ordinal", "claim", "reason", "stage", "step")
    @property
    def ordinal(self) -> int: ...
    @property
    def claim(self) -> int: ...
    @property
    def reason(self) -> Reason: ...
    @property
    def stage(self) -> int: ...
    @property
    def step(self) -> int: ...
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

@final
class HoldFinalizer:
    __match_args__ = ("ordinal", "reason", "stage", "step")
    @property
    def ordinal(self) -> int: ...
    @property
    def reason(self) -> Reason: ...
    @property
    def stage(self) -> int: ...
    @property
    def step(self) -> int: ...
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

@final
class ReleaseFinalizer:
    __match_args__ = ("ordinal", "reason", "stage", "step")
    @property
    def ordinal(self) -> int: ...
    @property
    def reason(self) -> Reason: ...
    @property
    def stage(self) -> int: ...
    @property
    def step(self) -> int: ...
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

@final
class Wait:
    __match_args__ = (
        "ordinal",
        "through",
        "gates",
        "on",
        "on_index",
        "since_ms",
        "until_ms",
        "reason",
        "stage",
        "step",
    )
    @property
    def ordinal(self) -> int: ...
    @property
    def through(self) -> int: ...
    @property
    def gates(self) -> tuple[Gate, ...]: ...
    @property
    def on(self) -> On: ...
    @property
    def on_index(self) -> int | None: ...
    @property
    def since_ms(self) -> int | None: ...
    @property
    def until_ms(self) -> int | None: ...
    @property
    def reason(self) -> Reason: ...
    @property
    def stage(self) -> int: ...
    @property
    def step(self) -> int: ...
    def __new__(
        cls,
        *,
        ordinal: int,
        through: int,
        gates: Sequence[Gate],
        on: On,
        on_index: int | None = None,
        since_ms: int | None = None,
        until_ms: int | None = None,
        reason: Reason,
        stage: int,
        step: int,
    ) -> Wait: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]: ...

_Action: TypeAlias = (
    CreateClaim
    | BindClaim
    | CreatePod
    | UpdatePod
    | SetClaimOwner
    | DeletePod
    | EvictPod
    | ForceDeletePod
    | DeleteClaim
    | HoldFinalizer
    | ReleaseFinalizer
    | Wait
)

@final
class Plan:
    @property
    def actions(self) -> tuple[_Action, ...]: ...
    @property
    def status(self) -> Status | None: ...
    @property
    def next_wake_ms(self) -> int | None: ...
    @property
    def more(self) -> bool: ...

def plan(
    desired: StatefulSet,
    pods: Sequence[Pod],
    *,
    claims: Sequence[Claim] | None = None,
    fresh: bool = True,
    now_ms: int,
) -> Plan: ...
