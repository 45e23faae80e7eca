"""Rules are checked in a worker beside rendering: what they find still decides, and is reported."""

from __future__ import annotations

import multiprocessing
import os
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from nutgraf import cli
from nutgraf.build import workers
from nutgraf.build.page_writer import PageWriter
from nutgraf.build.workers import CAN_FORK, WorkerPool

STORY = Path("content/stories/town-clock.yml")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a site of one's own, which was never built; it is the working folder."""
    assert cli.main(["init", str(tmp_path / "own")]) == 0
    monkeypatch.chdir(tmp_path / "own")
    return tmp_path / "own"


def break_a_rule() -> None:
    text = STORY.read_text(encoding="utf-8")
    STORY.write_text(text.replace("        text: ", "        text: reportedly ", 1), encoding="utf-8")


needs_forks = pytest.mark.skipif(not CAN_FORK, reason="one process does everything")


@needs_forks
def test_calls_run_in_other_processes_on_what_was_in_memory() -> None:
    unpicklable = {1: lambda: os.getpid()}  # noqa: PLW0108 - a lambda cannot be pickled
    with WorkerPool(lambda number: (unpicklable[1](), number), 2) as pool:
        results = [one.result() for one in [pool.submit(number) for number in range(8)]]
    assert [number for _, number in results] == [*range(8)]
    assert os.getpid() not in {process for process, _ in results}


@needs_forks
def test_leaving_does_not_wait_for_the_workers() -> None:
    before = time.monotonic()
    with WorkerPool(lambda: time.sleep(600)) as pool:
        assert not pool.submit().done()
    assert time.monotonic() - before < 300
    assert not multiprocessing.active_children()


def test_what_the_function_raises_is_raised_by_the_future() -> None:
    def failing() -> None:
        raise ZeroDivisionError("in a rule")

    with pytest.raises(Exception, match="in a rule"), WorkerPool(failing) as pool:
        pool.submit().result()


class _UnpicklableError(Exception):
    def __init__(self, one: int, other: int) -> None:
        super().__init__(f"{one} and {other}")


def test_so_is_what_cannot_be_pickled() -> None:
    def failing() -> None:
        raise _UnpicklableError(1, 2)

    with pytest.raises(Exception, match="1 and 2"), WorkerPool(failing) as pool:
        pool.submit().result()


@needs_forks
def test_a_worker_that_is_killed_breaks_the_pool() -> None:
    with WorkerPool(lambda: os._exit(3)) as pool, pytest.raises(BrokenProcessPool):
        pool.submit().result()


def test_without_forks_calls_run_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "CAN_FORK", False)
    with WorkerPool(os.getpid) as pool:
        assert pool.submit().result() == os.getpid()


@pytest.mark.usefixtures("site")
def test_without_forks_a_site_is_built_in_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli.main(["build", "--no-cache"]) == 0
    forked = {path: path.read_bytes() for path in Path("site").rglob("*.html")}
    monkeypatch.setattr(workers, "CAN_FORK", False)
    monkeypatch.setattr("nutgraf.build.page_writer.CAN_FORK", False)
    assert cli.main(["build", "--no-cache"]) == 0
    assert {path: path.read_bytes() for path in Path("site").rglob("*.html")} == forked


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
def test_pages_are_not_made_to_the_end_for_a_site_with_errors(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    written, write = tmp_path / "written", PageWriter._write  # noqa: SLF001

    def slow(writer: PageWriter, address: str) -> object:
        with written.open("a") as file:
            file.write(f"{address}\n")
        time.sleep(0.2)
        return write(writer, address)

    monkeypatch.setattr(PageWriter, "_write", slow)
    written.touch()
    break_a_rule()
    assert cli.main(["build"]) == 1
    assert written.read_text().count("\n") < 16


@pytest.mark.usefixtures("site")
def test_warnings_are_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    Path("content/glossary/odd.yml").write_text("label: zymurgical\nshort: of brewing\n", encoding="utf-8")
    assert cli.main(["build"]) == 0
    assert capsys.readouterr().err.count("unused-term") == 1
    assert cli.main(["build", "--strict"]) == 1
    assert "nothing was built, because there are warnings and the build is strict" in capsys.readouterr().err
