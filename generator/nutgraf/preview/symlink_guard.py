"""Links that lead out of the project: what they bring in is not shown."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from nutgraf.diagnostics import Diagnostic, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator


def leaks(folder: Path, config_file: Path, published: dict[str, bytes]) -> Iterator[Diagnostic]:
    """Take out of a site what links in the content folder bring in from outside the project, and warn of each.

    MkDocs follows them, so a link in a pull request could put a private file of this machine on a page.
    """
    inside = [Path(os.path.realpath(folder)), Path(os.path.realpath(config_file)).parent]
    for link in _links(folder):
        target = Path(os.path.realpath(folder / link))
        if any(target.is_relative_to(one) for one in inside):
            continue
        page = link.with_suffix("")
        page = page.parent if page.name in {"index", "README"} else page
        for path in [one for one in published if _is_below(one, link) or _is_below(one, page)]:
            del published[path]
        headline = "Link leads out of the project, and is not shown"
        advice = "A build would publish what it leads to. Put the file itself here."
        yield Diagnostic("link-outside", headline, Span(link.as_posix()), Severity.WARNING, advice)


def _is_below(path: str, folder: PurePosixPath) -> bool:
    return folder.name != "" and PurePosixPath(path).is_relative_to(folder)


def _links(folder: Path) -> Iterator[PurePosixPath]:
    for place, folders, files in os.walk(folder):
        for name in sorted((*folders, *files)):
            path = Path(place, name)
            if path.is_symlink():
                yield PurePosixPath(path.relative_to(folder).as_posix())
