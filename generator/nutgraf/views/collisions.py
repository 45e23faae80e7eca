"""Files in the content folder that take the place of a page or of each other."""

from __future__ import annotations

import re
from posixpath import basename, dirname
from typing import TYPE_CHECKING, Final

from nutgraf.diagnostics import Diagnostic, RelatedPlace, Severity, Span
from nutgraf.loading.content import FOLDERS
from nutgraf.views import OUTPUTS, address, addresses, glossary_json
from nutgraf.views.social_card import FOLDER as CARDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nutgraf.graph import Graph

_INDEX: Final = "index.html"
_OTHERS: Final = ("search/search_index.json", "sitemap.xml", "sitemap.xml.gz")
"""Files that MkDocs makes of all pages."""
_DEVICES: Final = re.compile(r"(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\..*)?", re.IGNORECASE)
"""Names that files cannot have on Windows: https://learn.microsoft.com/windows/win32/fileio/naming-a-file."""


def collisions(graph: Graph, files: Sequence[str], *, has_address: bool = True) -> Iterator[Diagnostic]:
    """Yield an error for each file in the place of a generated one, and a warning for each two that get in the way.

    Args:
        graph: all records, drafts included.
        files: the paths of the files that are not records, relative to the content folder.
        has_address: whether the site knows its own, without which it has neither feeds nor cards.
    """
    generated = _generated(graph, OUTPUTS if has_address else (glossary_json.JSON,))
    first: dict[str, str] = {}
    for path in files:
        output = output_of(path)
        known = output.casefold()
        if known in generated or (has_address and known.startswith(CARDS)):
            yield _in_place_of(path, output, generated.get(known))
        elif known in first:
            yield _same_output(path, first[known], is_one=output == output_of(first[known]))
        first.setdefault(known, path)
        if any(_DEVICES.fullmatch(part) for part in path.split("/")):
            yield _unstorable(path, f"Windows can't store a file or folder of this name: `{path}`")
    yield from _devices(graph)


def output_of(path: str) -> str:
    """Return the path of the file that MkDocs makes of a file, relative to the site."""
    if not path.endswith((".md", ".markdown", ".mdown", ".mkdn", ".mkd")):
        return path
    stem = path.rpartition(".")[0]
    if basename(stem) in {"index", "README"}:
        return f"{dirname(stem)}/{_INDEX}".lstrip("/")
    return f"{stem}/{_INDEX}"


def _generated(graph: Graph, data: Iterable[str]) -> Mapping[str, str | None]:
    """Return the record, if there is one, by the path of each generated file, in lower case."""
    redirects = graph.redirects
    former = [f"{folder}/{name}/" for folder in FOLDERS for name in redirects.records[folder]]
    stories = (*graph.held, *(key.partition("/")[0] for key in redirects.anchors))
    found: dict[str, str | None] = dict.fromkeys((*data, *_OTHERS))
    for where in (*addresses(graph), *former, *map(address.story, stories)):
        if where == address.HOME:
            continue  # A home page written by hand takes the place of ours: that is how to choose one.
        folder, _, name = where.rstrip("/").partition("/")
        record = graph.positions.path(folder, name) if name and folder in FOLDERS else None
        found[f"{where}{_INDEX}".casefold()] = record if record in graph.positions.roots else None
    return found


def _in_place_of(path: str, output: str, record: str | None) -> Diagnostic:
    where = output.removesuffix(_INDEX)
    related = (RelatedPlace(Span(record), "generates this page"),) if record else ()
    headline = f"`{path}` takes the place of the generated {'page' if where != output else 'file'} /{where}"
    advice = "Rename or move the file. What a record says can be changed in the record only."
    return Diagnostic("replaced-page", headline, Span(path), help=advice, related=related)


def _same_output(path: str, other: str, *, is_one: bool) -> Diagnostic:
    related = (RelatedPlace(Span(other), "the other file"),)
    if is_one:
        headline = f"`{path}` and `{other}` become the same page"
        advice = "Rename or delete one of them. Only one is published."
    else:
        headline = f"`{path}` and `{other}` differ only in upper and lower case"
        advice = "Rename one of them. On macOS and Windows they are the same file."
    return Diagnostic("colliding-files", headline, Span(path), Severity.WARNING, advice, related)


def _devices(graph: Graph) -> Iterator[Diagnostic]:
    content = graph.content
    folders = zip(FOLDERS, (content.stories, content.entities, content.sources, content.terms), strict=True)
    for folder, records in folders:
        for name in records:
            if _DEVICES.fullmatch(name):
                headline = f"Windows can't store a file or folder named after the ID `{name}`"
                yield _unstorable(graph.positions.path(folder, name), headline)


def _unstorable(path: str, headline: str) -> Diagnostic:
    advice = "Rename it, and add the old ID to `formerly` if it was published." if path.endswith("ml") else "Rename it."
    return Diagnostic("colliding-files", headline, Span(path), Severity.WARNING, advice)
