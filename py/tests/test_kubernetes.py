from __future__ import annotations

import asyncio
import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from kubernetes import aio, client

from statefulset import PlanError, Profile
from statefulset.kubernetes import (
    Cluster,
    Kind,
    ObjectError,
    Outcome,
    Request,
    Requests,
    carry_out,
    carry_out_async,
    normalize,
)
from statefulset.simulate import Cluster as Simulated

from .manifests import CLAIM_TEMPLATE, stateful_set

KINDS: tuple[Kind, ...] = (
    "StatefulSet",
    "Pod",
    "PersistentVolumeClaim",
    "PersistentVolume",
    "StorageClass",
    "Node",
    "PodDisruptionBudget",
    "ControllerRevision",
)
DONE = Outcome(status="done", resource_version="1000000")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def simulated(**spec: Any) -> Simulated:
    cluster = Simulated()
    cluster.apply(stateful_set(volumeClaimTemplates=[CLAIM_TEMPLATE], **spec))
    cluster.settle()
    return cluster


def seen(world: Simulated, form: Any = lambda it, _: it, image: str = "nginx:1", without: str = "") -> Cluster:
    """A view of the world in which the set has this image, and there is no pod of this name."""
    cluster = Cluster()
    for kind in KINDS:
        cluster.begin_list(kind)
        for found in world.list(kind):
            if kind == "StatefulSet" and image != "nginx:1":
                found["spec"]["template"]["spec"]["containers"][0]["image"] = image
                found["metadata"]["generation"] += 1
            if kind != "Pod" or found["metadata"]["name"] != without:
                cluster.apply(form(found, kind), kind)
        cluster.end_list(kind, "100000")
    return cluster


def of_client(found: dict[str, Any], kind: str) -> Any:
    """As the official client gives the members of lists: without their kind."""
    model = getattr(client, f"V1{kind}").from_dict(found)
    model.kind = model.api_version = None
    return model


def of_async_client(found: dict[str, Any], kind: str) -> Any:
    return getattr(aio.client, f"V1{kind}").from_dict(found)


def without_kind(found: dict[str, Any], _: str) -> bytes:
    return json.dumps({k: v for k, v in found.items() if k not in ("kind", "apiVersion")}).encode()


FORMS = [
    lambda found, _: found,
    lambda found, _: json.dumps(found),
    lambda found, _: json.dumps(found).encode(),
    without_kind,
    of_client,
    of_async_client,
]


@pytest.mark.parametrize("form", FORMS, ids=["dict", "str", "bytes", "without-kind", "client", "async-client"])
def test_objects_in_every_form_give_the_same_requests(form: Any) -> None:
    world = simulated()
    expected = seen(world, image="nginx:2", without="web-1")
    cluster = seen(world, form, image="nginx:2", without="web-1")
    assert cluster.due(world.now).sets == ("default/web",)
    plan, other = cluster.plan("default/web", world.now), expected.plan("default/web", world.now)
    assert plan.requests == other.requests and plan.waits == other.waits
    assert [request.method for request in plan.requests] == ["POST", "POST"]
    assert cluster.explain("default/web", world.now) == expected.explain("default/web", world.now)


def test_the_class_of_a_client_s_object_names_its_kind() -> None:
    world = simulated()
    cluster = Cluster()
    for kind in KINDS:
        cluster.begin_list(kind)
        for found in world.list(kind):
            cluster.apply(of_client(found, kind))
        cluster.end_list(kind, "100000")
    assert cluster.explain("default/web", world.now) == "web: up to date, nothing to do"


def test_requests_are_ready_to_be_sent() -> None:
    world = simulated()
    cluster = seen(world, image="nginx:2")
    plan = cluster.plan("default/web", world.now)
    deletion = plan.requests[-1]
    pod = world.get("pod", "web-2")
    assert isinstance(deletion, Request)
    assert (deletion.method, deletion.path) == ("DELETE", "/api/v1/namespaces/default/pods/web-2")
    assert (deletion.reason, deletion.content_type, deletion.duty) == ("rollout", "application/json", False)
    assert deletion.preconditions == {"uid": pod["metadata"]["uid"]}
    assert json.loads(deletion.body)["preconditions"] == deletion.preconditions
    assert deletion.tolerates == ("not-found",)
    assert plan.requests == tuple(pickle.loads(pickle.dumps(plan.requests)))
    assert deletion.succeeded(Outcome(status="not-found")) and not deletion.succeeded(Outcome(status="conflict"))
    (wait,) = plan.waits
    assert (wait.ordinal, wait.through, wait.gates) == (0, 1, ("max-unavailable",))
    assert (wait.on_kind, wait.on_name) == ("Pod", "web-2")


