"""Real objects in, ready-to-send requests out.

You feed a `Cluster` with objects as a watch delivers them. `Cluster.due` says which sets to look at, when to ask again,
and what sets wait to see (`Due.awaited`). `Cluster.take_due` does the same for programs with several workers: it gives
each set out once.

`carry_out` does one round for a set: it plans, sends the requests by a function of yours, and sends the status.
`carry_out_async` awaits your function and has several requests under way. `execute` and `execute_async` are such
functions: they send a request by the official client (`pip install statefulset[kubernetes]`). The parts can be called
alone, too:
`Cluster.plan` gives the requests, `Cluster.finish` takes their outcomes and gives what is left to do (the status, old
revisions, events), and `Cluster.settle` takes how that went.

`reconcile` is for programs that look only once in a while: objects in, requests out, nothing kept. Where no API server
checks manifests, `normalize` fills in the defaults, and `validate` and `validate_update` say what an API server would
refuse.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import _statefulset
from ._client import ApiClient, AsyncApiClient, execute, execute_async
from ._drive import WIDTH, drive, drive_async
from ._errors import ObjectError
from ._official import Object
from ._statefulset import (
    Awaited,
    Cause,
    Change,
    Cluster,
    Cure,
    Diagnosis,
    Due,
    Event,
    FieldError,
    Finding,
    ObjectName,
    Outcome,
    Profile,
    Proof,
    Request,
    Requests,
    Tail,
    Upgrade,
    Waiting,
    validate,
    validate_update,
)
from ._words import CauseName, Effect, Fate, FieldErrorReason, Kind, ProfileName, Verdict, Weight
from ._words import Outcome as ActionOutcome

__all__ = [
    "ApiClient",
    "AsyncApiClient",
    "Awaited",
    "Cause",
    "CauseName",
    "Change",
    "Cluster",
    "Cure",
    "Diagnosis",
    "Due",
    "Effect",
    "Event",
    "Fate",
    "FieldError",
    "FieldErrorReason",
    "Finding",
    "Kind",
    "Object",
    "ObjectError",
    "ObjectName",
    "Outcome",
    "Proof",
    "Reconciled",
    "Request",
    "Requests",
    "Tail",
    "Upgrade",
    "Verdict",
    "Waiting",
    "Weight",
    "carry_out",
    "carry_out_async",
    "execute",
    "execute_async",
    "normalize",
    "reconcile",
    "validate",
    "validate_update",
]

_NOT_TRIED = Outcome(status="not-tried")


def carry_out(
    cluster: Cluster,
    set: str,
    now: datetime | int,
    send: Callable[[Request], Outcome],
    *,
    may: Callable[[Request], bool] = lambda _: True,
) -> Tail:
    """Does one round for a set: plans, sends the requests one by one, and sends the status.

    Args:
        cluster: the cluster. It is free while `send` runs: `send` and other threads may feed it.
        set: "namespace/name".
        now: the present moment: an aware datetime, or milliseconds since the Unix epoch.
        send: sends a request and returns how it went.
        may: whether a request may be sent now. Any subset of a plan may be carried out. A set for which a request was
            kept back stays due. Do its next round when the answer may have changed.

    Returns:
        What was left to do after the plan. Its requests have been sent. Its events are for the caller to record.

    Raises:
        ObjectError: the set does not exist or cannot be read.
        PlanError: `now` is no moment.
    """
    plan = cluster.plan(set, now)
    outcomes = _send_all(plan, lambda request: send(request) if may(request) else _NOT_TRIED)
    tail = cluster.finish(set, plan, outcomes, now)
    cluster.settle(set, plan, _send_all(tail, send), now)
    return tail


async def carry_out_async(
    cluster: Cluster,
    set: str,
    now: datetime | int,
    send: Callable[[Request], Awaitable[Outcome]],
    *,
    may: Callable[[Request], bool] = lambda _: True,
    width: int = WIDTH,
) -> Tail:
    """Does one round for a set, with as many requests at the same time as their order allows.

    The cluster is free while requests run: other tasks may feed it.

    Args:
        cluster: as for `carry_out`.
        set: as for `carry_out`.
        now: as for `carry_out`.
        send: as for `carry_out`, and awaited.
        may: as for `carry_out`.
        width: how many requests may run at the same time, at least 1.

    Returns:
        What was left to do after the plan. Its requests have been sent. Its events are for the caller to record.

    Raises:
        ObjectError: the set does not exist or cannot be read.
        PlanError: `now` is no moment. An exception of `send` is raised, and the requests that run then are cancelled.
    """

    async def if_allowed(request: Request) -> Outcome:
        return await send(request) if may(request) else _NOT_TRIED

    plan = cluster.plan(set, now)
    outcomes = await _send_all_async(plan, if_allowed, width)
    tail = cluster.finish(set, plan, outcomes, now)
    cluster.settle(set, plan, await _send_all_async(tail, send, 1), now)
    return tail


def _send_all(work: Requests | Tail, send: Callable[[Request], Outcome]) -> list[Outcome]:
    outcomes = [_NOT_TRIED] * len(work.requests)

    def act(index: int) -> ActionOutcome:
        request = work.requests[index]
        outcomes[index] = send(request)
        return request.in_short(outcomes[index])

    drive(work.execution(), act)
    return outcomes


async def _send_all_async(
    work: Requests | Tail, send: Callable[[Request], Awaitable[Outcome]], width: int
) -> list[Outcome]:
    outcomes = [_NOT_TRIED] * len(work.requests)

    async def act(index: int) -> ActionOutcome:
        request = work.requests[index]
        outcomes[index] = await send(request)
        return request.in_short(outcomes[index])

    await drive_async(work.execution(), act, width)
    return outcomes


@dataclass(frozen=True, kw_only=True)
class Reconciled:
    """The answer of `reconcile`.

    Attributes:
        requests: what to send, and what is waited for. No cluster has to be told how it went.
        tail: what is left to do if every request succeeds. If one fails, look again instead.
        errors: the objects that cannot be read. What depends on them waits.
    """

    requests: Requests
    tail: Tail
    errors: tuple[ObjectError, ...]


def reconcile(
    set: str,
    objects: Object | Iterable[Object],
    now: datetime | int,
    *,
    complete: Iterable[Kind],
    profile: Profile | ProfileName = "upstream",
) -> Reconciled:
    """Says what to do for a set now, without a `Cluster`: objects in, requests out, nothing kept.

    Args:
        set: "namespace/name".
        objects: JSON text, a mapping or an object of the official client: one object, a list as an API server or
            kubectl gives it, or an iterable of such. Objects of other kinds than the planner's are ignored.
        now: the present moment: an aware datetime, or milliseconds since the Unix epoch.
        complete: the kinds of which `objects` has all objects. Other kinds are unknown. Nothing is decided without
            "StatefulSet", "Pod" and "ControllerRevision".
        profile: which behaviour the planner has: a `Profile`, or the name of one, such as "standalone".

    Raises:
        ObjectError: `objects` as a whole cannot be read, or the set is missing or cannot be read. Other objects that
            cannot be read are in `Reconciled.errors`.
        PlanError: `now` is no moment, or there is no such profile.
    """
    requests, tail, errors = _statefulset.reconcile(set, objects, now, complete=list(complete), profile=profile)
    return Reconciled(requests=requests, tail=tail, errors=tuple(errors))


def normalize(manifest: Object, *, profile: Profile | ProfileName = "upstream") -> dict[str, Any]:
    """Returns a StatefulSet as an API server would store it, with its pod template and its claim templates.

    Defaults are filled in. Fields that no API server knows are dropped, and so are fields that say nothing: `False`, 0,
    empty and `None`, unless they are optional and mean something else when they are absent. Doing it twice changes
    nothing.

    Args:
        manifest: the set: JSON text, a mapping as JSON is read into, or an object of the official client.
        profile: a `Profile`, or the name of one, such as "standalone". Only its Kubernetes feature gates matter.

    Raises:
        ObjectError: it is no JSON object.
        PlanError: there is no such profile.
    """
    fields: dict[str, Any] = json.loads(_statefulset.normalize(manifest, profile=profile))
    return fields
