"""What changed about one statement: one function for each thing that readers see of it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from nutgraf.diff.change import Change, ChangeKind, FigureChange, Impact
from nutgraf.diff.clauses import is_another
from nutgraf.diff.fields import in_words
from nutgraf.diff.figures import Where, aspects, figure, hardened, is_replaced, typed_delta, used
from nutgraf.diff.snapshot import plain
from nutgraf.glossary import MentionKind
from nutgraf.graph import entities_of, flaw
from nutgraf.model import Anonymous, Because, Certainty, EntityId, FuzzyDate, Reply, Speaker, Unnamed, UnnamedParty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from nutgraf.diff.snapshot import Snapshot
    from nutgraf.diff.statement_pair import Pair
    from nutgraf.graph import Graph, Resolved
    from nutgraf.model import Accusation, Asserter, Quantity


def statement_changes(pair: Pair) -> Iterator[Change]:
    """Yield all that changed about a statement, the gravest things first."""
    for aspect in ASPECTS:
        yield from aspect(pair)


def same_data(pair: Pair) -> bool:
    """Tell whether both sides hold the same record of a statement, whatever its place and its default's place is."""
    old, new = pair.old, pair.new
    return (
        old.statement == new.statement
        and old.uses == new.uses
        and old.by == new.by
        and (old.certainty, old.verb, old.manner, old.said) == (new.certainty, new.verb, new.manner, new.said)
        and old.origins == new.origins
        and pair.is_disputed == new.is_disputed
        and old.key == new.key
    )


# ---- how sure, and who says so ----


def _certainty(pair: Pair) -> Iterator[Change]:
    before, after = pair.old.certainty, pair.new.certainty
    if before is after:
        return
    headline = f"{pair.name} changed from `{before}` to `{after}`"
    if after.rank < before.rank:
        kind = ChangeKind.CERTAINTY_LOWERED
    elif not (pair.follows("certainty") or new_evidence(pair)):
        kind = ChangeKind.CERTAINTY_RAISED
        headline = f"{pair.name} was raised from `{before}` to `{after}` without new evidence"
    elif after in _SURE:
        kind = ChangeKind.CERTAINTY_ESTABLISHED
    else:
        kind = ChangeKind.CERTAINTY_SUPPORTED
    yield pair.change(kind, headline, "certainty")


_SURE: Final = frozenset({Certainty.FOUND, Certainty.ESTABLISHED})
"""What readers take for a fact."""


def new_evidence(pair: Pair) -> bool:
    """Tell whether a source is cited that was not, and has nothing from those that were, nor from whom they had it.

    What a source repeats is what either side says of it: who edits that, too, has no new evidence for it. A source that
    can establish nothing is no evidence.
    """
    known = set(_sources(pair, pair.old))
    heard = known.union(*(_repeated(pair, name) for name in known))
    sources = pair.sides.new.graph.sources
    came = [
        use for use in pair.new.uses if str(use.id) not in known and use.id in sources and not flaw(sources[use.id])
    ]
    return any(heard.isdisjoint({str(use.id), *map(str, use.from_), *_repeated(pair, str(use.id))}) for use in came)


def _repeated(pair: Pair, name: str) -> frozenset[str]:
    """Return what a source repeats on either side, by the new ids."""
    before = frozenset(pair.sides.names.record("sources", one) for one in pair.sides.old_lineage(name))
    return before | pair.sides.lineage.ancestors(name)


