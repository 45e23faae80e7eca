"""Which frame a statement's data calls for, and whom it names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutgraf.graph import entities_of, is_publication
from nutgraf.model import (
    Anonymous,
    Certainty,
    EntityId,
    EntityKind,
    FuzzyDate,
    NotStated,
    SourceKind,
    Speaker,
    Unnamed,
    Verb,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nutgraf.graph import Graph, Resolved
    from nutgraf.model import Asserter


def verb_of(resolved: Resolved) -> str:
    """Return the verb of saying for a statement, as the wording file names it."""
    usual = {Certainty.INFERRED: Verb.SUGGEST, Certainty.FOUND: Verb.FIND}.get(resolved.certainty, Verb.SAY)
    verb = resolved.verb or usual
    # A verb of finding says that evidence was examined; below `found` it would raise the certainty.
    return usual if verb.strongest and resolved.certainty is not Certainty.FOUND else verb


def frame_of(graph: Graph, resolved: Resolved) -> str:  # noqa: C901, PLR0911 - one line a row of the design's table
    """Return the name of the frame that a statement's data calls for."""
    if resolved.certainty is Certainty.ESTABLISHED and not resolved.denies:
        return "established"
    by = resolved.by
    unnamed = Unnamed.UNNAMED in by and len(by) == 1
    if resolved.denies:
        # Who examined the evidence doesn't deny: they found that it was not so.
        found = resolved.certainty is Certainty.FOUND and not unnamed
        return "denied-unnamed" if unnamed else "denied-found" if found else "denied"
    if resolved.verb is Verb.ASK:
        return "asked-unnamed" if unnamed else "asked"
    if unnamed:
        return f"{resolved.certainty}-unnamed"
    published = all(is_publication(graph, resolved, one) for one in by)
    if resolved.rests_on and len(by) > 1:
        return "summed-up"
    if resolved.certainty is Certainty.SPECULATED:
        return "speculated" if published else "speculated-by-party"
    if resolved.certainty in {Certainty.INFERRED, Certainty.FOUND}:
        return str(resolved.certainty)
    if all(isinstance(one, Anonymous) for one in by) and by:
        if not _was_told(graph, resolved):
            return "claimed"
        return "reported-anonymous" if was_read(graph, resolved) else "reported-anonymous-second-hand"
    if not published:
        return "claimed"
    if not was_read(graph, resolved):
        return "reported-second-hand"
    if is_of_itself(graph, resolved):
        return "claimed"  # "According to the board, the board was told" has it twice.
    return "reported-by-several" if len(by) > 1 else "reported"


def is_of_itself(graph: Graph, resolved: Resolved) -> bool:
    """Tell whether the one who asserts a clause is its subject, by name."""
    by = resolved.by[0] if len(resolved.by) == 1 else None
    return isinstance(by, EntityId) and is_about(graph, resolved, by)


def is_about(graph: Graph, resolved: Resolved, entity: EntityId) -> bool:
    """Tell whether a clause begins with the name of an entity, so that this is its subject."""
    names = (re.escape(one) for one in _called(graph, entity))
    return re.match(rf"(?:the )?(?:{'|'.join(names)})(?![\w'’-])", resolved.statement.text, re.IGNORECASE) is not None


def _called(graph: Graph, entity: str) -> Iterator[str]:
    one = graph.entity(entity)
    yield from filter(None, (one.name, one.short, *(alias.text for alias in one.aliases)))


_TOLD: Final = frozenset({SourceKind.REPORT, SourceKind.INTERVIEW})
"""Publications that people tell something: they write a post themselves."""


def _was_told(graph: Graph, resolved: Resolved) -> bool:
    first = _first(graph, resolved)
    return not first or any(graph.sources[name].kind in _TOLD for name in first)


def was_read(graph: Graph, resolved: Resolved) -> bool:
    """Tell whether we read a publication that asserts a statement, or nothing at all that repeats it."""
    cited = [graph.sources[name] for name in resolved.source_ids]
    publishers = {str(by) for by in resolved.by if isinstance(by, EntityId)}
    if publishers:
        return any(one.read and one.publisher in publishers for one in cited) or not any(one.read for one in cited)
    if not any(one.read for one in cited):
        return True
    return any(graph.sources[name].read for name in _first(graph, resolved) if name in resolved.source_ids)


