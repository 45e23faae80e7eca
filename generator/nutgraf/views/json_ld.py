"""What pages say to programs: JSON-LD in the vocabulary of schema.org (https://schema.org/docs/documents.html).

Whatever asserts something is a compiled sentence: the `text` of a `Claim`, that of a correction, the description. What
a record says of an entity beyond its names is left to those sentences.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from nutgraf.markdown import plain_text
from nutgraf.model import Certainty, EntityId, EntityKind, FuzzyDate, NotStated, RevisionKind, SourceKind, Speaker
from nutgraf.views import address, interface_text
from nutgraf.views.page import PageContext, machine
from nutgraf.views.social_card import card
from nutgraf.views.statement import holds, mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nutgraf.graph import Resolved
    from nutgraf.model import Asserter, Entity, Revision
    from nutgraf.views.page import PageView

Node = dict[str, Any]

_ENTITY_TYPES: Final[Mapping[EntityKind, str]] = {
    EntityKind.PERSON: "Person",
    EntityKind.ORGANISATION: "Organization",
    EntityKind.PLACE: "Place",
    EntityKind.VESSEL: "Vehicle",
    EntityKind.PRODUCT: "Product",
    EntityKind.DOCUMENT: "CreativeWork",
    EntityKind.EVENT: "Event",
    EntityKind.WORK: "CreativeWork",
    EntityKind.LAW: "Legislation",
    EntityKind.OTHER: "Thing",
}
_SPEAKERS: Final = frozenset({EntityKind.PERSON, EntityKind.ORGANISATION})
"""The kinds that schema.org lets publish, and interpret a claim."""
_SOURCE_TYPES: Final[Mapping[SourceKind, str]] = {
    SourceKind.REPORT: "NewsArticle",
    SourceKind.PAPER: "ScholarlyArticle",
    SourceKind.DATA: "Dataset",
}
_CORRECTING: Final = frozenset({RevisionKind.CORRECTION, RevisionKind.CLARIFICATION, RevisionKind.RETRACTION})


def script(data: Mapping[str, Any]) -> str:
    """Return data as JSON that no HTML parser takes for anything else.

    HTML Standard, 4.12.1.3: inside `script`, `<` may begin what ends the element or hides its end.
    """
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def story(page: PageContext, name: str, view: PageView) -> list[Node]:
    """Return the nodes of a story: the article, its claims, whom it names, and its sources."""
    story = page.graph.stories[name]
    statements = [one for one in page.graph.in_story(name) if holds(one)]
    entities = list(page.context.mentions.in_story_entities(name))
    sources = list(dict.fromkeys(source for one in statements for source in one.source_ids))
    speakers = (key for one in statements for key in _interpreters(page, one))
    publishers = (key for source in sources for key in _publisher(page, source))
    article = _without_empty(
        {
            "@type": "BackgroundNewsArticle",
            "headline": plain_text(story.question or story.title),
            "name": plain_text(story.title),
            "description": view.description,
            "inLanguage": page.context.settings.locale,
            "dateModified": view.modified.isoformat() if view.modified else None,
            "image": absolute(page, card(view, page.context.settings.site_name).path),
            "mainEntityOfPage": absolute(page, view.address),
            "isPartOf": _site(page),
            "about": [_reference(page, address.entity(key)) for key in entities],
            "citation": [_reference(page, address.source(key)) for key in sources],
            "correction": [_correction(page, name, one) for one in story.revisions if one.kind in _CORRECTING],
            "hasPart": [_claim(page, one) for one in statements],
        }
    )
    known = dict.fromkeys((*entities, *speakers, *publishers))
    return [
        article,
        *(_entity_node(page, key) for key in known),
        *(_source_node(page, key) for key in sources),
    ]


def entity(page: PageContext, name: str, view: PageView) -> list[Node]:
    """Return the node of an entity."""
    entity = page.graph.entities[name]
    names = [alias.text for alias in entity.aliases] if _names_are_founded(page, entity) else []
    return [
        _without_empty(
            {
                **_entity_node(page, name),
                "alternateName": names,
                "url": address.external(entity.url),
                "image": absolute(page, card(view, page.context.settings.site_name).path),
                "mainEntityOfPage": absolute(page, view.address),
            }
        )
    ]


def _claim(page: PageContext, resolved: Resolved) -> Node:
    return _without_empty(
        {
            "@type": "Claim",
            "@id": _iri(page, address.statement(resolved.key)),
            "text": page.text(resolved.key),
            "keywords": mark(page, resolved.key).label.lower(),
            "claimInterpreter": [_reference(page, address.entity(key)) for key in _interpreters(page, resolved)],
            "appearance": [_reference(page, address.source(key)) for key in resolved.source_ids],
            "firstAppearance": _first(page, resolved),
        }
    )


def _interpreters(page: PageContext, resolved: Resolved) -> tuple[str, ...]:
    """Return who asserts a statement; where they have no name, the publishers whom they told."""
    entities = page.graph.entities
    named = [name for by in resolved.by for name in _speaker(by)]
    if not named:
        named = [name for origin in resolved.origins for source in origin.sources for name in _publisher(page, source)]
    return tuple(dict.fromkeys(name for name in named if name in entities and entities[name].kind in _SPEAKERS))


def _speaker(by: Asserter) -> Iterator[str]:
    if isinstance(by, EntityId):
        yield by
    elif isinstance(by, Speaker):
        if isinstance(by.who, EntityId):
            yield by.who
        elif by.for_ is not None:
            yield by.for_


def _publisher(page: PageContext, source: str) -> Iterator[str]:
    publisher = page.graph.sources[source].publisher
    entity = page.graph.entities.get(publisher) if isinstance(publisher, EntityId) else None
    if entity is not None and entity.kind in _SPEAKERS:
        yield str(publisher)


def _first(page: PageContext, resolved: Resolved) -> Node | None:
    """Return where a claim stood first, which is known where all that is cited goes back to one cited source."""
    roots = {origin.root for origin in resolved.origins}
    root = next(iter(roots)) if len(roots) == 1 else None
    return _reference(page, address.source(root)) if root in resolved.source_ids and root else None


def _correction(page: PageContext, story: str, revision: Revision) -> Node:
    sentences = (page.text(key) for key in page.known(story, revision.statements))
    note = [plain_text(revision.note)] if revision.note else []
    return {
        "@type": "CorrectionComment",
        "text": " ".join((f"{interface_text.REVISION_KINDS[revision.kind]}.", *note, *sentences)),
        "datePublished": revision.date.isoformat(),
    }


def _entity_node(page: PageContext, name: str) -> Node:
    entity = page.graph.entities[name]
    return {"@type": _ENTITY_TYPES[entity.kind], "@id": _iri(page, address.entity(name)), "name": entity.name}


def _names_are_founded(page: PageContext, entity: Entity) -> bool:
    """Tell whether what is said of an entity outside of statements has a source, or is established."""
    whole = page.graph.has_all(entity.rests_on)
    proofs = [page.graph.statements[key] for key in entity.rests_on] if whole else []
    established = bool(proofs) and all(one.certainty is Certainty.ESTABLISHED for one in proofs)
    return established or any(name in page.graph.sources for name in entity.source)


def _source_node(page: PageContext, name: str) -> Node:
    source = page.graph.sources[name]
    date = source.published
    return _without_empty(
        {
            "@type": _SOURCE_TYPES.get(source.kind, "CreativeWork"),
            "@id": _iri(page, address.source(name)),
            "name": None if source.title is NotStated.UNKNOWN else str(source.title),
            "publisher": [_reference(page, address.entity(key)) for key in _publisher(page, name)],
            "datePublished": machine(date) if isinstance(date, FuzzyDate) else None,
            "inLanguage": page.foreign(source.lang),
            "url": None if source.url is NotStated.UNKNOWN else address.external(str(source.url)),
        }
    )


def _site(page: PageContext) -> Node:
    settings = page.context.settings
    return _without_empty({"@type": "WebSite", "name": settings.site_name, "url": settings.site_url})


def _reference(page: PageContext, target: str) -> Node:
    return {"@id": _iri(page, target)}


def _iri(page: PageContext, target: str) -> str:
    """Return the name of what stands at an address: absolute where the site has one, else relative to the page."""
    return absolute(page, target) or page.href(target)


def absolute(page: PageContext, target: str) -> str | None:
    """Return the address of a page of the site on the web; None where the site has none."""
    base = page.context.settings.site_url
    return f"{base.rstrip('/')}/{target}" if base else None


def _without_empty(node: Mapping[str, Any]) -> Node:
    return {key: value for key, value in node.items() if value not in (None, "", [])}
