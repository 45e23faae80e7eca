"""The wheel, installed where nothing of this folder can be reached, makes a site of its own and builds it.

The environment is empty but for the wheel; the packages that Nutgraf needs are lent to it from the environment that the
tests run in (by a path, whose own `.pth` files Python does not read: so the editable Nutgraf is not lent). Installing
them from the lock again would need the network and prove no more about the wheel.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel in it.

    Attributes:
        bin: the folder with its commands.
        packages: its own site-packages.
    """

    bin: Path
    packages: Path

    def run(self, *command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run a command of this environment in `cwd`, with nothing in the way that leads back here."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        executable = str(self.bin / command[0])
        return subprocess.run(
            [executable, *command[1:]], cwd=cwd, env=environment, capture_output=True, text=True, check=False
        )


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, with the build tool of this environment, and return its path."""
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder), str(root))
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Install the wheel into an empty environment."""
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(folder, with_pip=False, symlinks=True)
    places = sysconfig.get_paths(scheme="venv", vars={"base": str(folder), "platbase": str(folder)})
    pip("--python", str(folder), "install", "--no-deps", "--no-index", str(wheel))
    packages = Path(places["purelib"])
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return Installed(Path(places["scripts"]), packages)


@pytest.fixture
def own_site(installed: Installed, tmp_path: Path) -> Path:
    """Make a site with `nutgraf init` and return its folder."""
    done = installed.run("nutgraf", "init", "own", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    return tmp_path / "own"


def pip(*arguments: str) -> None:
    """Run this environment's pip."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_wheel_holds_code_templates_and_licence_and_nothing_else(wheel: Path, root: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    templates = [path for path in (root / "templates").rglob("*") if path.is_file()]
    assert {f"nutgraf/templates/{path.relative_to(root / 'templates').as_posix()}" for path in templates} <= names
    assert {"nutgraf/__init__.py", "nutgraf/py.typed"} <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {name.split("/")[0].split("-")[0] for name in names} == {"nutgraf"}


def test_wheel_carries_the_version_of_the_project(wheel: Path, root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert wheel.name == f"nutgraf-{project['version']}-py3-none-any.whl"


def test_nutgraf_comes_from_the_wheel(installed: Installed, tmp_path: Path) -> None:
    done = installed.run("python", "-c", "import nutgraf; print(nutgraf.__file__)", cwd=tmp_path)
    assert done.stdout.strip() == str(installed.packages / "nutgraf" / "__init__.py"), done.stderr


def test_new_site_builds_elsewhere(installed: Installed, own_site: Path) -> None:
    done = installed.run("nutgraf", "build", cwd=own_site)
    assert done.returncode == 0, done.stdout + done.stderr
    stories = sorted((own_site / "content" / "stories").glob("*.yml"))
    assert stories, "`nutgraf init` made no story"
    for story in stories:
        page = own_site / "site" / "stories" / story.stem / "index.html"
        assert "<h1" in page.read_text(encoding="utf-8")


def test_templates_come_from_the_wheel(installed: Installed, own_site: Path) -> None:
    bundled = installed.packages / "nutgraf" / "templates"
    away = bundled.rename(bundled.with_name("templates-away"))
    try:
        done = installed.run("nutgraf", "build", cwd=own_site)
    finally:
        away.rename(bundled)
    assert done.returncode != 0, "the site was built with templates from somewhere else"
