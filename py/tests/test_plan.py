from __future__ import annotations

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from typing import assert_never, get_args

import pytest
import statefulset
from statefulset import (
    Action,
    BindClaim,
    Claim,
    CreateClaim,
    CreatePod,
    DeleteClaim,
    DeletePod,
    EvictPod,
    ForceDeletePod,
    Gate,
    HoldFinalizer,
    PlanError,
    Pod,
    Reason,
    ReleaseFinalizer,
    SetClaimOwner,
    StatefulSet,
    Status,
    UpdatePod,
    Wait,
    plan,
)

PODS = [Pod(ordinal=n, revision=1, ready=True) for n in (2, 0, 1)]
CLAIMS = [Claim(ordinal=n) for n in (0, 1, 2)]


def sentence(action: Action) -> str:
    """One line for each kind: mypy proves that none is forgotten."""
    match action:
        case CreateClaim(ordinal=n, template=t):
            return f"create claim {t} of {n}"
        case CreatePod(ordinal=n, revision=r):
            return f"create pod {n} at {r}"
        case DeletePod(ordinal=n, pod=p):
            return f"delete pod {n}, which is entry {p}"
        case Wait(ordinal=first, through=last, gates=gates):
            return f"{first} to {last} wait: {', '.join(gates)}"
        case SetClaimOwner(claim=c, owner=owner):
            return f"claim {c} belongs to {owner}"
        case UpdatePod() | EvictPod() | ForceDeletePod():
            return f"touch entry {action.pod}"
        case BindClaim() | DeleteClaim():
            return f"touch claim {action.claim}"
        case HoldFinalizer() | ReleaseFinalizer():
            return "finalizer"
        case _:
            assert_never(action)


def test_an_empty_cluster_gets_the_first_claim_and_the_first_pod() -> None:
    result = plan(StatefulSet(replicas=3, update_revision=1, templates=1), [], claims=[], now_ms=0)
    assert [sentence(action) for action in result.actions] == [
        "create claim 0 of 0",
        "create pod 0 at 1",
        "1 to 2 wait: order",
    ]
    assert {action.reason for action in result.actions} == {"scale-out"}
    assert result.status is not None and result.status.ready == 0
    assert not result.more


def test_a_new_revision_takes_the_highest_ordinal_by_its_place_in_the_list() -> None:
    web = StatefulSet(replicas=3, update_revision=2, current_revision=1, templates=1)
    result = plan(web, PODS, claims=CLAIMS, now_ms=0)
    deletion, wait = result.actions
    assert isinstance(deletion, DeletePod)
    assert (deletion.ordinal, deletion.pod, deletion.reason) == (2, 0, "rollout")
    assert isinstance(wait, Wait)
    assert (wait.ordinal, wait.through) == (0, 1)
    held = StatefulSet(replicas=3, update_revision=2, current_revision=1, partition=3)
    assert plan(held, PODS, now_ms=0).actions == ()


def test_max_unavailable_counts_pods_or_per_cent() -> None:
    limits: list[int | str] = [2, "67%"]
    for limit in limits:
        web = StatefulSet(replicas=3, update_revision=2, current_revision=1, max_unavailable=limit)
        assert web.max_unavailable == limit
        deletions = [a for a in plan(web, PODS, now_ms=0).actions if isinstance(a, DeletePod)]
        assert [deletion.ordinal for deletion in deletions] == [2, 1]


def test_a_goal_reached_is_an_empty_plan_and_a_status_once() -> None:
    web = StatefulSet(replicas=3, update_revision=1, templates=1)
    result = plan(web, PODS, claims=CLAIMS, now_ms=0)
    assert result.actions == ()
    assert result.status is not None and result.status.available == 3
    published = StatefulSet(replicas=3, update_revision=1, templates=1, published=result.status)
    assert plan(published, PODS, claims=CLAIMS, now_ms=0).status is None


def test_time_is_an_argument_and_the_wake_up_is_a_moment() -> None:
    pod = Pod(ordinal=0, revision=1, ready=True, ready_since_ms=1_000)
    web = StatefulSet(replicas=1, update_revision=1, min_ready_ms=500)
    assert plan(web, [pod], now_ms=1_200).next_wake_ms == 1_500
    assert plan(web, [pod], now_ms=1_500).next_wake_ms is None


