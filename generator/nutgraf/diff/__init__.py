"""What a change of the content means for readers: two states in, typed changes out.

`compare` is a pure generator. Statements are matched by id, and compared by the sentences that the compiler makes of
them and by their data, never by their YAML: so moves, reorders and another layout are no change. How changes look is
the business of `nutgraf.reporters`.
"""

from __future__ import annotations

from nutgraf.diff.change import Change, ChangeKind, ChangeSeverity, Disagreement, FigureChange, Impact
from nutgraf.diff.compare import Comparison, compare, comparison
from nutgraf.diff.snapshot import Snapshot
from nutgraf.diff.word_diff import DiffPiece, Turn

__all__ = [
    "Change",
    "ChangeKind",
    "ChangeSeverity",
    "Comparison",
    "DiffPiece",
    "Disagreement",
    "FigureChange",
    "Impact",
    "Snapshot",
    "Turn",
    "compare",
    "comparison",
]
