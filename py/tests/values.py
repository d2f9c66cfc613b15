"""A value of each class, and what the stub says of the classes."""

from __future__ import annotations

import ast
import datetime
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import statefulset
from statefulset import (
    BindClaim,
    Budget,
    CancelPrepare,
    Claim,
    CreateClaim,
    CreatePod,
    Deadline,
    DeleteClaim,
    DeletePod,
    EvictPod,
    Exclusion,
    ForceDeletePod,
    HoldFinalizer,
    Member,
    Node,
    Observed,
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
    plan,
)
from statefulset.kubernetes import (
    Awaited,
    Cause,
    Change,
    Cure,
    Diagnosis,
    Due,
    Event,
    FieldError,
    Finding,
    ObjectName,
    Outcome,
    Proof,
    Request,
    Tail,
    Upgrade,
    Waiting,
)

STUB = Path(statefulset.__file__).parent / "_statefulset.pyi"

NOON = datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.UTC)
PODS = [Pod(ordinal=n, revision=1, ready=True, ready_since=NOON) for n in (2, 0, 1)]
CLAIMS = [Claim(ordinal=n, terminating_since=1) for n in (0, 1, 2)]
WEB = StatefulSet(
    name="web",
    replicas=3,
    update_revision=2,
    current_revision=1,
    templates=["www"],
    max_unavailable="50%",
    min_ready=timedelta(minutes=1),
    published=Status(current_revision=1, update_revision=2, progressing="creating"),
    profile="standalone",
    policies=Policies(paused=["repair"]),
)
OBSERVED = Observed(pods=PODS, claims=CLAIMS)
REQUEST = Request(
    method="DELETE",
    path="/api/v1/namespaces/default/pods/web-2",
    reason="rollout",
    body=b'{"preconditions":{"uid":"\xc3\xa9"}}',
    tolerates=["not-found"],
)
EVENT = Event(kind="Warning", reason="FailedCreate", message="no room")
FINDING = Finding(
    first=0, last=1, action="wait", reason="scale-out", gates=["order"], since=NOON, text="not yet", fate="open"
)
OBJECT = ObjectName(kind="PersistentVolumeClaim", name="data-web-0")
PROOF = Proof(object=OBJECT, field="status.phase", text="Pending")
CURE = Cure(text="make one", warning="it costs money", commands=["kubectl apply -f volume.yaml"])
CAUSE = Cause(
    name="unbound-claim",
    weight="hindrance",
    object=OBJECT,
    first=0,
    last=1,
    since=NOON,
    text="no volume",
    evidence=[PROOF],
    cures=[CURE],
)
AWAITED = Awaited(
    set="default/web", kind="Pod", name="web-1", unseen="write", version=812, seen=805, since=NOON, text="waiting"
)
CHANGE = Change(effect="restarts", pods=[0], version="1.34.0", cause="another text", rule="K-11")
VALUES: list[object] = [
    WEB,
    PODS[0],
    Pod(
        ordinal=3,
        revision=1,
        hold=["drain", "scale-in"],
        replace=True,
        prepared="may-leave",
        change="in-place",
        changing=True,
    ),
    CLAIMS[0],
    WEB.published,
    Volume(capacity=1, reserved=3, modes=["ReadWriteOncePod"], reach=1, matches=5),
    Volume(capacity=1, reserved="other"),
    Node(state="gone", since=NOON),
    Budget(allowed=1),
    Reach(group=1, node=0),
    Profile(walk=True, unreachable_after=timedelta(seconds=1), require_fence=True),
    Exclusion(first=7, last=9, keep_claims=True),
    Repair(after=timedelta(minutes=5), beyond_budget=1),
    Deadline(after=timedelta(minutes=10), then="halt"),
    Policies(
        excluded=[Exclusion(first=7, last=9)],
        partition_by="ordinal",
        paused=["repair", "scale-in"],
        ranked="tiers",
        ties="lowest-first",
        scale_out_limit=2,
        scale_in_limit="25%",
        allowance=1,
        repair=Repair(after=60_000),
        pace=timedelta(minutes=2),
        deadline=Deadline(after=600_000),
        in_place="only",
        ask=["drain", "scale-in"],
    ),
    Member(unavailable=1, outdated=2),
    Observed(pods=PODS, claims=CLAIMS, nodes=[Node()], fresh=False, reach=[Reach(group=1, node=0)]),
    CreateClaim(ordinal=0, template=1, reason="scale-out", stage=0, step=0),
    BindClaim(ordinal=0, claim=1, volume=2, reason="binding", stage=0, step=0),
    CreatePod(ordinal=0, revision=1, reason="scale-out", stage=0, step=1),
    UpdatePod(ordinal=0, pod=0, reason="repair", stage=0, step=1),
    SetClaimOwner(ordinal=0, claim=1, owner="pod", pod=2, reason="retention", stage=0, step=1),
    DeletePod(ordinal=0, pod=1, reason="rollout", stage=2, step=0),
    EvictPod(ordinal=0, pod=1, reason="drain", stage=2, step=0),
    ForceDeletePod(ordinal=0, pod=1, node=0, reason="node-gone", stage=2, step=0),
    Prepare(ordinal=0, pod=1, for_good=True, reason="scale-in", stage=2, step=0),
    CancelPrepare(ordinal=0, pod=1, reason="wanted", stage=2, step=0),
    UpdateInPlace(ordinal=0, pod=1, revision=2, reason="rollout", stage=2, step=0),
    DeleteClaim(ordinal=0, claim=1, reason="give-up", stage=2, step=0),
    HoldFinalizer(ordinal=0, reason="shutdown", stage=0, step=0),
    ReleaseFinalizer(ordinal=0, reason="shutdown", stage=0, step=0),
    Wait(ordinal=0, through=1, gates=["order"], on="pod", on_index=0, until=NOON, reason="health", stage=0, step=0),
    *plan(WEB, OBSERVED, NOON).actions,
    plan(WEB, OBSERVED, NOON).conclude([]),
    Outcome(status="done", resource_version="7"),
    Waiting(ordinal=0, through=1, gates=["order"], on_kind="Pod", on_name="web-0", since=NOON, reason="scale-out"),
    EVENT,
    REQUEST,
    AWAITED,
    Due(sets=["default/web"], next=NOON, awaited=[AWAITED]),
    Tail(requests=[REQUEST], events=[EVENT], next="rest"),
    FINDING,
    OBJECT,
    PROOF,
    CURE,
    CAUSE,
    FieldError(field="spec.replicas", reason="FieldValueInvalid", message="Invalid value: -1"),
    Diagnosis(
        namespace="default",
        name="web",
        verdict="stuck",
        since=NOON,
        at_goal=False,
        wanted=3,
        ready=2,
        updated=1,
        current_revision="web-1",
        update_revision="web-2",
        actions=[FINDING],
        waits=[FINDING],
        causes=[CAUSE],
        more=False,
        now=NOON,
        text="default/web: stuck",
    ),
    CHANGE,
    Upgrade(namespace="default", name="web", changes=[CHANGE], text="default/web: web-0 would be replaced"),
]
EXAMPLES = {type(value).__name__: value for value in VALUES}


def fields() -> Iterator[tuple[str, str, str]]:
    """Class, field and type of whatever a value class is made from."""
    for defined in ast.parse(STUB.read_text()).body:
        if isinstance(defined, ast.ClassDef) and is_value_class(defined):
            makes = next(it for it in defined.body if isinstance(it, ast.FunctionDef) and it.name == "__new__")
            for argument in makes.args.kwonlyargs:
                assert argument.annotation is not None
                yield defined.name, argument.arg, ast.unparse(argument.annotation)


def is_value_class(defined: ast.ClassDef) -> bool:
    return any(isinstance(it, ast.FunctionDef) and it.name == "__replace__" for it in defined.body)
