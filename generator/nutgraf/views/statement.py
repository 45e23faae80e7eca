"""A statement as it stands on a page: its sentence, and the mark that tells how sure it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from nutgraf.markdown import link_candidates, render_links, sentence_html
from nutgraf.model import Because
from nutgraf.views import address, interface_text
from nutgraf.views.certainty_mark import CachedStatement, CertaintyMark
from nutgraf.views.speakers import said_by
from nutgraf.wording import compile_undated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nutgraf.graph import Graph, Resolved
    from nutgraf.views.interface_text import Label
    from nutgraf.views.page import Link, PageContext
    from nutgraf.wording import Sentence, Unit


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement on a page.

    Attributes:
        id: its permanent anchor, which it has in its own story and nowhere else; None elsewhere.
        former: the anchors that it had before, likewise.
        classes: its certainty and flags, for the style sheet.
        sentence: its own sentence, but for `tail`.
        tail: the end of its last word, which stays on one line with the mark.
        struck: whether that holds no more and is struck out.
        followed: the sentences that must stand with it; empty as a rule.
        mark: its mark.
        by: the ids of those whose word it is, on the page of its story; empty elsewhere.
    """

    id: str | None
    former: tuple[str, ...]
    classes: str
    sentence: Markup
    tail: Markup
    struck: bool
    followed: Markup
    mark: CertaintyMark
    by: str


@dataclass(frozen=True, slots=True)
class StatementGroup:
    """Statements of one story.

    Attributes:
        name: the story's id.
        story: the way to it.
        statements: at least one.
        anchor: of the group; empty for none.
    """

    name: str
    story: Link
    statements: tuple[StatementView, ...]
    anchor: str = ""


def record_anchor(name: str) -> str:
    """Return the anchor that the record of a statement has on the page of its story.

    No anchor of a section has two hyphens in a row, so that they never meet.
    """
    return f"section-record--{name}"


def flags(graph: Graph, resolved: Resolved) -> Iterator[Label]:
    """Yield what must be known of a statement at a glance, besides its certainty; the gravest first."""
    if resolved.is_retracted:
        yield interface_text.RETRACTED
    superseded = resolved.statement.superseded
    if superseded:
        yield interface_text.SUPERSEDED[superseded.because]
    if resolved.is_refuted:
        yield interface_text.REFUTED
    if resolved.is_disputed:
        yield interface_text.DISPUTED
    if resolved.is_accusation:
        yield interface_text.ALLEGED
    others = (
        [one for key in differing(graph, resolved) if holds(one := graph.statements[key])] if holds(resolved) else []
    )
    if others:
        # Only what another source tells is another account.
        is_elsewhere = any(set(one.source_ids) - set(resolved.source_ids) for one in others)
        yield interface_text.DIFFERING if is_elsewhere else interface_text.DIFFERING_WITHIN
    states = dict.fromkeys(status.is_ for name in resolved.source_ids if (status := graph.sources[name].status))
    yield from (interface_text.SOURCE_STATES[state] for state in states)


def differing(graph: Graph, resolved: Resolved) -> Iterator[str]:
    """Yield the keys of the statements that tell it otherwise, whichever of the two says so."""
    yield from resolved.conflicts_with
    for other in graph.dependents.get(resolved.key, ()):
        if resolved.key in graph.statements[other].conflicts_with and other not in resolved.conflicts_with:
            yield other


def holds(resolved: Resolved) -> bool:
    """Tell whether a statement stands: it was neither taken back nor gave way to another."""
    return not (resolved.is_retracted or resolved.statement.superseded)


def mark(page: PageContext, key: str) -> CertaintyMark:
    """Return the mark of a statement: on the page of its story it opens the record, elsewhere it leads there."""
    resolved = page.graph.statements[key]
    word = page.wording.certainty(resolved.certainty)
    found = tuple(flags(page.graph, resolved))
    label = interface_text.capital(", ".join([word, *(flag.word for flag in found)]))
    return CertaintyMark(
        shape=str(resolved.certainty),
        word=word,
        flags=found,
        label=label,
        name=f"{label}: {page.context.opening(key)}",
        record=record_anchor(resolved.id) if resolved.story == page.story else None,
        href=page.href(address.statement(key)),
    )


