"""The compiler: from a statement to a sentence that cannot lose its attribution.

`compile(resolved, graph, wording, context)` frames the bare clause of a statement with what its data says: who asserts
it, in which publication, how, when. It never inflects or reorders the clause. A unit is made of segments that say what
they are, so that a test can tell the attribution from the clause.
"""

from __future__ import annotations

from nutgraf.wording.compiler import compile_unknown
from nutgraf.wording.facade import Wording
from nutgraf.wording.language import ReadLanguage, read_language
from nutgraf.wording.running_text import STANDALONE, ReaderState, compile, compile_reply, compile_undated, compose
from nutgraf.wording.sentence import Segment, SegmentKind, Sentence, Unit

__all__ = [
    "STANDALONE",
    "ReadLanguage",
    "ReaderState",
    "Segment",
    "SegmentKind",
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
