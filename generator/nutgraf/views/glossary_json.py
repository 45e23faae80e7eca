"""The glossary for machines: `glossary.json`, the data in the page of a term, and which terms speak of which."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from jinja2.utils import htmlsafe_json_dumps

from nutgraf.glossary import MentionKind, mentions_in
from nutgraf.markdown import inline_html, plain_text
from nutgraf.model import Links
from nutgraf.views import address
from nutgraf.views.collation import sort_key
from nutgraf.views.page import PageContext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markupsafe import Markup

    from nutgraf.graph import Graph
    from nutgraf.model import Term
    from nutgraf.views.context import ViewContext

JSON: Final = "glossary.json"
"""Where the glossary lies for other programs, relative to the site's root."""
FORMAT: Final = 1
"""The version of what is in there: it grows when a field goes or changes its meaning, not when one is added."""


def ordered(graph: Graph) -> list[str]:
    """Return the ids of all terms as a reader looks them up."""
    return sorted(graph.terms, key=lambda name: (sort_key(graph.terms[name].label), name))


def aliases(term: Term) -> tuple[str, ...]:
    """Return what else a term is called, each once, without what its abbreviation stands for."""
    others = {alias.text.casefold(): alias.text for alias in reversed(term.aliases)}
    known = {term.label.casefold(), (term.expansion or "").casefold()}
    return tuple(reversed([text for folded, text in others.items() if folded not in known]))


def referrers(graph: Graph) -> Mapping[str, tuple[str, ...]]:
    """Return for each term those that name it: in their definitions, or as what to read next."""
    return graph.record_index("referrers", _referrers(graph.underlying))


@lru_cache(maxsize=4)
def _referrers(graph: Graph) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in ordered(graph):
        for other in dict.fromkeys(_named(graph, graph.terms[name])):
            if other != name:
                found.setdefault(other, []).append(name)
    return {name: tuple(others) for name, others in found.items()}


def _named(graph: Graph, term: Term) -> Iterator[str]:
    yield from term.see
    for text in (term.short, term.long):  # The words of a comparison mean what they do every day.
        for mention in mentions_in(graph, text or ""):
            if mention.kind is MentionKind.TERM:
                yield mention.id


def glossary_json(context: ViewContext) -> str:
    """Return the glossary as a JSON document, the same each time.

    `{"format": 1, "site": name, "terms": [...]}`, where a term has

    - `id`, `label`; `aliases`, a list; `expansion`, what an abbreviation stands for, or null;
    - `short`: `{"text": plain, "html": with emphasis and the links that it writes itself}`;
    - `url`: its page, as `_url` gives it. Links in HTML are always relative to the site's root, where this file lies;
    - `source`: a list of `{"id", "label", "url"}`, empty where the definition makes no factual claim;
    - `as_of`: when such a claim was true, as it is written in the content ("2023-03"), or null;
    - `see`: ids of terms to read next; `used`: how many statements use it.
    """
    # As seen from the root, and with no links but those that the text cannot do without.
    page = PageContext.at(address.HOME, context)
    page = replace(page, linker=replace(page.linker, links=Links.NONE))
    terms = [_entry(page, name) for name in ordered(context.graph)]
    document = {"format": FORMAT, "site": context.settings.site_name, "terms": terms}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _entry(page: PageContext, name: str) -> dict[str, Any]:
    graph = page.graph
    term = graph.terms[name]
    return {
        "id": name,
        "label": term.label,
        "aliases": list(aliases(term)),
        "expansion": term.expansion,
        "short": {"text": plain_text(term.short), "html": str(inline_html(term.short, page.linker))},
        "url": _url(page.context, address.term(name)),
        "source": [
            {"id": one, "label": page.source_label(one), "url": _url(page.context, address.source(one))}
            for one in term.source
            if one in graph.sources
        ],
        "as_of": term.as_of.text if term.as_of else None,
        "see": [one for one in term.see if one in graph.terms],
        "used": len(page.context.mentions.by_term.get(name, ())),
    }


def _url(context: ViewContext, where: str) -> str:
    """Return a whole address where the site says its own, else one relative to the site's root."""
    return _whole(context, where) or where


def _whole(context: ViewContext, where: str) -> str | None:
    root = address.external(context.settings.site_url)
    return f"{root.rstrip('/')}/{where}" if root else None


def linked_data(context: ViewContext, name: str) -> Markup:
    """Return what the page of a term tells search engines, as JSON-LD that may stand in a `script` element.

    See https://schema.org/DefinedTerm. A definition that makes a factual claim says whose it is, here as on the page.
    """
    page = PageContext.at(address.HOME, context)
    term = context.graph.terms[name]
    url, glossary = _whole(context, address.term(name)), _whole(context, address.GLOSSARY)
    others = [one for one in (term.expansion, *aliases(term)) if one]
    return htmlsafe_json_dumps(
        {
            "@context": "https://schema.org",
            "@type": "DefinedTerm",
            **({"@id": url, "url": url} if url else {}),
            "termCode": name,
            "name": term.label,
            **({"alternateName": others} if others else {}),
            "description": _vouched(page, term),
            "inDefinedTermSet": {
                "@type": "DefinedTermSet",
                **({"@id": glossary, "url": glossary} if glossary else {}),
                "name": f"{context.settings.site_name}: Glossary",
            },
        },
        ensure_ascii=False,
    )


def _vouched(page: PageContext, term: Term) -> str:
    text = plain_text(term.short)
    sources = page.wording.join(page.cited_link(one).text for one in term.source if one in page.graph.sources)
    if not sources:
        return text
    return f"{text} (According to {sources}{f'; as of {page.wording.date(term.as_of)}' if term.as_of else ''}.)"
