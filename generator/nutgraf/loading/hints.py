"""What a syntax error really is: from a parser's "did not find expected key" to what an editor can mend.

Each hint looks at a `Case` and either says nothing or explains it with a `Fault`: a complaint, and a mend that lets the
reader go on. `HINTS` is their order; the first that speaks wins.

PyYAML's two parsers (libyaml and pure Python) word their errors differently and agree on places and contexts, so hints
go by places, by the text around them, and by those words that both use.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from yaml.error import MarkedYAMLError

from nutgraf.diagnostics import Diagnostic, Span
from nutgraf.loading.builder import Builder, Collection
from nutgraf.loading.nodes import Mapping, Node, Scalar, Sequence, Style
from nutgraf.loading.quoting import QUOTE, quote_as
from nutgraf.loading.repair import Draft, indentation

_OPENS = {
    "{": "opens a mapping",
    "[": "opens a list",
    "*": "means an alias",
    "&": "means an anchor",
    "!": "means a tag",
    "|": "announces a block of text on the next lines",
    ">": "announces a block of text on the next lines",
    "?": "announces a key",
    "-": "means a list item",
    "%": "is reserved",
    "@": "is reserved",
    "`": "is reserved",
    ",": "separates list items",
    "]": "closes a list",
    "}": "closes a mapping",
}
_CLOSED_BY = {"[": "]", "{": "}"}
_SPACES = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000"
_GLUED = re.compile(r"[\w-]+(?P<colon>:)(?P<next>[^ \t])")
_WIDE_COLON = re.compile("[\\w-]+ ?[\uff1a\ufe55\ua789\u2236]")
_SPECIAL_SPACE = re.compile(f"[{_SPACES}]")
_COMMENT = re.compile(r"[ \t]+#")
_FIELD = re.compile(r" *(?:- +)*(?P<name>[\w-]+) *$")
_DASHES = re.compile(r" *(?:- +)*")

Mend: TypeAlias = Callable[[Draft], object]


@dataclass(frozen=True, slots=True)
class Fault:
    """A syntax error, explained.

    Attributes:
        diagnostic: the complaint; its place is one in the draft.
        line: the line (from 0) that is to blame.
        mend: changes a draft so that parsing gets past the error.
    """

    diagnostic: Diagnostic
    line: int
    mend: Mend


@dataclass(frozen=True, slots=True)
class Case:
    """All that is known about a syntax error. Lines and columns count from 0.

    Attributes:
        path: the file.
        lines: the draft's lines.
        problem: the parser's words.
        context: what it was doing, in its words.
        line: where it stopped; one behind the last line at the end of the file.
        column: the column there.
        start_line: where that began what it was doing.
        start_column: the column there.
        leaf: the scalar or flow collection that was read last.
        parent: the collection that is open.
    """

    path: str
    lines: list[str]
    problem: str
    context: str
    line: int
    column: int
    start_line: int
    start_column: int
    leaf: Node | None
    parent: Collection | None

    def text(self, line: int) -> str:
        """Return a line, or nothing behind the last one."""
        return self.lines[line] if 0 <= line < len(self.lines) else ""

    @property
    def char(self) -> str:
        """Return the character where the parser stopped; nothing at a line's end."""
        return self.text(self.line)[self.column : self.column + 1]

    @property
    def at_line_start(self) -> bool:
        """Tell whether the parser stopped at the first thing on its line."""
        return not self.text(self.line)[: self.column].strip()

    @property
    def leaf_on_line(self) -> Node | None:
        """Return what ends on the line where the parser stopped."""
        return self.leaf if self.leaf and self.leaf.end_line == self.line + 1 else None

    def fault(  # noqa: PLR0913 -- keywords, each of them needed
        self, rule: str, headline: str, advice: str, mend: Mend, *, line: int, column: int, end: int | None = None
    ) -> Fault:
        """Make a fault of the stretch from `column` to `end`, or to the end of the line."""
        line = min(line, len(self.lines) - 1)
        stop = len(self.text(line).rstrip()) if end is None else end
        place = Span(self.path, line + 1, column + 1, line + 1, max(stop, column + 1) + 1 if end is None and stop <= column else stop + 1)
        return Fault(Diagnostic(rule, headline, place, help=advice), line, mend)


