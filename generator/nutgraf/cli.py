"""The command line.

Exit codes: 0 done; 1 the content or a template has errors; 2 the command cannot be carried out as given; 130
interrupted. A traceback is a bug.
"""

from __future__ import annotations

import errno
import json
import logging
import os
import shlex
import shutil
import signal
import sys
import time
from collections import Counter
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from nutgraf.assets import bundled_templates
from nutgraf.diagnostics import did_you_mean

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterator, Sequence
    from types import FrameType

    from mkdocs.config.defaults import MkDocsConfig

    from nutgraf.graph import Graph, Resolved
    from nutgraf.plugin import NutgrafPlugin
    from nutgraf.shell import Checked

# MkDocs takes 0.4 s to import, the models 0.2 s. Commands import what they need, so that `--help` answers at once.
# ruff: noqa: PLC0415

FAULTY = 1
MISUSED = 2
INTERRUPTED = 128 + signal.SIGINT
TERMINATED = 128 + signal.SIGTERM
UNREAD = 128 + 13
"""As a shell calls the end by SIGPIPE."""


class Refusal(click.ClickException):
    """The command cannot be carried out as given."""

    exit_code = MISUSED

    def __init__(self, message: str, advice: str = "") -> None:
        """Say what is wrong, and what to do about it."""
        super().__init__(message)
        self.advice = advice

    def show(self, file: object = None) -> None:  # noqa: ARG002
        """Print it."""
        _say("error", self.message, self.advice)


class Fault(Refusal):
    """The content or a template has errors."""

    exit_code = FAULTY


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    Args:
        arguments: behind the name of the program; None takes those of the process.
    """
    # What is cleaned up after Ctrl-C is cleaned up, too, when a build server stops the build.
    signal.signal(signal.SIGTERM, _terminate)
    try:
        code = commands.main(arguments, prog_name="nutgraf", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        # Who reads has left, as in `nutgraf check | head`. Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNREAD
    return code if isinstance(code, int) else 0


def _terminate(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    raise SystemExit(TERMINATED)


# What is said


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to `main`: rich, like click, would exit with 1, which says here that the content has errors."""
        raise BrokenPipeError


@cache
def _out() -> Console:
    return _Console(highlight=False, soft_wrap=True, emoji=False)


@cache
def _err() -> Console:
    return _Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)


_STYLES = {"error": "bold red", "warning": "bold yellow", "help": "bold cyan"}


def _say(kind: str, message: str, advice: str = "") -> None:
    for label, text in ((kind, message), ("help", advice)):
        if text:
            _err().print(f"[{_STYLES[label]}]{label}[/]:", end=" ")
            _err().print(text, markup=False)


class _Ear(logging.Handler):
    """Hears what MkDocs and its plugins log, and says it in the manner of this command line.

    Attributes:
        live: whether errors are said at once, because a server goes on after them.
        errors: those that were not said.
    """

    def __init__(self, *, live: bool) -> None:
        super().__init__()
        self.live = live
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Say or keep what is logged."""
        message = record.getMessage()
        if record.levelno >= logging.ERROR and not self.live:
            self.errors.append(message)
        elif record.levelno >= logging.ERROR:
            _say("error", message)
        elif record.name == "mkdocs.livereload":
            if "Watching paths" not in message:
                _err().print(message, markup=False, style="dim")
        elif record.levelno == logging.WARNING:
            _say("warning", message)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """Give a function that shows how far a step is: its name, what is done, and how much there is."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("pages"))
    bars = Progress(*columns, console=_err(), transient=True, disable=not _err().is_terminal)
    tasks: dict[str, int] = {}

    def show(step: str, done: int, total: int) -> None:
        if step not in tasks:
            tasks[step] = bars.add_task(step, total=total)
        bars.update(tasks[step], completed=done, total=total)  # type: ignore[arg-type]  # TaskID is an int

    with bars:
        yield show


# The commands

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
  nutgraf build              write the site to site/

