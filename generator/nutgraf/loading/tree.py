"""A content folder to a tree: the bytes of each record file by its path.

Only what lies directly in `stories/`, `entities/`, `sources/` and `glossary/` and ends in `.yml` or `.yaml` is a
record. Whatever else stands where a record should, a folder named like a file, a link out of the content folder, a
pipe, is a complaint and is never opened. Files that editors leave behind (`.x.yml.swp`, `x.yml~`) are passed over.
Beside the record of a source may lie its text, `sources/x.txt`.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, TypeAlias

from nutgraf.diagnostics import Diagnostic, RelatedPlace, Severity, Span
from nutgraf.loading.content import ARCHIVE, FOLDERS, fits, is_archive
from nutgraf.loading.nodes import Mapping as MappingNode
from nutgraf.loading.source import MAX_BYTES, too_large
from nutgraf.loading.yaml import parse
from nutgraf.model.record import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SUFFIXES: Final = (".yml", ".yaml")

_MEANT: Final[Mapping[str, str]] = {
    **{name: name for name in FOLDERS},
    "entity": "entities",
    "source": "sources",
    "story": "stories",
    "term": "glossary",
    "terms": "glossary",
    "words": "glossary",
    "people": "entities",
    "persons": "entities",
    "organisations": "entities",
    "organizations": "entities",
    "companies": "entities",
    "articles": "stories",
    "publications": "sources",
}
"""Names that a record folder may be given by mistake, and which it is."""
_SIMILAR: Final = 0.8
"""How similar two names must be, from 0 to 1, to take one for the other misspelled."""
_ENOUGH: Final = 1000
"""How many folders inside a record folder are searched for records that nobody would read."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The record files of a content folder.

    Attributes:
        files: their bytes by path, relative to the content folder and with forward slashes, in the order of the paths.
        diagnostics: what is wrong with the files themselves, and not with what they say.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()


Found: TypeAlias = "Diagnostic | tuple[str, bytes]"


def read_tree(folder: Path) -> Tree:
    """Read the record files of the content folder `folder`. Whatever it holds, this raises nothing."""
    files: dict[str, bytes] = {}
    diagnostics: list[Diagnostic] = []
    for found in _read(folder):
        if isinstance(found, Diagnostic):
            diagnostics.append(found)
        else:
            files[found[0]] = found[1]
    diagnostics.extend(_twins(files))
    diagnostics.extend(_orphans(files))
    return Tree(dict(sorted(files.items())), tuple(sorted(diagnostics, key=lambda diagnostic: diagnostic.span)))


def _read(folder: Path) -> Iterator[Found]:
    try:
        entries = _entries(folder)
    except (OSError, ValueError) as error:
        headline = f"Content folder `{shown(folder.name)}` cannot be read: {_reason(error)}"
        yield Diagnostic("missing-folder", headline, Span("."), help="Look at `docs_dir` in mkdocs.yml.")
        return
    for entry in entries:
        if entry.name in FOLDERS:
            yield from _read_records(entry, Path(os.path.realpath(folder)))
        else:
            yield from _look_astray(entry)


def _read_records(folder: os.DirEntry[str], root: Path) -> Iterator[Found]:
    if complaint := _misplaced(folder, folder.name, root):
        yield complaint
        return
    try:
        entries = _entries(Path(folder.path))
    except OSError as error:
        headline = f"Folder `{folder.name}` cannot be read: {_reason(error)}"
        yield Diagnostic("unreadable-file", headline, Span(folder.name))
        return
    for entry in entries:
        path = f"{folder.name}/{shown(entry.name)}"
        if is_record_name(entry.name) or is_archive(path):
            yield from _read_record(entry, path, root)
        elif _holds_records(entry):
            headline = f"Files in the folder `{path}` are not read"
            advice = f"Move them up into `{folder.name}/`: a record lies directly in its folder."
            yield Diagnostic("nested-folder", headline, Span(path), help=advice)


def _read_record(entry: os.DirEntry[str], path: str, root: Path) -> Iterator[Found]:
    if complaint := _misplaced(entry, path, root):
        yield complaint
        return
    try:
        status = entry.stat()
        if not stat.S_ISREG(status.st_mode):
            yield _not_a_file(path, status.st_mode)
        elif status.st_size > MAX_BYTES:
            yield too_large(path, status.st_size)
        else:
            yield path, Path(entry.path).read_bytes()
    except FileNotFoundError:
        return  # Deleted while we looked: editors save by putting a new file in the place of the old one.
    except OSError as error:
        yield Diagnostic("unreadable-file", f"File cannot be read: {_reason(error)}", Span(path))
    else:
        yield from _misnamed(path)


def _misplaced(entry: os.DirEntry[str], path: str, root: Path) -> Diagnostic | None:
    """Return a complaint about a link that leads nowhere, or out of the content folder `root`."""
    if not entry.is_symlink():
        return None
    target = Path(os.path.realpath(entry.path))
    if not os.path.lexists(target) or target.is_symlink():
        return Diagnostic("broken-link", "Link leads to nothing", Span(path), help="Delete it, or mend its target.")
    if not target.is_relative_to(root):
        advice = "Put the file itself here. A site is built from its content folder and nothing else."
        return Diagnostic("link-outside", "Link leads out of the content folder", Span(path), help=advice)
    return None