def _field_column(text: str) -> int:
    """Return where the field on a line begins, behind its indentation and the dashes of list items."""
    match = _DASHES.match(text)
    return match.end() if match else 0


Hint: TypeAlias = Callable[[Case], Fault | None]


def explain(error: MarkedYAMLError, builder: Builder, draft: Draft, path: str) -> Fault:
    """Return the best explanation of a syntax error, with a way to get past it."""
    problem, start = error.problem_mark, error.context_mark or error.problem_mark
    case = Case(
        path=path,
        lines=draft.lines,
        problem=error.problem or "",
        context=error.context or "",
        line=problem.line if problem else 0,
        column=problem.column if problem else 0,
        start_line=start.line if start else 0,
        start_column=start.column if start else 0,
        leaf=builder.leaf,
        parent=builder.parent,
    )
    return next(fault for hint in HINTS if (fault := hint(case)))


# Signs and quotes ----------------------------------------------------------------------------------------------------


def tab_indentation(case: Case) -> Fault | None:
    """Tabs at the start of a line, which YAML forbids."""
    text = case.text(case.line)
    tab = text[: len(text) - len(text.lstrip())].find("\t")
    if tab < 0 or (case.char != "\t" and "tab" not in case.problem):
        return None
    number = sum("\t" in line[: len(line) - len(line.lstrip())] for line in case.lines)
    others = f" The same goes for {number - 1} other lines." if number > 1 else ""
    return case.fault(
        "tab-indentation",
        "Line is indented with a tab",
        f"Indent with spaces, two for each level.{others}",
        Draft.spaces_for_tabs,
        line=case.line,
        column=tab,
        end=tab + 1,
    )


def directive(case: Case) -> Fault | None:
    """`%YAML` and `%TAG` lines."""
    line = case.line if case.text(case.line).startswith("%") else case.line - 1
    if not case.text(line).startswith("%") or not ("directive" in case.context or "document" in case.problem or "directive" in case.problem):
        return None
    advice = "Delete the lines that begin with `%`."
    return case.fault("yaml-directive", "Directive for the YAML parser is not allowed", advice, lambda draft: draft.blank(line), line=line, column=0)


def bad_escape(case: Case) -> Fault | None:
    """A backslash in double quotes."""
    if "quoted" not in case.context or "stream" in case.problem or "document" in case.problem:
        return None
    column = case.text(case.line).rfind("\\", 0, case.column + 1)
    if column < 0:
        return None
    return case.fault(
        "bad-escape",
        "Backslash in double quotes begins an escape that does not exist",
        "Put the text in single quotes, where a backslash is a backslash, or write the backslash twice.",
        lambda draft: draft.take_literally(case.line, column, column + 1),
        line=case.line,
        column=column,
        end=column + 2,
    )


def unclosed_quote(case: Case) -> Fault | None:
    """A quotation mark that is closed nowhere, or lines below, where the next quoted text begins."""
    leaf = case.leaf_on_line
    if "quoted" in case.context:
        line, column = case.start_line, case.start_column
    elif isinstance(leaf, Scalar) and leaf.style is Style.QUOTED and leaf.line < leaf.end_line and case.column:
        line, column = leaf.line - 1, leaf.column - 1
    else:
        return None
    sign = case.text(line)[column]
    return case.fault(
        "unclosed-quote",
        f"Text begins with `{sign}` and is not closed on its line",
        f"Close the quotes. If `{sign}` belongs to the text, put the whole text in quotes of the other kind.",
        lambda draft: draft.take_literally(line, column),
        line=line,
        column=column,
    )


