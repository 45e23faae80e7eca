"""What answers a browser: the files of the site as they are now, and a stream that says when they are others."""

from __future__ import annotations

import asyncio
import html
import json
import os
import secrets
from dataclasses import dataclass
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from nutgraf.preview.etag import tag
from nutgraf.preview.problems import Problems, UnrenderableError
from nutgraf.preview.url_paths import content_type, site_path
from nutgraf.reporters import in_order, shown_path
from nutgraf.reporters.control_characters import escaped

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from starlette.requests import Request

    from nutgraf.preview.background_thread import Workers
    from nutgraf.preview.state import PreviewState

RESERVED: Final = "/.nutgraf/"
"""Where the preview's own things are. No site has a path that begins with a dot."""
CLIENT: Final = f"{RESERVED}preview.js"
EVENTS: Final = f"{RESERVED}events"

_HEARTBEAT: Final = 15.0
"""Seconds after which a stream without news shows that it is alive, and finds out whether anybody listens."""
_END: Final = b"</body>"
_MOST: Final = 20
"""How many mistakes are listed where nothing else can be shown."""
_WAITING: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Not yet</title>
<style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 15vh auto; padding: 0 1rem }</style>
</head>
<body>
<h1>%s cannot be shown yet</h1>
<p>There are mistakes, and no earlier state to show. It comes when they are mended.</p>
<ul>
%s</ul>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class _FileResponse:
    """What is answered with.

    Attributes:
        path: of the file, relative to the site.
        body: what is in it.
        status: of HTTP.
    """

    path: str
    body: bytes
    status: int = 200


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """Where it leads on to, as the servers do that such sites are published with, and with which status."""

    path: str
    status: int


