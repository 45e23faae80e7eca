"""JSON Schemas (draft 7, which yaml-language-server reads), drawn from the annotations of the models.

Beside the standard, editors in the manner of VS Code know `markdownDescription`, `markdownEnumDescriptions`,
`patternErrorMessage`, `errorMessage` and `defaultSnippets`; others pass over them. What explains the words of an enum
has to stand in the definition of the enum itself: beside a `$ref` it is not shown.

Values are what YAML 1.2 makes of unquoted text, so text may be a number there: `text: 2018`, `amount: 10000`.
"""

from __future__ import annotations

import enum
import types
from typing import TYPE_CHECKING, Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter

from nutgraf.model import Entity, FuzzyDate, Reference, Source, Statement, Story, Term
from nutgraf.model.record import (
    Address,
    Allow,
    Count,
    Day,
    Flag,
    Id,
    LanguageTag,
    Number,
    Prose,
    QuantityName,
    Record,
)
from nutgraf.model.statement import Relation
from nutgraf.schema.descriptions import bare, described, item_of_many, member_docs, short_for
from nutgraf.schema.snippets import NEW_STATEMENT, NEW_STORY_PARTS, WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nutgraf.schema.ids import Ids

Schema = dict[str, Any]

KINDS: Final[Mapping[str, tuple[str, type[Record]]]] = {
    "stories": ("story", Story),
    "entities": ("entity", Entity),
    "sources": ("source", Source),
    "glossary": ("term", Term),
}
"""The name of its schema and the class of what each folder holds."""

MOST_IDS: Final = 2_000
"""More of one kind are no help: a list that long is neither read nor searched by an editor in good time."""
_DRAFT: Final = "http://json-schema.org/draft-07/schema#"
_SCALAR: Final = ["string", "number", "boolean"]
_TEXT: Final[Schema] = {
    "type": _SCALAR,
    "pattern": r"\S",
    "patternErrorMessage": "The text is empty. Write it, or remove the field.",
    "errorMessage": "Write text here.",
}
_NUMBER: Final = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"


def _formed(pattern: str, message: str, *types_: str) -> Schema:
    return {
        "type": ["string", *types_] if types_ else "string",
        "pattern": f"^(?:{pattern})$",
        "patternErrorMessage": message,
        "errorMessage": message,
    }


