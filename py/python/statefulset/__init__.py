"""Kubernetes' StatefulSet decision function, for operators written in Python.

Given the set someone wants and the cluster as it was last seen: what should be done now, and why not more?
No I/O, no clock, no state: `plan` is a function.

`carry_out` and `carry_out_async` do what a plan says, by a function of yours. What is left to you, such as one planner
a set, keeping the status, and backing off, is numbered on the front page of the Rust crate (core/src/lib.rs, "What the
caller does"), each duty with what breaks without it.

Moments are aware `datetime` objects or milliseconds since the Unix epoch going in, and aware `datetime` objects in UTC
coming out; lengths of time are `timedelta` objects or milliseconds going in, and `timedelta` objects coming out.
"""

from typing import TypeAlias

from ._drive import carry_out, carry_out_async
from ._errors import PlanError
from ._statefulset import (
    MAX_ORDINAL,
    NO_ORDINAL,
    BindClaim,
    Budget,
    Claim,
    Conclusion,
    CreateClaim,
    CreatePod,
    DeleteClaim,
    DeletePod,
    EvictPod,
    Execution,
    ForceDeletePod,
    HoldFinalizer,
    Node,
    Observed,
    Plan,
    Pod,
    Profile,
    Reach,
    ReleaseFinalizer,
    SetClaimOwner,
    StatefulSet,
    Status,
    UpdatePod,
    Volume,
    Wait,
    __version__,
    explain,
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
    "Claim",
    "Code",
    "Conclusion",
    "CreateClaim",
    "CreatePod",
    "DeleteClaim",
    "DeletePod",
    "EvictPod",
    "Execution",
    "ForceDeletePod",
    "Gate",
    "HoldFinalizer",
    "Node",
    "Observed",
    "Outcome",
    "Plan",
    "PlanError",
    "Pod",
    "Profile",
    "Reach",
    "Reason",
    "ReleaseFinalizer",
    "SetClaimOwner",
    "StatefulSet",
    "Status",
    "UpdatePod",
    "Volume",
    "Wait",
    "__version__",
    "carry_out",
    "carry_out_async",
    "explain",
    "plan",
]