class Preview:
    """What is shown at this moment, and who is to be told when it changes."""

    def __init__(
        self,
        live: PreviewState,
        workers: Workers,
        panel: Callable[[Problems], dict[str, Any]],
        tell: Callable[[Problems], None] = lambda _: None,
        catch_up: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """Show a site.

        Args:
            live: the site.
            workers: where its files are asked for.
            panel: says what the browser is told about problems.
            tell: is told of problems that nobody knew before a page was asked for, with all others.
            catch_up: waits until the site is what its files say now; None where it does not follow them.
        """
        self._live = live
        self._workers = workers
        self._panel = panel
        self._tell_of = tell
        self._catch_up = catch_up
        self._session = secrets.token_hex(4)
        self._number = 0
        self._problems = Problems()
        self._last: dict[str, bytes] = {}
        self._ready = asyncio.Event()
        self._closed = False
        self._news = asyncio.Event()

    def show(self, problems: Problems, *, renewed: bool = False) -> None:
        """Tell all who look at the site of another state of it, or of other problems.

        Args:
            problems: what is wrong now.
            renewed: whether the site is in another state.
        """
        if renewed:
            self._number += 1
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
        page = request.query_params.get("page", "")
        stream = self._stream(site_path(page.encode()), request.query_params.get("shown", ""))
        return StreamingResponse(stream, headers=headers, media_type="text/event-stream")

    async def _stream(self, path: str | None, shown: str) -> AsyncIterator[bytes]:
        """Yield what there is to say, at once and whenever it changes (HTML Standard, 9.2, server-sent events).

        Args:
            path: of the page that is looked at; None where there is none.
            shown: the tag of its text as it is shown.
        """
        yield b"retry: 500\n\n"
        await self._ready.wait()
        while not self._closed:
            news = self._news
            page = await self._page(path) if path is not None else None
            if news.is_set():
                continue  # the page was made of something that is over by now
            told = self._state()
            if page is not None:
                told["page"] = {"tag": tag(page)}
                if told["page"]["tag"] != shown:
                    shown = told["page"]["tag"]
                    told["page"]["html"] = with_script(page).decode(errors="replace")
            yield f"data: {json.dumps(told, separators=(',', ':'))}\n\n".encode()
            while not await _within(news, _HEARTBEAT):
                yield b": still here\n\n"

    def _state(self) -> dict[str, Any]:
        return {
            "state": f"{self._session}-{self._number}",
            "base": self._live.base,
            "drafts": dict(sorted(self._live.drafts.items())),
            "assets": self._live.assets,
            "problems": self._panel(self._problems),
        }

    async def _page(self, path: str) -> bytes | None:
        """Return the page that is shown at a path; None where that is no page."""
        found = await self._found(path)
        return found.body if isinstance(found, _FileResponse) and found.path.endswith(".html") else None

    # The site

    async def _site(self, request: Request) -> Response:
        path = site_path(request.scope["raw_path"])
        await self._ready.wait()
        if self._catch_up is not None:
            await self._catch_up()
        found = await self._found(path) if path is not None else await self._nothing()
        if isinstance(found, _FileResponse):
            return _answer(request, found)
        query = request.scope["query_string"].decode("latin-1")
        address = quote(found.path) + (f"?{query}" if query else "")
        return Response(status_code=found.status, headers={"Location": address, "Cache-Control": "no-store"})

    async def _found(self, path: str) -> _FileResponse | _Elsewhere:
        """Return what there is at a path, relative to the server's root."""
        base = self._live.base
        if not self._number:
            return self._waiting("index.html", "The site")
        if path == "" and base != "/":
            return _Elsewhere(base, 302)
        if f"/{path}/" == base:
            return _Elsewhere(base, 301)
        if not f"/{path}".startswith(base):
            return await self._nothing()
        file = f"/{path}".removeprefix(base)
        is_folder = file == "" or file.endswith("/")
        found = await self._file(f"{file}index.html" if is_folder else file)
        # Only what is no file may be a page without its slash: to find out may take making it.
        if found is None and not is_folder and await self._file(f"{file}/index.html") is not None:
            return _Elsewhere(f"/{path}/", 301)
        return found or await self._nothing()

    def _waiting(self, path: str, what: str) -> _FileResponse:
        """Return what stands where nothing can be shown: why."""
        wrong = (one for one in in_order(self._problems.diagnostics) if one.is_error)
        root = Path(os.path.relpath(self._problems.folder)).as_posix()
        told = (f"{shown_path(one.span, root)}:{one.span.line}:{one.span.column}: {one.headline}" for one in wrong)
        items = "".join(f"<li>{html.escape(escaped(one))}</li>\n" for one in islice(told, _MOST))
        return _FileResponse(path, (_WAITING % (what, items)).encode(errors="replace"), 503)

    async def _nothing(self) -> _FileResponse:
        found = await self._file("404.html")
        return (
            _FileResponse("404.html", found.body, 404)
            if found
            else _FileResponse("404.txt", b"There is no such page.\n", 404)
        )

    async def _file(self, path: str) -> _FileResponse | None:
        """Return a file of the site; None if there is no such file.

        A page that cannot be made is shown as it was when it last could, with what is wrong over it.
        """
        try:
            body = await self._made(path)
        except UnrenderableError as error:
            problems = self._problems.with_those(error.problems)
            if problems.diagnostics != self._problems.diagnostics:
                self.show(problems)
                self._tell_of(problems)
            return _FileResponse(path, self._last[path]) if path in self._last else self._waiting(path, "This page")
        if body is None:
            return None
        if path.endswith(".html"):
            self._last[path] = body
        return _FileResponse(path, body)

    async def _made(self, path: str) -> bytes | None:
        """Return the bytes of a file. What takes all pages keeps nobody waiting who looks at one."""
        if not self._live.is_urgent(path):
            return await self._workers.rest.do(self._live.file, path)
        with self._workers.calm.broken():
            return await self._workers.pages.do(self._live.file, path)


async def _within(event: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True


def _answer(request: Request, file: _FileResponse) -> Response:
    body = with_script(file.body) if file.path.endswith(".html") else file.body
    return _with_tag(request, body, file.status, content_type(file.path))


def with_script(page: bytes) -> bytes:
    """Return a page with the script of the preview before its end, and not another byte changed.

    The script is told a digest of the page, by which it knows one text of it from another.
    """
    script = f'<script src="{CLIENT}" data-nutgraf="preview" data-page="{tag(page)}"></script>'.encode()
    before, end, after = page.rpartition(_END)
    return before + script + end + after if end else page + script


async def _client(request: Request) -> Response:
    body = files("nutgraf.preview").joinpath("client.js").read_bytes()
    return _with_tag(request, body, 200, content_type(CLIENT))


def _with_tag(request: Request, body: bytes, status: int, media_type: str) -> Response:
    """Answer with a validator (RFC 9110, 8.8): the browser keeps what it has for as long as it is the same."""
    mark = f'"{tag(body)}"'
    headers = {"ETag": mark, "Cache-Control": "no-cache"}
    known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if status == 200 and (mark in known or "*" in known):  # noqa: PLR2004
        return Response(status_code=304, headers=headers)
    return Response(body, status, {**headers, "Content-Type": media_type})
