from __future__ import annotations

import pickle
from datetime import datetime
from typing import get_args

import pytest

from statefulset import (
    Claim,
    Code,
    Observed,
    PlanError,
    Pod,
    StatefulSet,
    Volume,
    plan,
)

WEB = StatefulSet(replicas=1, update_revision=1)


def place(error: pytest.ExceptionInfo[PlanError]) -> tuple[str, str, int | None, str]:
    assert error.value.code in get_args(Code)
    return error.value.code, error.value.list, error.value.index, error.value.field


def test_the_planner_s_refusals_name_the_place() -> None:
    with pytest.raises(PlanError, match="must be at most 2147483647") as error:
        plan(WEB.__replace__(replicas=2**31), [], 0)
    assert place(error) == ("too-large", "desired", 0, "replicas")
    with pytest.raises(PlanError, match="must not be negative") as error:
        plan(WEB.__replace__(min_ready=-1), [], 0)
    assert place(error) == ("negative", "desired", 0, "min_ready")
    with pytest.raises(PlanError) as error:
        plan(WEB, Observed(pods=[], claims=[Claim(ordinal=0)]), 0)
    assert place(error) == ("no-such-entry", "claims", 0, "template")
    with pytest.raises(PlanError) as error:
        plan(WEB, Observed(pods=[], volumes=[Volume(capacity=1, reserved=4)]), 0)
    assert place(error) == ("no-such-entry", "volumes", 0, "reserved")
    again = pickle.loads(pickle.dumps(error.value))
    assert (str(again), again.code, again.list, again.field) == (
        str(error.value),
        "no-such-entry",
        "volumes",
        "reserved",
    )


def test_a_value_that_cannot_be_made_says_which_field() -> None:
    with pytest.raises(PlanError, match=r"^Pod\.ordinal: must not be negative$") as error:
        Pod(ordinal=-1, revision=1)
    assert place(error) == ("negative", "pods", None, "ordinal")
    for huge in (2**32, 2**64, 2**200, -(2**200)):
        with pytest.raises(PlanError):
            StatefulSet(replicas=huge, update_revision=1)
    with pytest.raises(PlanError, match='not "Runing"') as error:
        Pod(ordinal=0, revision=1, phase="Runing")  # type: ignore[arg-type]
    assert place(error) == ("unknown-word", "pods", None, "phase")
    for limit in ("", "%", "5", "-5%", "+5%", "1e2%", "99999999999%"):
        with pytest.raises(PlanError):
            StatefulSet(replicas=1, update_revision=1, max_unavailable=limit)
    with pytest.raises(PlanError, match="must be one of upstream, standalone"):
        StatefulSet(replicas=1, update_revision=1, profile="Upstream")  # type: ignore[arg-type]
    with pytest.raises(PlanError, match="outcomes: must be one of done"):
        plan(WEB, [], 0).conclude(["ok"])  # type: ignore[list-item]


def test_a_naive_datetime_is_no_moment() -> None:
    naive = datetime(2026, 1, 1)
    with pytest.raises(PlanError, match=r"^Pod\.ready_since: must be aware") as error:
        Pod(ordinal=0, revision=1, ready_since=naive)
    assert place(error) == ("naive-datetime", "pods", None, "ready_since")
    with pytest.raises(PlanError, match=r"^now: must be aware"):
        plan(WEB, [], naive)
    with pytest.raises(PlanError, match="year 9999"):
        plan(WEB, [], 2**63 - 1)


def test_wrong_types_are_told_from_wrong_values() -> None:
    with pytest.raises(TypeError, match="aware datetime"):
        plan(WEB, [], 1.5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="timedelta"):
        StatefulSet(replicas=1, update_revision=1, min_ready="1s")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="expected an Observed, or a sequence of Pod"):
        plan(WEB, [1], 0)  # type: ignore[list-item]
