"""The operator for `kind: Database`, its deciding part on a simulated cluster."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import kopf
import pytest
import yaml
from kubernetes.client import ApiClient, CoreV1Api

from statefulset.simulate import Cluster

from .server import Server

sys.path.insert(0, str(Path(__file__).parents[2] / "examples" / "python" / "database"))

from decide import ROLE, Create, Database, Delete, Step, SwitchOver, turn

UID = "3ee57890-41c9-4ac3-b3b8-488c368cb0a6"


class Operated:
    """A database on a simulated cluster, with somebody who gives it its turns."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.database = Database(
            name="ledger",
            namespace="default",
            uid=UID,
            generation=1,
            replicas=3,
            image="postgres:17",
            storage="1Gi",
        )
        self.message = ""

    def turn(self) -> tuple[Step, ...]:
        now = turn(self.database, self.cluster.list("pods"), self.cluster.list("pvc"), self.cluster.now)
        for step in now.steps:
            self.perform(step)
        self.database = replace(self.database, status=now.status)
        self.message = now.message
        return now.steps

    def perform(self, step: Step) -> None:
        match step:
            case Create(object=wanted):
                self.cluster.apply(wanted)
            case Delete(name=name, uid=uid):
                assert self.cluster.get("pod", name)["metadata"]["uid"] == uid
                self.cluster.kubectl(f"delete pod {name} --wait=false")
            case SwitchOver():
                pass

    def turns(self, limit: int = 200) -> Iterator[tuple[Step, ...]]:
        for _ in range(limit):
            if steps := self.turn():
                yield steps
            self.cluster.advance(1_000)

    def label(self, pod: str, role: str) -> None:
        self.cluster.kubectl(f"label pod {pod} {ROLE}={role} --overwrite")


@pytest.fixture
def operated(statefulset_cluster: Cluster) -> Operated:
    operated = Operated(statefulset_cluster)
    created = [[it["metadata"]["name"] for it in made(steps)] for steps in operated.turns(30)]
    assert created == [[f"data-ledger-{n}", f"ledger-{n}"] for n in range(3)]
    assert operated.message == "ledger: up to date, nothing to do"
    assert operated.database.status["ready"] == 3
    operated.label("ledger-1", "primary")
    return operated


def made(steps: tuple[Step, ...]) -> list[dict[str, Any]]:
    return [step.object for step in steps if isinstance(step, Create)]


def deleted(steps: tuple[Step, ...]) -> list[str]:
    return [step.name for step in steps if isinstance(step, Delete)]


def test_a_rollout_stops_before_the_primary_until_another_one_has_taken_over(operated: Operated) -> None:
    operated.database = replace(operated.database, image="postgres:18", generation=2)
    done = list(operated.turns(30))
    assert [name for steps in done for name in deleted(steps)] == ["ledger-2"]
    assert SwitchOver("ledger-1") in done[-1]
    assert operated.message == "ledger-1: not deleted yet: it is the primary, and another one must take over first"
    assert operated.cluster.get("pod", "ledger-1")["spec"]["containers"][0]["image"] == "postgres:17"

    operated.label("ledger-1", "replica")
    operated.label("ledger-2", "primary")
    done = list(operated.turns(30))
    assert [name for steps in done for name in deleted(steps)] == ["ledger-1", "ledger-0"]
    images = [pod["spec"]["containers"][0]["image"] for pod in operated.cluster.list("pods")]
    assert images == ["postgres:18"] * 3
    assert operated.database.status["currentRevision"] == operated.database.revision
    assert operated.message == "ledger: up to date, nothing to do"


def test_a_primary_that_is_scaled_away_hands_over_first(operated: Operated) -> None:
    operated.database = replace(operated.database, replicas=1, generation=2)
    done = list(operated.turns(20))
    assert [name for steps in done for name in deleted(steps)] == ["ledger-2"]
    assert done[-1] == (SwitchOver("ledger-1"),)
    operated.label("ledger-1", "replica")
    operated.label("ledger-0", "primary")
    assert [name for steps in operated.turns(20) for name in deleted(steps)] == ["ledger-1"]
    assert len(operated.cluster.list("pvc")) == 3


