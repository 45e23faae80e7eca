"""Asking for what a command needs: what is given as an option is not asked for, and every answer is checked at once."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from nutgraf.cli.common import nearby, open_site
from nutgraf.cli.console import Refusal, SiteError, err, out
from nutgraf.diagnostics import near
from nutgraf.loading.content import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping

    from nutgraf.diagnostics import Diagnostic
    from nutgraf.editing.add import Addition
    from nutgraf.loading.content import Loaded
    from nutgraf.model import Record

# See `nutgraf.cli.common`.
# ruff: noqa: PLC0415


_TOO_EARLY: Final = frozenset({"unreachable-entity", "unused-term"})
"""Rules that a new record breaks until something names it."""


class PromptSession:
    """The content, and who answers."""

    def __init__(self, config_file: Path | None) -> None:
        """Read the content.

        Raises:
            Fault: it has mistakes in the records, so that nobody can tell what is there.
        """
        self.config, self.plugin = open_site(config_file)
        self.folder = Path(self.config.docs_dir)
        self.read()

    def read(self) -> None:
        """Read the content again.

        Raises:
            Fault: it has mistakes in the records.
        """
        from nutgraf.loading.content import load
        from nutgraf.loading.tree import read_tree
        from nutgraf.reporters import text

        tree = read_tree(self.folder)
        self.tree = tree.files
        self.loaded: Loaded = load(tree.files)
        mistakes = [one for one in (*tree.diagnostics, *self.loaded.diagnostics) if one.is_error]
        if mistakes:
            text.write(mistakes, tree.files, err(), root=nearby(self.folder).as_posix())
            raise SiteError("nothing was added, because the content has errors")
        self.records = {folder: self.loaded.content.records(folder) for folder in FOLDERS}

    def ask(self, question: Question, given: str | None, default: str = "") -> str:
        """Return what was given, else what is answered; nothing where an answer may be left out.

        Raises:
            Refusal: what was given is wrong, or nobody is there to ask.
        """
        if given is not None:
            try:
                return question.checked(given)
            except click.UsageError as error:
                raise Refusal(error.message) from error
        if not sys.stdin.isatty():
            if question.needed and not default:
                raise Refusal(
                    f"{question.option} is missing", "Give it, or run this in a terminal, where it is asked for."
                )
            return default
        if question.help:
            err().print(f"[dim]{question.help}[/]")
        return str(
            click.prompt(
                question.words,
                default=default or ("" if not question.needed else None),
                show_default=bool(default),
                value_proc=question.checked,
                err=True,
            )
        )

    def write(self, addition: Addition, named: str) -> None:
        """Write what is new, and show what readers get.

        Raises:
            Refusal: what is new would not be right.
        """
        from nutgraf.editing.files import OutsideError, write_all
        from nutgraf.reporters import text

        before = {(one.rule, one.headline) for one in self.plugin.diagnostics(self.config, self.tree)}
        files = {**self.tree, addition.path: addition.data}
        found = [one for one in self.plugin.diagnostics(self.config, files) if (one.rule, one.headline) not in before]
        hard = [one for one in found if one.is_error and one.span.path == addition.path and _is_broken(one.rule)]
        if hard:
            text.write(hard, files, err(), root=nearby(self.folder).as_posix())
            raise SiteError("nothing was added")
        try:
            (self.folder / addition.path).parent.mkdir(parents=True, exist_ok=True)
            write_all(self.folder, {addition.path: addition.data})
        except OutsideError as error:
            raise Refusal(f"{error} is a link that leads out of the content folder") from error
        except OSError as error:
            raise Refusal(f"cannot write {error.filename}: {error.strerror}", "Nothing was changed.") from error
        out().print(f"{nearby(self.folder / addition.path)}:{addition.line}: added {named}.", markup=False)
        # Of course nothing leads to it yet.
        found = [one for one in found if one.rule not in _TOO_EARLY or one.span.path != addition.path]
        if found:
            text.write(found, files, err(), root=nearby(self.folder).as_posix())

    def faults(self, addition: Addition, rules: Container[str]) -> list[Diagnostic]:
        """Return what would be wrong with something new by some rules, without writing it."""
        before = {(one.rule, one.headline) for one in self.plugin.diagnostics(self.config, self.tree)}
        files = {**self.tree, addition.path: addition.data}
        return [
            one
            for one in self.plugin.diagnostics(self.config, files)
            if one.rule in rules and one.span.path == addition.path and (one.rule, one.headline) not in before
        ]


def _is_broken(rule: str) -> bool:
    """Tell whether a complaint says that something cannot be read or leads nowhere, rather than that it is unwise."""
    from nutgraf.checks.runner import RULES

    return rule not in {one.name for one in RULES}


@dataclass(frozen=True)
class Question:
    """What is asked.

    Attributes:
        words: the question.
        option: by which it is answered on the command line.
        needed: whether there has to be an answer.
        help: said before it is asked.
        check: returns an answer as it is to be written; raises `click.UsageError` where it is wrong.
    """

    words: str
    option: str
    needed: bool = False
    help: str = ""
    check: Callable[[str], str] = str.strip

    def checked(self, answer: str) -> str:
        """Return an answer as it is to be written.

        Raises:
            click.UsageError: it is wrong.
        """
        if not answer.strip():
            if self.needed:
                raise click.UsageError(f"{self.option} cannot be empty")
            return ""
        return self.check(answer.strip())


# Checks of answers


def fits(kind: str, field: str) -> Callable[[str], str]:
    """Return a check that a field of a record takes an answer."""

    def check(answer: str) -> str:
        from typing import get_type_hints

        from pydantic import TypeAdapter, ValidationError

        from nutgraf import model

        record = getattr(model, kind)
        try:
            TypeAdapter(get_type_hints(record, include_extras=True)[field]).validate_python(answer)
        except ValidationError as error:
            first = error.errors()[0]
            if first["type"] == "enum":
                allowed = str(first.get("ctx", {}).get("expected", ""))
                raise click.UsageError(f"`{answer}` is none of {allowed}") from error
            advice = str(first.get("ctx", {}).get("help", ""))
            raise click.UsageError(". ".join(filter(None, (first["msg"], advice)))) from error
        return answer

    return check


def known(
    what: str, there: Mapping[str, Record], *also: str, publishers: Mapping[str, Record] | None = None
) -> Callable[[str], str]:
    """Return a check that something is there, by its id or by what it is called.

    Args:
        what: the word for such a thing.
        there: the records by id.
        also: what may be answered, too.
        publishers: entities by id; a publication is called by its publisher, where that has no other.
    """

    def check(answer: str) -> str:
        if answer in there or answer in also:
            return answer
        called = _called(there, publishers or {})
        if (found := called.get(_bare(answer))) is not None:
            return found
        meant = near(answer, [*there, *also]) or called.get(near(_bare(answer), called) or "")
        raise click.UsageError(
            f"there is no {what} `{answer}`. " + (f"Did you mean `{meant}`?" if meant else _there_is([*there]))
        )

    return check


def _there_is(ids: list[str]) -> str:
    if not ids:
        return "There is none yet."
    more = f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
    return f"There is {', '.join(ids[:_SHOWN])}{more}."


_SHOWN: Final = 8


def _called(there: Mapping[str, Record], publishers: Mapping[str, Record]) -> dict[str, str]:
    """Return ids by what people call the records; names that several have are left out."""
    found: dict[str, set[str]] = {}
    for name, record in there.items():
        words = [getattr(record, field, None) for field in ("name", "short", "title", "label")]
        words += [getattr(one, "text", one) for one in getattr(record, "aliases", ())]
        words.append(getattr(publishers.get(str(getattr(record, "publisher", ""))), "name", None))
        for word in words:
            if isinstance(word, str):
                found.setdefault(_bare(word), set()).add(name)
    return {word: next(iter(names)) for word, names in found.items() if len(names) == 1}


def _bare(name: str) -> str:
    """Return a name without its article and capitals: "The New York Times" is "new york times"."""
    return " ".join(name.casefold().split()).removeprefix("the ")


def each(check: Callable[[str], str]) -> Callable[[str], str]:
    """Return a check of several answers, with commas between them."""

    def checked(answer: str) -> str:
        return ", ".join(check(one.strip()) for one in answer.split(",") if one.strip())

    return checked


def new(used: Iterable[str], what: str) -> Callable[[str], str]:
    """Return a check that an id is one, and free."""
    taken = {*used}

    def check(answer: str) -> str:
        from nutgraf.model.record import Id

        if Id.pattern.fullmatch(answer) is None:
            raise click.UsageError(f"`{answer}` is no id: use lower-case letters, digits and single hyphens")
        if answer in taken:
            raise click.UsageError(f"`{answer}` is taken: there is {what} of that id")
        return answer

    return check


def listed(answer: str) -> list[Any]:
    """Return the parts of an answer that are parted by commas."""
    return [one.strip() for one in answer.split(",") if one.strip()]


def new_id(desk: PromptSession, folder: str, what: str, given: str | None, name: str) -> str:
    """Return the id of a new record: what was given or is answered, or what its name suggests."""
    from nutgraf.editing.add import id_for

    former = [str(one) for record in desk.records[folder].values() for one in getattr(record, "formerly", ())]
    check = new([*desk.records[folder], *former], what)
    guess = id_for(name)
    free = guess if guess and guess not in desk.records[folder] and guess not in former else ""
    if guess and not free and given is None and not sys.stdin.isatty():
        raise Refusal(f"`{guess}` is taken: there is {what} of that id", "Give another with --id.")
    question = Question("Its id, the last part of its address", "--id", needed=True, check=check)
    return desk.ask(question, given, free)