def test_what_may_be_tried_depends_on_what_went_before() -> None:
    cluster = seen(Simulated())
    cluster.apply(simulated_set("Parallel"))
    plan = cluster.plan("default/web", 0)
    first = next(i for i, request in enumerate(plan.requests) if request.method == "POST")
    outcomes = [DONE] * first
    assert plan.may_try(first, outcomes)
    failed = [*outcomes, Outcome(status="failed", message="no room")]
    assert not plan.may_try(len(plan.requests) - 1, failed)
    assert not any(plan.may_try(index, outcomes) for index in (len(plan.requests), -1, 2**70))


def simulated_set(management: str = "OrderedReady") -> dict[str, Any]:
    world = Simulated()
    world.apply(stateful_set(podManagementPolicy=management))
    return world.get("sts", "web")


def test_the_end_of_a_turn_publishes_and_records() -> None:
    cluster = seen(Simulated())
    cluster.apply(simulated_set())
    sent: list[Request] = []

    def send(request: Request) -> Outcome:
        sent.append(request)
        return DONE

    tail = carry_out(cluster, "default/web", 0, send)
    assert tail.next == "rest"
    assert [event.reason for event in tail.events] == ["SuccessfulCreate"]
    assert sent[-1].path.endswith("/statefulsets/web/status")
    assert {request.method for request in sent[:-1]} == {"POST"}
    # Its own writes have not been seen yet.
    (wait,) = cluster.plan("default/web", 0).waits
    assert wait.gates == ("stale-view",)
    assert (wait.on_kind, wait.unseen, wait.since) == ("StatefulSet", "write", EPOCH)
    assert wait.seen is not None and wait.version is not None and wait.seen < wait.version
    assert cluster.due(0).sets == ()


def test_what_is_never_seen_is_named() -> None:
    cluster = Cluster()
    cluster.apply(simulated_set())
    (wait,) = cluster.plan("default/web", 0).waits
    assert (wait.on_kind, wait.on_name, wait.unseen) == ("StatefulSet", None, "list")
    carry_out(cluster, "default/web", 0, lambda _: DONE)
    due = cluster.due(0)
    (awaited,) = due.awaited
    text = "waiting for a complete list of the kind StatefulSet: there was none yet (begin_list, then end_list)"
    assert (awaited.set, awaited.unseen, awaited.text) == ("default/web", "list", text)
    assert cluster.explain("default/web", 0) == f"web: nothing is decided yet: {text}"
    later = EPOCH + timedelta(seconds=30)
    assert due.next == later
    assert "for 30 s" in cluster.explain("default/web", later)
    assert cluster.due(later).sets == ("default/web",)


def test_a_set_in_hand_is_not_handed_out_twice() -> None:
    cluster = seen(Simulated())
    cluster.apply(simulated_set())
    plan = cluster.plan("default/web", 0)
    assert cluster.take_due(0).sets == ("default/web",)
    assert cluster.take_due(0).sets == ()
    assert cluster.due(0).sets == ("default/web",)
    cluster.finish("default/web", plan, [DONE] * len(plan.requests), 0)
    assert cluster.take_due(0).sets == ()
    cluster.finish("default/web", plan, [], 0)
    assert cluster.take_due(0).sets == ("default/web",)


@pytest.mark.parametrize(("waits", "gates"), [(True, {"stale-view"}), (False, set())])
def test_whether_one_s_own_writes_are_waited_for_is_a_knob(waits: bool, gates: set[str]) -> None:
    cluster = Cluster(Profile(read_your_writes=waits))
    for kind in KINDS:
        cluster.begin_list(kind)
        cluster.end_list(kind, "1")
    cluster.apply(simulated_set())
    carry_out(cluster, "default/web", 0, lambda _: DONE)
    again = cluster.plan("default/web", 0)
    assert {gate for wait in again.waits for gate in wait.gates if gate == "stale-view"} == gates
    assert (again.requests == ()) == waits