def _attribution(pair: Pair) -> Iterator[Change]:
    if pair.follows("by") or (_is_usual(pair.sides.old.graph, pair.old) and _is_usual(pair.sides.new.graph, pair.new)):
        return  # Whom these name follows from the sources, and is reported with them.
    old_by = {pair.sides.was(by, pair.old.story): by for by in pair.old.by}
    new_by = {pair.sides.now(by, pair.new.story): by for by in pair.new.by}
    gone = [by for form, by in old_by.items() if form not in new_by]
    came = [by for form, by in new_by.items() if form not in old_by]
    if _is_usual(pair.sides.old.graph, pair.old):
        # Nobody was named but the publication, which is still cited: it carries now what somebody says.
        gone = []
    for by in list(gone):
        heir = next((other for other in came if _is_heir(pair, by, other)), None)
        if heir is not None:
            gone.remove(by)
            came.remove(heir)
            yield _described(pair, by, heir)
    if gone:
        who = _people(pair.sides.old, gone)
        yield pair.change(ChangeKind.ATTRIBUTION_REMOVED, f"{pair.name} is no longer attributed to {who}", "by")
    elif came:
        kind = ChangeKind.ATTRIBUTION_ADDED if new_evidence(pair) else ChangeKind.ATTRIBUTION_CHANGED
        yield pair.change(kind, f"{pair.name} is now attributed to {_people(pair.sides.new, came)}", "by")


def _is_usual(graph: Graph, one: Resolved) -> bool:
    """Tell whether who asserts a statement follows from its sources, because nobody wrote it down."""
    story = graph.stories[one.story]
    section = story.sections[one.section].by if one.section is not None else ()
    return not (one.statement.by or one.rests_on or section or story.by)


def _is_heir(pair: Pair, before: Asserter, after: Asserter) -> bool:
    """Tell whether two asserters are the same people in other words, or people who had no name at all so far."""
    if isinstance(before, Anonymous) and isinstance(after, Anonymous):
        return True
    if isinstance(before, Unnamed):
        # Where the field is gone, nobody says any more that the source names nobody.
        return not _is_usual(pair.sides.new.graph, pair.new)
    if not isinstance(before, Speaker):
        return False
    known = {pair.sides.names.record("entities", name) for name in entities_of(before)}
    if isinstance(after, EntityId):
        return str(after) in known
    return isinstance(after, Speaker) and bool(known) and known <= set(entities_of(after))


def _described(pair: Pair, before: Asserter, after: Asserter) -> Change:
    told = f"{_people(pair.sides.old, [before])} → {_people(pair.sides.new, [after])}"
    if isinstance(before, Anonymous) and isinstance(after, Anonymous):
        if before.count != after.count:
            numbers = [str(one.count or "none") for one in (before, after)]
            rise = typed_delta(*map(_decimal, numbers)) if before.count and after.count else ""
            people = FigureChange("people", numbers[0], numbers[1], rise)
            return pair.change(
                ChangeKind.FIGURE_CHANGED, f"{pair.name}: the number of people cited changed: {told}", "by", people
            )
        if before.terms != after.terms:
            terms = plain(before.terms) or "none", plain(after.terms) or "none"
            change = pair.change(
                ChangeKind.ATTRIBUTION_CHANGED, f"{pair.name}: the terms of the unnamed people changed", "by"
            )
            return replace(change, before=terms[0], after=terms[1]) if before.anonymous == after.anonymous else change
    if isinstance(before, Unnamed):
        kind = ChangeKind.ATTRIBUTION_ADDED if new_evidence(pair) else ChangeKind.ATTRIBUTION_CHANGED
        return pair.change(kind, f"{pair.name}: an asserter is now named: {told}", "by")
    return pair.change(
        ChangeKind.ATTRIBUTION_CHANGED, f"{pair.name}: the asserter is described differently: {told}", "by"
    )


def _people(side: Snapshot, by: list[Asserter]) -> str:
    return side.wording.join(side.wording.asserter(one, side.graph) for one in by)


