"""`nutgraf schema`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf.cli.common import nearby, open_site
from nutgraf.cli.console import Refusal, out, say
from nutgraf.cli.exit_status import FAULTY
from nutgraf.cli.options import CONFIG_FILE

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from nutgraf.schema import Ids
    from nutgraf.theme.plugin import NutgrafPlugin

# See `nutgraf.cli.common`.
# ruff: noqa: PLC0415


@click.command(
    epilog="""
\b
Examples:
  nutgraf schema             once, and again when there are new ids
  nutgraf schema --modelines for an editor that does not read .vscode/settings.json
  nutgraf schema --check     end with 1 if the schemas are old
"""
)
@CONFIG_FILE
@click.option("--without-ids", is_flag=True, help="Leave out which ids exist: any well-formed one is then taken.")
@click.option("--modelines", is_flag=True, help="Name the schema in the first line of each record as well.")
@click.option("--check", is_flag=True, help="Write nothing; end with 1 if anything would change.")
@click.pass_context
def schema(
    context: click.Context, config_file: Path | None, *, without_ids: bool, modelines: bool, check: bool
) -> None:
    """Let the editor help: it then completes fields, words and ids, explains them, and underlines what is wrong.

    The schemas are written to .nutgraf/schema, beside mkdocs.yml, and .vscode/settings.json is told of them. They work
    in every editor that speaks with yaml-language-server: VS Code with the extension YAML, Vim, Emacs, Zed and others.
    """
    from nutgraf.schema.editor_setup import schema_files

    config, plugin = open_site(config_file)
    site = Path(config.config_file_path).parent
    ids = None if without_ids else known_ids(config, plugin)
    files = {site / path: text for path, text in schema_files(ids).items()}
    files |= _settings(site, Path(config.docs_dir))
    lines = _modelines(site, Path(config.docs_dir)) if modelines else {}
    changed = {path: text for path, text in files.items() if not _holds(path, text)}
    for path in (*changed, *lines):
        out().print(f"{nearby(path)}: {'is old' if check else 'written'}", markup=False)
    if check:
        context.exit(FAULTY if changed or lines else 0)
    try:
        for path, text in changed.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        for path, data in lines.items():
            path.write_bytes(data)
    except OSError as error:
        raise Refusal(f"cannot write {error.filename}: {error.strerror}") from error
    if not changed and not lines:
        out().print("The schemas are up to date.")


def known_ids(config: MkDocsConfig, plugin: NutgrafPlugin) -> Ids:
    """Return the ids of a site, as far as its content can be read; drafts count."""
    from nutgraf.checks.rule_docs import documentation
    from nutgraf.checks.runner import RULES
    from nutgraf.markdown import unit_text
    from nutgraf.schema import Ids

    checked = plugin.check(config, drafts=True)
    loaded_site = checked.loaded_site
    if not checked.ok:
        say("warning", "the content has errors, so not all of its ids are known", "See them: `nutgraf check`")

    def sentence(key: str) -> str:
        if loaded_site.wording is None:
            return loaded_site.graph.statements[key].statement.text
        return unit_text(loaded_site.context.unit(key))

    return Ids.of(loaded_site.graph, sentence, {rule.name: documentation(rule).partition("\n")[0] for rule in RULES})


def _settings(site: Path, content: Path) -> dict[Path, str]:
    from nutgraf.loading.git import top_of
    from nutgraf.schema.editor_setup import UnreadableError, settings

    root = top_of(site) or site
    try:
        return {root / path: text for path, text in settings(root, site, content).items()}
    except UnreadableError as error:
        say("warning", f"{nearby(root / error.path)} is left as it is: it is not plain JSON", "Add what follows to it.")
        out().print(error.wanted, markup=False)
        return {}


def _modelines(site: Path, content: Path) -> dict[Path, bytes]:
    from nutgraf.loading.tree import read_tree
    from nutgraf.schema.editor_setup import modelines

    return {content / path: data for path, data in modelines(site, content, read_tree(content).files).items()}


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()
