"""Takes the wheel as a user does, and runs the programs of the README.

    python -m tests.installed FOLDER            installs from it into an empty environment that knows no compiler
    python -m tests.installed FOLDER COMMAND…   unpacks the wheel for COMMAND's machine: a Python that cannot run pip

Needs Python's own library alone.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from .readme import PROGRAMS

COMPILERS = ("cargo", "rustc", "cc", "gcc", "clang", "zig")


def install(dist: Path, home: Path) -> tuple[list[str], dict[str, str]]:
    """A Python of an empty environment with the package in it, and the environment's variables."""
    venv.create(home / "venv", with_pip=True)
    folder = home / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    variables = {"PATH": str(folder), "HOME": str(home)}
    found = [name for name in COMPILERS if shutil.which(name, path=variables["PATH"])]
    assert not found, found
    pip = [str(folder / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--no-index"]
    subprocess.run([*pip, "--find-links", str(dist.resolve()), "statefulset"], cwd=home, env=variables, check=True)
    return [str(folder / "python")], variables


def unpack(dist: Path, home: Path, python: list[str]) -> tuple[list[str], dict[str, str]]:
    """That Python, and the variables by which it finds the unpacked wheel."""
    ask = "import platform, sysconfig; print(platform.machine(), sysconfig.get_config_var('SOABI'))"
    asked = subprocess.run([*python, "-c", ask], capture_output=True, text=True, check=True).stdout.split()
    libc = "musllinux" if asked[1].endswith("-musl") else "manylinux"
    (wheel,) = (it for it in dist.glob("*.whl") if asked[0] in it.name and libc in it.name)
    zipfile.ZipFile(wheel).extractall(home)
    print(f"unpacked {wheel.name}")
    return python, {"PYTHONPATH": str(home), "PYTHONDONTWRITEBYTECODE": "1"}


def main() -> None:
    """Says what was run where, and fails at the first difference."""
    dist, python = Path(sys.argv[1]), sys.argv[2:]
    with TemporaryDirectory() as folder:
        home = Path(folder)
        command, variables = unpack(dist, home, python) if python else install(dist, home)
        for code, printed in PROGRAMS:
            done = subprocess.run(
                [*command, "-"], input=code, cwd=home, env=variables, capture_output=True, text=True, check=False
            )
            if (done.returncode, done.stdout) != (0, printed):
                sys.exit(f"expected\n{printed}found\n{done.stdout}{done.stderr}")
        ask = "import platform as p, statefulset as s; print(s.__version__, 'on', p.python_version(), p.platform())"
        where = subprocess.check_output([*command, "-c", ask], cwd=home, env=variables, text=True)
    print(f"{len(PROGRAMS)} programs of the README print what it says: statefulset {where.strip()}")


if __name__ == "__main__":
    main()