def _cited(pair: Pair) -> Iterator[Change]:
    if pair.follows("source"):
        return
    before, after = _sources(pair, pair.old), _sources(pair, pair.new)
    gone = [name for name in before if name not in after]
    came = [name for name in after if name not in before]
    if gone:
        yield pair.change(ChangeKind.SOURCE_REMOVED, f"{pair.name} no longer cites {_quoted(gone)}", "source")
    if came:
        yield pair.change(ChangeKind.SOURCE_ADDED, f"{pair.name} now cites {_quoted(came)}", "source")
    # A source may have the same statement from another one than before.
    if not gone and not came and before != after:
        told = f"{len(pair.old.origins)} → {len(pair.new.origins)}"
        headline = f"{pair.name}: sources are grouped differently; independent sources: {told}"
        raised = len(pair.new.origins) > len(pair.old.origins)
        yield pair.change(ChangeKind.ORIGINS_RAISED if raised else ChangeKind.DETAILS_CHANGED, headline, "source")


def _sources(pair: Pair, one: Resolved) -> Mapping[str, object]:
    """Return what a statement cites, by the new ids, each with where it is said to have it from."""
    is_old = one is pair.old
    canonical, names = (pair.sides.was, pair.sides.names) if is_old else (pair.sides.now, None)
    return {
        names.record("sources", use.id) if names else str(use.id): frozenset(canonical(source) for source in use.from_)
        for use in one.uses
    }


# ---- accusations, and what speaks against a statement ----


def _accusations(pair: Pair) -> Iterator[Change]:
    before = {_accused(pair, one, is_old=True): one for one in pair.old.statement.accuses}
    after = {_accused(pair, one, is_old=False): one for one in pair.new.statement.accuses}
    for who, accusation in after.items():
        if who in before:
            yield from _answers(pair, before[who], accusation)
        else:
            told = _accused_words(pair.sides.new, accusation)
            yield pair.change(ChangeKind.ACCUSATION_ADDED, f"{pair.name} now accuses {told}", "accuses", whole=True)
    for who, accusation in before.items():
        if who not in after:
            told = _accused_words(pair.sides.old, accusation)
            headline = f"{pair.name} is no longer marked as accusing {told}; the reply was lost with it"
            yield pair.change(ChangeKind.REPLY_DELETED, headline, "accuses", whole=True)


def _accused(pair: Pair, one: Accusation, *, is_old: bool) -> object:
    canonical = pair.sides.was if is_old else pair.sides.now
    return frozenset(canonical(who) for who in one.who)


def _accused_words(side: Snapshot, accusation: Accusation) -> str:
    return side.wording.join(
        who.unnamed if isinstance(who, UnnamedParty) else side.wording.asserter(who, side.graph)
        for who in accusation.who
        if isinstance(who, UnnamedParty) or who in side.graph.entities
    )


def _answers(pair: Pair, before: Accusation, after: Accusation) -> Iterator[Change]:
    who = _accused_words(pair.sides.new, after)
    old_reply = {pair.sides.was(one, pair.old.story): one for one in before.reply}
    new_reply = {pair.sides.now(one, pair.new.story): one for one in after.reply}
    lost = [one for form, one in old_reply.items() if form not in new_reply]
    found = [one for form, one in new_reply.items() if form not in old_reply]
    # "No reply was found" and "declined" give way to a reply; a reply gives way to nothing.
    told = any(not isinstance(one, Reply) for one in found) or (found and Reply.NONE_FOUND in lost)
    if lost and not (told and all(isinstance(one, Reply) for one in lost)):
        headline = f"{pair.name} no longer includes the reply by {who}: {_quoted(map(str, lost))}"
        yield pair.change(ChangeKind.REPLY_DELETED, headline, "accuses", whole=True)
    elif found:
        kind = ChangeKind.REPLY_UNPROVEN if all(isinstance(one, Reply) for one in found) else ChangeKind.REPLY_ADDED
        headline = f"{pair.name} now includes the reply by {who}: {_quoted(map(str, found))}"
        yield pair.change(kind, headline, "accuses", whole=True)
    old_end = {pair.sides.was(one, pair.old.story): one for one in before.outcome}
    new_end = {pair.sides.now(one, pair.new.story): one for one in after.outcome}
    if ends := [str(one) for form, one in old_end.items() if form not in new_end]:
        headline = f"{pair.name} no longer includes the outcome for {who}: {_quoted(ends)}"
        yield pair.change(ChangeKind.OUTCOME_DELETED, headline, "accuses", whole=True)
    if ends := [str(one) for form, one in new_end.items() if form not in old_end]:
        headline = f"{pair.name} now includes the outcome for {who}: {_quoted(ends)}"
        yield pair.change(ChangeKind.OUTCOME_ADDED, headline, "accuses", whole=True)
    if before.asked != after.asked:
        answered = any(not isinstance(one, Reply) for one in after.reply)
        kind = ChangeKind.DATE_CHANGED if answered else ChangeKind.REPLY_UNPROVEN
        days = f"{before.asked or 'none'} → {after.asked or 'none'}"
        yield pair.change(kind, f"{pair.name}: when {who} was asked changed: {days}", "accuses", whole=True)


