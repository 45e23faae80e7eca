"""One text as YAML: in the plainest way in which the dialect reads it as that text, and nothing else."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from nutgraf.loading.nodes import Mapping, Scalar
from nutgraf.loading.yaml import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST: Final = 120
"""Characters in a line, where they can be broken."""
_SAFE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ’'/()$€£%–.;!?-]*[A-Za-z0-9)%.!?]|[A-Za-z0-9]")
"""Surely plain, in any place: no sign of YAML's, and none at the ends that could become one."""
_END_OF_SENTENCE: Final = re.compile(r"(?<=[.!?]) (?=[^\s])|(?<=[.!?][\"”’)]) (?=[^\s])")


@lru_cache(maxsize=20_000)
def inline(text: str, *, flow: bool) -> str | None:
    """Return a text on one line, in quotes if it needs them; None where no line can hold it.

    Args:
        text: what to write.
        flow: whether it stands between brackets.
    """
    if _SAFE.fullmatch(text):
        return text
    candidates = [] if "\n" in text else [text, _double(text), _single(text)]
    return next((one for one in [*candidates, _escaped(text)] if _reads(one, text, flow=flow)), None)


def _double(text: str) -> str:
    return f'"{text}"' if '"' not in text and "\\" not in text else _single(text)


def _single(text: str) -> str:
    quoted = text.replace("'", "''")
    return f"'{quoted}'"


def _escaped(text: str) -> str:
    signs = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
    told = "".join(signs.get(one) or (one if one.isprintable() else f"\\U{ord(one):08x}") for one in text)
    return f'"{told}"'


def _reads(written: str, text: str, *, flow: bool) -> bool:
    """Tell whether the dialect reads something as a text, without a complaint."""
    line = f"{{key: {written}, other: x}}\n" if flow else f"key: {written}\n"
    found = parse("x.yml", line.encode())
    if found.diagnostics or not isinstance(found.root, Mapping) or "key" not in found.root.entries:
        return False
    value = found.root.entries["key"].value
    return isinstance(value, Scalar) and value.text == text and (len(found.root.entries) == 2) is flow  # noqa: PLR2004


def folded(text: str, indent: int) -> list[str] | None:
    """Return a text as a folded block, a sentence to a line; None where that would say something else.

    Args:
        text: what to write.
        indent: of its lines, in spaces.

    Returns:
        The lines behind the key: `>-` first.
    """
    if not text.strip() or text != text.strip():
        return None
    room = LONGEST - indent
    lines: list[str] = []
    for number, paragraph in enumerate(text.split("\n")):
        if number:
            lines.append("")
        lines += _sentences(paragraph, room) if paragraph else []
    if any(line.startswith((" ", "\t")) or line != line.rstrip() for line in lines):
        return None
    return _block_as(text, ">-", lines, indent)


def literal(text: str, indent: int) -> list[str] | None:
    """Return a text as a literal block, line for line; None where that would say something else. See `folded`."""
    if "\n" not in text.rstrip("\n") or text.startswith((" ", "\n")):
        return None
    head, lines = ("|", text.removesuffix("\n").split("\n")) if text.endswith("\n") else ("|-", text.split("\n"))
    return _block_as(text, head, lines, indent)


def _block_as(text: str, head: str, lines: list[str], indent: int) -> list[str] | None:
    """Return a block with its lines at a depth, if it is read as the text."""
    told = "\n".join([f"key: {head}", *(f"  {line}" if line else "" for line in lines), ""])
    read = parse("x.yml", told.encode())
    if read.diagnostics or not isinstance(read.root, Mapping):
        return None
    value = read.root.entries["key"].value
    if not isinstance(value, Scalar) or value.text != text:
        return None
    return [head, *(f"{' ' * indent}{line}" if line else "" for line in lines)]


def _sentences(paragraph: str, room: int) -> Iterator[str]:
    for sentence in _END_OF_SENTENCE.split(paragraph):
        yield from _broken(sentence, room)


def _broken(sentence: str, room: int) -> Iterator[str]:
    """Yield a sentence in lines, broken where a single space stands."""
    while len(sentence) > room:
        places = [found.start() for found in re.finditer(r"(?<=\S) (?=\S)", sentence)]
        at = max((place for place in places if place <= room), default=min(places, default=None))
        if at is None:
            break
        yield sentence[:at]
        sentence = sentence[at + 1 :]
    yield sentence