@pytest.mark.parametrize(("semantic", "restarted"), [(True, []), (False, ["DELETE"])])
def test_whether_revisions_are_compared_by_what_they_mean_is_a_knob(semantic: bool, restarted: list[str]) -> None:
    """An older API server did not know of a field yet, and filled in nothing."""
    world = simulated(replicas=1)
    cluster = Cluster(Profile(semantic_revisions=semantic))
    for kind in KINDS:
        cluster.begin_list(kind)
        for found in world.list(kind):
            if kind == "ControllerRevision":
                del found["data"]["spec"]["template"]["spec"]["schedulerName"]
            cluster.apply(found, kind)
        cluster.end_list(kind, "100000")
    plan = cluster.plan("default/web", world.now)
    assert [request.method for request in plan.requests if "/pods" in request.path] == restarted


def test_a_part_of_a_plan_may_be_held_back() -> None:
    cluster = seen(Simulated())
    cluster.apply(simulated_set())
    sent: list[Request] = []

    def send(request: Request) -> Outcome:
        sent.append(request)
        return DONE

    tail = carry_out(cluster, "default/web", 0, send, may=lambda request: not request.path.endswith("/pods"))
    assert not any(request.path.endswith("/pods") for request in sent)
    assert tail.next == "again"
    assert cluster.due(0).sets == ("default/web",)


def test_the_history_is_cut_even_if_the_status_could_not_be_published() -> None:
    world = simulated(replicas=1)
    world.kubectl("set image sts/web main=nginx:2")
    world.settle()
    cluster = seen(world)
    wanted = world.get("sts", "web")
    wanted["spec"]["revisionHistoryLimit"] = 0
    wanted["metadata"] |= {"generation": 3, "resourceVersion": "100001"}
    cluster.apply(wanted)
    sent: list[Request] = []

    def send(request: Request) -> Outcome:
        sent.append(request)
        return Outcome(status="failed", message="no") if request.path.endswith("/status") else DONE

    tail = carry_out(cluster, "default/web", world.now, send)
    assert tuple(sent) == tail.requests
    assert [(request.method, request.duty) for request in sent] == [("PATCH", True), ("DELETE", False)]
    # What has failed is tried again.
    assert cluster.due(world.now).next is not None


def test_a_plan_belongs_to_its_cluster() -> None:
    world = simulated()
    cluster = seen(world, without="web-1")
    plan = cluster.plan("default/web", world.now)
    assert plan == cluster.plan("default/web", world.now) and hash(plan) == hash(cluster.plan("default/web", world.now))
    assert plan != cluster.plan("default/web", world.now + timedelta(seconds=1))
    with pytest.raises(TypeError, match="cannot pickle"):
        pickle.dumps(plan)
    with pytest.raises(AttributeError):
        plan.more = True  # type: ignore[misc]


def test_a_watch_s_events_are_taken_as_they_come() -> None:
    world = simulated()
    cluster = Cluster()
    for kind in KINDS:
        cluster.begin_list(kind)
        for found in world.list(kind):
            cluster.watch({"type": "ADDED", "object": found})
        api_version = "apps/v1" if kind in ("StatefulSet", "ControllerRevision") else "v1"
        api_version = {"StorageClass": "storage.k8s.io/v1", "PodDisruptionBudget": "policy/v1"}.get(kind, api_version)
        end = {"resourceVersion": "100000", "annotations": {"k8s.io/initial-events-end": "true"}}
        bookmark = {"type": "BOOKMARK", "object": {"kind": kind, "apiVersion": api_version, "metadata": end}}
        cluster.watch(json.dumps(bookmark))
    assert "up to date" in cluster.explain("default/web", world.now)
    pod = world.get("pod", "web-1")
    pod["metadata"]["resourceVersion"] = "100001"
    cluster.watch(json.dumps({"type": "DELETED", "object": pod}).encode())
    assert cluster.due(world.now).sets == ("default/web",)
    assert "web-1: create the pod" in cluster.explain("default/web", world.now)
    cluster.apply(pod)
    cluster.remove("Pod", "default", "web-1", "another uid")
    assert "up to date" in cluster.explain("default/web", world.now)
    cluster.remove("Pod", "default", "web-1")
    assert "web-1: create the pod" in cluster.explain("default/web", world.now)
    with pytest.raises(ObjectError, match="the watch has ended: too old") as error:
        cluster.watch({"type": "ERROR", "object": {"kind": "Status", "message": "too old"}})
    assert error.value.path == "object"


