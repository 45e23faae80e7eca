"""Mistakes between brackets: `[a, b]` and `{a: b}`, which YAML calls flow collections."""

from __future__ import annotations

import re

from nutgraf.loading.hints.case import CLOSED_BY, Case, ExplainedSyntaxError, fault
from nutgraf.loading.hints.fields import comment
from nutgraf.loading.nodes import Scalar, Style
from nutgraf.loading.quoting import QUOTE
from nutgraf.loading.repair import field_column, indentation

_COMMENT = re.compile(r"[ \t]#")
_OPENS = {"[": "opens a list", "{": "opens a mapping"}


def comment_inside(case: Case) -> ExplainedSyntaxError | None:
    """`[C #, F #]`: the comment swallows the closing bracket."""
    if not case.in_brackets or not case.opening or case.line <= case.opening[0]:
        return None
    first, column = case.opening
    closing = CLOSED_BY[case.text(first)[column]]
    for line in range(first, min(case.line, len(case.lines) - 1) + 1):
        match = _COMMENT.search(case.text(line), column if line == first else 0)
        if match and closing in case.text(line)[match.end() :]:
            return comment(case, line, match.end() - 1)
    return None


def bracket_inside(case: Case) -> ExplainedSyntaxError | None:
    """`{text: Musk bought {gpus} for it}`."""
    if not case.in_brackets or case.char not in CLOSED_BY or not case.leaf_on_line or case.at_line_start:
        return None
    end = case.text(case.line).find(CLOSED_BY[case.char], case.column) + 1
    headline = f"Text without quotes holds `{case.char}`, which {_OPENS[case.char]} between brackets"
    return fault(
        "inner-bracket",
        headline,
        case.here,
        QUOTE,
        lambda draft: draft.take_literally(case.line, case.column, end or None, signs="{}[]"),
    )


def empty_item(case: Case) -> ExplainedSyntaxError | None:
    """`[a, , b]`."""
    if "node content" not in case.problem or not case.in_brackets or case.char != ",":
        return None
    headline, advice = "Nothing stands before the comma", "Delete it. A text that holds commas needs quotes."
    return fault("empty-value", headline, case.here, advice, lambda draft: draft.put(case.line, case.column, " "))


def colon_inside(case: Case) -> ExplainedSyntaxError | None:
    """`{text: he said: this}`."""
    if not _follows_leaf(case) or case.char != ":":
        return None
    return fault(
        "inner-colon",
        "Text without quotes holds a colon and a space, which would end a field's name",
        case.here,
        QUOTE,
        lambda draft: draft.take_literally(case.line, case.column, case.column + 1),
    )


def wrong_bracket(case: Case) -> ExplainedSyntaxError | None:
    """`[a, b}`."""
    if not case.in_brackets or case.char not in {"]", "}"} or not case.opening:
        return None
    line, column = case.opening
    sign = case.text(line)[column]
    headline, advice = f"`{sign}` is closed by `{case.char}`", f"Write `{CLOSED_BY[sign]}`."
    mended = CLOSED_BY[sign]
    return fault(
        "unclosed-bracket", headline, case.here, advice, lambda draft: draft.put(case.line, case.column, mended)
    )


def text_behind_quote(case: Case) -> ExplainedSyntaxError | None:
    """`["a" b]`."""
    leaf = case.leaf
    if not _follows_leaf(case) or not isinstance(leaf, Scalar) or leaf.style is not Style.QUOTED:
        return None
    start, end = leaf.column - 1, leaf.end_column - 1
    return fault(
        "unquoted-start",
        "Text goes on behind its closing quotation mark",
        case.place(case.line, start, end - start),
        "Put the whole text in quotes of the other kind.",
        lambda draft: draft.take_literally(case.line, start, end, signs="\"'"),
    )


def missing_comma(case: Case) -> ExplainedSyntaxError | None:
    """A list over several lines, one of which does not end in a comma."""
    leaf = case.plain_leaf
    if not case.in_brackets or not leaf or leaf.line == leaf.end_line or not case.opening or not case.char:
        return None
    line, column = case.opening
    closing = CLOSED_BY[case.text(line)[column]]
    if not any(closing in case.text(below) for below in range(case.line, _last_line(case, line) + 1)):
        return None
    first = leaf.line - 1
    place = case.place(first, leaf.column - 1)
    advice = f"Write a comma at the end of the line. A text that holds `{case.char}` needs quotes."
    return fault("missing-comma", "Line ends without a comma", place, advice, lambda draft: draft.append(first, ","))


def unclosed(case: Case) -> ExplainedSyntaxError | None:
    """`[a, b` and nothing behind it."""
    if not case.in_brackets or not case.opening:
        return None
    line, column = case.opening
    sign = case.text(line)[column]
    advice = f"Write `{CLOSED_BY[sign]}` at its end. A text that begins with `{sign}` needs quotes."
    last = _last_line(case, line)
    place = case.place(line, column, 1)
    return fault(
        "unclosed-bracket", f"`{sign}` is not closed", place, advice, lambda d: d.append(last, CLOSED_BY[sign])
    )


def stray(case: Case) -> ExplainedSyntaxError | None:
    """`]` or `}` that nothing opened."""
    if case.char not in {"]", "}"}:
        return None
    headline, advice = f"`{case.char}` closes nothing", "Delete it. A text that holds brackets needs quotes."
    return fault("stray-bracket", headline, case.here, advice, lambda draft: draft.put(case.line, case.column, " "))


def _follows_leaf(case: Case) -> bool:
    """Tell whether the parser stopped between brackets, on the line of a text that it had read, behind it."""
    leaf = case.leaf_on_line
    return bool(case.in_brackets and leaf and leaf.line == leaf.end_line and case.char and not case.at_line_start)


def _last_line(case: Case, line: int) -> int:
    """Return the last line that is indented as if it belonged to the field on `line`."""
    field = field_column(case.text(line))
    while case.text(line + 1).strip() and indentation(case.text(line + 1)) > field:
        line += 1
    return line
