"""Statement in, sentence out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from nutgraf.model import (
    Anonymous,
    Asked,
    Because,
    Certainty,
    EntityId,
    FuzzyDate,
    Reply,
    SourceKind,
    Speaker,
    Unnamed,
    UnnamedParty,
    Verb,
)
from nutgraf.wording import clauses, names
from nutgraf.wording.clauses import Conjunction
from nutgraf.wording.framing import (
    HOSTED,
    carriers,
    frame_of,
    hosted,
    is_one_document,
    publishers,
    said_of,
    verb_of,
)
from nutgraf.wording.patterns import Choice, Pattern, Slot, fill, resolve
from nutgraf.wording.referring_expressions import ReferringExpressions
from nutgraf.wording.replies import accusers_of, replies_to
from nutgraf.wording.sentence import Segment, SegmentKind, Sentence, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nutgraf.graph import Graph, Resolved
    from nutgraf.model import Accusation, Asserter, Unknown
    from nutgraf.wording.clauses import Joint
    from nutgraf.wording.facade import Wording
    from nutgraf.wording.framing import Hosted
    from nutgraf.wording.replies import Replies


@dataclass(frozen=True, slots=True)
class SentenceOptions:
    """How one sentence is to be said.

    Attributes:
        pattern: its frame; the standalone one when absent.
        pronoun: put for the asserter, where one reading is possible.
        dated: whether the date is said.
        short: whether `after_previous` stands for `text`.
        second: a statement that is joined to it, in the slot `{text_2}`.
        next: the key of the statement that comes next on the page. If all that must stand behind the sentence ends with
            it, it is not said twice.
    """

    pattern: Pattern | None = None
    pronoun: str = ""
    dated: bool = True
    short: bool = False
    second: Resolved | None = None
    next: str = ""


ALONE: Final = SentenceOptions()
"""Nothing stands before the sentence: cards, feeds, metadata, permalinks, search, comparison."""


def compile_unknown(unknown: Unknown, story: str, graph: Graph, wording: Wording) -> Sentence:
    """Return the sentence that says what is not known, and why."""
    pattern = wording.language.unknown[unknown.why]
    clause = Segment(SegmentKind.CLAUSE, ReferringExpressions(graph, wording.language).clause(unknown.text, story))
    parts = resolve(pattern, frozenset({"text"}))
    segments = [clause if isinstance(part, Slot) else Segment(SegmentKind.FRAME, str(part)) for part in parts]
    return _finished("", segments, f"unknown-{unknown.why}")


class SentenceCompiler:
    """Writes sentences one after the other, and knows who has been introduced."""

    def __init__(self, graph: Graph, wording: Wording, introduced: frozenset[str] = frozenset()) -> None:
        """Begin where a reader knows the entities in `introduced`."""
        self.graph = graph
        self.wording = wording
        self.language = wording.language
        self.naming = ReferringExpressions(graph, wording.language, introduced)

    def unit(self, resolved: Resolved, saying: SentenceOptions = ALONE) -> Unit:
        """Return a statement's sentence and those that must stand with it."""
        keys = (resolved.key, *([saying.second.key] if saying.second else []))
        if saying.next and not self._leads_to(resolved, saying.next):
            saying = replace(saying, next="")
        return Unit(resolved.key, tuple(self._with_follow_ups(resolved, set(keys), saying)), keys)

    def _leads_to(self, resolved: Resolved, coming: str) -> bool:
        """Tell whether what must stand with a statement ends with the one that comes next on the page."""
        if coming not in {*resolved.replies, *resolved.outcomes, *resolved.refuted_by, resolved.superseded_by}:
            return False
        # On desks of their own: who is introduced there is not introduced here.
        keys = [one.key for one in SentenceCompiler(self.graph, self.wording).unit(resolved).sentences]
        own = [
            one.key for one in SentenceCompiler(self.graph, self.wording).unit(self.graph.statements[coming]).sentences
        ]
        return coming in keys and {*keys[keys.index(coming) :]} <= {*own}

    def reply(self, resolved: Resolved, accusers: frozenset[str]) -> Unit:
        """Return a reply: its sentence, and those that refute it, clear somebody of it or take it back.

        Args:
            resolved: the reply.
            accusers: ids of who made the accusation; what they say to what it says of them stands elsewhere.
        """
        found = self._with_follow_ups(resolved, {resolved.key}, accusers=accusers)
        return Unit(resolved.key, tuple(found), (resolved.key,))

    def _with_follow_ups(
        self,
        resolved: Resolved,
        seen: set[str],
        saying: SentenceOptions = ALONE,
        accusers: frozenset[str] | None = None,
    ) -> Iterator[Sentence]:
        """Yield a statement's sentence and whatever must follow it; `seen` keeps circles from going round.

        Args:
            resolved: the statement.
            seen: keys of what was said already.
            saying: how its own sentence is to be said.
            accusers: for a reply, the ids of who made the accusation.
        """
        yield self.sentence(resolved, saying)
        if resolved.denies and resolved.statement.text:
            # What they say instead, in a sentence of its own.
            yield self.sentence(replace(resolved, denies=None))
        followed = self.language.followed
        retracted = resolved.statement.retracted
        if retracted:
            pattern = followed.retracted
            text = fill(
                pattern, date=self.wording.date_phrase(FuzzyDate.parse(retracted.on.isoformat())), text=retracted.reason
            )
            yield _finished(resolved.key, [Segment(SegmentKind.FRAME, text)], "retracted")
        for accusation in resolved.statement.accuses:
            # A reply that accuses in turn: those whom it answers have spoken.
            if accusers is None or not accusers.issuperset(str(who) for who in accusation.who):
                yield from self._declined(resolved, accusation)
                yield from self._replies(resolved, accusation, seen, saying.next)
        # What ended the accusation by taking its place is said below, with when and why.
        outcomes = (key for key in resolved.outcomes if key != resolved.superseded_by)
        yield from self._follow_ups(tuple(outcomes), seen, saying.next)
        if any(key not in seen for key in resolved.refuted_by):
            yield _finished(resolved.key, [Segment(SegmentKind.FRAME, fill(followed.refuted))], "refuted")
            yield from self._follow_ups(resolved.refuted_by, seen, saying.next)
        superseded = resolved.statement.superseded
        if superseded and resolved.superseded_by and resolved.superseded_by not in seen:
            patterns = {
                Because.CHANGED: followed.changed,
                Because.CORRECTED: followed.corrected,
                Because.WITHDRAWN: followed.withdrawn,
            }
            # What gave way in its turn says so itself: each step has its own date and reason.
            coming = [*self._follow_ups((resolved.superseded_by,), seen, saying.next)]
            on = self.wording.date_phrase(superseded.on) if superseded.on else ""
            if coming and on in coming[0].source:
                on = ""
            text = fill(patterns[superseded.because], date=on)
            yield _finished(resolved.key, [Segment(SegmentKind.FRAME, text)], "superseded")
            yield from coming

    def _replies(self, resolved: Resolved, accusation: Accusation, seen: set[str], coming: str) -> Iterator[Sentence]:
        found = replies_to(self.graph, resolved, accusation)
        accusers = accusers_of(resolved)
        for key in (*found.own, None, *found.earlier, *found.others):
            if key is None:
                # What was said before, and what others say, must not pass for an answer.
                if {*found.earlier, *found.others} - seen - {coming}:
                    yield from self._unanswered(resolved, accusation, found)
            elif key not in seen | {coming}:
                seen.add(key)
                yield from self._with_follow_ups(
                    self.graph.statements[key], seen, SentenceOptions(next=coming), accusers=accusers
                )

    def _unanswered(self, resolved: Resolved, accusation: Accusation, found: Replies) -> Iterator[Sentence]:
        if found.silent and Reply.DECLINED not in accusation.reply:
            followed = self.language.followed
            pattern = followed.not_asked if accusation.asked is Asked.NO else followed.no_reply
            text = fill(pattern, who=self.parties(found.silent))
            yield _finished(resolved.key, [Segment(SegmentKind.FRAME, text)], "unanswered")

    def _follow_ups(self, keys: tuple[str, ...], seen: set[str], coming: str) -> Iterator[Sentence]:
        for key in keys:
            if key not in seen | {coming} and key in self.graph.statements:
                seen.add(key)
                yield from self._with_follow_ups(self.graph.statements[key], seen, SentenceOptions(next=coming))

    def _declined(self, resolved: Resolved, accusation: Accusation) -> Iterator[Sentence]:
        if Reply.DECLINED not in accusation.reply:
            return
        asked = self.wording.date_phrase(accusation.asked) if isinstance(accusation.asked, FuzzyDate) else ""
        keys = carriers(self.graph, resolved) or publishers(self.graph, resolved)
        values = {
            "who": self.accused(accusation),
            "date": asked,
            "carrier": self.wording.join(self.naming.name(key, resolved) for key in keys),
        }
        text = fill(self.language.followed.declined, **values)
        yield _finished(resolved.key, [Segment(SegmentKind.FRAME, text)], "declined")

    def accused(self, accusation: Accusation) -> str:
        """Return whom an accusation is about, in words."""
        return self.parties(accusation.who)

    def parties(self, accused: Iterable[EntityId | UnnamedParty]) -> str:
        """Return some accused in words."""
        return self.wording.join(
            who.unnamed
            if isinstance(who, UnnamedParty)
            else names.with_article(self.graph, who, names.short_name(self.graph, who))
            for who in accused
        )

    # -- sentences --

    def sentence(self, resolved: Resolved, saying: SentenceOptions = ALONE) -> Sentence:
        """Return a statement's own sentence."""
        frame = frame_of(self.graph, resolved)
        pattern = saying.pattern or self.suited(self.language.frames.standalone(frame), resolved, saying)
        parts = self._placed(list(resolve(pattern, filled_slots(self.graph, resolved, saying))), resolved, saying)
        that = self.language.clauses.that or ""
        segments: list[Segment] = []
        for index, part in enumerate(parts):
            if isinstance(part, Slot) and part.name in {"text", "text_2"}:
                governs = bool(that) and _stands_behind(parts, index, that)
                segments.append(self._said(part.name, resolved, saying, governs=governs))
            elif isinstance(part, str):
                segments.append(Segment(SegmentKind.FRAME, part))
            elif isinstance(part, Choice):
                plural = not saying.pronoun and self._is_plural(part.slot, resolved)
                segments.append(Segment(SegmentKind.FRAME, part.plural if plural else part.singular))
            else:
                # In the order of the sentence, for a name is given in full where it comes first.
                segments.append(self._fill(part.name, resolved, saying))
        first = next((one for one in segments if one.text), None)
        named = first is not None and first.kind is SegmentKind.CLAUSE and self.naming.begins_with_name(first.text)
        return _finished(resolved.key, segments, frame, keep_case=named)

    def suited(self, patterns: Iterable[Pattern], resolved: Resolved, saying: SentenceOptions) -> Pattern:
        """Return the first pattern that has all it needs, drops nothing and covers the whole clause, or else the first.

        Args:
            patterns: at least one.
            resolved: the statement.
            saying: how it is to be said.
        """
        given = tuple(patterns)
        return self.covering(fitting(given, self.graph, resolved, saying) or given, resolved, saying)[0]

    def covering(self, patterns: Sequence[Pattern], resolved: Resolved, saying: SentenceOptions) -> Sequence[Pattern]:
        """Return the patterns whose attribution covers a clause whole; all where that makes no difference or none does.

        A clause with a second one in it stands behind "that", or at least has nothing behind it.
        """
        that = self.language.clauses.that
        joints = self._joints(resolved, short=saying.short)
        if not that or resolved.certainty is Certainty.ESTABLISHED or not joints:
            return patterns
        filled = filled_slots(self.graph, resolved, saying)
        open_ended = [one for one in patterns if _is_last([*resolve(one, filled)])]
        governing = [one for one in open_ended if _governs([*resolve(one, filled)], that)]
        if all(one.link is Conjunction.SHARED for one in joints):
            # "The Post reports that the paper was late but names nobody": who names nobody?
            in_front = [one for one in open_ended if one not in governing]
            return in_front or governing or patterns
        return governing or open_ended or patterns

    def has_more(self, resolved: Resolved, *, short: bool) -> bool:
        """Tell whether a statement's clause, or its shorter one, has a second clause in it."""
        return bool(self._joints(resolved, short=short))

    def _joints(self, resolved: Resolved, *, short: bool) -> tuple[Joint, ...]:
        quoted = self.graph.statements[resolved.denies] if resolved.denies else resolved
        text = (quoted.statement.after_previous if short else None) or quoted.statement.text
        return self.naming.joints(text, quoted.story)

    def _placed(
        self, parts: list[str | Slot | Choice], resolved: Resolved, saying: SentenceOptions
    ) -> list[str | Slot | Choice]:
        """Return the parts of a sentence, without a long date between "that" and its clause.

        A date in the source's own words may be a clause: "in the week in which Otterton voted".
        """
        that, dated = self.language.clauses.that, Slot("date")
        if not that or dated not in parts or not self._is_long(resolved.statement.when_text or ""):
            return parts
        at = parts.index(dated)
        before = parts[at - 1] if at else ""
        if not isinstance(before, str) or not before.endswith(f" {that} ") or parts[at + 2] != Slot("text"):
            return parts
        text = (resolved.statement.after_previous if saying.short else None) or resolved.statement.text
        words = re.findall(r"[\w'’]+|[,;:—]", text.lower())
        own = {",", ";", ":", "—", "to", *self.language.clauses.linking}
        if resolved.denies or own.intersection(words):
            return [*parts[: at - 1], f"{before.rstrip()}, ", dated, ", ", *parts[at + 2 :]]
        return [*parts[:at], Slot("text"), " ", dated, *parts[at + 3 :]]

    def _is_long(self, date: str) -> bool:
        words = date.lower().split()
        return len(words) > _LONG_DATE or not set(self.language.clauses.linking).isdisjoint(words)

    def _said(self, slot: str, resolved: Resolved, saying: SentenceOptions, *, governs: bool) -> Segment:
        one = saying.second if slot == "text_2" and saying.second else resolved
        short = saying.short or one is not resolved
        return Segment(SegmentKind.CLAUSE, self._clause(one, short=short, governs=governs), one.key)

    def _fill(self, slot: str, resolved: Resolved, saying: SentenceOptions) -> Segment:
        if slot == "by":
            return Segment(SegmentKind.ASSERTER, saying.pronoun or self._asserters(resolved))
        if slot == "date":
            return Segment(SegmentKind.DATE, self._date(resolved))
        if slot in {"carrier", "publication"}:
            origin = publishers(self.graph, resolved)
            keys = (_carried(self.graph, resolved) if slot == "carrier" else origin) or origin
            text = self.wording.join(self.naming.name(key, resolved) for key in keys)
            return Segment(SegmentKind.CARRIER, text or self.language.asserters.nobody)
        return Segment(SegmentKind.FRAME, self._word(slot, resolved, saying))

    def _word(self, slot: str, resolved: Resolved, saying: SentenceOptions) -> str:
        if slot == "both":
            return self.language.asserters.both
        found = hosted(self.graph, resolved) if self.language.documents else None
        if slot == "manner":
            return self._manner(resolved, found)
        said = said_of(self.graph, resolved)
        if slot == "said":
            return self._said_on(said, resolved, found) if isinstance(said, FuzzyDate) else ""
        if slot == "where":
            return self._where(resolved, found)
        name = "deny" if slot == "denies" else verb_of(resolved)
        if (
            name == Verb.SAY
            and resolved.verb is None
            and found
            and found.kind is SourceKind.POST
            and _is_nameless(resolved)
        ):
            name = Verb.WRITE
        singular, plural, past = self.language.verbs[name]
        # What was said at a known time, or at a time that is known to be unknown, is told as past.
        if said is not None or resolved.certainty is Certainty.FOUND:
            return past
        return plural if not saying.pronoun and self._is_plural("by", resolved) else singular

    def _manner(self, resolved: Resolved, found: Hosted | None) -> str:
        if resolved.manner:
            return self.language.manners[resolved.manner]
        words = self.language.documents
        if words is None or found is None or found.platform is None:
            return ""
        return {SourceKind.POST: words.post, SourceKind.PAPER: words.paper}.get(found.kind, "")

    def _said_on(self, said: FuzzyDate, resolved: Resolved, found: Hosted | None) -> str:
        """Return when it was said: "on 3 May 2024", but "in a paper of 3 May 2024"."""
        phrase, words = self.wording.date_phrase(said), self.language.documents
        is_document = words and (
            resolved.manner in words.manners or (not resolved.manner and self._manner(resolved, found))
        )
        date = self.wording.date(said)
        # "In or before 2018" stays as it is.
        if not words or not is_document or not re.fullmatch(rf"\w+ {re.escape(date)}", phrase):
            return phrase
        return fill(words.dated, date=date)

    def _where(self, resolved: Resolved, found: Hosted | None) -> str:
        words = self.language.documents
        if words is None or found is None or found.platform is None:
            return ""
        return fill(
            words.platform if found.is_platform else words.publisher, who=self.naming.name(found.platform, resolved)
        )

    def _is_plural(self, slot: str, resolved: Resolved) -> bool:
        if slot == "by" and resolved.by:
            return names.is_plural(self.language, self.graph, resolved.by)
        keys = publishers(self.graph, resolved)
        if slot == "carrier":
            keys = _carried(self.graph, resolved) or keys
        return names.is_plural(self.language, self.graph, tuple(EntityId(key) for key in keys))

    def _date(self, resolved: Resolved) -> str:
        return self.wording.when(resolved.statement)

    def _asserters(self, resolved: Resolved) -> str:
        spoken = [self._asserter(by, resolved) for by in resolved.by]
        if not spoken:
            spoken = [self.naming.name(key, resolved) for key in publishers(self.graph, resolved)]
        return self.wording.join(spoken) if spoken else self.language.asserters.nobody

    def _asserter(self, by: Asserter, resolved: Resolved) -> str:
        # "Office engineer Ada Adams, for the office": once is enough.
        spoken_for = {by.at, by.for_} if isinstance(by, Speaker) else set()

        def name(key: str) -> str:
            told = any(role.of in spoken_for for role in self.graph.entity(key).roles)
            return self.naming.name(key, resolved, bare=told or len(resolved.by) > 1)

        return self.wording.spoken(by, name)

    def _clause(self, resolved: Resolved, *, short: bool = False, governs: bool = False) -> str:
        # Never the denied clause with another verb: a denial quotes what it denies.
        quoted = self.graph.statements[resolved.denies] if resolved.denies else resolved
        text = (quoted.statement.after_previous if short else None) or quoted.statement.text
        if governs and self.language.clauses.that:
            found = self.naming.joints(text, quoted.story)
            text = clauses.governed(text, found, self.language.clauses.that)
        return self.naming.clause(self._with_quantities(text, quoted), resolved.story, resolved)

    def _with_quantities(self, text: str, resolved: Resolved) -> str:
        def words(found: re.Match[str]) -> str:
            quantity = self.graph.quantity(resolved, found[1])
            return _escaped(self.wording.quantity(quantity) if quantity else found[0])

        filled = re.sub(r"\{([A-Za-z0-9_-]+)\}", words, text)
        for met, better in self.language.quantities.meeting.items() if filled != text else ():
            filled = re.sub(rf"\b{re.escape(met)}\b", better, filled)
        return filled


