"""What all records share: the strict base class, ids and references, and the scalars of the YAML dialect.

The loader hands over strings, lists and mappings only, so each type here says how a string becomes its value.
Errors are `PydanticCustomError`s whose context may hold `help`: `loading.content` turns them into diagnostics.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetCoreSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

from nutgraf.model import date_hints

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")


class Record(BaseModel):
    """Base of everything that is written in YAML: frozen, and unknown fields are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, populate_by_name=True)


class Reference(str):
    """An id that points to something else. The subclass says to what."""

    __slots__ = ()
    pattern: ClassVar[re.Pattern[str]] = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
    what: ClassVar[str] = "id"

    @classmethod
    def read(cls, value: object) -> Self:
        """Return `value` as a reference.

        Raises:
            PydanticCustomError: it is no string, or not of the form of an id.
        """
        if not isinstance(value, str):
            message = "expected the id of a {what}, found a {found}"
            raise PydanticCustomError("id_type", message, {"what": cls.what, "found": yaml_kind(value)})
        if cls.pattern.fullmatch(value) is None:
            raise PydanticCustomError(
                "id_form",
                "`{value}` isn't a valid ID",
                {"value": value, "help": _id_help(value), "what": cls.what, "meant": _meant(value)},
            )
        return cls(value)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Validate with `read`; in JSON Schema it is a string with the id's pattern."""
        return core_schema.no_info_plain_validator_function(
            cls.read,
            serialization=core_schema.to_string_ser_schema(),
            json_schema_input_schema=core_schema.str_schema(pattern=f"^{cls.pattern.pattern}$"),
        )


class Id(Reference):
    """The id of the thing that is being written."""

    __slots__ = ()


class Former(Id):
    """What something was called before: an id, `story-id/id` where a statement came from another story."""

    __slots__ = ()
    pattern = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*/)?[a-z0-9]+(?:-[a-z0-9]+)*")


class StoryId(Reference):
    """Points to a story."""

    __slots__ = ()
    what = "story"


class EntityId(Reference):
    """Points to an entity."""

    __slots__ = ()
    what = "entity"


class SourceId(Reference):
    """Points to a source."""

    __slots__ = ()
    what = "source"


class TermId(Reference):
    """Points to a glossary term."""

    __slots__ = ()
    what = "term"


class StatementRef(Reference):
    """Points to a statement: `id` within its story, `story-id/id` from anywhere."""

    __slots__ = ()
    what = "statement"
    pattern = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*/)?[a-z0-9]+(?:-[a-z0-9]+)*")


class NotStated(StrEnum):
    """The explicit word for what no source says."""

    UNKNOWN = "unknown"
    """No source says."""


class Match(StrEnum):
    """How a term or name is found in running text."""

    AUTO = "auto"
    """Wherever it stands."""
    EXPLICIT = "explicit"
    """Only where the text links it: `[the paper](entity:nature)`."""
    NUMBER = "number"
    """Only behind a number: a unit such as K, which is an initial elsewhere."""


class Allow(Record):
    """The suppression of one editorial rule, with the reason for it."""

    rule: str
    """The rule's name. Example: `rule: verb-too-strong`."""
    reason: str
    """Why the rule does not apply here. Example: `reason: the word is quoted from the ruling`."""


_NAMES: dict[type[Record], tuple[tuple[str, str], ...]] = {}


def _yaml_names(model: type[Record]) -> tuple[tuple[str, str], ...]:
    """Return each field's attribute and its name in YAML."""
    if model not in _NAMES:
        fields = type.__getattribute__(model, "model_fields")
        _NAMES[model] = tuple((name, field.alias or name) for name, field in fields.items())
    return _NAMES[model]


Loc = tuple[str | int, ...]
"""Where something stands in a record: names of fields and places in lists, from the outside in."""


def references(record: Record) -> Iterator[tuple[Loc, Reference]]:
    """Yield each id in `record` that points elsewhere, with where it stands."""
    values = record.__dict__
    for attribute, name in _yaml_names(type(record)):
        value = values[attribute]
        if value:
            yield from _references_in(value, (name,))


def _references_in(value: object, loc: Loc) -> Iterator[tuple[Loc, Reference]]:
    if isinstance(value, Reference):
        if not isinstance(value, Id):
            yield loc, value
    elif isinstance(value, Record):
        yield from ((loc + inner, found) for inner, found in references(value))
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from _references_in(item, (*loc, place))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _references_in(item, (*loc, key))


def yaml_kind(value: object) -> str:
    """Return what an editor calls the shape of `value`: list, mapping or text."""
    if isinstance(value, dict):
        return "mapping"
    return "list" if isinstance(value, list | tuple) else "text"


ID_HELP = "Use lower-case letters, digits and single hyphens."


def _id_help(value: str) -> str:
    meant = _meant(value)
    return f"{ID_HELP} Write `{meant}`?" if meant else ID_HELP


def _meant(value: str) -> str:
    """Return the ID that is like a text; empty if there is none."""
    meant = re.sub(r"[^a-z0-9/]+", "-", value.lower()).strip("-/")
    return meant if StatementRef.pattern.fullmatch(meant) else ""


def _many(value: object) -> object:
    return value if isinstance(value, list | tuple) else (value,)


def shorthand(field: str) -> Callable[[object], object]:
    """Return a validator that reads bare text as a mapping with that one `field`."""
    return lambda value: {field: value} if isinstance(value, str) else value


Many = Annotated[tuple[T, ...], BeforeValidator(_many)]
"""A list; a list of one may be written as the one."""


