"""What a syntax error really is: from a parser's "did not find expected key" to what an editor can mend.

Each hint looks at a `Case` and either says nothing or explains it with an `ExplainedSyntaxError`: a complaint, and a
mend of the draft that lets the reader go on. `HINTS` is their order: the first that speaks wins.

PyYAML's two parsers (libyaml and pure Python) word their errors differently and agree on places and contexts. So hints
go by places, by the text around them, and by those words that both use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from nutgraf.loading.hints import brackets, fields, punctuation
from nutgraf.loading.hints.case import Case, ExplainedSyntaxError, fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml.error import MarkedYAMLError

    from nutgraf.loading.node_builder import Builder
    from nutgraf.loading.repair import Draft

__all__ = [
    "HINTS",
    "Case",
    "ExplainedSyntaxError",
    "explain",
]

Hint: TypeAlias = "Callable[[Case], ExplainedSyntaxError | None]"

HINTS: tuple[Hint, ...] = (
    punctuation.tab,
    punctuation.directive,
    punctuation.bad_escape,
    punctuation.unclosed_quote,
    punctuation.odd_start,
    punctuation.text_behind_value,
    punctuation.text_behind_quoted_name,
    fields.glued_colon,
    fields.missing_colon,
    fields.indented_too_far,
    fields.inner_colon,
    fields.cut_off_by_comment,
    fields.no_name,
    fields.uneven_text_block,
    fields.misplaced_line,
    fields.uneven_indentation,
    brackets.comment_inside,
    brackets.bracket_inside,
    brackets.empty_item,
    brackets.colon_inside,
    brackets.wrong_bracket,
    brackets.text_behind_quote,
    brackets.missing_comma,
    brackets.unclosed,
    brackets.stray,
    fields.behind_the_end,
)


def explain(error: MarkedYAMLError, builder: Builder, draft: Draft, path: str) -> ExplainedSyntaxError:
    """Return the best explanation of a syntax error, with a way to get past it.

    Args:
        error: what PyYAML raised.
        builder: how far it had come.
        draft: what was parsed.
        path: the file, relative to the content folder.
    """
    problem = error.problem_mark
    start = error.context_mark or problem
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
    return next((found for hint in HINTS if (found := hint(case))), None) or _anything(case)


def _anything(case: Case) -> ExplainedSyntaxError:
    """Explain what no hint knows, in the parser's own words."""
    line = min(case.line, len(case.lines) - 1)
    return fault(
        "yaml-syntax",
        f"YAML cannot be read here: {case.problem}",
        case.place(line, case.column, 1),
        "Look at the quotes, brackets and indentation of this line and the one above.",
        lambda draft: draft.blank(line),
    )
