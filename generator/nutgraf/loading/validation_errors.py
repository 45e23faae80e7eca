"""What pydantic finds wrong, in an editor's words and at the narrowest place in the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, get_args

from pydantic import ValidationError
from pydantic_core import PydanticUndefined

from nutgraf.diagnostics import Diagnostic, Replacement, Span, did_you_mean, near
from nutgraf.loading.nodes import Mapping, Node, Scalar, Style, find, span
from nutgraf.model import Record
from nutgraf.model.record import yaml_kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

RULES: Final = {
    "missing": "missing-field",
    "missing_text": "missing-field",
    "extra_forbidden": "unknown-field",
    "enum": "unknown-value",
    "literal_error": "unknown-value",
    "list_type": "wrong-shape",
    "tuple_type": "wrong-shape",
    "dict_type": "wrong-shape",
    "model_type": "wrong-shape",
    "model_attributes_type": "wrong-shape",
    "string_type": "wrong-shape",
    "text_type": "wrong-shape",
    "id_type": "wrong-shape",
    "union_tag_invalid": "wrong-shape",
    "union_tag_not_found": "wrong-shape",
    "relation_form": "wrong-shape",
    "text_empty": "empty-text",
    "id_form": "malformed-id",
    "quantity_name": "malformed-id",
    "number": "malformed-number",
    "count": "malformed-number",
    "flag": "malformed-flag",
    "day": "malformed-date",
    "date": "malformed-date",
    "moment": "malformed-date",
    "date_type": "wrong-shape",
    "pattern": "malformed-pattern",
    "frame": "malformed-pattern",
    "incomplete": "missing-field",
    "too_short": "missing-field",
    "address": "malformed-address",
    "language_tag": "malformed-language",
    "amount_form": "malformed-quantity",
}
"""The rule that each type of pydantic's errors, ours included, falls under."""

_SHAPES = {
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "string_type": "text",
}
_WRITTEN = {
    "a list": "Write `[one, another]`, or one item per line after a dash. If there are none, remove the field.",
    "a mapping": "Write `{field: value}`, or one field per line. If there are none, remove the field.",
    "text": "Write text, quoted if it starts with a bracket.",
}
_TAG = re.compile(r"\(.*\)|\[key\]")
_MOST_SHOWN = 12


def complaints(model: type[Record], errors: Iterable[ErrorDetails], root: Node, path: str) -> Iterator[Diagnostic]:
    """Yield the diagnostics of all errors of one record, each mistake once.

    Args:
        model: the record that was validated.
        errors: as pydantic gives them.
        root: the node of the record, for positions.
        path: the file.
    """
    found = list(errors)
    misspelt = {
        (*error["loc"][:-1], near(str(error["loc"][-1]), _fields(_model_at(model, error["loc"][:-1]))))
        for error in found
        if error["type"] == "extra_forbidden"
    }
    for error in found:
        # A required field that is there under a misspelt name is not missing as well.
        if error["type"] != "missing" or error["loc"] not in misspelt:
            yield complaint(model, error, root, path)


def complaint(model: type[Record], error: ErrorDetails, root: Node, path: str) -> Diagnostic:
    """Return the diagnostic of one error.

    Args:
        model: the record that was validated.
        error: as pydantic gives it.
        root: the node of the record, for positions.
        path: the file.
    """
    kind = error["type"]
    headline, advice = _words(model, error)
    place = _place(error, root, path)
    fix = _fix(error, advice, _node(error, root), place)
    return Diagnostic(RULES.get(kind, "invalid-value"), headline, place, help=advice, fix=fix)


_PROPOSED: Final = re.compile(r"(?:^|\. )Write `([^`]+)`[.?]$")
_CERTAIN_DATE: Final = re.compile(r"Write `([^`]+)`(?:, year first)?\.")
_MEANT: Final = re.compile(r"Did you mean `([^`]+)`\?")
_GROUPS: Final = re.compile(r"-?[0-9]{1,3}(?:(?P<apart>[_\s'’])[0-9]{3}(?:(?P=apart)[0-9]{3})*|(?:,[0-9]{3}){2,})")


def _fix(error: ErrorDetails, advice: str, node: Node, place: Span) -> tuple[Replacement, ...]:
    """Return what to write instead, where there is no doubt about it."""
    if not isinstance(node, Scalar) or node.line != node.end_line or node.style is Style.BLOCK:
        return ()
    meant = _meant(error["type"], node.text, advice)
    return () if meant is None else (Replacement(place, meant),)


def _meant(kind: str, written: str, advice: str) -> str | None:
    if kind in {"enum", "literal_error", "extra_forbidden"}:
        # Another word would be a guess; the same one in other letters is none.
        found = _MEANT.fullmatch(advice)
        return found[1] if found and _letters(found[1]) == _letters(written) else None
    if kind == "flag":
        return next((word for word in ("yes", "no") if written.lower() in {word, str(word == "yes").lower()}), None)
    if kind in {"date", "day"}:
        # Where a date has two readings, the advice says more than what to write.
        found = _CERTAIN_DATE.fullmatch(advice)
        return found[1] if found else None
    if kind == "id_form" or (kind == "number" and _GROUPS.fullmatch(written)):
        found = _PROPOSED.search(advice)
        return found[1] if found else None
    return None


def _letters(word: str) -> str:
    return re.sub(r"[\s_-]", "", word).casefold()


