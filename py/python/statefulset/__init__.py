"""Kubernetes' StatefulSet decision function, for operators written in Python.

Given the set someone wants and the cluster as it was last seen: what should be done now, and why not more?
No I/O, no clock, no state: `plan` is a function.
"""

from typing import TypeAlias

from ._errors import PlanError
from ._statefulset import (
    BindClaim,
    Claim,
    CreateClaim,
    CreatePod,
    DeleteClaim,
    DeletePod,
    EvictPod,
    ForceDeletePod,
    HoldFinalizer,
    Plan,
    Pod,
    ReleaseFinalizer,
    SetClaimOwner,
    StatefulSet,
    Status,
    UpdatePod,
    Wait,
    __version__,
    plan,
)
from ._words import Gate, Reason

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
    "Action",
    "BindClaim",
    "Claim",
    "CreateClaim",
    "CreatePod",
    "DeleteClaim",
    "DeletePod",
    "EvictPod",
    "ForceDeletePod",
    "Gate",
    "HoldFinalizer",
    "Plan",
    "PlanError",
    "Pod",
    "Reason",
    "ReleaseFinalizer",
    "SetClaimOwner",
    "StatefulSet",
    "Status",
    "UpdatePod",
    "Wait",
    "__version__",
    "plan",
]