def test_kinds_that_were_not_listed_are_waited_for() -> None:
    cluster = Cluster()
    cluster.apply(simulated_set())
    (wait,) = cluster.plan("default/web", 0).waits
    assert wait.gates == ("stale-view",)
    for kind in KINDS:
        cluster.begin_list(kind)
        if kind == "StatefulSet":
            cluster.apply(simulated_set())
        cluster.end_list(kind, "1000")
    assert cluster.plan("default/web", 0).requests != ()
    cluster.bookmark("Pod", "1001")


def test_time_ends_a_wait() -> None:
    world = simulated(minReadySeconds=60, replicas=1)
    world.kubectl("delete pod web-0")
    world.advance(5_000)
    cluster = seen(world)
    carry_out(cluster, "default/web", world.now, lambda _: DONE)
    pod = world.get("pod", "web-0")
    ready = next(c for c in pod["status"]["conditions"] if c["type"] == "Ready")["lastTransitionTime"]
    since = datetime.fromisoformat(ready)
    (wait,) = cluster.plan("default/web", world.now).waits
    assert wait.until is not None
    assert wait.until == since + timedelta(seconds=60) and wait.until.tzinfo is UTC
    assert cluster.due(world.now).next == wait.until == cluster.plan("default/web", world.now).next_wake


BAD: list[tuple[Any, str, str]] = [
    ({"kind": "Pod"}, "Pod", "."),
    ({"metadata": {"name": "a"}}, "", "kind"),
    ({"kind": "Deployment", "metadata": {"name": "a", "namespace": "b"}}, "Deployment", "kind"),
    ({"kind": "StatefulSet", "apiVersion": "apps/v1beta1"}, "StatefulSet", "apiVersion"),
    (stateful_set(replicas="three"), "StatefulSet", "spec.replicas"),  # type: ignore[arg-type]
    (stateful_set(replicas={1, 2}), "StatefulSet", "spec.replicas"),  # type: ignore[arg-type]
    (stateful_set(image=float("nan")), "StatefulSet", "spec.template.spec.containers[0].image"),  # type: ignore[arg-type]
    (stateful_set(image="\ud800"), "StatefulSet", "spec.template.spec.containers[0].image"),
    (stateful_set(since=datetime(2026, 1, 1)), "StatefulSet", "spec.since"),
    (stateful_set(names={1: "a"}), "StatefulSet", "spec.names"),
    (client.V1Pod(metadata=client.V1ObjectMeta(name="a")).to_dict(), "", "api_version"),
    ({"": b""}, "", '[""]'),
    (b"{", "", "."),
    ("null", "", "."),
]


@pytest.mark.parametrize(("obj", "kind", "path"), BAD, ids=lambda it: it if isinstance(it, str) else "")
def test_what_cannot_be_read_is_named(obj: Any, kind: str, path: str) -> None:
    with pytest.raises(ObjectError) as error:
        Cluster().apply(obj)
    assert (error.value.kind, error.value.path) == (kind, path)
    assert str(error.value).endswith(f"{path}: {error.value.problem}")


def test_a_bad_object_is_set_aside_and_its_set_says_so() -> None:
    world = simulated()
    cluster = seen(world)
    pod = world.get("pod", "web-1")
    pod["metadata"]["resourceVersion"] = "100001"
    pod["metadata"]["labels"] = 1
    with pytest.raises(ObjectError, match=r"^Pod default/web-1: metadata\.labels: ") as error:
        cluster.apply(pod)
    assert (error.value.namespace, error.value.name) == ("default", "web-1")
    (wait,) = cluster.plan("default/web", world.now).waits
    assert "bad-object" in wait.gates


def test_deep_and_strange_values_are_refused_or_read() -> None:
    loop: dict[str, Any] = {}
    loop["loop"] = loop
    with pytest.raises(ObjectError, match="nested too deeply"):
        Cluster().apply({"kind": "Pod", "metadata": loop})
    with pytest.raises(TypeError, match="expected JSON text, a mapping or an object of the official client, not int"):
        Cluster().apply(1)  # type: ignore[arg-type]
    stranger: Any = type("V1Pod", (), {})()
    with pytest.raises(TypeError, match="not V1Pod"):
        Cluster().apply(stranger)
    with pytest.raises(ObjectError, match="expected one of StatefulSet, Pod"):
        Cluster().begin_list("Pods")  # type: ignore[arg-type]
    with pytest.raises(ObjectError, match="there is no such set"):
        Cluster().plan("default/web", 0)


