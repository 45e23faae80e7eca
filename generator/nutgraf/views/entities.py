"""Who is who: all people, organisations and things, by kind and alphabet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutgraf.views import address, interface_text, people
from nutgraf.views.collation import sort_key
from nutgraf.views.page import PageContext, PageView

if TYPE_CHECKING:
    from nutgraf.model import EntityKind
    from nutgraf.views.context import ViewContext
    from nutgraf.views.people import Card


@dataclass(frozen=True, slots=True)
class KindView:
    """All of one kind."""

    anchor: str
    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitiesView(PageView):
    """Who is who."""

    kinds: tuple[KindView, ...]


def view(context: ViewContext) -> EntitiesView:
    """Return the page that lists all entities."""
    page = PageContext.at(address.ENTITIES, context)
    entities = context.graph.entities
    return EntitiesView(
        kind="entities",
        address=page.address,
        title="Who is who",
        description="The people, organisations and things that the stories speak of, with all that is said about them: "
        f"{interface_text.count(len(entities), 'entry')}.",
        reading=page.href(address.READING),
        kinds=tuple(
            _kind(page, kind, title)
            for kind, (_, title) in interface_text.ENTITY_KINDS.items()
            if any(entity.kind is kind for entity in entities.values())
        ),
    )


def _kind(page: PageContext, kind: EntityKind, title: str) -> KindView:
    found = {name: entity for name, entity in page.graph.entities.items() if entity.kind is kind}
    page.linker.start_section()
    ordered = sorted(found, key=lambda name: sort_key(found[name].name))
    cards = tuple(people.card(page, name, _statements(page, name)) for name in ordered)
    return KindView(f"section-{address.slug(title)}", title, cards)


def _statements(page: PageContext, name: str) -> int:
    return sum(page.context.mentions.counts.get(name, {}).values())
