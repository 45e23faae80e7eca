"""Bytes to lines of text: UTF-8 and nothing else, and no character that cannot be seen.

Lines end with LF, CRLF or CR. A byte order mark at the start of the file is skipped and counts as no column.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from nutgraf.diagnostics import Diagnostic, Span
from nutgraf.invisible_characters import first_unseen, is_suspicious, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 1_000_000
"""The largest file that is read: room for a story of two thousand statements."""
MAX_CONTROL_CHARACTERS = 100
"""On how many lines of a file characters that cannot be seen are reported."""

_UTF16 = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(frozen=True, slots=True)
class SourceText:
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


def decode(path: str, data: bytes) -> SourceText:
    """Turn the bytes of the file `path` into lines, whatever they are."""
    if len(data) > MAX_BYTES:
        return SourceText(("",), (too_large(path, len(data)),), readable=False)
    if encoding := _wide(data):
        headline = "File is saved as UTF-16, not as UTF-8"
        complaint = Diagnostic("not-utf8", headline, Span(path), help="Save it as UTF-8 in your editor.")
        return SourceText(_lines(data.decode(encoding, "replace").removeprefix("\ufeff")), (complaint,))
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return SourceText(_lines(data.decode()))
    except UnicodeDecodeError as error:
        return _not_utf8(path, data, error)


def too_large(path: str, size: int) -> Diagnostic:
    """Return the complaint about a file of so many bytes."""
    headline = f"File has {size:,} bytes, more than {MAX_BYTES:,}"
    advice = "One file holds one record. Divide a long story into several that link to each other."
    return Diagnostic("file-too-large", headline, Span(path), help=advice)


def control_characters(path: str, lines: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Yield a complaint for the first character on each line that cannot be seen."""
    if not is_suspicious("".join(lines)):
        return
    found = ((number, at) for number, line in enumerate(lines, 1) if (at := first_unseen(line)) is not None)
    for number, at in islice(found, MAX_CONTROL_CHARACTERS):
        char = lines[number - 1][at]
        yield Diagnostic(
            "control-character",
            f"Line contains {name_of(char)} (U+{ord(char):04X})",
            Span(path, number, at + 1, number, at + 2),
            help="Delete it, or replace it with a space or line break. Such characters are often pasted in from web "
            "pages, PDFs or word processors.",
        )


def merge_conflicts(path: str, lines: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Yield a complaint for each conflict that Git left in a file; what is between its markers is two files at once."""
    start, is_divided = 0, False
    for number, line in enumerate(lines, 1):
        marker = line[:8].rstrip()
        if marker == _OURS:
            start, is_divided = number, False
        elif marker == _DIVIDER and start:
            is_divided = True
        elif marker == _THEIRS and is_divided:
            yield Diagnostic(
                "merge-conflict",
                "Unresolved merge conflict",
                Span(path, start, 1, start, len(lines[start - 1]) + 1),
                help=f"Keep one of the two versions, or combine them, and delete the lines that start with `{_OURS}`, "
                f"`{_DIVIDER}` and `{_THEIRS}` (lines {start} to {number}).",
            )
            start, is_divided = 0, False


_OURS, _DIVIDER, _THEIRS = "<<<<<<<", "=======", ">>>>>>>"


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


def _not_utf8(path: str, data: bytes, error: UnicodeDecodeError) -> SourceText:
    before = _lines(data[: error.start].decode())
    line, column = len(before), len(before[-1]) + 1
    place = Span(path, line, column, line, column + 1)
    byte = data[error.start : error.start + 1]
    if b"\x00" in data:
        complaint = Diagnostic("not-utf8", "File is not text", Span(path), help="A record file is text in UTF-8.")
        return SourceText(("",), (complaint,), readable=False)
    meant = byte.decode("cp1252", "replace")
    guess = f", where this byte is `{meant}`" if meant.isprintable() and meant != "\ufffd" else ""
    complaint = Diagnostic(
        "not-utf8",
        f"Byte 0x{byte.hex().upper()} is not UTF-8",
        place,
        help=f"The file seems to be saved as Windows-1252 or Latin-1{guess}. Save it as UTF-8 in your editor.",
    )
    return SourceText(_lines(data.decode(errors="replace")), (complaint,))


def _lines(text: str) -> tuple[str, ...]:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return tuple(text.split("\n"))
