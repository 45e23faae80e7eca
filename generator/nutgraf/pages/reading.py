"""How to read this site: each certainty and each mark, with an example from the site itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutgraf.model import Anonymous, Because, Certainty, Unnamed
from nutgraf.pages import address, labels
from nutgraf.pages.page import Page, PageView
from nutgraf.pages.statement import flags, statement

if TYPE_CHECKING:
    from collections.abc import Callable

    from nutgraf.graph import Resolved
    from nutgraf.pages.labels import Label
    from nutgraf.pages.library import Library
    from nutgraf.pages.statement import StatementView


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sign and what it means.

    Attributes:
        shape: the sign; None for what has none.
        word: the word that stands with it.
        meaning: a sentence or two.
        example: a statement of the site that has it, if there is one.
    """

    shape: str | None
    word: str
    meaning: str
    example: StatementView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingView(PageView):
    """How to read this site."""

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
        certainties=tuple(_certainty(page, one) for one in reversed(Certainty)),
        marks=tuple(_flag(page, one) for one in _FLAGS),
        voices=tuple(_voices(page)),
    )


_FLAGS: tuple[Label, ...] = (
    labels.DISPUTED,
    labels.ALLEGED,
    labels.REFUTED,
    *(labels.SUPERSEDED[because] for because in Because),
    labels.RETRACTED,
)


def _certainty(page: Page, certainty: Certainty) -> Lesson:
    def fits(resolved: Resolved) -> bool:
        return resolved.certainty is certainty and not any(flags(page.graph, resolved))

    return Lesson(
        shape=str(certainty),
        word=labels.capital(page.wording.certainty(certainty)),
        meaning=page.wording.certainty_meaning(certainty),
        example=_example(page, fits),
    )


def _flag(page: Page, label: Label) -> Lesson:
    def fits(resolved: Resolved) -> bool:
        return label in flags(page.graph, resolved)

    return Lesson(label.name, labels.capital(label.word), label.meaning, _example(page, fits))


def _voices(page: Page) -> list[Lesson]:
    def anonymous(resolved: Resolved) -> bool:
        return any(isinstance(by, Anonymous) for by in resolved.by)

    def unnamed(resolved: Resolved) -> bool:
        return Unnamed.UNNAMED in resolved.by

    def second_hand(resolved: Resolved) -> bool:
        return "second-hand" in page.library.unit(resolved.key).main.frame

    return [
        Lesson(
            None,
            "Not named",
            "A publication knows who told it and does not say. The sentence says how many they are and how they would "
            "know, as far as the publication tells.",
            _example(page, anonymous),
        ),
        Lesson(
            None,
            "No source given",
            "A publication says something and does not say where it has it from.",
            _example(page, unnamed),
        ),
        Lesson(
            None,
            "Second-hand",
            "The report was not read for this site. The sentence says who cites it.",
            _example(page, second_hand),
        ),
    ]


def _example(page: Page, fits: Callable[[Resolved], bool]) -> StatementView | None:
    found = (one.key for one in page.graph.statements.values() if not one.is_summary and fits(one))
    key = next(found, None)
    return None if key is None else statement(page, key)
