"""The command line.

Exit codes: 0 done; 1 the content or a template has errors; 2 the command cannot be carried out as given; 130
interrupted. A traceback is a bug.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

import click

from nutgraf import __version__
from nutgraf.cli.exit_status import INTERRUPTED, MISUSED, TERMINATED, UNREAD
from nutgraf.cli.options import LazyGroup

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType


__all__ = ["INTERRUPTED", "TERMINATED", "commands", "main", "run"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    Args:
        arguments: behind the name of the program; None takes those of the process.
    """
    # What is cleaned up after Ctrl-C is cleaned up, too, when a build server stops the build.
    signal.signal(signal.SIGTERM, _terminate)
    try:
        code = commands.main(arguments, prog_name="nutgraf", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        # Who reads has left, as in `nutgraf check | head`. Python would complain once more when it flushes at exit.
        _silence_stdout()
        return UNREAD
    except OSError as error:
        # Such as a full disk behind `>`.
        _silence_stdout()
        place = error.filename or "the output cannot be written"
        click.echo(f"error: {place}: {error.strerror or error}", err=True)
        return MISUSED
    return code if isinstance(code, int) else 0


def run() -> NoReturn:
    """Be the program `nutgraf`: run a command, and end with its exit code.

    Nothing is taken apart that the process leaves behind: to free the values of a site one by one takes a tenth of a
    second.
    """
    code = main()
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(code)


def _silence_stdout() -> None:
    """Let nothing more be written to the standard output: Python would try once more at its end, and complain."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _terminate(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    raise SystemExit(TERMINATED)


_BEGIN = """
\b
Begin:
  nutgraf init my-site       a small site of your own
  cd my-site
  nutgraf serve              look at it while you write

\b
Every day:
  nutgraf check              is what I wrote right?
  nutgraf show STORY/ID      how does that statement read, and where is it from?
  nutgraf diff main          what will readers see otherwise?
  nutgraf build              write the site to site/

Exit codes: 0 done, 1 the content has errors, 2 the command cannot be carried out as given.
"""


_COMMANDS = (
    *("init", "check", "explain", "report", "show", "diff", "add"),
    *("fmt", "rename", "schema", "serve", "build", "glossary"),
)


@click.group(
    cls=LazyGroup,
    lazy={name: f"nutgraf.cli.{name}:{name}" for name in _COMMANDS},
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_BEGIN,
)
@click.version_option(__version__, message="nutgraf %(version)s")
def commands() -> None:
    """Make an explainer website of the facts of a story.

    The facts are YAML files; the sentences are made from them, so each says who says so and how sure that is.
    """
