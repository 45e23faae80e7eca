"""Statement in, sentence out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from nutgraf.glossary import MentionKind, finder_of
from nutgraf.graph import is_publication
from nutgraf.model import (
    Anonymous,
    Because,
    Certainty,
    EntityId,
    EntityKind,
    FuzzyDate,
    Pronoun,
    Reply,
    Speaker,
    Unnamed,
    UnnamedParty,
    Verb,
)
from nutgraf.wording import names
from nutgraf.wording.patterns import Choice, Pattern, Slot, fill, resolve
from nutgraf.wording.units import Kind, Segment, Sentence, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.glossary import Mention
    from nutgraf.graph import Graph, Resolved
    from nutgraf.model import Accusation, Unknown
    from nutgraf.wording.words import Wording


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader of the page knows when a sentence begins.

    Attributes:
        introduced: ids of the entities that were named in full already.
    """

    introduced: frozenset[str] = frozenset()


STANDALONE: Final = Context()
"""Nothing stands before the sentence: cards, feeds, metadata, permalinks, search, comparison."""


def compile(resolved: Resolved, graph: Graph, wording: Wording, context: Context = STANDALONE) -> Unit:
    """Return the sentence of a statement, and those that must stand with it.

    Args:
        resolved: the statement.
        graph: all that it points to.
        wording: the language.
        context: what the reader knows already.
    """
    desk = _Desk(graph, wording, set(context.introduced))
    return Unit(resolved.key, tuple(desk.sentences(resolved, {resolved.key})))


def compile_unknown(unknown: Unknown, story: str, graph: Graph, wording: Wording) -> Sentence:
    """Return the sentence that says what is not known, and why."""
    desk = _Desk(graph, wording, set())
    pattern = wording.language.unknown[unknown.why]
    clause = desk.named_clause(unknown.text, story)
    return _finished("", [*_plain(pattern, Segment(Kind.CLAUSE, clause))], f"unknown-{unknown.why}")


def _plain(pattern: Pattern, clause: Segment) -> Iterator[Segment]:
    for part in resolve(pattern, frozenset({"text"})):
        yield clause if isinstance(part, Slot) else Segment(Kind.FRAME, str(part))


@dataclass
class _Values:
    """What stands in the slots of one frame."""

    segments: dict[str, Segment] = field(default_factory=dict)
    plural: dict[str, bool] = field(default_factory=dict)


