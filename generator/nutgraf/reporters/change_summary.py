"""What all reports of changes share: the sentence that sums them up, and who comes first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutgraf.diff import ChangeKind, ChangeSeverity
from nutgraf.reporters import shown_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nutgraf.diagnostics import Diagnostic, Span
    from nutgraf.diff import Change, Comparison

_NEW: Final = frozenset({ChangeKind.STATEMENT_ADDED, ChangeKind.STORY_ADDED})
_GONE: Final = frozenset({ChangeKind.ID_REMOVED, ChangeKind.STATEMENT_MERGED})

_TAILS: Final = (
    (
        (ChangeKind.CERTAINTY_RAISED, ChangeKind.CERTAINTY_ESTABLISHED, ChangeKind.CERTAINTY_SUPPORTED),
        "more certain",
        "more certain",
    ),
    ((ChangeKind.ID_REUSED,), "reusing a published ID", "reusing published IDs"),
    ((ChangeKind.PROMISE_HARDENED,), "with a promise now given as a payment", "with a promise now given as a payment"),
    ((ChangeKind.ATTRIBUTION_REMOVED,), "attributed differently", "attributed differently"),
    ((ChangeKind.SOURCE_REMOVED,), "with fewer sources", "with fewer sources"),
    ((ChangeKind.REPLY_DELETED,), "without the reply", "without the reply"),
    ((ChangeKind.REPLY_UNPROVEN,), "with an unproven reply", "with an unproven reply"),
    ((ChangeKind.OUTCOME_DELETED,), "without the outcome", "without the outcome"),
    ((ChangeKind.REFUTATION_REMOVED,), "without the refutation", "without the refutation"),
    ((ChangeKind.RETRACTION_UNDONE,), "restored after retraction", "restored after retraction"),
    ((ChangeKind.RETRACTED, ChangeKind.RETRACTION_WITHOUT_REASON), "retracted", "retracted"),
    ((ChangeKind.ACCUSATION_ADDED,), "accusing someone", "accusing someone"),
    ((ChangeKind.FIGURE_REPLACED, ChangeKind.FIGURE_CHANGED), "with a different figure", "with a different figure"),
    ((ChangeKind.DATE_CHANGED,), "with a different date", "with a different date"),
    ((ChangeKind.DISPUTED_WORDING_CHANGED,), "in a dispute", "in a dispute"),
    ((ChangeKind.CERTAINTY_LOWERED,), "less certain", "less certain"),
)
"""What is told of statements in the opening sentence, the gravest first: the kinds, and the words for one and many."""
_MOST_TAILS: Final = 3
_WORDS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Tally:
    """What readers will see, in numbers.

    Attributes:
        changed, added, gone: keys of statements.
        pages: addresses of pages.
        others: how many changes are not about statements.
        hidden: how many changes readers do not see.
        files: how many files differ that were not compared.
    """

    changed: frozenset[str]
    added: frozenset[str]
    gone: frozenset[str]
    pages: frozenset[str]
    others: int
    hidden: int
    files: int


def tally(changes: Iterable[Change]) -> Tally:
    """Count what readers will see."""
    changed: set[str] = set()
    added: set[str] = set()
    gone: set[str] = set()
    pages: set[str] = set()
    others = hidden = files = 0
    for one in changes:
        pages.update(one.reach.pages)
        if one.kind is ChangeKind.RULE_SUPPRESSED:
            hidden += 1
        elif one.kind is ChangeKind.FILE_CHANGED:
            files += 1
        elif one.kind in _GONE:
            gone.update(one.reach.reworded)
            others += not one.reach.reworded
        elif one.kind in _NEW or (one.kind is ChangeKind.ACCUSATION_ADDED and one.old_span is None):
            added.update(one.reach.reworded)
            others += not one.reach.reworded
        else:
            found = _statements(one)
            changed.update(found)
            others += not found
    statements = frozenset(changed - added - gone), frozenset(added), frozenset(gone)
    return Tally(*statements, frozenset(pages), others, hidden, files)


def _statements(change: Change) -> frozenset[str]:
    """Return the keys of the statements that are other than before: by their words, or by what stands with them."""
    own = {change.subject} & {*change.reach.statements}
    return frozenset({*change.reach.reworded, *own})


def opening(comparison: Comparison) -> str:
    """Return the sentence that sums up a comparison.

    For example: "Readers will see 3 changed statements on 2 pages, one more certain."
    """
    found = tally(comparison.changes)
    parts = []
    if found.changed:
        parts.append(counted(len(found.changed), "changed statement"))
    if found.added:
        parts.append(counted(len(found.added), "new statement") if not parts else f"{len(found.added):,} new")
    if found.gone:
        fewer = counted(len(found.gone), "statement")
        parts.append(f"{fewer} fewer" if not parts else f"{len(found.gone):,} fewer")
    if found.others:
        parts.append(counted(found.others, "other change" if parts else "change other than to statements"))
    if not parts:
        if found.files:
            return f"{_of_files(found.files).strip()}{_of_rules(found.hidden)}"
        return f"No changes for readers.{_of_rules(found.hidden)}"
    where = f" on {counted(len(found.pages), 'page')}" if found.pages else ""
    tails = _tails(comparison.changes)
    sentence = f"Readers will see {_listed(parts)}{where}{''.join(f', {tail}' for tail in tails)}."
    return f"{sentence}{_of_files(found.files)}{_of_rules(found.hidden)}"


def _of_files(number: int) -> str:
    """Return how many files may change pages in a way that no report tells, as a sentence behind another one."""
    if not number:
        return ""
    one, many = "file was changed that isn't", "files were changed that aren't"
    return f" {_word(number).capitalize()} {one if number == 1 else many} compared and may change any page."


def _of_rules(number: int) -> str:
    if not number:
        return ""
    return f" {_word(number).capitalize()} editorial {'rule is' if number == 1 else 'rules are'} suppressed."


def _tails(changes: Iterable[Change]) -> list[str]:
    told = []
    changes = tuple(changes)
    for kinds, one, many in _TAILS:
        keys = frozenset[str]().union(*(_statements(change) for change in changes if change.kind in kinds))
        if keys:
            told.append(f"{_word(len(keys))} {one if len(keys) == 1 else many}")
    return told[:_MOST_TAILS]


def acknowledgement_line(comparison: Comparison) -> str:
    """Return what stands between these changes and publication: a sentence."""
    failing = sum(one.fails for one in comparison.changes)
    known = sum(one.acknowledged is not None for one in comparison.changes)
    if failing:
        return f"{counted(failing, 'change')} must be acknowledged."
    return f"{counted(known, 'breaking change')} {'is' if known == 1 else 'are'} acknowledged." if known else ""


def unread(comparison: Comparison) -> str:
    """Return what could not be compared, as a sentence; empty where all was."""
    sides = (("new", comparison.new_mistakes), ("old", comparison.old_mistakes))
    told = [f"the {name} content has {counted(len(found), 'error')}" for name, found in sides if found]
    return f"Incomplete comparison: {_listed(told)}. Run `nutgraf check`." if told else ""


def summary(comparison: Comparison) -> str:
    """Return how many changes there are of each severity: `1 error (0 acknowledged), 2 warnings and 3 notes`."""
    counts = {level: sum(one.severity is level for one in comparison.changes) for level in ChangeSeverity}
    known = sum(one.acknowledged is not None for one in comparison.changes)
    parts = [
        counted(number, level.value) + (f" ({known:,} acknowledged)" if level is ChangeSeverity.ERROR and known else "")
        for level, number in counts.items()
        if number
    ]
    return _listed(parts) if parts else "no changes"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 page", "2 changes other than to statements"."""
    head, space, rest = noun.partition(" other than")
    return f"{number:,} {head}{'' if number == 1 else 's'}{space}{rest}"


def _word(number: int) -> str:
    return _WORDS[number] if number < len(_WORDS) else f"{number:,}"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def place(span: Span, root: str) -> dict[str, object]:
    """Return a place for programs: its path from the project's folder, and lines and columns from 1."""
    return {
        "path": shown_path(span, root),
        "line": span.line,
        "column": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def mistakes(found: Iterable[Diagnostic], root: str) -> list[dict[str, object]]:
    """Return the errors of one side for programs."""
    return [{**place(one.span, root), "rule": one.rule, "headline": one.headline} for one in found]
