"""What the command line says, and how it ends when it cannot go on."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from nutgraf.cli.exit_status import FAULTY, MISUSED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to `main`: rich, like click, would exit with 1, which says here that the content has errors."""
        raise BrokenPipeError


@cache
def out() -> Console:
    """Return what results are printed on."""
    return _Console(highlight=False, soft_wrap=True, emoji=False)


@cache
def err() -> Console:
    """Return what is said beside the results."""
    return _Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)


_STYLES = {"error": "bold red", "warning": "bold yellow", "help": "bold cyan"}


def say(kind: str, message: str, advice: str = "") -> None:
    """Say what is wrong ("error", "warning"), and what to do about it."""
    for label, text in ((kind, message), ("help", advice)):
        if text:
            err().print(f"[{_STYLES[label]}]{label}[/]:", end=" ")
            err().print(text, markup=False)


class Refusal(click.ClickException):
    """The command cannot be carried out as given."""

    exit_code = MISUSED

    def __init__(self, message: str, advice: str = "") -> None:
        """Say what is wrong, and what to do about it."""
        super().__init__(message)
        self.advice = advice

    def show(self, file: object = None) -> None:  # noqa: ARG002
        """Print it."""
        say("error", self.message, self.advice)


class SiteError(Refusal):
    """The content or a template has errors."""

    exit_code = FAULTY


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Give a function that shows how far a step is: its name, what is done, and how much there is."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("pages"))
    bars = Progress(*columns, console=err(), transient=True, disable=not err().is_terminal)
    tasks: dict[str, int] = {}

    def show(step: str, done: int, total: int) -> None:
        if step not in tasks:
            tasks[step] = bars.add_task(step, total=total)
        bars.update(tasks[step], completed=done, total=total)  # type: ignore[arg-type]  # TaskID is an int

    with bars:
        yield show
