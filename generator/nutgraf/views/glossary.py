"""The glossary, A to Z."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from string import ascii_uppercase
from typing import TYPE_CHECKING

from nutgraf.markdown import inline_html
from nutgraf.views import address, glossary_json, interface_text
from nutgraf.views.collation import OTHER, initial
from nutgraf.views.page import Link, PageContext, PageView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from nutgraf.views.context import ViewContext


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A word of the glossary.

    Attributes:
        link: to its page.
        expansion: what an abbreviation stands for.
        aliases: what else it is called; searched, not shown.
        short: one sentence.
    """

    link: Link
    expansion: str | None
    aliases: str
    short: Markup


@dataclass(frozen=True, slots=True)
class LetterSection:
    """All words that begin with one letter."""

    anchor: str
    title: str
    entries: tuple[GlossaryEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryView(PageView):
    """The glossary.

    Attributes:
        index: the letters from A to Z and what else there is, each with its anchor, if any word begins with it.
        letters: the words.
        total: how many there are: "25 entries".
        data: leads to the glossary for other programs.
    """

    index: tuple[Link, ...]
    letters: tuple[LetterSection, ...]
    total: str
    data: str


def view(context: ViewContext) -> GlossaryView:
    """Return the page that lists all terms."""
    page = PageContext.at(address.GLOSSARY, context)
    terms = context.graph.terms
    letters = tuple(
        _letter(page, letter, list(names))
        for letter, names in groupby(glossary_json.ordered(context.graph), key=lambda name: initial(terms[name].label))
    )
    total = interface_text.count(len(terms), "entry")
    return GlossaryView(
        kind="glossary",
        address=page.address,
        title="Glossary",
        description=f"The hard words of the stories, explained: {total}.",
        reading=page.href(address.READING),
        index=_index(letters),
        letters=letters,
        total=total,
        data=page.href(glossary_json.JSON),
    )


def _index(letters: Sequence[LetterSection]) -> tuple[Link, ...]:
    """Return the letters that the words of the site begin with, among those of the Latin alphabet if any of them is."""
    found = {letter.title: Link(letter.title, f"#{letter.anchor}") for letter in letters}
    alphabet = ascii_uppercase if any(letter in found for letter in ascii_uppercase) else ""
    known = {letter: found.pop(letter, Link(letter)) for letter in alphabet}
    return (*known.values(), *found.values())


def _letter(page: PageContext, letter: str, names: list[str]) -> LetterSection:
    return LetterSection(
        anchor="section-other" if letter == OTHER else f"section-{letter.casefold()}",
        title="Signs and numbers" if letter == OTHER else letter,
        entries=tuple(_entry(page, name) for name in names),
    )


def _entry(page: PageContext, name: str) -> GlossaryEntry:
    term = page.graph.terms[name]
    page.linker.start_section()
    others = ", ".join(glossary_json.aliases(term))
    return GlossaryEntry(page.term_link(name), term.expansion, others, inline_html(term.short, page.linker))