def reserved_start(case: Case) -> Fault | None:
    """A sign at the start of a text that means something else to YAML, and makes no sense as that."""
    if "alias" in case.context or "anchor" in case.context or "a tag" in case.context or "block scalar" in case.context:
        return _sign(case, case.start_line, case.start_column)
    if "cannot start any token" in case.problem:
        return _sign(case, case.line, case.column)
    if "not allowed" in case.problem and case.char in {"-", "?"} and not case.at_line_start:
        return _sign(case, case.line, case.column)
    if "node content" in case.problem and case.char and "flow" not in case.context:
        return _sign(case, case.line, case.column)
    return None


def goes_on(case: Case) -> Fault | None:
    """A value that begins with a quotation mark, a bracket or an alias, is complete, and goes on."""
    leaf = case.leaf_on_line
    if not leaf or (isinstance(leaf, Scalar) and leaf.style is not Style.QUOTED and not leaf.text.startswith("*")):
        return None
    if case.at_line_start or "a block" not in case.context and "document start" not in case.problem:
        return None
    if case.char in {"]", "}"}:
        return _stray_bracket(case)
    return _sign(case, leaf.line - 1, leaf.column - 1)


def _sign(case: Case, line: int, column: int) -> Fault:
    text = case.text(line)[column:].rstrip()
    sign = text[:1]
    if sign in {'"', "'"}:
        headline = "Text goes on behind its closing quotation mark"
    else:
        shown = "a backtick" if sign == "`" else f"`{sign}`"
        headline = f"Text begins with {shown}, which {_OPENS.get(sign, 'has a meaning of its own')} in YAML"
    flow = _in_flow(case)
    advice = QUOTE if flow else quote_as(text)

    def mend(draft: Draft) -> None:
        draft.take_literally(line, column, column + 1 if flow else None)

    return case.fault("unquoted-start", headline, advice, mend, line=line, column=column, end=column + 1 if flow else None)


def _in_flow(case: Case) -> bool:
    node = case.parent
    return node is not None and case.text(node.line - 1)[node.column - 1 : node.column] in {"{", "["}


# Colons, fields and indentation --------------------------------------------------------------------------------------


def glued_colon(case: Case) -> Fault | None:
    """`by:openai`, or a colon with a special space behind it, or one from a Chinese keyboard."""
    if "could not find expected ':'" in case.problem:
        line, column = case.start_line, case.start_column
    elif "mapping values" in case.problem and case.leaf and case.leaf.line <= case.line:
        line, column = case.leaf.line - 1, case.leaf.column - 1
    else:
        return None
    text = case.text(line)
    if _field_column(text) != column:
        return None
    if match := _WIDE_COLON.match(text, column):
        end = match.end()
        headline, advice = "Colon is not the one of the keyboard's basic layout", "Write `:` and a space."
        return case.fault("missing-space", headline, advice, lambda draft: draft.blank(line), line=line, column=end - 1, end=end)
    match = _GLUED.match(text, column)
    if not match:
        return None
    colon = match.start("colon")
    if _SPECIAL_SPACE.match(match["next"]):
        headline, advice = "Space behind the colon is a special one", "Delete the space behind the colon and type it again."
        return case.fault("odd-space", headline, advice, lambda draft: draft.put(line, colon + 1, " "), line=line, column=colon + 1, end=colon + 2)
    headline, advice = "Colon has no space behind it", f"Write `{text[column:colon]}: {match['next']}...`."
    return case.fault("missing-space", headline, advice, lambda draft: draft.blank(line), line=line, column=colon, end=colon + 1)


def missing_colon(case: Case) -> Fault | None:
    """A line among fields that is no field."""
    if "could not find expected ':'" in case.problem:
        line, column = case.start_line, case.start_column
    elif "mapping values" in case.problem and isinstance(case.leaf, Scalar) and case.leaf.line <= case.line and not _is_value(case, case.leaf):
        line, column = case.leaf.line - 1, case.leaf.column - 1
    else:
        return None
    return case.fault(
        "missing-colon",
        "Line is neither a field nor a list item",
        "Write a field as `name: value`. If the line goes on with the text above it, indent it further than that field's name.",
        lambda draft: draft.blank(line),
        line=line,
        column=column,
    )


