"""Every page of the built site opens in Chromium without a complaint, and every internal link leads somewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import unquote, urldefrag, urlsplit
from urllib.request import urlopen

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response
    from playwright.sync_api import Error as PageError

    from tests.browser.conftest import Serve

COLLECT = """async () => {
  // What a page's scripts ask for comes a moment after it has loaded.
  await new Promise(done => setTimeout(done, 50));
  return {
    links: [...document.querySelectorAll("a[href], area[href]")].map(a => new URL(a.getAttribute("href") ??
      a.getAttributeNS("http://www.w3.org/1999/xlink", "href"), document.baseURI).href),
    anchors: [...document.querySelectorAll("[id]")].map(element => element.id),
  };
}"""


@dataclass
class Visit:
    """What Chromium saw on one page."""

    address: str
    links: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def hear_console(self, message: ConsoleMessage) -> None:
        """Keep an error that the console shows."""
        if message.type == "error":
            self.complaints.append(f"console: {message.text} ({message.location['url']})")

    def hear_error(self, error: PageError) -> None:
        """Keep an exception that no script caught."""
        self.complaints.append(f"exception: {error}")

    def hear_request(self, request: Request) -> None:
        """Keep the address that something on the page asked for."""
        self.requests.append(request.url)

    def hear_response(self, response: Response) -> None:
        """Keep a file that is not there."""
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")


@pytest.fixture(scope="module")
def home(built_site: Path, serve: Serve) -> str:
    """Return the address of the served site, with the slash."""
    return f"{serve(built_site)}/"


@pytest.fixture(scope="module")
def visits(built_site: Path, chromium: Browser, home: str) -> dict[str, Visit]:
    """Open every page of the site, linked or not, and return what was seen, by address."""
    context = chromium.new_context()
    seen = {address: visit(context.new_page(), address) for address in addresses(built_site, home)}
    context.close()
    return seen


def addresses(site: Path, home: str) -> Iterator[str]:
    """Yield the address of every HTML file: a folder's for its index.html."""
    for path in sorted(site.rglob("*.html")):
        relative = path.relative_to(site).as_posix()
        yield home + (relative.removesuffix("index.html") if path.name == "index.html" else relative)


def visit(page: Page, address: str) -> Visit:
    """Open one page, as a reader who has JavaScript, and close it again."""
    seen = Visit(address)
    page.on("console", seen.hear_console)
    page.on("pageerror", seen.hear_error)
    page.on("request", seen.hear_request)
    page.on("response", seen.hear_response)
    page.goto(address, wait_until="load")
    found = page.evaluate(COLLECT)
    seen.links, seen.anchors = found["links"], set(found["anchors"])
    page.close()
    return seen


def internal_links(visits: dict[str, Visit], home: str) -> Iterator[tuple[str, str, str]]:
    """Yield page, target and fragment of every link that stays inside the site."""
    for seen in visits.values():
        for link in dict.fromkeys(seen.links):
            target, fragment = urldefrag(link)
            if target.startswith(home):
                yield seen.address, target.removesuffix("index.html"), unquote(fragment)


def is_there(address: str) -> bool:
    """Tell whether the server has something at `address`."""
    try:
        with urlopen(address) as response:  # noqa: S310 - our own server's address
            return bool(response.status == 200)
    except HTTPError:
        return False


def test_no_page_complains(visits: dict[str, Visit]) -> None:
    assert visits, "the site has no page"
    complaints = [f"{seen.address}: {complaint}" for seen in visits.values() for complaint in seen.complaints]
    assert not complaints, "\n".join(complaints)


def test_no_page_asks_another_host(visits: dict[str, Visit], home: str) -> None:
    requests = [(seen.address, request) for seen in visits.values() for request in seen.requests]
    assert len(requests) >= len(visits), "the requests were not seen"
    elsewhere = [
        f"{address} asks {request}"
        for address, request in requests
        if urlsplit(request).scheme not in {"data", "blob"} and not request.startswith(home)
    ]
    assert not elsewhere, "\n".join(elsewhere)


def test_every_internal_link_leads_to_a_page_or_file(visits: dict[str, Visit], home: str) -> None:
    links = list(internal_links(visits, home))
    assert links, "no page links to another"
    missing = {target for _, target, _ in links if target not in visits and not is_there(target)}
    broken = [f"{address} links to {target}" for address, target, _ in links if target in missing]
    assert not broken, "\n".join(dict.fromkeys(broken))


def test_every_internal_link_finds_its_anchor(visits: dict[str, Visit], home: str) -> None:
    lost = [
        f"{address} links to {target}#{fragment}"
        for address, target, fragment in internal_links(visits, home)
        if fragment and target in visits and fragment not in visits[target].anchors
    ]
    assert not lost, "\n".join(lost)
