"""Names as a sentence gives them: in full at first, with an introduction that the record establishes, short later."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from nutgraf.glossary import is_generic
from nutgraf.model import Anonymous, Certainty, EntityKind, FuzzyDate, NotStated, Speaker
from nutgraf.model.record import EntityId
from nutgraf.wording.patterns import fill

if TYPE_CHECKING:
    from nutgraf.graph import Graph, Resolved
    from nutgraf.model import Asserter, Entity, Role
    from nutgraf.wording.language import Language


@lru_cache(maxsize=4)
def _names_in_use(graph: Graph) -> Counter[str]:
    called = (
        {entity.name, entity.short, *(alias.text for alias in entity.aliases)} for entity in graph.entities.values()
    )
    return Counter(name for names in called for name in names if name is not None)


def short_name(graph: Graph, entity: str) -> str:
    """Return what later mentions say: the short name if nobody else has it, else the full one."""
    one = graph.entity(entity)
    return one.short if one.short and _names_in_use(graph.underlying)[one.short] == 1 else one.name


def full_name(language: Language, graph: Graph, entity: str, resolved: Resolved) -> str:
    """Return what a first mention says, with an introduction where the record establishes one."""
    one = graph.entity(entity)
    introduction = _introduction(language, graph, entity, resolved)
    return introduction or one.name


def with_article(graph: Graph, entity: str, name: str) -> str:
    """Return a name with the article that it takes in a sentence."""
    article = graph.entity(entity).article
    return f"{article} {name}" if article else name


def _introduction(language: Language, graph: Graph, entity: str, resolved: Resolved) -> str:
    one = graph.entity(entity)
    if one.intro is not None:
        typed = one.intro != "none" and resolved.key not in one.rests_on and _may_introduce(graph, one, resolved)
        return f"{one.intro} {one.name}" if typed else ""
    if one.kind is not EntityKind.PERSON:
        return ""
    for role in one.roles:
        if role.of in graph.entities and _holds(graph, role, resolved) and _is_proven(graph, role, resolved):
            return fill(language.asserters.intro, of=_employer(graph, str(role.of)), role=role.role, name=one.name)
    return ""


def _employer(graph: Graph, entity: str) -> str:
    """Return an entity as an introduction calls it: "office engineer Bo Mason" would be anybody's."""
    name = short_name(graph, entity)
    return graph.entity(entity).name if is_generic(name) else name


def _may_introduce(graph: Graph, entity: Entity, resolved: Resolved) -> bool:
    if _is_established(graph, entity):
        return True
    return any(_holds(graph, role, resolved) and _is_proven(graph, role, resolved) for role in _told_roles(entity))


def is_introduction_proven(graph: Graph, entity: Entity) -> bool:
    """Tell whether a typed introduction says no more than the record establishes, and so can be printed at all."""
    return _is_established(graph, entity) or any(_is_proven(graph, role) for role in _told_roles(entity))


def _told_roles(entity: Entity) -> tuple[Role, ...]:
    """Return the roles that a typed introduction tells: "university chairman" tells that of a chairman."""
    words = (entity.intro or "").casefold()
    return tuple(role for role in entity.roles if role.role.casefold() in words)


def _is_established(graph: Graph, entity: Entity) -> bool:
    """Tell whether a typed introduction says no more than the record: typed prose must not outrun it."""
    if not graph.has_all(entity.rests_on):
        return False
    if entity.rests_on:
        bases = [graph.statements[ref] for ref in entity.rests_on]
        return all(one.certainty is Certainty.ESTABLISHED and not one.is_retracted for one in bases)
    cited = [graph.sources[name] for name in entity.source if name in graph.sources]
    return bool(cited) and all(one.is_primary and one.read for one in cited)


def _holds(graph: Graph, role: Role, resolved: Resolved) -> bool:
    """Tell whether somebody had a role when the event happened, or else when it was said, or as of the story."""
    moment = resolved.statement.when
    if moment is None and resolved.said is not None and not isinstance(resolved.said, NotStated):
        moment = resolved.said
    if moment is None:
        as_of = graph.stories[resolved.story].as_of
        moment = FuzzyDate.parse(as_of.isoformat()) if as_of else None
    if moment is None:
        return role.to is None
    begun = role.from_ is None or not moment.surely_before(role.from_)
    return begun and (role.to is None or not role.to.surely_before(moment))


def _is_proven(graph: Graph, role: Role, resolved: Resolved | None = None) -> bool:
    """Tell whether the record establishes a role, elsewhere than in the statement at hand."""
    if resolved is not None and any(ref == resolved.key for ref in role.statement):
        return False
    proofs = [graph.statements[ref] for ref in role.statement if ref in graph.statements]
    if any(proof.certainty is Certainty.ESTABLISHED and not proof.is_retracted for proof in proofs):
        return True
    return any(
        name in graph.sources and graph.sources[name].is_primary and graph.sources[name].read for name in role.source
    )


def _is_several(language: Language, words: str) -> bool:
    """Tell whether free words mean several: "two keepers", "chemists in China"."""
    first = words.partition(" ")[0]
    if first.lower() in language.clauses.numbers:
        return first.lower() != "half"
    # What begins with a capital is a name, and what begins with an article is one thing.
    if not first[:1].islower() or words.lower().startswith(language.clauses.one):
        return False
    head = words
    for link in language.clauses.behind:
        head = head.partition(link)[0]
    return head.endswith(language.clauses.several)


def is_one(graph: Graph, by: Asserter) -> bool:
    """Tell whether an asserter is surely one: free words may mean several ("Ada Adams and six colleagues")."""
    if isinstance(by, Anonymous):
        return by.count == 1
    who = by.who if isinstance(by, Speaker) else by
    return isinstance(who, EntityId) and not graph.entity(who).plural


def is_plural(language: Language, graph: Graph, by: tuple[Asserter, ...]) -> bool:
    """Tell whether asserters take a plural verb."""
    if len(by) != 1:
        return len(by) > 1
    one = by[0]
    if isinstance(one, Anonymous):
        return one.count != 1
    if isinstance(one, Speaker):
        if isinstance(one.who, EntityId):
            return graph.entity(one.who).plural
        # "A team of nurses and doctors" is one team, "a nurse and a doctor" are two people.
        head, _, tail = one.who.partition(language.clauses.and_)
        single = language.clauses.one
        if not tail:
            return _is_several(language, one.who)
        return bool(tail) and not (head.lower().startswith(single) and not tail.lower().startswith(single))
    return isinstance(one, EntityId) and graph.entity(one).plural
