"""Statement in, sentence out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from nutgraf.model import Because, Certainty, EntityId, FuzzyDate, Reply, UnnamedParty
from nutgraf.wording import names
from nutgraf.wording.framing import carriers, frame_of, publishers, verb_of
from nutgraf.wording.naming import Naming
from nutgraf.wording.patterns import Choice, Pattern, Slot, fill, resolve
from nutgraf.wording.units import Kind, Segment, Sentence, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.graph import Graph, Resolved
    from nutgraf.model import Accusation, Unknown
    from nutgraf.wording.words import Wording


@dataclass(frozen=True, slots=True)
class Saying:
    """How one sentence is to be said.

    Attributes:
        pattern: its frame; the standalone one when absent.
        pronoun: put for the asserter, where one reading is possible.
        dated: whether the date is said.
        short: whether `after_previous` stands for `text`.
        second: a statement that is joined to it, in the slot `{text_2}`.
    """

    pattern: Pattern | None = None
    pronoun: str = ""
    dated: bool = True
    short: bool = False
    second: Resolved | None = None


ALONE: Final = Saying()
"""Nothing stands before the sentence: cards, feeds, metadata, permalinks, search, comparison."""


def compile_unknown(unknown: Unknown, story: str, graph: Graph, wording: Wording) -> Sentence:
    """Return the sentence that says what is not known, and why."""
    pattern = wording.language.unknown[unknown.why]
    clause = Segment(Kind.CLAUSE, Naming(graph, wording.language).clause(unknown.text, story))
    parts = resolve(pattern, frozenset({"text"}))
    segments = [clause if isinstance(part, Slot) else Segment(Kind.FRAME, str(part)) for part in parts]
    return _finished("", segments, f"unknown-{unknown.why}")


class Desk:
    """Writes sentences one after the other, and knows who has been introduced."""

    def __init__(self, graph: Graph, wording: Wording, introduced: frozenset[str] = frozenset()) -> None:
        """Begin where a reader knows the entities in `introduced`."""
        self.graph = graph
        self.wording = wording
        self.language = wording.language
        self.naming = Naming(graph, wording.language, introduced)

    def unit(self, resolved: Resolved, saying: Saying = ALONE) -> Unit:
        """Return a statement's sentence and those that must stand with it."""
        keys = (resolved.key, *([saying.second.key] if saying.second else []))
        return Unit(resolved.key, tuple(self._sentences(resolved, set(keys), saying)), keys)

    def _sentences(self, resolved: Resolved, seen: set[str], saying: Saying = ALONE) -> Iterator[Sentence]:
        """Yield a statement's sentence and whatever must follow it; `seen` keeps circles from going round."""
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
                yield from self._sentences(self.graph.statements[key], seen)

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

    def sentence(self, resolved: Resolved, saying: Saying = ALONE) -> Sentence:
        """Return a statement's own sentence."""
        frame = frame_of(self.graph, resolved)
        pattern = saying.pattern or self.language.frames.standalone(frame)
        segments: list[Segment] = []
        for part in resolve(pattern, filled_slots(self.graph, resolved, saying)):
            if isinstance(part, str):
                segments.append(Segment(Kind.FRAME, part))
            elif isinstance(part, Choice):
                plural = not saying.pronoun and self._is_plural(part.slot, resolved)
                segments.append(Segment(Kind.FRAME, part.plural if plural else part.singular))
            else:
                # In the order of the sentence, for a name is given in full where it comes first.
                segments.append(self._fill(part.name, resolved, saying))
        first = next((one for one in segments if one.text), None)
        named = first is not None and first.kind is Kind.CLAUSE and self.naming.begins_with_name(first.text)
        return _finished(resolved.key, segments, frame, keep_case=named)

    def _fill(self, slot: str, resolved: Resolved, saying: Saying) -> Segment:
        if slot == "text":
            return Segment(Kind.CLAUSE, self._clause(resolved, short=saying.short), resolved.key)
        if slot == "text_2" and saying.second:
            return Segment(Kind.CLAUSE, self._clause(saying.second, short=True), saying.second.key)
        if slot == "by":
            return Segment(Kind.ASSERTER, saying.pronoun or self._asserters(resolved))
        if slot == "date":
            return Segment(Kind.DATE, self._date(resolved))
        if slot in {"carrier", "publication"}:
            origin = publishers(self.graph, resolved)
            keys = (carriers(self.graph, resolved) if slot == "carrier" else origin) or origin
            text = self.wording.join(self.naming.name(key, resolved) for key in keys)
            return Segment(Kind.CARRIER, text or self.language.asserters.nobody)
        return Segment(Kind.FRAME, self._word(slot, resolved, saying))

    def _word(self, slot: str, resolved: Resolved, saying: Saying) -> str:
        if slot == "both":
            return self.language.asserters.both
        if slot == "manner":
            return self.language.manners[resolved.manner] if resolved.manner else ""
        if slot == "said":
            return self.wording.date_phrase(resolved.said) if isinstance(resolved.said, FuzzyDate) else ""
        name = "deny" if slot == "denies" else verb_of(resolved)
        singular, plural, past = self.language.verbs[name]
        # What was said at a known time, or at a time that is known to be unknown, is told as past.
        if resolved.said is not None or resolved.certainty is Certainty.FOUND:
            return past
        return plural if not saying.pronoun and self._is_plural("by", resolved) else singular

    def _is_plural(self, slot: str, resolved: Resolved) -> bool:
        if slot == "by" and resolved.by:
            return names.is_plural(self.language, self.graph, resolved.by)
        keys = carriers(self.graph, resolved) or publishers(self.graph, resolved)
        return names.is_plural(self.language, self.graph, tuple(EntityId(key) for key in keys))

    def _date(self, resolved: Resolved) -> str:
        return self.wording.when(resolved.statement)

    def _asserters(self, resolved: Resolved) -> str:
        spoken = [self.wording.spoken(by, lambda key: self.naming.name(key, resolved)) for by in resolved.by]
        if not spoken:
            spoken = [self.naming.name(key, resolved) for key in publishers(self.graph, resolved)]
        return self.wording.join(spoken) if spoken else self.language.asserters.nobody

    def _clause(self, resolved: Resolved, *, short: bool = False) -> str:
        # Never the denied clause with another verb: a denial quotes what it denies.
        quoted = self.graph.statements[resolved.denies] if resolved.denies else resolved
        return self.naming.clause(self._with_quantities(quoted, short=short), resolved.story, resolved)

    def _with_quantities(self, resolved: Resolved, *, short: bool) -> str:
        def words(found: re.Match[str]) -> str:
            quantity = self.graph.quantity(resolved, found[1])
            return _escaped(self.wording.quantity(quantity) if quantity else found[0])

        statement = resolved.statement
        text = (statement.after_previous if short else None) or statement.text
        return re.sub(r"\{([A-Za-z0-9_-]+)\}", words, text)


def filled_slots(graph: Graph, resolved: Resolved, saying: Saying = ALONE) -> frozenset[str]:
    """Return the names of the slots that have something to say for a statement."""
    statement = resolved.statement
    filled = {"by", "text", "verb", "denies", "publication"}
    if len(resolved.by) == 2 and not saying.pronoun:  # noqa: PLR2004 - "both" is two
        filled.add("both")
    if carriers(graph, resolved):
        filled.add("carrier")
    if saying.dated and (statement.when or statement.when_text):
        filled.add("date")
    if resolved.manner:
        filled.add("manner")
    if isinstance(resolved.said, FuzzyDate):
        filled.add("said")
    if saying.second:
        filled.add("text_2")
    return frozenset(filled)


_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>&])")


def _escaped(text: str) -> str:
    """Return plain text as Markdown."""
    return _SPECIAL.sub(r"\\\1", text)


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
            raised = first.text[:at] + first.text[at].upper() + first.text[at + 1 :]
            kept[0] = replace(first, text=raised, is_raised=raised != first.text)
    if kept and not _CLOSED.search(kept[-1].text):
        kept.append(Segment(Kind.FRAME, "."))
    return Sentence(key, tuple(kept), frame)
