"""The glossary, A to Z."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from nutgraf.pages import address, labels
from nutgraf.pages.collation import OTHER, initial, sort_key
from nutgraf.pages.page import Link, Page, PageView
from nutgraf.prose import inline_html

if TYPE_CHECKING:
    from markupsafe import Markup

    from nutgraf.pages.library import Library


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of the glossary."""

    link: Link
    expansion: str | None
    short: Markup


@dataclass(frozen=True, slots=True)
class Letter:
    """All words that begin with one letter."""

    anchor: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryView(PageView):
    """The glossary."""

    letters: tuple[Letter, ...]


def view(library: Library) -> GlossaryView:
    """Return the page that lists all terms."""
    page = Page.at(address.GLOSSARY, library)
    terms = library.graph.terms
    ordered = sorted(terms, key=lambda name: sort_key(terms[name].label))
    return GlossaryView(
        kind="glossary",
        address=page.address,
        title="Glossary",
        description=f"The hard words of the stories, explained: {labels.count(len(terms), 'entry')}.",
        reading=page.href(address.READING),
        letters=tuple(
            _letter(page, letter, list(names))
            for letter, names in groupby(ordered, key=lambda name: initial(terms[name].label))
        ),
    )


def _letter(page: Page, letter: str, names: list[str]) -> Letter:
    return Letter(
        anchor="section-other" if letter == OTHER else f"section-{letter.casefold()}",
        title="Signs and numbers" if letter == OTHER else letter,
        entries=tuple(_entry(page, name) for name in names),
    )


def _entry(page: Page, name: str) -> Entry:
    term = page.graph.terms[name]
    page.linker.fresh()
    return Entry(page.term_link(name), term.expansion, inline_html(term.short, page.linker))
