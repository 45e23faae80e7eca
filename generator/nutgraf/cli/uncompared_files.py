"""The files of a site that a comparison does not look into: static files, templates, hooks, the configuration."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path
from typing import TYPE_CHECKING

from nutgraf.cli.git_sides import inputs_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# See `nutgraf.cli.common`.
# ruff: noqa: PLC0415

Files = dict[str, frozenset[str]]


def files_in(content: Path, top: Path, config: str, templates: str) -> Files:
    """Return the files beside the records of a content folder, and those of its project.

    Args:
        content: the folder.
        top: the folder of the configuration; without one there, the content folder stands alone.
        config: the name of the file with the configuration.
        templates: the project's own templates, relative to `top`.

    Returns:
        Names of their contents, as `nutgraf.diff.Side.files` has them.
    """
    from nutgraf.loading.other_files import blob_names

    found = {path: blob_names(content / path) for path in _static(_below(content))}
    if (top / config).is_file():
        for one in {config, templates, *inputs_of((top / config).read_bytes())}:
            for file in _files_of(top / one):
                found[Path(os.path.relpath(file, content)).as_posix()] = blob_names(file)
    return found


def files_at(top: Path, revision: str, content: str, config: str, templates: str) -> Files:
    """Return the same of a revision.

    Args:
        top: the folder of the configuration.
        revision: of the repository.
        content: the content folder, relative to `top`.
        config: as in `files_in`.
        templates: as in `files_in`.

    Raises:
        RevisionError: there is no repository, or no such revision.
    """
    from nutgraf.loading.git import blobs_of, read_texts

    names = blobs_of(top, revision, content)
    found = {path: frozenset({names[path]}) for path in _static(names)}
    all_names = blobs_of(top, revision, "")
    data = read_texts(top, revision, "", config).get(config)
    inputs = {config, templates, *(inputs_of(data) if data is not None else ())}
    up = posixpath.relpath(".", content)
    for path, name in all_names.items():
        if any(path == one or (path.startswith(f"{one}/") and "/." not in path) for one in inputs):
            found[posixpath.normpath(posixpath.join(up, path))] = frozenset({name})
    return found


def _static(paths: Iterable[str]) -> Iterator[str]:
    """Yield the paths of files that are published as they are."""
    from nutgraf.loading.content import is_record
    from nutgraf.loading.other_files import is_taken

    yield from (path for path in paths if is_taken(path) and not is_record(path) and not path.endswith(".md"))


def _below(folder: Path) -> Iterator[str]:
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith((".", "__pycache__")))
        inner = Path(where).relative_to(folder).as_posix()
        shown = (name for name in sorted(names) if not name.startswith("."))
        yield from (name if inner == "." else f"{inner}/{name}" for name in shown)


def _files_of(path: Path) -> Iterator[Path]:
    """Yield a file, or all files below a folder."""
    if path.is_dir():
        yield from (path / inner for inner in _below(path))
    elif path.is_file():
        yield path