def _refutation(pair: Pair) -> Iterator[Change]:
    before = [pair.sides.names.key(key) for key in pair.old.refuted_by]
    if gone := [key for key in before if key not in pair.new.refuted_by]:
        headline = f"{pair.name} is no longer printed with its refutation: {_quoted(gone)}"
        yield pair.change(ChangeKind.REFUTATION_REMOVED, headline, "refuted_by", whole=True)
    if came := [key for key in pair.new.refuted_by if key not in before]:
        headline = f"{pair.name} is now refuted by {_quoted(came)}"
        yield pair.change(ChangeKind.REFUTATION_ADDED, headline, "refuted_by", whole=True)


def _retraction(pair: Pair) -> Iterator[Change]:
    before, after = pair.old.statement.retracted, pair.new.statement.retracted
    if after is not None and before is None:
        yield pair.change(ChangeKind.RETRACTED, f"{pair.name} was retracted: {plain(after.reason)}", "retracted")
    elif before is not None and after is None:
        headline = f"{pair.name} is no longer retracted"
        yield pair.change(ChangeKind.RETRACTION_UNDONE, headline, "retracted")
    elif before is not None and after is not None:
        if before.on != after.on:
            yield pair.change(
                ChangeKind.DATE_CHANGED,
                _told("the date of the retraction changed", pair, before.on, after.on),
                "retracted",
            )
        if before.reason != after.reason:
            headline = f"{pair.name}: the reason for its retraction changed"
            yield pair.change(ChangeKind.WORDING_CHANGED, headline, "retracted")


def _supersession(pair: Pair) -> Iterator[Change]:
    before, after = pair.old.statement.superseded, pair.new.statement.superseded
    if after is not None and before is None:
        headline = f"{pair.name} was replaced by `{after.by}`: {after.because}"
        yield pair.change(ChangeKind.SUPERSEDED, headline, "superseded", whole=True)
    elif before is not None and after is None:
        headline = f"{pair.name} is current again; it had been replaced by `{before.by}`"
        yield pair.change(ChangeKind.RETRACTION_UNDONE, headline, "superseded", whole=True)
    elif before is not None and after is not None:
        if before.on != after.on:
            yield from _dated(pair, "the date of its replacement", before.on, after.on, "superseded")
        told = [str(pair.sides.was(before.by, pair.old.story)), str(pair.sides.now(after.by, pair.new.story))]
        if told[0] != told[1] or before.because is not after.because:
            headline = f"{pair.name}: the reason for its replacement changed"
            weaker = before.because is not Because.CHANGED and after.because is Because.CHANGED
            kind = ChangeKind.RETRACTION_UNDONE if weaker else ChangeKind.DETAILS_CHANGED
            headline += f": {before.because} → {after.because}" if before.because is not after.because else ""
            yield pair.change(kind, headline, "superseded", whole=True)


# ---- dates and figures ----


