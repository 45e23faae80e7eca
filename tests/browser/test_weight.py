"""A first visit to the story page, in bytes over the wire, and what the search adds when it is opened."""

from __future__ import annotations

import gzip
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, cast
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

STORY = "stories/twitter-ai-openai/"
LIMIT = 85_000
"""Bytes of a first visit, all of it: a third of what the median page on a phone weighs in scripts alone."""
PACKED = (".html", ".css", ".js", ".json", ".svg", ".xml")


class Weighing(SimpleHTTPRequestHandler):
    """Serves files as a usual web server does, packed with gzip at its usual level, and keeps their sizes."""

    protocol_version = "HTTP/1.1"
    sizes: dict[str, int]

    def __init__(self, *args: object, sizes: dict[str, int], **kwargs: object) -> None:
        """Keep the size of each answer in `sizes`, by path."""
        self.sizes = sizes
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Answer with the packed file."""
        file = super().translate_path(self.path)
        path = f"{file.rstrip('/')}/index.html" if self.path.endswith("/") else file
        try:
            with open(path, "rb") as opened:  # noqa: PTH123 - as in the class above
                body = opened.read()
        except OSError:
            self.send_error(404)
            return None
        packs = path.endswith(PACKED)
        body = gzip.compress(body, 6, mtime=0) if packs else body
        self.sizes[urlsplit(self.path).path] = len(body)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(body)))
        if packs:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        return BytesIO(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def sizes() -> dict[str, int]:
    """Return where the sizes of what was asked for are kept."""
    return {}


@pytest.fixture
def home(built_site: Path, sizes: dict[str, int]) -> Iterator[str]:
    """Serve the site and return its address, with the slash."""
    handler = partial(Weighing, directory=str(built_site), sizes=sizes)
    server = ThreadingHTTPServer(("127.0.0.1", 0), cast("type[SimpleHTTPRequestHandler]", handler))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(chromium: Browser, home: str) -> Iterator[Page]:
    """Open the story page as a first visit."""
    context: BrowserContext = chromium.new_context()
    opened = context.new_page()
    opened.goto(f"{home}{STORY}", wait_until="networkidle")
    yield opened
    context.close()


def test_first_visit_is_light(page: Page, sizes: dict[str, int]) -> None:
    assert page.title()
    told = "\n".join(f"{size:7,} {path}" for path, size in sorted(sizes.items(), key=lambda one: -one[1]))
    print(f"\n{told}\n{sum(sizes.values()):7,} in all")  # noqa: T201 - with `pytest -s`, to see where it comes from
    assert sum(sizes.values()) <= LIMIT, told


def test_search_is_loaded_when_it_is_opened(page: Page, sizes: dict[str, int]) -> None:
    assert not [path for path in sizes if "search" in path]
    page.locator(".md-search__input").focus()
    page.keyboard.type("power struggle")  # Material listens to keys
    page.wait_for_selector(".md-search-result__item")
    assert [path for path in sizes if path.endswith("search_index.json")]
    assert [path for path in sizes if "/workers/search." in path]


def test_search_finds_whole_sentences_with_their_hedge(page: Page) -> None:
    page.locator(".md-search__input").focus()
    page.keyboard.type("power struggle")  # Material listens to keys
    page.wait_for_selector(".md-search-result__item")
    found = page.locator(".md-search-result").inner_text()
    assert (
        "People familiar with the matter told Semafor that Elon Musk left OpenAI because of a power struggle" in found
    )
    assert "reported, disputed" in found
    link = page.locator(".md-search-result__link", has_text="told Semafor").first
    assert (link.get_attribute("href") or "").partition("#")[2].startswith("power-struggle")


def test_no_file_is_there_for_nothing(built_site: Path) -> None:
    names = [path.relative_to(built_site).as_posix() for path in built_site.rglob("*") if path.is_file()]
    assert not [name for name in names if name.endswith(".map") or "/lunr/" in name]
    assert not [path for path in built_site.rglob("*.js") if "sourceMappingURL" in path.read_text("utf-8")]


def test_script_of_the_theme_is_one_that_we_know(built_site: Path) -> None:
    (script,) = built_site.glob("assets/javascripts/bundle.*.min.js")
    text = script.read_text("utf-8")
    # Written otherwise by a new version of Material, it would load the search with the page.
    assert "Object.assign(new EventTarget,{postMessage(m)" in text
    assert 'location.protocol!=="file:"),' not in text
