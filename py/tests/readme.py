"""The programs of the README, and what it says that they print."""

from __future__ import annotations

import re
from pathlib import Path

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
BLOCKS: list[tuple[str, str]] = re.findall(r"```(python test|python|text)\n(.*?)```", README, re.DOTALL)
PROGRAMS = [
    (code, printed)
    for (kind, code), (_, printed) in zip(BLOCKS, [*BLOCKS[1:], ("", "")], strict=True)
    if kind == "python"
]