def _first(graph: Graph, resolved: Resolved) -> tuple[str, ...]:
    """Return the sources in which people who are not named, or nobody, first spoke.

    Where all that is cited repeats a report that is not, it was that one: who repeats it was told nothing.
    """
    found: dict[str, None] = {}
    for one in resolved.origins:
        is_elsewhere = one.root is not None and one.root not in resolved.source_ids
        repeats = is_elsewhere and graph.sources[str(one.root)].kind in _TOLD
        found |= dict.fromkeys((str(one.root),) if repeats else one.sources)
    return tuple(found)


def publishers(graph: Graph, resolved: Resolved) -> tuple[str, ...]:
    """Return the publishers of a statement's origins, whether we read them or not."""
    named = any(isinstance(by, EntityId | Speaker) for by in resolved.by)
    cited = [name for one in resolved.origins for name in one.sources]
    names = cited if named or not resolved.by else _first(graph, resolved)
    return _publishers(graph, names)


def _publishers(graph: Graph, names: Iterable[str]) -> tuple[str, ...]:
    found = (graph.sources[name].publisher for name in names)
    return tuple(dict.fromkeys(str(one) for one in found if isinstance(one, EntityId)))


def carriers(graph: Graph, resolved: Resolved) -> tuple[str, ...]:
    """Return the publishers of what we read, if who asserts it did not publish that, and does not speak for them."""
    read = _read(graph, resolved)
    if any(is_own(graph, resolved, name) for name in read):
        return ()
    return tuple(one for one in _publishers(graph, read) if not _is_in_name(graph, resolved, one))


def _read(graph: Graph, resolved: Resolved) -> tuple[str, ...]:
    """Return the sources that we read, the first ones where there are such."""
    found: dict[str, None] = {}
    for origin in resolved.origins:
        read = [name for name in origin.sources if graph.sources[name].read]
        read = read or [name for name in origin.repeated_by if graph.sources[name].read] or list(origin.sources)
        found |= dict.fromkeys(read)
    return tuple(found)


def is_own(graph: Graph, resolved: Resolved, name: str) -> bool:
    """Tell whether a source is the word of those who assert a statement: they, or whom they speak for, published it."""
    publisher = graph.sources[name].publisher
    spoken = {entity for by in resolved.by for entity in entities_of(by)}
    return (isinstance(publisher, EntityId) and str(publisher) in spoken) or is_hosted(graph, resolved, name)


def is_hosted(graph: Graph, resolved: Resolved, name: str) -> bool:
    """Tell whether a source is a post or a paper of those who assert a statement, on a platform or in a journal.

    Whoever runs the platform only has it there, and is no witness.
    """
    source = graph.sources[name]
    if not resolved.by or Unnamed.UNNAMED in resolved.by or resolved.certainty is Certainty.ESTABLISHED:
        return False
    if source.platform is None and source.kind not in HOSTED:
        return False
    spoken = {entity for by in resolved.by for entity in entities_of(by)}
    if isinstance(source.publisher, EntityId) and str(source.publisher) in spoken:
        return source.platform is not None
    authors = [one for one in source.author if one != NotStated.UNKNOWN]
    if authors:
        called = [one for by in resolved.by for one in _names_of(graph, by)]
        return any(is_same_name(author, one) for author in authors for one in called)
    if source.platform is not None:
        return not isinstance(source.publisher, EntityId)  # An account of somebody else quotes them.
    # An organisation may be quoted in a paper of others; a person's post is the person's, as far as the record tells.
    return all(_is_somebody(graph, by) for by in resolved.by)


def is_same_name(author: str, called: str) -> bool:
    """Tell whether an author is who is called so, alone or among others: "P. Puphal" is "Pascal Puphal and colleagues".

    Given names may be initials, and middle names may be missing; two given names that are both written out must agree.
    """
    wanted = _folded(author)
    # With a small letter in it, it is no name: "a colleague of Ann Bell".
    return bool(wanted) and any(
        wanted == _folded(one) or (_NAME.fullmatch(one.strip()) and _agree(wanted, _folded(one)))
        for one in _SEVERAL.split(called)
    )


_SEVERAL: Final = re.compile(r",\s*(?:and\s+)?|\s+(?:and|with|&)\s+")
"""What parts the names of several people."""
_NAME: Final = re.compile(r"(?:[^\W\d_a-z][\w'’.-]*\s*)+")


