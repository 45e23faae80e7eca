"""A syntax error with all that is known about it, and its explanation."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from nutgraf.diagnostics import Diagnostic, Replacement, Span
from nutgraf.loading.nodes import Scalar, Style
from nutgraf.loading.quoting import quoted
from nutgraf.loading.repair import field_column, indentation

if TYPE_CHECKING:
    from nutgraf.loading.nodes import Collection, Node
    from nutgraf.loading.repair import Draft

Mend: TypeAlias = Callable[["Draft"], object]

_COMMENT: Final = re.compile(r"(?:^|\s)#")
CLOSED_BY = {"[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class ExplainedSyntaxError:
    """A syntax error, explained.

    Attributes:
        diagnostic: the complaint; its place is one in the draft.
        line: the line (from 0) that is to blame.
        mend: changes a draft so that parsing gets past the error.
    """

    diagnostic: Diagnostic
    line: int
    mend: Mend


def fault(rule: str, headline: str, place: Span, advice: str, mend: Mend, *fix: Replacement) -> ExplainedSyntaxError:
    """Return a fault of the line that `place` is on."""
    return ExplainedSyntaxError(Diagnostic(rule, headline, place, help=advice, fix=fix), place.line - 1, mend)


@dataclass(frozen=True, slots=True)
class Case:
    """All that is known about a syntax error. Lines and columns count from 0, as PyYAML's do.

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

    def place(self, line: int, column: int, length: int = 0) -> Span:
        """Return a span of so many characters, or up to the end of the line; behind the last line, its end."""
        if line >= len(self.lines):
            line, column, length = len(self.lines) - 1, len(self.lines[-1]), 1
        end = column + length if length else max(len(self.text(line).rstrip()), column + 1)
        return Span(self.path, line + 1, column + 1, line + 1, end + 1)

    @property
    def here(self) -> Span:
        """Return the one character where the parser stopped."""
        return self.place(self.line, self.column, 1)

    @property
    def char(self) -> str:
        """Return the character where the parser stopped; nothing at a line's end."""
        return self.text(self.line)[self.column : self.column + 1]

    @property
    def at_line_start(self) -> bool:
        """Tell whether the parser stopped at the first thing on its line."""
        return not self.text(self.line)[: self.column].strip()

    @property
    def in_block(self) -> bool:
        """Tell whether the parser was looking for a field or list item that is written without brackets."""
        return "a block mapping" in self.context or "a block collection" in self.context

    @property
    def in_brackets(self) -> bool:
        """Tell whether the parser was between brackets."""
        return "a flow" in self.context

    @property
    def leaf_on_line(self) -> Node | None:
        """Return what was read last, if it ends on the line where the parser stopped."""
        return self.leaf if self.leaf and self.leaf.end_line == self.line + 1 else None

    @property
    def plain_leaf(self) -> Scalar | None:
        """Return what was read last, if it is a text without quotes."""
        return self.leaf if isinstance(self.leaf, Scalar) and self.leaf.style is Style.PLAIN else None

    @property
    def opening(self) -> tuple[int, int] | None:
        """Return line and column of the bracket that is open."""
        candidates = [(self.start_line, self.start_column)]
        if self.parent:
            candidates.append((self.parent.line - 1, self.parent.column - 1))
        return next((at for at in candidates if self.text(at[0])[at[1] : at[1] + 1] in CLOSED_BY), None)


def quotes(case: Case, line: int, column: int) -> tuple[Replacement, ...]:
    """Return what puts a text up to the end of its line in quotes; nothing where it may end elsewhere."""
    text = case.text(line)[column:].rstrip()
    behind = next((one for one in case.lines[line + 1 :] if one.strip()), "")
    if _COMMENT.search(text) or indentation(behind) > field_column(case.text(line)) or not text:
        return ()
    return (Replacement(case.place(line, column, len(text)), quoted(text)),)
