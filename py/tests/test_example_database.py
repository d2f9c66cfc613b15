"""The operator for `kind: Database`, whole, beside an API server in memory."""

from __future__ import annotations

import asyncio
import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import kopf
import pytest
import yaml
from kubernetes.aio.client import Configuration

from statefulset.kubernetes import validate
from statefulset.simulate import Cluster

from .apiserver import ApiServer, in_memory, merged

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples" / "python" / "database"
sys.path.insert(0, str(FOLDER))

import handlers  # noqa: E402

WANTED: dict[str, Any] = list(yaml.safe_load_all((FOLDER / "database.yaml").read_text()))[1]
HELD = "ledger-1: not deleted yet: it is the primary, and another one must take over first"


class Operated:
    """A database and its operator."""

    def __init__(self, server: ApiServer) -> None:
        self.server = server
        server.answer("POST", "/apis/example.com/v1/namespaces/default/databases", WANTED)
        server.seen.clear()

    @property
    def database(self) -> dict[str, Any]:
        return self.server.objects["databases", "ledger"]

    def turn(self) -> None:
        patch = kopf.Patch()
        body = kopf.Body(cast("kopf.RawBody", self.database))
        operate: Any = handlers.operate
        asyncio.run(operate(body=body, patch=patch))
        self.change("databases/ledger/status", dict(patch))

    def turns(self) -> str:
        """Goes on until a round changes nothing."""
        version = 0
        while version != self.server.version:
            version = self.server.version
            self.turn()
        return str(self.database["status"]["message"])

    def change(self, what: str, patch: dict[str, Any]) -> None:
        group = "/apis/example.com/v1" if what.startswith("databases") else "/api/v1"
        self.server.answer("PATCH", f"{group}/namespaces/default/{what}", patch)

    def want(self, **spec: object) -> None:
        metadata = {"generation": self.database["metadata"]["generation"] + 1}
        self.change("databases/ledger", {"spec": spec, "metadata": metadata})

    def label(self, pod: str, role: str) -> None:
        self.change(f"pods/{pod}", {"metadata": {"labels": {handlers.ROLE: role}}})

    def images(self) -> list[str]:
        return [pod["spec"]["containers"][0]["image"] for pod in self.all("pods")]

    def all(self, resource: str) -> list[dict[str, Any]]:
        return sorted(self.server.list(resource, "")["items"], key=lambda it: str(it["metadata"]["name"]))


@pytest.fixture
def operated(monkeypatch: pytest.MonkeyPatch) -> Iterator[Operated]:
    # Outside of a running operator there is no queue of events.
    monkeypatch.setattr(kopf, "event", lambda *_, **__: None)
    with in_memory() as server:
        Configuration.set_default(Configuration(host=server.url))
        yield Operated(server)
        Configuration.set_default(None)


def test_the_readme_shows_the_program_and_what_it_does(operated: Operated, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "database")
    assert operated.turns() == "ledger: up to date, nothing to do"
    readme = (ROOT / "py" / "README.md").read_text()
    assert f"```python operator\n{(FOLDER / 'handlers.py').read_text()}```" in readme
    (shown,) = re.findall(r"```text operator\n(.*?)```", readme, re.DOTALL)
    assert shown == "".join(f"{line}\n" for line in caplog.messages)


def test_pods_claims_and_revisions_are_the_database_s_own(operated: Operated) -> None:
    operated.turns()
    assert [pod["metadata"]["name"] for pod in operated.all("pods")] == [f"ledger-{n}" for n in range(3)]
    (owner,) = operated.all("pods")[0]["metadata"]["ownerReferences"]
    assert (owner["kind"], owner["name"], owner["uid"]) == ("Database", "ledger", "databases-ledger")
    assert operated.database["status"]["readyReplicas"] == 3
    operated.want(replicas=1)
    operated.turns()
    assert (len(operated.all("pods")), len(operated.all("persistentvolumeclaims"))) == (1, 3)