def _is_value(case: Case, leaf: Scalar) -> bool:
    return bool(case.text(leaf.line - 1)[: leaf.column - 1].strip(" -"))


def indented_too_far(case: Case) -> Fault | None:
    """A field that is indented under the text of the one above, and so is read as more of that text."""
    leaf, text = case.leaf, case.text(case.line)
    field = _FIELD.match(text[: case.column])
    if "mapping values" not in case.problem or not field or not isinstance(leaf, Scalar) or leaf.line > case.line:
        return None
    column = indentation(text)
    width = column - (case.parent.column - 1) if case.parent else 0
    movable = isinstance(case.parent, Mapping) and width > 0 and not text.lstrip().startswith("-")

    def mend(draft: Draft) -> None:
        if movable:
            draft.move(case.line, width)
        else:
            draft.blank(case.line, whole=True)

    return case.fault(
        "bad-indentation",
        f"Field `{field['name']}` is indented further than the field above it, which has a value already",
        "Let the fields of one record begin in the same column.",
        mend,
        line=case.line,
        column=field.start("name"),
        end=field.end("name"),
    )


def inner_colon(case: Case) -> Fault | None:
    """`text: he said: this`."""
    if "mapping values" not in case.problem:
        return None
    leaf = case.leaf
    if leaf and leaf.line == case.line + 1 and leaf.column <= case.column:
        start = leaf.column - 1
        advice = quote_as(case.text(case.line)[start:])
        return _colon(case, advice, lambda draft: draft.take_literally(case.line, start))
    advice = "Put the whole text in quotes, or write `>-` behind its field's name and the text below."
    return _colon(case, advice, lambda draft: draft.take_literally(case.line, case.column))


def _colon(case: Case, advice: str, mend: Mend) -> Fault:
    headline = "Text without quotes holds a colon and a space, which would end a field's name"
    return case.fault("inner-colon", headline, advice, mend, line=case.line, column=case.column, end=case.column + 1)


def cut_off(case: Case) -> Fault | None:
    """A text that goes on in the line below a comment."""
    leaf = case.leaf
    if "a block" not in case.context or not isinstance(leaf, Scalar) or leaf.style is not Style.PLAIN:
        return None
    if not case.parent or case.column < case.parent.column or not case.at_line_start or leaf.end_line > case.line:
        return None
    match = _COMMENT.match(case.text(leaf.end_line - 1), leaf.end_column - 1)
    if match:
        return _hash(case, leaf.end_line - 1, match.end() - 1)
    for line in range(leaf.end_line, case.line):
        if case.text(line).lstrip().startswith("#"):
            return _hash(case, line, case.text(line).index("#"))
    return None


def _hash(case: Case, line: int, column: int) -> Fault:
    return case.fault(
        "cut-off-by-comment",
        "Text is cut off here: a `#` behind a space begins a comment",
        "If it belongs to the text, put the whole text in quotes. If it is a comment, move it to a line above the field.",
        lambda draft: draft.take_literally(line, column),
        line=line,
        column=column,
    )


def no_field_name(case: Case) -> Fault | None:
    """`: value`."""
    if "a block" not in case.context or case.char != ":" or not case.at_line_start:
        return None
    advice = "Write the field's name before the colon. A text that begins with a colon needs quotes."
    return case.fault("empty-key", "Field has no name", advice, lambda draft: draft.blank(case.line), line=case.line, column=case.column)


def uneven_block(case: Case) -> Fault | None:
    """A line of a block text that is indented less than the first."""
    leaf = case.leaf
    if "a block" not in case.context or not isinstance(leaf, Scalar) or leaf.style is not Style.BLOCK or not case.at_line_start:
        return None
    if not case.parent or case.column < case.parent.column or case.text(case.line).startswith("-", case.column):
        return None
    return case.fault(
        "bad-indentation",
        "Line of a text block is indented less than the block's first line",
        "Indent all lines of the text alike.",
        lambda draft: draft.move(case.line, case.column - (leaf.column - 1)),
        line=case.line,
        column=case.column,
    )


