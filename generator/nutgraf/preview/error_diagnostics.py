"""Faults of mkdocs.yml, of templates and of what MkDocs calls, as complaints like those about content.

They come as exceptions and as lines of a log, with their place somewhere in a message: it is looked up in the file.
"""

from __future__ import annotations

import os
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jinja2
from mkdocs.exceptions import MkDocsException

from nutgraf.diagnostics import Diagnostic, Span
from nutgraf.error_origin import code_place, named, template_fault, template_place
from nutgraf.loading.source import source_lines
from nutgraf.preview.problems import Problems
from nutgraf.reporters.config_diagnostics import chain, not_text, sentence, unusable, warned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nutgraf.errors import UsageError

TEMPLATE: Final = "failing-template"
BUILD: Final = "failed-build"

_OWN_TRACE: Final = 3
"""How many of the innermost calls tell where a bug is, in the message itself."""


def configuration(error: UsageError, file: Path) -> Problems:
    """Return what is wrong with a configuration that cannot be used.

    Args:
        error: what was raised when it was read.
        file: the mkdocs.yml.
    """
    found, files = unusable(error, file)
    return Problems(found, files, file.absolute().parent)


def build(error: Exception, folder: Path, said: Iterable[str] = (), folders: Iterable[Path] = ()) -> Problems:
    """Return why a site or a page of it cannot be built.

    Args:
        error: what was raised.
        folder: the content folder, which the paths of the result are relative to.
        said: errors that MkDocs logged on the way.
        folders: of the site's own templates.
    """
    for one in chain(error):
        if isinstance(one, Exception) and template_fault(one) is not None:
            return _template(one, folder)
    if any(isinstance(one, UnicodeDecodeError) for one in chain(error)):
        odd, files = not_text(folder, folders)
        if odd:
            return Problems(odd, files, folder)
    here = Span(".")
    if isinstance(error, OSError) and error.strerror is not None:
        headline = sentence(f"{error.strerror}: {error.filename}" if error.filename else error.strerror)
        return Problems((Diagnostic(BUILD, headline, here),), folder=folder)
    if isinstance(error, MkDocsException):
        lines = [*said] or [error.format_message()]
        return Problems(tuple(_told(line, here) for line in lines), folder=folder)
    place = code_place(error)
    if place is not None:
        path, data = Path(os.path.relpath(place[0], folder)).as_posix(), _read(Path(place[0]))
        advice = "It is code that MkDocs calls: a hook, a plugin, an extension. `mkdocs build` shows how it came to it."
        fault = Diagnostic(BUILD, sentence(named(error)), _whole_line(data, path, place[1]), help=advice)
        return Problems((fault,), _at_hand({path: data}), folder)
    headline = sentence(named(error))
    calls = traceback.extract_tb(error.__traceback__)[-_OWN_TRACE:]
    advice = "Raised in " + ", ".join(f"{Path(call.filename).name}:{call.lineno}" for call in reversed(calls))
    advice += ". It may be a fault of a plugin, of a hook or of Nutgraf; the terminal shows how it came to it."
    return Problems((Diagnostic(BUILD, headline, here, help=advice),), folder=folder, trace=_trace(error))


def _told(message: str, span: Span) -> Diagnostic:
    first, _, rest = message.strip().partition("\n")
    return Diagnostic(BUILD, sentence(first), span, help=rest.strip())


def _template(error: Exception, folder: Path) -> Problems:
    place = template_place(error)
    if isinstance(error, jinja2.TemplateNotFound):
        message = f"There is no template `{error.name}`"
    elif isinstance(error, jinja2.TemplateSyntaxError):
        message = f"Template cannot be read: {error.message}"
    elif isinstance(error, RecursionError):
        message = "Template includes itself, or calls itself without an end"
    else:
        message = f"Template fails: {error}"
    if place is None:
        return Problems((Diagnostic(TEMPLATE, sentence(message), Span(".")),), folder=folder)
    path, data = Path(os.path.relpath(place[0], folder)).as_posix(), _read(Path(place[0]))
    span = _whole_line(data, path, place[1])
    return Problems((Diagnostic(TEMPLATE, sentence(message), span),), _at_hand({path: data}), folder)


def warnings(messages: Iterable[str], folder: Path, config_file: Path) -> Problems:
    """Return warnings of MkDocs as complaints, each at the line that it is about as far as that can be told.

    Args:
        messages: as they were logged.
        folder: the content folder.
        config_file: the mkdocs.yml.
    """
    found, files = warned(messages, folder, config_file)
    return Problems(found, files, folder)


def _whole_line(data: bytes | None, path: str, line: int) -> Span:
    lines = source_lines(data) if data is not None else ()
    if not 0 < line <= len(lines):
        return Span(path, max(line, 1), 1, max(line, 1), 2)
    text = lines[line - 1]
    start = len(text) - len(text.lstrip())
    return Span(path, line, start + 1, line, max(len(text.rstrip()), start + 1) + 1)


def _trace(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except (OSError, ValueError):
        return None


def _at_hand(files: dict[str, bytes | None]) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if data is not None}
