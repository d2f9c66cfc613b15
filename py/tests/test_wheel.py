"""What is tested is the installed wheel: one for every Python from 3.11 on, with its types."""

from __future__ import annotations

import importlib.metadata
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import statefulset
from statefulset import _statefulset

ROOT = Path(__file__).parents[2]
WHEEL = importlib.metadata.distribution("statefulset")
FOLDER = Path(statefulset.__file__).parent


def test_the_package_is_the_installed_one() -> None:
    assert ROOT / "py" not in FOLDER.parents and FOLDER.parent.name == "site-packages"
    assert WHEEL.version == statefulset.__version__


def test_the_wheel_is_for_the_stable_abi_from_3_11_on() -> None:
    tags = [line for line in (WHEEL.read_text("WHEEL") or "").splitlines() if line.startswith("Tag: ")]
    assert tags and all(tag.startswith("Tag: cp311-abi3-") for tag in tags)
    assert sys.platform != "linux" or any("-manylinux_2_17_" in tag for tag in tags)
    assert ".abi3." in Path(_statefulset.__file__).name
    assert WHEEL.metadata["Requires-Python"] == ">=3.11"
    assert WHEEL.metadata.get_all("Provides-Extra") == ["kubernetes"]
    assert WHEEL.requires == ["kubernetes>=37 ; extra == 'kubernetes'"]


def test_other_pythons_take_it() -> None:
    program = "import statefulset as s; print(len(s.plan(s.StatefulSet(replicas=3, update_revision=1), [], 0).actions))"
    path = f"import sys; sys.path.append({str(FOLDER.parent)!r})"
    for minor in range(11, 20):
        python = sys.executable if minor == sys.version_info.minor else shutil.which(f"python3.{minor}")
        # A shim of a version manager may stand for nothing.
        if python is None or subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode != 0:
            continue
        done = subprocess.run([python, "-c", f"{path}; {program}"], capture_output=True, text=True, check=False)
        assert done.stdout == "2\n", done.stderr


def test_it_brings_types_and_the_fixture() -> None:
    files = {file.name for file in WHEEL.files or ()}
    assert {"py.typed", "_statefulset.pyi"} <= files
    (fixture,) = [it for it in WHEEL.entry_points if it.group == "pytest11"]
    assert fixture.value == "statefulset._pytest"


def test_a_panic_can_be_caught() -> None:
    profiles = tomllib.loads((ROOT / "Cargo.toml").read_text())["profile"]
    assert profiles["wheel"]["inherits"] == "release" and profiles["release"]["panic"] == "unwind"
    assert "panic" not in profiles["wheel"]
