"""Publishes a folder as a whole or not at all: the old site stays until the new one is complete.

A build writes into a staging folder beside the published one (`lock`), takes over what is to outlive a build
(`site_manifest`), and puts it in place in one step (`swap`). The next build cleans up after one that was killed.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from nutgraf.publish.lock import BusyError, claimed
from nutgraf.publish.protected_folders import refusal
from nutgraf.publish.site_manifest import MARKER, foreign, leftovers, mark
from nutgraf.publish.swap import carry_over_assets, publish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["MARKER", "BusyError", "foreign", "leftovers", "mark", "refusal", "staged"]


@contextmanager
def staged(target: Path, then: Callable[[], None] = lambda: None, *, clean: bool = False) -> Iterator[Path]:
    """Give a new, empty folder that takes the place of `target` when the block ends well.

    When the block raises, `target` stays as it was and the new folder is removed. What begins with a dot in `target`
    (`.git`, `.nojekyll`) goes over to its successor, as MkDocs would keep it, and so does what no build made (`CNAME`).
    Style sheets, scripts and fonts that its pages were made with stay for one more build.

    Args:
        target: the folder.
        then: is done when the new folder has taken its place, while the old one is removed.
        clean: whether to leave behind what no build made and does not begin with a dot.

    Raises:
        BusyError: another build is making the same folder.
        OSError: the folder cannot be written, or nothing can take the place of `target`.
    """
    target = target.resolve()
    with ThreadPoolExecutor(1) as beside:
        with claimed(target) as stage:
            yield stage
            carry_over_assets(stage, target, () if clean or not target.is_dir() else foreign(target))
            publish(stage, target)
            done = beside.submit(then)
        done.result()