def filled_slots(graph: Graph, resolved: Resolved, saying: SentenceOptions = ALONE) -> frozenset[str]:
    """Return the names of the slots that have something to say for a statement."""
    statement = resolved.statement
    filled = {"by", "text", "verb", "denies", "publication"}
    found = hosted(graph, resolved)
    # "Both" is two people, not one and "six colleagues", and they say it in two places, not in a paper of theirs.
    are_two = len(resolved.by) == 2 and not saying.pronoun and all(names.is_one(graph, by) for by in resolved.by)  # noqa: PLR2004
    if are_two and not is_one_document(graph, resolved):
        filled.add("both")
    if _carried(graph, resolved):
        filled.add("carrier")
    if found and found.platform:
        filled |= {"where", "manner"} if found.kind in HOSTED else {"where"}
    if saying.dated and (statement.when or statement.when_text):
        filled.add("date")
    if resolved.manner:
        filled.add("manner")
    said = said_of(graph, resolved)
    # That it was said then, too, needs to be written down to be told.
    if isinstance(said, FuzzyDate) and not (resolved.said is None and statement.when == said and "date" in filled):
        filled.add("said")
    if saying.second:
        filled.add("text_2")
    return frozenset(filled)


_KEPT: Final = frozenset({"manner", "said", "where", "carrier"})
"""What no frame may drop: who says it, where and when."""


