"""The pages that a change reaches: those that are different, and that looked up what was changed.

All pages of both sides are rendered as a build renders them, with their look-ups noted, so that there is no second list
of what a page depends on. A different page belongs to each change whose subject it looked up on either side. The pages
of all changes together are exactly the different ones; those of one change may include pages that differ because of
another change of something they also looked up. A page that belongs to no change belongs to all of them; if there is no
change at all, the page itself is one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from nutgraf.build.cache import digest
from nutgraf.build.recording_graph import ALL, KEYS, LookupRecorder, recording
from nutgraf.build.workers import CAN_FORK, WorkerPool
from nutgraf.diagnostics import Span
from nutgraf.diff import Change, ChangeKind, Impact
from nutgraf.diff.snapshot_pair import IdMapping
from nutgraf.glossary import finder_of, mentions_of, published
from nutgraf.graph import key_of
from nutgraf.views import ViewContext, addresses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nutgraf.build.recording_graph import Note
    from nutgraf.diff import Comparison, Snapshot
    from nutgraf.rendering.renderer import RenderedPage, Renderer
    from nutgraf.views import Settings

_NOTED: Final = {"stories": "stories", "entities": "entities", "sources": "sources", "glossary": "terms"}
"""What notes call the records of a folder."""
_EVERYWHERE: Final = frozenset({ChangeKind.FRAMES_CHANGED})
_NOWHERE: Final = frozenset({ChangeKind.RULE_SUPPRESSED, ChangeKind.FILE_CHANGED})
_PLACED: Final = frozenset({ChangeKind.PAGE_CHANGED, ChangeKind.FILE_CHANGED})
"""Changes whose pages are no records', and are known."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A page of one side.

    Attributes:
        digest: of all that stands on it.
        notes: what it looked up.
    """

    digest: bytes
    notes: frozenset[Note]


def with_pages(outcome: Comparison, old: Snapshot, new: Snapshot, settings: Settings, renderer: Renderer) -> Comparison:
    """Return a comparison in which each change knows its pages.

    Args:
        outcome: of the two sides.
        old: the state before.
        new: the state after.
        settings: of the site. Links to the lines of files, which move with every edit, are left out.
        renderer: of its templates, the same for both.

    Raises:
        jinja2.TemplateError: a template is broken.
    """
    bare = replace(settings, repo_url=None, edit_uri=None, propose_uri=None)
    before, after = _both(old, new, bare, renderer)
    differing = {
        where: [seen for side in (before, after) if (seen := side.get(where)) is not None]
        for where in (*after, *(one for one in before if one not in after))
        if where not in before or where not in after or before[where].digest != after[where].digest
    }
    changes = list(outcome.changes)
    claims = [_claims(one, old, new) for one in changes]
    seen_somewhere = [place for place, one in enumerate(changes) if one.kind not in _NOWHERE | _PLACED]
    reached: list[list[str]] = [[] for _ in changes]
    for where, sides in differing.items():
        notes = frozenset[tuple[str, str]]().union(*(seen.notes for seen in sides))
        for place in _claiming(notes, claims) or seen_somewhere:
            reached[place].append(where)
    told = [
        one if one.kind in _PLACED else replace(one, reach=replace(one.reach, pages=tuple(pages)))
        for one, pages in zip(changes, reached, strict=True)
    ]
    if differing and not any(reached) and not _is_explained(old, new):
        told += _untold(differing, new)
    return replace(outcome, changes=tuple(told))


def _both(
    old: Snapshot, new: Snapshot, settings: Settings, renderer: Renderer
) -> tuple[Mapping[str, _Seen], Mapping[str, _Seen]]:
    if CAN_FORK:
        renderer.preload()
    with WorkerPool(lambda: _pages(old, settings, renderer)) as pool:
        before = pool.submit()
        after = _pages(new, settings, renderer)
        return before.result(), after


def _pages(side: Snapshot, settings: Settings, renderer: Renderer) -> dict[str, _Seen]:
    graph = side.graph if side.graph.damaged else published(side.graph)
    context = ViewContext(graph, mentions_of(graph), finder_of(graph), side.wording, settings)
    trace = LookupRecorder()
    through = recording(context, trace)
    found: dict[str, _Seen] = {}
    for where in addresses(context.graph):
        notes = trace.page()
        page = renderer.render(where, through)
        found[where] = _Seen(_digest(page), frozenset(notes))
    return found


def _digest(page: RenderedPage) -> bytes:
    parts = (page.title, page.description, page.html, page.head, page.contents)
    return digest("\0".join(parts).encode(errors="surrogatepass"))


# ---- which change it was ----


def _claims(change: Change, old: Snapshot, new: Snapshot) -> frozenset[Note] | None:
    """Return what a page looks up that shows a change; None for what every page may show."""
    if change.kind in _EVERYWHERE or change.subject in _NOTED:
        return None
    if change.kind in _NOWHERE | _PLACED:
        return frozenset()
    return frozenset(_noted(change, old, new))


def _noted(change: Change, old: Snapshot, new: Snapshot) -> Iterator[Note]:
    folder, _, rest = change.subject.partition("/")
    name = rest.partition("#")[0]
    if folder in _NOTED and (name in new.graph.records(folder) or name in old.graph.records(folder)):
        yield from ((_NOTED[folder], one) for one in {name, *_former(old, new, folder, name)})
        if folder == "stories":
            yield from (("in_story", name), ("sections", name))
            yield from (("statements", key) for key in change.reach.statements)
        return
    for key in {change.subject, *_former_keys(old, new, change.subject)}:
        yield ("statements", key) if key in old.graph.statements or key in new.graph.statements else ("stories", folder)


def _former(old: Snapshot, new: Snapshot, folder: str, name: str) -> Iterator[str]:
    """Yield the old ids of a record."""
    record = new.graph.records(folder).get(name)
    yield from (str(one) for one in getattr(record, "formerly", ()) if str(one) in old.graph.records(folder))


def _former_keys(old: Snapshot, new: Snapshot, key: str) -> Iterator[str]:
    """Yield the old keys of a statement."""
    story, _, name = key.partition("/")
    one = new.graph.statements.get(key)
    stories = (story, *_former(old, new, "stories", story))
    names = (name, *(one.statement.formerly if one is not None else ()))
    yield from (key_of(where, str(other)) for where in stories for other in names)


def _claiming(notes: frozenset[Note], claims: list[frozenset[Note] | None]) -> list[int]:
    """Return the places of the claims that a page meets: those to whose very subject it looked before all others."""
    exactly = [place for place, claim in enumerate(claims) if claim is None or not notes.isdisjoint(claim)]
    loosely = {(what, every) for what, every in notes if every in {ALL, KEYS}}
    every = [{(what, mark) for what, _ in claim or () for mark in (ALL, KEYS)} for claim in claims]
    return exactly or [place for place, claim in enumerate(every) if not loosely.isdisjoint(claim)]


def _is_explained(old: Snapshot, new: Snapshot) -> bool:
    """Tell whether pages may differ without a change: by the new addresses of what was renamed, by a mistake."""
    return bool(old.graph.damaged or new.graph.damaged) or IdMapping.between(old, new).renamed


def _untold(differing: Iterable[str], new: Snapshot) -> Iterator[Change]:
    """Yield the pages that differ, though no change was found."""
    for where in differing:
        path = f"{where.rstrip('/')}.yml"
        known = path in new.graph.positions.roots
        yield Change(
            ChangeKind.PAGE_DIFFERS,
            where,
            f"Page `/{where}` is different, but no change explains it",
            span=Span(path if known else "."),
            reach=Impact(pages=(where,)),
        )
