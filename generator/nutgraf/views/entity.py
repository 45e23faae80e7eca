"""The page of an entity: all that is said about it, by whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutgraf.loading.content import record_path
from nutgraf.views import address, interface_text, origins, people
from nutgraf.views.page import Link, PageContext, PageView
from nutgraf.views.speakers import said_by
from nutgraf.views.statement import by_story, how_many
from nutgraf.wording import names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.views.context import ViewContext
    from nutgraf.views.origins import SourceLine
    from nutgraf.views.people import About, RelationView, RoleView
    from nutgraf.views.statement import StatementGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityView(PageView):
    """The page of an entity.

    Attributes:
        name: its name.
        called: its name as it stands in a sentence: "the Sewol".
        what: what it is: "Person"; empty for what is of no kind.
        aliases: its other names.
        about: a line about it.
        url: its own page on the web.
        roles: what it is to others.
        relations: what links it to others.
        said_about: the statements that speak of it.
        counted: "32 statements".
        voices: whose word these are, with how many, the loudest first.
        said_by: the statements that it makes itself.
        published: the sources that it published.
    """

    name: str
    called: str
    what: str
    aliases: tuple[Link, ...]
    about: About | None
    url: str | None
    roles: tuple[RoleView, ...]
    relations: tuple[RelationView, ...]
    said_about: tuple[StatementGroup, ...]
    counted: str
    voices: tuple[tuple[Link, int], ...]
    said_by: tuple[StatementGroup, ...]
    published: tuple[SourceLine, ...]


def view(context: ViewContext, name: str) -> EntityView:
    """Return the page of the entity `name`."""
    page = PageContext.at(address.entity(name), context)
    entity = context.graph.entities[name]
    path = record_path("entities", name)
    called = names.with_article(context.graph, name, entity.name)
    said_about = by_story(page, context.mentions.by_entity.get(name, ()))
    linked = [context.graph.statements[key] for key in context.graph.by_relation.get(name, ())]
    page.linker.start_section()
    return EntityView(
        kind="entity",
        address=page.address,
        title=entity.name,
        description=f"What is said about {called}, by whom, and how sure that is: "
        f"{interface_text.count(how_many(said_about), 'statement')}.",
        record=path,
        edit=page.edit(path),
        propose=page.propose(page.address),
        reading=page.href(address.READING),
        name=entity.name,
        called=called,
        what=interface_text.ENTITY_KINDS[entity.kind][0],
        aliases=tuple(Link(alias.text, lang=page.foreign(alias.lang)) for alias in entity.aliases),
        about=people.about(page, entity),
        url=address.external(entity.url),
        roles=people.roles(page, entity),
        relations=tuple(
            one for one in people.relations(page, linked) if page.entity_link(name) in {one.start, one.end}
        ),
        said_about=said_about,
        counted=interface_text.count(how_many(said_about), "statement"),
        voices=tuple(_voices(page, name)),
        said_by=by_story(page, dict.fromkeys(_says(page, name))),
        published=tuple(origins.source_line(page, one) for one in context.graph.published_by.get(name, ())),
    )


def _says(page: PageContext, name: str) -> Iterator[str]:
    """Yield what somebody says, and what their publications have from people whom they do not name."""
    graph = page.graph
    yield from graph.by_asserter.get(name, ())
    for source in graph.published_by.get(name, ()):
        for key in graph.by_source.get(source, ()):
            if name in said_by(graph, graph.statements[key]):
                yield key


def _voices(page: PageContext, name: str) -> Iterator[tuple[Link, int]]:
    """Yield who says what is said about an entity, and how often."""
    about = (page.graph.statements[key] for key in page.context.mentions.by_entity.get(name, ()))
    counts = Counter(who for one in about if not one.is_summary for who in said_by(page.graph, one))
    yield from ((page.entity_link(who), count) for who, count in counts.most_common())
