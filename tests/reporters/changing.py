"""Comparisons for the tests of reports: a real one, and changes made by hand with text as hostile as may be."""

from __future__ import annotations

from functools import cache

from nutgraf.build.impact import with_pages
from nutgraf.diagnostics import Span
from nutgraf.diff import Change, ChangeKind, Comparison, Disagreement, FigureChange, Impact, Snapshot, comparison
from nutgraf.rendering.renderer import Renderer
from nutgraf.views import Settings
from tests.making import BASE, ROOT, english, story, tree

HEAD = """
quantities: {paid: {amount: 10000, unit: USD, kind: payment}}
revisions: [{date: 2023-05-01, kind: update, statements: left, note: Old.}]
"""
OLD = """
{id: left, text: Ada Adams left Works, by: ada, source: [post-1, blog]}
{id: paid, text: "Works paid {paid} to Ben Bell", when: 2023-01}
{id: gone, text: Works makes lamps}
"""
NEW = """
{id: left, text: Ada Adams left Works, by: ada, source: [post-1, blog], certainty: found}
{id: paid, text: "Works paid {paid} to Ben Bell", when: 2023-01}
{id: also, text: Works makes chairs}
"""


def side(statements: str, head: str) -> Snapshot:
    """Return a side of one story."""
    return Snapshot.read(tree({**BASE, **story(statements, head)}), english())


@cache
def real() -> Comparison:
    """Return a certainty raised, a figure changed, a statement gone and one new."""
    old, new = side(OLD, HEAD), side(NEW, HEAD.replace("10000", "15000"))
    return with_pages(comparison(old, new), old, new, Settings("Site"), Renderer([ROOT / "templates"]))


def nothing() -> Comparison:
    """Return a comparison without changes."""
    return comparison(side(OLD, HEAD), side(OLD, HEAD))


def change(
    kind: ChangeKind = ChangeKind.WORDING_CHANGED, text: str = "X", line: int = 3, note: str | None = None
) -> Change:
    """Return a change with `text` in every place that content can reach."""
    span = Span("stories/s.yml", line, 5, line, 9)
    return Change(
        kind,
        "s/a",
        f"`a` reads otherwise: {text}",
        span=span,
        old_span=span,
        before=f"It was {text}.",
        after=f"It is {text} now.",
        figure=FigureChange(text, text, f"2 {text}", "+1 (+50 %)", Disagreement("s/b", text, span)),
        reach=Impact(("s/a", "s/b"), ("s/a",), ("stories/s/",)),
        help=f"Do something about {text}.\nrevisions:\n  - was: {text}",
        acknowledged=note,
    )


def made(*changes: Change) -> Comparison:
    """Return a comparison with these changes."""
    return Comparison(changes)