def test_numbers_and_moments_keep_their_meaning() -> None:
    cluster = seen(Simulated())
    wanted = simulated_set()
    numbers = {"small": 1, "large": 2**40, "whole": 1.0, "flag": True, "pair": (1, 2)}
    wanted["spec"]["template"]["spec"]["numbers"] = numbers
    wanted["metadata"]["creationTimestamp"] = datetime(2026, 1, 1, 1, tzinfo=UTC)
    cluster.apply(wanted)
    (revision,) = [r for r in cluster.plan("default/web", 0).requests if r.path.endswith("/controllerrevisions")]
    spec = json.loads(revision.body)["data"]["spec"]["template"]["spec"]
    assert spec["numbers"] == {**numbers, "pair": [1, 2]}


def test_many_threads_may_use_one_cluster() -> None:
    world = simulated()
    cluster = seen(world)
    pods = world.list("pods")

    def look(turn: int) -> Requests:
        cluster.apply(pods[turn % 3])
        return cluster.plan("default/web", world.now)

    with ThreadPoolExecutor(8) as pool:
        assert all(plan.requests == () for plan in pool.map(look, range(200)))


PLANNED_SETS = ("example.org/v1", "PlannedSet", "plannedsets")


def test_sets_of_a_resource_of_one_s_own() -> None:
    cluster = Cluster(resource=PLANNED_SETS)
    for kind in KINDS:
        cluster.begin_list(kind)
        cluster.end_list(kind, "1")
    manifest: dict[str, Any] = {**stateful_set(), "apiVersion": "example.org/v1", "kind": "PlannedSet"}
    manifest["metadata"] |= {"namespace": "default", "uid": "set-1", "resourceVersion": "2", "generation": 1}
    cluster.apply(manifest)
    requests = cluster.plan("default/web", 0)
    [revision, pod] = [json.loads(request.body) for request in requests.requests]
    for made in (revision, pod):
        [owner] = made["metadata"]["ownerReferences"]
        assert (owner["apiVersion"], owner["kind"]) == PLANNED_SETS[:2]
    with pytest.raises(ObjectError, match=r"apiVersion: expected|kind: expected one of PlannedSet"):
        cluster.apply(stateful_set())
    broken = {**manifest, "spec": {}}
    with pytest.raises(ObjectError, match=r"PlannedSet default/web: spec\.selector: ") as unreadable:
        cluster.apply(broken)
    assert (unreadable.value.kind, unreadable.value.kind_name) == ("StatefulSet", "PlannedSet")
    again = pickle.loads(pickle.dumps(unreadable.value))
    assert (str(again), again.kind_name) == (str(unreadable.value), "PlannedSet")
    with pytest.raises(ObjectError, match=r"PlannedSet default/other: \.: there is no such set$"):
        cluster.plan("default/other", 0)
    unlisted = Cluster(resource=PLANNED_SETS)
    unlisted.apply(manifest)
    assert "list of the kind PlannedSet" in unlisted.explain("default/web", 0)
    with pytest.raises(PlanError, match="resource: plural: expected a name") as error:
        Cluster(resource=("v1", "Set", "a/b"))
    assert error.value.code == "not-a-name"


def test_a_turn_can_be_awaited() -> None:
    cluster = seen(Simulated())
    cluster.apply(simulated_set("Parallel"))
    sent: list[Request] = []

    async def send(request: Request) -> Outcome:
        await asyncio.sleep(0)
        sent.append(request)
        return DONE

    tail = asyncio.run(carry_out_async(cluster, "default/web", 0, send))
    assert tail.next == "rest"
    assert sent[-1].path.endswith("/statefulsets/web/status")
    assert cluster.due(0).sets == ()


def test_a_manifest_without_defaults_names_the_call_that_fills_them_in() -> None:
    bare = {**stateful_set(), "metadata": {"name": "web", "namespace": "default", "uid": "1", "resourceVersion": "1"}}
    cluster = Cluster()
    with pytest.raises(ObjectError, match=r"pass it through `normalize` first$"):
        cluster.apply(bare)
    cluster.apply(normalize(bare))
