"""Ten different mistakes in five files: `nutgraf check` shows all ten, each at its place, and touches nothing."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TABLE = re.compile(
    r"^\| (?P<number>\d+) \| [^|]* \| `(?P<path>[^`]+)` \| (?P<line>\d+) \| (?P<start>\d+) to (?P<end>\d+) \|",
    re.MULTILINE,
)
HINTS = (
    "`aliases`",
    "`short`",
    "`2021-04-13`",
    "",
    '"{stones} fell',
    "`1200`",
    "harbour-gazette",
    "`prize`",
    "harbour-m",
    "",
)


@pytest.fixture(scope="module")
def project(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the site with the mistakes, with a site that was published before."""
    own = tmp_path_factory.mktemp("mistakes") / "project"
    shutil.copytree(root / "tests/sites/mistakes", own)
    (own / "site").mkdir()
    (own / "site/index.html").write_text("what was published")
    (own / "site/.nutgraf-site").touch()
    return own


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("nutgraf")), *arguments]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)


def test_all_ten_are_shown_at_their_places(project: Path) -> None:
    done = run(project, "check", "--format", "json")
    assert done.returncode == 1
    found = {
        (one["path"].removeprefix("content/"), one["line"], one["column"], one["endColumn"])
        for one in json.loads(done.stdout)["diagnostics"]
    }
    expected = {
        (row["path"], int(row["line"]), int(row["start"]), int(row["end"]))
        for row in TABLE.finditer((project / "expected.md").read_text("utf-8"))
    }
    assert len(expected) == 10
    assert found == expected


def test_each_has_a_caret_and_a_hint(project: Path) -> None:
    done = run(project, "check")
    assert done.returncode == 1
    complaints = done.stdout.split("\nerror[")
    assert len(complaints) == 10
    assert all("^" in one and "= help: " in one for one in complaints), done.stdout
    assert all(hint in done.stdout for hint in HINTS)
    assert "10 errors in 5 files" in done.stdout


def test_the_published_site_stays(project: Path) -> None:
    assert run(project, "build").returncode == 1
    assert (project / "site/index.html").read_text() == "what was published"
    assert sorted(one.name for one in project.iterdir()) == ["content", "expected.md", "mkdocs.yml", "site"]
