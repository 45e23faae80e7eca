"""Makes the environment and installs what the lock files name: `python3 tools/install.py .venv site|dev|audit|bench`.

Runs with whatever Python there is and imports nothing else, so that it can say what is missing.
Every install is held to the hashes in requirements/, and nothing is built from source but Nutgraf itself.
An environment that is there already is kept and filled up.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
NEWER_NAMES = ("python3.14", "python3.13", "python3.12", "python3.11")
LOCKS = ("site", "dev", "audit", "bench")
APART = ("audit", "bench")
"""Which of them have nothing to do with Nutgraf itself."""
# Errors only: how somebody's pip is set up is not our business to comment on.
QUIET = ("-qq", "--disable-pip-version-check", "--no-input")
# Wheels only: building from source would run build tools that no lock holds.
LOCKED = ("--require-hashes", "--only-binary", ":all:")


def find_python() -> str:
    """Return a Python that is new enough: this one, else one that its name says is newer.

    Raises:
        SystemExit: there is none.
    """
    if sys.version_info >= OLDEST:
        return sys.executable
    for name in NEWER_NAMES:
        path = shutil.which(name)
        if path:
            return path
    wanted, found = (".".join(map(str, version[:2])) for version in (OLDEST, sys.version_info))
    raise SystemExit(
        f"Nutgraf needs Python {wanted} or newer, and this is {found} ({sys.executable}).\n"
        f"Install one, then say which: make PYTHON=/path/to/python{wanted} ..."
    )


def runs(python: Path, *arguments: str) -> bool:
    """Tell whether `python` is there and ends well when it is run with `arguments`."""
    return python.exists() and subprocess.run([python, *arguments], capture_output=True, check=False).returncode == 0


def is_sound(python: Path) -> bool:
    """Tell whether an environment's Python is new enough and has pip; one that lacks only pip is given it.

    uv makes environments without pip, and so does Python's venv where it fails half-way.
    """
    if not runs(python, "-c", f"import sys; sys.exit(sys.version_info < {OLDEST})"):
        return False
    has_pip = ("-m", "pip", "--version")
    return runs(python, *has_pip) or (runs(python, "-m", "ensurepip") and runs(python, *has_pip))


def make_environment(folder: Path) -> Path:
    """Make a virtual environment in `folder` unless a sound one is there, and return its Python.

    Raises:
        SystemExit: the environment could not be made; the message says what to do.
    """
    python = folder / "bin" / "python"
    if is_sound(python):
        return python
    base = find_python()
    made = subprocess.run([base, "-m", "venv", "--clear", str(folder)], capture_output=True, text=True, check=False)
    if made.returncode == 0 and is_sound(python):
        return python
    # Debian and Ubuntu ship Python without ensurepip, in a package of its own. With --without-pip the
    # environment could be made, but then a pip from elsewhere, of any age, would have to fill it.
    sys.stderr.write(made.stdout + made.stderr)
    version = subprocess.run(
        [base, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"], capture_output=True, text=True, check=True
    ).stdout.strip()
    raise SystemExit(
        f"\nNo virtual environment could be made in {folder}: `{base} -m venv` failed.\n"
        f"On Debian or Ubuntu it is in a package of its own:\n"
        f"    sudo apt-get install python{version}-venv\n"
        f"Or say which other Python is to be used: make PYTHON=/path/to/python3 ..."
    )


def pip(python: Path, *arguments: str) -> None:
    """Run pip's `install`, and end with its exit code when it fails (it has said why)."""
    done = subprocess.run([python, "-m", "pip", "install", *QUIET, *arguments], cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit(done.returncode)


def main() -> None:
    """Install one lock file into one environment."""
    parser = argparse.ArgumentParser(description="Make the environment and install what a lock file names.")
    parser.add_argument("folder", type=Path, help="where the environment is, or is to be made")
    parser.add_argument("lock", choices=LOCKS, help="which of requirements/*.txt")
    wanted = parser.parse_args()
    python = make_environment(wanted.folder.absolute())
    print(f"Installing requirements/{wanted.lock}.txt into {wanted.folder} ...", flush=True)
    pip(python, *LOCKED, "--requirement", str(ROOT / "requirements" / f"{wanted.lock}.txt"))
    if wanted.lock not in APART:
        # The build tool comes from the lock too, hence no isolated build with tools fetched for it.
        pip(python, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))


if __name__ == "__main__":
    main()
