"""What a set asks for beyond Kubernetes."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from statefulset import (
    CancelPrepare,
    DeletePod,
    Exclusion,
    Member,
    PlanError,
    Pod,
    Policies,
    Prepare,
    Profile,
    Repair,
    StatefulSet,
    Wait,
    allot,
    member,
    plan,
)
from statefulset._words import Prepared, ProfileName
from statefulset.kubernetes import Cluster, Kind, ObjectError, normalize

KINDS: tuple[Kind, ...] = ("StatefulSet", "Pod", "PersistentVolumeClaim", "ControllerRevision")
SET: dict[str, Any] = {
    "apiVersion": "apps/v1",
    "kind": "StatefulSet",
    "metadata": {"name": "web", "namespace": "default", "uid": "u", "resourceVersion": "1"},
    "spec": {
        "selector": {"matchLabels": {"app": "web"}},
        "template": {
            "metadata": {"labels": {"app": "web"}},
            "spec": {"containers": [{"name": "web", "image": "nginx"}]},
        },
    },
}

NOW = 1_000_000
OLD = [Pod(ordinal=ordinal, revision=1, ready=True, ready_since=0) for ordinal in range(3)]


def rolling(policies: Policies, replicas: int = 3, update: int = 2) -> StatefulSet:
    return StatefulSet(
        replicas=replicas, current_revision=1, update_revision=update, management="Parallel", policies=policies
    )


def told(desired: StatefulSet, pods: list[Pod]) -> list[str]:
    """Ordinal and name of each action; ordinals and gates of each wait."""
    words = []
    for action in plan(desired, pods, NOW).actions:
        if isinstance(action, Wait):
            words.append(f"{action.ordinal}-{action.through} {','.join(action.gates)}")
        else:
            words.append(f"{type(action).__name__} {action.ordinal}")
    return words


@pytest.mark.parametrize(
    ("policies", "want"),
    [
        (Policies(), ["DeletePod 2", "0-1 max-unavailable"]),
        (Policies(paused=["rollout"]), ["0-2 paused"]),
        (Policies(allowance=0), ["0-2 group"]),
        (Policies(ranked="tiers", ties="lowest-first"), ["DeletePod 0", "1-2 max-unavailable"]),
        (
            Policies(excluded=[Exclusion(first=1, last=1)], stand_in_first=True),
            ["CreatePod 3", "0-0 max-unavailable", "1-1 excluded", "2-2 max-unavailable"],
        ),
    ],
)
def test_each_policy_reaches_the_planner(policies: Policies, want: list[str]) -> None:
    assert told(rolling(policies), OLD) == want


def test_limits_are_numbers_or_percentages() -> None:
    assert told(rolling(Policies(scale_out_limit="34%")), []) == ["CreatePod 0", "1-2 scale-limit"]
    assert told(rolling(Policies(scale_in_limit=1), replicas=0), OLD) == ["DeletePod 2", "0-1 scale-limit"]


def test_ranks_are_the_pods() -> None:
    ranked = [pod.__replace__(rank=1) if pod.ordinal == 2 else pod for pod in OLD]
    assert told(rolling(Policies(ranked="order")), ranked)[0] == "DeletePod 1"


def test_a_broken_pod_of_an_old_revision_is_replaced_in_order_too() -> None:
    pods = [Pod(ordinal=0, revision=1, ready_since=0)]
    for policies, first in ((Policies(), "0-0 "), (Policies(repair=Repair(after=timedelta(minutes=1))), "DeletePod 0")):
        ordered = rolling(policies).__replace__(management="OrderedReady")
        assert told(ordered, pods)[0].startswith(first)


def prepared(pods: list[Pod], ordinal: int, said: Prepared) -> list[Pod]:
    return [pod.__replace__(prepared=said) if pod.ordinal == ordinal else pod for pod in pods]


def test_a_pod_is_asked_before_it_goes_for_good() -> None:
    smaller = rolling(Policies(ask=["scale-in"]), replicas=2, update=1)
    (question,) = plan(smaller, OLD, NOW).actions
    assert question == Prepare(
        ordinal=2, pod=2, for_good=True, reason="scale-in", stage=question.stage, step=question.step
    )
    assert told(smaller, prepared(OLD, 2, "asked-to-leave")) == ["2-2 preparing"]
    assert told(smaller, prepared(OLD, 2, "may-leave")) == ["DeletePod 2"]
    # Nobody is asked for a purpose that the set does not name.
    assert told(rolling(Policies(ask=["rollout"]), replicas=2, update=1), OLD) == ["DeletePod 2"]


def test_a_pod_is_asked_before_it_restarts() -> None:
    asking = rolling(Policies(ask=["rollout", "drain"]))
    question, *_ = plan(asking, OLD, NOW).actions
    assert isinstance(question, Prepare)
    assert (question.pod, question.for_good, question.reason) == (2, False, "rollout")
    assert told(asking, prepared(OLD, 2, "asked-to-restart"))[-1] == "2-2 preparing"
    assert told(asking, prepared(OLD, 2, "may-restart"))[0] == "DeletePod 2"


def test_a_question_is_taken_back_when_the_pod_stays_after_all() -> None:
    larger = rolling(Policies(ask=["scale-in"]), replicas=3, update=1)
    asked = prepared(OLD, 2, "asked-to-leave")
    (taken_back,) = plan(larger, asked, NOW).actions
    assert isinstance(taken_back, CancelPrepare)
    assert (taken_back.pod, taken_back.reason) == (2, "wanted")
    assert told(larger, prepared(OLD, 2, "returning")) == ["2-2 preparing"]
    assert told(larger, OLD) == []


def test_a_held_pod_waits_and_another_one_goes() -> None:
    held = [pod.__replace__(hold=["rollout", "scale-in"]) if pod.ordinal == 2 else pod for pod in OLD]
    assert held[2].hold == ("scale-in", "rollout")
    assert told(rolling(Policies()), held) == ["DeletePod 1", "0-0 max-unavailable", "2-2 max-unavailable,held"]
    assert told(rolling(Policies(), replicas=2, update=1), held) == ["2-2 held"]


def test_a_pod_is_replaced_because_somebody_asks_for_it() -> None:
    marked = [pod.__replace__(replace=True) if pod.ordinal == 1 else pod for pod in OLD]
    (deletion,) = plan(rolling(Policies(), update=1), marked, NOW).actions
    assert isinstance(deletion, DeletePod)
    assert (deletion.pod, deletion.reason) == (1, "requested")


def test_bad_policies_are_named() -> None:
    overlapping = Policies(excluded=[Exclusion(first=1, last=3), Exclusion(first=3, last=4)])
    with pytest.raises(PlanError, match="above the last ordinal of the range before it") as error:
        plan(rolling(overlapping), OLD, NOW)
    assert (error.value.code, error.value.list, error.value.index, error.value.field) == (
        "disorder",
        "excluded",
        1,
        "first",
    )
    with pytest.raises(PlanError, match="at most 100 percent") as error:
        plan(rolling(Policies(scale_out_limit="101%")), OLD, NOW)
    assert error.value.field == "policies.scale_out_limit"
    with pytest.raises(PlanError, match=r"^Policies\.paused: "):
        Policies(paused=["everything"])  # type: ignore[list-item]


def test_sets_of_words_are_compared_as_sets() -> None:
    assert Policies(ask=["drain", "scale-in", "drain"]) == Policies(ask=["scale-in", "drain"])
    assert Policies(paused=["repair", "creation"]).paused == ("creation", "repair")


def test_a_group_is_shared_out() -> None:
    idle = member(rolling(Policies()), OLD, NOW)
    assert idle == Member(unavailable=0, outdated=3)
    busy = Member(unavailable=1, outdated=0)
    assert allot([idle, idle]) == [2**32 - 1, 0]
    assert allot([idle, busy]) == [0, 2**32 - 1]
    assert allot([busy, busy, idle]) == [0, 0, 0]
    assert allot([]) == []


@pytest.mark.parametrize(
    ("profile", "first"),
    [("upstream", "web-0"), (Profile(policies="annotations"), "web-1"), ("zones", "web-1"), (Profile.ZONES, "web-1")],
)
def test_a_set_asks_in_its_annotation_where_the_profile_says_so(profile: Profile | ProfileName, first: str) -> None:
    cluster = Cluster(profile)
    for kind in KINDS:
        cluster.begin_list(kind)
        cluster.end_list(kind, "1")
    web = normalize(SET)
    web["metadata"]["annotations"] = {"statefulset.dev/policies": json.dumps({"excluded": [{"first": 0}]})}
    cluster.apply(web)
    bodies = [json.loads(request.body) for request in cluster.plan("default/web", 0).requests]
    assert bodies[1]["metadata"]["name"] == first


def test_policies_that_cannot_be_read_are_refused_with_their_place() -> None:
    web = normalize(SET)
    web["metadata"]["annotations"] = {"statefulset.dev/policies": json.dumps({"exclude": []})}
    with pytest.raises(ObjectError) as caught:
        Cluster(Profile(policies="annotations")).apply(web)
    assert caught.value.path == "metadata.annotations[statefulset.dev/policies]"
    assert "exclude: unknown field" in str(caught.value)
    assert (Profile.KRUISE.policies, Profile.PINGCAP.policies) == ("kruise", "pingcap")
