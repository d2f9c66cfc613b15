"""Kubernetes' StatefulSet decision function, for operators written in Python.

You give `plan` the StatefulSet and what you see of the cluster. It returns the actions to take now, in order, and for
every pod that is not up to date the reason why it has to wait. It does no I/O, reads no clock and keeps nothing.

`carry_out` and `carry_out_async` carry a plan out; your function does the single action. Some things only the caller
can do: to run one planner per set, to keep the status, to back off after failures. The front page of the Rust crate
lists them under "What the caller does" (core/src/lib.rs). They are numbered, and each says what breaks without it.

You pass a moment as an aware `datetime` or as milliseconds since the Unix epoch, and get an aware `datetime` in UTC.
You pass a length of time as a `timedelta` or as milliseconds, and get a `timedelta`.
"""

from typing import TypeAlias

from ._drive import carry_out, carry_out_async
from ._errors import PlanError
from ._statefulset import (
    MAX_ORDINAL,
    NO_ORDINAL,
    BindClaim,
    Budget,
    CancelPrepare,
    Claim,
    Conclusion,
    CreateClaim,
    CreatePod,
    Deadline,
    DeleteClaim,
    DeletePod,
    EvictPod,
    Exclusion,
    Execution,
    ForceDeletePod,
    HoldFinalizer,
    Member,
    Node,
    Observed,
    Plan,
    Pod,
    Policies,
    Prepare,
    Profile,
    Reach,
    ReleaseFinalizer,
    Repair,
    SetClaimOwner,
    StatefulSet,
    Status,
    UpdateInPlace,
    UpdatePod,
    Volume,
    Wait,
    __version__,
    allot,
    explain,
    member,
    plan,
)
from ._words import Code, Gate, Outcome, Reason

Action: TypeAlias = (
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
"""One entry of `Plan.actions`."""

__all__ = [
    "MAX_ORDINAL",
    "NO_ORDINAL",
    "Action",
    "BindClaim",
    "Budget",
    "CancelPrepare",
    "Claim",
    "Code",
    "Conclusion",
    "CreateClaim",
    "CreatePod",
    "Deadline",
    "DeleteClaim",
    "DeletePod",
    "EvictPod",
    "Exclusion",
    "Execution",
    "ForceDeletePod",
    "Gate",
    "HoldFinalizer",
    "Member",
    "Node",
    "Observed",
    "Outcome",
    "Plan",
    "PlanError",
    "Pod",
    "Policies",
    "Prepare",
    "Profile",
    "Reach",
    "Reason",
    "ReleaseFinalizer",
    "Repair",
    "SetClaimOwner",
    "StatefulSet",
    "Status",
    "UpdateInPlace",
    "UpdatePod",
    "Volume",
    "Wait",
    "__version__",
    "allot",
    "carry_out",
    "carry_out_async",
    "explain",
    "member",
    "plan",
]
