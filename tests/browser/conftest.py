"""Chromium, and a server that shows it a folder."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Protocol

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.preview.conftest import begun, preview, site, start
from tools import chromium as machine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["begun", "preview", "site", "start"]  # the fixtures of previews, for test_preview.py

ARGUMENTS = (
    *machine.ARGUMENTS,
    # Another host is never asked, even when a page tries: the test is to report it, not to do it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


class Serve(Protocol):
    """A function that serves folders."""

    def __call__(self, folder: Path) -> str:
        """Serve `folder` and return its address, without a slash at the end."""
        ...


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and does not write a line for each."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the machine's Chromium; without one the test fails and says how to get it."""
    path = machine.find()
    if path is None:
        pytest.fail(machine.HOW_TO_GET_ONE, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Give a function that serves a folder on 127.0.0.1, on a free port, until the run ends."""
    servers: list[ThreadingHTTPServer] = []

    def start(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
