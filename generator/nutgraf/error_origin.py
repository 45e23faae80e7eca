"""Whose fault an error is that comes out of a build: a template's, that of code which MkDocs calls, or ours."""

from __future__ import annotations

import pickle
import sysconfig
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jinja2

if TYPE_CHECKING:
    from traceback import FrameSummary

_OURS: Final = str(Path(__file__).parent)
_JINJA: Final = str(Path(jinja2.__file__).parent)
_PYTHON: Final = (sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"))
_PACKAGES: Final = (sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))


class TemplateFaultError(Exception):
    """A template failed, in another process; the message says where and why, as `template_fault` does."""


class CodeFaultError(Exception):
    """Code that MkDocs calls failed, in another process; the message says where and why, as `code_fault` does."""


def template_fault(error: BaseException) -> str | None:
    """Tell where and why a template failed, as `file:line: message`; None where no template is to blame."""
    if isinstance(error, TemplateFaultError):
        return str(error)
    if isinstance(error, jinja2.TemplateSyntaxError):
        return f"{_nearby(error.filename or error.name or '?')}:{error.lineno}: {error.message}"
    frames, place = traceback.extract_tb(error.__traceback__), template_place(error)
    where = f"{_nearby(place[0])}:{place[1]}: " if place else ""
    if isinstance(error, jinja2.TemplateNotFound):
        return f"{where}there is no template `{error.name}`"
    if isinstance(error, RecursionError) and where:
        return f"{where}it includes itself, or calls itself without an end"
    return f"{where}{error}" if isinstance(error, jinja2.TemplateError) or _is_of_template(frames) else None


def _is_of_template(frames: list[FrameSummary]) -> bool:
    """Tell whether a template did it, itself or by what it had Jinja do."""
    after = next((at for at in range(len(frames), 0, -1) if _is_template(frames[at - 1].filename)), None)
    return after is not None and all(frame.filename.startswith(_JINJA) for frame in frames[after:])


def template_place(error: BaseException) -> tuple[str, int] | None:
    """Return the file and the line of the template that failed."""
    if isinstance(error, jinja2.TemplateSyntaxError) and error.filename:
        return error.filename, error.lineno
    # Jinja rewrites tracebacks, so that the frames of a template name its file and line.
    frames = [one for one in traceback.extract_tb(error.__traceback__) if _is_template(one.filename)]
    return (frames[-1].filename, frames[-1].lineno or 1) if frames else None


def _is_template(file: str) -> bool:
    return file == "<template>" or not file.endswith((".py", ">"))


def code_fault(error: BaseException) -> str | None:
    """Tell where and why a hook, a plugin, an extension or MkDocs failed, as `file:line: kind: message`.

    Returns:
        None where our own code did it, or nobody's: a file that cannot be read, say.
    """
    if isinstance(error, CodeFaultError):
        return str(error)
    place = code_place(error)
    return f"{_nearby(place[0])}:{place[1]}: {named(error)}" if place else None


def code_place(error: BaseException) -> tuple[str, int] | None:
    """Return the file and the line of code that is not ours and that failed; None as for `code_fault`."""
    # What says itself what is wrong is told as such.
    if isinstance(error, OSError | UnicodeError) or _is_a(error, "UsageError", "MkDocsException"):
        return None
    frames = traceback.extract_tb(error.__traceback__)
    frame = next((one for one in reversed(frames) if not _is_of_python(one.filename)), None)
    return None if frame is None or frame.filename.startswith(_OURS) else (frame.filename, frame.lineno or 1)


def named(error: BaseException) -> str:
    """Return what an error says, with its kind."""
    return f"{type(error).__name__}: {error}".removesuffix(": ")


def mkdocs_fault(error: BaseException) -> str | None:
    """Return what MkDocs refuses; None where it is something else. MkDocs is not imported for that."""
    return str(error) if _is_a(error, "MkDocsException") else None


def _is_a(error: BaseException, *names: str) -> bool:
    return any(one.__name__ in names for one in type(error).__mro__)


def _is_of_python(file: str) -> bool:
    return file.startswith("<") or (file.startswith(_PYTHON) and not file.startswith(_PACKAGES))


def _nearby(file: str) -> str:
    """Return `file` as seen from the working folder, where it lies in there; from that of packages for one of those."""
    path = Path(file)
    for folder in (*_PACKAGES, str(Path.cwd())):
        if path.is_relative_to(folder):
            return str(path.relative_to(folder))
    return file


def sendable(error: Exception) -> Exception:
    """Return an error that can be sent to another process, and says there all that can be said of it."""
    fault = template_fault(error)
    if fault is not None:
        return TemplateFaultError(fault)
    fault = code_fault(error)
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - it was here a moment ago
    except Exception:  # noqa: BLE001 - whatever is wrong with it
        return CodeFaultError(fault) if fault else RuntimeError("".join(traceback.format_exception(error)))
    return CodeFaultError(fault) if fault else error