def test_a_pod_that_died_comes_back_with_its_revision_and_its_claim(operated: Operated) -> None:
    operated.cluster.kubectl("break image postgres:18")
    operated.database = replace(operated.database, image="postgres:18", generation=2)
    list(operated.turns(20))
    operated.cluster.kubectl("delete pod ledger-0")
    (created,) = [it for steps in operated.turns(20) for it in made(steps)]
    assert created["metadata"]["name"] == "ledger-0"
    assert created["spec"]["containers"][0]["image"] == "postgres:17"


def test_the_manifests_fit_the_operator() -> None:
    folder = Path(__file__).parents[2] / "examples" / "python" / "database"
    (crd,) = yaml.safe_load_all((folder / "crd.yaml").read_text())
    _, wanted = yaml.safe_load_all((folder / "database.yaml").read_text())
    known = crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["spec"]["properties"]
    assert set(wanted["spec"]) == set(known)
    wanted["metadata"] |= {"namespace": "default", "uid": UID, "generation": 1}
    assert Database.of(wanted).replicas == 3

    import handlers

    (handler,) = kopf.get_default_registry()._spawning.get_all_handlers()
    assert handler.fn is handlers.look and handler.selector is not None
    group, plural = crd["spec"]["group"], crd["spec"]["names"]["plural"]
    assert (handler.selector.group, handler.selector.version, handler.selector.any_name) == (group, "v1", plural)


def test_the_operator_may_do_what_it_does() -> None:
    folder = Path(__file__).parents[2] / "examples" / "python" / "database"
    account, role, binding, deployment = yaml.safe_load_all((folder / "operator.yaml").read_text())
    allowed = {
        (group, resource, verb)
        for rule in role["rules"]
        for group in rule["apiGroups"]
        for resource in rule["resources"]
        for verb in rule["verbs"]
    }
    calls = re.findall(r"core\.(list|create|delete|patch)_namespaced_(\w+?)\(", (folder / "handlers.py").read_text())
    needed = {("", kind.replace("_", "") + "s", verb) for verb, kind in calls}
    assert len(needed) == 6
    # And what kopf does.
    needed |= {("example.com", "databases", verb) for verb in ("list", "watch", "patch")}
    needed |= {("example.com", "databases/status", "patch"), ("", "events", "create")}
    assert needed <= allowed
    assert binding["roleRef"]["name"] == role["metadata"]["name"]
    assert binding["subjects"][0]["name"] == account["metadata"]["name"]
    pod = deployment["spec"]["template"]["spec"]
    assert pod["serviceAccountName"] == account["metadata"]["name"]
    command = pod["containers"][0]["command"]
    assert command[:-1] == ["kopf", "run", "--standalone", "--all-namespaces"]
    assert (folder / Path(command[-1]).name).exists()


def test_steps_are_what_the_client_sends(server: Server, api_client: ApiClient, operated: Operated) -> None:
    import handlers

    core, database = CoreV1Api(api_client), operated.database
    for wanted in (database.pod(0, 1, "postgres:17"), database.claim(0)):
        server.answer = (201, json.dumps(wanted).encode())
        assert handlers.carry_out(core, database, (Create(wanted),)) is None
        assert json.loads(server.seen[-1].body) == wanted
    assert handlers.carry_out(core, database, (Delete("ledger-0", UID),)) is None
    assert json.loads(server.seen[-1].body) == {"preconditions": {"uid": UID}}
    server.answer = (404, b"{}")
    assert handlers.carry_out(core, database, (Delete("ledger-0", UID),)) is None
    failed = handlers.carry_out(core, database, (SwitchOver("ledger-0"), Delete("ledger-0", UID)))
    assert failed is not None and failed.startswith("SwitchOver(pod='ledger-0')")
    assert server.seen[-1].method == "PATCH"
