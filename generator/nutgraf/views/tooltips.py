"""The short explanations that words and names of a page open: what a term means, who somebody is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from nutgraf.markdown import inline_html
from nutgraf.views import address, interface_text
from nutgraf.views.origins import SourceLine, source_line
from nutgraf.views.page import PageContext, When
from nutgraf.views.people import About, RoleView, about, publishes, roles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nutgraf.views.context import ViewContext


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


def entries(context: ViewContext, where: str, linked: Iterable[str]) -> Iterator[str]:
    """Yield the addresses of the entries that a page wants notes on, in the order of its links.

    Args:
        context: the content.
        where: the page's address.
        linked: the links to entries that stand in its text, as written there.
    """
    page = PageContext.at(where, context)
    known: Mapping[str, Mapping[str, object]] = {"glossary": context.graph.terms, "entities": context.graph.entities}
    for href in dict.fromkeys(linked):
        folder, _, name = href.rstrip("/").removeprefix(page.href("")).rpartition("/")
        entry = f"{folder}/{name}/"
        if name in known.get(folder, {}) and page.href(entry) == href:
            yield entry


def note(context: ViewContext, where: str, entry: str) -> Note:
    """Return the note on an entry, for the page at the address `where`."""
    folder, _, name = where.rstrip("/").partition("/")
    page = PageContext.at(where, context, name if folder == "stories" else None)
    folder, _, name = entry.rstrip("/").partition("/")
    href = page.href(entry)
    if f"{folder}/" == address.GLOSSARY:
        term = page.graph.terms[name]
        return Note(
            href,
            term.label,
            expansion=term.expansion,
            text=inline_html(term.short, page.linker),
            sources=tuple(_line(page, one) for one in term.source if one in page.graph.sources),
            as_of=page.when(term.as_of) if term.as_of else None,
        )
    entity = page.graph.entities[name]
    day = page.graph.stories[page.story].as_of if page.story is not None else None
    kind = interface_text.ENTITY_KINDS[entity.kind][0]
    line = about(page, entity)
    # Of who only publishes, their sources are all that this site knows.
    published = "" if line else interface_text.capital(publishes(page, name))
    text = Markup("{}.").format(published) if published else None
    return Note(href, entity.name, kind, text=text, about=line, roles=roles(page, entity, day))


def _line(page: PageContext, name: str) -> SourceLine:
    """Return a source behind "According to"."""
    line = source_line(page, name)
    return replace(line, link=page.cited_link(name))
