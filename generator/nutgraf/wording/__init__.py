"""The compiler: from a statement to a sentence that cannot lose its attribution.

`compile(resolved, graph, wording, context)` frames the bare clause of a statement with what its data says: who asserts
it, in which publication, how, when. It never inflects or reorders the clause. A unit is made of segments that say what
they are, so that a test can tell the attribution from the clause.
"""

from __future__ import annotations

from nutgraf.wording.compiler import compile_unknown
from nutgraf.wording.language import ReadLanguage, read_language
from nutgraf.wording.passage import STANDALONE, Context, compile, compile_reply, compile_undated, compose
from nutgraf.wording.units import Kind, Segment, Sentence, Unit
from nutgraf.wording.words import Wording

__all__ = [
    "STANDALONE",
    "Context",
    "Kind",
    "ReadLanguage",
    "Segment",
    "Sentence",
    "Unit",
    "Wording",
    "compile",
    "compile_reply",
    "compile_undated",
    "compile_unknown",
    "compose",
    "read_language",
]
