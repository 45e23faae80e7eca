"""How a site was set up in a revision: where its content lay, and how its sentences were framed."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nutgraf.wording import Wording

# See `nutgraf.cli.common`.
# ruff: noqa: PLC0415


def content_of(config: Path, revision: str, content: Path, locale: str) -> tuple[str, str]:
    """Return the content folder and the locale that mkdocs.yml had in a revision.

    Who moves the content and says so there has not taken all of it down.

    Args:
        config: the site's mkdocs.yml as it is here.
        revision: of the repository.
        content: the content folder as it is here, to be taken where the revision does not say.
        locale: the locale as it is here, likewise.

    Returns:
        The folder, relative to that of mkdocs.yml, with forward slashes, and the locale.

    Raises:
        RevisionError: there is no repository, or no such revision.
    """
    from nutgraf.loading.git import read_texts

    here = Path(os.path.relpath(os.path.realpath(content), os.path.realpath(config.parent))).as_posix()
    data = read_texts(config.parent, revision, "", config.name).get(config.name)
    settings = _settings(data) if data is not None else {}
    settings = settings if "INHERIT" not in settings else {}
    folder = settings.get("docs_dir", here)
    plugins = settings.get("plugins")
    named = [one for one in plugins if isinstance(one, dict)] if isinstance(plugins, list) else [plugins]
    options = next((one["nutgraf"] for one in named if isinstance(one, dict) and "nutgraf" in one), None)
    told = options.get("locale", "en") if isinstance(options, dict) else locale
    return (folder if isinstance(folder, str) else here, told if isinstance(told, str) else locale)


def _settings(data: bytes) -> dict[str, Any]:
    """Return what a mkdocs.yml says, as text; nothing where it cannot be read."""
    import yaml

    class Plain(yaml.SafeLoader):
        """Reads tags such as `!ENV` as the text behind them, and runs nothing."""

    def text(loader: yaml.SafeLoader, _suffix: str, node: yaml.Node) -> object:
        return loader.construct_scalar(node) if isinstance(node, yaml.ScalarNode) else None

    Plain.add_multi_constructor("", text)
    try:
        found = yaml.load(data, Loader=Plain)  # noqa: S506 - a loader that is safe
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def inputs_of(data: bytes) -> frozenset[str]:
    """Return the files and folders beside the content that a mkdocs.yml names, relative to its folder."""
    settings = _settings(data)
    theme, hooks = settings.get("theme"), settings.get("hooks")
    named = [settings.get("INHERIT"), theme.get("custom_dir") if isinstance(theme, dict) else None]
    named += hooks if isinstance(hooks, list) else []
    return frozenset(posixpath.normpath(one) for one in named if isinstance(one, str) and one)


def wording_of(templates: Path, revision: str, locale: str) -> Wording | None:
    """Return the language as a revision has it.

    Args:
        templates: the site's own templates.
        revision: of the repository.
        locale: such as `en`.

    Returns:
        The language; None where the revision's files make none that this version reads.
    """
    from nutgraf.loading.git import top_of
    from nutgraf.template_dirs import bundled_templates
    from nutgraf.wording import Wording, read_language

    name = f"wording/{locale}.yml"
    files: list[tuple[str, bytes]] = []
    bundled = bundled_templates()
    if not templates.is_dir() or not templates.samefile(bundled):
        # Of an installed package there are no revisions, and those of another repository are none of ours.
        path = bundled / name
        ours = top_of(bundled) == top_of(_nearest(templates))
        found = _at(bundled, revision, name) if ours else None
        found = path.read_bytes() if found is None and path.is_file() else found
        files += [(name, found)] if found is not None else []
    own = _at(templates, revision, name)
    files += [(f"../templates/{name}", own)] if own is not None else []
    read = read_language(files) if files else None
    return Wording(read.language) if read is not None and read.language is not None else None


def _at(folder: Path, revision: str, name: str) -> bytes | None:
    from nutgraf.loading.git import RevisionError, read_texts

    parent = _nearest(folder)
    try:
        return read_texts(parent, revision, folder.relative_to(parent).as_posix(), name).get(name)
    except RevisionError:
        return None


def _nearest(folder: Path) -> Path:
    """Return a folder, or the one above it that is there."""
    return next(one for one in (folder, *folder.parents) if one.is_dir())
