"""What rules need to know about running text: its words, with names, quotations and figures told apart.

Rules look at words, and most false alarms come from words that are not the newsroom's own: those in quotations, in
names ("Serious Fraud Office") and in the addresses of links. `read` takes these out once for all rules:

    clause = read("the *Post* says that Bell `lied` in {year}", graph)
    clause.masked    # the same length, with U+E000 where a name, quotation, slot, code or link target stood
    clause.tokens    # words, names, quotations, slots and marks in order, with their places in the text

`clauses` goes through all clauses that statements and summaries are printed from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from nutgraf.glossary import Mention, MentionKind, finder_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nutgraf.graph import Graph, Resolved
    from nutgraf.model.record import Loc

BLANK: Final = "\ue000"
"""What masked text has in place of what is hidden: neither a letter nor a space, so that no phrase reaches across."""

_QUOTATION: Final = re.compile(
    '“[^”]*”|„[^“”]*[“”]|"[^"]*"|«[^»]*»'
    # Single quotation marks are apostrophes as well: these open behind no letter, and close before none.
    "|(?<!\\w)‘[^‘’]*(?:’\\w[^‘’]*)*’(?!\\w)|(?<!\\w)'(?=[^\\s\\d])[^']*(?:(?<=\\w)'\\w[^']*)*(?<=\\S)'(?!\\w)"
)
_CODE: Final = re.compile(r"`[^`]*`")
_SLOT: Final = re.compile(r"\{[^{}]*\}")
_ADDRESS: Final = re.compile(r"(?<=\])\([^()]*\)|<[a-z]+:[^<>]*>|https?://\S+")
_HIDDEN: Final = (_QUOTATION, _CODE, _SLOT, _ADDRESS)
_HIDING: Final = re.compile("[“„\"«‘'`{<\\[]|://")
"""What none of these can be without, so that most texts need not be searched for them."""
_NAMED_LINK: Final = re.compile(r"(?<=\[)[^\[\]]*(?=\]\(entity:([a-z0-9-]+)\))")
_TITLE: Final = re.compile(r"(?<![*\w])\*(?=[A-Z])[^*]+\*(?![*\w])|(?<![_\w])_(?=[A-Z])[^_]+_(?![_\w])")
_MARKUP: Final = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)|\\(?=[^\w\s])|\[|\](?:\([^()]*\))?")
_TOKEN: Final = re.compile(rf"{BLANK}+|(?<={BLANK})['’]s\b|[^\W_]+(?:['’\u2010\u2011-][^\W_]+)*|[^\w\s*\[\]\\{BLANK}]")
_SAME: Final = {ord("’"): "'", ord("\u2010"): "-", ord("\u2011"): "-"}


def wordset(words: str) -> frozenset[str]:
    """Return the words of a text, each once."""
    return frozenset(words.split())


class TextPart(StrEnum):
    """What a token is."""

    WORD = "word"
    NAME = "name"
    """The name of an entity."""
    SLOT = "slot"
    """A figure, written as `{name}`."""
    VERBATIM = "verbatim"
    """A quotation, a title in italics, code, or the target of a link."""
    MARK = "mark"
    """A punctuation mark or another sign."""


class Token(NamedTuple):
    """A part of a text: a tuple, because there are many.

    Attributes:
        start, end: where it stands in the text, in characters, `end` exclusive.
        text: as written.
        part: what it is.
        word: the word in lower case, with plain hyphens and apostrophes; empty for all that is no word.
        entity: whose name it is, if it is one.
    """

    start: int
    end: int
    text: str
    part: TextPart
    word: str = ""
    entity: str | None = None

    @property
    def is_capital(self) -> bool:
        """Tell whether it begins with a capital letter."""
        return self.text[:1].isupper()

    @property
    def is_proper(self) -> bool:
        """Tell whether its capital must be that of a name, because no sentence begins here."""
        return self.is_capital and self.start > 0


@dataclass(frozen=True)
class Reading:
    """A text as rules see it.

    Attributes:
        text: as typed.
        masked: the same with `BLANK`s for quotations, titles in italics, code, targets of links, slots and names of
            entities.
        mentions: the names and terms outside quotations, with their places in `text`.
    """

    text: str
    masked: str
    mentions: tuple[Mention, ...] = ()

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its words, names, slots, quotations and marks, in order."""
        entities = {one.start: one.id for one in self.mentions if one.kind is MentionKind.ENTITY}
        return tuple(self._token(*found.span(), entities) for found in _TOKEN.finditer(self.masked))

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words in lower case: what a rule looks at first, because most clauses have none of those it looks for."""
        return frozenset(token.word for token in self.tokens if token.word)

    def _token(self, start: int, end: int, entities: Mapping[int, str]) -> Token:
        text = self.text[start:end]
        if self.masked[start] != BLANK:
            if text[0].isalnum():
                folded = text.lower()
                return Token(start, end, text, TextPart.WORD, folded if folded.isalpha() else folded.translate(_SAME))
            return Token(start, end, text, TextPart.MARK)
        if start in entities:
            return Token(start, end, text, TextPart.NAME, entity=entities[start])
        return Token(start, end, text, TextPart.SLOT if _SLOT.fullmatch(text) else TextPart.VERBATIM)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that sentences are made from.

    Attributes:
        resolved: the statement, or the summary among the key points.
        field: `text` or `after_previous`.
        reading: what stands there.
    """

    resolved: Resolved
    field: str
    reading: Reading

    @property
    def place(self) -> tuple[str, Loc]:
        """The file, and the place in it, as a finding wants them."""
        return self.resolved.place.path, (*self.resolved.place.loc, self.field)