def fitting(
    patterns: Iterable[Pattern], graph: Graph, resolved: Resolved, saying: SentenceOptions
) -> tuple[Pattern, ...]:
    """Return the patterns that have all they need for a statement, and drop nothing that one of them would say."""
    filled = filled_slots(graph, resolved, saying)
    possible = tuple(one for one in patterns if one.required_slots <= filled)
    said = {slot for one in possible for slot in one.slots} & filled & _KEPT
    return tuple(one for one in possible if said <= one.slots)


def _carried(graph: Graph, resolved: Resolved) -> tuple[str, ...]:
    """Return whom we read it in, if that is not whom people who are not named, or nobody, spoke to."""
    found = carriers(graph, resolved)
    is_direct = (
        all(isinstance(by, Anonymous | Unnamed) for by in resolved.by) and frame_of(graph, resolved) != "claimed"
    )
    return () if is_direct and set(found) <= set(publishers(graph, resolved)) else found


def _is_nameless(resolved: Resolved) -> bool:
    return all(isinstance(by, Anonymous) for by in resolved.by)


_LONG_DATE: Final = 4
"""A date in the source's words that has more of them does not stand between "that" and its clause."""


def _stands_behind(parts: Sequence[str | Slot | Choice], index: int, that: str) -> bool:
    """Tell whether a clause stands behind "that", whether a date is between the two or not."""
    before = [one for one in parts[:index] if one != Slot("date")]
    while before and isinstance(before[-1], str) and before[-1] in {" ", ", "} and Slot("date") in parts[:index]:
        before.pop()
    last = before[-1] if before else ""
    return isinstance(last, str) and last.rstrip(" ,").endswith(f" {that}")


