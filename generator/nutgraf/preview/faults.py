"""Faults of mkdocs.yml, of templates and of what MkDocs calls, as complaints like those about content.

They come as exceptions and as lines of a log, with their place somewhere in a message: it is looked up in the file.
"""

from __future__ import annotations

import logging
import os
import re
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jinja2
import yaml
from mkdocs.exceptions import MkDocsException

from nutgraf.diagnostics import Diagnostic, Severity, Span
from nutgraf.loading.source import source_lines
from nutgraf.preview.problems import Problems
from nutgraf.render import template_fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nutgraf.misuse import MisuseError

CONFIGURATION: Final = "unusable-configuration"
TEMPLATE: Final = "failing-template"
BUILD: Final = "failed-build"
MKDOCS: Final = "mkdocs-warning"

_OPTION: Final = re.compile(r"Config value '([^']+)': ?(.*)", re.DOTALL)
_SETTING: Final = re.compile(r"in the '([^']+)' configuration")
"""How MkDocs ends what it says of `nav`."""
_QUOTED: Final = re.compile(r"""["'`]([^"'`\n]+)["'`]""")
_DOCUMENT: Final = re.compile(r"Doc file '([^']+)'")
_OWN_TRACE: Final = 3
"""How many of the innermost calls tell where a bug is, in the message itself."""


def configuration(error: MisuseError, file: Path) -> Problems:
    """Return what is wrong with a configuration that cannot be used.

    Args:
        error: what was raised when it was read.
        file: the mkdocs.yml.
    """
    data = _read(file)
    folder = file.absolute().parent
    mark = _mark(error)
    if mark is not None:
        problem, line, column = mark
        span = Span(file.name, line, column, line, column + 1)
        found = [Diagnostic(CONFIGURATION, f"Configuration is not YAML: {problem}", span, help=error.help)]
    else:
        found = [_about_option(line, data, file.name, error.help) for line in str(error).splitlines() if line.strip()]
    return Problems(tuple(found), _at_hand({file.name: data}), folder)


def _about_option(message: str, data: bytes | None, path: str, advice: str) -> Diagnostic:
    found = _OPTION.match(message)
    span = place_in(data, path, [found[1]] if found else [], _QUOTED.findall(found[2] if found else message))
    return Diagnostic(CONFIGURATION, _sentence(f"`{found[1]}`: {found[2]}" if found else message), span, help=advice)


def _mark(error: BaseException) -> tuple[str, int, int] | None:
    """Return what a YAML parser complained about, its line and its column."""
    for one in _chain(error):
        if isinstance(one, yaml.MarkedYAMLError) and (mark := one.problem_mark or one.context_mark):
            return one.problem or one.context or "it cannot be read", mark.line + 1, mark.column + 1
    return None


def build(error: Exception, folder: Path, said: Iterable[str] = ()) -> Problems:
    """Return why a site or a page of it cannot be built.

    Args:
        error: what was raised.
        folder: the content folder, which the paths of the result are relative to.
        said: errors that MkDocs logged on the way.
    """
    for one in _chain(error):
        if isinstance(one, Exception) and template_fault(one) is not None:
            return _template(one, folder)
    here = Span(".")
    if isinstance(error, OSError) and error.strerror is not None:
        headline = _sentence(f"{error.strerror}: {error.filename}" if error.filename else error.strerror)
        return Problems((Diagnostic(BUILD, headline, here),), folder=folder)
    if isinstance(error, MkDocsException):
        lines = [*said] or [error.format_message()]
        return Problems(tuple(_told(line, here) for line in lines), folder=folder)
    headline = _sentence(f"{type(error).__name__}: {error}")
    calls = traceback.extract_tb(error.__traceback__)[-_OWN_TRACE:]
    advice = "Raised in " + ", ".join(f"{Path(call.filename).name}:{call.lineno}" for call in reversed(calls))
    advice += ". It may be a fault of a plugin, of a hook or of Nutgraf; the terminal shows how it came to it."
    return Problems((Diagnostic(BUILD, headline, here, help=advice),), folder=folder, trace=_trace(error))


