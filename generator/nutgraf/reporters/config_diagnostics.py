"""What is wrong with mkdocs.yml, and what MkDocs complains of, as complaints like those about content.

MkDocs tells it as lines of a log, with the place somewhere in the message: it is looked up in the file.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nutgraf.diagnostics import Diagnostic, Severity, Span
from nutgraf.loading.source import decode, source_lines
from nutgraf.loading.yaml import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nutgraf.errors import UsageError

CONFIGURATION: Final = "unusable-configuration"
OPTION: Final = "unknown-option"
MKDOCS: Final = "mkdocs-warning"

_OPTION: Final = re.compile(r"Config value '([^']+)': ?(.*)", re.DOTALL)
_UNKNOWN: Final = re.compile(
    r"Config value '([^']+)': (?:Plugin '([^']+)' option '[^']+': |Sub-option '[^']+': )?"
    r"Unrecognised configuration name: (.+)"
)
_SETTING: Final = re.compile(r"in the '([^']+)' configuration")
"""How MkDocs ends what it says of `nav`."""
_QUOTED: Final = re.compile(r"""["'`]([^"'`\n]+)["'`]""")
_DOCUMENT: Final = re.compile(r"Doc file '([^']+)'|^(\S+) is not shown:")
_RECEIVED: Final = re.compile(r"received: '([^'\n]+)'")
_TYPE: Final = re.compile(r"<class '(\w+)'>")
_MEMBER: Final = re.compile(r"<\w+(?:\.\w+)+: ('[^']*')>")

Found = tuple[tuple[Diagnostic, ...], dict[str, bytes]]
"""Complaints, and the files that their spans speak of, by the spans' paths."""


def unusable(error: UsageError, file: Path) -> Found:
    """Return what is wrong with a configuration that cannot be used. Paths are relative to its folder.

    Args:
        error: what was raised when it was read.
        file: the mkdocs.yml.
    """
    data = _read(file)
    files = {} if data is None else {file.name: data}
    if data is not None and _PARSING in str(error):
        # Our own reader says more of what is wrong, and where; what it forbids beyond YAML is no mistake here.
        found = [one for one in parse(file.name, data).diagnostics if one.rule not in _ALLOWED]
        if found:
            return tuple(found), files
        headline = sentence(f"It is not YAML: {' '.join(str(error).split()).partition(_PARSING)[2].lstrip(': ')}")
        return (Diagnostic(CONFIGURATION, headline, Span(file.name), help=error.help),), files
    found = [_about_option(one, data, file.name, error.help) for one in error.parts or (str(error),)]
    return tuple(found), files


_PARSING: Final = "error parsing the configuration file"
_ALLOWED: Final = frozenset({"yaml-tag", "yaml-anchor", "yaml-alias", "yaml-merge"})


def doubled(file: Path) -> tuple[str, ...]:
    """Return what MkDocs should have said of settings that are written twice in mkdocs.yml, in its manner."""
    data = _read(file)
    found = parse(file.name, data).diagnostics if data is not None else ()
    names = [_QUOTED.findall(one.headline)[0] for one in found if one.rule == _DOUBLED and one.span.column == 1]
    return tuple(f"Config value '{name}': it is written twice, and MkDocs takes the last" for name in names)


_DOUBLED: Final = "duplicate-key"


def not_text(folder: Path, others: Iterable[Path]) -> Found:
    """Return the pages, templates and style sheets that are not text in UTF-8.

    Args:
        folder: the content folder, which paths are relative to.
        others: further folders.
    """
    found: list[Diagnostic] = []
    files: dict[str, bytes] = {}
    for one in (folder, *others):
        for file in sorted(path for path in one.rglob("*") if path.suffix in _TEXTS):
            data = _read(file)
            path = Path(os.path.relpath(file, folder)).as_posix()
            wrong = decode(path, data).diagnostics if data is not None else ()
            if wrong and data is not None:
                found += wrong
                files[path] = data
    return tuple(found), files


_TEXTS: Final = frozenset({".md", ".html", ".css", ".js", ".mjs", ".xml", ".txt"})


def _about_option(message: str, data: bytes | None, path: str, advice: str) -> Diagnostic:
    unknown = _about_unknown(message, data, path, Severity.ERROR)
    if unknown is not None:
        return unknown
    found = _OPTION.match(message)
    said = found[2] if found else message
    words = [*_RECEIVED.findall(said), *_QUOTED.findall(said)]
    span = place_in(data, path, [found[1]] if found else [], words)
    return Diagnostic(CONFIGURATION, sentence(f"`{found[1]}`: {found[2]}" if found else message), span, help=advice)


def warned(messages: Iterable[str], folder: Path, config_file: Path) -> Found:
    """Return warnings of MkDocs as complaints, each at the line that it is about as far as that can be told.

    Args:
        messages: as they were logged.
        folder: the content folder, which paths are relative to.
        config_file: the mkdocs.yml.
    """
    files: dict[str, bytes] = {}
    found = []
    settings = Path(os.path.relpath(config_file, folder)).as_posix()
    for message in messages:
        document, option = _DOCUMENT.search(message), _OPTION.match(message) or _SETTING.search(message)
        path = (document[1] or document[2]) if document else settings if option else "."
        data = _read(folder / path) if path != "." else None
        if data is not None:
            files[path] = data
        unknown = _about_unknown(message, data, path, Severity.WARNING)
        if unknown is not None:
            found.append(unknown)
            continue
        keys = [option[1]] if option else []
        words = [word for word in _QUOTED.findall(message) if word != path and word not in keys]
        first, _, rest = message.strip().partition("\n")
        span = place_in(data, path, keys, words)
        found.append(Diagnostic(MKDOCS, sentence(first), span, Severity.WARNING, help=rest.strip()))
    return tuple(found), files


def unknown_in(message: str) -> tuple[str, str, str] | None:
    """Return the setting, the plugin (or nothing) and the option where MkDocs says of an option that there is none."""
    found = _UNKNOWN.match(message)
    return (found[1], found[2] or "", found[3]) if found else None


def _about_unknown(message: str, data: bytes | None, path: str, severity: Severity) -> Diagnostic | None:
    found = unknown_in(message)
    if found is None:
        return None
    key, plugin, name = found
    whose = f"The plugin `{plugin}` has" if plugin else "MkDocs has" if key == name else f"`{key}` has"
    span = place_in(data, path, [] if key == name else [key], [f"{name}:"])
    if span.end_column - span.column > len(name):
        span = Span(path, span.line, span.column, span.line, span.column + len(name))
    advice = message.partition("\n")[2]
    return Diagnostic(OPTION, f"{whose} no option `{name}`", span, severity, advice or "Remove it.")


def place_in(data: bytes | None, path: str, keys: Iterable[str], words: Iterable[str]) -> Span:
    """Return where in a file a message is about: the first of `words` below one of the keys, else the key itself.

    Args:
        data: the file; None if it cannot be read.
        path: of the file.
        keys: names of settings, at the top of a YAML file.
        words: what the message quotes.
    """
    if data is None:
        return Span(path)
    lines = source_lines(data)
    start = 0
    span = Span(path)
    for key in keys:
        wanted = re.compile(rf"{re.escape(key)}\s*:")
        start = next((at for at, line in enumerate(lines) if wanted.match(line)), -1)
        if start < 0:
            return span
        span = Span(path, start + 1, 1, start + 1, len(key) + 1)
    for word in words:
        for at in range(start, len(lines)):
            column = lines[at].find(word)
            if column >= 0:
                return Span(path, at + 1, column + 1, at + 1, column + len(word) + 1)
    return span


def sentence(message: str) -> str:
    """Return a message as a headline: one line, without a final full stop, and without the signs of Python."""
    text = " ".join(message.split()).rstrip(".")
    text = _MEMBER.sub(r"\1", _TYPE.sub(lambda found: _TYPES.get(found[1], found[1]), text))
    return text[:1].upper() + text[1:]


_TYPES: Final = {"str": "text", "int": "a number", "bool": "true or false", "list": "a list", "dict": "a mapping"}


def chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and those that led to it."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or current.__context__


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except (OSError, ValueError):
        return None
