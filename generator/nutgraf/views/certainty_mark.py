"""The sign behind a statement, and what a statement shares on all pages that show it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nutgraf.markdown import LinkCandidate
    from nutgraf.views.interface_text import Label


@dataclass(frozen=True, slots=True)
class CertaintyMark:
    """The sign at the end of a statement: a shape, words, and the way to its record.

    Attributes:
        shape: the name of its certainty.
        word: its certainty in words.
        flags: what else must be known at a glance.
        label: all of it in words, for who does not see it.
        name: the same, and how the statement begins: what tells it from the other signs of a page.
        record: the anchor of the record on the same page; None where it is elsewhere.
        href: the permanent address of the statement.
    """

    shape: str
    word: str
    flags: tuple[Label, ...]
    label: str
    name: str
    record: str | None
    href: str


@dataclass(frozen=True, slots=True)
class CachedStatement:
    """A statement as it stands alone on pages that are not its story's: what is the same on all of them.

    Attributes:
        sentence, followed: as in a view, in parts that may be links.
        classes, struck: as in a view.
        marks: by depth of the page.
    """

    sentence: tuple[LinkCandidate, ...]
    followed: tuple[tuple[LinkCandidate, ...], ...]
    classes: str
    struck: bool
    marks: dict[int, CertaintyMark] = field(default_factory=dict)
