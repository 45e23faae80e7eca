"""Who is who: what somebody is, what they are to others, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutgraf.markdown import inline_html
from nutgraf.model import Because, Certainty, FuzzyDate
from nutgraf.views import address, interface_text
from nutgraf.views.charts.relation_map import RelationMap, Tie, relation_map
from nutgraf.views.charts.svg import sample
from nutgraf.views.evidence import Evidence, by_part, evidence, who
from nutgraf.views.page import Link
from nutgraf.views.statement import mark
from nutgraf.wording import names

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Sequence

    from markupsafe import Markup

    from nutgraf.graph import Resolved
    from nutgraf.model import Entity, Role
    from nutgraf.views.certainty_mark import CertaintyMark
    from nutgraf.views.page import PageContext


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role of somebody.

    Attributes:
        text: "Co-founder".
        of: to whom: "the Sewol"; absent where nobody is named.
        time: "from December 2015"; empty where it is not known.
        evidence: who says so.
    """

    text: str
    of: Link | None
    time: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a line about somebody, and who says so."""

    text: Markup
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class About:
    """A line about somebody, in as many parts as different people vouch for."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """Somebody in a list.

    Attributes:
        link: to their page.
        about: a line about them, if there is one.
        roles: what they were to others, as of the day of the list.
        facts: "Person · named in 21 statements · 4 links".
    """

    link: Link
    about: About | None
    roles: tuple[RoleView, ...]
    facts: str


@dataclass(frozen=True, slots=True)
class RelationView:
    """A link between two, never without who says so.

    Attributes:
        start, end: the two.
        phrase: what links them.
        who: who says so, in words; empty where it is established.
        mark: of the statement.
        tie: the same for the map.
    """

    start: Link
    phrase: str
    end: Link
    who: str
    mark: CertaintyMark
    tie: Tie


def about(page: PageContext, entity: Entity) -> About | None:
    """Return the line about an entity, with who vouches for it."""
    if entity.about is None or not page.graph.has_all(entity.rests_on):
        return None  # A line that rests on a draft is not published before that.
    found = by_part(page, interface_text.capital(entity.about), entity.rests_on, entity.source)
    return About(tuple(Part(inline_html(text, page.linker), one) for text, one in found))


def roles(page: PageContext, entity: Entity, day: datetime.date | None = None) -> tuple[RoleView, ...]:
    """Return what an entity is to others.

    Args:
        page: where it stands.
        entity: whose roles.
        day: leave out roles that began after that day.
    """
    as_of = FuzzyDate.parse(day.isoformat()) if day else None
    return tuple(
        _role(page, role)
        for role in entity.roles
        if not (_begins_after(role, as_of) or _is_without(page, role) or _is_told(page, entity, role))
    )


def _is_told(page: PageContext, entity: Entity, role: Role) -> bool:
    """Tell whether the line about an entity says all of a role already, on the same evidence."""
    if entity.about is None or role.of is None or role.from_ or role.to or not page.graph.has_all(entity.rests_on):
        return False
    told = entity.about.casefold()
    same = {*role.statement, *role.source} <= {*entity.rests_on, *entity.source}
    return same and role.role.casefold() in told and page.graph.entity(role.of).name.casefold() in told


def _begins_after(role: Role, as_of: FuzzyDate | None) -> bool:
    return as_of is not None and role.from_ is not None and as_of.surely_before(role.from_)


def _is_without(page: PageContext, role: Role) -> bool:
    """Tell whether all statements that prove a role are taken back or in drafts, and no source proves it."""
    proofs = [page.graph.statements[key] for key in role.statement if key in page.graph.statements]
    if proofs:
        return all(proof.is_retracted for proof in proofs)
    return bool(role.statement) and not role.source


def _role(page: PageContext, role: Role) -> RoleView:
    of = None
    if role.of is not None and role.of in page.graph.entities:
        name = names.with_article(page.graph, role.of, page.graph.entities[role.of].name)
        of = Link(name, page.href(address.entity(role.of)))
    return RoleView(
        text=interface_text.capital(role.role),
        of=of,
        time=_time(page, role),
        evidence=evidence(page, role.statement, role.source),
    )


def _time(page: PageContext, role: Role) -> str:
    # Who was a former engineer "from March 2023" had left by then; nobody says when.
    since = "by" if role.role.startswith("former ") else "from"
    begun = f"{since} {page.wording.date(role.from_)}" if role.from_ else ""
    ended = f"until {page.wording.date(role.to)}" if role.to else ""
    return " ".join(part for part in (begun, ended) if part)


def card(page: PageContext, name: str, statements: int, links: int = 0, day: datetime.date | None = None) -> Card:
    """Return an entity for a list.

    Args:
        page: where the list stands.
        name: the entity's id.
        statements: how many name it.
        links: how many rows of the table beside the list link it to others.
        day: as of when; None for all times.
    """
    entity = page.graph.entities[name]
    kind = interface_text.ENTITY_KINDS[entity.kind][0]
    line = about(page, entity)
    published = "" if line else publishes(page, name)
    named = f"named in {interface_text.count(statements, 'statement')}" if statements else ""
    linked = interface_text.count(links, "link") if links else ""
    return Card(
        link=page.entity_link(name),
        about=line,
        roles=roles(page, entity, day),
        facts=interface_text.capital(" · ".join(part for part in (kind, published, named, linked) if part)),
    )


def publishes(page: PageContext, name: str) -> str:
    """Return how many sources of the site somebody published, in words; empty for none."""
    count = len(page.graph.published_by.get(name, ()))
    return f"published {interface_text.count(count, 'source')} of this site" if count else ""


def relations(page: PageContext, statements: Iterable[Resolved]) -> tuple[RelationView, ...]:
    """Return what links people and organisations, as some statements have it; none that was taken back."""
    return tuple(view for one in statements for view in _relations(page, one))


def map_of(found: Sequence[RelationView]) -> RelationMap | None:
    """Return the map of a list of relations; None where it would show no more than the list."""
    names = {one.tie.start: one.start.text for one in found} | {one.tie.end: one.end.text for one in found}
    return relation_map([one.tie for one in found], names)


def _relations(page: PageContext, resolved: Resolved) -> Iterator[RelationView]:
    superseded = resolved.statement.superseded
    if resolved.is_retracted or (superseded and superseded.because is not Because.CHANGED):
        return
    drawn = sample(page, resolved)
    for start, phrase, end in resolved.statement.relation:
        if start in page.graph.entities and end in page.graph.entities:
            yield RelationView(
                start=page.entity_link(start),
                phrase=phrase,
                end=page.entity_link(end),
                who="" if resolved.certainty is Certainty.ESTABLISHED else who(page, resolved),
                mark=mark(page, resolved.key),
                tie=Tie(str(start), str(end), drawn.style, drawn.word),
            )
