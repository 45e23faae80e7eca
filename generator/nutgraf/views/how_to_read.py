"""How to read this site: each certainty and each mark, with an example from the site itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutgraf.model import Anonymous, Because, Certainty, Unnamed
from nutgraf.views import address, interface_text
from nutgraf.views.interface_text import Label
from nutgraf.views.memoize import memoized
from nutgraf.views.page import PageContext, PageView
from nutgraf.views.statement import flags, statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.graph import Graph, Resolved
    from nutgraf.views.context import ViewContext
    from nutgraf.views.statement import StatementView


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sign and what it means.

    Attributes:
        shape: the sign; None for what has none.
        anchor: its own, on the page.
        word: the word that stands with it.
        meaning: a sentence or two.
        example: a statement of the site that has it, if there is one.
    """

    shape: str | None
    anchor: str
    word: str
    meaning: str
    example: StatementView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingView(PageView):
    """How to read this site.

    Attributes:
        signs, flags: what a reader must know, in a minute: each sign with its word and its meaning.
        certainties, marks, voices: all of it, with examples.
    """

    signs: tuple[Label, ...]
    flags: tuple[Label, ...]
    certainties: tuple[Lesson, ...]
    marks: tuple[Lesson, ...]
    voices: tuple[Lesson, ...]


def view(context: ViewContext) -> ReadingView:
    """Return the page that explains the signs."""
    page = PageContext.at(address.READING, context)
    return ReadingView(
        kind="reading",
        address=page.address,
        title="How to read this site",
        description="How sure each sentence is, who says so, and what the signs mean, in a minute.",
        reading=page.href(address.READING),
        signs=tuple(_sign(page, one) for one in reversed(Certainty)),
        flags=_FLAGS[:_FOREMOST],
        certainties=tuple(_certainty(page, one) for one in reversed(Certainty)),
        marks=tuple(_flag(page, one) for one in _FLAGS),
        voices=tuple(_voices(page)),
    )


_FIRST: Final = 20
"""Of so many that fit, the shortest is shown: a page of a large site must not weigh all of it."""

_FLAGS: tuple[Label, ...] = (
    interface_text.DISPUTED,
    interface_text.ALLEGED,
    interface_text.DIFFERING,
    interface_text.REFUTED,
    interface_text.DIFFERING_WITHIN,
    *(interface_text.SUPERSEDED[because] for because in Because),
    interface_text.RETRACTED,
    *interface_text.SOURCE_STATES.values(),
)


_FOREMOST: Final = 4
"""Disputed, alleged, told differently, refuted: the others explain themselves."""


def _sign(page: PageContext, certainty: Certainty) -> Label:
    return Label(str(certainty), page.wording.certainty(certainty), page.wording.certainty_meaning(certainty))


def _certainty(page: PageContext, certainty: Certainty) -> Lesson:
    word = page.wording.certainty(certainty)
    anchor = f"section-{certainty}"
    meaning = page.wording.certainty_meaning(certainty)
    return Lesson(str(certainty), anchor, interface_text.capital(word), meaning, _example(page, anchor))


def _flag(page: PageContext, label: Label) -> Lesson:
    anchor = _anchor(label)
    return Lesson(label.name, anchor, interface_text.capital(label.word), label.meaning, _example(page, anchor))


def _anchor(label: Label) -> str:
    return f"section-{address.slug(label.word)}"


_NOT_NAMED: Final = (
    "A publication does not name those who told it. The sentence says how many they are and how they would know, as "
    "far as the publication tells."
)
_VOICES: Final = (
    ("section-not-named", "Not named", _NOT_NAMED),
    ("section-no-source", "No source given", "A publication says something and does not say where it has it from."),
    (
        "section-second-hand",
        "Second-hand",
        "A report that was not read for this site. The sentence says which publication cites it.",
    ),
)


def _voices(page: PageContext) -> list[Lesson]:
    return [Lesson(None, anchor, word, meaning, _example(page, anchor)) for anchor, word, meaning in _VOICES]


# -- examples --


def _shown_by(graph: Graph, resolved: Resolved) -> Iterator[str]:
    """Yield the anchors of the lessons that a statement is an example of."""
    found = tuple(flags(graph, resolved))
    if not (found or resolved.conflicts_with):  # an example must not need an explanation of its own
        yield f"section-{resolved.certainty}"
    yield from map(_anchor, found)
    if any(isinstance(by, Anonymous) for by in resolved.by):
        yield "section-not-named"
    if Unnamed.UNNAMED in resolved.by:
        yield "section-no-source"
    if any(not graph.sources[name].read for name in resolved.source_ids if name in graph.sources):
        yield "section-second-hand"


@memoized
def _examples(context: ViewContext, _all: str) -> dict[str, str]:
    """Return the keys of statements that are examples, by the anchors of lessons: short ones, of the first that are."""
    fitting: dict[str, list[Resolved]] = {}
    for one in context.graph.statements.values():
        for anchor in () if one.is_summary else _shown_by(context.graph, one):
            known = fitting.setdefault(anchor, [])
            if len(known) < _FIRST:
                known.append(one)
    return {anchor: min(known, key=_length).key for anchor, known in fitting.items()}


def _length(resolved: Resolved) -> int:
    return len(resolved.statement.text or "")


def _example(page: PageContext, anchor: str) -> StatementView | None:
    key = _examples(page.context, "").get(anchor)
    return None if key is None else statement(page, key)
