"""The frame around pages in a real browser: a strict Content-Security-Policy, the palette, and a logo."""

from __future__ import annotations

import threading
from functools import partial
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from nutgraf import cli
from tests.browser.conftest import QuietHandler

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""As in docs/policy.md."""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="120"><rect width="400" height="120"/></svg>'
CONFIGURATION = """\
site_name: The bridge
docs_dir: content
plugins: [search, {nutgraf: {format: 1}}]
theme:
  name: material
  font: false
  logo: logo.svg
  palette:
    - {media: "(prefers-color-scheme: light)", scheme: default, toggle: {icon: material/brightness-7, name: Dark}}
    - {media: "(prefers-color-scheme: dark)", scheme: slate, toggle: {icon: material/brightness-4, name: Light}}
"""
STORY = """\
title: The swing bridge
as_of: 2024-07-01
sections:
  - title: What is reported
    statements: [{id: a, text: the swing bridge of Sampleport was open, source: report}]
"""


class Strict(QuietHandler):
    """Serves files under the policy."""

    def end_headers(self) -> None:
        """Add it."""
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build a small site with a logo, and serve it under the policy."""
    folder = tmp_path_factory.mktemp("strict")
    files = {
        "mkdocs.yml": CONFIGURATION,
        "content/logo.svg": LOGO,
        "content/about.md": "# About\n\nText.\n",
        "content/stories/s.yml": STORY,
        "content/sources/report.yml": "title: A report\npublisher: post\npublished: 2024-06-01\n",
        "content/entities/post.yml": "name: Exampleton Post\nkind: organisation\n",
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    assert cli.main(["build", "-f", str(folder / "mkdocs.yml"), "-d", str(folder / "site")]) == 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Strict, directory=str(folder / "site")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["", "stories/s/", "about/", "404.html", "timeline/"])
def test_all_works_under_a_strict_policy(chromium: Browser, address: str, path: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda one: told.append(one.text))
    page.on("pageerror", lambda one: told.append(str(one)))
    page.goto(address + path)
    page.keyboard.press("/")
    page.locator("[data-md-component=search-query]").press_sequentially("Sampleport")
    page.locator(".md-search-result__meta", has_text="Found on").wait_for()
    assert told == []
    context.close()


def test_the_chosen_palette_stays(chromium: Browser, address: str) -> None:
    context = chromium.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(address)
    page.locator("label[title=Dark]").click()
    page.locator("body[data-md-color-scheme=slate]").wait_for()
    page.goto(f"{address}stories/s/")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_logo_of_any_size_fits_into_the_header(chromium: Browser, address: str, width: int, scheme: str) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    page.goto(f"{address}stories/s/")
    header, logo = page.locator(".md-header").bounding_box(), page.locator(".md-header img").bounding_box()
    assert header is not None
    assert logo is not None
    assert logo["height"] <= 30
    assert logo["width"] <= 160
    assert logo["y"] >= header["y"]
    assert logo["y"] + logo["height"] <= header["y"] + header["height"]
    name = page.locator(".md-header__topic a").first
    assert "The bridge" in name.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
