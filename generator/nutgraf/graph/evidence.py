"""What a source can establish at all, whatever it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutgraf.model import EntityId, NotStated, SourceState

if TYPE_CHECKING:
    from nutgraf.model import Source

TAKEN_BACK: Final = frozenset({SourceState.RETRACTED, SourceState.WITHDRAWN})
"""The states in which a publication no longer vouches for what it said."""


def flaw(source: Source) -> str:
    """Return why a source can establish nothing, as the end of a sentence about it; empty if it can."""
    has_author = any(not isinstance(one, NotStated) for one in source.author)
    # Who writes on a platform publishes it there.
    if not isinstance(source.publisher, EntityId) and not (source.platform and has_author):
        return "has no known publisher"
    if isinstance(source.title, NotStated) and isinstance(source.url, NotStated):
        return "has neither a title nor a URL"
    if source.status is not None and source.status.is_ in TAKEN_BACK:
        return f"was {source.status.is_}"
    return ""