def test_a_rollout_stops_before_the_primary_until_another_one_has_taken_over(operated: Operated) -> None:
    operated.turns()
    operated.label("ledger-1", "primary")
    operated.want(image="postgres:18")
    assert operated.turns() == HELD
    assert operated.images() == ["postgres:17", "postgres:17", "postgres:18"]
    asked = [pod["metadata"]["name"] for pod in operated.all("pods") if "annotations" in pod["metadata"]]
    assert asked == ["ledger-1"]

    operated.label("ledger-1", "replica")
    operated.label("ledger-2", "primary")
    assert operated.turns() == "ledger: up to date, nothing to do"
    assert operated.images() == ["postgres:18"] * 3


def test_a_primary_that_is_scaled_away_hands_over_first(operated: Operated) -> None:
    operated.turns()
    operated.label("ledger-1", "primary")
    operated.want(replicas=1)
    assert operated.turns() == HELD
    assert len(operated.all("pods")) == 2
    operated.label("ledger-1", "replica")
    operated.turns()
    assert len(operated.all("pods")) == 1


def test_what_cannot_be_done_is_told_and_tried_again(operated: Operated, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "database")
    squatter = {"metadata": {"name": "ledger-1", "labels": {"app": "another"}}}
    operated.server.answer("POST", "/api/v1/namespaces/default/pods", squatter)
    operated.turns()
    assert "POST /api/v1/namespaces/default/pods: already-exists" in caplog.messages
    operated.server.answer("DELETE", "/api/v1/namespaces/default/pods/ledger-1", {})
    assert operated.turns() == "ledger: up to date, nothing to do"


def test_the_computed_set_is_valid_and_starts_on_a_simulated_cluster(statefulset_cluster: Cluster) -> None:
    computed = handlers.as_set(WANTED) | {"apiVersion": "apps/v1", "kind": "StatefulSet"}
    assert validate(merged(computed, {"metadata": {"namespace": "default"}})) == ()
    statefulset_cluster.apply(computed)
    statefulset_cluster.settle()
    assert statefulset_cluster.get("sts", "ledger")["status"]["readyReplicas"] == 3


def test_the_manifests_fit_the_operator() -> None:
    (crd,) = yaml.safe_load_all((FOLDER / "crd.yaml").read_text())
    known = crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["spec"]["properties"]
    assert set(WANTED["spec"]) == set(known)
    (handler,) = kopf.get_default_registry()._spawning.get_all_handlers()
    assert handler.fn is handlers.operate and handler.selector is not None
    group, names = crd["spec"]["group"], crd["spec"]["names"]
    assert (handler.selector.group, handler.selector.any_name) == (group, names["plural"])
    assert (f"{group}/v1", names["kind"], names["plural"]) == handlers.DATABASE


def test_the_operator_may_do_what_it_does(operated: Operated) -> None:
    account, role, binding, deployment = yaml.safe_load_all((FOLDER / "operator.yaml").read_text())
    allowed = {
        (group, resource, verb)
        for rule in role["rules"]
        for group in rule["apiGroups"]
        for resource in rule["resources"]
        for verb in rule["verbs"]
    }
    operated.turns()
    operated.label("ledger-1", "primary")
    operated.want(image="postgres:18")
    operated.turns()
    verbs = {"GET": "list", "POST": "create", "PATCH": "patch", "DELETE": "delete", "PUT": "update"}
    asked = {(method, group, of) for method, group, of in operated.server.seen if of != "databases"}
    needed = {("" if group == "/api/v1" else group.split("/")[2], of, verbs[method]) for method, group, of in asked}
    assert ("apps", "controllerrevisions", "create") in needed and ("", "pods", "patch") in needed
    # And what kopf does.
    needed |= {("example.com", "databases", verb) for verb in ("list", "watch", "patch")}
    needed |= {("", "events", "create")}
    assert needed <= allowed
    assert binding["roleRef"]["name"] == role["metadata"]["name"]
    assert binding["subjects"][0]["name"] == account["metadata"]["name"]
    pod = deployment["spec"]["template"]["spec"]
    assert pod["serviceAccountName"] == account["metadata"]["name"]
    command = pod["containers"][0]["command"]
    assert command[:-1] == ["kopf", "run", "--standalone", "--all-namespaces"]
    assert (FOLDER / Path(command[-1]).name).exists()