def _place(error: ErrorDetails, root: Node, path: str) -> Span:
    node = _node(error, root)
    if error["type"] in {"missing", "missing_text", "amount_form"} and isinstance(node, Mapping) and node.entries:
        # The whole mapping may be a page long: its id, or its first field, shows which one is meant.
        entry = node.entries.get("id") or next(iter(node.entries.values()))
        node = entry.value if entry.key.text == "id" else entry.key
    return span(node, path)


def _node(error: ErrorDetails, root: Node) -> Node:
    about_name = error["type"] == "extra_forbidden" or error["loc"][-1:] == ("[key]",)
    loc = error["loc"][:-1] if error["loc"][-1:] == ("[key]",) else error["loc"]
    return find(root, loc, key=about_name)


def _words(model: type[Record], error: ErrorDetails) -> tuple[str, str]:
    """Return headline and help of an error."""
    kind, context = error["type"], error.get("ctx", {})
    name = next((part for part in reversed(error["loc"]) if isinstance(part, str) and not _TAG.fullmatch(part)), "")
    owner = _model_at(model, error["loc"][:-1])
    if kind == "missing":
        return f"Missing field `{name}` in {_a(owner).lower()}", _required(owner)
    if kind == "extra_forbidden":
        known = _fields(owner)
        advice = _home(owner, name) or did_you_mean(name, known) or _one_of(known, "Known fields:")
        return f"Unknown field `{name}` in {_a(owner).lower()}", advice
    if kind in {"enum", "literal_error"}:
        return _words_on_value(name, error)
    if kind in _SHAPES:
        shape = _SHAPES[kind]
        found = yaml_kind(error["input"])
        advice = _as_mapping(model, error) or _WRITTEN.get(shape, "")
        return f"`{name}` must be {shape}, not {found if found == 'text' else _a_word(found)}", advice
    if kind == "too_short":
        return f"`{name}` is empty", "Add at least one entry."
    return error["msg"][:1].upper() + error["msg"][1:], str(context.get("help", ""))


def _words_on_value(name: str, error: ErrorDetails) -> tuple[str, str]:
    known = re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", "")))
    value = error["input"]
    if not isinstance(value, str):
        return f"`{name}` takes one value, not {_a_word(yaml_kind(value))}", _one_of(known, "Allowed:")
    return f"Invalid value `{value}` for `{name}`", did_you_mean(value, known) or _one_of(known, "Allowed:")


def _home(owner: type[Record], name: str) -> str:
    """Return where a field belongs that is none of `owner`, if it is one of something that `owner` has."""
    homes = [
        field.alias or attribute
        for attribute, field in owner.model_fields.items()
        if any(name in _fields(inner) for inner in _models_of(field))
    ]
    return f"`{name}` belongs in {' or '.join(f'`{home}`' for home in homes)}." if homes else ""


def _as_mapping(model: type[Record], error: ErrorDetails) -> str:
    """Return how to write a text as the mapping that is expected, if it is the value of one of its fields."""
    owner, value = _model_at(model, error["loc"]), error["input"]
    if _SHAPES[error["type"]] != "a mapping" or not isinstance(value, str):
        return ""
    for field in _fields(owner):
        try:
            owner.model_validate({field: value})
        except ValidationError:
            continue
        return f"Write `{{{field}: {value}}}`."
    return ""


def _one_of(known: list[str], opening: str) -> str:
    shown = ", ".join(f"`{word}`" for word in known[:_MOST_SHOWN])
    return f"{opening} {shown}{', …' if len(known) > _MOST_SHOWN else ''}."


def _required(owner: type[Record]) -> str:
    names = [field.alias or name for name, field in owner.model_fields.items() if field.is_required()]
    return "Required: " + " and ".join(f"`{name}`" for name in names) + "."


_NAMES: Final = {"Anonymous": "anonymous asserter", "SourceUse": "use of a source", "TermForm": "form of a term"} | {
    "Allow": "exception",
    "Retracted": "retraction",
    "Superseded": "replacement",
}


def _a(owner: type[Record]) -> str:
    name = _NAMES.get(owner.__name__) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", owner.__name__).lower()
    return _a_word(name).capitalize()


def _a_word(word: str) -> str:
    return f"{'an' if (word[0] in 'aeiou' and not word.startswith('un')) or word.startswith('unknown') else 'a'} {word}"


def _fields(owner: type[Record]) -> list[str]:
    return [field.alias or attribute for attribute, field in owner.model_fields.items()]


def _model_at(model: type[Record], loc: tuple[str | int, ...]) -> type[Record]:
    """Return the model whose fields stand at `loc` of a record."""
    choices: list[type[Record]] = [model]
    for part in loc:
        if not isinstance(part, str):
            continue
        fields = {info.alias or name: info for name, info in model.model_fields.items()}
        if part in fields:
            options = _models_of(fields[part])
            model = options[0] if options else model
            choices = options or [model]
        elif _TAG.fullmatch(part):
            wanted = part.strip("()")
            model = next((option for option in choices if option.__name__.lower().startswith(wanted)), model)
    return model


def _models_of(field: FieldInfo) -> list[type[Record]]:
    return [option for one in (field.annotation, *field.metadata) for option in _models_in(one)]


def _models_in(annotation: Any) -> Iterable[type[Record]]:  # noqa: ANN401 - annotations are of any type
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    elif annotation is not PydanticUndefined:
        for inner in get_args(annotation):
            yield from _models_in(inner)
