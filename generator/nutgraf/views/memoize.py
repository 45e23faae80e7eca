"""Values that several pages show and that take going through a whole story or site: made once for all pages."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from nutgraf.views.context import ViewContext

T = TypeVar("T")


def memoized(make: Callable[[ViewContext, str], T]) -> Callable[[ViewContext, str], T]:
    """Memoize a function in the context that it is called with.

    Args:
        make: takes a context and a key, and returns the same value for the same content.
    """
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def ask(context: ViewContext, key: str) -> T:
        values: dict[tuple[str, str], T] = context.values
        return context.graph.memoize(values, (name, key), lambda: make(context, key))

    return ask
