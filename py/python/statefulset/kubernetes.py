"""Real objects in, ready-to-send requests out.

`Cluster` is told of objects as a watch delivers them. `Cluster.due` says which sets to look at, `Cluster.plan` gives
the requests for one; the caller sends them, as far as `Requests.may_try` allows, and hands their outcomes to
`Cluster.finish`, which gives the rest: the status, the history's surplus, and events. `carry_out` is that turn in one
call, and `execute` sends a request by the official client (`pip install statefulset[kubernetes]`). `reconcile` is for
those who look once in a while and keep nothing.

Where no API server looks at what people write, `normalize` fills in what it leaves out, and `validate` and
`validate_update` say what is wrong with it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from . import _statefulset
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
    outcomes: list[Outcome] = []
    for index, request in enumerate(plan.requests):
        allowed = plan.may_try(index, outcomes) and may(request)
        outcomes.append(send(request) if allowed else _NOT_TRIED)
    tail = cluster.finish(set, plan, outcomes, now)
    done: list[Outcome] = []
    for request in tail.requests:
        done.append(send(request))
        if not request.succeeded(done[-1]) and not request.duty:
            break
    cluster.settle(set, plan, done, now)
    return tail


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
