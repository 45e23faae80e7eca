"""Rates a page of each kind with Lighthouse: `python -m tools.audit.lighthouse site`.

As on a phone, from a server that sends gzip, as every host of static files does. Accessibility, best practices and SEO
must be 100, else it ends with 1 and names what is amiss. The figure for performance is printed and no more: it measures
the machine as well. See https://github.com/GoogleChrome/lighthouse/blob/main/docs/readme.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import statistics
import subprocess
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tools import chromium
from tools.audit.audit import HERE, find_runtimes, install_checkers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PERFECT: Final = ("accessibility", "best-practices", "seo")
PACKED: Final = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt"}
ROUNDS: Final = 3
"""How often the performance of a story is measured; the middle counts."""
FLAGS: Final = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
NOT_OURS: Final = {
    # The site says where it will be published, and is looked at here.
    "canonical",
}
"""Audits that a server on this machine cannot pass."""


@dataclass(frozen=True)
class Rating:
    """What Lighthouse says of a page: figures from 0 to 100 by category, and a line for each thing amiss."""

    figures: dict[str, int]
    amiss: tuple[str, ...]


class _Packed(SimpleHTTPRequestHandler):
    """Serves files as a host of static files does: packed, and to be kept for a while."""

    def do_GET(self) -> None:
        """Send a file, packed where that helps."""
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        status = HTTPStatus.OK if path.is_file() else HTTPStatus.NOT_FOUND
        data = path.read_bytes() if path.is_file() else b"There is no such file.\n"
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Cache-Control", "max-age=600")
        if path.suffix in PACKED and "gzip" in self.headers.get("Accept-Encoding", ""):
            data = gzip.compress(data, 6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve `folder`, packed, on 127.0.0.1 and give its address, with a slash at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Packed, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def kinds(site: Path) -> list[str]:
    """Return the address of a page of each kind: each that is one of its own, and the largest of each folder."""
    pages = {path.parent.relative_to(site).as_posix().removeprefix("."): path for path in site.rglob("index.html")}
    folders: dict[str, list[str]] = {}
    for page in pages:
        folders.setdefault(page.rpartition("/")[0] if "/" in page else page, []).append(page)
    found = [name for name in pages if "/" not in name]
    found += [
        max((page for page in inside if "/" in page), key=lambda page: pages[page].stat().st_size)
        for inside in folders.values()
        if any("/" in page for page in inside)
    ]
    return sorted(f"{page}/" if page else "" for page in found)


def rate(url: str, browser: str, categories: Sequence[str]) -> Rating:
    """Let Lighthouse look at one page.

    Args:
        url: of the page.
        browser: the path of Chromium.
        categories: what to rate.
    """
    command: list[str | Path] = [
        *("node", HERE / "node_modules" / "lighthouse" / "cli" / "index.js", url, "--output=json", "--quiet"),
        *(f"--only-categories={','.join(categories)}", f"--chrome-flags={FLAGS}", "--no-enable-error-reporting"),
    ]
    done = subprocess.run(
        command, capture_output=True, check=True, env={**os.environ, "CHROME_PATH": browser, "CI": "1"}, text=True
    )
    return read(json.loads(done.stdout), categories)


def read(report: dict[str, Any], categories: Sequence[str]) -> Rating:
    """Read Lighthouse's report (its docs/understanding-results.md).

    A category is 100 if nothing in it that counts is amiss but what cannot be right here.
    """
    figures: dict[str, int] = {}
    amiss: list[str] = []
    for category in categories:
        wrong = [
            one["id"]
            for one in report["categories"][category]["auditRefs"]
            if one["weight"] and (score := report["audits"][one["id"]]["score"]) is not None and score < 1
        ]
        ours = [name for name in wrong if name not in NOT_OURS]
        figures[category] = 100 if not ours else round(report["categories"][category]["score"] * 100)
        if category in PERFECT:
            amiss += (line for name in ours for line in _told(report["audits"][name]))
    return Rating(figures, tuple(amiss))


def _told(audit: dict[str, Any]) -> Iterator[str]:
    yield f"{audit['id']}: {audit['title']}"
    for item in audit.get("details", {}).get("items", [])[:5]:
        node = item.get("node", {})
        where = node.get("selector") or item.get("url") or item.get("source", {}).get("url") or item
        yield f"    {where} {node.get('explanation', item.get('description', ''))}".rstrip()


def main() -> None:
    """Rate the site that the command line names."""
    parser = argparse.ArgumentParser(description="Rate a page of each kind with Lighthouse.")
    parser.add_argument("site", type=Path, help="the folder with the built site")
    site: Path = parser.parse_args().site
    pages = kinds(site)
    browser = chromium.find()
    if browser is None:
        raise SystemExit(chromium.HOW_TO_GET_ONE)
    install_checkers(find_runtimes().npm)
    failed = 0
    with served(site) as home:
        for page in pages:
            rating = rate(home + page, browser, PERFECT)
            told = ", ".join(f"{name} {figure}" for name, figure in rating.figures.items())
            print(f"/{page}: {told}", *rating.amiss, sep="\n  ", flush=True)
            failed += any(figure < 100 for figure in rating.figures.values())  # noqa: PLR2004 - percent
        story = next((page for page in pages if page.startswith("stories/")), pages[0])
        found = [rate(home + story, browser, ["performance"]).figures["performance"] for _ in range(ROUNDS)]
    print(f"Lighthouse: {len(pages)} pages, {failed} of them below 100 for {', '.join(PERFECT)}.")
    print(f"Performance of /{story}: {statistics.median(found)}, the middle of {', '.join(map(str, found))}.")
    if failed:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