def clauses(graph: Graph) -> Iterable[Clause]:
    """Return all clauses of all statements and summaries, in the site's order."""
    return _clauses(graph)


@lru_cache(maxsize=4)
def _clauses(graph: Graph) -> tuple[Clause, ...]:
    return tuple(
        Clause(one, field, read(text, graph, one.story))
        for one in graph.statements.values()
        for field, text in (("text", one.statement.text), ("after_previous", one.statement.after_previous))
        if text
    )


def read(text: str, graph: Graph, story: str | None = None) -> Reading:
    """Read a text that is inline Markdown.

    Args:
        text: as loaded.
        graph: whose names are to be recognised.
        story: where the text stands; it chooses between the senses of a word.
    """
    masked = text
    if _HIDING.search(text):
        masked = blanked(text, (found.span() for pattern in _HIDDEN for found in pattern.finditer(text)))
    linked = [
        Mention(*found.span(), MentionKind.ENTITY, found[1])
        for found in (_NAMED_LINK.finditer(text) if "[" in text else ())
        if found[1] in graph.entities
    ]
    shown, places = plain(masked)
    found = [
        Mention(places[one.start], places[one.end - 1] + 1, one.kind, one.id, one.is_name)
        for one in finder_of(graph).find(shown, story)
    ]
    mentions = tuple(
        sorted(linked + [one for one in found if not any(a.start < one.end and one.start < a.end for a in linked)])
    )
    names = [(one.start, one.end) for one in mentions if one.kind is MentionKind.ENTITY]
    # What stands in italics and begins with a capital is the title of a work, unless it is a name that is known.
    titles = [
        span
        for span in (found.span() for found in (_TITLE.finditer(masked) if "*" in masked or "_" in masked else ()))
        if not any(start < span[1] and span[0] < end for start, end in names)
    ]
    return Reading(text, blanked(masked, [*names, *titles]), mentions)


def mask(text: str, graph: Graph, story: str | None = None) -> str:
    """Return `text`, in its length, with quotations, code, targets of links, slots and names of entities blanked."""
    return read(text, graph, story).masked


