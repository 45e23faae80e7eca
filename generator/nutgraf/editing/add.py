"""New records and new statements, written where they belong and laid out as `nutgraf fmt` would."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutgraf.editing.edits import TextEdit, applied
from nutgraf.editing.formatter import formatted
from nutgraf.loading.content import record_path
from nutgraf.loading.nodes import Mapping, Sequence, find
from nutgraf.loading.source import source_lines

if TYPE_CHECKING:
    from collections.abc import Mapping as MappingOf

    from nutgraf.loading.content import Loaded
    from nutgraf.loading.nodes import Node

    Value = str | list["Value"] | dict[str, "Value"]

_LONGEST_ID: Final = 40
_OPENED: Final = ("[", "{")


class AddError(Exception):
    """Something cannot be added as asked.

    Attributes:
        help: what to do instead.
    """

    def __init__(self, message: str, advice: str = "") -> None:
        """Say what is wrong, and what to do about it."""
        super().__init__(message)
        self.help = advice


@dataclass(frozen=True, slots=True)
class Addition:
    """A file with something new in it.

    Attributes:
        path: relative to the content folder.
        data: the new bytes.
        line: where the new thing begins, counted from 1.
    """

    path: str
    data: bytes
    line: int = 1


def id_for(text: str) -> str:
    """Return an id that one may guess from a name: `elon-musk` for "Elon Musk"; empty where there is none."""
    plain = unicodedata.normalize("NFKD", text.translate({ord("ß"): "ss", ord("ø"): "o", ord("ł"): "l"}))
    letters = "".join(one for one in plain if not unicodedata.combining(one)).lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", letters))
    found = ""
    for word in words:
        if found and len(found) + 1 + len(word) > _LONGEST_ID:
            break
        found = f"{found}-{word}" if found else word[:_LONGEST_ID]
    return found


def record(folder: str, name: str, fields: MappingOf[str, Value]) -> Addition:
    """Return the file of a new record.

    Args:
        folder: of the content.
        name: its id.
        fields: as YAML has them; empty ones are left out.
    """
    path = record_path(folder, name)
    return Addition(path, formatted(path, _written(_given(fields)).encode()).data)


def statement(  # noqa: PLR0913 - where it stands, and what it says
    tree: MappingOf[str, bytes],
    loaded: Loaded,
    story: str,
    fields: MappingOf[str, Value],
    *,
    section: int | None = None,
    title: str = "",
) -> Addition:
    """Return the file of a story with a new statement at the end of a section.

    Args:
        tree: the files of the content.
        loaded: the same, loaded.
        story: its id.
        fields: of the statement, as YAML has them; empty ones are left out.
        section: which one, counted from 0; None begins one.
        title: of the section that begins; it may be empty.

    Raises:
        AddError: the sections are written between brackets.
    """
    path = loaded.positions.path("stories", story)
    root = loaded.positions.roots[path]
    lines = source_lines(tree[path])
    place, new = _place(root, lines, _given(fields), section, title)
    # The first line of what is added is behind the line break of `place`.
    end = "\r\n" if b"\r\n" in tree[path] else "\n"
    behind = len(lines[place - 1])
    opening = end if lines[place - 1].strip() else ""
    edit = TextEdit(place, behind + 1, behind + 1, opening + end.join(new))
    data = applied(tree[path], [edit])
    first = place + 1 + next(number for number, line in enumerate(new) if line.strip())
    return Addition(path, data if data.endswith(b"\n") else data + end.encode(), first)


def lines_of(fields: MappingOf[str, Value]) -> list[str]:
    """Return the lines of a statement as an item of a list."""
    return _indented(_laid_out({"sections": [{"title": "x", "statements": [_given(fields)]}]})[3:], -6)


def _place(
    root: Node, lines: tuple[str, ...], fields: dict[str, Value], section: int | None, title: str
) -> tuple[int, list[str]]:
    """Return the line (from 1) behind which new lines go, and those lines."""
    sections = find(root, ("sections",))
    known = sections.items if isinstance(sections, Sequence) else []
    if section is None:
        new: dict[str, Value] = _given({"title": title, "statements": [fields]})
        if isinstance(sections, Sequence) and not known:
            raise AddError("the story has an empty list of sections", "Take its line `sections: []` out first.")
        if not known:
            return len(lines), ["", *_laid_out({"sections": [new]})]
        return _last_line(known[-1]), _item(known, lines, _laid_out({"sections": [new]})[1:])
    owner = known[section]
    statements = find(owner, ("statements",))
    if not isinstance(statements, Sequence) or not statements.items:
        _refuse_brackets(owner, lines)
        new_lines = _laid_out({"sections": [{"title": "x", "statements": [fields]}]})[2:]
        if isinstance(statements, Sequence):
            raise AddError("the section has an empty list of statements", "Take its line `statements: []` out first.")
        return _last_line(owner), _indented(new_lines, owner.column - 1 - 4)
    new_lines = _laid_out({"sections": [{"title": "x", "statements": [fields]}]})[3:]
    return _last_line(statements.items[-1]), _item(statements.items, lines, new_lines)


def _item(items: list[Node], lines: tuple[str, ...], new: list[str]) -> list[str]:
    """Return the lines of a new item as the list has its others: as far indented, and with as much space before it."""
    last = items[-1]
    line = lines[last.line - 1]
    dash = len(line) - len(line.lstrip(" "))
    if line[: last.column - 1].strip() != "-":
        raise AddError(
            "the list is written between brackets, where nothing can be added by itself",
            "Write each of its items on lines of its own, with a dash in front.",
        )
    gap = len(items) > 1 and not lines[last.line - 2].strip()
    return ["", *_indented(new, dash - _depth(new))] if gap else _indented(new, dash - _depth(new))


def _refuse_brackets(node: Node, lines: tuple[str, ...]) -> None:
    if lines[node.line - 1][node.column - 1 : node.column] in _OPENED:
        raise AddError("the section is written between brackets", "Write each of its fields on a line of its own.")


def _depth(lines: list[str]) -> int:
    return len(lines[0]) - len(lines[0].lstrip(" "))


def _indented(lines: list[str], by: int) -> list[str]:
    return [(" " * by + line if by > 0 else line[-by:]) if line else line for line in lines]


def _last_line(node: Node) -> int:
    """Return the last line with something of a node on it."""
    if isinstance(node, Mapping) and node.entries:
        return max(_last_line(entry.value) for entry in node.entries.values())
    if isinstance(node, Sequence) and node.items and node.end_column == 1:
        return max(_last_line(item) for item in node.items)
    return node.end_line


def _given(fields: MappingOf[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in fields.items() if value}


def _laid_out(fields: MappingOf[str, Value]) -> list[str]:
    return formatted("stories/x.yml", _written(fields).encode()).data.decode().splitlines()


def _written(value: Value | MappingOf[str, Value], indent: int = 0) -> str:
    """Return data as YAML, every text in quotes; the layout takes away those that it does not need."""
    if isinstance(value, str):
        return _quoted(value)
    pad = " " * indent
    if isinstance(value, list):
        if all(isinstance(one, str) for one in value):
            return f"[{', '.join(_quoted(str(one)) for one in value)}]"
        return "".join(f"\n{pad}- {_written(one, indent + 2).lstrip()}" for one in value)
    if indent and all(isinstance(one, str) for one in value.values()) and "id" not in value:
        return "{" + ", ".join(f"{name}: {_quoted(str(one))}" for name, one in value.items()) + "}"
    lines = [f"{pad}{name}: {_written(one, indent + 2)}" for name, one in value.items()]
    return ("\n" if indent else "") + "\n".join(lines) + ("" if indent else "\n")


def _quoted(text: str) -> str:
    told = "".join({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}.get(one, one) for one in text)
    return f'"{told}"'
