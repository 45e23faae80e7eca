"""Signs and quotation marks that mean something to YAML and were meant as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.loading.hints.case import Case, ExplainedSyntaxError, fault, quotes
from nutgraf.loading.nodes import Scalar, Style
from nutgraf.loading.quoting import QUOTE, quote_as
from nutgraf.loading.repair import Draft, field_column, leading_space

if TYPE_CHECKING:
    from nutgraf.loading.hints.case import Mend

_OPENS = {
    "{": "opens a mapping",
    "[": "opens a list",
    "*": "means an alias",
    "&": "means an anchor",
    "!": "means a tag",
    "|": "announces a block of text below",
    ">": "announces a block of text below",
    "?": "announces a field's name",
    "-": "means a list item",
    "%": "is reserved",
    "@": "is reserved",
    "`": "is reserved",
    ",": "separates list items",
    "]": "closes a list",
    "}": "closes a mapping",
}
_QUOTATION_MARKS = {'"', "'"}
_CONTEXTS = ("alias", "anchor", "a tag", "block scalar")


def tab(case: Case) -> ExplainedSyntaxError | None:
    """Tabs at the start of a line, which YAML forbids; PyYAML without libyaml forbids them everywhere."""
    text = case.text(case.line)
    space = leading_space(text)
    if case.char == "\t":
        column = case.column
    elif "tab" in case.problem and "\t" in space:
        column = space.index("\t")
    else:
        return None
    number = sum("\t" in leading_space(line) for line in case.lines)
    others = f" The same goes for {number - 1} more of the lines." if number > 1 else ""
    headline, advice = "Line is indented with a tab", f"Indent with spaces, two for each level.{others}"
    mend: Mend = Draft.spaces_for_tabs
    if "\t" not in space:
        mend = lambda draft: draft.put(case.line, column, " ")  # noqa: E731 -- one mend of two
    if text[:column].strip(" -"):
        headline, advice = "Tab stands where a space belongs", "Write a space."
    return fault("tab-indentation", headline, case.place(case.line, column, 1), advice, mend)


def directive(case: Case) -> ExplainedSyntaxError | None:
    """`%YAML` and `%TAG` lines."""
    line = case.line if case.text(case.line).startswith("%") else case.line - 1
    if not case.text(line).startswith("%") or not {"directive", "document"} & set(
        f"{case.context} {case.problem}".replace("<", "").replace("'", "").split()
    ):
        return None
    headline, advice = "Directive for the YAML parser is not allowed", "Delete the lines that begin with `%`."
    return fault("yaml-directive", headline, case.place(line, 0), advice, lambda draft: draft.blank(line))


def bad_escape(case: Case) -> ExplainedSyntaxError | None:
    """A backslash in double quotes."""
    column = case.text(case.line).rfind("\\", 0, case.column + 1)
    if "quoted" not in case.context or "stream" in case.problem or "document" in case.problem or column < 0:
        return None
    return fault(
        "bad-escape",
        "Backslash in double quotes begins an escape that does not exist",
        case.place(case.line, column, 2),
        "Put the text in single quotes, where a backslash is a backslash, or write the backslash twice.",
        lambda draft: draft.take_literally(case.line, column, column + 1),
    )


def unclosed_quote(case: Case) -> ExplainedSyntaxError | None:
    """A quotation mark that is closed nowhere, or lines below, where the next quoted text begins."""
    leaf = case.leaf_on_line
    if "quoted" in case.context:
        line, column = case.start_line, case.start_column
    elif isinstance(leaf, Scalar) and leaf.style is Style.QUOTED and leaf.line < leaf.end_line and case.column:
        line, column = leaf.line - 1, leaf.column - 1
    else:
        return None
    sign = case.text(line)[column : column + 1]
    return fault(
        "unclosed-quote",
        f"Text begins with `{sign}`, which is not closed on its line",
        case.place(line, column),
        f"Close the quotes. If `{sign}` belongs to the text, put the whole text in quotes of the other kind.",
        lambda draft: draft.take_literally(line, column),
    )


def odd_start(case: Case) -> ExplainedSyntaxError | None:
    """A sign at the start of a text that means something else to YAML, and makes no sense as that."""
    if any(context in case.context for context in _CONTEXTS):
        return _unquoted_start(case, case.start_line, case.start_column)
    stopped_at_sign = (
        "cannot start any token" in case.problem
        or ("not allowed" in case.problem and case.char in {"-", "?"} and not case.at_line_start)
        or ("node content" in case.problem and case.char in _OPENS and not case.in_brackets)
    )
    return _unquoted_start(case, case.line, case.column) if stopped_at_sign else None


def text_behind_value(case: Case) -> ExplainedSyntaxError | None:
    """A value that begins with a quotation mark, a bracket or an alias, is complete, and goes on."""
    leaf = case.leaf_on_line
    if not leaf or case.at_line_start or case.char in {"", "]", "}"}:
        return None
    if isinstance(leaf, Scalar) and leaf.style is not Style.QUOTED and not leaf.text.startswith("*"):
        return None
    if not case.in_block and "document start" not in case.problem:
        return None
    return _unquoted_start(case, leaf.line - 1, leaf.column - 1)


def text_behind_quoted_name(case: Case) -> ExplainedSyntaxError | None:
    """`- "Quoted" text: and so on`, which begins like a field with a quoted name."""
    before = case.text(case.line)[: case.column]
    start = field_column(before)
    if not case.in_block or not case.char or before[start : start + 1] not in _QUOTATION_MARKS:
        return None
    return _unquoted_start(case, case.line, start) if before.rstrip().endswith(before[start]) else None


def _unquoted_start(case: Case, line: int, column: int) -> ExplainedSyntaxError:
    text = case.text(line)[column:].rstrip()
    sign = text[:1]
    if sign in _QUOTATION_MARKS:
        headline = "Text goes on behind its closing quotation mark"
    else:
        shown = "a backtick" if sign == "`" else f"`{sign}`"
        headline = f"Text begins with {shown}, which {_OPENS.get(sign, 'has a meaning of its own')} in YAML"
    node = case.parent
    if node and case.text(node.line - 1)[node.column - 1 : node.column] in {"{", "["}:
        # Between brackets nobody can tell where the text was meant to end.
        place = case.place(line, column, 1)
        return fault(
            "unquoted-start", headline, place, QUOTE, lambda draft: draft.take_literally(line, column, column + 1)
        )
    place = case.place(line, column)
    mend: Mend = lambda draft: draft.take_literally(line, column)  # noqa: E731 -- the line below has no room for it
    # A colon inside may be meant as that of a field; and what begins with a quotation mark may end there.
    fix = () if sign in _QUOTATION_MARKS or ": " in text else quotes(case, line, column)
    return fault("unquoted-start", headline, place, quote_as(text), mend, *fix)
