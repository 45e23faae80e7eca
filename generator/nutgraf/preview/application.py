"""What answers a browser: the files of the site as they are now, and a stream that says when they are others."""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from nutgraf.preview.paths import content_type, site_path
from nutgraf.preview.problems import Problems, UnrenderableError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request

    from nutgraf.preview.live import Live
    from nutgraf.preview.worker import Worker

RESERVED: Final = "/.nutgraf/"
"""Where the preview's own things are. No site has a path that begins with a dot."""
CLIENT: Final = f"{RESERVED}preview.js"
EVENTS: Final = f"{RESERVED}events"

_HEARTBEAT: Final = 15.0
"""Seconds after which a stream without news shows that it is alive, and finds out whether anybody listens."""
_END: Final = b"</body>"
_WAITING: Final = b"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Not yet</title>
<style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 15vh auto; padding: 0 1rem }</style>
</head>
<body>
<h1>Nothing can be shown yet</h1>
<p>The files of this site have mistakes, and there is no earlier state to show. The page comes when they are mended.</p>
</body>
</html>
"""


class Preview:
    """What is shown at this moment, and who is to be told when it changes."""

    def __init__(self, live: Live, worker: Worker, panel: Callable[[Problems], dict[str, Any]]) -> None:
        """Show a site.

        Args:
            live: the site. Its files are asked for in the thread of `worker`.
            worker: where pages are made.
            panel: says what the browser is told about problems.
        """
        self._live = live
        self._worker = worker
        self._panel = panel
        self._session = secrets.token_hex(4)
        self._number = 0
        self._former = 0
        self._styles_only = False
        self._problems = Problems()
        self._last: dict[str, bytes] = {}
        self._ready = asyncio.Event()
        self._closed = False
        self._news = asyncio.Event()

    def show(self, problems: Problems, *, renewed: bool = False, styles_only: bool = False) -> None:
        """Tell all who look at the site of another state of it, or of other problems.

        Args:
            problems: what is wrong now.
            renewed: whether the site is in another state.
            styles_only: whether nothing but style sheets differs in it.
        """
        if renewed:
            self._former, self._number = self._number, self._number + 1
            self._styles_only = styles_only
        self._problems = problems
        self._ready.set()
        self._tell()

    def close(self) -> None:
        """End all streams."""
        self._closed = True
        self._ready.set()
        self._tell()

    def _tell(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    def application(self) -> Starlette:
        """Return what answers requests."""
        return Starlette(
            routes=[
                Route(CLIENT, _client),
                Route(EVENTS, self._events),
                Route("/{path:path}", self._site),
            ]
        )

    # The stream

    async def _events(self, request: Request) -> Response:
        headers = {"Cache-Control": "no-store"}
        if request.method == "HEAD":
            return Response(headers=headers, media_type="text/event-stream")
        return StreamingResponse(self._stream(), headers=headers, media_type="text/event-stream")

    async def _stream(self) -> AsyncIterator[bytes]:
        """Yield what there is to say, at once and whenever it changes (HTML Standard, 9.2, server-sent events)."""
        yield b"retry: 500\n\n"
        await self._ready.wait()
        while not self._closed:
            news = self._news
            data = json.dumps(self._state(), separators=(",", ":"))
            yield f"data: {data}\n\n".encode()
            while not await _within(news, _HEARTBEAT):
                yield b": still here\n\n"

    def _state(self) -> dict[str, Any]:
        return {
            "state": f"{self._session}-{self._number}",
            "former": f"{self._session}-{self._former}",
            "stylesOnly": self._styles_only,
            "base": self._live.base,
            "drafts": sorted(self._live.drafts),
            "problems": self._panel(self._problems),
        }

    # The site

    async def _site(self, request: Request) -> Response:
        path = site_path(request.scope["raw_path"])
        await self._ready.wait()
        found = await self._found(request, path) if path is not None else None
        if found is not None:
            return found
        body = await self._worker.do(self._live.file, "404.html")
        if body is None:
            return Response("There is no such page.\n", 404, media_type="text/plain")
        return _answer(request, "404.html", body, 404)

    async def _found(self, request: Request, path: str) -> Response | None:
        """Return the answer for a path, relative to the server's root; None if there is nothing."""
        base = self._live.base
        if not self._number:
            return _answer(request, "index.html", _WAITING, 503)
        if path == "" and base != "/":
            return RedirectResponse(base, 302, {"Cache-Control": "no-store"})
        if f"/{path}/" == base:
            return _to_folder(request, base)
        if not f"/{path}".startswith(base):
            return None
        return await self._in_site(request, path, f"/{path}".removeprefix(base))

    async def _in_site(self, request: Request, path: str, file: str) -> Response | None:
        is_folder = file == "" or file.endswith("/")
        file = f"{file}index.html" if is_folder else file
        body = await self._body(file)
        if body is not None:
            return _answer(request, file, *body)
        # Only what is no file may be a page without its slash: to find out may take making it.
        if not is_folder and await self._body(f"{file}/index.html") is not None:
            return _to_folder(request, f"/{path}/")
        return None

    async def _body(self, path: str) -> tuple[bytes, int] | None:
        """Return a file of the site and the status to send it with; None if there is no such file.

        A page that cannot be made is shown as it was when it last could, with what is wrong over it.
        """
        try:
            body = await self._worker.do(self._live.file, path)
        except UnrenderableError as error:
            if error.problems != self._problems:
                self.show(error.problems)
            return (self._last[path], 200) if path in self._last else (_WAITING, 503)
        if body is None:
            return None
        if path.endswith(".html"):
            self._last[path] = body
        return body, 200


async def _within(event: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True


def _to_folder(request: Request, path: str) -> Response:
    """Lead on to a page that was asked for without its slash, as the servers do that such sites are published with."""
    query = request.scope["query_string"].decode("latin-1")
    address = quote(path) + (f"?{query}" if query else "")
    return Response(status_code=301, headers={"Location": address, "Cache-Control": "no-store"})


def _answer(request: Request, path: str, body: bytes, status: int) -> Response:
    if path.endswith(".html"):
        body = with_script(body)
    return _with_tag(request, body, status, content_type(path))


def with_script(page: bytes) -> bytes:
    """Return a page with the script of the preview before its end, and not another byte changed.

    The script is told a digest of the page, by which it knows one text of it from another.
    """
    script = f'<script src="{CLIENT}" data-nutgraf="preview" data-page="{_digest(page)}"></script>'.encode()
    before, end, after = page.rpartition(_END)
    return before + script + end + after if end else page + script


def _digest(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=12).hexdigest()


async def _client(request: Request) -> Response:
    body = files("nutgraf.preview").joinpath("client.js").read_bytes()
    return _with_tag(request, body, 200, content_type(CLIENT))


def _with_tag(request: Request, body: bytes, status: int, media_type: str) -> Response:
    """Answer with a validator (RFC 9110, 8.8): the browser keeps what it has for as long as it is the same."""
    tag = f'"{_digest(body)}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if status == 200 and (tag in known or "*" in known):  # noqa: PLR2004
        return Response(status_code=304, headers=headers)
    return Response(body, status, {**headers, "Content-Type": media_type})
