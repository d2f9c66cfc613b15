"""`python -m statefulset` is the tool: the stories print what their golden texts have."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from statefulset.simulate import Cluster

from .manifests import stateful_set

STORIES = sorted((Path(__file__).parents[2] / "examples" / "stories").glob("*.story"))


def run(*arguments: object, input: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "statefulset", *map(str, arguments)]
    return subprocess.run(command, input=input, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.stem)
def test_a_story_prints_its_golden_text(story: Path) -> None:
    told = run("simulate", story)
    assert (told.stderr, told.returncode) == ("", 0)
    assert told.stdout == (story.parent / "golden" / f"{story.stem}.txt").read_text()


def test_there_are_stories() -> None:
    assert len(STORIES) > 10


def test_its_options_are_the_tool_s(tmp_path: Path) -> None:
    picture = tmp_path / "pods.svg"
    told = run("simulate", "--nodes", 2, "--profile", "upstream", "--timeline", picture, "-", input="get nodes\n")
    assert told.stdout.count("Ready") == 2
    assert picture.read_text().startswith("<svg")
    traced = run("simulate", "--trace", STORIES[0])
    assert "\n| " in traced.stdout


def test_a_story_that_fails_and_words_that_mean_nothing_have_their_exit_status() -> None:
    failed = run("simulate", "-", input="get foo\n")
    assert (failed.returncode, "expected `get foo` to succeed" in failed.stderr) == (1, True)
    assert run("simulate", "no such story").returncode == 2
    unknown = run("simulat")
    assert (unknown.returncode, "Usage: python -m statefulset" in unknown.stderr) == (2, True)
    assert "simulate" in run("--help").stdout


def test_explain_says_why_a_set_is_stuck(statefulset_cluster: Cluster) -> None:
    statefulset_cluster.kubectl("break image nginx:1")
    statefulset_cluster.apply(stateful_set())
    statefulset_cluster.settle()
    dump = statefulset_cluster.kubectl("get sts,po,controllerrevisions -o json")
    explained = run("explain", "-", "--now", "2026-01-01T02:00:00Z", input=dump)
    assert explained.returncode == 1
    assert "web-1, web-2: not created yet: web-0 comes first" in explained.stdout
