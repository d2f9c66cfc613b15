"""One look without a watch."""

from __future__ import annotations

import json
import pickle
from dataclasses import FrozenInstanceError
from typing import Any

import pytest
from kubernetes import client

from statefulset import PlanError
from statefulset.kubernetes import Kind, ObjectError, Outcome, reconcile
from statefulset.simulate import Cluster as Simulated

from .test_kubernetes import KINDS, of_client, seen, simulated

NEEDED: tuple[Kind, ...] = ("StatefulSet", "Pod", "ControllerRevision")


def listed(world: Simulated) -> list[dict[str, Any]]:
    return [found for kind in KINDS for found in world.list(kind) if found["metadata"]["name"] != "web-1"]


def typed(objects: list[dict[str, Any]]) -> list[Any]:
    """As the official client lists them: lists of objects, none of which says what it is."""
    return [
        getattr(client, f"V1{kind}List")(items=[of_client(it, kind) for it in objects if it["kind"] == kind])
        for kind in KINDS
    ]


FORMS: dict[str, Any] = {
    "dicts": lambda objects: objects,
    "tuple of texts": lambda objects: tuple(map(json.dumps, objects)),
    "iterator": iter,
    "list of kubectl": lambda objects: {"apiVersion": "v1", "kind": "List", "items": objects},
    "its text": lambda objects: json.dumps({"apiVersion": "v1", "kind": "List", "items": objects}),
    "its bytes": lambda objects: json.dumps({"apiVersion": "v1", "kind": "List", "items": objects}).encode(),
    "lists of the client": typed,
    "other kinds too": lambda objects: [
        *objects,
        {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "web-1"}},
    ],
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_one_look_decides_as_a_watch_does(form: Any) -> None:
    world = simulated()
    watched = seen(world, without="web-1").plan("default/web", world.now)
    looked = reconcile("default/web", form(listed(world)), world.now, complete=KINDS)
    assert looked.requests.requests == watched.requests != ()
    assert (looked.requests.waits, looked.requests.next_wake) == (watched.waits, watched.next_wake)
    assert [request.path.rsplit("/", 1)[1] for request in looked.tail.requests] == ["status"]
    assert [event.reason for event in looked.tail.events] == ["SuccessfulCreate"]
    assert looked.errors == ()
    assert looked.requests.may_try(0, []) and not looked.requests.may_try(len(looked.requests.requests), [])


def test_the_tail_is_that_of_a_success() -> None:
    world = simulated()
    cluster = seen(world, without="web-1")
    plan = cluster.plan("default/web", world.now)
    done = [Outcome(status="done")] * len(plan.requests)
    looked = reconcile("default/web", listed(world), world.now, complete=KINDS)
    assert looked.tail == cluster.finish("default/web", plan, done, world.now)


def test_profiles_differ() -> None:
    world = simulated(replicas=1)
    (found,) = world.list("sts")
    found["metadata"]["deletionTimestamp"] = "2026-01-01T00:10:00Z"
    objects = [found, *world.list("pods"), *world.list("controllerrevisions")]
    upstream = reconcile("default/web", objects, world.now, complete=NEEDED)
    standalone = reconcile("default/web", objects, world.now, complete=NEEDED, profile="standalone")
    assert upstream.requests.requests == () != standalone.requests.requests
    with pytest.raises(PlanError, match="profile: must be one of upstream, standalone"):
        reconcile("default/web", objects, world.now, complete=NEEDED, profile="both")  # type: ignore[arg-type]


def test_what_was_not_listed_in_full_is_unknown() -> None:
    world = simulated()
    looked = reconcile("default/web", listed(world), world.now, complete=("StatefulSet", "Pod"))
    (wait,) = looked.requests.waits
    assert wait.gates == ("stale-view",) and looked.requests.requests == ()


def test_what_cannot_be_read_is_named_and_goes_on_where_it_can() -> None:
    world = simulated()
    objects = [found for kind in KINDS for found in world.list(kind)]
    broken: Any = next(it for it in objects if it["metadata"]["name"] == "web-2")
    broken["metadata"]["labels"] = 1
    looked = reconcile("default/web", objects, world.now, complete=KINDS)
    (error,) = looked.errors
    assert (error.kind, error.namespace, error.name, error.path) == ("Pod", "default", "web-2", "metadata.labels")
    assert any("bad-object" in wait.gates for wait in looked.requests.waits)


BAD: list[tuple[Any, str]] = [
    ([], "."),
    ("", "."),
    ("{}", "kind"),
    ([{"kind": "Pod"}, "{}, {}"], "[1]"),
    ([{"metadata": {}}], "[0].kind"),
    ({"items": [{"kind": "Pod", "apiVersion": "v1"}, {}]}, "items[1].kind"),
    ([{"kind": "Pod", "metadata": {"labels": {1}}}], "metadata.labels"),
]


@pytest.mark.parametrize(("objects", "path"), BAD, ids=[path for _, path in BAD])
def test_what_is_no_object_is_refused_with_its_place(objects: Any, path: str) -> None:
    with pytest.raises(ObjectError) as error:
        reconcile("default/web", objects, 0, complete=NEEDED)
    assert error.value.path == path
    again = pickle.loads(pickle.dumps(error.value))
    assert (str(again), again.path, again.code) == (str(error.value), path, "bad-object")


def test_other_things_are_no_objects() -> None:
    strangers: list[Any] = [1, None, iter([None]), {1}]
    for objects in strangers:
        with pytest.raises(TypeError, match="expected JSON text, a mapping or an object of the official client"):
            reconcile("default/web", objects, 0, complete=NEEDED)
    with pytest.raises(ObjectError, match="expected one of StatefulSet, Pod"):
        reconcile("default/web", [], 0, complete=["Pods"])  # type: ignore[list-item]


def test_an_answer_is_frozen_and_compared() -> None:
    objects = listed(simulated())
    looked = reconcile("default/web", objects, 0, complete=NEEDED)
    again = reconcile("default/web", objects, 0, complete=NEEDED)
    assert looked == again and hash(looked) == hash(again)
    with pytest.raises(FrozenInstanceError):
        looked.errors = ()  # type: ignore[misc]