_SCALARS: Final[tuple[tuple[object, Schema], ...]] = (
    (Prose, _TEXT),
    (
        Flag,
        {
            "enum": ["yes", "no", True, False],
            "markdownEnumDescriptions": ["It is so.", "It is not.", "The same as `yes`.", "The same as `no`."],
            "errorMessage": "Write `yes` or `no`.",
        },
    ),
    (Number, _formed(_NUMBER, "Write digits only, with a point for decimals; the unit goes into `unit`.", "number")),
    (
        Count,
        {
            "type": ["integer", "string"],
            "minimum": 1,
            "pattern": "^[1-9][0-9]*$",
            "patternErrorMessage": "Write a whole number from 1 up.",
            "errorMessage": "Write a whole number from 1 up.",
        },
    ),
    (Day, _formed(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "Write a full date, year first: 2023-04-11.")),
    (Address, _formed(r"[Hh][Tt]{2}[Pp][Ss]?://[^\s<>\"]+", "An address begins with https:// or http://.")),
    (LanguageTag, _formed(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*", "Write a BCP 47 tag: en, ko, zh-Hant.")),
    (str, _TEXT),
    (QuantityName, _formed(r"[A-Za-z0-9_-]+", "Use letters, digits, - and _.", "number")),
)
_DATE_ERROR: Final = (
    "Write a date, year first, as precise as its source and no more: 2018, 2023-03, 2023-04-11; 2018~ (about), 2018? "
    "(uncertain), 2018/2019 (it lasted), 2023-03..2023-04 (some day in it), ..2018 (by then), 2018.. (since then)."
)
_YEARS: Final = {"minimum": 1000, "maximum": 9999}
_ID_ERROR: Final = "An id has lower-case letters, digits and single hyphens."
_ABSENT: Final = "There is none with this id in the content. (After a new one: `nutgraf schema`.)"
_PLURALS: Final[Mapping[str, str]] = {
    "story": "stories",
    "entity": "entities",
    "source": "sources",
    "term": "terms",
    "statement": "statements",
}


def schema(kind: str, ids: Ids | None = None) -> Schema:
    """Return the schema of what stands in a folder.

    Args:
        kind: the folder: a key of `KINDS`.
        ids: those that the site has; None takes any well-formed id for one that is there.
    """
    name, record = KINDS[kind]
    drawing = _SchemaBuilder(ids)
    drawing.class_(record)
    root = drawing.definitions.pop(record.__name__)
    return {
        "$schema": _DRAFT,
        "title": f"Nutgraf: {name}",
        **root,
        "defaultSnippets": [WHOLE[name]],
        "definitions": dict(sorted(drawing.definitions.items())),
    }


class _SchemaBuilder:
    """Draws one schema, a definition for each class that it meets."""

    def __init__(self, ids: Ids | None) -> None:
        self.ids = ids
        self.definitions: dict[str, Schema] = {}

    def of(self, hint: object) -> Schema:
        """Return the schema of a type."""
        known = next((found for one, found in _SCALARS if bare(hint) == bare(one)), None)
        if known is not None:
            return known
        if bare(hint) == bare(Relation):
            return self._relation(hint)
        if get_origin(hint) is not None:
            return self._composed(hint)
        if not isinstance(hint, type):
            message = f"no schema is known for the type {hint!r}"
            raise TypeError(message)
        return self.class_(hint)

    def _composed(self, hint: object) -> Schema:
        origin, inner = get_origin(hint), get_args(hint)
        if origin is Annotated:
            return self._annotated(hint)
        if origin in {Union, types.UnionType}:
            return _any(self.of(one) for one in inner if one is not type(None))
        if origin is tuple:
            return self._list(inner[0])
        if origin is dict:
            return {"type": "object", "propertyNames": self.of(inner[0]), "additionalProperties": self.of(inner[1])}
        message = f"no schema is known for the type {hint!r}"
        raise TypeError(message)

    def _annotated(self, hint: object) -> Schema:
        item = item_of_many(hint)
        if item is not None:
            return _any((self.of(item), self._list(item)))
        inner = get_args(hint)[0]
        if get_origin(inner) is tuple and bare(get_args(inner)[0]) == bare(Relation):
            return _any((self.of(Relation), self._list(Relation)))
        field = short_for(hint)
        if field is not None and isinstance(inner, type):
            value = get_type_hints(inner, include_extras=True)[field]
            return _any((self.of(value), self.of(inner)))
        return self.of(inner)

    def _relation(self, hint: object) -> Schema:
        from_, phrase, to = get_args(get_args(bare(hint))[0])
        return {
            "type": "array",
            "items": [self.of(from_), self.of(phrase), self.of(to)],
            "additionalItems": False,
            "minItems": 3,
            "maxItems": 3,
            "errorMessage": "A relation has three parts: [microsoft, invested in, openai].",
        }

    def _list(self, item: object) -> Schema:
        if item is not Statement:
            snippet = NEW_STORY_PARTS.get(getattr(item, "__name__", ""))
            return {"type": "array", "items": self.of(item), **({"defaultSnippets": [snippet]} if snippet else {})}
        short: Schema = {
            "type": "object",
            "description": "Short for a statement with `id` and `text` alone.",
            "minProperties": 1,
            "maxProperties": 1,
            "propertyNames": {"not": {"enum": [*_names(Statement)]}},
            # Not `additionalProperties`: of those, editors offer one that is called "property".
            "patternProperties": {f"^(?:{Id.pattern.pattern})$": _TEXT},
            "additionalProperties": False,
        }
        items = {"anyOf": [self.of(Statement), short], "defaultSnippets": NEW_STATEMENT}
        return {"type": "array", "items": items}

    def class_(self, one: type) -> Schema:
        """Return a reference to the definition of a class, which is drawn once."""
        name = one.__name__
        if name not in self.definitions:
            self.definitions[name] = {}  # what refers to itself finds it
            self.definitions[name].update(self._definition(one))
        return {"$ref": f"#/definitions/{name}"}

    def _definition(self, one: type) -> Schema:
        if issubclass(one, FuzzyDate):
            # A bare year is a number to YAML.
            told = TypeAdapter(one).json_schema()
            form = _formed(told["pattern"].removeprefix("^").removesuffix("$"), _DATE_ERROR, "integer")
            return {"description": told["description"], "examples": told["examples"], **form} | _YEARS
        if issubclass(one, Reference):
            return self._reference(one)
        if issubclass(one, Record):
            return self._record(one)
        if issubclass(one, enum.Enum):
            return _enum(one)
        message = f"no schema is known for {one}"
        raise TypeError(message)

    def _reference(self, one: type[Reference]) -> Schema:
        form = _formed(one.pattern.pattern, _ID_ERROR, "number")
        if self.ids is None or one.what not in _PLURALS:
            return form
        known: dict[str, str] = dict(getattr(self.ids, _PLURALS[one.what]))
        if len(known) > MOST_IDS:
            return form
        if one.what == "statement":
            # A schema does not know which story it is used in: an id of any goes without its story.
            known = {key.partition("/")[2]: text for key, text in reversed(known.items())} | known
        return _known(known, _ABSENT)

    def _record(self, one: type[Record]) -> Schema:
        hints = get_type_hints(one, include_extras=True)
        properties = {
            info.alias or name: self._field(one, name, self._hinted(one, name, hints[name]))
            for name, info in one.model_fields.items()
        }
        needed = [info.alias or name for name, info in one.model_fields.items() if info.is_required()]
        found: Schema = {
            "type": "object",
            "description": " ".join((one.__doc__ or "").split()),
            "properties": properties,
            "additionalProperties": False,
        }
        if one is Statement:
            found["anyOf"] = [{"required": ["text"]}, {"required": ["denies"]}]
        return found | ({"required": needed} if needed else {})

    def _hinted(self, owner: type[Record], name: str, hint: object) -> Schema:
        if owner is Allow and name == "rule" and self.ids is not None:
            return _known(self.ids.rules, "There is no such rule: `nutgraf explain` lists them.")
        return self.of(hint)

    @staticmethod
    def _field(one: type[Record], name: str, found: Schema) -> Schema:
        text, examples = described(one, name)
        shown = "".join(f"\n\n```yaml\n{example}\n```" for example in examples)
        return {**found, "description": text, "markdownDescription": f"{text}{shown}"}


def _names(record: type[Record]) -> Iterable[str]:
    return (info.alias or name for name, info in record.model_fields.items())


def _known(known: Mapping[str, str], message: str) -> Schema:
    """Return the schema of one of some ids. An id of digits alone is a number to YAML."""
    numbers: dict[str | int, str] = {
        int(key): text for key, text in known.items() if key.isdecimal() and str(int(key)) == key
    }
    every: dict[str | int, str] = {**dict(known.items()), **numbers}
    return {"enum": [*every], "markdownEnumDescriptions": [_escaped(text) for text in every.values()]} | {
        "errorMessage": message
    }


def _enum(one: type[enum.Enum]) -> Schema:
    meanings = member_docs(one)
    values: dict[str | bool, str] = {str(member.value): meanings.get(member.name, "") for member in one}
    # YAML 1.1, which some editors read, takes the bare word for a truth value.
    values |= {truth: values[word] for word, truth in (("yes", True), ("no", False)) if word in values}
    listed = ", ".join(str(member.value) for member in one)
    return {
        "description": " ".join((one.__doc__ or "").split()),
        "enum": [*values],
        "markdownEnumDescriptions": [*values.values()],
        "errorMessage": f"Write one of: {listed}." if len(one) > 1 else f"Write `{listed}`.",
    }


def _any(schemas: Iterable[Schema]) -> Schema:
    found: list[Schema] = []
    for one in schemas:
        found += one["anyOf"] if one.keys() == {"anyOf"} else [one]
    distinct = [one for place, one in enumerate(found) if one not in found[:place]]
    return distinct[0] if len(distinct) == 1 else {"anyOf": distinct}


def _escaped(text: str) -> str:
    """Return a text of the content as Markdown that shows it as it is."""
    return "".join(f"\\{one}" if one in "\\`*_{}[]<>#|!" else one for one in text)