def _folded(name: str) -> tuple[str, ...]:
    plain = "".join(one for one in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(one))
    return tuple(re.findall(r"[^\W_]+", plain))


def _agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if min(len(one), len(other)) < 2 or one[-1] != other[-1]:  # noqa: PLR2004 - a given name and a surname
        return False
    first, second = one[0], other[0]
    return first == second or (1 in {len(first), len(second)} and first[0] == second[0])


def _is_somebody(graph: Graph, by: Asserter) -> bool:
    who = by.who if isinstance(by, Speaker) else by
    return not isinstance(who, EntityId) or graph.entity(who).kind is EntityKind.PERSON


HOSTED: Final = frozenset({SourceKind.POST, SourceKind.PAPER})
"""What people write and others publish."""


@dataclass(frozen=True, slots=True)
class Hosted:
    """A post or a paper of those who assert a statement, on somebody else's platform.

    Attributes:
        kind: what it is.
        platform: where it stands, an entity; None where the asserter's own name says so.
        is_platform: whether that is a platform; it is another publisher otherwise, a journal or a newspaper.
    """

    kind: SourceKind
    platform: str | None
    is_platform: bool


def hosted(graph: Graph, resolved: Resolved) -> Hosted | None:
    """Return the post or paper in which those who assert a statement say so, if others have it on a platform."""
    read = _read(graph, resolved)
    if len(read) != 1 or not is_hosted(graph, resolved, read[0]):
        return None
    source = graph.sources[read[0]]
    where = source.platform or source.publisher
    named = str(where) if isinstance(where, EntityId) and not _is_in_name(graph, resolved, str(where)) else None
    return Hosted(source.kind, named, source.platform is not None or _is_platform(graph, where))


def _is_platform(graph: Graph, publisher: object) -> bool:
    """Tell whether all that somebody publishes is of others: posts and papers, and no word of its own."""
    kinds = {graph.sources[name].kind for name in graph.published_by.get(str(publisher), ())}
    return SourceKind.POST in kinds and kinds <= HOSTED


def is_one_document(graph: Graph, resolved: Resolved) -> bool:
    """Tell whether those who assert a statement say so together: in one document of theirs, and nowhere else."""
    read = _read(graph, resolved)
    return len(read) == 1 and is_own(graph, resolved, read[0])


def _names_of(graph: Graph, by: Asserter) -> Iterator[str]:
    if isinstance(by, Anonymous):
        yield by.anonymous
    elif isinstance(by, Speaker) and not isinstance(by.who, EntityId):
        yield by.who
    elif by is not Unnamed.UNNAMED:
        entity = graph.entity(str(by.who if isinstance(by, Speaker) else by))
        yield from (entity.name, *(alias.text for alias in entity.aliases))


def _is_in_name(graph: Graph, resolved: Resolved, publisher: str) -> bool:
    """Tell whether all who assert a statement belong to a publisher by their names: "the survey office of the Post"."""
    own = "|".join(re.escape(one) for one in _called(graph, publisher))
    part = re.compile(
        rf"\b(?:of|at|for|on|with|from)\s+(?:the\s+)?(?:{own})\b|^(?:the\s+)?(?:{own})['’]s?\s", re.IGNORECASE
    )
    return all(any(part.search(one) for one in _names_of(graph, by)) for by in resolved.by)


def said_of(graph: Graph, resolved: Resolved) -> FuzzyDate | NotStated | None:
    """Return when a statement was said: as written, or else when those who say it published it themselves.

    When somebody said what a newspaper carries, its date does not tell.
    """
    if resolved.said is not None or not resolved.by:
        return resolved.said
    if resolved.rests_on:
        said = {said_of(graph, graph.statements[key]) for key in resolved.rests_on}
        return next(iter(said)) if len(said) == 1 else None
    is_told = all(isinstance(by, Unnamed) or is_publication(graph, resolved, by) for by in resolved.by)
    if is_told and (resolved.certainty is not Certainty.FOUND or Unnamed.UNNAMED in resolved.by):
        return None  # A newspaper goes on saying what it said.
    if resolved.verb in {Verb.MEASURE, Verb.ESTIMATE} and hosted(graph, resolved) is None:
        return None  # They did so before they published it.
    dates = {graph.sources[name].published for name in _read(graph, resolved) if is_own(graph, resolved, name)}
    (date,) = dates if len(dates) == 1 else (None,)
    return date if isinstance(date, FuzzyDate) else None
