"""What is wrong with the files of a site at this moment."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nutgraf.loading.source import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from nutgraf.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Problems:
    """All complaints, with what is needed to show them.

    Attributes:
        diagnostics: in any order, errors and warnings.
        files: the bytes of the files that their spans speak of, by the spans' paths; where one is missing, no line is
            quoted.
        folder: what those paths are relative to, as an absolute path: the content folder, or that of mkdocs.yml.
        trace: how it came to an error that is nobody's mistake in a file, for who develops a plugin or Nutgraf.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    folder: Path = Path()
    trace: str = ""

    @property
    def errors(self) -> int:
        """How many of them stop a publication."""
        return sum(one.is_error for one in self.diagnostics)

    @property
    def warnings(self) -> int:
        """How many of them do not."""
        return len(self.diagnostics) - self.errors

    def seen_from(self, folder: Path) -> Problems:
        """Return the same with paths relative to another folder."""

        def moved(path: str) -> str:
            return Path(os.path.relpath(self.folder / path, folder)).as_posix()

        found = tuple(
            replace(
                one,
                span=replace(one.span, path=moved(one.span.path)),
                related=tuple(
                    replace(other, span=replace(other.span, path=moved(other.span.path))) for other in one.related
                ),
                fix=(),  # nobody mends from here
            )
            for one in self.diagnostics
        )
        return Problems(found, {moved(path): data for path, data in self.files.items()}, folder, self.trace)

    def with_those(self, *others: Problems) -> Problems:
        """Return these and others of the same folder, each once."""
        found = dict.fromkeys(self.diagnostics)
        files, trace = dict(self.files), self.trace
        for other in others:
            found |= dict.fromkeys(other.diagnostics)
            files |= other.files
            trace = trace or other.trace
        return Problems(tuple(found), files, self.folder, trace)


class UnrenderableError(Exception):
    """A page cannot be made.

    Attributes:
        problems: why.
    """

    def __init__(self, problems: Problems) -> None:
        """Say why."""
        super().__init__(", ".join(one.headline for one in problems.diagnostics))
        self.problems = problems


def files_named(
    diagnostics: Collection[Diagnostic], known: Mapping[str, bytes], folder: Path
) -> Iterator[tuple[str, bytes]]:
    """Yield the files that diagnostics are about and that are not known yet, such as a wording file.

    Args:
        diagnostics: with paths relative to the folder.
        known: files that are left out.
        folder: the content folder.
    """
    spans = [one.span for one in diagnostics]
    spans += [other.span for one in diagnostics for other in one.related]
    for path in {span.path for span in spans} - known.keys():
        try:
            file = folder / path
            if file.is_file() and file.stat().st_size <= MAX_BYTES:
                yield path, file.read_bytes()
        except (OSError, ValueError):
            continue