Exit codes: 0 done, 1 the content has errors, 2 the command cannot be carried out as given.
"""


class _InOrder(click.Group):
    """Lists commands in the order in which one needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of the commands."""
        return list(self.commands)


@click.group(
    cls=_InOrder,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_BEGIN,
)
@click.version_option(version("nutgraf"), message="nutgraf %(version)s")
def commands() -> None:
    """Make an explainer website of the facts of a story.

    The facts are YAML files; the sentences are made from them, so each says who says so and how sure that is.
    """


_CONFIG_FILE = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path),
    help="The mkdocs.yml of the site.  [default: that in this folder]",
)


@commands.command(
    epilog="""
\b
Example:
  nutgraf init my-site
  cd my-site
  nutgraf serve
"""
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Begin a site of your own in the new folder DIR.

    It has a story of a few statements to write over, with its people, sources and a word that needs explaining.
    """
    if folder.exists() and (not folder.is_dir() or any(entry.name != ".git" for entry in folder.iterdir())):
        raise Refusal(f"{folder} is not empty", "Name a new folder, or an empty one.")
    starter = bundled_templates() / "init"
    try:
        shutil.copytree(starter, folder, dirs_exist_ok=True)
        # Under its real name it would hide files of this project from git.
        (folder / "gitignore").rename(folder / ".gitignore")
    except OSError as error:
        raise Refusal(f"cannot write {error.filename}: {error.strerror}") from error
    _out().print(
        f"A small site is in {folder}. Now:\n\n"
        f"  cd {shlex.quote(str(folder))}\n"
        "  nutgraf serve    look at it while you write\n"
        "  nutgraf build    write it to site/\n\n"
        f"Begin with {folder / 'content' / 'stories'}: each file there is a story.",
        markup=False,
    )


@commands.command(
    epilog="""
\b
Examples:
  nutgraf check
  nutgraf check -f news/mkdocs.yml
  nutgraf check --format json > mistakes.json
  nutgraf check --today 2023-08-10
"""
)
@_CONFIG_FILE
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to say it."
)
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Report live stories that nobody looked at for long before this day.",
)
@click.pass_context
def check(context: click.Context, config_file: Path | None, form: str, today: datetime.datetime | None) -> None:
    """Look for mistakes in the content, and build nothing.

    Each is shown with its place, its line and what to do about it. With errors the exit code is 1; warnings alone do
    not stop a publication.
    """
    config, plugin = _site(config_file)
    checked = plugin.check(config, drafts=True, today=today.date() if today else None)
    if form == "json":
        _out().out(checked.as_json(Path(config.config_file_path).parent), end="")
    elif checked.diagnostics:
        checked.report(_out())
    else:
        _out().print(f"No mistakes in {_contents(checked.prepared.graph)}.")
    context.exit(0 if checked.ok else FAULTY)


@commands.command(
    epilog="""
\b
Examples:
  nutgraf explain            the names of all rules
  nutgraf explain typed-hedge
"""
)
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Explain an editorial rule: what it looks for, why, what is wrong and what is right.

    The name of a rule stands in brackets behind each error and warning of `nutgraf check`.
    """
    from rich.markdown import Markdown

    from nutgraf.checks.explanation import explain as explanation
    from nutgraf.checks.explanation import names

    if rule is None:
        for name in names():
            _out().out(name)
        return
    if rule not in names():
        raise Refusal(f"there is no rule {rule!r}", did_you_mean(rule, names()) or "All of them: `nutgraf explain`")
    text = explanation(rule)
    if _out().is_terminal:
        _out().print(Markdown(text))
    else:
        _out().out(text, end="")


@commands.group(cls=_InOrder)
def glossary() -> None:
    """Work on the words that the site explains."""


@glossary.command(
    epilog="""
\b
Example:
  nutgraf glossary suggest --most 10
