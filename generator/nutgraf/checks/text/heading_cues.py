"""What typed prose says in the site's own voice: whether it accuses or concludes, and whether it says who does.

A neutral heading names a topic ("The fire at the barn"), asks openly ("Did Bell know?") or attributes ("Bell blames
the board"). This module finds the others: a word of blame, a sentence, a question that takes a deed for granted ("Why
did Bell hide it?"), "the man who let it burn".
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from nutgraf.checks.text.patterns import Patterns
from nutgraf.checks.text.tokens import Phrases, TextPart, forms, wordset

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nutgraf.checks.policy import Policy
    from nutgraf.checks.text.tokens import Reading, Token

_OPEN: Final = wordset("""
    did was were is are has have had does do could can will would should may might whether if
""")
_ASKING_BLAME: Final = frozenset({("who", "is"), ("who", "was"), ("whose", "fault"), ("who", "bears"), ("who", "are")})
_WH: Final = wordset("why how when where what who which whose whom")
_DETERMINERS: Final = wordset("the a an")
_DEFINITE: Final = wordset("the its his her their this")
_OWN: Final = wordset("its his her their whose")
_NEGATIONS: Final = wordset("no not never without nobody neither nor")
_NOT_PAST: Final = wordset("""
    united red hundred based limited combined aged related indeed need speed seed feed bleed breed deed weed shed bed
    wed sled unused unnamed disputed reported named so-called alleged planned proposed expected unexplained untitled
    mixed fixed married skilled gifted wicked rugged sacred naked crowded
