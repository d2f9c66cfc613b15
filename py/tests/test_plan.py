from __future__ import annotations

import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import assert_never

from statefulset import (
    Action,
    BindClaim,
    Budget,
    CancelPrepare,
    Claim,
    Conclusion,
    CreateClaim,
    CreatePod,
    DeleteClaim,
    DeletePod,
    EvictPod,
    ForceDeletePod,
    HoldFinalizer,
    Node,
    Observed,
    Pod,
    Prepare,
    Profile,
    ReleaseFinalizer,
    SetClaimOwner,
    StatefulSet,
    UpdateInPlace,
    UpdatePod,
    Volume,
    Wait,
    explain,
    plan,
)

PODS = [Pod(ordinal=n, revision=1, ready=True) for n in (2, 0, 1)]
CLAIMS = [Claim(ordinal=n) for n in (0, 1, 2)]


def sentence(action: Action) -> str:
    """One line for each kind: mypy proves that none is forgotten."""
    match action:
        case CreateClaim(ordinal=n, template=t):
            return f"create claim {t} of {n}"
        case BindClaim(claim=c, volume=v):
            return f"bind claim {c} to volume {v}"
        case CreatePod(ordinal=n, revision=r):
            return f"create pod {n} at {r}"
        case DeletePod(ordinal=n, pod=p):
            return f"delete pod {n}, which is entry {p}"
        case EvictPod(ordinal=n, pod=p):
            return f"evict pod {n}, which is entry {p}"
        case ForceDeletePod(ordinal=n, pod=p, node=node):
            return f"force-delete pod {n}, which is entry {p}, on node {node}"
        case Prepare(ordinal=n, pod=p, for_good=for_good):
            return f"prepare pod {n}, which is entry {p}, {'for its end' if for_good else 'for a restart'}"
        case CancelPrepare(ordinal=n, pod=p):
            return f"keep pod {n}, which is entry {p}"
        case Wait(ordinal=first, through=last, gates=gates):
            return f"{first} to {last} wait: {', '.join(gates)}"
        case SetClaimOwner(claim=c, owner=owner):
            return f"claim {c} belongs to {owner}"
        case UpdatePod():
            return f"update entry {action.pod}"
        case UpdateInPlace(pod=p, revision=revision):
            return f"change entry {p} to revision {revision} where it runs"
        case DeleteClaim(claim=c):
            return f"delete claim {c}"
        case HoldFinalizer():
            return "hold the finalizer"
        case ReleaseFinalizer():
            return "release the finalizer"
        case _:
            assert_never(action)


def told(desired: StatefulSet, observed: Observed | list[Pod], now: int = 0) -> list[str]:
    return [sentence(action) for action in plan(desired, observed, now).actions]


def test_an_empty_cluster_gets_the_first_claim_and_the_first_pod() -> None:
    result = plan(StatefulSet(replicas=3, update_revision=1, templates=["www"]), Observed(pods=[], claims=[]), 0)
    assert [sentence(action) for action in result.actions] == [
        "create claim 0 of 0",
        "create pod 0 at 1",
        "1 to 2 wait: order",
    ]
    assert {action.reason for action in result.actions} == {"scale-out"}
    assert result.status is not None and result.status.ready == 0
    assert not result.more


def test_a_new_revision_takes_the_highest_ordinal_by_its_place_in_the_list() -> None:
    web = StatefulSet(replicas=3, update_revision=2, current_revision=1, templates=("www",))
    deletion, wait = plan(web, Observed(pods=PODS, claims=CLAIMS), 0).actions
    assert isinstance(deletion, DeletePod)
    assert (deletion.ordinal, deletion.pod, deletion.reason) == (2, 0, "rollout")
    assert isinstance(wait, Wait)
    assert (wait.ordinal, wait.through) == (0, 1)
    held = StatefulSet(replicas=3, update_revision=2, current_revision=1, partition=3)
    assert told(held, PODS) == []


def test_max_unavailable_counts_pods_or_per_cent() -> None:
    limits: list[int | str] = [2, "67%"]
    for limit in limits:
        web = StatefulSet(replicas=3, update_revision=2, current_revision=1, max_unavailable=limit)
        assert web.max_unavailable == limit
        deletions = [a for a in plan(web, PODS, 0).actions if isinstance(a, DeletePod)]
        assert [deletion.ordinal for deletion in deletions] == [2, 1]


def test_a_goal_reached_is_an_empty_plan_and_a_status_once() -> None:
    web = StatefulSet(replicas=3, update_revision=1, templates=["www"])
    observed = Observed(pods=PODS, claims=CLAIMS)
    result = plan(web, observed, 0)
    assert result.actions == ()
    assert result.status is not None and result.status.available == 3
    assert plan(web.__replace__(published=result.status), observed, 0).status is None


def test_a_stale_view_and_a_dry_run_do_nothing() -> None:
    web = StatefulSet(replicas=3, update_revision=1)
    (wait,) = plan(web, Observed(pods=[], fresh=False), 0).actions
    assert isinstance(wait, Wait)
    assert (wait.gates, wait.on, wait.on_index) == (("stale-view",), "view", None)
    dry = plan(web.__replace__(profile=Profile(max_actions=0)), [], 0)
    assert dry.more and dry.actions == ()


