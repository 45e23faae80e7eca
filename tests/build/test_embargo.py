"""A story under embargo is published by the first build after it, whatever the cache remembers."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from nutgraf import cli
from nutgraf import site as sites
from tests.build.test_same_bytes import PLAIN, PUBLISHED, a_site, files
from tests.making import ROOT

if TYPE_CHECKING:
    from pathlib import Path

UNTIL = datetime.datetime(2031, 5, 3, 7, tzinfo=datetime.UTC)
STORY = """\
title: The ferry
publish_after: 2031-05-03T09:00+02:00
based_on: memo
sections: [{statements: [{id: a, text: Cy Porter sank a ferry of the town, by: cy}]}]
"""
RECORDS = {
    "stories/ferry.yml": STORY,
    "entities/cy.yml": "{name: Cy Porter, kind: person}",
    "sources/memo.yml": "{publisher: exampleton-gazette, published: 2024-05-01, title: The memo}",
}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    made = a_site(tmp_path / "site", ROOT / "templates/init/content", PLAIN + PUBLISHED)
    for path, text in RECORDS.items():
        (made / "content" / path).write_text(text, encoding="utf-8")
    monkeypatch.chdir(made)
    return made


def at(moment: datetime.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sites, "build_time", lambda: moment)
    monkeypatch.setattr("time.time", moment.timestamp)


def test_the_first_build_after_it_publishes_the_story(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at(UNTIL, monkeypatch)
    for told in ("Built site", "Nothing has changed"):
        assert cli.main(["build"]) == 0
        printed = capsys.readouterr()
        assert told in printed.out
        assert "Held back by `publish_after`: ferry until 2031-05-03T09:00+02:00" in printed.err
    assert not any("ferry" in path or b"Cy Porter" in data for path, data in files(site / "site").items())

    at(UNTIL + datetime.timedelta(seconds=1), monkeypatch)
    for told in ("Built site", "Nothing has changed"):
        assert cli.main(["build"]) == 0
        printed = capsys.readouterr()
        assert told in printed.out
        assert "Held back" not in printed.err
    assert cli.main(["build", "-d", "anew", "--no-cache"]) == 0
    assert files(site / "site") == files(site / "anew")
    assert "stories/ferry/index.html" in files(site / "anew")

    at(UNTIL, monkeypatch)
    assert cli.main(["build"]) == 0
    assert "stories/ferry/index.html" not in files(site / "site")


@pytest.mark.parametrize(("seconds", "is_out"), [(0, False), (1, True)])
def test_the_date_of_the_build_counts(
    site: Path, monkeypatch: pytest.MonkeyPatch, seconds: int, *, is_out: bool
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(UNTIL.timestamp()) + seconds))
    assert cli.main(["build"]) == 0
    assert (site / "site/stories/ferry/index.html").exists() == is_out


@pytest.mark.usefixtures("site")
def test_check_says_what_is_held_back(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    at(UNTIL, monkeypatch)
    assert cli.main(["check"]) == 0
    printed = capsys.readouterr()
    assert "Held back by `publish_after`: ferry until 2031-05-03T09:00+02:00" in printed.err
    assert "memo" not in printed.out


def test_a_date_that_is_none_is_refused(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert cli.main(["build"]) == 2
    assert "SOURCE_DATE_EPOCH must be a number of seconds since 1970, not `yesterday`" in capsys.readouterr().err
    assert not (site / "site").exists()


def test_a_draft_in_the_navigation_is_no_traceback(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at(UNTIL, monkeypatch)
    with (site / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("nav: [index.md, stories/ferry.yml]\n")
    assert cli.main(["build"]) == 0
    assert "'stories/ferry.yml' is included in the 'nav'" in " ".join(capsys.readouterr().err.split())
    assert not any(b"Cy Porter" in data for data in files(site / "site").values())
