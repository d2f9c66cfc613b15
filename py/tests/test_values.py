from __future__ import annotations

import copy
import datetime
import pickle
import sys
from datetime import timedelta, timezone

import pytest

import statefulset
from statefulset import (
    MAX_ORDINAL,
    NO_ORDINAL,
    Budget,
    Claim,
    Node,
    Observed,
    Pod,
    Profile,
    StatefulSet,
    Status,
    Volume,
    Wait,
    plan,
)

NOON = datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.UTC)
PODS = [Pod(ordinal=n, revision=1, ready=True, ready_since=NOON) for n in (2, 0, 1)]
CLAIMS = [Claim(ordinal=n, terminating_since=1) for n in (0, 1, 2)]
WEB = StatefulSet(
    name="web",
    replicas=3,
    update_revision=2,
    current_revision=1,
    templates=["www"],
    max_unavailable="50%",
    min_ready=timedelta(minutes=1),
    profile="standalone",
)
VALUES = [
    WEB,
    *PODS,
    *CLAIMS,
    Status(current_revision=1, update_revision=2, progressing="creating"),
    Volume(capacity=1, reserved=3, modes=["ReadWriteOncePod"], domain=1, matches=5),
    Volume(capacity=1, reserved="other"),
    Node(state="gone", since=NOON),
    Budget(allowed=1),
    Profile(unreachable_after=timedelta(seconds=1), require_fence=True),
    Observed(pods=PODS, claims=CLAIMS, nodes=[Node()], fresh=False),
    Wait(ordinal=0, through=1, gates=["order"], on="pod", on_index=0, until=NOON, reason="health", stage=0, step=0),
    *plan(WEB, Observed(pods=PODS, claims=CLAIMS), NOON).actions,
    plan(WEB, Observed(pods=PODS, claims=CLAIMS), NOON).conclude([]),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_values_are_compared_hashed_printed_copied_and_pickled_by_their_fields(value: object) -> None:
    names = vars(statefulset) | {"datetime": datetime, "Conclusion": statefulset.Conclusion}
    for twin in (eval(repr(value), names), pickle.loads(pickle.dumps(value)), copy.deepcopy(value)):
        assert twin == value and hash(twin) == hash(value) and type(twin) is type(value)
    assert type(value).__match_args__ == tuple(value.__getnewargs_ex__()[1])  # type: ignore[attr-defined]
    assert value != 1


def test_values_are_frozen_and_take_keywords_only() -> None:
    with pytest.raises(AttributeError):
        PODS[0].ordinal = 5  # type: ignore[misc]
    with pytest.raises(TypeError):
        Pod(0, 1)  # type: ignore[call-arg]
    assert PODS[0] != PODS[1]


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
