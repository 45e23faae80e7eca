"""The page of a glossary term: what it means, and where it is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutgraf.loading.content import record_path
from nutgraf.markdown import block_html, everyday_html, inline_html, plain_text
from nutgraf.views import address, glossary_json, origins
from nutgraf.views.page import Link, PageContext, PageView
from nutgraf.views.statement import by_story

if TYPE_CHECKING:
    from markupsafe import Markup

    from nutgraf.views.context import ViewContext
    from nutgraf.views.origins import SourceLine
    from nutgraf.views.page import When
    from nutgraf.views.statement import StatementGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class TermView(PageView):
    """The page of a term.

    Attributes:
        label: the word.
        expansion: what an abbreviation stands for.
        pronunciation: how it is said.
        aliases: other words for it.
        short: one sentence.
        long: the full explanation.
        comparison: an everyday comparison.
        sources: of the definition.
        as_of: when its factual claims were true.
        see: what to read next.
        seen_from: terms that name it, beside those.
        used: the statements that use it.
        data: what search engines are told, as JSON-LD.
    """

    label: str
    expansion: str | None
    pronunciation: str | None
    aliases: tuple[str, ...]
    short: Markup
    long: Markup | None
    comparison: Markup | None
    sources: tuple[SourceLine, ...]
    as_of: When | None
    see: tuple[Link, ...]
    seen_from: tuple[Link, ...]
    used: tuple[StatementGroup, ...]
    data: Markup


def view(context: ViewContext, name: str) -> TermView:
    """Return the page of the term `name`."""
    page = PageContext.at(address.term(name), context)
    term = context.graph.terms[name]
    path = record_path("glossary", name)
    return TermView(
        kind="term",
        address=page.address,
        title=term.label,
        description=plain_text(term.short),
        record=path,
        edit=page.edit(path),
        propose=page.propose(page.address),
        reading=page.href(address.READING),
        label=term.label,
        expansion=term.expansion,
        pronunciation=term.pronunciation,
        aliases=glossary_json.aliases(term),
        short=inline_html(term.short, page.linker),
        long=block_html(term.long, page.linker) if term.long else None,
        comparison=everyday_html(term.comparison, page.linker) if term.comparison else None,
        sources=tuple(origins.source_line(page, one) for one in term.source if one in context.graph.sources),
        as_of=page.when(term.as_of) if term.as_of else None,
        see=tuple(page.term_link(one) for one in term.see if one in context.graph.terms),
        seen_from=tuple(
            page.term_link(one) for one in glossary_json.referrers(context.graph).get(name, ()) if one not in term.see
        ),
        used=by_story(page, context.mentions.by_term.get(name, ())),
        data=glossary_json.linked_data(context, name),
    )
