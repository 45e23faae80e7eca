"""Goes through all rules, in the process beside the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutgraf.site import PreviousState, prepare

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutgraf.diagnostics import Diagnostic
    from nutgraf.loading.content import FileCache
    from nutgraf.loading.other_files import Beside
    from nutgraf.theme.export import Plan

_known: Final[FileCache] = {}
"""The files that the last call read: most of the next one's are the same."""


def check_files(files: Mapping[str, bytes], plan: Plan, beside: Beside) -> tuple[Diagnostic, ...]:
    """Return what the rules find in some content, with its drafts.

    Args:
        files: bytes by path, relative to the content folder.
        plan: what mkdocs.yml says.
        beside: what else there is in the folder.
    """
    kept = PreviousState(known=_known)
    loaded_site = prepare(
        files, plan.settings, plan.templates, drafts=True, policy=plan.policy, kept=kept, beside=beside
    )
    for stale in [one for one in _known if files.get(one[0]) != one[1]]:
        del _known[stale]
    return loaded_site.checked()
