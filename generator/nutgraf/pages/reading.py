"""How to read this site: each certainty and each mark, with an example from the site itself."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutgraf.model import Anonymous, Because, Certainty, Unnamed
from nutgraf.pages import address, labels
from nutgraf.pages.labels import Label
from nutgraf.pages.page import Page, PageView
from nutgraf.pages.statement import flags, statement

if TYPE_CHECKING:
    from collections.abc import Callable

    from nutgraf.graph import Resolved
    from nutgraf.pages.library import Library
    from nutgraf.pages.statement import StatementView


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


def view(library: Library) -> ReadingView:
    """Return the page that explains the signs."""
    page = Page.at(address.READING, library)
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
    labels.DISPUTED,
    labels.ALLEGED,
    labels.DIFFERING,
    labels.REFUTED,
    *(labels.SUPERSEDED[because] for because in Because),
    labels.RETRACTED,
    *labels.SOURCE_STATES.values(),
)


_FOREMOST: Final = 4
"""Disputed, alleged, told differently, refuted: the others explain themselves."""


def _sign(page: Page, certainty: Certainty) -> Label:
    return Label(str(certainty), page.wording.certainty(certainty), page.wording.certainty_meaning(certainty))


def _certainty(page: Page, certainty: Certainty) -> Lesson:
    def fits(resolved: Resolved) -> bool:
        # An example must not need an explanation of its own.
        has_more = any(flags(page.graph, resolved)) or resolved.conflicts_with
        return resolved.certainty is certainty and not has_more

    return Lesson(
        shape=str(certainty),
        anchor=f"section-{certainty}",
        word=labels.capital(page.wording.certainty(certainty)),
        meaning=page.wording.certainty_meaning(certainty),
        example=_example(page, fits),
    )


def _flag(page: Page, label: Label) -> Lesson:
    def fits(resolved: Resolved) -> bool:
        return label in flags(page.graph, resolved)

    anchor = f"section-{address.slug(label.word)}"
    return Lesson(label.name, anchor, labels.capital(label.word), label.meaning, _example(page, fits))


def _voices(page: Page) -> list[Lesson]:
    def anonymous(resolved: Resolved) -> bool:
        return any(isinstance(by, Anonymous) for by in resolved.by)

    def unnamed(resolved: Resolved) -> bool:
        return Unnamed.UNNAMED in resolved.by

    def second_hand(resolved: Resolved) -> bool:
        sources = [page.graph.sources[name] for name in resolved.source_ids if name in page.graph.sources]
        return any(not one.read for one in sources)

    return [
        Lesson(
            None,
            "section-not-named",
            "Not named",
            "A publication does not name those who told it. The sentence says how many they are and how they would "
            "know, as far as the publication tells.",
            _example(page, anonymous),
        ),
        Lesson(
            None,
            "section-no-source",
            "No source given",
            "A publication says something and does not say where it has it from.",
            _example(page, unnamed),
        ),
        Lesson(
            None,
            "section-second-hand",
            "Second-hand",
            "A report that was not read for this site. The sentence says which publication cites it.",
            _example(page, second_hand),
        ),
    ]


def _length(resolved: Resolved) -> int:
    return len(resolved.statement.text or "")


def _example(page: Page, fits: Callable[[Resolved], bool]) -> StatementView | None:
    """Return a statement that is an example of something: a short one, of the first that are."""
    fitting = (one for one in page.graph.statements.values() if not one.is_summary and fits(one))
    found = min(itertools.islice(fitting, _FIRST), key=_length, default=None)
    return None if found is None else statement(page, found.key)
