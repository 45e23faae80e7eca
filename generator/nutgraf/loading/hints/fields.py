"""Colons, comments and indentation: what makes a line a field, and a field part of a record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nutgraf.diagnostics import Replacement
from nutgraf.loading.hints.case import Case, ExplainedSyntaxError, fault, quotes
from nutgraf.loading.nodes import Mapping, Scalar, Sequence, Style
from nutgraf.loading.quoting import CUT_OFF, quote_as
from nutgraf.loading.repair import field_column, indentation

if TYPE_CHECKING:
    from nutgraf.loading.hints.case import Mend
    from nutgraf.loading.repair import Draft

_GLUED = re.compile(r"(?P<name>[\w-]+)(?P<colon>:)(?P<rest>[^ \t].*)")
_WIDE_COLON = re.compile("[\\w-]+ ?(?P<colon>[\uff1a\ufe55\ua789\u2236])")
_SPECIAL_SPACE = re.compile("[\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000]")
_COMMENT = re.compile(r"[ \t]+#")
_NAME = re.compile(r" *(?:- +)*(?P<name>[\w-]+) *$")
_NO_COLON = "could not find expected ':'"
_NO_FIELD = "mapping values are not allowed"
_REACH = 200
"""How many lines above are searched for lines to align with."""


def _stray_text(case: Case) -> tuple[int, int] | None:
    """Return line and column of a text that stands where a field's name should be."""
    if _NO_COLON in case.problem:
        return case.start_line, case.start_column
    leaf = case.leaf_on_line
    if _NO_FIELD not in case.problem or not leaf or leaf.line - 1 == case.line:
        return None
    line, column = leaf.line - 1, leaf.column - 1
    return (line, column) if field_column(case.text(line)) == column else None


def glued_colon(case: Case) -> ExplainedSyntaxError | None:
    """`by:openai`, or a colon with a special space behind it, or one from a Chinese keyboard."""
    at = _stray_text(case)
    if not at:
        return None
    line, column = at
    text = case.text(line)
    if match := _WIDE_COLON.match(text, column):
        headline, advice = "Colon is not the one that YAML knows", "Write `:` and a space."
        colon = match.start("colon")
        place = case.place(line, colon, 1)
        fix = Replacement(place, ": " if text[colon + 1 : colon + 2].strip() else ":")
        return fault("missing-space", headline, place, advice, lambda draft: _write_colon(draft, line, colon), fix)
    match = _GLUED.match(text, column)
    if not match:
        return None
    behind = match.start("rest")
    if _SPECIAL_SPACE.match(text, behind):
        headline, advice = "Space behind the colon is a special one", "Delete it and type it again."
        place = case.place(line, behind, 1)
        mend: Mend = lambda draft: draft.put(line, behind, " ")  # noqa: E731 -- the line below has no room for it
        return fault("odd-space", headline, place, advice, mend, Replacement(place, " "))
    advice = f"Write a space between `{match['name']}:` and what follows."
    place = case.place(line, match.start("colon"), 1)
    mend = lambda draft: draft.insert(line, behind, " ")  # noqa: E731 -- the line below has no room for it
    return fault("missing-space", "Colon has no space behind it", place, advice, mend, Replacement(place, ": "))


def _write_colon(draft: Draft, line: int, column: int) -> None:
    draft.put(line, column, ":")
    draft.insert(line, column + 1, " ")


def missing_colon(case: Case) -> ExplainedSyntaxError | None:
    """A line among fields that is no field."""
    at = _stray_text(case)
    if not at:
        return None
    line, column = at
    return fault(
        "missing-colon",
        "Line is neither a field nor a list item",
        case.place(line, column),
        "Write a field as `name: value`. If the line goes on with the text above it, indent it further than that "
        "text's field name.",
        lambda draft: draft.blank(line),
    )


def indented_too_far(case: Case) -> ExplainedSyntaxError | None:
    """A field that is indented under the text of the one above, and so is read as more of that text."""
    leaf, text = case.leaf_on_line, case.text(case.line)
    name = _NAME.match(text[: case.column])
    if _NO_FIELD not in case.problem or not name or not leaf or leaf.line - 1 == case.line:
        return None
    width = indentation(text) - (case.parent.column - 1) if case.parent else 0
    movable = isinstance(case.parent, Mapping) and width > 0 and not text.lstrip().startswith("-")
    mend: Mend = lambda draft: draft.move(case.line, width) if movable else draft.blank(case.line, whole=True)  # noqa: E731 -- a name for one lambda of two
    return fault(
        "bad-indentation",
        f"Field `{name['name']}` is indented further than the field above it, which has a value already",
        case.place(case.line, name.start("name"), len(name["name"])),
        "Let the fields of one record begin in the same column.",
        mend,
    )


def inner_colon(case: Case) -> ExplainedSyntaxError | None:
    """`text: he said: this`."""
    if _NO_FIELD not in case.problem:
        return None
    leaf, start = case.leaf, case.column
    fix: tuple[Replacement, ...] = ()
    advice = "Put the whole text in quotes, or write `>-` behind its field's name and the text below."
    if leaf and leaf.line == case.line + 1 and leaf.column <= case.column:
        start = leaf.column - 1
        advice = quote_as(case.text(case.line)[start:])
        fix = quotes(case, case.line, start)
    headline = "Text without quotes holds a colon and a space, which would end a field's name"
    return fault("inner-colon", headline, case.here, advice, lambda draft: draft.take_literally(case.line, start), *fix)


