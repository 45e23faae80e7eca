"""What is worked out for pages, and so small or so steady that they need not be made anew when it comes out the same.

A page that asks for it draws on the value, and not on all that the value was made of: the number of words in a story is
mostly the same after an edit, though every statement of it counts. A build that keeps things for the next one keeps
these values as well, so that it works out again only those whose own ground has changed; see
`nutgraf.build.incremental.page_reuse`.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from nutgraf.views.context import ViewContext

T = TypeVar("T")

REMEMBERED: Final[dict[str, Callable[[ViewContext, str], Any]]] = {}
"""How each of these is worked out, by its name: of a context, and of what the key means there."""


def memoized(make: Callable[[ViewContext, str], T]) -> Callable[[ViewContext, str], T]:
    """Let a function be remembered.

    Args:
        make: works out a value from a context and a key alone, the same for the same content. The value is of plain
            types or of frozen classes of ours, and its `repr` tells it from any other.
    """
    name = f"{make.__module__}.{make.__qualname__}"
    REMEMBERED[name] = make

    @wraps(make)
    def ask(context: ViewContext, key: str) -> T:
        values: dict[tuple[str, str], T] = context.values
        return context.graph.memoize_value(values, (name, key), lambda: make(context, key))

    return ask
