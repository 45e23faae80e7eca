"""What rules found in stories, kept for the next build: those in which nothing differs need not be gone through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from nutgraf.build.cache import Cache
    from nutgraf.build.incremental.record_digests import Records
    from nutgraf.checks.story_digests import Stories
    from nutgraf.diagnostics import Diagnostic
    from nutgraf.site import LoadedSite

_PART: Final = "findings"


def checked(loaded_site: LoadedSite, records: Records, cache: Cache) -> tuple[tuple[Diagnostic, ...], Stories | None]:
    """Return what rules find in a site, and what is to be kept; None where that is nothing new.

    Args:
        loaded_site: the site.
        records: its files.
        cache: has what was kept.
    """
    # What is known of records that have a fault is not all that rules look at.
    if cache.config_file is None or loaded_site.graph.damaged or records.has_faults:
        return loaded_site.checked(), None
    # The process that makes pages needs no rules.
    from nutgraf.checks.runner import check_again  # noqa: PLC0415

    known = cache.read(_PART)
    if known is not None and not _is_kept(known):
        cache.ignore(_PART)
        known = None
    found, stories = check_again(loaded_site.graph, loaded_site.policy, records.files, known or {})
    return found, stories if stories != known else None


def keep(cache: Cache, stories: Stories) -> None:
    """Keep what was found."""
    cache.write(_PART, stories)


def _is_kept(found: object) -> bool:
    from nutgraf.checks.story_digests import Examined  # noqa: PLC0415

    return isinstance(found, dict) and all(
        isinstance(name, str) and isinstance(one, Examined) for name, one in found.items()
    )
