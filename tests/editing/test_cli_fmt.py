"""`nutgraf fmt`: what it writes, what it says, and how it ends."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from nutgraf import cli

if TYPE_CHECKING:
    from pathlib import Path

STORY = "content/stories/town-clock.yml"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """Begin a site and go there."""
    assert cli.main(["init", str(tmp_path / "site")]) == 0
    monkeypatch.chdir(tmp_path / "site")
    capsys.readouterr()
    return tmp_path / "site"


def test_a_new_site_is_laid_out_well(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["fmt", "--check"]) == 0
    assert "files are laid out well." in capsys.readouterr().out
    assert (site / STORY).is_file()


def test_it_writes_what_it_lays_out_and_keeps_the_mode(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = site / STORY
    old = path.read_text(encoding="utf-8")
    path.write_text(f"{old}topics:   [ clocks ]\n".replace("topics: [town life]\n", ""), encoding="utf-8")
    path.chmod(0o640)
    before = path.read_bytes()
    assert cli.main(["fmt", "--check"]) == 1
    assert cli.main(["fmt", "--diff"]) == 0
    assert "+topics: [clocks]" in capsys.readouterr().out
    assert path.read_bytes() == before
    assert cli.main(["fmt", STORY]) == 0
    assert capsys.readouterr().out == f"{STORY}: laid out anew\n1 of 1 file laid out anew.\n"
    assert "\ntopics: [clocks]\n" in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o777 == 0o640
    assert cli.main(["fmt", "--check"]) == 0
    assert not [one for one in path.parent.iterdir() if one.name.startswith(".")]


def test_a_broken_file_is_reported_and_the_others_are_laid_out(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / STORY).write_text("title: [x\n", encoding="utf-8")
    source = next((site / "content/sources").iterdir())
    source.write_text(f"{source.read_text(encoding='utf-8')}lang:   en\n", encoding="utf-8")
    assert cli.main(["fmt"]) == 1
    told = capsys.readouterr()
    assert f"{STORY}:1:8" in told.err
    assert "1 file was left alone" in told.err
    assert "lang: en\n" in source.read_text(encoding="utf-8")
    assert (site / STORY).read_text(encoding="utf-8") == "title: [x\n"


def test_what_is_no_content_is_refused(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["fmt", "mkdocs.yml"]) == 2
    assert "mkdocs.yml is no file of the content" in capsys.readouterr().err
    assert (site / "mkdocs.yml").is_file()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_said(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = site / STORY
    path.write_text(f"{path.read_text(encoding='utf-8')}topics: [ clocks ]\n", encoding="utf-8")
    path.parent.chmod(0o500)
    try:
        assert cli.main(["fmt"]) == 2
        assert "cannot write" in capsys.readouterr().err
    finally:
        path.parent.chmod(0o700)
