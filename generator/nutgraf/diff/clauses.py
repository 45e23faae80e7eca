"""Whether what stands under an id is still the same clause."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutgraf.glossary import MentionKind

if TYPE_CHECKING:
    from nutgraf.diff.snapshot import Snapshot
    from nutgraf.diff.snapshot_pair import SnapshotPair

_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_STEM: Final = 5
"""Letters by which words are compared: "repairs" and "repaired" are the same."""


_FEWEST: Final = (2, 3)
"""Words that the shorter and the longer clause must have to be told from each other: "paid" for "gave" is no other
statement."""


_SHARED: Final = 0.2
"""The share of the shorter clause's words, from 0 to 1, up to which two clauses have nothing to do with each other."""


def is_another(sides: SnapshotPair, old: str, new: str) -> bool:
    """Tell whether the clause of a statement shares next to nothing with another's, whoever they are about.

    Args:
        sides: both sides.
        old: the key of a statement of the old side.
        new: the key of a statement of the new side.
    """
    before, after = _words(sides.old, old), _words(sides.new, new)
    fewest, most = sorted((len(before), len(after)))
    return fewest >= _FEWEST[0] and most >= _FEWEST[1] and len(before & after) <= _SHARED * fewest


def _words(side: Snapshot, key: str) -> frozenset[str]:
    """Return what a clause says, without whom it names."""
    text = side.plain_statement(key)
    for one in reversed(side.mentions(key)):
        if one.kind is MentionKind.ENTITY:
            text = f"{text[: one.start]} {text[one.end :]}"
    return frozenset(word.casefold()[:_STEM] for word in _WORD.findall(text))
