"""The page of a source: what it is, and all that rests on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nutgraf.loading.content import record_path
from nutgraf.markdown import inline_html
from nutgraf.model import EntityId, FuzzyDate, NotStated
from nutgraf.views import address, interface_text, origins
from nutgraf.views.page import Link, PageContext, PageView, When
from nutgraf.views.statement import by_story, how_many

if TYPE_CHECKING:
    from markupsafe import Markup

    from nutgraf.model import Source
    from nutgraf.views.context import ViewContext
    from nutgraf.views.origins import SourceLine
    from nutgraf.views.statement import StatementGroup


@dataclass(frozen=True, slots=True)
class Status:
    """What became of a source."""

    text: str
    when: When | None
    source: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView(PageView):
    """The page of a source.

    Attributes:
        name: what to call it: "Semafor, 24 March 2023".
        title_quoted: its own title, which is somebody's words and none of this site; None where it is not known.
        name_lang: the language of the title, where it is another than the site's.
        what: what sort of publication: "Report".
        publisher: who published it; absent where nobody knows.
        platform: where others have it without vouching for it; None for none.
        authors: who wrote it; "unknown" where that is on file.
        published: when; absent where nobody knows.
        language: its name, where it is another than the site's.
        url, archived: where it can be read.
        is_read: whether we read it ourselves.
        derives_from: what it repeats.
        repeated_by: what repeats it.
        status: what became of it.
        note: what a reader should know about it.
        alone: the statements that cite it and nothing else.
        together: those that cite others, too.
        reliance: how many there are of both, a sentence.
    """

    name: str
    title_quoted: str | None
    name_lang: str | None
    what: str
    publisher: Link | None
    platform: Link | None
    authors: str
    published: When | None
    language: str | None
    url: str | None
    archived: str | None
    is_read: bool
    derives_from: tuple[SourceLine, ...]
    repeated_by: tuple[SourceLine, ...]
    status: Status | None
    note: Markup | None
    alone: tuple[StatementGroup, ...]
    together: tuple[StatementGroup, ...]
    reliance: str


def view(context: ViewContext, name: str) -> SourceView:
    """Return the page of the source `name`."""
    page = PageContext.at(address.source(name), context)
    graph = context.graph
    source = graph.sources[name]
    path = record_path("sources", name)
    citing = graph.by_source.get(name, ())
    only = {key for key in citing if graph.statements[key].source_ids == (name,)}
    alone = by_story(page, (key for key in citing if key in only))
    together = by_story(page, (key for key in citing if key not in only))
    total = how_many(alone) + how_many(together)
    repeating = [other for other, one in graph.sources.items() if name in one.derives_from]
    page.linker.start_section()
    return SourceView(
        kind="source",
        address=page.address,
        title=_title(page, name),
        description=f"What rests on {page.source_label(name)}: {interface_text.count(total, 'statement')}.",
        record=path,
        edit=page.edit(path),
        propose=page.propose(page.address),
        reading=page.href(address.READING),
        name=page.source_label(name),
        title_quoted=None if source.title is NotStated.UNKNOWN else source.title,
        name_lang=page.title_lang(source),
        what=interface_text.capital(interface_text.SOURCE_KINDS[source.kind]),
        publisher=_entity(page, source.publisher),
        platform=_entity(page, source.platform),
        authors=page.wording.join(source.author),
        published=page.when(source.published) if isinstance(source.published, FuzzyDate) else None,
        language=page.language(source.lang) if page.foreign(source.lang) else None,
        url=None if source.url is NotStated.UNKNOWN else address.external(source.url),
        archived=address.external(source.archived),
        is_read=source.read,
        derives_from=tuple(origins.source_line(page, one) for one in source.derives_from if one in graph.sources),
        repeated_by=tuple(origins.source_line(page, one) for one in repeating),
        status=_status(page, source),
        note=inline_html(source.note, page.linker) if source.note else None,
        alone=tuple(replace(group, anchor=address.alone(group.name)) for group in alone),
        together=together,
        reliance=_reliance(how_many(alone), how_many(together)),
    )


def _reliance(alone: int, together: int) -> str:
    total = alone + together
    if total == 1:
        return f"1 statement cites it, and {'nothing else' if alone else 'others, too'}."
    parts = f"{alone or 'none'} of them nothing else" if together or not alone else "and nothing else"
    return f"{interface_text.count(total, 'statement')} cite it, {parts}."


def _title(page: PageContext, name: str) -> str:
    """Return the title of the page: whose publication it is, and its own title, if known, in quotation marks."""
    source, label = page.graph.sources[name], page.source_label(name)
    if source.title is NotStated.UNKNOWN:
        return page.source_title(name)
    return f"{label}: “{source.title}”" if label != source.title else f"“{source.title}”"


def _entity(page: PageContext, name: object) -> Link | None:
    return page.entity_link(name) if isinstance(name, EntityId) and name in page.graph.entities else None


def _status(page: PageContext, source: Source) -> Status | None:
    if source.status is None:
        return None
    said = source.status.source
    return Status(
        text=str(source.status.is_),
        when=page.when(source.status.date) if isinstance(source.status.date, FuzzyDate) else None,
        source=page.source_link(said) if said is not None and said in page.graph.sources else None,
    )