def _dates(pair: Pair) -> Iterator[Change]:
    old, new = pair.old.statement, pair.new.statement
    if old.when != new.when:
        yield from _dated(pair, "the date of the event", old.when, new.when, "when")
    elif old.when_text != new.when_text:
        headline = f"{pair.name}: the words for its date changed: {old.when_text or 'none'} → {new.when_text or 'none'}"
        yield pair.change(ChangeKind.DATE_CHANGED, headline, "when_text")
    if pair.old.said != pair.new.said and not pair.follows("said"):
        yield from _dated(pair, "the date of the saying", pair.old.said, pair.new.said, "said")


def _dated(
    pair: Pair, what: str, before: FuzzyDate | object | None, after: FuzzyDate | object | None, attribute: str
) -> Iterator[Change]:
    known = isinstance(before, FuzzyDate)
    kind = (
        ChangeKind.DATE_CHANGED
        if known
        else ChangeKind.DATE_ADDED
        if isinstance(after, FuzzyDate)
        else ChangeKind.DETAILS_CHANGED
    )
    verb = "was removed" if after is None else "changed" if before is not None else "was added"
    yield pair.change(kind, f"{pair.name}: {what} {verb}: {before or 'none'} → {after or 'none'}", attribute)


def _told(what: str, pair: Pair, before: object, after: object) -> str:
    return f"{pair.name}: {what}: {before} → {after}"


_NUMBER: Final = re.compile(r"(?<![\w.,-])\d+(?:[.,]\d+)*(?:bn|tn|mn|[kmKM])?(?!\w|-\d)")
"""A number; not one in a name (GPT-4, A320)."""
_TYPED: Final = re.compile(rf"{_NUMBER.pattern}|[^\W\d_]+")


def _figures(pair: Pair) -> Iterator[Change]:
    gone, came = _slots(pair)
    for (name, before), (other, after) in zip_longest(gone, came, fillvalue=("", None)):
        if before is None:
            continue  # One figure more is a matter of wording.
        if after is None:
            lost = FigureChange(name, pair.sides.old.wording.quantity(before), "")
            yield pair.change(ChangeKind.FIGURE_CHANGED, f"{pair.name}: figure {lost.before} was removed", "text", lost)
        else:
            own = pair.new.key if other in pair.new.statement.quantities else None
            found = figure(pair.sides, other, before, after, Where(pair.new.story, other, own))
            headline = f"{pair.name}: figure {found.before} changed to {found.after}"
            if found.before == found.after:
                headline = f"{pair.name}: figure {found.after} has changed: {aspects(pair.sides, (before, after))}"
            kind = ChangeKind.FIGURE_CHANGED
            if hardened(before, after) and not new_evidence(pair):
                kind = ChangeKind.PROMISE_HARDENED
            elif is_replaced(before, after) and not new_evidence(pair):
                kind = ChangeKind.FIGURE_REPLACED
            yield pair.change(kind, headline, "text", found)
    if not (gone or came):
        yield from _displaced(pair)
    yield from _typed_figures(pair)


def _displaced(pair: Pair) -> Iterator[Change]:
    """Yield that the figures of a text have changed places: "3 of 5" is not "5 of 3"."""
    was = pair.sides.names.text(pair.old.statement.text, pair.old.story)
    if not _alike(pair, was, pair.new.statement.text):
        return  # In other words they may well stand in another order.
    sides = pair.sides
    before = [sides.was(sides.old.graph.quantity(pair.old, name)) for name in pair.old.statement.slots]
    after = [sides.now(sides.new.graph.quantity(pair.new, name)) for name in pair.new.statement.slots]
    if before != after and Counter(map(repr, before)) == Counter(map(repr, after)):
        yield pair.change(ChangeKind.FIGURE_CHANGED, f"{pair.name}: figures moved within the sentence", "text")


