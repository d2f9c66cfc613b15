from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from .readme import BLOCKS, PROGRAMS, README
from .server import Server

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("code", "printed"), PROGRAMS, ids=range(len(PROGRAMS)))
def test_a_program_prints_what_follows_it(code: str, printed: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(code, {})
    assert capsys.readouterr().out == printed


def test_the_test_passes(tmp_path: Path) -> None:
    (test,) = [code for kind, code in BLOCKS if kind == "python test"]
    (tmp_path / "test_web.py").write_text(test)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert "1 passed" in done.stdout, done.stdout + done.stderr


COMMANDS = [
    line.strip()
    for readme in (ROOT / "py" / "README.md", ROOT / "examples" / "python" / "database" / "README.md")
    for line in re.sub(r"```.*?```", "", readme.read_text(), flags=re.DOTALL).splitlines()
    if line.startswith("    ")
]


@pytest.mark.parametrize("command", sorted({it for it in COMMANDS if it.startswith("pip ")}))
def test_what_pip_is_told_to_install_can_be(command: str) -> None:
    """As a dry run: this is what `make test-py` has done. What is there already needs no installation."""
    arguments = shlex.split(command)[1:]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    pip = [sys.executable, "-m", "pip", *arguments, "--dry-run", "--no-index", "--no-build-isolation"]
    done = subprocess.run(
        pip, cwd=ROOT, env=os.environ | {"PATH": path}, capture_output=True, text=True, timeout=600, check=False
    )
    assert re.search(r"Would install statefulset-|already satisfied: statefulset\b", done.stdout), (
        done.stdout + done.stderr
    )


@pytest.mark.parametrize("command", sorted({it for it in COMMANDS if it.startswith("kopf ")}))
def test_the_operator_starts_and_asks_the_server(command: str, server: Server, tmp_path: Path) -> None:
    named = {"clusters": "cluster", "users": "user", "contexts": "context"}
    what = {"clusters": {"server": server.url}, "users": {"token": "secret"}, "contexts": {"cluster": "a", "user": "a"}}
    config: dict[str, object] = {kind: [{"name": "a", named[kind]: what[kind]}] for kind in named}
    kubeconfig = tmp_path / "kubeconfig"
    kubeconfig.write_text(json.dumps({"apiVersion": "v1", "kind": "Config", "current-context": "a", **config}))
    operator = subprocess.Popen(
        [sys.executable, "-m", *shlex.split(command)],
        cwd=ROOT,
        env=os.environ | {"KUBECONFIG": str(kubeconfig)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    deadline = time.monotonic() + 120
    while not server.seen and operator.poll() is None and time.monotonic() < deadline:
        time.sleep(0.1)
    operator.terminate()
    said, _ = operator.communicate(timeout=120)
    assert server.seen, said
    assert server.seen[0].path.startswith("/api")
    assert server.seen[0].headers["Authorization"] == "Bearer secret"


def test_what_is_made_is_a_target() -> None:
    targets = {it.removeprefix("make ") for it in COMMANDS if it.startswith("make ")}
    assert targets and targets <= set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def test_the_other_commands_are_kubectl_s() -> None:
    others = [shlex.split(it) for it in COMMANDS if not it.startswith(("pip ", "kopf ", "make "))]
    assert others and all(it[0] == "kubectl" for it in others)
    for file in (it[it.index("-f") + 1] for it in others if "-f" in it):
        assert all(found["kind"] for found in yaml.safe_load_all((ROOT / file).read_text()))


def test_its_links_and_files_are_there() -> None:
    links: list[str] = re.findall(r"\]\((\.\.[^)]*)\)", README)
    files: list[str] = re.findall(r"examples/python/\S+\.(?:py|yaml)", README)
    assert links and files
    assert all((ROOT / "py" / link).exists() for link in links)
    assert all((ROOT / file).exists() for file in files)


def test_the_project_s_own_readme_shows_the_same_package(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    exec(code, {})
    assert "Wait(ordinal=1" in capsys.readouterr().out
