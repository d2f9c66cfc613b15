from __future__ import annotations

import re
from pathlib import Path

import pytest


def test_the_readme_s_program_prints_what_the_readme_says(capsys: pytest.CaptureFixture[str]) -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text()
    blocks = dict(re.findall(r"```(python|text)\n(.*?)```", readme, re.DOTALL))
    exec(blocks["python"], {})
    assert capsys.readouterr().out == blocks["text"]