def plain(text: str) -> tuple[str, Sequence[int]]:
    """Return inline Markdown as readers see it, and where each of its characters stands in `text`."""
    if not _MARKUP.search(text):
        return text, range(len(text))
    places: list[int] = []
    done = 0
    for found in _MARKUP.finditer(text):
        places += range(done, found.start())
        done = found.end()
    places += range(done, len(text))
    return "".join(text[place] for place in places), places


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return `text`, in its length, with `BLANK`s in place of some stretches."""
    for start, end in spans:
        text = text[:start] + BLANK * (end - start) + text[end:]
    return text


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """A phrase that was found.

    Attributes:
        first, last: its first and last token's index.
        start, end: where it stands in the text.
        phrase: the entry of the list that it matches.
    """

    first: int
    last: int
    start: int
    end: int
    phrase: str


class Phrases:
    """A list of words and phrases to find, in all their inflections."""

    def __init__(self, entries: Iterable[str], *, inflected: bool = True, unless: Iterable[str] = ()) -> None:
        """Take the entries.

        Args:
            entries: words, and phrases with spaces between their words, in lower case.
            inflected: whether each word stands for its regular inflections, too ("cover up": "covered up").
            unless: phrases, word by word as written, in which an entry does not count.
        """
        self._entries = _by_beginning(tuple(entries), inflected=inflected)
        self._unless = Phrases(unless, inflected=False) if unless else None

    @property
    def beginnings(self) -> frozenset[str]:
        """The words, in all their forms, that its entries begin with: a text without any of them has none."""
        return frozenset(self._entries)

    def find(self, tokens: Sequence[Token]) -> Iterator[PhraseMatch]:
        """Yield what is found, from left to right; the longest phrase that begins at a word."""
        entries = self._entries
        # Most texts have none of them: that is seen at once.
        beginnings = [index for index, token in enumerate(tokens) if token.word in entries]
        excused = [*self._unless.find(tokens)] if beginnings and self._unless else []
        for index in beginnings:
            for shapes, entry in entries[tokens[index].word]:
                last = index + len(shapes) - 1
                following = tokens[index : last + 1]
                if len(following) == len(shapes) and all(
                    one.word in shape for one, shape in zip(following, shapes, strict=True)
                ):
                    if not any(one.first <= index and last <= one.last for one in excused):
                        yield PhraseMatch(index, last, tokens[index].start, tokens[last].end, entry)
                    break


@lru_cache(maxsize=256)
def _by_beginning(
    entries: tuple[str, ...], *, inflected: bool
) -> Mapping[str, Sequence[tuple[tuple[frozenset[str], ...], str]]]:
    """Return the shapes of the words of each entry, and the entry, by the forms of its first word; long ones first."""
    found: dict[str, list[tuple[tuple[frozenset[str], ...], str]]] = {}
    for entry in entries:
        shapes = tuple(forms(word) if inflected else frozenset({word}) for word in entry.split())
        for form in shapes[0]:
            found.setdefault(form, []).append((shapes, entry))
    for known in found.values():
        known.sort(key=lambda one: -len(one[0]))
    return found


_VOWELS: Final = "aeiou"
_IRREGULAR: Final[Mapping[str, tuple[str, ...]]] = {
    "arise": ("arose", "arisen"),
    "be": ("am", "is", "are", "was", "were", "been", "being"),
    "bear": ("bore", "borne"),
    "beat": ("beaten",),
    "become": ("became",),
    "begin": ("began", "begun"),
    "bend": ("bent",),
    "bind": ("bound",),
    "bite": ("bit", "bitten"),
    "bleed": ("bled",),
    "blow": ("blew", "blown"),
    "break": ("broke", "broken"),
    "breed": ("bred",),
    "bring": ("brought",),
    "build": ("built",),
    "bully": ("bullied",),
    "burn": ("burnt",),
    "buy": ("bought",),
    "catch": ("caught",),
    "choose": ("chose", "chosen"),
    "cling": ("clung",),
    "come": ("came",),
    "creep": ("crept",),
    "cut": ("cutting",),
    "deal": ("dealt",),
    "dig": ("dug",),
    "do": ("does", "did", "done", "doing"),
    "drag": ("dragged",),
    "draw": ("drew", "drawn"),
    "dream": ("dreamt",),
    "drink": ("drank", "drunk"),
    "drive": ("drove", "driven"),
    "eat": ("ate", "eaten"),
    "fall": ("fell", "fallen"),
    "feed": ("fed",),
    "feel": ("felt",),
    "fight": ("fought",),
    "find": ("found",),
    "flee": ("fled",),
    "fling": ("flung",),
    "fly": ("flew", "flown"),
    "forbid": ("forbade", "forbidden"),
    "forget": ("forgot", "forgotten"),
    "forgive": ("forgave", "forgiven"),
    "forsake": ("forsook", "forsaken"),
    "freeze": ("froze", "frozen"),
    "get": ("got", "getting"),
    "give": ("gave", "given"),
    "go": ("goes", "went", "gone", "going"),
    "grind": ("ground",),
    "grow": ("grew", "grown"),
    "hang": ("hung",),
    "have": ("has", "had", "having"),
    "hear": ("heard",),
    "hide": ("hid", "hidden"),
    "hit": ("hitting",),
    "hold": ("held",),
    "keep": ("kept",),
    "kneel": ("knelt",),
    "know": ("knew", "known"),
    "lay": ("laid",),
    "lead": ("led",),
    "lean": ("leant",),
    "leap": ("leapt",),
    "learn": ("learnt",),
    "leave": ("left",),
    "lend": ("lent",),
    "let": ("letting",),
    "lie": ("lying",),
    "light": ("lit",),
    "lose": ("lost",),
    "make": ("made",),
    "mean": ("meant",),
    "meet": ("met",),
    "mislead": ("misled",),
    "mistake": ("mistook", "mistaken"),
    "override": ("overrode", "overridden"),
    "overrun": ("overran",),
    "oversleep": ("overslept",),
    "overspend": ("overspent",),
    "overtake": ("overtook", "overtaken"),
    "pay": ("paid",),
    "put": ("putting",),
    "quit": ("quitting",),
    "rig": ("rigged", "rigging"),
    "ring": ("rang", "rung"),
    "rise": ("rose", "risen"),
    "run": ("ran", "running"),
    "say": ("said",),
    "see": ("saw", "seen"),
    "seek": ("sought",),
    "sell": ("sold",),
    "send": ("sent",),
    "set": ("setting",),
    "sew": ("sewn",),
    "shake": ("shook", "shaken"),
    "shoot": ("shot",),
    "show": ("shown",),
    "shrink": ("shrank", "shrunk"),
    "shut": ("shutting",),
    "sing": ("sang", "sung"),
    "sink": ("sank", "sunk"),
    "sit": ("sat", "sitting"),
    "slay": ("slew", "slain"),
    "sleep": ("slept",),
    "slide": ("slid",),
    "sling": ("slung",),
    "smell": ("smelt",),
    "sow": ("sown",),
    "speak": ("spoke", "spoken"),
    "speed": ("sped",),
    "spell": ("spelt",),
    "spend": ("spent",),
    "spill": ("spilt",),
    "spin": ("spun",),
    "spit": ("spat",),
    "split": ("splitting",),
    "spoil": ("spoilt",),
    "spring": ("sprang", "sprung"),
    "stand": ("stood",),
    "steal": ("stole", "stolen"),
    "stick": ("stuck",),
    "sting": ("stung",),
    "stink": ("stank",),
    "strike": ("struck",),
    "strip": ("stripped", "stripping"),
    "strive": ("strove",),
    "swear": ("swore", "sworn"),
    "sweep": ("swept",),
    "swell": ("swollen",),
    "swing": ("swung",),
    "take": ("took", "taken"),
    "teach": ("taught",),
    "tear": ("tore", "torn"),
    "tell": ("told",),
    "think": ("thought",),
    "throw": ("threw", "thrown"),
    "tread": ("trod", "trodden"),
    "undergo": ("underwent",),
    "understand": ("understood",),
    "undertake": ("undertook",),
    "undo": ("undid", "undone"),
    "uphold": ("upheld",),
    "wake": ("woke", "woken"),
    "wear": ("wore", "worn"),
    "weave": ("wove", "woven"),
    "weep": ("wept",),
    "win": ("won", "winning"),
    "wind": ("wound",),
    "withdraw": ("withdrew", "withdrawn"),
    "withhold": ("withheld",),
    "wring": ("wrung",),
    "write": ("wrote", "written"),
}

PAST_FORMS: Final = frozenset(form for shapes in _IRREGULAR.values() for form in shapes if not form.endswith("ing"))
"""Past forms and participles of irregular verbs."""


@lru_cache(maxsize=4096)
def forms(word: str) -> frozenset[str]:
    """Return an English word with its regular inflections, and the irregular ones that rules need.

    It makes more than there are ("frauded"): a form that nobody writes does no harm in a search.
    """
    made = {word, *_IRREGULAR.get(word, ())}
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        made |= {f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"}
    elif word.endswith("e"):
        made |= {f"{word}s", f"{word}d", f"{word[:-1]}ing"}
    else:
        made |= {f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s", f"{word}ed", f"{word}ing"}
        if len(word) > 2 and word[-1] not in "aeiouwxy" and word[-2] in _VOWELS and word[-3] not in _VOWELS:  # noqa: PLR2004 - consonant, vowel, consonant
            made |= {f"{word}{word[-1]}ed", f"{word}{word[-1]}ing"}
    return frozenset(made)
