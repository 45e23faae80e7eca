"""Which frame a statement's data calls for, and whom it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.graph import is_publication
from nutgraf.model import Anonymous, Certainty, EntityId, Unnamed, Verb

if TYPE_CHECKING:
    from nutgraf.graph import Graph, Resolved


def verb_of(resolved: Resolved) -> str:
    """Return the verb of saying for a statement, as the wording file names it."""
    usual = {Certainty.INFERRED: Verb.SUGGEST, Certainty.FOUND: Verb.FIND}.get(resolved.certainty, Verb.SAY)
    verb = resolved.verb or usual
    # A verb of finding says that evidence was examined; below `found` it would raise the certainty.
    return usual if verb.strongest and resolved.certainty is not Certainty.FOUND else verb


def frame_of(graph: Graph, resolved: Resolved) -> str:  # noqa: C901, PLR0911 - one line a row of the design's table
    """Return the name of the frame that a statement's data calls for."""
    if resolved.certainty is Certainty.ESTABLISHED and not resolved.denies:
        return "established"
    by = resolved.by
    unnamed = Unnamed.UNNAMED in by and len(by) == 1
    if resolved.denies:
        return "denied-unnamed" if unnamed else "denied"
    if resolved.verb is Verb.ASK:
        return "asked-unnamed" if unnamed else "asked"
    if unnamed:
        return f"{resolved.certainty}-unnamed"
    published = all(is_publication(graph, resolved, one) for one in by)
    if resolved.rests_on and len(by) > 1:
        return "summed-up"
    if resolved.certainty is Certainty.SPECULATED:
        return "speculated" if published else "speculated-by-party"
    if resolved.certainty in {Certainty.INFERRED, Certainty.FOUND}:
        return str(resolved.certainty)
    if all(isinstance(one, Anonymous) for one in by) and by:
        return "reported-anonymous" if was_read(graph, resolved) else "reported-anonymous-second-hand"
    if not published:
        return "claimed"
    if not was_read(graph, resolved):
        return "reported-second-hand"
    return "reported-by-several" if len(by) > 1 else "reported"


def was_read(graph: Graph, resolved: Resolved) -> bool:
    """Tell whether we read a publication that asserts a statement, or nothing at all that repeats it."""
    cited = [graph.sources[name] for name in resolved.source_ids]
    publishers = {str(by) for by in resolved.by if isinstance(by, EntityId)}
    if publishers:
        return any(one.read and one.publisher in publishers for one in cited) or not any(one.read for one in cited)
    first = [graph.sources[name] for origin in resolved.origins for name in origin.sources]
    return any(one.read for one in first) or not any(one.read for one in cited)


def publishers(graph: Graph, resolved: Resolved) -> tuple[str, ...]:
    """Return the publishers of a statement's origins, whether we read them or not."""
    sources = [graph.sources[name] for origin in resolved.origins for name in origin.sources]
    return tuple(dict.fromkeys(str(one.publisher) for one in sources if isinstance(one.publisher, EntityId)))


def carriers(graph: Graph, resolved: Resolved) -> tuple[str, ...]:
    """Return the publishers of what we read, if who asserts it did not publish that."""
    sources = graph.sources
    asserters = {str(by) for by in resolved.by if isinstance(by, EntityId)}
    found: dict[str, None] = {}
    for origin in resolved.origins:
        read = [name for name in origin.sources if sources[name].read]
        read = read or [name for name in origin.repeated_by if sources[name].read] or list(origin.sources)
        found |= {str(sources[name].publisher): None for name in read if isinstance(sources[name].publisher, EntityId)}
    return () if asserters & found.keys() else tuple(found)