def uneven_indentation(case: Case) -> Fault | None:
    """A line that begins in a column where nothing above began."""
    if not case.at_line_start or case.char in {"]", "}", ""} or not ("a block" in case.context or "not allowed" in case.problem):
        return None
    dash = case.text(case.line).startswith("-", case.column)
    if dash and isinstance(case.parent, Mapping) and case.column == case.parent.column - 1:
        return _misplaced(case, "List item stands among fields", "Write the list under a field's name.")
    columns = _columns_above(case, dash=dash)
    target = min(columns, key=lambda column: (abs(column - case.column), -column), default=case.column)
    what = "List item" if dash else "Line"
    if target == case.column:
        return _misplaced(case, f"{what} does not belong here", "What stands above it has a value already.")
    return case.fault(
        "bad-indentation",
        f"{what} is indented by {_spaces(case.column)}, which fits nothing above it",
        f"Indent it by {_spaces(target)}, if it belongs to what begins there.",
        lambda draft: draft.move(case.line, case.column - target),
        line=case.line,
        column=case.column,
    )


def _misplaced(case: Case, headline: str, advice: str) -> Fault:
    return case.fault(
        "bad-indentation",
        headline,
        advice,
        lambda draft: draft.blank(case.line, whole=True),
        line=case.line,
        column=case.column,
    )


def _spaces(number: int) -> str:
    return "1 space" if number == 1 else f"{number} spaces"


def _columns_above(case: Case, *, dash: bool) -> set[int]:
    """Return where fields (or the dashes of list items) begin in the lines above that are still in reach."""
    columns: set[int] = set()
    for line in range(case.line - 1, max(case.line - 200, -1), -1):
        text = case.text(line)
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        start = indentation(text)
        if not dash:
            columns.add(_field_column(text))
        elif text.startswith("- ", start):
            columns.add(start)
        if start == 0:
            break
    return columns


# Brackets ------------------------------------------------------------------------------------------------------------


def comment_in_brackets(case: Case) -> Fault | None:
    """`[C #, F #]`: the comment swallows the closing bracket."""
    if "a flow" not in case.context or case.line <= case.start_line:
        return None
    closing = _CLOSED_BY.get(case.text(case.start_line)[case.start_column : case.start_column + 1], "")
    for line in range(case.start_line, min(case.line, len(case.lines) - 1) + 1):
        match = _COMMENT.search(case.text(line), case.start_column if line == case.start_line else 0)
        if match and closing and closing in case.text(line)[match.end() :]:
            return _hash(case, line, match.end() - 1)
    return None


def inner_bracket(case: Case) -> Fault | None:
    """`{text: Musk bought {gpus} for it}`."""
    if "a flow" not in case.context or case.char not in _CLOSED_BY or not case.leaf_on_line or case.at_line_start:
        return None

    def mend(draft: Draft) -> None:
        end = draft.lines[case.line].find(_CLOSED_BY[case.char], case.column)
        draft.take_literally(case.line, case.column, end + 1 if end > 0 else None, signs="{}[]")

    headline = f"Text without quotes holds `{case.char}`, which {_OPENS[case.char]} between brackets"
    return case.fault("inner-bracket", headline, QUOTE, mend, line=case.line, column=case.column, end=case.column + 1)


def empty_item(case: Case) -> Fault | None:
    """`[a, , b]`."""
    if "node content" not in case.problem or "flow" not in case.context or case.char != ",":
        return None
    advice = "Delete one of the commas. A text that holds commas needs quotes."
    return case.fault(
        "empty-value", "Nothing stands between two commas", advice, lambda draft: draft.put(case.line, case.column, " "),
        line=case.line, column=case.column, end=case.column + 1,
    )


