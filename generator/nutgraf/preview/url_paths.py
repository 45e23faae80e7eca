"""From what a browser asks for to a file of the site: nothing that could be another place ever comes through."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

_BAD: Final = frozenset("/\\" + (":" if os.name == "nt" else "")) | frozenset(map(chr, (*range(32), 127)))
"""What no name of a published file may have in it: separators, and control characters."""


def site_path(target: bytes) -> str | None:
    """Return the path of a request, relative to the server's root and decoded once; None if it may be no file's.

    Args:
        target: the path as it was sent, percent-encoded (RFC 3986, 2.1), without the query.

    Returns:
        With forward slashes, as in "stories/x/"; empty for the root. No part of it is empty (but for what stands
        behind a slash at the end), `.` or `..`, or begins with a dot.
    """
    if not target.startswith(b"/"):
        return None
    names = []
    parts = target[1:].split(b"/")
    for part in parts:
        try:
            name = unquote_to_bytes(part).decode("utf-8")
        except UnicodeDecodeError:
            return None
        if name.startswith(".") or not _BAD.isdisjoint(name):
            return None
        names.append(name)
    if "" in names[:-1]:
        return None
    return "/".join(names)


_TYPES: Final[Mapping[str, str]] = {
    "avif": "image/avif",
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "gif": "image/gif",
    "gz": "application/gzip",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "map": "application/json",
    "mjs": "text/javascript; charset=utf-8",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "ogg": "audio/ogg",
    "otf": "font/otf",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "ttf": "font/ttf",
    "txt": "text/plain; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "wasm": "application/wasm",
    "webm": "video/webm",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xml": "application/xml",
    "zip": "application/zip",
}


def content_type(path: str) -> str:
    """Return the media type of a file by its name. The same everywhere: the machine's own list is not asked."""
    return _TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")
