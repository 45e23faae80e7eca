"""Steps that commands share."""

from __future__ import annotations

import difflib
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.text import Text

from nutgraf.cli.console import Refusal, SiteError, err, out, say
from nutgraf.diagnostics import did_you_mean
from nutgraf.theme.log_capture import LogCapture

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs.config.defaults import MkDocsConfig

    from nutgraf.graph import Graph, Resolved
    from nutgraf.theme.plugin import NutgrafPlugin

# MkDocs takes 0.4 s to import, the models 0.2 s. Commands import what they need, so that `--help` answers at once.
# ruff: noqa: PLC0415


def open_site(
    config_file: Path | None, *, is_told: bool = True, **options: object
) -> tuple[MkDocsConfig, NutgrafPlugin]:
    """Read the configuration of a site, and find the plugin in it.

    Args:
        config_file: its mkdocs.yml; None takes that in this folder.
        is_told: whether to say what MkDocs warns of.
        options: what takes the place of its own settings.

    Raises:
        Refusal: there is none, or it cannot be used.
    """
    from nutgraf.theme import mkdocs_adapter
    from nutgraf.theme.plugin import FORMAT, NutgrafPlugin

    warnings: list[str] = []
    with refused_config():
        config = mkdocs_adapter.open_config(config_file, warnings, **options)
        plugin = next((one for one in config.plugins.values() if isinstance(one, NutgrafPlugin)), None)
        if plugin is None:
            advice = f"Write it below `plugins:`, with `- nutgraf: {{format: {FORMAT}}}`"
            raise Refusal(f"{config.config_file_path} does not name the plugin `nutgraf`", advice)
        plugin.require(config)
    if is_told:
        tell_warnings(warnings, Path(config.docs_dir), Path(config.config_file_path))
    return config, plugin


@contextmanager
def refused_config() -> Iterator[None]:
    """Turn what is wrong with a configuration into a refusal."""
    from nutgraf.errors import UsageError

    try:
        yield
    except UsageError as error:
        if error.file is None:
            raise Refusal(str(error), error.help) from error
        from nutgraf.reporters import text
        from nutgraf.reporters.config_diagnostics import unusable

        found, files = unusable(error, error.file)
        text.write(found, files, err(), root=from_here(error.file.parent))
        raise Refusal(f"{error.file} cannot be used") from error


def tell_warnings(messages: Sequence[str], folder: Path, config_file: Path) -> None:
    """Say what MkDocs warns of, with its place.

    Args:
        messages: as MkDocs puts them.
        folder: the content folder.
        config_file: the mkdocs.yml.
    """
    from nutgraf.reporters import text
    from nutgraf.reporters.config_diagnostics import warned

    found, files = warned(messages, folder, config_file)
    text.write(found, files, err(), root=from_here(folder))


def tell_held_back(stories: Sequence[str]) -> None:
    """Say which stories a build leaves out for an embargo.

    Args:
        stories: as `nutgraf.build.pipeline.held_back` puts them.
    """
    if stories:
        more = f" and {len(stories) - _SHOWN:,} more" if len(stories) > _SHOWN else ""
        err().print(f"Held back by `publish_after`: {', '.join(stories[:_SHOWN])}{more}", markup=False, style="dim")


_SHOWN: Final = 10


@contextmanager
def faults() -> Iterator[None]:
    """Turn what a template or the file system raise into faults."""
    from nutgraf.error_origin import code_fault, mkdocs_fault, template_fault

    try:
        yield
    except Refusal:
        raise
    except Exception as error:
        fault = template_fault(error)
        if fault is not None:
            raise SiteError(f"a template fails: {fault}") from error
        fault = code_fault(error)
        if fault is not None:
            advice = "It is code that MkDocs calls: a hook, a plugin, an extension. "
            raise SiteError(fault, advice + "`mkdocs build` shows how it came to it.") from error
        fault = mkdocs_fault(error)
        if fault is not None:
            raise SiteError(fault) from error
        if isinstance(error, OSError) and error.strerror is not None:
            raise _refused(error) from error
        raise


@contextmanager
def mkdocs_speaks() -> Iterator[None]:
    """Turn what MkDocs says into words of ours, and what it, a template or the file system raise into faults."""
    from mkdocs.exceptions import MkDocsException

    with LogCapture(on_warning=lambda message: say("warning", message)) as log, faults():
        try:
            yield
        except MkDocsException as error:
            # What it logged says more, on which page it was, for one.
            raise SiteError("\n".join(log.errors) or error.format_message()) from error


def _refused(error: OSError) -> Refusal:
    return Refusal(str(error.strerror) + (f": {error.filename}" if error.filename else ""))


def from_here(folder: Path) -> str:
    """Return a folder as paths begin that lead there from the working folder."""
    return Path(os.path.relpath(folder)).as_posix()


def nearby(path: Path) -> Path:
    """Return a path as one would type it here."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def find_statement(graph: Graph, name: str) -> Resolved:
    """Return the statement of a name: its key, or its id where no other story has it.

    Raises:
        Refusal: there is none, or there are several.
    """
    if name in graph.statements:
        return graph.statements[name]
    same = [one for one in graph.statements.values() if one.id == name]
    if len(same) == 1:
        return same[0]
    if same:
        raise Refusal(f"`{name}` is a statement of several stories", "Name one: " + ", ".join(one.key for one in same))
    if name in graph.stories:
        some = ", ".join(one.key for one in graph.in_story(name)[:3])
        raise Refusal(f"`{name}` is a story, not a statement", f"Its statements are {some} and so on." if some else "")
    known = graph.statements if "/" in name else {one.id for one in graph.statements.values()}
    raise Refusal(f"there is no statement `{name}`", did_you_mean(name, known))


def contents(graph: Graph) -> str:
    """Count what there is: "1 story, 54 statements, ..."."""
    counted = (
        (len(graph.stories), "story", "stories"),
        (sum(not one.is_summary for one in graph.statements.values()), "statement", "statements"),
        (len(graph.entities), "entity", "entities"),
        (len(graph.sources), "source", "sources"),
        (len(graph.terms), "term", "terms"),
    )
    return ", ".join(f"{number:,} {one if number == 1 else many}" for number, one, many in counted)


def from_top(folder: Path) -> str:
    """Return a folder as a forge names it: from the top of the repository; from here where there is none."""
    from nutgraf.loading.git import top_of

    top = top_of(folder)
    return Path(os.path.relpath(os.path.realpath(folder), os.path.realpath(top or Path.cwd()))).as_posix()


def show_difference(path: Path, old: bytes, new: bytes) -> None:
    """Print what is otherwise in a file, as a unified diff."""
    from nutgraf.reporters.control_characters import escaped

    name = path.as_posix()
    before, after = (data.decode(errors="replace").splitlines() for data in (old, new))
    for line in difflib.unified_diff(before, after, name, name, lineterm=""):
        style = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1], "")
        out().print(Text(escaped(line), style=style))