def test_a_stale_view_and_a_dry_run_do_nothing() -> None:
    web = StatefulSet(replicas=3, update_revision=1)
    (wait,) = plan(web, [], fresh=False, now_ms=0).actions
    assert isinstance(wait, Wait)
    assert (wait.gates, wait.on, wait.on_index) == (("stale-view",), "view", None)
    dry = plan(StatefulSet(replicas=3, update_revision=1, max_actions=0), [], now_ms=0)
    assert dry.more and not any(isinstance(action, CreatePod) for action in dry.actions)


def test_values_are_frozen_compared_hashed_printed_and_pickled_by_their_fields() -> None:
    web = StatefulSet(replicas=3, update_revision=2, current_revision=1, templates=1, max_unavailable="50%")
    status = Status(current_revision=1, update_revision=2, progressing="creating")
    actions = plan(web, PODS, claims=CLAIMS, now_ms=0).actions
    for value in (web, PODS[0], CLAIMS[0], status, *actions):
        for twin in (eval(repr(value), vars(statefulset)), pickle.loads(pickle.dumps(value)), copy.deepcopy(value)):
            assert twin == value and hash(twin) == hash(value)
    assert PODS[0] != PODS[1]
    with pytest.raises(AttributeError):
        PODS[0].ordinal = 5  # type: ignore[misc]
    with pytest.raises(TypeError):
        Pod(0, 1)  # type: ignore[call-arg]


def place(error: pytest.ExceptionInfo[PlanError]) -> tuple[str, int | None, str]:
    return error.value.list, error.value.index, error.value.field


def test_the_planner_s_refusals_name_the_place() -> None:
    with pytest.raises(PlanError, match="must be at most 2147483647") as error:
        plan(StatefulSet(replicas=2**31, update_revision=1), [], now_ms=0)
    assert place(error) == ("desired", 0, "replicas")
    with pytest.raises(PlanError, match="must not be negative") as error:
        plan(StatefulSet(replicas=1, update_revision=1, min_ready_ms=-1), [], now_ms=0)
    assert place(error) == ("desired", 0, "min_ready_ms")
    with pytest.raises(PlanError) as error:
        plan(StatefulSet(replicas=1, update_revision=1), [], claims=CLAIMS, now_ms=0)
    assert place(error) == ("claims", 0, "template")
    again = pickle.loads(pickle.dumps(error.value))
    assert (str(again), again.list, again.field) == (str(error.value), "claims", "template")


def test_a_value_that_cannot_be_made_says_which_field() -> None:
    with pytest.raises(PlanError, match=r"^Pod\.ordinal: must not be negative$") as error:
        Pod(ordinal=-1, revision=1)
    assert place(error) == ("pods", None, "ordinal")
    for huge in (2**32, 2**64, 2**200, -(2**200)):
        with pytest.raises(PlanError):
            StatefulSet(replicas=huge, update_revision=1)
    with pytest.raises(PlanError, match='not "Runing"') as error:
        Pod(ordinal=0, revision=1, phase="Runing")  # type: ignore[arg-type]
    assert place(error) == ("pods", None, "phase")
    for limit in ("", "%", "5", "-5%", "+5%", "1e2%", "99999999999%"):
        with pytest.raises(PlanError):
            StatefulSet(replicas=1, update_revision=1, max_unavailable=limit)


def test_the_words_of_the_types_are_the_library_s() -> None:
    def expected(message: str) -> list[str]:
        return (
            message.removeprefix(message.split(": must be one of ")[0] + ": must be one of ")
            .split(", not ")[0]
            .split(", ")
        )

    with pytest.raises(PlanError) as error:
        HoldFinalizer(ordinal=0, reason="", stage=0, step=0)  # type: ignore[arg-type]
    assert expected(str(error.value)) == list(get_args(Reason))
    with pytest.raises(PlanError) as error:
        Wait(ordinal=0, through=0, gates=[""], on="view", reason="order", stage=0, step=0)  # type: ignore[list-item, arg-type]
    assert expected(str(error.value)) == list(get_args(Gate))


def test_many_threads_plan_at_once() -> None:
    web = StatefulSet(replicas=3, update_revision=2, current_revision=1)
    first = plan(web, PODS, now_ms=0).actions
    with ThreadPoolExecutor(8) as pool:
        for result in pool.map(lambda _: plan(web, PODS, now_ms=0), range(200)):
            assert result.actions == first