def text_in_brackets(case: Case) -> Fault | None:
    """`{text: he said: this}` or `["a" b]`."""
    leaf = case.leaf_on_line
    if "a flow" not in case.context or not leaf or leaf.line != leaf.end_line or case.at_line_start or not case.char:
        return None
    if case.char == ":":
        return _colon(case, QUOTE, lambda draft: draft.take_literally(case.line, case.column, case.column + 1))
    opening = case.text(case.start_line)[case.start_column : case.start_column + 1]
    if case.char in {"]", "}"} and opening in _CLOSED_BY:
        return case.fault(
            "unclosed-bracket", f"`{opening}` is closed by `{case.char}`", f"Write `{_CLOSED_BY[opening]}`.",
            lambda draft: draft.put(case.line, case.column, _CLOSED_BY[opening]),
            line=case.line, column=case.column, end=case.column + 1,
        )
    if isinstance(leaf, Scalar) and leaf.style is Style.QUOTED:
        return case.fault(
            "unquoted-start", "Text goes on behind its closing quotation mark", "Put the whole text in quotes of the other kind.",
            lambda draft: draft.take_literally(case.line, leaf.column - 1, leaf.end_column - 1, signs="\"'"),
            line=case.line, column=leaf.column - 1, end=leaf.end_column - 1,
        )
    return None


def unclosed_bracket(case: Case) -> Fault | None:
    """`[a, b` and nothing behind it."""
    sign = case.text(case.start_line)[case.start_column : case.start_column + 1]
    if "a flow" not in case.context or sign not in _CLOSED_BY:
        return None
    field = _field_column(case.text(case.start_line))
    last = case.start_line
    while case.text(last + 1).strip() and indentation(case.text(last + 1)) > field:
        last += 1
    return case.fault(
        "unclosed-bracket",
        f"`{sign}` is not closed",
        f"Write `{_CLOSED_BY[sign]}` at the end. A text that begins with `{sign}` needs quotes.",
        lambda draft: draft.append(last, _CLOSED_BY[sign]),
        line=case.start_line,
        column=case.start_column,
        end=case.start_column + 1,
    )


def stray_bracket(case: Case) -> Fault | None:
    """`]` or `}` that nothing opened."""
    if case.char not in {"]", "}"} or "a flow" in case.context:
        return None
    return _stray_bracket(case)


def _stray_bracket(case: Case) -> Fault:
    return case.fault(
        "stray-bracket", f"`{case.char}` closes nothing", "Delete it. A text that holds brackets needs quotes.",
        lambda draft: draft.put(case.line, case.column, " "),
        line=case.line, column=case.column, end=case.column + 1,
    )


# The rest ------------------------------------------------------------------------------------------------------------


def behind_the_end(case: Case) -> Fault | None:
    """Something behind `...`, or behind the one value that a file is."""
    if "document start" not in case.problem:
        return None
    advice = "One file holds one record, and a record is fields written as `name: value`."
    return case.fault("several-documents", "File goes on behind its end", advice, lambda draft: draft.blank(case.line, whole=True), line=case.line, column=case.column)


def anything(case: Case) -> Fault:
    """Whatever no other hint knows: the parser's own words."""
    line = min(case.line, len(case.lines) - 1)
    return case.fault(
        "yaml-syntax",
        f"YAML cannot be read here: {case.problem}",
        "Look at the quotes, brackets and indentation of this line and the one above.",
        lambda draft: draft.blank(line),
        line=line,
        column=case.column,
        end=case.column + 1,
    )


HINTS: tuple[Hint, ...] = (
    tab_indentation,
    directive,
    bad_escape,
    unclosed_quote,
    reserved_start,
    goes_on,
    glued_colon,
    missing_colon,
    indented_too_far,
    inner_colon,
    cut_off,
    no_field_name,
    uneven_block,
    uneven_indentation,
    comment_in_brackets,
    inner_bracket,
    empty_item,
    text_in_brackets,
    unclosed_bracket,
    stray_bracket,
    behind_the_end,
    anything,
)