def _prose(value: object) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("text_type", "expected text, found a {found}", {"found": yaml_kind(value)})
    if not value.strip():
        raise PydanticCustomError("text_empty", "the text is empty", {"help": "Write it, or remove the field."})
    return value.strip()


Prose = Annotated[str, BeforeValidator(_prose)]
"""Text that is not empty; white space around it does not count."""

_FLAGS = {"yes": True, "true": True, "no": False, "false": False}


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    flag = _FLAGS.get(value) if isinstance(value, str) else None
    if flag is None:
        raise PydanticCustomError("flag", "`{value}` is neither `yes` nor `no`", {"value": _shown(value)})
    return flag


Flag = Annotated[bool, BeforeValidator(_flag)]
"""`yes` or `no`."""

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_MOST_DIGITS = 30


def _number(value: object) -> Decimal:
    if isinstance(value, int | Decimal):  # from code; YAML gives text alone
        return Decimal(value)
    # ASCII digits alone: neither `1_000`, `1e9`, `0x10` nor `١٢` may mean something that an editor did not type.
    if not isinstance(value, str) or _NUMBER.fullmatch(value) is None:
        raise PydanticCustomError(
            "number", "`{value}` is not a number", {"value": _shown(value), "help": _number_help(value)}
        )
    if len(value) > _MOST_DIGITS:
        raise PydanticCustomError("number", "`{value}` has too many digits", {"value": _shown(value)})
    return Decimal(value)


def _number_help(value: object) -> str:
    advice = "Write digits only, with a point for decimals; the unit goes into `unit`."
    if not isinstance(value, str):
        return advice
    # Groups of three alone: `10,5` is ten and a half to half of the world.
    bare = re.sub(r"(?<=[0-9])[,_\s'’](?=[0-9]{3}(?![0-9]))", "", value)
    return f"{advice} Write `{bare}`?" if _NUMBER.fullmatch(bare) and bare != value else advice


Number = Annotated[Decimal, BeforeValidator(_number)]
"""A number in ASCII digits, exact to the digit as written."""


def _count(value: object) -> int:
    number = _number(value)
    if number != number.to_integral_value() or number < 1:
        raise PydanticCustomError("count", "`{value}` is not a whole number from 1 up", {"value": _shown(value)})
    return int(number)


Count = Annotated[int, BeforeValidator(_count)]
"""A whole number from 1 up."""


def _day(value: object) -> datetime.date:
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, str) and _no_day(value) is None:
        return datetime.date.fromisoformat(value)
    advice = "write a full date, year first: `2023-04-11`"
    if isinstance(value, str):
        meant = date_hints.explain(value, _no_day)[1]
        advice = meant if re.search(r"`[0-9]{4}-[0-9]{2}-[0-9]{2}`", meant) and "`2018`" not in meant else advice
    raise PydanticCustomError(
        "day",
        "`{value}` is not a day of the calendar",
        {"value": _shown(value), "help": f"{advice[0].upper()}{advice[1:]}."},
    )


def _no_day(text: str) -> str | None:
    """Return nothing for a day, else what is wrong with it, of which there is nothing to say."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return ""
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return ""
    return None


def _quantity_name(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9_-]+", value):
        return value
    message = "`{value}` cannot be the name of a quantity"
    raise PydanticCustomError(
        "quantity_name", message, {"value": _shown(value), "help": "Use letters, digits, `-` and `_`."}
    )


QuantityName = Annotated[str, BeforeValidator(_quantity_name)]
"""The name by which texts use a quantity."""

Day = Annotated[datetime.date, BeforeValidator(_day)]
"""A day that is known for sure, such as the date of a revision of ours."""


def is_address(text: str) -> bool:
    """Tell whether a text is an address on the web that can be taken apart."""
    if re.fullmatch(r"https?://[^\s<>\"]+", text, re.IGNORECASE) is None:
        return False
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:  # "https://[", for one
        return False


def _address(value: object) -> str:
    text = _prose(value)
    if not is_address(text):
        raise PydanticCustomError(
            "address",
            "`{value}` is not a web address",
            {"value": _shown(text), "help": "It begins with `https://` or `http://`, names a host and has no spaces."},
        )
    return text


Address = Annotated[str, BeforeValidator(_address)]
"""An address on the web; no other scheme than http and https is ever linked."""


def _language_tag(value: object) -> str:
    text = _prose(value)
    if re.fullmatch(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*", text) is None:
        raise PydanticCustomError(
            "language_tag",
            "`{value}` is not a language tag",
            {"value": _shown(text), "help": "Write a BCP 47 tag: `en`, `ko`, `zh-Hant`."},
        )
    return text


LanguageTag = Annotated[str, BeforeValidator(_language_tag)]
"""A language, by its BCP 47 tag."""

_LONGEST_SHOWN = 60


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else yaml_kind(value)
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"


def choose(default: str, **shapes: str) -> Callable[[Any], str]:
    """Return a discriminator for unions whose members differ in shape.

    Args:
        default: the tag of all else.
        shapes: tag by the word or key that gives the shape away: `text` or `mapping` for any of that kind, else the
            name of a key of a mapping, or a literal word in upper case.
    """

    def tag(value: object) -> str:
        if isinstance(value, str):
            return shapes.get(value.upper()) or shapes.get("text", default)
        if isinstance(value, dict):
            given = (tag for key, tag in shapes.items() if key in value and key not in {"text", "mapping"})
            return next(given, shapes.get("mapping", default))
        return default

    return tag