"""
)
@_CONFIG_FILE
@click.option("--most", type=click.IntRange(1), default=20, show_default=True, help="How many words to show.")
def suggest(config_file: Path | None, most: int) -> None:
    """Suggest words that want an entry in the glossary, the most wanted first.

    It looks for abbreviations, for names without an entry and for words that few people say, in what the site says
    about its stories. How rare a word is comes from a list that is installed with `pip install "nutgraf[suggest]"`.
    """
    from nutgraf.report.visible import escaped
    from nutgraf.suggest import NoWordListError
    from nutgraf.suggest import suggest as candidates

    config, plugin = _site(config_file)
    checked = plugin.check(config, drafts=True)
    try:
        found = candidates(checked.prepared.graph)[:most]
    except NoWordListError as error:
        raise Refusal(str(error)) from error
    for one in found:
        _out().print(Text.assemble((f"{escaped(one.word):<28}", "bold"), f"{one.count:>4}  {one.reason}"))
        for example in one.examples[:1]:
            _out().print(Text(f"    {escaped(example.place)}: {escaped(example.text)}", style="dim"))
    if not found:
        _out().print("No word wants an entry.")


@commands.command(
    epilog="""
\b
Examples:
  nutgraf report
  nutgraf report --format json > standing.json
"""
)
@_CONFIG_FILE
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to say it."
)
@click.option(
    "--today", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="Count the age of stories up to this day."
)
def report(config_file: Path | None, form: str, today: datetime.datetime | None) -> None:
    """Show how well founded each story is.

    What can be counted is counted, story by story: attribution, independent origins, documents, replies to accusations,
    sides of disputes, age. There is no single grade: it would hide which of them is missing.
    """
    from dataclasses import asdict

    from nutgraf.report.visible import escaped
    from nutgraf.scores import score

    config, plugin = _site(config_file)
    checked = plugin.check(config)
    if not checked.ok:
        _say("warning", "the content has errors, so not all of it was counted", "See them: `nutgraf check`")
    graph = checked.prepared.graph
    found = score(graph, today.date() if today else None)
    if form == "json":
        _out().out(json.dumps({"version": 1, "stories": [asdict(one) for one in found]}, indent=2))
        return
    for one in found:
        _out().print(Text(escaped(graph.stories[one.story].title), style="bold"))
        for label, share in (
            ("attributed", one.attributed),
            ("two or more origins", one.corroborated),
            ("primary documents", one.primary),
            ("accusations answered", one.answered),
            ("disputes two-sided", one.two_sided),
        ):
            counts = (
                f"{share.part:>4} of {share.whole:<4} {share.part / share.whole:>4.0%}"
                if share.whole
                else "   none there"
            )
            _out().print(Text.assemble((f"  {label:<22}", "cyan"), counts))
        age = "no date" if one.age is None else f"{one.age:>4} days old"
        _out().print(Text.assemble((f"  {'age':<22}", "cyan"), age))


@commands.command(
    epilog="""
\b
Examples:
  nutgraf show twitter-ai-openai/gpu-purchase
  nutgraf show gpu-purchase  where no other story has a statement of that name
"""
)
@_CONFIG_FILE
@click.argument("statement", metavar="STORY/STATEMENT")
def show(config_file: Path | None, statement: str) -> None:
    """Show how a statement reads, and where it comes from."""
    from nutgraf.prose import unit_text
    from nutgraf.report.visible import escaped

    config, plugin = _site(config_file)
    checked = plugin.check(config, drafts=True)
    if checked.prepared.wording is None:
        checked.report(_err())
        raise Fault("there are no sentences without wording")
    found = _find(checked.prepared.graph, statement)
    if not checked.ok:
        _say("warning", "the content has errors, so not all of it was read", "See them: `nutgraf check`")
    _out().print(Text(escaped(unit_text(checked.prepared.library.unit(found.key))), style="bold"))
    _out().print()
    for label, text in _record(found, checked):
        _out().print(Text.assemble((f"  {label:<17}", "cyan"), escaped(text)))


@commands.command(
    epilog="""
