"""What is shown at once after a change, and what is left for when nobody waits."""

from __future__ import annotations

import multiprocessing.spawn
import os
import signal
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from nutgraf.preview import shell_loader
from nutgraf.preview.priority import RequestPriority
from nutgraf.preview.problems import UnrenderableError
from nutgraf.preview.side_process import CancelledError, SideProcess
from nutgraf.preview.state import PreviewState
from nutgraf.theme import mkdocs_adapter
from tests.making import ROOT
from tests.preview.serving import LONG

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nutgraf.preview.state import RefreshResult

PAGE = "stories/town-clock/index.html"
STORY_PAGE = "pages/story.html"
SHEET = "theme/assets/nutgraf.css"


@pytest.fixture
def live(site: Path) -> PreviewState:
    """Read the site, which has templates of its own."""
    own_template(site, STORY_PAGE)
    own_template(site, SHEET)
    live = PreviewState(site / "mkdocs.yml")
    assert live.refresh().renewed
    finish(live)
    return live


def finish(live: PreviewState) -> None:
    """Let it do all that was left for when nobody waits."""
    while live.refresh(()).unfinished:
        pass


def text(live: PreviewState, path: str = PAGE) -> str:
    """Return what is shown at a path."""
    found = live.file(path)
    assert found is not None
    return found.decode()


def edit(path: Path, old: str, new: str) -> set[Path]:
    """Put one text in the place of another in a file, and return it as what changed."""
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), encoding="utf-8")
    return {path}


def own_template(site: Path, name: str, added: str = "", before: str = "") -> set[Path]:
    """Give a site a bundled template with something added, and return it as what changed."""
    path = site / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    words = (ROOT / "templates" / name).read_text(encoding="utf-8")
    head, end, tail = words.rpartition(before) if before else (words, "", "")
    path.write_text(f"{head}{added}{end}{tail}", encoding="utf-8")
    return {path}


@pytest.fixture
def without_mkdocs(live: PreviewState, monkeypatch: pytest.MonkeyPatch) -> None:
    """See to it that MkDocs does nothing in this process, once the site was read."""
    assert live.base
    monkeypatch.delattr(mkdocs_adapter, "open_config")


# Rules


def interrupted(live: PreviewState, monkeypatch: pytest.MonkeyPatch) -> RefreshResult:
    """Go on with what was left, and let a file change as soon as that has begun in the other process."""
    with monkeypatch.context() as patch:
        call = SideProcess.call

        def noted(side: SideProcess, given_up: Callable[[], bool], *arguments: Any) -> Any:  # noqa: ANN401
            live.hurry()
            return call(side, given_up, *arguments)

        patch.setattr(SideProcess, "call", noted)
        return live.refresh(())


