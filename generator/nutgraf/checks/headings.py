"""What typed prose says in the site's own voice: whether it accuses or concludes, and whether it says who does.

A neutral heading names a topic ("The fire at the barn"), asks openly ("Did Bell know?") or attributes ("Bell blames
the board"). This module finds the others: a word of blame, a sentence, a "How ... did it", "the man who let it burn".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutgraf.checks.patterns import Patterns
from nutgraf.checks.text import Part, Phrases, forms, wordset

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nutgraf.checks.policy import Policy
    from nutgraf.checks.text import Reading, Token

_OPEN: Final = wordset("""
    did was were is are has have had does do could can will would should may might whether
""")
_ASKING: Final = wordset("what who whom which where whether how why when whose")
_ASKING_BLAME: Final = frozenset({("who", "is"), ("who", "was"), ("whose", "fault"), ("who", "bears"), ("who", "are")})
_DETERMINERS: Final = wordset("the a an")
_OWN: Final = wordset("its his her their whose")
_NEGATIONS: Final = wordset("no not never without nobody neither nor")
_NOT_PAST: Final = wordset("""
    united red hundred based limited combined aged related indeed need speed seed feed bleed breed deed weed shed bed
    wed sled unused unnamed disputed reported named so-called alleged planned proposed expected unexplained untitled
    mixed fixed married skilled gifted wicked rugged sacred naked crowded
