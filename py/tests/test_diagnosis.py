"""How a set stands: as data, as text, and with evidence."""

from __future__ import annotations

import json
from datetime import UTC, timedelta
from typing import Any

import pytest
from kubernetes import client

from statefulset import PlanError
from statefulset.kubernetes import Cause, Diagnosis, ObjectError
from statefulset.simulate import Cluster as Simulated

from .manifests import CLAIM_TEMPLATE, stateful_set
from .test_kubernetes import seen, simulated


def named(found: Diagnosis, name: str) -> Cause:
    (cause,) = (cause for cause in found.causes if cause.name == name)
    return cause


def test_how_a_set_stands_is_data_and_text() -> None:
    world = simulated()
    cluster = seen(world)
    settled = cluster.diagnose("default/web", world.now)
    assert (settled.verdict, settled.at_goal, settled.since) == ("up-to-date", True, None)
    assert (settled.wanted, settled.ready, settled.updated) == (3, 3, 3)
    assert settled.actions == settled.waits == settled.causes == () and not settled.more
    assert settled.current_revision == settled.update_revision != ""
    assert settled.now == world.now
    assert str(settled) == settled.text == "default/web: up to date: 3 of 3 ready"

    strategy = {"type": "RollingUpdate", "rollingUpdate": {"partition": 1}}
    world = simulated(updateStrategy=strategy)
    found = seen(world, image="nginx:2").diagnose("default/web", world.now)
    (action,), (wait,) = found.actions, found.waits
    assert (found.namespace, found.name, found.verdict, found.at_goal) == ("default", "web", "in-progress", False)
    assert (action.first, action.last, action.action, action.reason) == (2, 2, "delete-pod", "rollout")
    assert (wait.first, wait.last, wait.action, wait.gates) == (1, 1, "wait", ("max-unavailable",))
    assert wait.text and action.text and (wait.fate, action.fate) == ("open", "open")
    cause = named(found, "partition")
    assert (cause.weight, cause.first, cause.last, cause.since) == ("choice", 0, 0, None)
    assert cause.text and cause.cures[0].text and cause.text in str(found)
    with pytest.raises(ObjectError, match="there is no such set"):
        cluster.diagnose("default/other", world.now)


def test_a_cause_that_may_pass_by_itself_says_since_when() -> None:
    world = Simulated(provisioner=False)
    world.apply(stateful_set(volumeClaimTemplates=[CLAIM_TEMPLATE]))
    begun = world.now
    world.advance(90_000)
    found = seen(world).diagnose("default/web", world.now)
    cause = named(found, "unbound-claim")
    assert (cause.weight, cause.first, cause.last) == ("hindrance", 0, 0)
    assert cause.object.kind == "PersistentVolumeClaim" and str(cause.object).endswith("-web-0")
    assert cause.since is not None
    assert cause.since == begun and cause.since.tzinfo is UTC
    assert found.verdict == "in-progress"
    for patience in (timedelta(minutes=1), 60_000):
        assert seen(world).diagnose("default/web", world.now, patience=patience).verdict == "stuck"
    # The default is 10 minutes.
    world.advance(timedelta(minutes=8, seconds=30))
    assert seen(world).diagnose("default/web", world.now).verdict == "in-progress"
    world.advance(1_000)
    assert seen(world).diagnose("default/web", world.now).verdict == "stuck"


def no_services() -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "ServiceList", "metadata": {}, "items": []}


@pytest.mark.parametrize(
    "evidence",
    [
        no_services(),
        json.dumps(no_services()),
        json.dumps([no_services()]).encode(),
        [no_services()],
        (json.dumps(each).encode() for each in ({"kind": "Event"}, no_services())),
        [client.V1ServiceList(items=[]), json.dumps(no_services())],
    ],
    ids=["dict", "str", "bytes", "list", "generator", "client"],
)
def test_evidence_comes_in_every_form(evidence: Any) -> None:
    world = simulated()
    cluster = seen(world)
    found = cluster.diagnose("default/web", world.now, evidence=evidence)
    cause = named(found, "service-missing")
    assert (cause.weight, cause.first, cause.last) == ("remark", None, None)
    # It is not kept.
    assert cluster.diagnose("default/web", world.now).causes == ()
    assert cluster.diagnose("default/web", world.now, evidence=()).causes == ()


def test_what_is_refused_is_found_in_events() -> None:
    world = simulated()
    cluster = seen(world, without="web-1")
    began = world.now - timedelta(hours=1)
    event = client.CoreV1Event(
        metadata=client.V1ObjectMeta(name="web.1", namespace="default"),
        involved_object=client.V1ObjectReference(kind="StatefulSet", namespace="default", name="web"),
        reason="FailedCreate",
        type="Warning",
        count=2,
        message='create Pod web-1 in StatefulSet web failed error: pods "web-1" is forbidden: exceeded quota: q, '
        "requested: pods=1, used: pods=2, limited: pods=2",
        first_timestamp=began,
        last_timestamp=world.now,
    )
    found = cluster.diagnose("default/web", world.now, evidence=[event])
    assert (found.verdict, found.since) == ("stuck", began)
    assert [action.fate for action in found.actions] == ["refused"]
    cause = named(found, "quota-exceeded")
    assert (cause.weight, cause.first, cause.since) == ("hindrance", 1, began)
    assert any("exceeded quota" in proof.text and proof.object.name == "web" for proof in cause.evidence)
    assert str(found).startswith("default/web: stuck for 60 min")


@pytest.mark.parametrize(
    ("evidence", "place"),
    [
        ("{", "evidence.*EOF"),
        ([{}, {"items": [{"kind": 7}]}], r"evidence.*\[1\]\.items\[0\]\.kind: invalid type"),
        ([{}, "7 7"], r"evidence.*\[1\]: trailing characters"),
        ([{"metadata": {"name": {1}}}], r"evidence.*set, which JSON does not have"),
    ],
)
def test_evidence_that_cannot_be_read_says_where(evidence: Any, place: str) -> None:
    world = simulated()
    with pytest.raises(ObjectError, match=place):
        seen(world).diagnose("default/web", world.now, evidence=evidence)


def test_patience_is_a_length_of_time() -> None:
    world = simulated()
    cluster = seen(world)
    odd_ones: list[tuple[timedelta | int, str]] = [
        (-1, "negative"),
        (timedelta(seconds=-1), "negative"),
        (2**70, "too-large"),
    ]
    for odd, code in odd_ones:
        with pytest.raises(PlanError, match=r"^patience: must ") as error:
            cluster.diagnose("default/web", world.now, patience=odd)
        assert (error.value.code, error.value.list) == (code, "patience")
    with pytest.raises(TypeError, match="timedelta"):
        cluster.diagnose("default/web", world.now, patience=1.5)  # type: ignore[arg-type]