def _told(message: str, span: Span) -> Diagnostic:
    first, _, rest = message.strip().partition("\n")
    return Diagnostic(BUILD, _sentence(first), span, help=rest.strip())


def _template(error: Exception, folder: Path) -> Problems:
    file, line = _template_place(error)
    if isinstance(error, jinja2.TemplateNotFound):
        message = f"There is no template `{error.name}`"
    elif isinstance(error, jinja2.TemplateSyntaxError):
        message = f"Template cannot be read: {error.message}"
    else:
        message = f"Template fails: {error}"
    if file is None:
        return Problems((Diagnostic(TEMPLATE, _sentence(message), Span(".")),), folder=folder)
    path, data = Path(os.path.relpath(file, folder)).as_posix(), _read(file)
    span = _whole_line(data, path, line)
    return Problems((Diagnostic(TEMPLATE, _sentence(message), span),), _at_hand({path: data}), folder)


def _template_place(error: Exception) -> tuple[Path | None, int]:
    if isinstance(error, jinja2.TemplateSyntaxError) and error.filename:
        return Path(error.filename), error.lineno
    # Jinja rewrites tracebacks, so that the frames of a template name its file and line.
    frames = [call for call in traceback.extract_tb(error.__traceback__) if not call.filename.endswith((".py", ">"))]
    return (Path(frames[-1].filename), frames[-1].lineno or 1) if frames else (None, 1)


class Ear(logging.Handler):
    """Hears what MkDocs, its theme and its plugins log while a site is built.

    Attributes:
        errors: messages.
        warnings: messages, each once.
    """

    def __init__(self) -> None:
        """Begin with nothing heard."""
        super().__init__(logging.WARNING)
        self.errors: list[str] = []
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what is logged."""
        kept = self.errors if record.levelno >= logging.ERROR else self.warnings
        message = record.getMessage()
        if message not in kept:
            kept.append(message)

    def __enter__(self) -> Ear:  # noqa: PYI034  # not meant to be inherited from
        """Begin to listen."""
        logger = logging.getLogger("mkdocs")
        self._before = logger.level, logger.propagate
        logger.addHandler(self)
        logger.setLevel(logging.WARNING)
        logger.propagate = False
        return self

    def __exit__(self, *_: object) -> None:
        """End to listen."""
        logger = logging.getLogger("mkdocs")
        logger.removeHandler(self)
        logger.level, logger.propagate = self._before


def warnings(messages: Iterable[str], folder: Path, config_file: Path) -> Problems:
    """Return warnings of MkDocs as complaints, each at the line that it is about as far as that can be told.

    Args:
        messages: as they were logged.
        folder: the content folder.
        config_file: the mkdocs.yml.
    """
    files: dict[str, bytes] = {}
    found = []
    settings = Path(os.path.relpath(config_file, folder)).as_posix()
    for message in messages:
        document, option = _DOCUMENT.search(message), _OPTION.match(message) or _SETTING.search(message)
        path = document[1] if document else settings if option else "."
        data = _read(folder / path) if path != "." else None
        if data is not None:
            files[path] = data
        keys = [option[1]] if option else []
        words = [word for word in _QUOTED.findall(message) if word != path and word not in keys]
        first, _, rest = message.strip().partition("\n")
        span = place_in(data, path, keys, words)
        found.append(Diagnostic(MKDOCS, _sentence(first), span, Severity.WARNING, help=rest.strip()))
    return Problems(tuple(found), files, folder)


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


def _whole_line(data: bytes | None, path: str, line: int) -> Span:
    lines = source_lines(data) if data is not None else ()
    if not 0 < line <= len(lines):
        return Span(path, max(line, 1), 1, max(line, 1), 2)
    text = lines[line - 1]
    start = len(text) - len(text.lstrip())
    return Span(path, line, start + 1, line, max(len(text.rstrip()), start + 1) + 1)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and those that led to it."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or current.__context__


def _sentence(message: str) -> str:
    """Return a message as a headline: one line, without a final full stop."""
    text = " ".join(message.split()).rstrip(".")
    return text[:1].upper() + text[1:]


def _trace(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except (OSError, ValueError):
        return None


def _at_hand(files: dict[str, bytes | None]) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if data is not None}