def statement(page: PageContext, key: str, *, anchor: bool = False) -> StatementView:
    """Return a statement as it stands alone.

    Args:
        page: where it stands.
        key: the statement.
        anchor: whether this is the one place that its permanent address leads to.
    """
    if anchor or page.story is not None:
        first, *rest = page.context.unit(key).sentences
        return _view(page, key, first, rest, anchor=anchor)
    # The same sentence stands on the pages of all that it speaks of, and of all its sources.
    kept = page.graph.memoize(page.context.alone, key, lambda: _kept(page, key))
    linker = page.linker.in_story(page.graph.statements[key].story)
    depth = page.address.count("/")
    the_mark = kept.marks.get(depth)
    if the_mark is None:
        the_mark = kept.marks[depth] = mark(page, key)
    shown, tail = _without_tail(render_links(kept.sentence, linker))
    followed = Markup(" ").join(render_links(one, linker) for one in kept.followed)
    return StatementView(None, (), kept.classes, shown, tail, kept.struck, followed, the_mark, "")


def _kept(page: PageContext, key: str) -> CachedStatement:
    resolved = page.graph.statements[key]
    linker = page.linker.in_story(resolved.story)
    first, *rest = page.context.unit(key).sentences
    return CachedStatement(
        sentence=link_candidates(first, linker),
        followed=tuple(link_candidates(one, linker) for one in rest),
        classes=_classes(mark(page, key)),
        struck=is_struck(resolved),
    )


def undated(page: PageContext, key: str) -> StatementView:
    """Return a statement as it stands beside its date."""
    first, *rest = compile_undated(page.graph.statements[key], page.graph, page.wording).sentences
    return _view(page, key, first, rest, anchor=False)


def running(page: PageContext, unit: Unit) -> Iterator[StatementView]:
    """Yield the statements of a unit of running text, at the place that their permanent addresses lead to.

    Where a sentence gives two of them, each has its part of it, with a mark behind.
    """
    first, *rest = unit.sentences
    *earlier, (last, segments) = first.pieces
    for key, piece in earlier:
        yield _view(page, key, replace(first, segments=piece), (), anchor=True)
    yield _view(page, last, replace(first, segments=segments), rest, anchor=True)


def _view(page: PageContext, key: str, sentence: Sentence, rest: Sequence[Sentence], *, anchor: bool) -> StatementView:
    resolved = page.graph.statements[key]
    # A word is meant in the sense of the story, whatever page it stands on.
    linker = page.linker.in_story(resolved.story)
    the_mark = mark(page, key)
    shown, tail = _without_tail(sentence_html(sentence, linker))
    return StatementView(
        id=resolved.id if anchor else None,
        former=page.graph.redirects.stayed.get(key, ()) if anchor else (),
        classes=_classes(the_mark),
        sentence=shown,
        tail=tail,
        struck=is_struck(resolved),
        followed=Markup(" ").join(sentence_html(one, linker) for one in rest),
        mark=the_mark,
        by=" ".join(said_by(page.graph, resolved)) if resolved.story == page.story else "",
    )


def _classes(the_mark: CertaintyMark) -> str:
    return " ".join(dict.fromkeys([the_mark.shape, *(flag.name for flag in the_mark.flags)]))


_LONGEST_TAIL: Final = 12
_TAIL: Final = re.compile(r"[^\s<>&;]+$")


def _without_tail(sentence: Markup) -> tuple[Markup, Markup]:
    """Return a sentence without the last characters of its last word, and those.

    Browsers break a line before a button whatever character stands in front of it.
    """
    found = _TAIL.search(sentence, max(0, len(sentence) - _LONGEST_TAIL))
    cut = found.start() if found else len(sentence)
    return sentence[:cut], sentence[cut:]


def is_struck(resolved: Resolved) -> bool:
    """Tell whether a statement holds no more and is shown struck out."""
    superseded = resolved.statement.superseded
    # What has changed was true at its time.
    return resolved.is_retracted or (superseded is not None and superseded.because is not Because.CHANGED)


def by_story(page: PageContext, keys: Iterable[str]) -> tuple[StatementGroup, ...]:
    """Return statements story by story, without the summaries of key points: they only say again what others say."""
    stories: dict[str, list[str]] = {}
    for key in keys:
        resolved = page.graph.statements[key]
        if not resolved.is_summary:
            stories.setdefault(resolved.story, []).append(key)
    return tuple(_group(page, story, found) for story, found in stories.items())


def _group(page: PageContext, story: str, keys: list[str]) -> StatementGroup:
    page.linker.start_section()
    return StatementGroup(story, page.story_link(story), tuple(statement(page, key) for key in keys))


def how_many(groups: Iterable[StatementGroup]) -> int:
    """Return the number of statements in groups."""
    return sum(len(group.statements) for group in groups)
