"""What the search finds: each statement as the sentence that stands alone, never a part of a page without its hedge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from nutgraf.markdown import plain_text, sentence_text
from nutgraf.views import address, glossary_json, interface_text
from nutgraf.views.statement import flags
from nutgraf.wording import compile_unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.graph import Resolved
    from nutgraf.views.page import PageContext, PageView


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """Something that the search can find.

    Attributes:
        location: its address, relative to the site's root.
        title: escaped.
        text: HTML of paragraphs, whole sentences.
    """

    location: str
    title: Markup
    text: Markup


def of_page(page: PageContext, name: str, view: PageView) -> Iterator[SearchEntry]:  # noqa: ARG001 - as of others
    """Yield the entry of a page by its title and description."""
    yield _hit(view.address, view.title, view.description)


def of_story(page: PageContext, name: str, view: PageView) -> Iterator[SearchEntry]:  # noqa: ARG001 - as of others
    """Yield the entries of a story: itself, its statements, unknowns and disputes."""
    story = page.graph.stories[name]
    title = plain_text(story.title)
    question = plain_text(story.question) if story.question else ""
    yield _hit(page.address, title, "" if question == title else question)
    summaries = [one for one in page.graph.key_points(name) if one.is_summary and one.story == name]
    for one in (*summaries, *page.graph.in_story(name)):
        section = story.sections[one.section].title if one.section is not None else None
        yield _statement(page, one, plain_text(section) if section else title)
    for unknown in story.unknowns:
        sentence = sentence_text(compile_unknown(unknown, name, page.graph, page.wording))
        place = interface_text.UNKNOWN
        given = dict.fromkeys(word for key in page.known(name, unknown.rests_on) for word in _words(page, key))
        # What the question takes for granted is no surer here than where it is told.
        place += f" · takes for granted what is {page.wording.join(given)}" if given else ""
        yield _hit(f"{page.address}#{unknown.id}", place, sentence)
    for dispute in story.disputes:
        accounts = (page.text(key) for key in page.known(name, dispute.positions))
        yield _hit(f"{page.address}#{dispute.id}", f"{plain_text(dispute.question)} · disputed", *accounts)


def of_entity(page: PageContext, name: str, view: PageView) -> Iterator[SearchEntry]:
    """Yield the entry of an entity, with its kind and other names."""
    yield _hit(view.address, view.title, *_entity(page, name), view.description)


def of_source(page: PageContext, name: str, view: PageView) -> Iterator[SearchEntry]:
    """Yield the entry of a source, with who published it and when."""
    yield _hit(view.address, view.title, page.source_label(name), view.description)


def of_term(page: PageContext, name: str, view: PageView) -> Iterator[SearchEntry]:
    """Yield the entry of a term, with its definition and other forms."""
    yield _hit(view.address, view.title, *_term(page, name), view.description)


def _hit(location: str, title: str, *texts: str) -> SearchEntry:
    paragraphs = (Markup("<p>{}</p>").format(text) for text in dict.fromkeys(texts) if text)
    return SearchEntry(location, escape(title), Markup("").join(paragraphs))


def _statement(page: PageContext, resolved: Resolved, place: str) -> SearchEntry:
    told = f"{place} · {', '.join(_words(page, resolved.key))}"
    return _hit(address.statement(resolved.key), told, page.text(resolved.key))


def _words(page: PageContext, key: str) -> tuple[str, ...]:
    """Return how sure a statement is, in words."""
    resolved = page.graph.statements[key]
    return page.wording.certainty(resolved.certainty), *(flag.word for flag in flags(page.graph, resolved))


def _entity(page: PageContext, name: str) -> Iterator[str]:
    entity = page.graph.entities[name]
    yield interface_text.ENTITY_KINDS[entity.kind][0]
    yield ", ".join(alias.text for alias in entity.aliases)


def _term(page: PageContext, name: str) -> Iterator[str]:
    term = page.graph.terms[name]
    also = ", ".join(filter(None, (term.expansion, *glossary_json.aliases(term))))
    yield plain_text(term.short) + (f" Also: {also}." if also else "")
    yield plain_text(term.long or "")
