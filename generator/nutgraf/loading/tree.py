"""A folder of content as a tree: bytes by path."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from nutgraf.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Tree:
    """Files by path, and what is wrong with the folder."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()


def read_tree(folder: Path) -> Tree:
    """Read the record files of a content folder."""
    found = sorted(path for name in ("stories", "entities", "sources", "glossary") for path in (folder / name).glob("*.y*ml"))
    return Tree({path.relative_to(folder).as_posix(): path.read_bytes() for path in found if path.is_file()})
