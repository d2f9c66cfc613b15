"""Whatever is public says what it is, what it takes, and what it raises."""

from __future__ import annotations

import ast
import inspect
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import statefulset
from statefulset import kubernetes, simulate

MODULES = (statefulset, kubernetes, simulate)
SILENT = {
    # Nothing is wrong with what they take, or they say it in their answer.
    "allot",
    "execute",
    "execute_async",
    "Outcome.of_response",
    "Request.succeeded",
    "Request.in_short",
    "Requests.may_try",
    "Api.send",
    "Api.record",
    "ApiClient.param_serialize",
    "AsyncApiClient.param_serialize",
}


def public() -> Iterator[tuple[str, Any]]:
    for module in MODULES:
        for name in module.__all__:
            if name != "__version__":
                yield f"{module.__name__}.{name}", getattr(module, name)


def members(owner: type) -> Iterator[tuple[str, Any]]:
    for name, member in vars(owner).items():
        if not name.startswith("_") and type(member) is not owner:
            yield f"{owner.__name__}.{name}", inspect.unwrap(getattr(owner, name))


def callables() -> Iterator[tuple[str, Any]]:
    for name, it in public():
        if isinstance(it, type):
            yield from ((name, member) for name, member in members(it) if callable(member))
        elif callable(it) and inspect.getdoc(it) and not is_alias(it):
            yield name.rsplit(".", 1)[1], it


def is_alias(it: Any) -> bool:
    """Type checkers' words and unions, and constants."""
    return not isinstance(it, (type, types.FunctionType, types.BuiltinFunctionType))


@pytest.mark.parametrize("module", MODULES)
def test_modules_have_docstrings(module: types.ModuleType) -> None:
    assert inspect.getdoc(module)


@pytest.mark.parametrize(("name", "it"), [(name, it) for name, it in public() if isinstance(it, type)])
def test_classes_and_all_their_members_have_docstrings(name: str, it: type) -> None:
    assert it.__doc__ and it.__doc__ != Exception.__doc__
    undocumented = [member for member, what in members(it) if not getattr(what, "__doc__", None)]
    attributes = {member for member in undocumented if f"\n    {member.split('.')[1]}: " in f"\n{it.__doc__}"}
    assert set(undocumented) - attributes == set()


@pytest.mark.parametrize(("name", "it"), sorted(dict(callables()).items()))
def test_functions_tell_of_their_arguments_and_what_they_raise(name: str, it: Any) -> None:
    told = inspect.getdoc(it)
    assert told
    taken = [name for name in inspect.signature(it).parameters if name not in ("self", "uid", "message")]
    if len(taken) > 2:
        assert [name for name in taken if name not in told] == []
    assert ("Raises:" in told) == (bool(taken) and name not in SILENT)


def test_words_and_unions_have_a_line_below_them() -> None:
    folder = Path(statefulset.__file__).parent
    for file in ("__init__.py", "_words.py", "_official.py"):
        body = ast.parse((folder / file).read_text()).body
        for line, below in zip(body, [*body[1:], None], strict=True):
            names = [getattr(line, "target", None), *getattr(line, "targets", ())]
            if any(isinstance(name, ast.Name) and not name.id.startswith("_") for name in names):
                assert isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) and below.value.value


def test_times_and_numbers_say_their_units_and_ranges() -> None:
    told = {name: inspect.getdoc(getattr(owner, field)) or "" for name, owner, field in places()}
    assert all(any(word in text for word in ("millisecond", "timedelta")) for text in told.values()), told
    assert "2147483647" in (inspect.getdoc(statefulset.StatefulSet.replicas) or "")
    assert "MAX_ORDINAL" in (inspect.getdoc(statefulset.Pod.ordinal) or "")
    assert "Bytes" in (inspect.getdoc(statefulset.Volume.capacity) or "")


def places() -> Iterator[tuple[str, Any, str]]:
    yield "min_ready", statefulset.StatefulSet, "min_ready"
    yield "unreachable_after", statefulset.Profile, "unreachable_after"
