"""The shell in the cache, and whether it is still up to date."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from nutgraf.build.cache import digest, files_below
from nutgraf.build.page_writer import is_inside, write
from nutgraf.loading.content import is_record
from nutgraf.template_dirs import template_folders

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nutgraf.build.cache import Cache
    from nutgraf.theme.export import ExportedShell, Plan

_PART: Final = "shell"
_FOREIGN: Final = re.compile(
    # Other files, and the environment; functions of the site's own; extensions that read what lies anywhere.
    r"\bINHERIT\b|!ENV|!!python/(?!name:(?:material|pymdownx|markdown)\.)|custom_icons"
)
_EXTENSIONS: Final = re.compile(
    r"(?:markdown\.extensions\.)?(?:abbr|admonition|attr_list|codehilite|def_list|extra|fenced_code|footnotes|md_in_html"
    r"|meta|nl2br|sane_lists|smarty|tables|toc|wikilinks)"
    r"|pymdownx\.(?:arithmatex|betterem|blocks\.\w+|caret|critic|details|emoji|extra|fancylists|highlight|inlinehilite"
    r"|keys|magiclink|mark|progressbar|quotes|saneheaders|smartsymbols|striphtml|superfences|tabbed|tasklist|tilde)"
)
"""Extensions of Markdown that are known to read nothing but the page that they are given."""


@dataclass(frozen=True, slots=True)
class CachedShell:
    """The shell of an earlier build.

    Attributes:
        config: the digest of mkdocs.yml.
        config_file: where that lay.
        strict: what the command said of it.
        surroundings: the digest of all other files that it was made of; see `surroundings`.
        asked: which of the records that mkdocs.yml and pages written by hand name there were.
        said: what mkdocs.yml said.
        made: the shell.
        files: its files, by path.
    """

    config: bytes
    config_file: str
    strict: bool | None
    surroundings: bytes
    asked: Mapping[str, bool]
    said: Plan
    made: ExportedShell
    files: Mapping[str, bytes]

    def __enter__(self) -> Self:
        """Begin: nothing is to be done."""
        return self

    def __exit__(self, *_: object) -> None:
        """End: nothing is left."""

    def plan(self) -> Plan:
        """Return what mkdocs.yml says."""
        return self.said

    def begin(self, folder: Path) -> None:
        """Write the files of the shell to an empty folder."""
        for path, data in self.files.items():
            write(folder, path, data)

    def shell(self, _folder: Path) -> ExportedShell:
        """Return the shell, whose files `begin` has written."""
        return self.made


def find(cache: Cache, *, strict: bool | None) -> CachedShell | None:
    """Return the shell in the cache; None if it is stale."""
    kept = cache.read(_PART)
    if kept is not None and not (isinstance(kept, CachedShell) and all(map(is_inside, kept.files))):
        cache.ignore(_PART)
        kept = None
    if kept is None or (kept.config_file, kept.strict) != (str(cache.config_file), strict):
        return None
    try:
        return kept if _fits(kept) else None
    except OSError:
        return None


def _fits(kept: CachedShell) -> bool:
    plan = kept.said
    config = Path(kept.config_file).read_bytes()
    return (
        digest(config) == kept.config
        and is_said(plan, kept.config_file, config)
        and template_folders(plan.own_templates) == plan.templates
        and surroundings(plan) == kept.surroundings
        and asked(plan.content, kept.asked) == kept.asked
    )


def is_said(plan: Plan, config_file: str, config: bytes) -> bool:
    """Tell whether a plan names only folders that mkdocs.yml names, or does not need to.

    What is in them is run (templates) or replaced (the site), so a cache alone is not enough to name one.
    """
    root, text = Path(config_file).parent, config.decode(errors="replace")
    folders = ((plan.content, "docs"), (plan.own_templates, "templates"), (plan.site, "site"))
    return plan.config_file == Path(config_file) and all(
        folder == root / usual or _names(text, os.path.relpath(folder, root)) or _names(text, str(folder))
        for folder, usual in folders
    )


def _names(text: str, folder: str) -> bool:
    folder = folder.replace(os.sep, "/")
    return re.search(rf"(?<![^\s'\"{{,:])(?:\./)?{re.escape(folder)}/?(?![^\s'\"}},])", text) is not None


def keep(cache: Cache, shelved: CachedShell) -> None:
    """Cache a shell for the next build."""
    cache.write(_PART, shelved)


def surroundings(plan: Plan) -> bytes:
    """Return the digest of what a shell depends on besides mkdocs.yml: templates, and files that are no records.

    Raises:
        OSError: something cannot be read.
    """
    told = hashlib.blake2b(digest_size=32)
    for folder, but in ((plan.content, is_record), *((one, _is_beginning) for one in plan.templates)):
        if not os.path.isdir(folder):  # noqa: PTH112
            raise NotADirectoryError(folder)
        for path, data in files_below(str(folder), but=but):
            told.update(f"{path}\0{len(data)}\0".encode(errors="surrogateescape"))
            told.update(data)
        told.update(b"\0\0")
    return told.digest()


def _is_beginning(path: str) -> bool:
    """Tell whether a file among the templates is one that a new site begins with."""
    return path.startswith("init/")


def asked(content: Path, names: Iterable[str]) -> dict[str, bool]:
    """Tell which records there are."""
    return {name: os.path.isfile(content / name) for name in names}  # noqa: PTH113


def depends_on_more(config: bytes, extensions: Iterable[str]) -> bool:
    """Tell whether a shell may depend on more than mkdocs.yml, templates and the content folder.

    Args:
        config: what stands in mkdocs.yml.
        extensions: the names of the extensions of Markdown.
    """
    return bool(_FOREIGN.search(config.decode(errors="replace"))) or not all(map(_EXTENSIONS.fullmatch, extensions))