def _slots(pair: Pair) -> tuple[list[tuple[str, Quantity]], list[tuple[str, Quantity]]]:
    """Return the figures that only one side uses; a figure of the story that both use is the story's business."""
    before, after = _quantities(pair.sides.old.graph, pair.old), _quantities(pair.sides.new.graph, pair.new)
    both = {name for name in before if name in after} - {*pair.old.statement.quantities, *pair.new.statement.quantities}
    old = {name: pair.sides.was(one) for name, one in before.items() if name not in both}
    new = {name: pair.sides.now(one) for name, one in after.items() if name not in both}
    return (
        [(name, before[name]) for name, one in old.items() if one not in new.values()],
        [(name, after[name]) for name, one in new.items() if one not in old.values()],
    )


def _quantities(graph: Graph, one: Resolved) -> Mapping[str, Quantity]:
    found = ((name, graph.quantity(one, name)) for name in used(one))
    return {name: quantity for name, quantity in found if quantity is not None}


def _typed_figures(pair: Pair) -> Iterator[Change]:
    """Yield the numbers that stand in a text in digits, years among them, or in words."""
    told: set[tuple[str, str]] = set()
    for attribute in ("text", "after_previous"):
        texts = [getattr(one.statement, attribute) for one in (pair.old, pair.new)]
        if None in texts:
            continue
        before, after = (
            _numbers(side, plain(text)) for side, text in zip((pair.sides.old, pair.sides.new), texts, strict=True)
        )
        if before != after and Counter(before) == Counter(after):
            yield pair.change(ChangeKind.FIGURE_CHANGED, f"{pair.name}: figures moved within the sentence", attribute)
            continue
        for number, other in _exchanged(before, after):
            if (number, other) in told:
                continue
            told.add((number, other))
            rise = typed_delta(_decimal(number), _decimal(other)) if other and _decimal(number) else ""
            headline = (
                f"{pair.name}: figure {number} changed to {other}"
                if other
                else f"{pair.name}: figure {number} was removed"
            )
            # In other words, too, a number may have moved instead of another.
            same = other and _alike(pair, pair.sides.names.text(pair.old.statement.text), pair.new.statement.text)
            kind = ChangeKind.FIGURE_REPLACED if same and not new_evidence(pair) else ChangeKind.FIGURE_CHANGED
            yield pair.change(kind, headline, attribute, FigureChange("", number, other, rise))


def _numbers(side: Snapshot, text: str) -> list[str]:
    """Return the numbers of a text in their order, those that are written out by the words of the language."""
    words = side.wording.language.clauses.numbers
    return [word for word in _TYPED.findall(text) if word.casefold() in words or _NUMBER.fullmatch(word)]