def _not_a_file(path: str, mode: int) -> Diagnostic:
    if stat.S_ISDIR(mode):
        advice = "Rename the folder. A record is one file."
        return Diagnostic("not-a-file", "Folder has the name of a record file", Span(path), help=advice)
    return Diagnostic("not-a-file", "This is a pipe or a device, not a file", Span(path), help="Delete it.")


def _misnamed(path: str) -> Iterator[Diagnostic]:
    """Complain about a file whose name is no id."""
    name = PurePosixPath(path)
    if is_archive(path):
        return  # It is called like a record, or has none.
    if Reference.pattern.fullmatch(name.stem) and name.suffix in SUFFIXES:
        return
    meant = re.sub(r"[^a-z0-9]+", "-", name.stem.lower()).strip("-")
    advice = "Use lower-case letters, digits and single hyphens, ending in `.yml`"
    advice += f", for example `{meant}.yml`." if meant else "."
    yield Diagnostic("malformed-id", f"Invalid file name `{name.name}`", Span(path), help=advice)


def _twins(files: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    """Complain about `x.yaml` where there is an `x.yml`."""
    for path in files:
        twin = PurePosixPath(path).with_suffix(".yml").as_posix()
        if twin != path and twin in files and not is_archive(path):
            first = RelatedPlace(Span(twin), "this is the other")
            headline = f"Record `{PurePosixPath(path).stem}` has two files"
            yield Diagnostic("duplicate-record", headline, Span(path), help="Keep one of the two.", related=(first,))


def _orphans(files: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    """Warn of the text of a source that has no record: no quotation would be checked against it."""
    records = {PurePosixPath(path).with_suffix("").as_posix() for path in files if not is_archive(path)}
    sources = [PurePosixPath(record).name for record in records if record.startswith("sources/")]
    for path in files:
        name = PurePosixPath(path)
        if is_archive(path) and name.with_suffix("").as_posix() not in records:
            headline = f"Text `{name.name}` belongs to no source"
            near = get_close_matches(name.stem, sources, n=1, cutoff=_SIMILAR)
            advice = f"Did you mean `{near[0]}{ARCHIVE}`?" if near else "Give it the name of its source's record."
            yield Diagnostic("stray-file", headline, Span(path), Severity.WARNING, advice)


def _look_astray(entry: os.DirEntry[str]) -> Iterator[Diagnostic]:
    """Warn of records that are not where records are read."""
    name = shown(entry.name)
    meant = get_close_matches(entry.name.lower(), _MEANT, n=1, cutoff=_SIMILAR)
    if is_record_name(entry.name) and entry.name != "mkdocs.yml":
        headline = "File lies outside of the record folders and is not read"
        advice = f"Move it into one of {', '.join(f'`{folder}/`' for folder in FOLDERS)}."
        yield Diagnostic("stray-file", headline, Span(name), Severity.WARNING, advice)
    elif meant and _holds_records(entry):
        headline = f"Folder `{name}` isn't a content folder: its files are published as they are"
        advice = f"Did you mean `{_MEANT[meant[0]]}`?"
        yield Diagnostic("misspelled-folder", headline, Span(name), Severity.WARNING, advice)
    elif record := _first_record(entry):
        headline = f"`{name}/{record}` looks like a content file, but is published as it is"
        folders = ", ".join(f"`{folder}/`" for folder in FOLDERS)
        advice = f"Move it to one of {folders}, or give it another extension."
        yield Diagnostic("stray-file", headline, Span(f"{name}/{record}"), Severity.WARNING, advice)


def _first_record(entry: os.DirEntry[str]) -> str:
    """Return the name of a file in an unknown folder that has the fields of a record; empty if there is none."""
    if entry.name.startswith(".") or entry.is_symlink() or not Path(entry.path).is_dir():
        return ""
    for file in islice(_entries(Path(entry.path)), _ENOUGH):
        if is_record_name(file.name) and file.is_file() and file.stat().st_size <= MAX_BYTES:
            root = parse(file.name, Path(file.path).read_bytes()).root
            if (
                isinstance(root, MappingNode)
                and len(root.entries) > 1
                and any(fits(root, model) for model in FOLDERS.values())
            ):
                return shown(file.name)
    return ""


def is_record_name(name: str) -> bool:
    """Tell whether a file of this name is meant as a record, and is not what an editor left behind."""
    return name.lower().endswith(SUFFIXES) and not name.startswith((".", "#"))


def _holds_records(entry: os.DirEntry[str]) -> bool:
    """Tell whether a folder, links aside, holds a file that is named like a record, however deep."""
    if entry.name.startswith(".") or entry.is_symlink() or not Path(entry.path).is_dir():
        return False
    walk = os.walk(entry.path)
    return any(is_record_name(name) for _, (_, _, names) in zip(range(_ENOUGH), walk, strict=False) for name in names)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def shown(name: str) -> str:
    """Return a file name as text that can be written anywhere: bytes that are not UTF-8 and control characters go."""
    text = os.fsencode(name).decode(errors="replace")
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


def _reason(error: OSError | ValueError) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