def test_a_save_does_not_wait_for_the_rules(live: PreviewState, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story = site / "content/stories/town-clock.yml"
    assert live.refresh(edit(story, "pigeons nest", "owls nest")).unfinished
    left = interrupted(live, monkeypatch)
    assert (left.renewed, left.unfinished) == (False, True)
    assert "owls nest" in text(live)
    assert not live.refresh(()).unfinished


def test_all_rules_are_gone_through_in_another_process(live: PreviewState, site: Path) -> None:
    story = site / "content/stories/town-clock.yml"
    term = site / "content/glossary/odd.yml"
    term.write_text("label: zymurgical\nshort: Of brewing.\n", encoding="utf-8")
    assert live.refresh({term, *edit(story, "pigeons nest", "owls nest")}).renewed
    finish(live)
    story.write_text(story.read_text(encoding="utf-8") + "# the same\n", encoding="utf-8")
    live.refresh({story})
    found = live.refresh(()).problems.diagnostics
    assert [one.rule for one in found] == ["unused-term"]
    assert [one.rule for one in found] == [
        one.rule for one in PreviewState(site / "mkdocs.yml").refresh().problems.diagnostics
    ]


def test_after_it_was_closed_nothing_goes_on(live: PreviewState, site: Path) -> None:
    live.refresh(edit(site / "content/stories/town-clock.yml", "pigeons nest", "owls nest"))
    live.close()
    left = live.refresh(())
    assert (left.renewed, left.unfinished) == (False, True)


def test_a_mistake_leaves_what_is_seen(live: PreviewState, site: Path) -> None:
    story = site / "content/stories/town-clock.yml"
    assert live.refresh(edit(story, "pigeons nest", "owls nest")).unfinished
    # Before all rules were applied, there is another save.
    broken = live.refresh(edit(story, "source: council-minutes", "source: nothing"))
    assert broken.problems.errors
    assert not broken.renewed
    assert "owls nest" in text(live)


def test_who_waits_for_a_page_goes_first() -> None:
    calm = RequestPriority()
    waiting = threading.Thread(target=calm.wait)
    with calm.broken():
        assert not calm.lasts()
        waiting.start()
        waiting.join(0.05)
        assert waiting.is_alive()
        calm.wait(given_up=lambda: True)
    waiting.join(LONG)
    assert not waiting.is_alive()
    assert calm.lasts()
    assert not calm.lasts(LONG)


# Templates and style sheets


def test_a_template_is_shown_at_once_and_the_rest_later(
    live: PreviewState, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    was = text(live)
    with monkeypatch.context() as patch:
        patch.delattr(mkdocs_adapter, "open_config")
        refreshed = live.refresh(own_template(site, STORY_PAGE, "<p>Zqx</p>", "</div>"))
        assert (refreshed.renewed, refreshed.unfinished) == (True, True)
        assert "Zqx" in text(live)
        finish(live)
    anew = PreviewState(site / "mkdocs.yml")
    anew.refresh()
    assert text(live) == text(anew)
    assert live.assets == anew.assets
    assert "Zqx" not in was


def test_a_template_that_fails_is_found_though_nobody_looks(live: PreviewState, site: Path) -> None:
    saved = live.refresh(own_template(site, "pages/term.html", "{{ view.nothing.at_all }}", "</div>"))
    assert (saved.problems.errors, saved.untried) == (0, True)
    tried = live.refresh(())
    (error,) = (one for one in tried.problems.diagnostics if one.is_error)
    assert error.rule == "failing-template"
    assert error.span.path.endswith("templates/pages/term.html")
    assert (tried.untried, tried.unfinished) == (False, True)
    finish(live)
    assert live.refresh(()).problems.errors == 1
    # An edit of a record does not mend it.
    live.refresh(edit(site / "content/stories/town-clock.yml", "pigeons nest", "owls nest"))
    finish(live)
    assert live.refresh(()).problems.errors == 1
    live.refresh(own_template(site, "pages/term.html"))
    finish(live)
    assert not live.refresh(()).problems.errors


def test_what_fails_on_one_page_alone_stays_known(live: PreviewState, site: Path) -> None:
    other = site / "content/glossary/zyx.yml"
    other.write_text("label: zyx\nshort: A word.\n", encoding="utf-8")
    live.refresh({other})
    live.refresh(own_template(site, "pages/term.html", "{% if view.title == 'zyx' %}{{ 1 / 0 }}{% endif %}", "</div>"))
    finish(live)
    assert not live.refresh(()).problems.errors
    with pytest.raises(UnrenderableError):
        live.file("glossary/zyx/index.html")
    live.refresh(edit(site / "content/stories/town-clock.yml", "pigeons nest", "owls nest"))
    finish(live)
    assert live.refresh(()).problems.errors == 1


def test_a_broken_configuration_stays_told(live: PreviewState, site: Path) -> None:
    settings = edit(site / "mkdocs.yml", "docs_dir: content", "docs_dir: content\nx: [a")
    assert live.refresh(settings).problems.errors == 1
    edited = live.refresh(edit(site / "content/stories/town-clock.yml", "pigeons nest", "owls nest"))
    assert "owls nest" in text(live)
    assert not edited.unfinished
    (error,) = (one for one in edited.problems.diagnostics if one.is_error)
    assert (error.rule, error.span.path) == ("unclosed-bracket", "../mkdocs.yml")
    live.refresh(edit(site / "mkdocs.yml", "\nx: [a", ""))
    finish(live)
    assert not live.refresh(()).problems.errors


@pytest.mark.usefixtures("without_mkdocs")
def test_a_style_sheet_is_shown_at_once_and_under_its_name_later(live: PreviewState, site: Path) -> None:
    page, assets = text(live), dict(live.assets)
    refreshed = live.refresh(own_template(site, SHEET, "\n:root { --added: here }\n"))
    assert (refreshed.renewed, refreshed.unfinished) == (True, True)
    assert text(live) == page
    changed = [path for path, tag in live.assets.items() if assets[path] != tag]
    assert len(changed) == 1
    assert "--added: here" in text(live, changed[0])
    finished = live.refresh(())
    assert (finished.renewed, finished.unfinished) == (True, False)
    assert changed[0] not in live.assets
    assert any("--added:here" in text(live, path).replace(" ", "") for path in live.assets)


def test_a_style_sheet_of_the_content_is_shown_at_once(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / "content/own.css").write_text("h1 { color: red }", encoding="utf-8")
    edit(site / "mkdocs.yml", "docs_dir: content", "docs_dir: content\nextra_css: [own.css]")
    live = PreviewState(site / "mkdocs.yml")
    live.refresh()
    finish(live)
    monkeypatch.delattr(mkdocs_adapter, "open_config")
    assert live.refresh(edit(site / "content/own.css", "red", "blue")).unfinished
    own = [path for path in live.assets if path.startswith("own.")]
    assert len(own) == 2, "under the name that its author gave it, too"
    assert {text(live, path) for path in own} == {"h1 { color: blue }"}


def test_no_page_is_rendered_again_for_a_style_sheet(
    live: PreviewState, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = text(live)
    monkeypatch.setattr("nutgraf.site.LoadedSite.render", None)
    live.refresh(own_template(site, SHEET, "\n:root { --added: here }\n"))
    assert text(live) == page
    live.refresh(())
    assert text(live) != page, "it names the sheet otherwise"


def test_a_save_does_not_wait_for_mkdocs(live: PreviewState, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live.refresh(own_template(site, SHEET, "\n:root { --added: here }\n"))
    left = interrupted(live, monkeypatch)
    assert (left.renewed, left.unfinished) == (False, True)
    # What was saved meanwhile is shown, and what was left is not forgotten.
    assert live.refresh(edit(site / "content/stories/town-clock.yml", "pigeons nest", "owls nest")).unfinished
    assert "owls nest" in text(live)
    finish(live)
    assert not live.refresh(()).problems.errors
    assert "owls nest" in text(live)
    assert any("--added:here" in text(live, path).replace(" ", "") for path in live.assets)


def test_a_style_sheet_does_not_bring_a_mistake_to_the_page(live: PreviewState, site: Path) -> None:
    story = site / "content/stories/town-clock.yml"
    broken = live.refresh(edit(story, "source: council-minutes", "source: nothing"))
    assert broken.problems.errors
    edit(story, "pigeons nest", "owls nest")
    assert live.refresh({story}).problems.errors
    refreshed = live.refresh(own_template(site, SHEET, "\n:root { --added: here }\n"))
    assert refreshed.problems.errors
    assert "pigeons nest" in text(live)


def test_a_shell_made_in_another_process_is_the_same(site: Path) -> None:
    config, side = site / "mkdocs.yml", SideProcess()
    beside = side.call(lambda: False, shell_loader.make, config)
    here = shell_loader.make(config)
    assert (beside.bundle, beside.problems, beside.watched) == (here.bundle, here.problems, here.watched)
    assert here.bundle is not None
    edit(config, "docs_dir: content", "docs_dir: content\ntheme: nonsense")
    assert side.call(lambda: False, shell_loader.make, config) == shell_loader.make(config)
    side.close()


def test_a_process_that_was_killed_is_replaced() -> None:
    side = SideProcess()
    first = side.call(lambda: False, os.getpid)
    with pytest.raises(CancelledError):
        side.call(lambda: True, time.sleep, LONG)
    second = side.call(lambda: False, os.getpid)
    os.kill(second, signal.SIGKILL)
    third = side.call(lambda: False, os.getpid)
    assert len({os.getpid(), first, second, third}) == 4
    side.close()
    with pytest.raises(CancelledError):
        side.call(lambda: False, time.sleep, LONG)


def test_functions_are_called_here_where_there_is_no_room_for_processes(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(multiprocessing.spawn, "_python_exe", os.fsencode(site / "nothing"))
    assert SideProcess().call(lambda: False, os.getpid) == os.getpid()
