"""Running text: the statements of a section, one after the other, as an explainer desk would write them.

What a reader knows goes along: who has been introduced, who spoke last, which frame the last sentence had, which date
was just said. All of it varies the frame alone; the clause and its attribution stay whole in every sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from nutgraf.glossary import MentionKind, finder_of
from nutgraf.model import Anonymous, Certainty, EntityId, EntityKind, Unnamed
from nutgraf.wording.compiler import SentenceCompiler, SentenceOptions, fitting
from nutgraf.wording.framing import carriers, frame_of
from nutgraf.wording.patterns import Pattern, Slot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nutgraf.graph import Graph, Resolved
    from nutgraf.model import Asserter
    from nutgraf.wording.facade import Wording
    from nutgraf.wording.sentence import Unit


@dataclass(frozen=True, slots=True)
class ReaderState:
    """What a reader of the page knows when a sentence begins.

    Attributes:
        introduced: ids of the entities that were named in full already.
        previous: the statement just given, the last of two that were joined.
        pattern: the frame of the last sentence.
        joined: whether the last sentence gave two statements.
        followed: whether sentences of others came behind it, so that nothing leads on from it.
        date: the date that was said last, as written.
    """

    introduced: frozenset[str] = frozenset()
    previous: Resolved | None = None
    pattern: str = ""
    joined: bool = False
    followed: bool = False
    date: str = ""


STANDALONE: Final = ReaderState()
"""Nothing stands before the sentence: cards, feeds, metadata, permalinks, search, comparison."""


def compile(resolved: Resolved, graph: Graph, wording: Wording, context: ReaderState = STANDALONE) -> Unit:
    """Return the sentence of a statement, and those that must stand with it.

    Args:
        resolved: the statement.
        graph: all that it points to.
        wording: the language.
        context: what the reader knows already.
    """
    if context == STANDALONE:
        return SentenceCompiler(graph, wording).unit(resolved)
    unit, _ = _next(resolved, None, graph, wording, context)
    return unit


def compile_undated(resolved: Resolved, graph: Graph, wording: Wording) -> Unit:
    """Return a statement as it stands alone beside its date, which the sentence does not say again."""
    return SentenceCompiler(graph, wording).unit(resolved, SentenceOptions(dated=False))


def compile_reply(resolved: Resolved, graph: Graph, wording: Wording, accusers: frozenset[str]) -> Unit:
    """Return a reply to an accusation, with no more than what refutes it, clears somebody of it or takes it back.

    Args:
        resolved: the reply.
        graph: all that it points to.
        wording: the language.
        accusers: ids of who made the accusation.
    """
    return SentenceCompiler(graph, wording).reply(resolved, accusers)


def compose(statements: Sequence[Resolved], graph: Graph, wording: Wording) -> tuple[Unit, ...]:
    """Return statements as running text. A unit may give two of them in one sentence.

    Args:
        statements: of one section, in reading order.
        graph: all that they point to.
        wording: the language.
    """
    return tuple(_fold(statements, graph, wording))


def _fold(statements: Sequence[Resolved], graph: Graph, wording: Wording) -> Iterator[Unit]:
    context = STANDALONE
    place = 0
    while place < len(statements):
        following = statements[place + 1] if place + 1 < len(statements) else None
        unit, context = _next(statements[place], following, graph, wording, context)
        yield unit
        place += len(unit.keys)


def _next(
    resolved: Resolved, following: Resolved | None, graph: Graph, wording: Wording, context: ReaderState
) -> tuple[Unit, ReaderState]:
    desk = SentenceCompiler(graph, wording, context.introduced)
    saying = _saying(resolved, following, graph, wording, context)
    unit = desk.unit(resolved, saying)
    last = saying.second or resolved
    date = _date(resolved) if saying.dated else context.date
    pattern = saying.pattern.text if saying.pattern else ""
    after = ReaderState(
        introduced=frozenset(desk.naming.introduced),
        previous=last,
        pattern=pattern,
        joined=saying.second is not None,
        followed=len(unit.sentences) > 1,
        date=date,
    )
    return unit, after


def _saying(
    resolved: Resolved, following: Resolved | None, graph: Graph, wording: Wording, context: ReaderState
) -> SentenceOptions:
    frame = frame_of(graph, resolved)
    running = wording.language.running.get(frame)
    again = _goes_on(resolved, graph, context)
    saying = SentenceOptions(
        pronoun=_pronoun(resolved, graph, wording, context) if again else "",
        # Said once in a run: what goes on with the same speaker and the same date happened then, too.
        dated=not (again and _date(resolved) and _date(resolved) == context.date),
        short=context.previous is not None and not context.followed,
        next=following.key if following else "",
    )
    desk = SentenceCompiler(graph, wording, context.introduced)
    alone = wording.language.frames.standalone(frame)
    if running is None:
        return replace(saying, pattern=desk.suited(alone, resolved, replace(saying, pronoun="")), pronoun="")
    if (
        following is not None
        and running.joined
        and not context.joined
        and _can_join(resolved, following, graph, wording)
    ):
        joined = replace(saying, pattern=running.joined[0], second=following, pronoun="")
        if not again and fitting(running.joined, graph, resolved, joined):
            return joined
    patterns = (*(running.again if again else ()), *running.first, *alone)
    # The standalone one says that nobody is named where it finds nobody, in content with such a mistake.
    possible = [one for one in fitting(patterns, graph, resolved, saying) if not _misreads(one, resolved, wording)]
    possible = [*desk.covering(possible or [alone[0]], resolved, saying)]
    chosen = next((one for one in possible if one.text != context.pattern), possible[0])
    # A pronoun is for a frame that goes on from the last sentence; elsewhere a name is clearer.
    return replace(saying, pattern=chosen, pronoun=saying.pronoun if chosen in running.again else "")


def _misreads(pattern: Pattern, resolved: Resolved, wording: Wording) -> bool:
    """Tell whether a clause of the pattern would stand behind one of the asserter: "a man who was ill who spoke to"."""
    return _relates(pattern, wording) and any(_has_clause(by, wording) for by in resolved.by)


def _relates(pattern: Pattern, wording: Wording) -> bool:
    """Tell whether a pattern goes on with a clause behind the asserter: "people who spoke to the Post"."""
    behind = pattern.parts[pattern.parts.index(Slot("by")) + 1 :] if Slot("by") in pattern.parts else ()
    first = behind[0].split() if behind and isinstance(behind[0], str) else []
    return bool(first) and first[0] in wording.language.clauses.linking


def _has_clause(by: Asserter, wording: Wording) -> bool:
    """Tell whether an asserter's own words have a clause in them: "a man who had swept it"."""
    words = by.anonymous if isinstance(by, Anonymous) else ""
    return not set(words.lower().split()).isdisjoint(wording.language.clauses.linking)


