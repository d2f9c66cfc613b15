"""Real objects in, ready-to-send requests out.

`Cluster` is told of objects as a watch delivers them. `Cluster.due` says which sets to look at, `Cluster.plan` gives
the requests for one; the caller sends them, as far as their order allows, and hands their outcomes to
`Cluster.finish`, which gives the rest: the status, the history's surplus, and events. `carry_out` is that turn in one
call, `carry_out_async` the same for those who await, and `execute` sends a request by the official client
(`pip install statefulset[kubernetes]`). `reconcile` is for those who look once in a while and keep nothing.

Where no API server looks at what people write, `normalize` fills in what it leaves out, and `validate` and
`validate_update` say what is wrong with it.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from . import _statefulset
from ._drive import WIDTH, drive, drive_async
from ._errors import ObjectError
from ._official import Object
from ._statefulset import (
    Awaited,
    Cluster,
    Diagnosis,
    Due,
    Event,
    FieldError,
    Finding,
    Outcome,
    Profile,
    Request,
    Requests,
    Tail,
    Trap,
    Waiting,
    validate,
    validate_update,
)
from ._words import FieldErrorReason, Kind, ProfileName
from ._words import Outcome as ActionOutcome

__all__ = [
    "ApiClient",
    "Awaited",
    "Cluster",
    "Diagnosis",
    "Due",
    "Event",
    "FieldError",
    "FieldErrorReason",
    "Finding",
    "Kind",
    "Object",
    "ObjectError",
    "Outcome",
    "Reconciled",
    "Request",
    "Requests",
    "Tail",
    "Trap",
    "Waiting",
    "carry_out",
    "carry_out_async",
    "execute",
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
    """Gives a set its turn: plans, sends the requests one by one, and publishes the status.

    Args:
        cluster: the cluster as it was last seen.
        set: "namespace/name".
        now: the present moment: an aware datetime, or milliseconds since the Unix epoch.
        send: sends a request and says how it went.
        may: whether a request may be sent now: any subset of a plan may be carried out. A set with something held back
            stays due; give it its next turn when the answer may have changed.

    Returns:
        What was left to do after the plan, and has been done; its events are for the caller to record.

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
    """Gives a set its turn, with as many requests side by side as their order allows.

    The cluster is not in use while requests are under way: other tasks may feed it meanwhile.

    Args:
        cluster: as for `carry_out`.
        set: as for `carry_out`.
        now: as for `carry_out`.
        send: as for `carry_out`, and awaited.
        may: as for `carry_out`.
        width: how many requests may be under way at once, at least 1.

    Returns:
        What was left to do after the plan, and has been done; its events are for the caller to record.

    Raises:
        ObjectError: the set does not exist or cannot be read.
        PlanError: `now` is no moment. What `send` raises is raised; what is under way then is cancelled.
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
    """What to do for one set, from one look.

    Attributes:
        requests: what to send, and what is waited for. There is no cluster that would be told how it went.
        tail: what is left to do if every request succeeds. If one fails, look again instead.
        errors: objects that cannot be read. What depends on them waits.
    """

    requests: Requests
    tail: Tail
    errors: tuple[ObjectError, ...]


def reconcile(
    set: str,
    objects: Object | Sequence[Object],
    now: datetime | int,
    *,
    complete: Iterable[Kind],
    profile: Profile | ProfileName = "upstream",
) -> Reconciled:
    """Decides what to do for a set now: objects in, requests out, nothing kept.

    Args:
        set: "namespace/name".
        objects: JSON text, a mapping or an object of the official client: one object, a list as an API server or
            kubectl gives it, or a sequence of such. Objects of other kinds than the planner's are ignored.
        now: the present moment: an aware datetime, or milliseconds since the Unix epoch.
        complete: the kinds that `objects` has all of; the others are unknown. Nothing is decided without "StatefulSet",
            "Pod" and "ControllerRevision".
        profile: which behaviour: a `Profile`, or "upstream" or "standalone".

    Raises:
        ObjectError: the objects cannot be read, or the set is not there or cannot be read. Other objects that cannot be
            read are in `Reconciled.errors`.
        PlanError: `now` is no moment, or there is no such profile.
    """
    requests, tail, errors = _statefulset.reconcile(set, objects, now, complete=list(complete), profile=profile)
    return Reconciled(requests=requests, tail=tail, errors=tuple(errors))


def normalize(manifest: Object, *, profile: Profile | ProfileName = "upstream") -> dict[str, Any]:
    """A StatefulSet as an API server would store it, with its pod template and its claim templates.

    Defaults are filled in. Fields that no API server knows are dropped, and so are fields that say nothing: `False`, 0,
    empty and `None`, unless they are optional and mean something else when they are absent. Doing it twice changes
    nothing.

    Args:
        manifest: the set: JSON text, a mapping as JSON is read into, or an object of the official client.
        profile: which behaviour: a `Profile`, or "upstream" or "standalone". Only Kubernetes' gates count.

    Raises:
        ObjectError: it is no JSON object.
        PlanError: there is no such profile.
    """
    fields: dict[str, Any] = json.loads(_statefulset.normalize(manifest, profile=profile))
    return fields


class ApiClient(Protocol):
    """What `execute` needs of `kubernetes.client.ApiClient`, version 37 or newer."""

    rest_client: Any

    def param_serialize(
        self,
        method: str,
        resource_path: str,
        *,
        header_params: Any = ...,
        auth_settings: Any = ...,
    ) -> tuple[Any, ...]:
        """Adds host, default headers and credentials.

        Args:
            method: HTTP's.
            resource_path: the path, without the host.
            header_params: headers.
            auth_settings: which credentials are wanted.
        """
        ...


def execute(api_client: ApiClient, request: Request, *, timeout: float = 30.0) -> Outcome:
    """Sends a request by the official client's connection, credentials and headers.

    The body goes out as it is; the client's own calls would write it again.

    Args:
        api_client: a `kubernetes.client.ApiClient`.
        request: the request.
        timeout: how many seconds it may take.

    Returns:
        How it went. A connection that fails is an outcome, too.
    """
    from urllib3.exceptions import HTTPError

    headers = {"Accept": "application/json", "Content-Type": request.content_type}
    method, url, headers, *_ = api_client.param_serialize(
        request.method, request.path, header_params=headers, auth_settings=["BearerToken"]
    )
    pool = api_client.rest_client.pool_manager
    try:
        answer = pool.request(method, url, body=request.body, headers=headers, timeout=timeout, retries=False)
    except HTTPError as error:
        return Outcome(status="failed", message=str(error))
    return Outcome.of_response(answer.status, answer.data)
