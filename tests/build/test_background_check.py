"""Rules are gone through beside the pages: what they find still decides, and is what is told."""

from __future__ import annotations

import multiprocessing
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nutgraf import cli
from nutgraf.build.background_check import BackgroundCheck
from nutgraf.build.page_writer import PageWriter
from nutgraf.build.worker_process import CAN_FORK
from nutgraf.diagnostics import Diagnostic, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

STORY = Path("content/stories/town-clock.yml")
ERROR = Diagnostic("made-up", "Something is wrong", Span("stories/town-clock.yml"))
WARNING = Diagnostic("made-up", "Something is odd", Span("stories/town-clock.yml"), Severity.WARNING)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a site of one's own, which was never built; it is the working folder."""
    assert cli.main(["init", str(tmp_path / "own")]) == 0
    monkeypatch.chdir(tmp_path / "own")
    return tmp_path / "own"


def break_a_rule() -> None:
    text = STORY.read_text(encoding="utf-8")
    STORY.write_text(text.replace("        text: ", "        text: reportedly ", 1), encoding="utf-8")


needs_forks = pytest.mark.skipif(not CAN_FORK, reason="one process does all")


@needs_forks
def test_rules_are_gone_through_in_another_process() -> None:
    with BackgroundCheck([WARNING], lambda: ([Diagnostic("made-up", str(os.getpid()), Span(""))], None)) as background:
        known, found = background.wait()
        assert known == WARNING
        assert int(found.headline) != os.getpid()
        assert background.is_known
        assert background.wait() == (known, found)


@needs_forks
def test_who_leaves_does_not_wait_for_them() -> None:
    def endless() -> tuple[Sequence[Diagnostic], None]:
        time.sleep(600)
        return (), None

    before = time.monotonic()
    with BackgroundCheck([], endless) as background:
        assert not background.is_known
    assert time.monotonic() - before < 300
    assert not multiprocessing.active_children()


def test_with_an_error_all_is_known_before_pages_are_made() -> None:
    with BackgroundCheck([ERROR], lambda: ([WARNING], None)) as background:
        assert background.is_known
        assert background.wait() == (ERROR, WARNING)


def test_a_rule_that_fails_is_no_verdict() -> None:
    def failing() -> tuple[Sequence[Diagnostic], None]:
        raise ZeroDivisionError("in a rule")

    with pytest.raises(Exception, match="in a rule"), BackgroundCheck([], failing) as background:
        background.wait()


@needs_forks
def test_a_process_that_is_killed_is_told() -> None:
    def killed() -> tuple[Sequence[Diagnostic], None]:
        os._exit(3)

    with BackgroundCheck([], killed) as background, pytest.raises(RuntimeError, match="sudden end"):
        background.wait()


def test_what_pages_stumble_over_is_told_as_what_it_is(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    break_a_rule()
    (site / "templates/pages").mkdir(parents=True)
    (site / "templates/pages/story.html").write_text("{{ 1 / 0 }}", encoding="utf-8")
    assert cli.main(["build"]) == 1
    told = capsys.readouterr().err
    assert "error[typed-hedge]" in told
    assert "ZeroDivisionError" not in told
    assert "template" not in told
    assert not (site / "site").exists()


def test_a_template_that_fails_is_told_where_the_content_is_right(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "templates/pages").mkdir(parents=True)
    (site / "templates/pages/story.html").write_text("{{ 1 / 0 }}", encoding="utf-8")
    assert cli.main(["build"]) != 0
    assert "a template fails: " in capsys.readouterr().err


@pytest.mark.usefixtures("site")
def test_pages_are_not_made_to_the_end_for_a_site_with_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    make = PageWriter._make

    def slow(run: PageWriter, address: str) -> object:
        made.append(address)
        time.sleep(0.2)
        return make(run, address)

    monkeypatch.setattr(PageWriter, "_make", slow)
    break_a_rule()
    assert cli.main(["build"]) == 1
    assert len(made) < 16


@pytest.mark.usefixtures("site")
def test_warnings_are_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    Path("content/glossary/odd.yml").write_text("label: zymurgical\nshort: of brewing\n", encoding="utf-8")
    assert cli.main(["build"]) == 0
    assert capsys.readouterr().err.count("unused-term") == 1
    assert cli.main(["build", "--strict"]) == 1
    assert "nothing was built, because there are warnings and the build is strict" in capsys.readouterr().err
