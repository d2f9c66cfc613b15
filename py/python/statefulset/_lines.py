"""A controller written in Python, in the place of a simulated cluster's own."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, get_args

from ._statefulset import Cluster, Event, Outcome, Profile, Request
from ._words import Kind, ProfileName

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class Api(Protocol):
    """What a controller may do to a cluster."""

    def send(self, request: Request) -> Outcome:
        """Sends a request and says how it went."""
        ...

    def record(self, set: str, event: Event) -> None:
        """Records an event about a set, "namespace/name"."""
        ...


Controller = Callable[[Cluster, datetime, Api], None]
"""Does a round for each set that is due."""


class Conversation:
    """Talks in the lines of a controller program: watch events and outcomes in, requests and events out."""

    def __init__(self, controller: Controller, profile: Profile | ProfileName) -> None:
        """A conversation with a controller that has seen nothing yet."""
        self._controller = controller
        self._profile: Profile | ProfileName = profile
        self._said: queue.SimpleQueue[str | BaseException] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self.restart()

    def restart(self) -> None:
        """The controller forgets all that it has seen."""
        self._cluster = Cluster(self._profile)
        for kind in get_args(Kind):
            self._cluster.begin_list(kind)

    def tell(self, line: str) -> None:
        """Takes in a line."""
        told = json.loads(line)
        if told.get("type") == "TIME":
            now = _EPOCH + told["now"] * _MILLISECOND
            # It asks and is answered while the cluster waits for it, hence a thread of its own.
            threading.Thread(target=self._turn, args=(now,), daemon=True).start()
        elif "type" in told:
            self._cluster.watch(line)
        else:
            self._answers.put(_outcome(told))

    def hear(self) -> str:
        """Gives the next line out.

        Raises:
            BaseException: what the controller has raised.
        """
        said = self._said.get()
        if isinstance(said, BaseException):
            raise said
        return said

    def send(self, request: Request) -> Outcome:
        """Sends a request and waits for its outcome."""
        head = {"method": request.method, "path": request.path, "contentType": request.content_type}
        head |= {"reason": request.reason} if request.reason else {}
        # The body stands as it is.
        self._said.put(f'{json.dumps(head)[:-1]}, "body": {request.body.decode()}}}')
        return self._answers.get()

    def record(self, set: str, event: Event) -> None:
        """Records an event about a set."""
        about = {"type": event.kind, "reason": event.reason, "message": event.message}
        self._said.put(json.dumps({"set": set, "event": about}))

    def _turn(self, now: datetime) -> None:
        try:
            self._controller(self._cluster, now, self)
            self._said.put(json.dumps({"idle": self._idle(now)}))
        except BaseException as error:
            self._said.put(error)

    def _idle(self, now: datetime) -> dict[str, Any]:
        """A set that is still due was kept back, or its requests failed. It is looked at again a little later."""
        due = self._cluster.due(now)
        next_look = now + timedelta(seconds=1) if due.sets else due.next
        idle: dict[str, Any] = {"retrying": due.retrying or bool(due.sets)}
        if next_look is not None:
            idle["next"] = (next_look - _EPOCH) // _MILLISECOND
        return idle


def _outcome(told: dict[str, Any]) -> Outcome:
    return Outcome(
        status=told["status"],
        resource_version=told.get("resourceVersion", ""),
        message=told.get("message", ""),
    )
