"""What the models say about themselves: docstrings of fields and of words, and what is meant by their annotations."""

from __future__ import annotations

import ast
import inspect
import itertools
import re
import textwrap
from functools import cache
from typing import TYPE_CHECKING, Annotated, get_args, get_origin

from pydantic import BeforeValidator, Discriminator, Tag

from nutgraf.model.record import Many, Record

if TYPE_CHECKING:
    import enum
    from collections.abc import Iterator


def described(record: type[Record], field: str) -> tuple[str, tuple[str, ...]]:
    """Return what a field means, and examples of it in YAML, from its docstring."""
    docs = next((docs for one in record.__mro__ if issubclass(one, Record) and field in (docs := field_docs(one))), {})
    text, _, examples = docs.get(field, "").partition("Example: ")
    return text.strip(), tuple(re.findall(r"`([^`]*)`", examples))


@cache
def field_docs(one: type[Record]) -> dict[str, str]:
    """Return the docstrings below the fields of a record, by the field's name in Python.

    Pydantic would read them for each class when it is defined, at each start, though nobody but this package asks.
    """
    return {
        field.target.id: text
        for field, text in _documented(one)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
    }


@cache
def member_docs(one: type[enum.Enum]) -> dict[str, str]:
    """Return the docstrings below the members of an enum, which Python itself does not keep, by the member's name."""
    return {
        member.targets[0].id: text
        for member, text in _documented(one)
        if isinstance(member, ast.Assign) and isinstance(member.targets[0], ast.Name)
    }


def _documented(one: type) -> Iterator[tuple[ast.stmt, str]]:
    """Yield the statements of a class below which a text stands, with that on one line."""
    body = ast.parse(textwrap.dedent(inspect.getsource(one))).body[0]
    for statement, doc in itertools.pairwise(body.body if isinstance(body, ast.ClassDef) else []):
        text = doc.value if isinstance(doc, ast.Expr) else None
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            yield statement, " ".join(text.value.split())


def bare(hint: object) -> object:
    """Return a type without what only helps pydantic to choose between several."""
    if get_origin(hint) is not Annotated:
        return hint
    inner, *metadata = get_args(hint)
    kept = tuple(one for one in metadata if not isinstance(one, Tag | Discriminator))
    return Annotated.__class_getitem__((inner, *kept)) if kept else inner


def item_of_many(hint: object) -> object | None:
    """Return the type of the items where a list of one may be written as the one; None where it is nothing such."""
    inner, *metadata = get_args(hint)
    if any(isinstance(one, BeforeValidator) and one in get_args(Many) for one in metadata):
        item: object = get_args(inner)[0]
        return item
    return None


def short_for(hint: object) -> str | None:
    """Return the field that bare text is short for; None where text is no shorthand."""
    found = (
        inspect.getclosurevars(one.func).nonlocals.get("field")
        for one in get_args(hint)[1:]
        if isinstance(one, BeforeValidator) and inspect.isfunction(one.func)
    )
    return next((one for one in found if isinstance(one, str)), None)
