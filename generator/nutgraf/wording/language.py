"""A language's wording: the file `templates/wording/<locale>.yml`, read and checked.

A site's own file of the same name is laid over the bundled one, entry by entry, so that a newsroom changes only what it
wants to have otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Final

from babel.core import Locale, UnknownLocaleError
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from nutgraf.diagnostics import Diagnostic, Span, did_you_mean
from nutgraf.loading.nodes import Mapping as MappingNode
from nutgraf.loading.nodes import Node, plain
from nutgraf.loading.validation_errors import complaint
from nutgraf.loading.yaml import parse
from nutgraf.model import Certainty, Manner, Pronoun, Verb, WhyUnknown
from nutgraf.model.record import Prose, Record
from nutgraf.wording.patterns import Pattern, PatternError, read

if TYPE_CHECKING:
    from collections.abc import Sequence


def _pattern(value: object) -> Pattern:
    if isinstance(value, Pattern):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("text_type", "expected a pattern in quotes")
    try:
        return read(value)
    except PatternError as error:
        raise PydanticCustomError("pattern", "{message}", {"message": str(error)}) from error


_ATTRIBUTION: Final = frozenset({"by", "carrier", "publication"})
_FRAME_SLOTS: Final = frozenset(
    {"by", "both", "carrier", "publication", "verb", "denies", "manner", "said", "where", "date", "text", "text_2"}
)


def _frame(pattern: Pattern) -> Pattern:
    unknown = sorted(pattern.slots - _FRAME_SLOTS)
    if unknown:
        raise PydanticCustomError(
            "frame",
            "a frame has no slot `{slot}`",
            {"slot": f"{{{unknown[0]}}}", "help": did_you_mean(unknown[0], sorted(_FRAME_SLOTS))},
        )
    if "text" not in pattern.required_slots:
        raise PydanticCustomError("frame", "a frame needs the slot `{text}`, outside of `[ ]`")
    return pattern


def _attributed(pattern: Pattern) -> Pattern:
    if not pattern.required_slots & _ATTRIBUTION:
        raise PydanticCustomError(
            "frame",
            "a frame below `established` names `{by}`, `{carrier}` or `{publication}`, outside of `[ ]`",
            {"help": "Without it, a reported fact would turn into a flat one."},
        )
    return pattern


AnyPattern = Annotated[Pattern, BeforeValidator(_pattern)]
_Frame = Annotated[Pattern, BeforeValidator(_pattern), AfterValidator(_frame)]
_AttributedFrame = Annotated[Pattern, BeforeValidator(_pattern), AfterValidator(_frame), AfterValidator(_attributed)]
Frames = Annotated[tuple[_AttributedFrame, ...], Field(min_length=1)]


def _yaml_name(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


class _WordingSection(Record):
    """A part of a wording file: its fields have hyphens in YAML."""

    model_config = ConfigDict(alias_generator=_yaml_name, arbitrary_types_allowed=True, populate_by_name=True)


class FrameSet(_WordingSection):
    """The frames of statements.

    A sentence that stands alone takes the first of its kind that has all it needs and drops nothing; where the clause
    has a second one in it, the first of those behind which nothing stands.
    """

    established: Annotated[tuple[_Frame, ...], Field(min_length=1)]
    reported: Frames
    reported_by_several: Frames
    reported_second_hand: Frames
    reported_anonymous: Frames
    reported_anonymous_second_hand: Frames
    reported_unnamed: Frames
    claimed: Frames
    claimed_unnamed: Frames
    asked: Frames
    asked_unnamed: Frames
    denied: Frames
    denied_found: Frames
    denied_unnamed: Frames
    inferred: Frames
    inferred_unnamed: Frames
    found: Frames
    found_unnamed: Frames
    speculated: Frames
    speculated_by_party: Frames
    speculated_unnamed: Frames
    summed_up: Frames

    def standalone(self, frame: str) -> tuple[Pattern, ...]:
        """Return the frames of a sentence that stands alone, the usual one first.

        Args:
            frame: its name as in the file: `reported-unnamed`.
        """
        patterns: tuple[Pattern, ...] = getattr(self, frame.replace("-", "_"))
        return patterns


class Running(_WordingSection):
    """Frames of running text, where a standalone one would be stiff."""

    first: tuple[_AttributedFrame, ...] = ()
    again: tuple[_AttributedFrame, ...] = ()
    joined: tuple[_AttributedFrame, ...] = ()


def _known_frames(value: dict[str, Running]) -> dict[str, Running]:
    known = [name.replace("_", "-") for name in FrameSet.model_fields]
    for name in value:
        if name not in known:
            advice = {"name": name, "help": did_you_mean(name, known)}
            raise PydanticCustomError("frame", "there is no frame `{name}`", advice)
    return value


class Followed(_WordingSection):
    """Sentences that must stand behind a statement."""

    refuted: AnyPattern
    changed: AnyPattern
    corrected: AnyPattern
    withdrawn: AnyPattern
    retracted: AnyPattern
    declined: AnyPattern
    no_reply: AnyPattern
    not_asked: AnyPattern


class Asserters(_WordingSection):
    """How asserters are put into words."""

    through: AnyPattern
    for_: AnyPattern
    at: AnyPattern
    for_named: AnyPattern | None = None
    at_named: AnyPattern | None = None
    counted: AnyPattern
    nobody: Prose
    unnamed: Prose
    intro: AnyPattern
    both: Prose


class Documents(_WordingSection):
    """How posts and papers are put into words, and where they stand."""

    post: Prose
    paper: Prose
    platform: AnyPattern
    publisher: AnyPattern
    dated: AnyPattern
    manners: frozenset[Manner]


class ByPrecision(_WordingSection):
    """Patterns that depend on how precise a date is."""

    year: AnyPattern
    month: AnyPattern
    day: AnyPattern
    minute: AnyPattern


class DateWords(_WordingSection):
    """How dates are put into words."""

    year: Prose
    month: Prose
    day: Prose
    early_year: Prose
    """A year before 100, with its era."""
    month_alone: Prose
    day_alone: Prose
    day_and_month: Prose
    clock: Prose
    minute: AnyPattern
    utc: Prose
    in_: ByPrecision
    around: AnyPattern
    possibly: AnyPattern
    interval: AnyPattern
    range: AnyPattern
    either: AnyPattern
    """A range of two neighbours; its preposition is that of the precision."""
    before: ByPrecision
    after: ByPrecision
    told: AnyPattern
    """A source's own words for a date that don't say the year."""
    told_weekday: AnyPattern
    """The same with a weekday in them."""
    label_around: AnyPattern
    label_possibly: AnyPattern
    label_interval: AnyPattern
    label_before: AnyPattern
    label_after: AnyPattern
    unknown: Prose


def _whole(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value


class Plural(StrEnum):
    """How units form their plural."""

    ENGLISH = "english"
    NONE = "none"


class QuantityWords(_WordingSection):
    """How quantities are put into words."""

    plural: Plural

    approximate: AnyPattern
    at_least: AnyPattern
    at_most: AnyPattern
    between: AnyPattern
    range: AnyPattern
    per: AnyPattern
    also: AnyPattern
    converted: AnyPattern
    multiple: AnyPattern
    once: Prose
    money: AnyPattern
    words: tuple[Prose, ...]
    large: tuple[tuple[Prose, Annotated[int, BeforeValidator(_whole)]], ...]
    close: frozenset[str]
    unchanging: frozenset[str]
    plurals: dict[str, Prose]
    meeting: dict[str, Prose] = Field(default_factory=dict)


def _all_of(enum: type) -> AfterValidator:
    def check(value: dict[Any, Any]) -> dict[Any, Any]:
        for member in enum:  # type: ignore[attr-defined]  # an enum
            if member not in value:
                raise PydanticCustomError("incomplete", "there is no entry `{name}`", {"name": str(member)})
        return value

    return AfterValidator(check)


class Clauses(_WordingSection):
    """What the compiler must know of the grammar of clauses."""

    possessive: tuple[str, ...]
    and_: str
    one: tuple[str, ...]
    behind: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    linking: tuple[Prose, ...]
    that: Prose | None = None
    turning: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()


def _locale(value: str) -> str:
    try:
        Locale.parse(value, sep="-")
    except (ValueError, UnknownLocaleError) as error:
        raise PydanticCustomError("incomplete", "`{name}` is no locale of Unicode CLDR", {"name": value}) from error
    return value.replace("-", "_")


class Language(_WordingSection):
    """All of a wording file."""

    babel: Annotated[Prose, AfterValidator(_locale)]
    lists: Annotated[Prose, AfterValidator(_locale)]
    clauses: Clauses
    frames: FrameSet
    running: Annotated[dict[str, Running], AfterValidator(_known_frames)]
    followed: Followed
    unknown: Annotated[dict[WhyUnknown, AnyPattern], _all_of(WhyUnknown)]
    asserters: Asserters
    documents: Documents | None = None
    verbs: Annotated[dict[str, tuple[Prose, Prose, Prose]], _all_of(Verb)]
    pronouns: dict[Pronoun, tuple[Prose, Prose]]
    manners: Annotated[dict[Manner, Prose], _all_of(Manner)]
    certainties: Annotated[dict[Certainty, tuple[Prose, Prose]], _all_of(Certainty)]
    certainties_unnamed: dict[Certainty, Prose] = Field(default_factory=dict)
    certainties_anonymous: dict[Certainty, Prose] = Field(default_factory=dict)
    dates: DateWords
    quantities: QuantityWords

    @model_validator(mode="after")
    def _can_deny(self) -> Language:
        if "deny" not in self.verbs:
            raise PydanticCustomError("incomplete", "there is no entry `{name}`", {"name": "deny"})
        return self


@dataclass(frozen=True, slots=True)
class ReadLanguage:
    """A wording file, and what is wrong with it; there is no language if anything is."""

    language: Language | None
    diagnostics: tuple[Diagnostic, ...] = ()


def read_language(files: Sequence[tuple[str, bytes]]) -> ReadLanguage:
    """Read a language from its files, the bundled one first and each laid over the ones before.

    Args:
        files: names, for messages, and contents.
    """
    merged: Node | None = None
    owners: list[tuple[str, Node]] = []
    for name, data in files:
        parsed = parse(name, data)
        if parsed.diagnostics or parsed.root is None:
            return ReadLanguage(None, parsed.diagnostics)
        if not isinstance(parsed.root, MappingNode):
            return ReadLanguage(None, (Diagnostic("not-a-record", "Expected a mapping", Span(name)),))
        owners.append((name, parsed.root))
        merged = parsed.root if merged is None else _overlay(merged, parsed.root)
    if merged is None:
        return ReadLanguage(None, (Diagnostic("no-wording", "There is no wording file", Span("wording")),))
    try:
        return ReadLanguage(Language.model_validate(plain(merged)))
    except ValidationError as failure:
        # The site's own file comes last, and the bundled one is whole: a mistake is in the last that has the place.
        name = owners[-1][0]
        errors = failure.errors(include_url=False)
        # A list whose only entry is wrong is not too short as well.
        wrong = {error["loc"][: len(error["loc"]) - 1] for error in errors}
        errors = [error for error in errors if not (error["type"] == "too_short" and error["loc"] in wrong)]
        return ReadLanguage(None, tuple(complaint(Language, error, merged, name) for error in errors))


def _overlay(below: Node, above: Node) -> Node:
    if not (isinstance(below, MappingNode) and isinstance(above, MappingNode)):
        return above
    merged = MappingNode(above.line, above.column)
    merged.end_line, merged.end_column = above.end_line, above.end_column
    merged.entries = {**below.entries}
    for name, entry in above.entries.items():
        if name in below.entries:
            entry.value = _overlay(below.entries[name].value, entry.value)
        merged.entries[name] = entry
    return merged
