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

from nutgraf.model.record import Many

if TYPE_CHECKING:
    import enum

    from pydantic.fields import FieldInfo


def described(info: FieldInfo) -> tuple[str, tuple[str, ...]]:
    """Return what a field means, and examples of it in YAML, from its docstring."""
    text, _, examples = " ".join((info.description or "").split()).partition("Example: ")
    return text.strip(), tuple(re.findall(r"`([^`]*)`", examples))


@cache
def member_docs(one: type[enum.Enum]) -> dict[str, str]:
    """Return the docstrings below the members of an enum, which Python itself does not keep, by the member's name."""
    body = ast.parse(textwrap.dedent(inspect.getsource(one))).body[0]
    found: dict[str, str] = {}
    statements = body.body if isinstance(body, ast.ClassDef) else []
    for member, doc in itertools.pairwise(statements):
        if isinstance(member, ast.Assign) and isinstance(member.targets[0], ast.Name):
            text = doc.value if isinstance(doc, ast.Expr) else None
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                found[member.targets[0].id] = " ".join(text.value.split())
    return found


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
