"""`nutgraf diff`."""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf import __version__
from nutgraf.cli.common import faults, from_top, open_site
from nutgraf.cli.console import Refusal, SiteError, err, out
from nutgraf.cli.exit_status import FAULTY
from nutgraf.cli.options import CONFIG_FILE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutgraf.diff import Comparison, Snapshot
    from nutgraf.loading.content import FileCache
    from nutgraf.views import Settings
    from nutgraf.wording import Wording

# See `nutgraf.cli.common`.
# ruff: noqa: PLC0415


@dataclass(frozen=True, slots=True)
class _Project:
    """Where the two sides are looked for.

    Attributes:
        config: the site's mkdocs.yml.
        content: the content folder of the site.
        templates: its own templates.
        folders: all folders of templates, those searched first in front.
        locale: of its language.
        wording: its language.
        settings: what it says of itself.
    """

    config: Path
    content: Path
    templates: Path
    folders: tuple[Path, ...]
    locale: str
    wording: Wording
    settings: Settings

    @property
    def own_templates(self) -> str:
        """Its own templates, relative to the folder of mkdocs.yml, with forward slashes."""
        return Path(os.path.relpath(self.templates, self.config.parent)).as_posix()


@click.command(
    epilog="""
\b
Examples:
  nutgraf diff main                  the working tree against main
  nutgraf diff --merge-base main     as in a pull request
  nutgraf diff v1 v2                 two revisions
  nutgraf diff old/content content   two folders
  nutgraf diff main --format markdown > comment.md
"""
)
@click.argument("base")
@click.argument("head", required=False)
@CONFIG_FILE
@click.option(
    "--merge-base",
    is_flag=True,
    help="Compare with the merge base of BASE and HEAD.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown", "github", "sarif"]),
    default="text",
    show_default=True,
    help="Output format: text, JSON, Markdown (a pull request comment), GitHub annotations or SARIF.",
)
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Date for the suggested acknowledgement.  [default: today]",
)
@click.pass_context
def diff(  # noqa: PLR0913, PLR0917 - one parameter an option
    context: click.Context,
    base: str,
    head: str | None,
    config_file: Path | None,
    form: str,
    today: datetime.datetime | None,
    *,
    merge_base: bool,
) -> None:
    """Show what a content change means for readers.

    BASE and HEAD are Git revisions or content folders. HEAD defaults to the working tree. Compares the sentences,
    evidence and order that readers see, not the YAML: reformatting is no change.

    Breaking changes (more certainty without new evidence, a lost attribution or reply, a broken URL) must be
    acknowledged in the story's `revisions`, which readers also see. Exits with 1 and prints the entry to add until they
    are.
    """
    from nutgraf.build.impact import with_pages
    from nutgraf.diff import comparison
    from nutgraf.loading.git import RevisionError
    from nutgraf.rendering.renderer import Renderer

    project = _project(config_file)
    day = today.date() if today else datetime.datetime.now(tz=datetime.UTC).date()
    try:
        if merge_base:
            base = _parted(project, base, head)
        known: FileCache = {}
        old, new = _side(base, project, known), _side(head, project, known)
        found = comparison(old, new, today=day)
    except RevisionError as error:
        raise Refusal(str(error), error.help) from error
    with faults():
        if not old.is_written_as(new):
            found = with_pages(found, old, new, project.settings, Renderer(project.folders))
    _show(found, form, project.content)
    if found.new_mistakes:
        raise SiteError("the content has errors; the comparison is incomplete", "See them: `nutgraf check`")
    context.exit(0 if found.ok else FAULTY)


def _project(config_file: Path | None) -> _Project:
    from nutgraf.reporters import text
    from nutgraf.site import language_of
    from nutgraf.template_dirs import template_folders
    from nutgraf.wording import Wording

    config, plugin = open_site(config_file)
    folders = tuple(template_folders(plugin.templates))
    read = language_of(folders, plugin.config.locale)
    if read.language is None:
        text.write(read.diagnostics, {}, err())
        raise SiteError("there are no sentences without wording")
    return _Project(
        Path(config.config_file_path),
        Path(config.docs_dir),
        plugin.templates,
        folders,
        plugin.config.locale,
        Wording(read.language),
        plugin.settings(config),
    )


def _parted(project: _Project, base: str, head: str | None) -> str:
    from nutgraf.loading.git import merge_base

    for name in (base, head):
        if name is not None and _folder(name) is not None:
            raise Refusal(f"{name} is a folder", "`--merge-base` works with Git revisions only.")
    return merge_base(project.content, base, head or "HEAD")


def _side(name: str | None, project: _Project, known: FileCache) -> Snapshot:
    from nutgraf.cli.uncompared_files import files_in
    from nutgraf.diff import Snapshot
    from nutgraf.loading.tree import read_tree

    folder = project.content if name is None else _folder(name)
    if folder is not None:
        tree = read_tree(folder)
        pages = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.md"))}
        top = project.config.parent if name is None else folder.parent
        files = files_in(folder, top, project.config.name, project.own_templates)
        return Snapshot.read(tree.files, project.wording, tree.diagnostics, _texts(pages), known, files=files)
    return _revision(str(name), project, known)


def _revision(name: str, project: _Project, known: FileCache) -> Snapshot:
    """Return a side as a revision has it: its content where it lay then, and the sentences as they were framed then."""
    from nutgraf.cli.git_sides import content_of, wording_of
    from nutgraf.cli.uncompared_files import files_at
    from nutgraf.diff import Snapshot
    from nutgraf.loading.git import read_revision, read_texts

    top = project.config.parent
    folder, locale = content_of(project.config, name, project.content, project.locale)
    wording = wording_of(project.templates, name, locale) or project.wording
    tree = read_revision(top, name, folder)
    pages = _texts(read_texts(top, name, folder, ".md"))
    files = files_at(top, name, folder, project.config.name, project.own_templates)
    return Snapshot.read(tree.files, wording, tree.diagnostics, pages, known, files=files)


def _texts(pages: Mapping[str, bytes]) -> dict[str, str]:
    return {path: data.decode(errors="replace") for path, data in pages.items()}


def _folder(name: str) -> Path | None:
    """Return the folder with content that a side is, or that the site there has; None for a revision."""
    from nutgraf.loading.content import FOLDERS

    folder = Path(name)
    if not name or not folder.is_dir():
        return None
    for found in (folder, folder / "content"):
        if any((found / one).is_dir() for one in FOLDERS):
            return found
    return folder if "/" in name or name == "." else None


def _show(found: Comparison, form: str, content: Path) -> None:
    from nutgraf.cli.common import nearby
    from nutgraf.reporters import changes_json, changes_text, github, markdown, sarif

    if form == "text":
        changes_text.write(found, out(), root=nearby(content).as_posix())
        return
    root = from_top(content)
    shown = {
        "json": lambda: changes_json.render(found, root=root),
        "markdown": lambda: markdown.render(found, root=root),
        "github": lambda: github.render_changes(found, root=root),
        "sarif": lambda: sarif.render_changes(found, root=root, version=__version__),
    }[form]()
    out().out(shown, end="")