""")
_OPENING_CLAUSES: Final = wordset("that which whether if")
_PASSIVE: Final = forms("be")
_NEAR: Final = 3


@dataclass(frozen=True, slots=True)
class Said:
    """Words that accuse or conclude, by their places in the text."""

    start: int
    end: int


class Headings:
    """The words of the lists `accusations`, `ill` and `headings`, made ready for searching."""

    def __init__(self, policy: Policy) -> None:
        """Take the lists."""
        accusing, ill, own = (policy.words(name) for name in ("accusations", "ill", "headings"))
        groups = accusing.groups
        self._faults = Phrases(ill.groups["fault"], inflected=False)
        self._reproach = (
            Phrases(own.groups["verdict"], inflected=False),
            Phrases((*ill.groups["state"], *ill.groups["form"]), inflected=False),
        )
        self._crimes = (
            Phrases((*groups["verb"], *accusing.words), unless=accusing.unless),
            Phrases(
                (*groups["noun"], *groups["trait"], *groups["person"], *groups["adjective"], *groups["adverb"]),
                inflected=False,
                unless=accusing.unless,
            ),
        )
        self._patterns = Patterns(ill.groups["pattern"])
        self._harmless = Patterns(ill.groups["unless_pattern"])
        self._topics = frozenset(groups["topic"])
        self._attributed = frozenset(own.groups["attributed"])
        self._past = frozenset(own.groups["past"])
        self._present = frozenset(own.groups["present"])
        self._linking = frozenset(own.groups["linking"])
        self._object = frozenset(own.groups["object"])
        self._acts = Phrases(ill.groups["deed"])
        self._deeds = frozenset(form for verb in ill.groups["deed"] for form in forms(verb))

    def is_attributed(self, reading: Reading) -> bool:
        """Tell whether a text says that somebody says so, or is about what somebody says."""
        return any(token.word in self._attributed for token in reading.tokens)

    def presumed(self, reading: Reading) -> Iterator[Said]:
        """Yield the faults that a question takes for granted: "Was the favouritism deliberate?"."""
        tokens = reading.tokens
        for one in self._faults.find(tokens):
            before = tokens[max(0, one.first - 2) : one.first]
            if any(token.word in {"the", *_OWN} or token.word.endswith("'s") for token in before):
                yield Said(tokens[one.first].start, tokens[one.last].end)
        if not self.asks_openly(reading):
            for one in self._acts.find(tokens):
                previous = tokens[one.first - 1].word if one.first > 1 else "the"
                # "How did the strike end?" has a noun there.
                if previous not in _DETERMINERS | _OWN | {"of", "with", "in", "for"} and not self._is_negated(
                    tokens, one.first
                ):
                    yield Said(tokens[one.first].start, tokens[one.last].end)

    def blame(self, reading: Reading, *, crimes_only: bool = False) -> Iterator[Said]:
        """Yield the words that accuse or reproach, whoever is meant.

        Args:
            reading: the text.
            crimes_only: whether words that only reproach are passed over.
        """
        tokens = reading.tokens
        excused = [*self._harmless.find(tokens)]
        kinds = self._crimes if crimes_only else (*self._crimes, *self._reproach)
        found = [(one.first, one.last) for phrases in kinds for one in phrases.find(tokens)]
        if not crimes_only:
            found += self._patterns.find(tokens)
            found += (
                (one.first, one.last)
                for one in self._faults.find(tokens)
                if self._has_owner(tokens, one.first, one.last)
            )
        for first, last in sorted(found):
            if any(begin <= last and first <= end for begin, end in excused):
                continue
            if self._is_negated(tokens, first) or self._is_topic(tokens, last):
                continue
            yield Said(tokens[first].start, tokens[last].end)

    def asks_openly(self, reading: Reading) -> bool:
        """Tell whether a text asks whether something is so, or who is to blame."""
        words = [token.word for token in reading.tokens]
        if not words:
            return False
        return words[0] in _OPEN or tuple(words[:2]) in _ASKING_BLAME

    def sentence(self, reading: Reading) -> Said | None:
        """Return the words by which a heading states what happened; None if it names a topic or asks."""
        tokens = reading.tokens
        if not tokens:
            return None
        told = tokens[0].word in {"how", "why", "when"} and not reading.text.rstrip().endswith("?")
        if tokens[0].word in _ASKING and not told:
            return None
        start = 1 if told else 0
        end = next((index for index, token in enumerate(tokens) if token.word in _OPENING_CLAUSES), len(tokens))
        verb = next((index for index in range(start + 1, end) if self._is_verb(tokens, index)), None)
        if verb is None:
            return None
        return Said(tokens[0].start, tokens[verb].end)

    def _is_verb(self, tokens: Sequence[Token], index: int) -> bool:
        """Tell whether a token is a finite verb behind its subject: shallow, and rather silent than wrong."""
        token, before = tokens[index], tokens[index - 1]
        if (
            token.part is not Part.WORD
            or before.part is Part.MARK
            or before.word in _DETERMINERS | _NEGATIONS | _PASSIVE
        ):
            return False
        behind = tokens[index + 1] if index + 1 < len(tokens) else None
        has_object = behind is not None and (
            behind.word in self._object or behind.part in {Part.NAME, Part.SLOT} or behind.is_proper
        )
        is_past = token.word in self._past or (token.word in self._deeds and token.word.endswith("ed"))
        if is_past:
            return behind is None or behind.word != "by"
        if token.word in self._linking:
            return tokens[0].word not in _ASKING
        if token.word in self._present:
            return behind is not None and (has_object or behind.word.endswith("s") or before.word.endswith("'s"))
        return token.word.endswith("ed") and token.word not in _NOT_PAST and token.text.islower() and has_object

    def _has_owner(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Tell whether a fault is somebody's: "Bell's failure", "a failure of the board", not "engine failure"."""
        before = tokens[max(0, first - _NEAR) : first]
        if any(one.word in _OWN or one.word.endswith("'s") or one.text in {"'s", "’s"} for one in before):
            return True
        behind = tokens[last + 1 : last + 3]
        return (
            len(behind) > 1
            and behind[0].word in {"of", "by", "at"}
            and (behind[1].part is Part.NAME or behind[1].is_capital or behind[1].word in {"the", "a", "its"})
        )

    def _is_negated(self, tokens: Sequence[Token], index: int) -> bool:
        return any(tokens[place].word in _NEGATIONS for place in range(max(0, index - _NEAR), index))

    def _is_topic(self, tokens: Sequence[Token], index: int) -> bool:
        """Tell whether a noun only names a subject: "fraud prevention", "the bribery trial"."""
        return index + 1 < len(tokens) and tokens[index + 1].word in self._topics
