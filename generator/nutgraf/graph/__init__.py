"""Resolved content: every id looked up, every default filled in, every link known from both ends."""

from __future__ import annotations

from nutgraf.graph.evidence import TAKEN_BACK, flaw
from nutgraf.graph.graph import Graph, Place, Resolved, entities_of, is_own_word, is_publication, key_of
from nutgraf.graph.origins import Origin
from nutgraf.graph.resolve import Resolution, resolve
from nutgraf.graph.subset import subset

__all__ = [
    "TAKEN_BACK",
    "Graph",
    "Origin",
    "Place",
    "Resolution",
    "Resolved",
    "entities_of",
    "flaw",
    "is_own_word",
    "is_publication",
    "key_of",
    "resolve",
    "subset",
]
