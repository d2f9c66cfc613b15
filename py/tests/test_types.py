"""What type checkers prove: a `match` over `Action` that lacks a class, or a word that there is not, is an error."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

from statefulset import Action

NAMES = [action.__name__ for action in get_args(Action)]
HEAD = "from typing import assert_never\nfrom statefulset import *\nfrom statefulset.kubernetes import Request\n"
# Each of these lines is wrong.
WRONG = [
    'StatefulSet(replicas=1, update_revision=1, management="parallel")',
    "StatefulSet(1, 1)",
    "Pod(ordinal=0)",
    "Observed(pods=[1])",
    "PODS[0].ready = True",
    'Request(method="GET", path="/")',
    'plan(WEB, PODS, "now")',
    'plan(WEB, PODS, 0).conclude(["ok"])',
    'plan(WEB, PODS, 0).actions[0].reason == "scaleout"',
    "plan(WEB, PODS, 0).actions[0].pod",
]


def function(name: str, classes: list[str]) -> str:
    cases = "".join(f"        case {it}():\n            return\n" for it in classes)
    head = f"def {name}(action: Action) -> None:\n    match action:\n"
    return f"{head}{cases}        case _:\n            assert_never(action)\n"


def test_mypy_proves_a_match_exhaustive_and_knows_the_words(tmp_path: Path) -> None:
    lines = [HEAD, function("all_of_them", NAMES)]
    lines += [function(f"all_but_{name}", [it for it in NAMES if it != name]) for name in NAMES]
    lines.append("WEB = StatefulSet(replicas=1, update_revision=1)\nPODS = [Pod(ordinal=0, revision=1)]\n")
    right = "".join(lines)
    program = tmp_path / "program.py"
    program.write_text(right + "\n".join(WRONG) + "\n")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir", str(tmp_path / "cache")]
    checked = subprocess.run([*command, str(program)], capture_output=True, text=True, timeout=600, check=False)
    said = [re.fullmatch(r".*program\.py:(\d+): error: (.*)", line) for line in checked.stdout.splitlines()]
    errors = [(int(it[1]), it[2]) for it in said if it]
    unmatched = [text for _, text in errors if "assert_never" in text]
    assert [re.search(r'has incompatible type "(\w+)"', text)[1] for text in unmatched] == NAMES  # type: ignore[index]
    begin = right.count("\n")
    wrong = {WRONG[line - begin - 1] for line, text in errors if "assert_never" not in text}
    assert wrong == set(WRONG), checked.stdout + checked.stderr
