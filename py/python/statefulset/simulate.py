"""A Kubernetes cluster in memory, with a virtual clock and kubectl's own commands.

Pods start, fail, and are evicted. Volumes are made and lost. Nodes break. Nothing sleeps: time passes only in commands
that wait, and in `Cluster.settle` and `Cluster.advance`. The same commands and the same seed give the same text every
time.

    cluster = Cluster()
    cluster.apply({"apiVersion": "apps/v1", "kind": "StatefulSet", ...})
    cluster.settle()
    print(cluster.kubectl("get pods"))

In pytest the fixture `statefulset_cluster` is a new cluster for each test.
"""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ._lines import Api, Controller, Conversation
from ._statefulset import Profile
from ._statefulset import World as _World
from ._words import ProfileName

__all__ = ["Api", "Cluster", "CommandError", "Controller", "Timeline"]

_HOUR = timedelta(hours=1)


class CommandError(Exception):
    """A command failed.

    Attributes:
        command: the command.
        output: what it printed, the reason included.
    """

    def __init__(self, command: str, output: str) -> None:
        """Makes the error; the cluster raises it."""
        super().__init__(f"`{command}` failed:\n{output}")
        self.command = command
        self.output = output

    def __reduce__(self) -> tuple[object, ...]:
        """Pickles it with its output."""
        return CommandError, (self.command, self.output)


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """What has happened to a cluster's pods, one row a pod. A notebook shows the picture.

    Attributes:
        text: it as characters.
        svg: it as a picture.
    """

    text: str
    svg: str

    def __str__(self) -> str:
        """The timeline as characters."""
        return self.text

    def _repr_svg_(self) -> str:
        return self.svg


class Cluster:
    """A cluster in memory. Any thread may call it; calls wait for each other.

    Every call raises a `RuntimeError` where a controller of the caller's has raised, or where there is a bug.
    """

    def __init__(
        self,
        *,
        nodes: int | Iterable[str] = 3,
        profile: Profile | ProfileName = "standalone",
        seed: int = 0,
        provisioner: bool = True,
        start: datetime | int | None = None,
        folder: str | os.PathLike[str] = "",
        controller: Controller | None = None,
        objects: Iterable[Mapping[str, Any]] | None = None,
    ) -> None:
        """Makes a cluster with ready nodes and nothing on them, or one in the state that objects show.

        Args:
            nodes: how many nodes there are (node-1, node-2…), or their names.
            profile: behaviour of the StatefulSet controller: a `Profile`, or the name of one, such as "standalone".
            seed: what is drawn at random comes from here.
            provisioner: whether there is a default storage class, and a provisioner that makes volumes.
            start: the time of the beginning; by default that of 2026.
            folder: where the files are that commands name; by default the working directory.
            controller: your controller, which acts on StatefulSets instead of the cluster's own. It is called in a
                thread of its own whenever there is something new to see, and when a set is due again. A set whose
                requests it keeps back is looked at again a second later. If it raises, so does the command that is
                running. It may only use what it is given: the cluster waits for it, and does not answer other calls.
            objects: objects of another cluster, with their uids and status. What runs there runs here, and what is
                broken there stays broken here. The nodes are those among the objects. Kinds that the planner does not
                know are left out. No default storage class is added.

        Raises:
            PlanError: an argument is out of its range.
        """
        names = [f"node-{i + 1}" for i in range(nodes)] if isinstance(nodes, int) else list(nodes)
        self._world = _World(
            nodes=names,
            profile=profile,
            seed=seed,
            provisioner=provisioner,
            start=start,
            controller=Conversation(controller, profile) if controller else None,
            objects=None if objects is None else list(objects),
        )
        self._folder = folder

    def kubectl(self, command: str, *, input: str | None = None) -> str:
        """Runs a command, without the word kubectl in front; `help` lists all there are.

        Besides kubectl's own there are words for what goes wrong (`break image`, `fail probe`, `fail node`…) and for
        what the planner has in mind (`explain`, `plan`).

        Args:
            command: the command line.
            input: what the file `-` holds, as in `apply -f -`.

        Returns:
            What it printed.

        Raises:
            CommandError: it failed.
        """
        text, failed = self._world.run(command, folder=self._folder, input=input)
        if failed:
            raise CommandError(command, text)
        return text

    def apply(self, manifest: str | Mapping[str, Any]) -> str:
        """Applies a manifest: the text of one, or an object.

        Raises:
            CommandError: the API server refused it.
        """
        text = manifest if isinstance(manifest, str) else json.dumps(manifest)
        return self.kubectl("apply -f -", input=text)

    def get(self, kind: str, name: str, *, namespace: str = "default") -> dict[str, Any]:
        """An object as the API shows it.

        Args:
            kind: its kind, as kubectl takes it: "pod", "po", "Pod"…
            name: its name.
            namespace: its namespace; not heard where its kind has none.

        Raises:
            CommandError: it is not there.
        """
        found: dict[str, Any] = self._json(f"get {kind} {shlex.quote(name)} -n {namespace} -o json")
        return found

    def list(self, kind: str, *, namespace: str | None = None) -> list[dict[str, Any]]:
        """All objects of a kind, of one namespace or of all, by their names.

        Raises:
            CommandError: there is no such kind.
        """
        where = "-A" if namespace is None else f"-n {namespace}"
        items: list[dict[str, Any]] = self._json(f"get {kind} {where} -o json")["items"]
        return items

    def _json(self, command: str) -> Any:
        return json.loads(self.kubectl(command))

    def explain(self, name: str, *, namespace: str = "default") -> str:
        """How a StatefulSet stands: what is due, what is waited for, why, and what ends that.

        Raises:
            CommandError: there is no such set.
        """
        return self.kubectl(f"explain sts/{name} -n {namespace}")

    @property
    def now(self) -> datetime:
        """The cluster's time."""
        return self._world.now

    def advance(self, by: timedelta | int) -> None:
        """Lets time pass: a timedelta, or milliseconds.

        Raises:
            PlanError: it is 1,000,000,000 days or more.
        """
        self._world.advance(by)

    def settle(self, limit: timedelta | int = _HOUR) -> bool:
        """Lets time pass until nothing would change any more but heartbeats and back-off.

        Args:
            limit: for so long at most: a timedelta, or milliseconds.

        Returns:
            Whether the cluster has settled within the limit.

        Raises:
            PlanError: the limit is 1,000,000,000 days or more.
        """
        return self._world.settle(limit)

    def timeline(self, since: timedelta | int | None = None) -> Timeline:
        """What has happened to the pods, from the beginning or in the last `since`: a timedelta, or milliseconds.

        Raises:
            PlanError: it is 1,000,000,000 days or more.
        """
        text, svg = self._world.timeline(since)
        return Timeline(text=text, svg=svg)

    def _repr_svg_(self) -> str:
        return self.timeline().svg
