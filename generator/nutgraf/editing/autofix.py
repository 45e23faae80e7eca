"""Mending what there is one way to mend: the replacements that complaints bring along, written into the files."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutgraf.editing.edits import TextEdit, applied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from nutgraf.diagnostics import Diagnostic, Replacement

    Check = Callable[[Mapping[str, bytes]], Sequence[Diagnostic]]

_WIDEST: Final = 10_000
_ROUNDS: Final = 50
"""A mended file may show what was hidden behind the mistake: a link in a line that could not be read, for one."""


@dataclass(frozen=True, slots=True)
class Mended:
    """What was mended.

    Attributes:
        files: the new bytes of all files that change.
        done: the complaints that are gone, in the order in which they were mended; places are those of their round.
        left: what is still wrong.
    """

    files: Mapping[str, bytes]
    done: tuple[Diagnostic, ...]
    left: tuple[Diagnostic, ...]


def mend(tree: Mapping[str, bytes], check: Check) -> Mended:
    """Apply what complaints say mends them, until none of them does.

    A file in which a complaint stays after all, or a worse one comes of it, is left as it was.

    Args:
        tree: the files of the content.
        check: returns all that is wrong with such a tree.
    """
    now, refused = dict(tree), set[str]()
    done: list[Diagnostic] = []
    left = tuple(check(now))
    for _ in range(_ROUNDS):
        found = _by_file(one for one in left if one.fix and one.span.path not in refused)
        if not found:
            break
        chosen = {path: [*_apart(ones)] for path, ones in found.items()}
        tried = now | {path: _written(now[path], ones) for path, ones in chosen.items()}
        after = tuple(check(tried))
        spoilt = {path for path, ones in chosen.items() if _remains(path, ones, left, after)}
        refused |= spoilt
        now |= {path: tried[path] for path in chosen if path not in spoilt}
        done += [one for path, ones in chosen.items() if path not in spoilt for one in ones]
        left = tuple(check(now)) if spoilt else after
    return Mended({path: data for path, data in now.items() if data != tree[path]}, tuple(done), left)


def _by_file(diagnostics: Iterable[Diagnostic]) -> dict[str, list[Diagnostic]]:
    found: dict[str, list[Diagnostic]] = {}
    for one in diagnostics:
        if all(change.span.path == one.span.path for change in one.fix):
            found.setdefault(one.span.path, []).append(one)
    return found


def _apart(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the complaints whose replacements do not touch each other; the others wait for the next round."""
    taken: set[tuple[int, int]] = set()
    for one in diagnostics:
        # Two items of one list are taken out one after the other: the field goes with the last of them.
        places = {place for change in one.fix for place in _places(change)}
        if taken.isdisjoint(places):
            taken |= places
            yield one


def _places(change: Replacement) -> Iterator[tuple[int, int]]:
    span = change.span
    if span.line == span.end_line:
        yield from ((span.line, column) for column in range(span.column, span.end_column + 1))
    else:
        yield from ((line, column) for line in range(span.line, span.end_line) for column in range(1, _WIDEST))
        yield (0, 0)


def _written(data: bytes, diagnostics: Iterable[Diagnostic]) -> bytes:
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", data.decode().removeprefix("\ufeff"))
    return applied(data, (edit for one in diagnostics for change in one.fix for edit in _edits(change, lines)))


def _edits(change: Replacement, lines: list[str]) -> Iterator[TextEdit]:
    span = change.span
    if span.line == span.end_line:
        yield TextEdit(span.line, span.column, span.end_column, change.text)
        return
    # Whole lines go, the dash of a list item with them.
    if lines[span.line - 1][: span.column - 1].strip(" -"):
        return
    for number in range(span.line, min(span.end_line, len(lines) + 1)):
        yield TextEdit(number, 1, len(lines[number - 1]) + 1, "")


def _remains(
    path: str, mended: Iterable[Diagnostic], before: Sequence[Diagnostic], after: Sequence[Diagnostic]
) -> bool:
    """Tell whether something that was mended in a file is still wrong there, or more is wrong than before."""
    mine = [[one for one in found if one.span.path == path] for found in (before, after)]
    was, now, wanted = (Counter((one.rule, one.headline) for one in found) for found in (*mine, mended))
    return any(now[key] > was[key] - number for key, number in wanted.items()) or now.total() > was.total()
