from __future__ import annotations

import copy
import datetime
import pickle
import sys
from datetime import timedelta, timezone
from typing import Any

import pytest

import statefulset
from statefulset import MAX_ORDINAL, NO_ORDINAL, Pod, Profile, StatefulSet, _statefulset, kubernetes, plan

from .values import EXAMPLES, NOON, OBSERVED, PODS, VALUES, WEB, fields


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_values_are_compared_hashed_printed_copied_and_pickled_by_their_fields(value: object) -> None:
    names = {**vars(kubernetes), **vars(statefulset), "datetime": datetime, type(value).__name__: type(value)}
    pickled = [pickle.loads(pickle.dumps(value, protocol)) for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)]
    for twin in (eval(repr(value), names), copy.copy(value), copy.deepcopy(value), *pickled):
        assert twin == value and hash(twin) == hash(value) and type(twin) is type(value)
    assert type(value).__match_args__ == tuple(value.__getnewargs_ex__()[1])  # type: ignore[attr-defined]
    assert value != 1


@pytest.mark.parametrize("name", EXAMPLES)
def test_values_are_frozen_final_and_take_keywords_only(name: str) -> None:
    value: Any = EXAMPLES[name]
    taken = value.__getnewargs_ex__()[1]
    assert list(taken) == [field for owner, field, _ in fields() if owner == name]
    for field in taken:
        with pytest.raises(AttributeError):
            setattr(value, field, taken[field])
        with pytest.raises(AttributeError):
            delattr(value, field)
    with pytest.raises(AttributeError):
        value.other = 1
    with pytest.raises(TypeError, match="positional"):
        type(value)(*taken.values())
    with pytest.raises(TypeError):
        type("Other", (type(value),), {})


def test_every_class_is_a_value_class_but_for_clusters_and_what_they_and_the_planner_answer() -> None:
    classes = {name for name, it in vars(_statefulset).items() if isinstance(it, type)}
    assert classes - set(EXAMPLES) == {"Cluster", "Execution", "Plan", "Requests", "World"}
    assert set(EXAMPLES) <= classes


def test_a_plan_is_frozen_hashed_copied_and_pickled() -> None:
    for observed in (OBSERVED, PODS, tuple(PODS)):
        made = plan(WEB, observed, NOON)
        pickled = [pickle.loads(pickle.dumps(made, protocol)) for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)]
        for twin in (copy.copy(made), copy.deepcopy(made), *pickled):
            assert twin == made and hash(twin) == hash(made) and repr(twin) == repr(made)
            assert twin.conclude(["failed"]) == made.conclude(["failed"]) != made.conclude([])
    with pytest.raises(AttributeError):
        made.more = True  # type: ignore[misc]
    # What the caller does to the list later is no concern of the plan's.
    pods = list(PODS)
    made = plan(WEB, pods, NOON)
    pods.clear()
    assert pickle.loads(pickle.dumps(made)) == made


def test_a_value_with_a_change() -> None:
    changed = PODS[0].__replace__(ready=False)
    assert changed == Pod(ordinal=2, revision=1, ready_since=NOON)
    assert Profile.STANDALONE.__replace__(max_actions=0).max_actions == 0
    if sys.version_info >= (3, 13):
        assert copy.replace(PODS[0], ready=False) == changed
    with pytest.raises(TypeError, match="reddy"):
        PODS[0].__replace__(reddy=True)


def test_profiles_by_name_and_by_value() -> None:
    assert StatefulSet(replicas=1, update_revision=1).profile == Profile() == Profile.UPSTREAM
    assert WEB.profile == Profile.STANDALONE
    assert Profile.STANDALONE.unreachable_after == timedelta(minutes=5)
    assert Profile.UPSTREAM.unreachable_after is None


def test_moments_come_out_as_they_went_in() -> None:
    elsewhere = NOON.astimezone(timezone(timedelta(hours=-7)))
    number = 1_767_268_800_000
    for moment in (NOON, elsewhere, number):
        since = Pod(ordinal=0, revision=1, ready_since=moment).ready_since
        assert since is not None
        assert since == NOON and since.tzinfo is datetime.UTC
    assert Pod(ordinal=0, revision=1, ready_since=-1).ready_since == datetime.datetime(
        1969, 12, 31, 23, 59, 59, 999_000, tzinfo=datetime.UTC
    )
    assert StatefulSet(replicas=1, update_revision=1, min_ready=1_500).min_ready == timedelta(seconds=1.5)


def test_time_is_an_argument_and_the_wake_up_is_a_moment() -> None:
    pod = Pod(ordinal=0, revision=1, ready=True, ready_since=NOON)
    web = StatefulSet(replicas=1, update_revision=1, min_ready=timedelta(seconds=30))
    assert plan(web, [pod], NOON + timedelta(seconds=29)).next_wake == NOON + timedelta(seconds=30)
    assert plan(web, [pod], NOON + timedelta(seconds=30)).next_wake is None


def test_a_wake_up_beyond_all_datetimes_is_the_last_one() -> None:
    pod = Pod(ordinal=0, revision=1, ready=True, ready_since=NOON)
    web = StatefulSet(replicas=1, update_revision=1, min_ready=timedelta.max)
    last = datetime.datetime.max.replace(microsecond=999_000, tzinfo=datetime.UTC)
    assert plan(web, [pod], 0).next_wake == last
    assert Pod(ordinal=0, revision=1, ready_since=last).ready_since == last
    first = datetime.datetime.min.replace(tzinfo=datetime.UTC)
    assert Pod(ordinal=0, revision=1, ready_since=first).ready_since == first


def test_a_pod_without_a_place_counts_only_where_the_set_is_deleted() -> None:
    pods = [Pod(ordinal=NO_ORDINAL, revision=1)]
    assert NO_ORDINAL > MAX_ORDINAL == 2**31 - 1
    web = StatefulSet(replicas=0, update_revision=1, current_revision=1)
    status = plan(web, pods, 0).status
    assert status is not None and status.replicas == 0
    status = plan(web.__replace__(deletion="with-pods"), pods, 0).status
    assert status is not None and status.replicas == 1
