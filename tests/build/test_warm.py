"""A build that uses what the last one left makes what one from nothing makes, byte for byte, whatever was edited."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from nutgraf import cli
from nutgraf.publish import MARKER, foreign, leftovers
from tests.build.random_edits import EDITS, Site
from tests.making import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

SITE = ROOT / "tests/sites/sewol"
ROUNDS = int(os.environ.get("NUTGRAF_WARM_ROUNDS", "6"))
"""How many sequences of edits are tried; six take a minute."""


def a_site(folder: Path) -> Path:
    """Make a site that may be edited."""
    shutil.copytree(SITE, folder)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Return what a build made. What stays for pages of the build before, and what others put there, is not of it."""
    left = {MARKER, *leftovers(folder), *foreign(folder)}
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {name: path.read_bytes() for path in paths if (name := path.relative_to(folder).as_posix()) not in left}


def assert_same(root: Path) -> int:
    """Build a site both ways and compare; return the exit code of both."""
    cold = root / "cold"
    shutil.rmtree(cold, ignore_errors=True)
    os.chdir(root)
    before = files(root / "site") if (root / "site").is_dir() else {}
    warm_code, cold_code = cli.main(["build"]), cli.main(["build", "--no-cache", "-d", "cold"])
    assert warm_code == cold_code
    if warm_code:
        assert before == (files(root / "site") if (root / "site").is_dir() else {})
        return warm_code
    warm, anew = files(root / "site"), files(cold)
    assert warm.keys() == anew.keys()
    assert [path for path, data in warm.items() if anew[path] != data] == []
    return 0


def test_what_others_put_into_the_site_stays_beside_what_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Found by the random edits below.
    monkeypatch.chdir(tmp_path)
    root = a_site(tmp_path.resolve() / "site-of-test")
    assert assert_same(root) == 0
    (root / "site/stories/more.html").write_bytes(b"more")
    (root / "content/about.md").write_text("# Other\n", encoding="utf-8")
    assert assert_same(root) == 0
    assert (root / "site/stories/more.html").read_bytes() == b"more"


@settings(
    max_examples=ROUNDS,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink takes an hour
)
@given(st.data())
def test_whatever_is_edited(data: st.DataObject) -> None:
    def pick(things: Sequence[Any]) -> Any:  # noqa: ANN401 - one of the things
        return things[data.draw(st.integers(0, len(things) - 1))]

    here = Path.cwd()
    # What breaks a rule is to be built here, too: nothing else is looked for.
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch("nutgraf.site.LoadedSite.checked", return_value=()),
    ):
        site = Site(a_site(Path(folder).resolve() / "site-of-test"), pick)
        try:
            assert assert_same(site.root) == 0
            for _ in range(5):
                saved = {path: path.read_bytes() for path in site.root.rglob("*") if _is_written(path)}
                for _ in range(data.draw(st.integers(1, 2))):
                    edit = pick(EDITS)
                    note(f"{edit.__name__}: {edit(site)}")
                if assert_same(site.root):
                    # What cannot be built is put right again, as an editor would.
                    _restore(site.root, saved)
                    note("put right")
        finally:
            os.chdir(here)


def _is_written(path: Path) -> bool:
    return path.is_file() and not {"site", "cold", ".nutgraf"} & set(path.parts)


def _restore(root: Path, saved: dict[Path, bytes]) -> None:
    for path in [path for path in root.rglob("*") if _is_written(path)]:
        if path not in saved:
            path.unlink()
    for path, data in saved.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