def cut_off_by_comment(case: Case) -> ExplainedSyntaxError | None:
    """A text that goes on in the line below a comment."""
    leaf = case.plain_leaf
    if not case.in_block or not leaf or not case.at_line_start or leaf.end_line > case.line:
        return None
    if not case.parent or case.column < case.parent.column:
        return None
    if match := _COMMENT.match(case.text(leaf.end_line - 1), leaf.end_column - 1):
        return comment(case, leaf.end_line - 1, match.end() - 1)
    lines = (line for line in range(leaf.end_line, case.line) if case.text(line).lstrip().startswith("#"))
    line = next(lines, None)
    return None if line is None else comment(case, line, case.text(line).index("#"))


def comment(case: Case, line: int, column: int) -> ExplainedSyntaxError:
    """Return the fault of a comment that cuts a text off."""
    advice = "If it is text, put the whole text in quotes. If it is a comment, move it to a line above."
    place = case.place(line, column)
    return fault("cut-off-by-comment", CUT_OFF, place, advice, lambda draft: draft.take_literally(line, column))


def no_name(case: Case) -> ExplainedSyntaxError | None:
    """`: value`."""
    if not case.in_block or case.char != ":" or not case.at_line_start:
        return None
    advice = "Write the field's name before the colon. A text that begins with a colon needs quotes."
    return fault("empty-key", "Field has no name", case.here, advice, lambda draft: draft.blank(case.line))


def uneven_text_block(case: Case) -> ExplainedSyntaxError | None:
    """A line of a block text that is indented less than the first."""
    leaf = case.leaf
    if not case.in_block or not case.at_line_start or not isinstance(leaf, Scalar) or leaf.style is not Style.BLOCK:
        return None
    if not case.parent or case.column < case.parent.column or case.char == "-":
        return None
    return fault(
        "bad-indentation",
        "Line of a text block is indented less than the block's first line",
        case.place(case.line, case.column),
        "Indent all lines of the text alike.",
        lambda draft: draft.move(case.line, case.column - (leaf.column - 1)),
    )


def misplaced_line(case: Case) -> ExplainedSyntaxError | None:
    """A list item among fields, or a field among list items."""
    if not _stands_alone(case) or not case.parent or case.column != case.parent.column - 1:
        return None
    if isinstance(case.parent, Sequence):
        headline = "Field stands among list items"
        advice = "Indent it like the field that it belongs to, or write a dash before it."
    else:
        headline = "List item stands among fields"
        advice = "Write the list under a field's name."
    place = case.place(case.line, case.column)
    return fault("bad-indentation", headline, place, advice, lambda draft: draft.blank(case.line, whole=True))


def uneven_indentation(case: Case) -> ExplainedSyntaxError | None:
    """A line that begins in a column where nothing above began."""
    if not _stands_alone(case):
        return None
    dash = case.char == "-"
    place, what = case.place(case.line, case.column), "List item" if dash else "Line"
    columns = _columns_above(case, dash=dash)
    target = min(columns, key=lambda column: (abs(column - case.column), -column), default=case.column)
    if target == case.column:
        headline, advice = f"{what} does not belong here", "What stands above it has a value already."
        return fault("bad-indentation", headline, place, advice, lambda draft: draft.blank(case.line, whole=True))
    headline = f"{what} is indented by {_spaces(case.column)}, which fits nothing above it"
    advice = f"Indent it by {_spaces(target)}, like line {columns[target] + 1} above, if it belongs to that."
    if _agree_with(case, case.column, dash=dash):
        advice += f" The lines below agree with this one: more likely line {columns[target] + 1} is out of line."
    return fault("bad-indentation", headline, place, advice, lambda draft: draft.move(case.line, case.column - target))


def behind_the_end(case: Case) -> ExplainedSyntaxError | None:
    """Something behind `...`, or behind the one value that a file is."""
    if "document start" not in case.problem:
        return None
    advice = "One file holds one record, and a record is fields written as `name: value`."
    place = case.place(case.line, case.column)
    mend: Mend = lambda draft: draft.blank(case.line, whole=True)  # noqa: E731 -- the line below has no room for it
    return fault("several-documents", "File goes on behind its end", place, advice, mend)


def _stands_alone(case: Case) -> bool:
    """Tell whether the parser stopped at a line that begins where no line may."""
    return case.at_line_start and case.char not in {"", "]", "}"} and (case.in_block or "not allowed" in case.problem)


def _agree_with(case: Case, column: int, *, dash: bool) -> bool:
    """Tell whether the next line of its kind begins in the same column as that which fits nothing."""
    for line in range(case.line + 1, min(case.line + _REACH, len(case.lines))):
        text = case.text(line)
        start = indentation(text)
        if text.strip() and not text.lstrip().startswith("#") and text.startswith("- ", start) == dash:
            return start == column
    return False


def _columns_above(case: Case, *, dash: bool) -> dict[int, int]:
    """Return where fields (or the dashes of list items) begin in the lines above that are still in reach.

    Returns:
        The nearest line by column, both from 0.
    """
    columns: dict[int, int] = {}
    for line in range(case.line - 1, max(case.line - _REACH, -1), -1):
        text = case.text(line)
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        start = indentation(text)
        if not dash:
            columns.setdefault(field_column(text), line)
        elif text.startswith("- ", start):
            columns.setdefault(start, line)
        if start == 0:
            break
    return columns


def _spaces(number: int) -> str:
    return "1 space" if number == 1 else f"{number} spaces"