class _Desk:
    """The state of one compilation: who has been introduced so far."""

    def __init__(self, graph: Graph, wording: Wording, introduced: set[str]) -> None:
        self.graph = graph
        self.wording = wording
        self.language = wording.language
        self.introduced = introduced

    # -- units --

    def sentences(self, resolved: Resolved, seen: set[str]) -> Iterator[Sentence]:
        """Yield a statement's sentence and whatever must follow it; `seen` keeps circles from going round."""
        yield self.sentence(resolved)
        followed = self.language.followed
        if resolved.denies and resolved.statement.text:
            # What they say instead, in a sentence of its own.
            yield self.sentence(replace(resolved, denies=None))
        retracted = resolved.statement.retracted
        if retracted:
            pattern = followed.retracted
            text = fill(
                pattern, date=self.wording.date_phrase(FuzzyDate.parse(retracted.on.isoformat())), text=retracted.reason
            )
            yield _finished(resolved.key, [Segment(Kind.FRAME, text)], "retracted")
        for accusation in resolved.statement.accuses:
            yield from self._declined(resolved, accusation)
        yield from self._others((*resolved.replies, *resolved.outcomes), seen)
        if any(key not in seen for key in resolved.refuted_by):
            yield _finished(resolved.key, [Segment(Kind.FRAME, fill(followed.refuted))], "refuted")
            yield from self._others(resolved.refuted_by, seen)
        superseded = resolved.statement.superseded
        if superseded and resolved.superseded_by and resolved.superseded_by not in seen:
            patterns = {
                Because.CHANGED: followed.changed,
                Because.CORRECTED: followed.corrected,
                Because.WITHDRAWN: followed.withdrawn,
            }
            on = self.wording.date_phrase(superseded.on) if superseded.on else ""
            text = fill(patterns[superseded.because], date=on)
            yield _finished(resolved.key, [Segment(Kind.FRAME, text)], "superseded")
            yield from self._others((self._latest(resolved.superseded_by, seen),), seen)

    def _latest(self, key: str, seen: set[str]) -> str:
        """Return what stands at the end of a chain of statements that took each other's place."""
        passed = {key}
        while (after := self.graph.statements[key].superseded_by) and after not in passed | seen:
            passed.add(after)
            key = after
        return key

    def _others(self, keys: tuple[str, ...], seen: set[str]) -> Iterator[Sentence]:
        for key in keys:
            if key not in seen and key in self.graph.statements:
                seen.add(key)
                yield from self.sentences(self.graph.statements[key], seen)

    def _declined(self, resolved: Resolved, accusation: Accusation) -> Iterator[Sentence]:
        if Reply.DECLINED not in accusation.reply:
            return
        asked = self.wording.date_phrase(accusation.asked) if isinstance(accusation.asked, FuzzyDate) else ""
        carriers = self._carriers(resolved) or self._publishers(resolved)
        values = {
            "who": self.accused(accusation),
            "date": asked,
            "carrier": self.wording.join([self._name(one, resolved) for one in carriers]),
        }
        text = fill(self.language.followed.declined, **values)
        yield _finished(resolved.key, [Segment(Kind.FRAME, text)], "declined")

    def accused(self, accusation: Accusation) -> str:
        """Return whom an accusation is about, in words."""
        return self.wording.join(
            who.unnamed
            if isinstance(who, UnnamedParty)
            else names.with_article(self.graph, who, names.short_name(self.graph, who))
            for who in accusation.who
        )

    # -- sentences --

    def sentence(self, resolved: Resolved) -> Sentence:
        """Return a statement's own sentence."""
        frame = _frame(self.graph, resolved)
        pattern = getattr(self.language.frames, frame.replace("-", "_"))[0]
        values = _Values()
        wanted = self._filled(resolved)
        segments: list[Segment] = []
        for part in resolve(pattern, wanted):
            if isinstance(part, str):
                segments.append(Segment(Kind.FRAME, part))
            elif isinstance(part, Choice):
                segments.append(
                    Segment(Kind.FRAME, part.plural if self._is_plural(part.slot, resolved) else part.singular)
                )
            else:
                # In the order of the sentence, for a name is given in full where it comes first.
                segments.append(values.segments.setdefault(part.name, self._fill(part.name, resolved)))
        return _finished(resolved.key, segments, frame, keep_case=self._begins_with_name(segments))

    def _filled(self, resolved: Resolved) -> frozenset[str]:
        statement = resolved.statement
        filled = {"by", "text", "verb", "denies", "publication"}
        if len(resolved.by) == 2:  # noqa: PLR2004 - "both" is two
            filled.add("both")
        if self._carriers(resolved):
            filled.add("carrier")
        if statement.when or statement.when_text:
            filled.add("date")
        if resolved.manner:
            filled.add("manner")
        if isinstance(resolved.said, FuzzyDate):
            filled.add("said")
        return frozenset(filled)

    def _fill(self, slot: str, resolved: Resolved) -> Segment:
        if slot == "text":
            return Segment(Kind.CLAUSE, self._clause(resolved))
        if slot == "by":
            return Segment(Kind.ASSERTER, self._asserters(resolved))
        if slot == "date":
            return Segment(Kind.DATE, self._date(resolved))
        if slot in {"carrier", "publication"}:
            keys = self._carriers(resolved) if slot == "carrier" else self._publishers(resolved)
            text = self.wording.join(self._name(key, resolved) for key in keys or self._publishers(resolved))
            return Segment(Kind.CARRIER, text or self.language.asserters.nobody)
        return Segment(Kind.FRAME, self._word(slot, resolved))

    def _word(self, slot: str, resolved: Resolved) -> str:
        if slot == "both":
            return self.language.asserters.both
        if slot == "manner":
            return self.language.manners[resolved.manner] if resolved.manner else ""
        if slot == "said":
            return self.wording.date_phrase(resolved.said) if isinstance(resolved.said, FuzzyDate) else ""
        name = "deny" if slot == "denies" else _verb(resolved)
        singular, plural, past = self.language.verbs[name]
        # What was said at a known time, or at a time that is known to be unknown, is told as past.
        if resolved.said is not None or resolved.certainty is Certainty.FOUND:
            return past
        return plural if self._is_plural("by", resolved) else singular

    def _is_plural(self, slot: str, resolved: Resolved) -> bool:
        if slot == "by":
            return names.is_plural(self.graph, resolved.by)
        keys = self._carriers(resolved) or self._publishers(resolved)
        return names.is_plural(self.graph, tuple(EntityId(key) for key in keys))

    def _date(self, resolved: Resolved) -> str:
        statement = resolved.statement
        if statement.when_text:
            return statement.when_text
        return self.wording.date_phrase(statement.when) if statement.when else ""

    # -- who says so --

    def _asserters(self, resolved: Resolved) -> str:
        spoken = [self.wording.spoken(by, lambda key: self._name(key, resolved)) for by in resolved.by]
        return self.wording.join(spoken) if spoken else self._untraced(resolved)

    def _untraced(self, resolved: Resolved) -> str:
        keys = self._publishers(resolved)
        return self.wording.join(self._name(key, resolved) for key in keys) if keys else self.language.asserters.nobody

    def _publishers(self, resolved: Resolved) -> tuple[str, ...]:
        """Return the publishers of the origins, whether we read them or not."""
        sources = [self.graph.sources[name] for origin in resolved.origins for name in origin.sources]
        return tuple(dict.fromkeys(str(one.publisher) for one in sources if isinstance(one.publisher, EntityId)))

    def _carriers(self, resolved: Resolved) -> tuple[str, ...]:
        """Return the publishers of what we read, if who asserts it did not publish that."""
        sources = self.graph.sources
        asserters = {str(by) for by in resolved.by if isinstance(by, EntityId)}
        carriers: dict[str, None] = {}
        for origin in resolved.origins:
            read = [name for name in origin.sources if sources[name].read]
            read = read or [name for name in origin.repeated_by if sources[name].read] or list(origin.sources)
            carriers |= {
                str(sources[name].publisher): None for name in read if isinstance(sources[name].publisher, EntityId)
            }
        return () if asserters & carriers.keys() else tuple(carriers)

    def _name(self, key: str, resolved: Resolved) -> str:
        if key in self.introduced:
            name = names.short_name(self.graph, key)
        else:
            self.introduced.add(key)
            name = names.full_name(self.language, self.graph, key, resolved)
        return names.with_article(self.graph, key, name)

    # -- the clause --

    def _clause(self, resolved: Resolved) -> str:
        if resolved.denies:
            # Never the denied clause with another verb: a denial quotes what it denies.
            denied = self.graph.statements[resolved.denies]
            return self.named_clause(self._with_quantities(denied), resolved.story, resolved)
        return self.named_clause(self._with_quantities(resolved), resolved.story, resolved)

    def _with_quantities(self, resolved: Resolved) -> str:
        def words(found: re.Match[str]) -> str:
            quantity = self.graph.quantity(resolved, found[1])
            return _escaped(self.wording.quantity(quantity) if quantity else found[0])

        return re.sub(r"\{([A-Za-z0-9_-]+)\}", words, resolved.statement.text)

    def named_clause(self, text: str, story: str, resolved: Resolved | None = None) -> str:
        """Return a clause with its names as the sentence needs them: in full at first, short or as pronouns later."""
        speaker = self._pronoun_speaker(resolved) if resolved else None
        kept = [(found.start(), found.end()) for found in _VERBATIM.finditer(text)]
        mentions = [
            one
            for one in finder_of(self.graph).find(text, story)
            if one.kind is MentionKind.ENTITY
            and one.is_name
            and not any(a < one.end and one.start < b for a, b in kept)
        ]
        rivals = self._same_pronoun(mentions, speaker) if speaker else False
        parts: list[str] = []
        done = 0
        for mention in mentions:
            parts.append(text[done : mention.start])
            words, done = self._mention(text, mention, speaker, resolved, rivals=rivals)
            parts.append(words)
        return "".join([*parts, text[done:]])

    def _mention(
        self, text: str, mention: Mention, speaker: str | None, resolved: Resolved | None, *, rivals: bool
    ) -> tuple[str, int]:
        """Return the words for a mention, and where the text goes on behind it."""
        owns = _POSSESSIVE.match(text, mention.end)
        if mention.id == speaker and (mention.start == 0 or (owns and not rivals)):
            subject, possessive = self.language.pronouns[self.graph.entities[speaker].pronoun or Pronoun.THEY]
            return (possessive, owns.end()) if owns else (subject, mention.end)
        if mention.id in self.introduced:
            return names.short_name(self.graph, mention.id), mention.end
        self.introduced.add(mention.id)
        if resolved is None:
            return text[mention.start : mention.end], mention.end
        return names.full_name(self.language, self.graph, mention.id, resolved), mention.end

    def _pronoun_speaker(self, resolved: Resolved) -> str | None:
        """Return the asserter whom a pronoun in the clause can only mean, if there is one."""
        if resolved.certainty is Certainty.ESTABLISHED or all(
            is_publication(self.graph, resolved, by) for by in resolved.by
        ):
            return None
        speaking = [by.who if isinstance(by, Speaker) else by for by in resolved.by]
        people = [str(one) for one in speaking if isinstance(one, EntityId) and self._has_pronoun(one)]
        pronouns = {self.graph.entities[one].pronoun for one in people}
        return people[0] if len(people) == 1 == len(pronouns) else None

    def _has_pronoun(self, entity: str) -> bool:
        return self.graph.entities[entity].pronoun not in {None, Pronoun.IT}

    def _same_pronoun(self, mentions: list[Mention], speaker: str) -> bool:
        own = self.graph.entities[speaker].pronoun
        return any(
            one.id != speaker
            and self.graph.entities[one.id].kind is EntityKind.PERSON
            and self.graph.entities[one.id].pronoun in {own, None}
            for one in mentions
        )

    def _begins_with_name(self, segments: list[Segment]) -> bool:
        first = next((one for one in segments if one.text), None)
        if first is None or first.kind is not Kind.CLAUSE:
            return False
        found = finder_of(self.graph).find(first.text)
        return bool(found) and found[0].start == 0 and found[0].is_name


