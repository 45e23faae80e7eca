"""Bytes to lines of text: UTF-8 and nothing else, and no character that cannot be seen.

Lines end with LF, CRLF or CR. A byte order mark at the start of the file is skipped and counts as no column.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from nutgraf.diagnostics import Diagnostic, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 1_000_000
"""The largest file that is read: room for a story of two thousand statements."""
MAX_CONTROL_CHARACTERS = 100
"""On how many lines of a file characters that cannot be seen are reported."""

CONTROL = re.compile(
    # All that YAML 1.1, section 5.1, calls printable, less NEL, LS and PS: YAML 1.1 breaks lines there, YAML 1.2 and
    # every editor do not. Surrogates come from escapes such as "\ud800" only.
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]",
)

_UTF16 = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_NAMES = {
    "\x00": "a NUL",
    "\x85": "a next-line character",
    "\u2028": "a line separator",
    "\u2029": "a paragraph separator",
    "\ufeff": "a byte order mark inside the file",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A file as text.

    Attributes:
        lines: its lines without their ends, at least one; control characters are still in place.
        diagnostics: complaints about the encoding.
        readable: whether it makes sense to go on.
    """

    lines: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    readable: bool = True


def source_lines(data: bytes) -> tuple[str, ...]:
    """Return the lines of a file, to show beside a complaint: the same lines that its spans count."""
    return decode("", data).lines


def decode(path: str, data: bytes) -> Source:
    """Turn the bytes of the file `path` into lines, whatever they are."""
    if len(data) > MAX_BYTES:
        return Source(("",), (too_large(path, len(data)),), readable=False)
    if encoding := _wide(data):
        headline = "File is saved as UTF-16, not as UTF-8"
        complaint = Diagnostic("not-utf8", headline, Span(path), help="Save it as UTF-8 in your editor.")
        return Source(_lines(data.decode(encoding, "replace").removeprefix("\ufeff")), (complaint,))
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return Source(_lines(data.decode()))
    except UnicodeDecodeError as error:
        return _not_utf8(path, data, error)


def too_large(path: str, size: int) -> Diagnostic:
    """Return the complaint about a file of so many bytes."""
    headline = f"File has {size:,} bytes, more than {MAX_BYTES:,}"
    advice = "One file holds one record. Divide a long story into several that link to each other."
    return Diagnostic("file-too-large", headline, Span(path), help=advice)


def control_characters(path: str, lines: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Yield a complaint for the first character on each line that cannot be seen."""
    if not CONTROL.search("".join(lines)):
        return
    matches = ((number, match) for number, line in enumerate(lines, 1) if (match := CONTROL.search(line)))
    for number, match in islice(matches, MAX_CONTROL_CHARACTERS):
        char = match.group()
        name = _NAMES.get(char, "a control character")
        yield Diagnostic(
            "control-character",
            f"Line holds {name} (U+{ord(char):04X})",
            Span(path, number, match.start() + 1, number, match.end() + 1),
            help="Delete it, and write a space or a line break if one is needed. Such characters come along unseen "
            "with text that is copied from a web page, a PDF or a word processor.",
        )


def _wide(data: bytes) -> str | None:
    """Return the codec of a UTF-16 file, told by its byte order mark or by every other of its first bytes being 0."""
    for mark, encoding in _UTF16:
        if data.startswith(mark):
            return encoding
    start = data[:4]
    if len(start) < len("utf8"):
        return None
    if start[1] == start[3] == 0 != start[0]:
        return "utf-16-le"
    if start[0] == start[2] == 0 != start[1]:
        return "utf-16-be"
    return None


def _not_utf8(path: str, data: bytes, error: UnicodeDecodeError) -> Source:
    before = _lines(data[: error.start].decode())
    line, column = len(before), len(before[-1]) + 1
    place = Span(path, line, column, line, column + 1)
    byte = data[error.start : error.start + 1]
    if b"\x00" in data:
        complaint = Diagnostic("not-utf8", "File is not text", Span(path), help="A record file is text in UTF-8.")
        return Source(("",), (complaint,), readable=False)
    meant = byte.decode("cp1252", "replace")
    guess = f", where this byte is `{meant}`" if meant.isprintable() and meant != "\ufffd" else ""
    complaint = Diagnostic(
        "not-utf8",
        f"Byte 0x{byte.hex().upper()} is not UTF-8",
        place,
        help=f"The file seems to be saved as Windows-1252 or Latin-1{guess}. Save it as UTF-8 in your editor.",
    )
    return Source(_lines(data.decode(errors="replace")), (complaint,))


def _lines(text: str) -> tuple[str, ...]:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return tuple(text.split("\n"))