def test_claims_are_bound_where_the_profile_says_so() -> None:
    web = StatefulSet(name="web", replicas=1, update_revision=1, templates=["www"], profile="standalone")
    claim = Claim(ordinal=0, phase="Pending", request=10, storage_class=7, modes=["ReadWriteOnce"])
    volumes = [
        Volume(capacity=5, storage_class=7),
        Volume(capacity=20, storage_class=7, reserved="other"),
        Volume(capacity=30, storage_class=7),
        Volume(capacity=20, storage_class=7, modes=["ReadWriteMany", "ReadWriteOnce"]),
    ]
    assert volumes[3].modes == ("ReadWriteOnce", "ReadWriteMany")
    observed = Observed(pods=[Pod(ordinal=0, revision=1, phase="Pending")], claims=[claim], volumes=volumes)
    assert told(web, observed)[0] == "bind claim 0 to volume 2"
    result = plan(web, observed, 0)
    named = explain(web, observed, result, 0, volumes=["a", "b", "c", "d"])
    assert named.splitlines()[0] == "web-0: bind claim www-web-0 to volume c: it fits best"
    assert "volume number 2" in explain(web, observed, result, 0)
    assert told(web.__replace__(profile="upstream"), observed)[0].startswith("0 to 0 wait")


def test_nodes_and_budgets_decide_what_becomes_of_their_pods() -> None:
    web = StatefulSet(name="web", replicas=2, update_revision=1, finalizer_held=True, profile=Profile.STANDALONE)
    pods = [Pod(ordinal=0, revision=1, ready=True, node=0, budget=0), Pod(ordinal=1, revision=1, ready=True, node=1)]
    draining = [Node(draining=True), Node()]
    allowing, forbidding = [Budget(allowed=1)], [Budget(allowed=0, healthy=1, desired_healthy=1)]
    observed = Observed(pods=pods, nodes=draining, budgets=allowing)
    assert told(web, observed) == ["evict pod 0, which is entry 0"]
    held = observed.__replace__(budgets=forbidding)
    assert told(web, held) == ["0 to 0 wait: budget"]
    assert (
        explain(web, held, plan(web, held, 0), 0, budgets=["quorum"])
        == "web-0: not moved yet: disruption budget quorum allows no disruption now"
    )
    gone = [pods[0].__replace__(terminating_since=0), pods[1]]
    fenced = Observed(pods=gone, nodes=[Node(state="fenced", since=0), Node()], budgets=allowing)
    assert told(web, fenced, 10)[0] == "force-delete pod 0, which is entry 0, on node 0"


def test_ordered_shutdown_takes_the_highest_ordinal_first() -> None:
    web = StatefulSet(replicas=3, update_revision=1, deletion="with-pods", profile=Profile(shutdown="ordered"))
    assert told(web, PODS)[:2] == ["delete pod 2, which is entry 0", "0 to 1 wait: order"]
    assert told(web, []) == []
    assert told(web.__replace__(finalizer_held=True), []) == ["release the finalizer"]
    assert told(web.__replace__(deletion="no"), PODS) == ["hold the finalizer"]


def test_what_happened_decides_the_status() -> None:
    web = StatefulSet(replicas=3, update_revision=2, current_revision=1)
    result = plan(web, PODS, 0)
    done = result.conclude(["done", "not-tried"])
    assert (done.next, done.status) == ("rest", result.status)
    assert done.status is not None and done.status.current == 2
    failed = result.conclude(["failed"])
    assert failed.next == "retry"
    assert failed.status is not None and failed.status.current == 3
    assert isinstance(failed, Conclusion) and failed != done


def test_a_plan_in_sentences() -> None:
    web = StatefulSet(name="web", replicas=3, update_revision=1)
    pods = PODS[1:2]
    assert explain(web, pods, plan(web, pods, 0), 0).splitlines() == [
        "web-1: create the pod: it is missing",
        "web-2: not created yet: web-1 comes first",
    ]


def test_plans_are_compared_by_what_they_say() -> None:
    web = StatefulSet(replicas=3, update_revision=2, current_revision=1)
    first, second = plan(web, PODS, 0), plan(web, tuple(PODS), 0)
    assert first == second and hash(first) == hash(second) and first is not second
    assert first != plan(web, PODS[:1], 0)
    assert repr(first).startswith("Plan(actions=(DeletePod(ordinal=2, pod=0, must_exist=False, reason='rollout'")


def test_many_threads_plan_at_once() -> None:
    web = StatefulSet(replicas=3, update_revision=2, current_revision=1)
    first = plan(web, PODS, 0).actions
    with ThreadPoolExecutor(8) as pool:
        for result in pool.map(lambda _: plan(web, PODS, 0), range(200)):
            assert result.actions == first


def test_others_run_while_a_long_plan_is_made() -> None:
    pods = [Pod(ordinal=n, revision=1, ready=True) for n in reversed(range(100_000))]
    observed = Observed(pods=pods)
    web = StatefulSet(replicas=100_000, update_revision=2, current_revision=1, management="Parallel")
    ticks: list[float] = []
    done = threading.Event()

    def tick() -> None:
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.000_1)

    def ticks_while_planning() -> int:
        time.sleep(0.001)
        begin = time.perf_counter()
        plan(web, observed, 0)
        end = time.perf_counter()
        return sum(begin < at < end for at in ticks)

    # No thread loses its turn before it gives it up.
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1_000)
    other = threading.Thread(target=tick)
    other.start()
    try:
        # On a busy machine the other thread may miss its chance now and then.
        assert any(ticks_while_planning() > 0 for _ in range(20))
    finally:
        done.set()
        other.join()
        sys.setswitchinterval(interval)
