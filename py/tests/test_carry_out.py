"""Plans carried out: one by one, and side by side."""

from __future__ import annotations

import asyncio

import pytest

from statefulset import (
    Action,
    CreateClaim,
    CreatePod,
    Observed,
    Outcome,
    Plan,
    PlanError,
    StatefulSet,
    carry_out,
    carry_out_async,
    plan,
)


def wide() -> Plan:
    """Pods that may start beside each other, after the first, each with a claim."""
    desired = StatefulSet(replicas=3, update_revision=1, templates=["data"], management="Parallel")
    return plan(desired, Observed(pods=[], claims=[]), 0)


def line(action: Action) -> str:
    assert isinstance(action, CreateClaim | CreatePod)
    return f"{type(action).__name__} {action.ordinal}"


def test_what_depends_on_a_failure_is_not_done() -> None:
    done: list[str] = []

    def act(action: Action) -> Outcome:
        done.append(line(action))
        return "failed" if len(done) == 3 else "done"

    assert carry_out(wide(), act).next == "retry"
    assert done == ["CreateClaim 0", "CreatePod 0", "CreateClaim 1", "CreateClaim 2", "CreatePod 2"]


@pytest.mark.parametrize(("width", "most"), [(0, 1), (1, 1), (2, 2), (32, 2)])
def test_chains_go_side_by_side(width: int, most: int) -> None:
    done: list[str] = []
    now = peak = 0

    async def act(action: Action) -> Outcome:
        nonlocal now, peak
        now += 1
        peak = max(peak, now)
        await asyncio.sleep(0)
        done.append(line(action))
        now -= 1
        return "done"

    assert asyncio.run(carry_out_async(wide(), act, width=width)).next == "rest"
    assert (len(done), peak) == (6, most)
    for ordinal in range(3):
        assert done.index(f"CreateClaim {ordinal}") < done.index(f"CreatePod {ordinal}")


def test_what_is_under_way_ends_with_an_error() -> None:
    ended: list[str] = []

    async def act(action: Action) -> Outcome:
        if action.ordinal == 2:
            raise RuntimeError("no room")
        try:
            await asyncio.sleep(0 if action.ordinal == 0 else 60)
        except asyncio.CancelledError:
            ended.append(line(action))
            raise
        return "done"

    with pytest.raises(RuntimeError, match="no room"):
        asyncio.run(carry_out_async(wide(), act))
    assert ended == ["CreateClaim 1"]


def test_a_word_that_is_no_outcome_is_refused() -> None:
    with pytest.raises(PlanError):
        carry_out(wide(), lambda _: "fine")  # type: ignore[arg-type, return-value]


def test_outcomes_may_come_in_any_order() -> None:
    execution = wide().execution()
    for index in (0, 1):
        assert (execution.start(), execution.start()) == (index, None)
        assert execution.end(index, "done") and not execution.end(index, "done")
    assert [execution.start() for _ in range(3)] == [2, 4, None]
    assert execution.end(4, "done") and execution.start() == 5
    assert not any(execution.end(index, "done") for index in (3, 99, -1))
    assert execution.end(5, "done") and not execution.is_over
    assert execution.end(2, "failed") and execution.is_over
    assert execution.outcomes == ["done", "done", "failed", "not-tried", "done", "done"]