def _exchanged(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the numbers that are gone or stand elsewhere, each with what took its place; empty where nothing did."""
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from ((one, other) for one, other in zip_longest(before[a:b], after[c:d], fillvalue="") if one)


def _decimal(number: str) -> Decimal:
    whole = re.fullmatch(r"\d{1,3}(?:,\d{3})+(\.\d+)?|\d+(\.\d+)?", number)
    return Decimal(number.replace(",", "")) if whole else Decimal(0)


# ---- words ----


def _wording(pair: Pair) -> Iterator[Change]:
    if _is_another(pair):
        headline = f"{pair.name} now says something different under a published ID"
        yield pair.change(ChangeKind.ID_REUSED, headline, "text" if pair.same("denies") else "denies")
        return
    old, new = pair.old.statement, pair.new.statement
    was = pair.sides.names.text(old.text, pair.old.story)
    reads_alike = pair.before == pair.after
    typed = not _alike(pair, was, new.text)
    said = (pair.old.verb, pair.old.manner) != (pair.new.verb, pair.new.manner)
    if not reads_alike and typed:
        yield pair.change(_wording_kind(pair, (was, new.text)), f"{pair.name} was reworded")
    elif not reads_alike and said:
        attribute = "verb" if pair.old.verb is not pair.new.verb else "manner"
        kind = ChangeKind.DISPUTED_WORDING_CHANGED if pair.is_disputed else ChangeKind.SAYING_CHANGED
        yield pair.change(kind, f"{pair.name} was reworded", attribute)
    elif typed and reads_alike:
        yield _markup(pair, was, new.text)
    if not reads_alike and typed and _LINK.findall(was) != _LINK.findall(new.text):
        yield _markup(pair, was, new.text)
    before, after = (one.after_previous or "" for one in (old, new))
    before = pair.sides.names.text(before, pair.old.story)
    if not _alike(pair, before, after):
        texts = (before or was, after or new.text)
        change = pair.change(_wording_kind(pair, texts), f"{pair.name} was reworded in running text", "after_previous")
        yield replace(change, before=plain(texts[0]), after=plain(texts[1]))


_LINK: Final = re.compile(r"\]\(([^)]*)\)|<(https?:[^>]*)>")


def _markup(pair: Pair, before: str, after: str) -> Change:
    """Return that a text has other links or another emphasis, with its Markdown: the words alone do not show it."""
    named = [_named(side, one.key) for side, one in ((pair.sides.old, pair.old), (pair.sides.new, pair.new))]
    renamed = [pair.sides.names.record("entities", name) for name in named[0]]
    if renamed != named[1] and pair.before == pair.after:
        change = pair.change(
            ChangeKind.MEANING_TURNED, f"{pair.name}: a name in it now leads to somebody or something else"
        )
    else:
        change = pair.change(ChangeKind.MARKUP_CHANGED, f"{pair.name}: links or emphasis changed")
    return replace(change, before=before, after=after)


def _named(side: Snapshot, key: str) -> list[str]:
    """Return the ids of the entities that a text names, in their order."""
    return [one.id for one in side.mentions(key) if one.kind is MentionKind.ENTITY]


def _is_exchanged(pair: Pair, texts: tuple[str, str]) -> bool:
    """Tell whether a clause says the same words in another order, or names the same parties the other way round."""
    before, after = (_WORDS.findall(plain(text).casefold()) for text in texts)
    if before != after and Counter(before) == Counter(after):
        return True
    named = [pair.sides.names.record("entities", name) for name in _named(pair.sides.old, pair.old.key)]
    names = _named(pair.sides.new, pair.new.key)
    both = [name for name in dict.fromkeys(named) if name in names]
    return both != [name for name in dict.fromkeys(names) if name in named]


def _wording_kind(pair: Pair, texts: tuple[str, str]) -> ChangeKind:
    if pair.is_disputed:
        return ChangeKind.DISPUTED_WORDING_CHANGED
    before, after = (Counter(_quotations(plain(text))) for text in texts)
    if before - after:
        return ChangeKind.QUOTATION_CHANGED
    sides = (pair.sides.old, pair.sides.new)
    before, after = (Counter(_turns(side, plain(text))) for side, text in zip(sides, texts, strict=True))
    turned = before != after or _is_exchanged(pair, texts)
    return ChangeKind.MEANING_TURNED if turned else ChangeKind.WORDING_CHANGED


_QUOTATION: Final = re.compile(r"“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»|\"([^\"]+)\"|(?<!\w)‘([^’]+)’(?!\w)")
_WORDS: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def _quotations(text: str) -> Iterator[str]:
    for found in _QUOTATION.finditer(text):
        yield " ".join(next(filter(None, found.groups())).casefold().split())


def _turns(side: Snapshot, text: str) -> Iterator[str]:
    """Yield the words of a text that turn it into its opposite, or soften it, as the language lists them."""
    turning = side.wording.language.clauses.turning
    for word in _WORDS.findall(text.casefold().replace("’", "'")):
        ending = next((one for one in turning if one.startswith("-") and word.endswith(one[1:])), None)
        if word in turning or ending is not None:
            yield ending or word


def _is_another(pair: Pair) -> bool:
    """Tell whether a statement has become another one, of which nothing was said under its id."""
    if not pair.same("denies"):
        return True
    if pair.old.statement.denies is not None or pair.new.rests_on:
        return False
    return is_another(pair.sides, pair.old.key, pair.new.key)


def _alike(pair: Pair, old: str, new: str) -> bool:
    """Tell whether two texts read alike but for their figures, which are compared on their own."""
    return _bare(pair.sides.old, old) == _bare(pair.sides.new, new)


def _bare(side: Snapshot, text: str) -> str:
    bare = _NUMBER.sub("0", re.sub(r"\{[^}]*\}", "0", " ".join(text.split())))
    words = side.wording.language.clauses.numbers
    return _WORDS.sub(lambda found: "0" if found[0].casefold() in words else found[0], bare)


# ---- all else ----

_DETAILS: Final = {
    "relation": "relationships changed",
    "conflicts_with": "conflicting statements changed",
    "before": "order of events changed",
    "rests_on": "summarised statements changed",
}


_LOST: Final = {
    "relation": ChangeKind.RELATION_CHANGED,
    "conflicts_with": ChangeKind.CONFLICT_REMOVED,
    "rests_on": ChangeKind.SUPPORT_REMOVED,
}
"""What it is where one of them goes."""


_TOLD: Final = frozenset(
    {
        *("id", "formerly", "allow", "text", "after_previous", "source", "by", "certainty", "verb", "manner", "said"),
        *("when", "when_text", "denies", "refuted_by", "accusing", "superseded", "retracted", "quantities", *_DETAILS),
    }
)
"""The fields that other functions tell of. Whatever the model gets in time is told of by its name."""


def _details(pair: Pair) -> Iterator[Change]:
    for attribute, told in _DETAILS.items():
        values = (getattr(pair.old.statement, attribute), getattr(pair.new.statement, attribute))
        before: set[Any] = {pair.sides.was(one, pair.old.story) for one in values[0]}
        after: set[Any] = {pair.sides.now(one, pair.new.story) for one in values[1]}
        if before != after:
            kind = _LOST.get(attribute, ChangeKind.DETAILS_CHANGED) if before - after else ChangeKind.DETAILS_CHANGED
            if attribute == "relation" and {one[::-1] for one in before} & after:
                kind = ChangeKind.MEANING_TURNED
            yield _valued(pair, pair.change(kind, f"{pair.name}: {told}", attribute), values)
    for attribute in type(pair.new.statement).model_fields:
        if attribute not in _TOLD and not pair.same(attribute):
            headline = f"{pair.name}: {attribute.replace('_', ' ')} changed"
            values = (getattr(pair.old.statement, attribute), getattr(pair.new.statement, attribute))
            yield _valued(pair, pair.change(ChangeKind.DETAILS_CHANGED, headline, attribute), values)


def _valued(pair: Pair, change: Change, values: tuple[object, object]) -> Change:
    """Return a change with the values of its field, where the sentence does not show them."""
    texts = in_words(pair.sides.old, values[0]), in_words(pair.sides.new, values[1])
    if pair.before != pair.after:
        return replace(change, headline=f"{change.headline}: {texts[0]} → {texts[1]}")
    return replace(change, before=texts[0], after=texts[1])


def _suppressions(pair: Pair) -> Iterator[Change]:
    if pair.new.statement.accuses_nobody and not pair.old.statement.accuses_nobody:
        headline = f"{pair.name} is now marked as accusing nobody"
        yield replace(pair.change(ChangeKind.RULE_SUPPRESSED, headline, "accuses"), reach=Impact())
    known = {one.rule for one in pair.old.statement.allow}
    for one in pair.new.statement.allow:
        if one.rule not in known:
            headline = f"{pair.name} suppresses the rule `{one.rule}`: {plain(one.reason)}"
            yield replace(pair.change(ChangeKind.RULE_SUPPRESSED, headline, "allow"), reach=Impact())


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


ASPECTS: Final[tuple[Callable[[Pair], Iterator[Change]], ...]] = (
    _certainty,
    _attribution,
    _cited,
    _accusations,
    _refutation,
    _retraction,
    _supersession,
    _figures,
    _dates,
    _wording,
    _details,
    _suppressions,
)