def _is_last(parts: Sequence[str | Slot | Choice]) -> bool:
    return isinstance(parts[-1], Slot) and parts[-1].name in {"text", "text_2"}


def _governs(parts: Sequence[str | Slot | Choice], that: str) -> bool:
    return _stands_behind(parts, parts.index(Slot("text")), that)


_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>&])")


def _escaped(text: str) -> str:
    """Return plain text as Markdown."""
    return _SPECIAL.sub(r"\\\1", text)


_CLOSED: Final = re.compile(r"[.?!…][\"”’'»)*_]*$")
_FIRST_LETTER: Final = re.compile(r"[^\W\d_]")


def _finished(key: str, segments: list[Segment], frame: str, *, keep_case: bool = False) -> Sentence:
    """Return a sentence with its capital and its full stop."""
    kept = [segment for segment in segments if segment.text]
    # The comma behind "through Ben Bell," is one with what follows.
    for index, one in enumerate(kept):
        following = kept[index + 1].text if index + 1 < len(kept) else "."
        if one.kind is not SegmentKind.CLAUSE and one.text.endswith(",") and following[0] in ",.;:":
            kept[index] = replace(one, text=one.text[:-1])
    if kept and not keep_case:
        first = kept[0]
        found = _FIRST_LETTER.search(first.text)
        # A number or a sign in front is the beginning already: "10,000 people", not "10,000 People".
        if found and not re.search(r"\d", first.text[: found.start()]):
            at = found.start()
            raised = first.text[:at] + first.text[at].upper() + first.text[at + 1 :]
            kept[0] = replace(first, text=raised, is_raised=raised != first.text)
    if kept and not _CLOSED.search(kept[-1].text):
        kept.append(Segment(SegmentKind.FRAME, "."))
    return Sentence(key, tuple(kept), frame)