def _goes_on(resolved: Resolved, graph: Graph, context: ReaderState) -> bool:
    """Tell whether the same asserters go on speaking, in the same publication and the same manner."""
    before = context.previous
    return (
        before is not None
        and not context.followed
        and resolved.certainty is not Certainty.ESTABLISHED
        and before.by == resolved.by
        and not any(isinstance(by, Anonymous | Unnamed) for by in resolved.by)
        and frame_of(graph, before) == frame_of(graph, resolved)
        and carriers(graph, before) == carriers(graph, resolved)
    )


def _pronoun(resolved: Resolved, graph: Graph, wording: Wording, context: ReaderState) -> str:
    """Return the pronoun for the only asserter, if nobody else in the last sentence could be meant by it."""
    if len(resolved.by) != 1 or context.previous is None:
        return ""
    (by,) = resolved.by
    if not isinstance(by, EntityId) or graph.entity(by).kind is not EntityKind.PERSON:
        return ""
    pronoun = graph.entity(by).pronoun
    if pronoun not in wording.language.pronouns:
        return ""
    found = finder_of(graph).find(context.previous.statement.text, context.previous.story)
    others = {one.id for one in found if one.kind is MentionKind.ENTITY and one.id != str(by)}
    if any(graph.entity(one).kind is EntityKind.PERSON for one in others):
        return ""
    return wording.language.pronouns[pronoun][0]


_LONG: Final = 13
"""A clause of more words is not joined to another."""


def _can_join(resolved: Resolved, following: Resolved, graph: Graph, wording: Wording) -> bool:
    """Tell whether two statements can stand in one sentence: "P reports that A and that B"."""
    return (
        following.by == resolved.by
        and following.source_ids == resolved.source_ids
        and following.certainty is resolved.certainty
        and (following.verb, following.manner, following.said) == (resolved.verb, resolved.manner, resolved.said)
        and frame_of(graph, following) == frame_of(graph, resolved)
        and _date(following) in {"", _date(resolved)}
        and _is_simple(resolved, wording, joined_first=True)
        and _is_simple(following, wording, joined_first=False)
        and not SentenceCompiler(graph, wording).has_more(following, short=True)
    )


def _is_simple(resolved: Resolved, wording: Wording, *, joined_first: bool) -> bool:
    statement = resolved.statement
    alone = (
        statement.accuses
        or statement.denies
        or statement.refuted_by
        or statement.superseded
        or statement.retracted
        or statement.when_text
    )
    # What stands first must be over when "and that" comes; what stands last may have clauses of its own.
    text = statement.text if joined_first else statement.after_previous or statement.text
    words = re.findall(r"[\w'’]+|[,;:—]", text.lower())
    own_clauses = {",", ";", ":", "—", *wording.language.clauses.linking}
    return not alone and len(text.split()) <= _LONG and not (joined_first and own_clauses.intersection(words))


def _date(resolved: Resolved) -> str:
    statement = resolved.statement
    return statement.when_text or (statement.when.text if statement.when else "")
