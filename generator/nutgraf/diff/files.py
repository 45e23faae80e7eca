"""What changed beside records: pages written by hand, and files that are not compared but named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.diagnostics import Span
from nutgraf.diff.change import Change, ChangeKind, Impact
from nutgraf.diff.records import framing

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from nutgraf.diff.snapshot_pair import SnapshotPair


def files_changed(sides: SnapshotPair) -> Iterator[Change]:
    """Yield the files that differ and are not compared: whatever they do to pages, it is not told."""
    old, new = sides.old.files, sides.new.files
    # A content folder may be compared with one that stands alone.
    projects = all(any(path.startswith("../") for path in files) for files in (old, new))
    for path in sorted({*old, *new}):
        if (path in old and path in new and old[path] & new[path]) or (path.startswith("../") and not projects):
            continue
        if _is_wording(path) and framing(sides.old) != framing(sides.new):
            continue  # Its sentences are compared.
        yield Change(
            ChangeKind.FILE_CHANGED,
            path,
            f"File `{path.removeprefix('../')}` {_fate(path, old, new)}; its contents aren't compared",
            span=Span(path) if path in new else None,
            old_span=Span(path) if path in old else None,
            reach=Impact(pages=(path.removesuffix("index.html"),) if path.endswith("index.html") else ()),
        )


def _is_wording(path: str) -> bool:
    return path.startswith("../") and "wording/" in path and path.endswith(".yml")


def _fate(path: str, old: Container[str], new: Container[str]) -> str:
    return "added" if path not in old else "removed" if path not in new else "changed"


def pages_changed(sides: SnapshotPair) -> Iterator[Change]:
    """Yield the pages written by hand that read otherwise: of each, the paragraphs that differ."""
    old, new = sides.old.pages, sides.new.pages
    for path in sorted({*old, *new}):
        before, after = old.get(path, ""), new.get(path, "")
        if before.rstrip().splitlines() == after.rstrip().splitlines() and path in old and path in new:
            continue
        told = f"Page `{path}` {_fate(path, old, new)}"
        if path in old and path in new and before.split() == after.split():
            told += "; only its white space is different"
        gone, came = _paragraphs(before), _paragraphs(after)
        texts = {text for _, text in gone}, {text for _, text in came}
        first = next((line for line, text in came if text not in texts[0]), 1)
        yield Change(
            ChangeKind.PAGE_CHANGED,
            path,
            told,
            span=Span(path, first) if path in new else None,
            old_span=Span(path) if path in old else None,
            before="\n\n".join(text for _, text in gone if text not in texts[1]),
            after="\n\n".join(text for _, text in came if text not in texts[0]),
            reach=Impact(pages=(_address(path),)),
        )


def _paragraphs(text: str) -> list[tuple[int, str]]:
    """Return the paragraphs of a text, each with its first line, counted from 1."""
    found: list[tuple[int, list[str]]] = []
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            inside = False
        elif inside:
            found[-1][1].append(line.strip())
        else:
            found.append((number, [line.strip()]))
            inside = True
    return [(number, " ".join(lines)) for number, lines in found]


def _address(path: str) -> str:
    name = path.removesuffix(".md")
    return f"{name}/".removesuffix("index/") if name.endswith("index") else f"{name}/"
