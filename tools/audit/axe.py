"""Looks for what shuts people out of pages, with axe-core: `python -m tools.audit.axe site` takes every page of a site.

See https://github.com/dequelabs/axe-core/blob/develop/doc/API.md. Pages are looked at as on a phone in light colours
and as on a desk in dark ones; what differs otherwise is the business of tests/browser/test_accessibility.py. Ends with
1 if anything is found.
"""

from __future__ import annotations

import argparse
import importlib.util
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from playwright.sync_api import sync_playwright

from tools import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""What is asked for, as axe-core's tags."""

RUN = """async tags => {
  const options = { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] };
  const { violations } = await axe.run(document, options);
  return violations.map(({ id, nodes }) => ({
    id, nodes: nodes.map(node => ({ target: node.target.flat().join(" "), why: node.failureSummary })),
  }));
}"""


@dataclass(frozen=True)
class Violation:
    """One rule that a page breaks at one place."""

    page: str
    rule: str
    target: str
    why: str

    def __str__(self) -> str:
        """Return what a developer has to know."""
        return f"{self.page}: {self.rule} at {self.target}\n    {self.why}"


@cache
def script() -> str:
    """Return axe-core, from the package that brings it.

    Raises:
        FileNotFoundError: the package is not installed.
    """
    spec = importlib.util.find_spec("axe_playwright_python")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("axe.min.js: the package axe-playwright-python is not installed")
    return (Path(spec.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, name: str) -> Iterator[Violation]:
    """Yield what is wrong with `page` as it is open now; `name` is what to call it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(script())
    found: list[dict[str, Any]] = page.evaluate(RUN, list(RULES))
    for one in found:
        for node in one["nodes"]:
            yield Violation(name, one["id"], node["target"], " ".join(str(node["why"]).split()))


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve `folder` on 127.0.0.1 and give its address, with a slash at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def audit(browser: Browser, home: str, pages: list[str], scheme: Literal["dark", "light"], width: int) -> int:
    """Print what is wrong with the pages of a site in one colour scheme and width; return how much there is."""
    # Without motion: axe would measure colours in the middle of a change.
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    opened = context.new_page()
    count = 0
    for path in pages:
        opened.goto(home + path)
        for found in violations(opened, path):
            print(f"{scheme}, {width} pixels: {found}")
            count += 1
    context.close()
    return count


def main() -> None:
    """Look at the site that the command line names."""
    parser = argparse.ArgumentParser(description="Check every page of a built site with axe-core.")
    parser.add_argument("site", type=Path, help="the folder with the built site")
    site: Path = parser.parse_args().site
    pages = sorted(path.relative_to(site).as_posix().removesuffix("index.html") for path in site.rglob("*.html"))
    if not pages:
        raise SystemExit(f"{site} holds no HTML file: there is nothing to check.")
    browser_path = chromium.find()
    if browser_path is None:
        raise SystemExit(chromium.HOW_TO_GET_ONE)
    with sync_playwright() as playwright, served(site) as home:
        browser = playwright.chromium.launch(executable_path=browser_path, args=list(chromium.ARGUMENTS))
        count = audit(browser, home, pages, "light", 390) + audit(browser, home, pages, "dark", 1280)
        browser.close()
    print(f"axe-core: {len(pages)} pages, {count} violations.")
    if count:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
