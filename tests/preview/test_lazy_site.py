"""What is made for a request, and what is not."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from nutgraf.preview.asgi_app import Preview
from nutgraf.preview.background_thread import Workers
from nutgraf.preview.problems import Problems
from nutgraf.preview.state import PreviewState
from nutgraf.site import LoadedSite
from tests.preview.serving import LONG

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path

    from starlette.types import Message

    from nutgraf.views.search_entries import SearchEntry

T = TypeVar("T")

PUBLISHED = "site_url: https://example.org/\n"


@pytest.fixture
def live(site: Path) -> PreviewState:
    """Read the site."""
    config = site / "mkdocs.yml"
    config.write_text(PUBLISHED + config.read_text(encoding="utf-8"), encoding="utf-8")
    live = PreviewState(config)
    assert live.refresh().renewed
    return live


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in a thread of its own: in this one, a browser of other tests may have a loop that goes on."""
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(asyncio.run, coroutine).result()


async def status(preview: Preview, path: str) -> int:
    """Ask the server for a path, and return the status of its answer."""
    said: list[Message] = []

    async def receive() -> Message:
        await asyncio.sleep(0)
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        await asyncio.sleep(0)
        said.append(message)

    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [],
    }
    await preview.application()(scope, receive, send)
    return int(said[0]["status"])


def answered(live: PreviewState, path: str) -> int:
    """Ask a server of its own for a path."""

    async def ask() -> int:
        workers = Workers(live.calm)
        preview = Preview(live, workers, lambda _: {})
        preview.show(Problems(), renewed=True)
        found = await status(preview, path)
        workers.close()
        return found

    return run(ask())


def test_the_site_map_takes_no_page(live: PreviewState, monkeypatch: pytest.MonkeyPatch) -> None:
    # Material's script asks for it on every page.
    wanted = live.file("sitemap.xml")
    live.refresh()
    monkeypatch.delattr(LoadedSite, "render")
    assert live.file("sitemap.xml") == wanted
    assert wanted is not None
    assert b"/stories/town-clock/</loc>" in wanted


def test_a_file_for_other_programs_takes_no_other(live: PreviewState, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(LoadedSite, "outputs")
    assert live.file("feed.xml")
    assert live.file("assets/nothing.css") is None


def test_the_search_takes_no_html(live: PreviewState, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = live.file("search/search_index.json")
    live.refresh()
    monkeypatch.delattr(LoadedSite, "render")
    assert live.file("search/search_index.json") == wanted
    assert wanted is not None
    assert b"pigeons" in wanted


def test_a_page_does_not_wait_for_the_search(live: PreviewState, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, page_is_made = threading.Event(), threading.Event()
    entries = LoadedSite.search_entries

    def slow(self: LoadedSite, address: str) -> tuple[SearchEntry, ...]:
        begun.set()
        assert page_is_made.wait(LONG)
        return entries(self, address)

    monkeypatch.setattr(LoadedSite, "search_entries", slow)

    async def ask() -> None:
        workers = Workers(live.calm)
        preview = Preview(live, workers, lambda _: {})
        preview.show(Problems(), renewed=True)
        index = asyncio.create_task(status(preview, "/search/search_index.json"))
        await asyncio.to_thread(begun.wait, LONG)
        assert await status(preview, "/stories/town-clock/") == 200
        page_is_made.set()
        assert await index == 200
        workers.close()

    run(ask())


def test_the_search_is_made_of_what_is_shown(live: PreviewState, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # While it is made, something is saved: what was made until then is left.
    story = site / "content/stories/town-clock.yml"
    asked: list[str] = []
    entries = LoadedSite.search_entries

    def noted(self: LoadedSite, address: str) -> tuple[SearchEntry, ...]:
        asked.append(address)
        if len(asked) == 2:
            story.write_text(story.read_text(encoding="utf-8").replace("pigeons", "owls"), encoding="utf-8")
            assert live.refresh({story}).renewed
        return entries(self, address)

    monkeypatch.setattr(LoadedSite, "search_entries", noted)
    index = live.file("search/search_index.json")
    assert index is not None
    assert b"owls" in index
    assert b"pigeons nest" not in index
    assert asked.count(asked[0]) == 2
    assert asked.count(asked[-1]) == 1


def test_a_file_that_there_is_is_not_looked_for_as_a_folder(
    live: PreviewState, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    file = PreviewState.file

    def noted(self: PreviewState, path: str) -> bytes | None:
        asked.append(path)
        return file(self, path)

    monkeypatch.setattr(PreviewState, "file", noted)
    assert answered(live, "/feed.json") == 200
    assert asked == ["feed.json"]
    assert answered(live, "/stories/town-clock") == 301
