"""Finds the second clause of an English clause: what an attribution must be said to cover, too.

    the bridge was open, and its cables were rusty    a clause of its own: "that" is repeated before it
    the bridge had a guard once, and has none         the same subject: the comma goes
    the bridge was shut, so a lorry had to swim       no "that" fits: editors are asked for two statements
    the bridge was shut, because it was old           belongs to the first: nothing may stand behind it
    Works sold copper, tin, and zinc                  no clause

There is no parser here, only lists of words: what follows a comma is a clause if a finite verb with a subject is in it.
Where the words do not tell ("and the boat damaged in the storm"), it is left as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from nutgraf.wording import verbs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Span = tuple[int, int]


class Conjunction(StrEnum):
    """How a second clause hangs on the first."""

    REPEAT = "repeat"
    """A clause with its own subject behind "and", "but", "or", "yet": "that" can be repeated."""
    SHARED = "shared"
    """A second verb of the same subject, behind a comma that parts it from the first."""
    LOOSE = "loose"
    """A clause before which no "that" can stand."""
    BOUND = "bound"
    """A clause that belongs to the first: "because ...". It needs nothing but that no attribution stands behind it."""


class Joint(NamedTuple):
    """Where a second clause begins.

    Attributes:
        start: of the mark in front of it: a comma, a dash.
        word: where its first word begins: the conjunction, if it has one.
        behind: where that word ends.
        link: how it hangs on the first.
    """

    start: int
    word: int
    behind: int
    link: Conjunction


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_COORDINATORS: Final = _set("and but or yet")
_CONTRASTS: Final = _set("while whilst whereas although though albeit")
_OPENING: Final = _set("what whatever whoever because if unless when whenever while whereas although though")
_BINDING: Final = _set("because since as after before until till unless if when once lest for")
_RELATIVES: Final = _set("which who whom whose where whereby whereupon")
_BEFORE_RELATIVE: Final = _set("in of for from on at by to with under over through during after before about among")
_ADVERBS: Final = _set(
    "also never still now then later only not even just soon already always often no longer once again"
)
_SUBJECTS: Final = _set(
    "he she it they we i you there nobody everybody somebody anybody everyone someone anyone none nothing everything "
    "something"
)
_DETERMINERS: Final = _set(
    "a an the its his her their our my your this these those that some any no every each all both"
)
_POINTERS: Final = _DETERMINERS | _set(
    "him them us me it himself herself itself themselves more most many few two three"
)
_PREPOSITIONS: Final = _set(
    "in on at by to from with of for into over under after before during through between against without within off "
    "near because about since until towards among across around along behind beyond inside outside upon"
)
_PARTICLES: Final = _set("down up out away back apart together again")
_SEVERAL: Final = _set("people men women children police staff")
_FUNCTION: Final = _DETERMINERS | _PREPOSITIONS | _COORDINATORS | _set("very more most less least as than")

_VERBATIM: Final = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|`[^`]*`|\[[^\]]*\]\([^)]*\)|\{[^{}]*\}|https?://\S+|&#?\w+;")
_TOKEN: Final = re.compile(
    r"\ue000+|[^\W_]+(?:['’\u2010\u2011.-][^\W_]+)*|[,;()?!.]|:(?=\s)|(?<=\s)[\u2013\u2014-](?=\s)|\u2014"
)
_MARKS: Final = re.compile(r"[,;(\u2013\u2014]|: | - |[.?!][\"”’)]* ")
_BLANK: Final = "\ue000"


class _Token(NamedTuple):
    start: int
    end: int
    text: str
    word: str
    """In lower case; empty for marks and for what is not read: names, quotations, figures."""

    @property
    def is_name(self) -> bool:
        return self.text[:1] == _BLANK or (not self.word and self.text[:1].isalnum())


@dataclass(frozen=True, slots=True)
class _Predicate:
    """A finite verb: where it stands, and how many tokens of a subject are before it."""

    index: int
    subject: int


def joints(text: str, names: Sequence[Span] = ()) -> tuple[Joint, ...]:
    """Return where the further clauses of a clause begin.

    Args:
        text: a main clause, as inline Markdown.
        names: where names stand in it; what is in them is not read.
    """
    return _joints(text, tuple(names)) if may_have_more(text) else ()


def may_have_more(text: str) -> bool:
    """Tell whether a clause has marks behind which there may be another; most have none."""
    return _MARKS.search(text) is not None


@lru_cache(maxsize=4096)
def _joints(text: str, names: tuple[Span, ...]) -> tuple[Joint, ...]:
    tokens = _tokens(text, names)
    return tuple(_found(tokens))


def governed(text: str, found: Sequence[Joint], that: str) -> str:
    """Return a clause that stands behind "that", so that its further clauses do as well.

    Args:
        text: the clause.
        found: its joints.
        that: the word.
    """
    parts: list[str] = []
    done = 0
    for joint in found:
        if joint.link is Conjunction.SHARED:
            parts.append(text[done : joint.start])
            done = joint.start + 1
        elif joint.link is Conjunction.REPEAT:
            # "That A and that B" needs no comma, "that A, but that B" does; so does an A with commas of its own.
            plain = text[joint.word : joint.behind] == "and" and "," not in text[done : joint.start]
            parts += [
                text[done : joint.start],
                "" if plain else text[joint.start],
                text[joint.start + 1 : joint.behind],
            ]
            parts.append(f" {that}")
            done = joint.behind
    return "".join([*parts, text[done:]])


def _tokens(text: str, names: tuple[Span, ...]) -> tuple[_Token, ...]:
    masked = text
    for start, end in (*names, *(found.span() for found in _VERBATIM.finditer(text))):
        masked = masked[:start] + _BLANK * (end - start) + masked[end:]
    return tuple(
        _Token(*found.span(), found[0], found[0].lower().replace("’", "'") if found[0][0].isalpha() else "")
        for found in _TOKEN.finditer(masked)
        # A full stop inside of a text ends a sentence only before another one.
        if found[0] not in {".", "?", "!"} or _ends_sentence(masked, *found.span())
    )


def _ends_sentence(text: str, start: int, end: int) -> bool:
    before = re.search(r"(\w+)$", text[:start])
    behind = re.match(r"[\"”’)*_]*\s+[*_“\"]*([A-Z]\w*|\ue000)", text[end:])
    if before is None or behind is None:
        return False
    # "Corp. Bell" and "p. 5" are no ends, "in May. Its" is one.
    is_word = len(before[1]) > 2 and before[1].islower()  # noqa: PLR2004 - "p." and "no." are short
    return is_word or text[start] != "." or behind[1].lower() in _SUBJECTS | _DETERMINERS


def _found(tokens: tuple[_Token, ...]) -> Iterator[Joint]:
    begun = 0
    for index, token in enumerate(tokens):
        if token.word or token.is_name or token.text == ")":
            continue
        before, behind = tokens[begun:index], tokens[index + 1 :]
        if not behind:
            return
        link = _link(token, before, behind, begins=begun == 0)
        if link is None:
            continue
        yield Joint(token.start, behind[0].start, behind[0].end, link)
        if link is not Conjunction.BOUND:
            begun = index + 1


def _link(  # noqa: PLR0911 - one return a kind of clause
    mark: _Token, before: Sequence[_Token], behind: Sequence[_Token], *, begins: bool
) -> Conjunction | None:
    """Return how what stands behind a mark hangs on what stands before it; None if it is no clause."""
    if mark.text != ",":
        # What stands in brackets, behind a dash or a colon, or in a sentence of its own is by nobody.
        inside = _until(behind, ")" if mark.text == "(" else mark.text)
        found = _predicate(inside, whole=True)
        return Conjunction.LOOSE if found is not None and found.subject else None
    is_list = any(token.text == "," for token in before)
    first = behind[0].word
    if begins and _predicate(before, whole=True, lenient=not is_list) is None:
        # A list of subjects, or an apposition: the first clause is not complete yet. But "and its cables are" has a
        # verb of its own, whatever the verb before it was.
        return Conjunction.REPEAT if not is_list and first in _COORDINATORS and _stands_alone(behind[1:]) else None
    if first in _COORDINATORS:
        # Neither "but" nor "yet" joins the things of a list.
        link = _coordinated(behind[1:], before, lenient=first in {"but", "yet"})
        # "It left the port, hit a rock, and sank": the comma is that of a list.
        return None if link is Conjunction.SHARED and is_list else link
    if first in {"so", "nor"}:
        return _consequence(behind)
    if first in _CONTRASTS or (first == "even" and behind[1:2] and behind[1].word in {"though", "if"}):
        found_verb = _predicate(behind[1:])
        return Conjunction.LOOSE if found_verb is not None and found_verb.subject else None
    if first in _BINDING:
        return Conjunction.BOUND if _predicate(behind[1:]) else None
    if _is_relative(behind):
        return Conjunction.LOOSE
    opening = {token.word for token in before[:2]}
    is_spliced = first in verbs.PRONOUNS and not opening & (_BINDING | _CONTRASTS) and _spliced(behind)
    return Conjunction.LOOSE if is_spliced else None


def _stands_alone(tokens: Sequence[_Token]) -> bool:
    """Tell whether words are a clause beyond doubt: a short subject and a form of "be", "have" or "will"."""
    found = _predicate(tokens)
    if found is None or not found.subject or tokens[found.index].word not in verbs.AUXILIARIES:
        return False
    return tokens[0].word in _DETERMINERS | _SUBJECTS | {"such"} and all(
        one.text != "," for one in tokens[: found.index]
    )


def _until(tokens: Sequence[_Token], mark: str) -> Sequence[_Token]:
    ends = (index for index, token in enumerate(tokens) if token.text == mark)
    return tokens[: next(ends, len(tokens))]


def _coordinated(behind: Sequence[_Token], before: Sequence[_Token], *, lenient: bool) -> Conjunction | None:
    if not behind or behind[0].word in {"that", "whether", "how", "why", "what", "to", "not", "by"}:
        return None  # It goes on with what stood before: "said that A, and that B", "and not the helmsman".
    first = behind[0].word
    if first in _RELATIVES:
        # "Asked who paid, and who knew": a second question.
        return None if any(token.word in _RELATIVES | {"how", "why", "what"} for token in before) else Conjunction.LOOSE
    # "And the volume shrinks by a tenth": an article makes a subject likely.
    found = _predicate(behind, lenient=lenient or first in {"the", "its", "his", "her", "their"})
    if found is None:
        return None
    # "The firm was fined, and the chairman jailed": it may lean on the verb of the first clause.
    if first in {"so", "nor", "neither"} or (_is_passive(before) and _may_lean(behind, found.index)):
        return Conjunction.LOOSE
    return Conjunction.REPEAT if found.subject else Conjunction.SHARED


def _ends(tokens: Sequence[_Token], index: int) -> bool:
    return index + 1 >= len(tokens) or tokens[index + 1].text == ","


def _may_lean(tokens: Sequence[_Token], index: int) -> bool:
    word = tokens[index].word
    is_bare = word[-2:] == "ed" and word not in verbs.INTRANSITIVE and _ends(tokens, index)
    return is_bare and not _is_pronoun(tokens, index)


def _is_passive(tokens: Sequence[_Token]) -> bool:
    return any(token.word in {"is", "are", "was", "were", "been"} for token in tokens)


def _consequence(behind: Sequence[_Token]) -> Conjunction | None:
    second = behind[1].word if len(behind) > 1 else ""
    if behind[0].word == "nor":
        return Conjunction.LOOSE if second in verbs.AUXILIARIES else None
    if second in {"far", "as", "called", "long", "much", "many"}:
        return None
    if second == "that":
        return Conjunction.BOUND
    return Conjunction.LOOSE if _predicate(behind[1:]) else None


def _is_relative(behind: Sequence[_Token]) -> bool:
    """Tell whether a relative clause follows that the main clause does not go on behind."""
    words = [token.word for token in behind[:4]]
    at = next((place for place, word in enumerate(words) if word in _RELATIVES), None)
    if at is None or (at and words[at - 1] not in _BEFORE_RELATIVE):
        return False
    # "The ship, which was old, sank": closed by a comma and followed by a verb, it is inside of the clause.
    ends = next((place for place, token in enumerate(behind) if token.text == ","), None)
    return ends is None or _predicate(behind[ends + 1 :]) is None or behind[ends + 1].word in _COORDINATORS


def _spliced(behind: Sequence[_Token]) -> bool:
    """Tell whether a pronoun and its verb follow a comma without any conjunction."""
    found = _predicate(_until(behind, ","))
    return found is not None and found.subject > 0


def _predicate(tokens: Sequence[_Token], *, whole: bool = False, lenient: bool = False) -> _Predicate | None:
    """Return the first finite verb of what may be a clause.

    Args:
        tokens: from where it may begin.
        whole: whether it goes on past conjunctions, as what stands in brackets does.
        lenient: whether a clause is likely, so that words count that may be nouns or participles as well.
    """
    relatives = 0
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.text in {";", "(", ".", "?", "!"} or (token.text == ":" and not whole):
            return None
        if token.text == ",":
            following = tokens[index + 1].word if index + 1 < len(tokens) else ""
            if following in _COORDINATORS and not whole:
                return None
            if following in _RELATIVES:
                # An inserted clause: its verb is not the one.
                index = next((n for n in range(index + 1, len(tokens)) if tokens[n].text == ","), len(tokens)) + 1
                continue
        if _subordinates(tokens, index) or (token.word == "that" and index and not _is_finite(tokens, index - 1)):
            relatives += 1
        elif token.word and (_is_finite(tokens, index) or (lenient and _may_be_finite(tokens, index))):
            if not relatives:
                return _Predicate(index, _subject(tokens[:index]))
            relatives -= 1
        index += 1
    return None


def _subordinates(tokens: Sequence[_Token], index: int) -> bool:
    """Tell whether a word opens a clause within a clause, whose verb is not the one: "who", "what", "if", "as it"."""
    word = tokens[index].word
    if word in _RELATIVES | _OPENING:
        return True
    following = tokens[index + 1].word if index + 1 < len(tokens) else ""
    return word in _BINDING | {"than"} and following in verbs.PRONOUNS


def _subject(before: Sequence[_Token]) -> int:
    """Return how many words before a verb are more than adverbs."""
    return sum(1 for one in before if one.is_name or (one.word and one.word not in _ADVERBS and one.word[-2:] != "ly"))


def _is_finite(tokens: Sequence[_Token], index: int) -> bool:  # noqa: C901, PLR0911 - one line a kind of verb
    """Tell whether a word is a finite verb, by itself and its neighbours."""
    word = tokens[index].word
    if not word or tokens[index].text[:1].isupper():
        return False
    previous = tokens[index - 1] if index else None
    before = previous.word if previous else ""
    if before in {"to", "not"} and word not in verbs.PAST:
        return False
    if word in verbs.AUXILIARIES:
        return before != "to"
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    after = following.word if following else ""
    ends = _ends(tokens, index)
    if before in verbs.AUXILIARIES or (before in _DETERMINERS and before not in {"this", "that", "all", "both"}):
        return False
    if word in verbs.PAST:
        return True
    if index and _is_pronoun(tokens, index):
        return word not in _FUNCTION | _ADVERBS and word[-2:] != "ly"
    points = (
        after in _POINTERS | _SUBJECTS
        or (following is not None and following.is_name)
        or after in {"that", "to", "not"}
    )
    if word in verbs.PARTICIPLES or (word.endswith("ed") and word not in verbs.NO_VERBS):
        if before in _FUNCTION or after == "by":
            return False
        if word in verbs.INTRANSITIVE:
            return True
        return points or (bool(index) and (ends or after[-2:] == "ly" or after in _PARTICLES))
    if previous is None or before in _FUNCTION:
        return word in verbs.PRESENT and points and not index
    if word in verbs.PRESENT and (word not in verbs.NOUNS or points):
        return True
    if word[-1:] == "s" and word[-2:] != "ss" and after in _DETERMINERS:
        return True
    is_several = (before[-1:] == "s" and before[-2:] not in {"ss", "us", "is"}) or before in _SEVERAL
    return word in verbs.BASE and (is_several or (previous.is_name and points))


def _may_be_finite(tokens: Sequence[_Token], index: int) -> bool:
    """Tell whether a word may be a finite verb: one behind a noun that looks like one."""
    word, before = tokens[index].word, tokens[index - 1] if index else None
    if before is None or before.word in _FUNCTION | verbs.AUXILIARIES or not (before.word or before.is_name):
        return False
    if word in verbs.PRESENT | verbs.PARTICIPLES or (word[-2:] == "ed" and word not in verbs.NO_VERBS):
        return True
    after = tokens[index + 1].word if index + 1 < len(tokens) else ""
    is_third_person = word[-1:] == "s" and word[-2:] not in {"ss", "us", "is"} and before.word[-1:] != "s"
    return is_third_person and after in _PREPOSITIONS - {"of"} | _PARTICLES


def _is_pronoun(tokens: Sequence[_Token], index: int) -> bool:
    """Tell whether the subject right before a word, but for adverbs, is a pronoun."""
    place = index - 1
    while place > 0 and (tokens[place].word in _ADVERBS or tokens[place].word[-2:] == "ly"):
        place -= 1
    return tokens[place].word in verbs.PRONOUNS | _SUBJECTS and (
        place == 0 or tokens[place - 1].word not in _PREPOSITIONS
    )
