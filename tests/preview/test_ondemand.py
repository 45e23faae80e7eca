"""What is made for a request, and what is not."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from nutgraf.preview.application import Preview
from nutgraf.preview.live import Live
from nutgraf.preview.problems import Problems
from nutgraf.preview.worker import Workers
from nutgraf.site import Prepared

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import Message

PUBLISHED = "site_url: https://example.org/\n"


@pytest.fixture
def live(site: Path) -> Live:
    """Read the site."""
    config = site / "mkdocs.yml"
    config.write_text(PUBLISHED + config.read_text(encoding="utf-8"), encoding="utf-8")
    live = Live(config)
    assert live.refresh().renewed
    return live


def answered(live: Live, path: str) -> int:
    """Ask the server for a path, and return the status of its answer."""

    async def ask() -> int:
        workers = Workers(live.calm)
        preview = Preview(live, workers, lambda _: {})
        preview.show(Problems(), renewed=True)
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
        workers.close()
        return int(said[0]["status"])

    return asyncio.run(ask())


def test_the_site_map_takes_no_page(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    # Material's script asks for it on every page.
    wanted = live.file("sitemap.xml")
    live.refresh()
    monkeypatch.delattr(Prepared, "render")
    assert live.file("sitemap.xml") == wanted
    assert wanted is not None
    assert b"/stories/town-clock/</loc>" in wanted


def test_a_file_for_other_programs_takes_no_other(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Prepared, "data")
    assert live.file("feed.xml")
    assert live.file("assets/nothing.css") is None


def test_a_file_that_there_is_is_not_looked_for_as_a_folder(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    file = Live.file

    def noted(self: Live, path: str) -> bytes | None:
        asked.append(path)
        return file(self, path)

    monkeypatch.setattr(Live, "file", noted)
    assert answered(live, "/feed.json") == 200
    assert asked == ["feed.json"]
    assert answered(live, "/stories/town-clock") == 301