""")
_BEFORE_VERB: Final = wordset("to did didn't not will would could can should must may might do does")
_FINITE: Final = wordset("is are was were has have had will must cannot can't isn't wasn't aren't")
_OPENING_CLAUSES: Final = wordset("that which whether if who whom whose where")
_GOVERNING: Final = wordset("of about on into against that over from by")
_LINKS: Final = wordset("of from to at in")
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
        mild = frozenset(own.groups["mild"])
        self._faults = Phrases((one for one in ill.groups["fault"] if one not in mild), inflected=False)
        self._reproach = (
            Phrases(own.groups["verdict"], inflected=False),
            Phrases((one for one in (*ill.groups["state"], *ill.groups["manner"]) if one not in mild), inflected=False),
        )
        self._crimes = (
            Phrases(accusing.words, unless=accusing.unless),
            Phrases(
                (*groups["noun"], *groups["trait"], *groups["person"], *groups["adjective"], *groups["adverb"]),
                inflected=False,
                unless=accusing.unless,
            ),
        )
        self._criminal = Phrases(groups["verb"], unless=accusing.unless)
        self._deeds = Phrases(one for one in (*ill.groups["deed"], *ill.groups["form"]) if one not in mild)
        self._with_object = tuple(
            (Phrases(one for one in ill.groups[verbs] if one not in mild), frozenset(ill.groups[objects]))
            for verbs, objects in (("deed-to-people", "people"), ("deed-to-records", "records"))
        )
        self._patterns = Patterns((*ill.groups["pattern"], *own.groups["pattern"]))
        self._shadows = Patterns(ill.groups["shadow"])
        self._harmless = Patterns(ill.groups["unless_pattern"])
        self._topics = frozenset(groups["topic"])
        self._saying = frozenset(own.groups["saying"])
        self._telling = frozenset(own.groups["telling"])
        self._past = frozenset(own.groups["past"])
        self._present = frozenset(own.groups["present"])
        self._object = frozenset(own.groups["object"])
        self._bad = frozenset(ill.groups["bad"]) - mild
        self._deed_forms = frozenset(form for verb in ill.groups["deed"] for form in forms(verb))

    def is_attributed(self, reading: Reading) -> bool:
        """Tell whether a text says that somebody says so, or is about what somebody says."""
        tokens = reading.tokens
        return any(
            (token.word in self._saying and not _is_signal(tokens, index))
            or (token.word in self._telling and index + 1 < len(tokens) and tokens[index + 1].word in _GOVERNING)
            for index, token in enumerate(tokens)
        )

    def blame(self, reading: Reading, *, crimes_only: bool = False, closely: bool = False) -> Iterator[Said]:
        """Yield the words that accuse or reproach, whoever is meant.

        Args:
            reading: the text.
            crimes_only: whether words that only reproach are passed over.
            closely: whether words for something bad count as well.
        """
        tokens = reading.tokens
        excused = [*self._harmless.find(tokens)]
        for first, last in sorted(self._blaming(tokens, crimes_only=crimes_only, closely=closely)):
            if any(begin <= last and first <= end for begin, end in excused) or tokens[first].word in self._saying:
                continue
            if self._is_negated(tokens, first) or self._is_topic(tokens, last) or _is_name(tokens, first, last):
                continue
            yield Said(tokens[first].start, tokens[last].end)

    def _blaming(self, tokens: Sequence[Token], *, crimes_only: bool, closely: bool) -> Iterator[tuple[int, int]]:
        kinds = self._crimes if crimes_only else (*self._crimes, *self._reproach)
        yield from ((one.first, one.last) for phrases in kinds for one in phrases.find(tokens))
        for phrases in (self._criminal,) if crimes_only else (self._criminal, self._deeds):
            yield from ((one.first, one.last) for one in phrases.find(tokens) if self._is_deed(tokens, one.first))
        if crimes_only:
            return
        yield from self._patterns.find(tokens)
        for phrases, objects in self._with_object:
            for one in phrases.find(tokens):
                behind = {token.word for token in tokens[one.last + 1 : one.last + 2 + _NEAR]}
                if behind & objects and self._is_deed(tokens, one.first):
                    yield one.first, one.last
        for one in self._faults.find(tokens):
            if self._has_owner(tokens, one.first, one.last):
                yield one.first, one.last
        if closely:
            yield from self._shadows.find(tokens)
            yield from ((index, index) for index, token in enumerate(tokens) if token.word in self._bad)

    def _is_deed(self, tokens: Sequence[Token], index: int) -> bool:
        """Tell whether a word is a verb here: "hid the leak", "how to cheat", but not "the attack on"."""
        word = tokens[index].word
        before = tokens[index - 1] if index else None
        behind = tokens[index + 1] if index + 1 < len(tokens) else None
        if word.endswith(("ed", "ing")) or word in self._past:
            return True
        if before is not None and before.word in _BEFORE_VERB:
            return True
        has_object = behind is not None and (
            behind.word in self._object or behind.part is TextPart.NAME or behind.is_proper
        )
        if before is None or before.word in _DETERMINERS | _OWN:
            return False
        if tokens[0].word in _WH and any(token.word in _BEFORE_VERB for token in tokens[1:index]):
            return True  # "why did the board ignore"
        if word.endswith("s") and not word.endswith("ss"):
            return has_object or (behind is not None and behind.word.endswith("s"))
        return has_object and (before.word.endswith("s") or before.part is TextPart.NAME or before.is_capital)

    def presumes(self, reading: Reading) -> Iterator[Said]:
        """Yield blame that an open question takes for granted: "Was it Bell's cowardice or his incompetence?"."""
        tokens = reading.tokens
        alternative = any(token.word == "or" for token in tokens)
        for said in self.blame(reading):
            index = next(place for place, token in enumerate(tokens) if token.start == said.start)
            before = [token.word for token in tokens[max(0, index - 2) : index]]
            is_definite = any(word in _DEFINITE or word.endswith("'s") for word in before) or any(
                token.text in {"'s", "’s"} for token in tokens[max(0, index - 2) : index]
            )
            is_noun = any(one.first <= index <= one.last for one in self._faults.find(tokens)) or any(
                one.first <= index <= one.last for phrases in self._crimes for one in phrases.find(tokens)
            )
            if is_noun and is_definite:
                yield said
        if alternative:
            yield from self._choice(tokens)
            motives = (
                one
                for one in self._faults.find(tokens)
                if {"of", "from"} & {tokens[one.first - 1].word, tokens[one.first - 2].word}
            )
            yield from (Said(one.start, one.end) for one in motives)

    def _choice(self, tokens: Sequence[Token]) -> Iterator[Said]:
        """Yield two faults to choose between: "Was it greed or mere stupidity?" knows that it was one of them."""
        faults = sorted(
            (*self._faults.find(tokens), *self._deeds.find(tokens), *self._reproach[0].find(tokens)),
            key=lambda one: one.first,
        )
        for first, second in pairwise(faults):
            between = [token.word for token in tokens[first.last + 1 : second.first]]
            if between[:1] == ["or"] and len(between) < _NEAR:
                yield Said(tokens[first.first].start, tokens[second.last].end)

    def asks_openly(self, reading: Reading) -> bool:
        """Tell whether a text asks whether something is so, or who is to blame."""
        words = [token.word for token in reading.tokens]
        if not words:
            return False
        blame = any(word in {"blame", "responsible", "fault", "liable"} for word in words)
        return (
            words[0] in _OPEN or (tuple(words[:2]) in _ASKING_BLAME and blame) or tuple(words[:2]) == ("whose", "fault")
        )

    def asks(self, reading: Reading) -> bool:
        """Tell whether a text is a question that takes something for granted: "why ...", "how long ..."."""
        return bool(reading.tokens) and reading.tokens[0].word in _WH

    def sentence(self, reading: Reading) -> Said | None:
        """Return the words by which a heading states what happened; None if it names a topic or asks."""
        tokens = reading.tokens
        if not tokens or tokens[0].word in _OPEN:
            return None
        asking = tokens[0].word in _WH
        if asking and tokens[0].word not in {"how", "why", "when"}:
            return None
        if asking and reading.text.rstrip().endswith("?"):
            return None
        start = 1 if asking else 0
        end = next((index for index, token in enumerate(tokens) if token.word in _OPENING_CLAUSES), len(tokens))
        verb = next((index for index in range(start + 1, end) if self._is_verb(tokens, index)), None)
        if verb is None:
            return None
        return Said(tokens[0].start, tokens[verb].end)

    def _is_verb(self, tokens: Sequence[Token], index: int) -> bool:
        """Tell whether a token is a finite verb behind its subject: shallow, and rather silent than wrong."""
        token, before = tokens[index], tokens[index - 1]
        if token.part is not TextPart.WORD or before.part is TextPart.MARK or before.word in _DETERMINERS | _NEGATIONS:
            return False
        if token.word in _FINITE and tokens[0].word not in _WH:
            return index + 1 < len(tokens)
        if before.word in _PASSIVE:
            return False
        behind = tokens[index + 1] if index + 1 < len(tokens) else None
        has_object = behind is not None and (
            behind.word in self._object or behind.part in {TextPart.NAME, TextPart.SLOT} or behind.is_proper
        )
        is_past = token.word in self._past or (token.word in self._deed_forms and token.word.endswith("ed"))
        if is_past:
            return behind is None or behind.word != "by"
        if token.word in self._present:
            return behind is not None and (has_object or behind.word.endswith("s") or before.word.endswith("'s"))
        return token.word.endswith("ed") and token.word not in _NOT_PAST and token.text.islower() and has_object

    def _has_owner(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Tell whether a fault is somebody's: "Bell's failure", "a failure of the board", not "engine failure"."""
        before = tokens[max(0, first - _NEAR) : first]
        if any(one.word in _OWN or one.word.endswith(("'s", "s'")) or one.text in {"'s", "’s"} for one in before):
            return True
        behind = tokens[last + 1 : last + 3]
        if len(behind) > 1 and behind[0].word == "of" and tokens[first - 1].word == "the" and first:
            return True
        return (
            len(behind) > 1
            and behind[0].word in {"of", "by", "at", "in"}
            and (behind[1].part is TextPart.NAME or behind[1].is_capital or behind[1].word in {"the", "a", "its"})
        )

    def _is_negated(self, tokens: Sequence[Token], index: int) -> bool:
        return any(tokens[place].word in _NEGATIONS for place in range(max(0, index - _NEAR), index))

    def _is_topic(self, tokens: Sequence[Token], index: int) -> bool:
        """Tell whether a noun only names a subject: "fraud prevention", "the bribery trial"."""
        return index + 1 < len(tokens) and tokens[index + 1].word.removesuffix("'s") in self._topics


def _is_signal(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether "call" or "report" is a thing here that says nothing of who says so: "the distress call of"."""
    behind = tokens[index + 1 : index + 2]
    return tokens[index].word in {"call", "calls"} and (not behind or behind[0].word in _LINKS)


def _is_name(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Tell whether words belong to a name: "The Guilty Pleasures café". In a title that is all capitals, none does."""
    words = [token for token in tokens if token.part is TextPart.WORD and len(token.word) > _NEAR]
    return (tokens[first].is_proper or tokens[last].is_proper) and not all(token.is_capital for token in words)
