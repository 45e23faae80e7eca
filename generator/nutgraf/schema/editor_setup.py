"""Where schemas lie in a site, and how an editor learns of them."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from nutgraf.schema.schemas import KINDS, schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nutgraf.schema.ids import Ids

FOLDER: Final = Path(".nutgraf/schema")
"""Beside mkdocs.yml. It keeps itself out of git: the ids in it are those of one's own working copy."""
SETTINGS: Final = Path(".vscode/settings.json")
EXTENSIONS: Final = Path(".vscode/extensions.json")
_IGNORE: Final = "# Made by `nutgraf schema`, anew after each new id.\n*\n"
_SCHEMAS: Final = "yaml.schemas"
_EXTENSION: Final = "redhat.vscode-yaml"
_MODELINE: Final = re.compile(r"#\s*yaml-language-server\s*:")
_INDENT: Final = re.compile(r"^\{\s*?\n([ \t]+)", re.MULTILINE)


class UnreadableError(Exception):
    """A file of settings is not plain JSON; what it should hold stands in `wanted`."""

    def __init__(self, path: Path, wanted: str) -> None:
        """Name the file, and what belongs into it."""
        super().__init__(str(path))
        self.path = path
        self.wanted = wanted


def schema_files(ids: Ids | None) -> Mapping[Path, str]:
    """Return the schemas of all kinds of record, by path from the folder of mkdocs.yml."""
    found = {
        FOLDER / f"{name}.json": json.dumps(schema(folder, ids), ensure_ascii=False, indent=1) + "\n"
        for folder, (name, _) in KINDS.items()
    }
    return {FOLDER.parent / ".gitignore": _IGNORE, **found}


def settings(root: Path, site: Path, content: Path) -> Mapping[Path, str]:
    """Return the settings of VS Code that name the schemas, where they have to change.

    Args:
        root: the folder that is opened in the editor.
        site: the folder of mkdocs.yml, in `root`.
        content: the content folder.

    Returns:
        New texts by path from `root`. Other settings stay as they are.

    Raises:
        UnreadableError: the file that is there is not plain JSON (comments, for one).
    """
    wanted = {
        (_relative(site, root) / FOLDER / f"{name}.json").as_posix(): [
            f"{(_relative(content, root) / folder).as_posix()}/*{suffix}" for suffix in (".yml", ".yaml")
        ]
        for folder, (name, _) in KINDS.items()
    }
    return dict(_merged(root, SETTINGS, {_SCHEMAS: wanted})) | dict(_recommended(root))


def _relative(path: Path, root: Path) -> Path:
    return Path(os.path.relpath(os.path.realpath(path), os.path.realpath(root)))


def _merged(root: Path, path: Path, wanted: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    old = (root / path).read_text(encoding="utf-8") if (root / path).is_file() else ""
    shown = json.dumps(wanted, indent=2, ensure_ascii=False)
    known = _parsed(old)
    if known is None or not isinstance(known.get(_SCHEMAS, {}), dict):
        raise UnreadableError(path, shown)
    merged = known | {_SCHEMAS: {**known.get(_SCHEMAS, {}), **wanted[_SCHEMAS]}}
    if merged != known:
        indent = _INDENT.search(old)
        yield path, json.dumps(merged, indent=indent[1] if indent else 2, ensure_ascii=False) + "\n"


def _recommended(root: Path) -> Iterator[tuple[Path, str]]:
    if not (root / EXTENSIONS).exists():
        yield EXTENSIONS, json.dumps({"recommendations": [_EXTENSION]}, indent=2) + "\n"


def _parsed(text: str) -> dict[str, Any] | None:
    if not text.strip():
        return {}
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def modelines(site: Path, content: Path, files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return the files that lack a line which names their schema, with that line: for editors without such settings.

    Args:
        site: the folder of mkdocs.yml.
        content: the content folder.
        files: its records, by path from it.
    """
    found: dict[str, bytes] = {}
    for path, data in files.items():
        kind = KINDS.get(path.partition("/")[0])
        if kind is None or not path.endswith((".yml", ".yaml")) or _MODELINE.match(data.decode(errors="replace")):
            continue
        place = os.path.relpath(
            os.path.realpath(site / FOLDER / f"{kind[0]}.json"), os.path.realpath((content / path).parent)
        )
        mark, text = (data[:3], data[3:]) if data.startswith(b"\xef\xbb\xbf") else (b"", data)
        end = b"\r\n" if b"\r\n" in text else b"\n"
        found[path] = mark + f"# yaml-language-server: $schema={Path(place).as_posix()}".encode() + end + text
    return found
