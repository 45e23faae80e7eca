"""The short explanations that words and names of a page open: what a term means, who somebody is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutgraf.pages import address, labels
from nutgraf.pages.origins import SourceLine, source_line
from nutgraf.pages.page import Page, When
from nutgraf.pages.people import About, RoleView, about, roles
from nutgraf.prose import inline_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from markupsafe import Markup

    from nutgraf.pages.library import Library


@dataclass(frozen=True, slots=True)
class Note:
    """What opens over a page, from every link to the same entry.

    Attributes:
        href: the link that it explains, as it stands on the page, and where the full entry is.
        label: the word or the name.
        kind: "Person"; empty for a word.
        expansion: what an abbreviation stands for.
        text: the short definition of a word.
        sources: where the definition makes a factual claim, the sources of it.
        as_of: when such a claim was true.
        about: a line about somebody, with who vouches for it.
        roles: what they were to others as of the page's day, each with who says so.
    """

    href: str
    label: str
    kind: str = ""
    expansion: str | None = None
    text: Markup | None = None
    sources: tuple[SourceLine, ...] = ()
    as_of: When | None = None
    about: About | None = None
    roles: tuple[RoleView, ...] = ()


def notes(library: Library, where: str, linked: Iterable[str]) -> tuple[Note, ...]:
    """Return the notes of a page.

    Args:
        library: the content.
        where: the page's address.
        linked: the links to entries that stand in its text, as written there.
    """
    folder, _, name = where.rstrip("/").partition("/")
    page = Page.at(where, library, name if folder == "stories" else None)
    entries = (_entry(page, href) for href in dict.fromkeys(linked))
    return tuple(_note(page, entry) for entry in entries if entry is not None)


def _entry(page: Page, href: str) -> str | None:
    """Return the address of the entry that a link on the page leads to; None where it leads to none."""
    folder, _, name = href.rstrip("/").removeprefix(page.href("")).rpartition("/")
    known: Mapping[str, object] = {"glossary": page.graph.terms, "entities": page.graph.entities}.get(folder, {})
    where = f"{folder}/{name}/"
    return where if name in known and page.href(where) == href else None


def _note(page: Page, entry: str) -> Note:
    page.linker.fresh()
    folder, _, name = entry.rstrip("/").partition("/")
    href = page.href(entry)
    if f"{folder}/" == address.GLOSSARY:
        term = page.graph.terms[name]
        return Note(
            href,
            term.label,
            expansion=term.expansion,
            text=inline_html(term.short, page.linker),
            sources=tuple(source_line(page, one) for one in term.source if one in page.graph.sources),
            as_of=page.when(term.as_of) if term.as_of else None,
        )
    entity = page.graph.entities[name]
    day = page.graph.stories[page.story].as_of if page.story is not None else None
    kind = labels.ENTITY_KINDS[entity.kind][0]
    return Note(href, entity.name, kind, about=about(page, entity), roles=roles(page, entity, day))
