"""The registry of outputs: files of the site that are no pages, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutgraf.views import feed, glossary_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nutgraf.views.context import ViewContext

OUTPUTS: Final[Mapping[str, Callable[[ViewContext], str | None]]] = {
    glossary_json.JSON: glossary_json.glossary_json,
    feed.ATOM: feed.atom,
    feed.JSON: feed.json_feed,
}
"""What renders each file, by path relative to the site's root; None for what the site cannot have."""


def rendered(context: ViewContext) -> dict[str, str]:
    """Return the text of each output that the site has, by path."""
    texts = ((path, render(context)) for path, render in OUTPUTS.items())
    return {path: text for path, text in texts if text is not None}
