from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "py" / "README.md").read_text()
BLOCKS: list[tuple[str, str]] = re.findall(r"```(python test|python|text)\n(.*?)```", README, re.DOTALL)
PROGRAMS = [
    (code, printed)
    for (kind, code), (_, printed) in zip(BLOCKS, [*BLOCKS[1:], ("", "")], strict=True)
    if kind == "python"
]


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
