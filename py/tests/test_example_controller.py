"""The plain controller: in the place of a simulated cluster's own, and looking at a server."""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

import pytest
from kubernetes.client import ApiClient

from statefulset.kubernetes import Cluster as Seen
from statefulset.simulate import Cluster, CommandError

from .manifests import CLAIM_TEMPLATE, stateful_set
from .server import Server
from .test_kubernetes import KINDS

EXAMPLES = Path(__file__).parents[2] / "examples"
sys.path.insert(0, str(EXAMPLES / "python"))

import controller  # noqa: E402

STORIES = ("s0-names-and-order", "s2-updates", "s4-shutdown", "controller-dies", "demo")


@pytest.mark.parametrize("name", STORIES)
def test_it_tells_a_story_as_the_cluster_s_own_controller_does(name: str) -> None:
    story = (EXAMPLES / "stories" / f"{name}.story").read_text()
    golden = (EXAMPLES / "stories" / "golden" / f"{name}.txt").read_text()
    assert told(story, Cluster(folder=EXAMPLES / "stories", controller=controller.turns)) == golden


def told(story: str, cluster: Cluster) -> str:
    """What the tool prints for a story without options."""
    lines: list[str] = []
    for line in story.splitlines():
        text = line.strip()
        if not text or text.startswith("#"):
            lines.append(f"{line}\n")
            continue
        assert not text.startswith("option ")
        command = text.removeprefix("!").strip()
        try:
            lines.append(f"$ {command}\n{cluster.kubectl(command)}")
            assert command == text
        except CommandError as error:
            lines.append(f"$ {command}\n{error.output}")
            assert command != text
    return "".join(lines)


def test_a_controller_that_raises_fails_the_command() -> None:
    def broken(*_: object) -> None:
        raise KeyError("oops")

    cluster = Cluster()
    with pytest.raises(RuntimeError, match=r"^KeyError: 'oops'$"):
        Cluster(controller=broken).settle()
    assert cluster.settle()


def test_what_is_held_back_is_looked_at_again() -> None:
    held = True

    def hesitant(cluster: Seen, now: object, api: object) -> None:
        if not held:
            controller.turns(cluster, now, api)  # type: ignore[arg-type]

    cluster = Cluster(controller=hesitant)
    cluster.apply(stateful_set(replicas=1))
    cluster.settle()
    assert cluster.list("pods") == []
    held = False
    cluster.advance(2_000)
    assert len(cluster.list("pods")) == 1


def test_it_lists_and_follows_what_a_server_shows(server: Server, api_client: ApiClient) -> None:
    world = Cluster()
    world.apply(stateful_set(volumeClaimTemplates=[CLAIM_TEMPLATE]))
    world.settle()
    seen, changed = Seen(), threading.Event()
    listers = controller.listers(api_client)
    assert set(listers) == set(KINDS)
    for kind, lister in listers.items():
        bad = {"metadata": {"name": "bad", "labels": 1}} if kind == "Pod" else {}
        items = [*world.list(kind), *([bad] if bad else [])]
        server.answer = (200, json.dumps({"items": items, "metadata": {"resourceVersion": "100000"}}).encode())
        assert controller.relist(seen, kind, lister) == "100000"
    assert "up to date" in seen.explain("default/web", world.now)
    assert not changed.is_set()
    controller.turns(seen, world.now, controller.Server(api_client))
    assert seen.due(world.now).sets == ()