\b
Examples:
  nutgraf serve              at http://127.0.0.1:8000/
  nutgraf serve -a localhost:8080
"""
)
@_CONFIG_FILE
@click.option("-a", "--address", metavar="HOST:PORT", help="Where to serve.  [default: dev_addr of mkdocs.yml]")
def serve(config_file: Path | None, address: str | None) -> None:
    """Show the site in a browser, and again after each change.

    After a mistake the last good site stays, and the mistake is shown here. End it with Ctrl-C.
    """
    from mkdocs.commands.serve import serve as mkdocs_serve

    config, _ = _site(config_file, dev_addr=address)
    with _mkdocs(live=True):
        mkdocs_serve(config_file=config.config_file_path, dev_addr=address)
    # It returns when Ctrl-C was pressed, and for nothing else.
    raise KeyboardInterrupt


@commands.command(
    epilog="""
\b
Examples:
  nutgraf build              to the site_dir of mkdocs.yml: site/, if it names none
  nutgraf build -d public
  nutgraf build --strict     on a build server: warnings stop it, too
"""
)
@_CONFIG_FILE
@click.option(
    "-d", "--site-dir", type=click.Path(path_type=Path), help="The folder to write.  [default: site_dir of mkdocs.yml]"
)
@click.option("--strict", is_flag=True, help="Let warnings stop the build, too.")
def build(config_file: Path | None, site_dir: Path | None, *, strict: bool) -> None:
    """Check the content and write the site.

    The site is built beside the old one and takes its place when it is whole: whatever goes wrong, what was published
    stays as it was. A folder that holds anything else than such a site is never replaced.
    """
    from mkdocs.commands.build import build as mkdocs_build

    from nutgraf import output

    started = time.monotonic()
    config, plugin = _site(config_file, strict=strict or None)  # None leaves it to mkdocs.yml
    target = Path(site_dir or config.site_dir)
    _refuse_to_replace(target, config, plugin)
    with _mkdocs():
        checked = _checked(config, plugin)
        with _progress() as plugin.progress, output.staged(target) as stage:
            plugin.checked = checked
            config.site_dir = str(stage)
            config.plugins.on_startup(command="build", dirty=False)
            try:
                mkdocs_build(config)
            finally:
                config.plugins.on_shutdown()
    _sum_up(target, plugin.written, checked, time.monotonic() - started)


# Steps that commands share


def _site(config_file: Path | None, **options: object) -> tuple[MkDocsConfig, NutgrafPlugin]:
    from nutgraf import shell
    from nutgraf.plugin import FORMAT, NutgrafPlugin

    try:
        config = shell.open_config(config_file, **options)
        plugin = next((one for one in config.plugins.values() if isinstance(one, NutgrafPlugin)), None)
        if plugin is None:
            advice = f"Write it below `plugins:`, with `- nutgraf: {{format: {FORMAT}}}`"
            raise Refusal(f"{config.config_file_path} does not name the plugin `nutgraf`", advice)
        plugin.require(config)
    except shell.MisuseError as error:
        raise Refusal(str(error), error.help) from error
    return config, plugin


@contextmanager
def _mkdocs(*, live: bool = False) -> Iterator[None]:
    """Turn what MkDocs says into words of ours, and what it, a template or the file system raise into faults."""
    from mkdocs.exceptions import MkDocsException

    from nutgraf import shell

    logger = logging.getLogger("mkdocs")
    ear = _Ear(live=live)
    logger.addHandler(ear)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield
    except Refusal:
        raise
    except MkDocsException as error:
        raise Fault("\n".join(ear.errors) or error.format_message()) from error
    except Exception as error:
        fault = shell.template_fault(error)
        if fault is not None:
            raise Fault(f"a template fails: {fault}") from error
        if isinstance(error, OSError) and error.strerror is not None:
            raise _refused(error) from error
        raise
    finally:
        logger.removeHandler(ear)


def _refused(error: OSError) -> Refusal:
    if error.errno == errno.EADDRINUSE:
        return Refusal("the address is in use", "Choose another: `nutgraf serve -a localhost:8001`")
    return Refusal(str(error.strerror) + (f": {error.filename}" if error.filename else ""))


def _checked(config: MkDocsConfig, plugin: NutgrafPlugin) -> Checked:
    checked = plugin.check(config)
    checked.report(_err())
    if not checked.ok:
        raise Fault("nothing was built, because the content has errors")
    if config.strict and checked.diagnostics:
        raise Fault("nothing was built, because there are warnings and the build is strict")
    return checked


def _refuse_to_replace(target: Path, config: MkDocsConfig, plugin: NutgrafPlugin) -> None:
    from nutgraf import output

    project = Path(config.config_file_path).parent
    why = output.refusal(target, around=(project,), kept=(Path(config.docs_dir), plugin.templates))
    if why:
        raise Refusal(f"{target} is not replaced: {why}", "Name another folder with `-d`, or empty this one yourself.")


def _contents(graph: Graph) -> str:
    counted = (
        (len(graph.stories), "story", "stories"),
        (sum(not one.is_summary for one in graph.statements.values()), "statement", "statements"),
        (len(graph.entities), "entity", "entities"),
        (len(graph.sources), "source", "sources"),
        (len(graph.terms), "term", "terms"),
    )
    return ", ".join(f"{number:,} {one if number == 1 else many}" for number, one, many in counted)


def _sum_up(target: Path, pages: int, checked: Checked, seconds: float) -> None:
    from nutgraf.model import Certainty

    graph = checked.prepared.graph
    counts = Counter(one.certainty for one in graph.statements.values() if not one.is_summary)
    by_certainty = ", ".join(f"{counts[level]:,} {level}" for level in reversed(Certainty) if counts[level])
    _out().print(f"Built {_nearby(target)} in {seconds:.1f} s", markup=False)
    _out().print(f"  pages       {pages:,}")
    _out().print(f"  statements  {counts.total():,}" + (f": {by_certainty}" if by_certainty else ""))
    _out().print(f"  warnings    {len(checked.diagnostics):,}")


def _nearby(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _find(graph: Graph, name: str) -> Resolved:
    if name in graph.statements:
        return graph.statements[name]
    same = [one for one in graph.statements.values() if one.id == name]
    if len(same) == 1:
        return same[0]
    if same:
        raise Refusal(f"`{name}` is a statement of several stories", "Name one: " + ", ".join(one.key for one in same))
    known = graph.statements if "/" in name else {one.id for one in graph.statements.values()}
    raise Refusal(f"there is no statement `{name}`", did_you_mean(name, known))


def _record(statement: Resolved, checked: Checked) -> Iterator[tuple[str, str]]:
    """Yield what is on file about a statement, labelled: the record that a page has of it, and where it was written."""
    from nutgraf.pages import address
    from nutgraf.pages.page import Page
    from nutgraf.pages.record import record

    graph = checked.prepared.graph
    found = record(Page.at(address.story(statement.story), checked.prepared.library, statement.story), statement.key)
    yield "certainty", f"{found.mark.label.partition(':')[0].lower()}. {found.meaning}"
    for label, texts in (
        ("said by", [link.text for link in found.who]),
        ("", found.basis),
        ("in", [". ".join(filter(None, (one.link.text, one.title, *one.notes))) for one in found.where]),
        ("origins", [found.origins_label]),
        ("said", [found.said.label] if found.said else []),
        ("happened", [found.when.label] if found.when else []),
    ):
        for number, text in enumerate(texts):
            yield "" if number else label, text
    for related in found.related:
        for number, other in enumerate(related.statements):
            yield "" if number else related.label.lower(), other.text
    span = graph.positions.span(statement.place.path, statement.place.loc)
    yield "written in", f"{_nearby(checked.folder / span.path)}:{span.line}"
    yield "shown at", f"/{address.statement(statement.key)}"
