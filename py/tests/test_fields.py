"""Each field of each value class takes what the stub says, and refuses all else by its name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, get_args

import pytest

from statefulset import Observed, PlanError, StatefulSet, _words, explain, kubernetes, plan, simulate

from .values import EXAMPLES, NOON, fields

FIELDS = list(fields())
MOMENTS = [(name, field) for name, field, kind in FIELDS if "datetime" in kind]
LENGTHS = [(name, field) for name, field, kind in FIELDS if "timedelta" in kind]
NUMBERS = [(name, field) for name, field, kind in FIELDS if kind in ("int", "int | None")]
WORDS = [
    (name, field, word, "Sequence" in kind)
    for name, field, kind in FIELDS
    for word in vars(_words)
    if word != "Literal" and word in kind.replace("[", " ").replace("]", " ").split()
]
# Its own name in the stub is that of a class.
RENAMED = {"_ActionOutcome": "Outcome"}


def refusal(name: str, field: str, value: object) -> PlanError:
    """What a class says to a value."""
    with pytest.raises(PlanError, match=rf"^{name}\.{field}: ") as error:
        EXAMPLES[name].__replace__(**{field: value})  # type: ignore[attr-defined]
    assert (error.value.field, error.value.index) == (field, None)
    assert error.value.list and error.value.code in get_args(_words.Code)
    return error.value


def test_the_stub_has_fields_of_every_sort() -> None:
    assert min(len(MOMENTS), len(LENGTHS)) > 1 and min(len(NUMBERS), len(WORDS)) > 30


@pytest.mark.parametrize(("name", "field"), MOMENTS)
def test_a_naive_datetime_is_refused(name: str, field: str) -> None:
    assert refusal(name, field, datetime(2026, 1, 1)).code == "naive-datetime"
    with pytest.raises(TypeError, match="aware datetime"):
        EXAMPLES[name].__replace__(**{field: 1.5})  # type: ignore[attr-defined]
    taken: Any = EXAMPLES[name].__replace__(**{field: NOON})  # type: ignore[attr-defined]
    assert getattr(taken, field) == NOON


@pytest.mark.parametrize(("name", "field"), LENGTHS)
def test_a_length_of_time_is_a_timedelta_or_milliseconds(name: str, field: str) -> None:
    for length in (timedelta(seconds=2), 2_000):
        taken: Any = EXAMPLES[name].__replace__(**{field: length})  # type: ignore[attr-defined]
        assert getattr(taken, field) == timedelta(seconds=2)
    with pytest.raises(TypeError, match="timedelta"):
        EXAMPLES[name].__replace__(**{field: 2.0})  # type: ignore[attr-defined]
    assert refusal(name, field, 2**70).code == "too-large"


@pytest.mark.parametrize(("name", "field"), NUMBERS)
def test_a_number_has_its_range(name: str, field: str) -> None:
    assert refusal(name, field, 2**70).code == "too-large"
    if not field.endswith("generation"):
        assert refusal(name, field, -1).code == "negative"
    with pytest.raises(TypeError):
        EXAMPLES[name].__replace__(**{field: "1"})  # type: ignore[attr-defined]


@pytest.mark.parametrize(("name", "field", "word", "many"), WORDS)
def test_a_word_is_one_of_those_that_type_checkers_know(name: str, field: str, word: str, many: bool) -> None:
    known = get_args(getattr(_words, RENAMED.get(word, word)))
    error = refusal(name, field, ["?"] if many else "?")
    assert error.code == "unknown-word"
    assert str(error).split(": must be one of ")[1] == f'{", ".join(known)}, not "?"'
    for each in known:
        taken: Any = EXAMPLES[name].__replace__(**{field: [each] if many else each})  # type: ignore[attr-defined]
        assert word == "ProfileName" or getattr(taken, field) == ((each,) if many else each)


WEB = StatefulSet(replicas=1, update_revision=1)
SEEN = kubernetes.Cluster()
CALLS: dict[str, Callable[[Any], object]] = {
    "plan": lambda now: plan(WEB, [], now),
    "explain": lambda now: explain(WEB, Observed(pods=[]), plan(WEB, [], 0), now),
    "due": SEEN.due,
    "Cluster.plan": lambda now: SEEN.plan("a/b", now),
    "Cluster.explain": lambda now: SEEN.explain("a/b", now),
    "diagnose": lambda now: SEEN.diagnose("a/b", now),
    "upgrade": lambda now: SEEN.upgrade("a/b", "1.33", "1.37", now),
    "reconcile": lambda now: kubernetes.reconcile("a/b", [], now, complete=[]),
    "carry_out": lambda now: kubernetes.carry_out(SEEN, "a/b", now, lambda _: kubernetes.Outcome(status="done")),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_now_is_aware(call: Callable[[Any], object]) -> None:
    with pytest.raises(PlanError, match=r"^now: must be aware") as error:
        call(datetime(2026, 1, 1))
    assert (error.value.code, error.value.list) == ("naive-datetime", "now")


def test_a_simulated_cluster_begins_at_a_moment() -> None:
    with pytest.raises(PlanError, match=r"^start: must be aware"):
        simulate.Cluster(start=datetime(2026, 1, 1))