_VERBATIM: Final = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|`[^`]*`|\[[^\]]*\]\([^)]*\)")
"""Quotations, code and links: what stands in them stays as it is."""
_POSSESSIVE: Final = re.compile(r"['’]s\b")
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>&])")


def _escaped(text: str) -> str:
    """Return plain text as Markdown."""
    return _SPECIAL.sub(r"\\\1", text)


def _verb(resolved: Resolved) -> str:
    usual = {Certainty.INFERRED: Verb.SUGGEST, Certainty.FOUND: Verb.FIND}.get(resolved.certainty, Verb.SAY)
    verb = resolved.verb or usual
    # A verb of finding says that evidence was examined; below `found` it would raise the certainty.
    return usual if verb.strongest and resolved.certainty is not Certainty.FOUND else verb


def _frame(graph: Graph, resolved: Resolved) -> str:  # noqa: C901, PLR0911 - one line a row of the design's table
    """Return the name of the frame that a statement's data calls for."""
    if resolved.certainty is Certainty.ESTABLISHED and not resolved.denies:
        return "established"
    by = resolved.by
    unnamed = Unnamed.UNNAMED in by and len(by) == 1
    if resolved.denies:
        return "denied-unnamed" if unnamed else "denied"
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
        return "reported-anonymous" if _was_read(graph, resolved) else "reported-anonymous-second-hand"
    if not published:
        return "claimed"
    if not _was_read(graph, resolved):
        return "reported-second-hand"
    return "reported-by-several" if len(by) > 1 else "reported"


def _was_read(graph: Graph, resolved: Resolved) -> bool:
    """Tell whether we read a publication that asserts a statement, or nothing at all that repeats it."""
    cited = [graph.sources[name] for name in resolved.source_ids]
    publishers = {str(by) for by in resolved.by if isinstance(by, EntityId)}
    if publishers:
        return any(one.read and one.publisher in publishers for one in cited) or not any(one.read for one in cited)
    first = [graph.sources[name] for origin in resolved.origins for name in origin.sources]
    return any(one.read for one in first) or not any(one.read for one in cited)


_CLOSED: Final = re.compile(r"[.?!…][\"”’'»)*_]*$")
_FIRST_LETTER: Final = re.compile(r"[^\W\d_]")


def _finished(key: str, segments: list[Segment], frame: str, *, keep_case: bool = False) -> Sentence:
    """Return a sentence with its capital and its full stop."""
    kept = [segment for segment in segments if segment.text]
    if kept and not keep_case:
        first = kept[0]
        found = _FIRST_LETTER.search(first.text)
        # A number or a sign in front is the beginning already: "10,000 people", not "10,000 People".
        if found and not re.search(r"\d", first.text[: found.start()]):
            at = found.start()
            kept[0] = Segment(first.kind, first.text[:at] + first.text[at].upper() + first.text[at + 1 :])
    if kept and not _CLOSED.search(kept[-1].text):
        kept.append(Segment(Kind.FRAME, "."))
    return Sentence(key, tuple(kept), frame)
