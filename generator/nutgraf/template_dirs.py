"""Where the files are that ship with the package but are no Python: `templates/`."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def bundled_templates() -> Path:
    """Return the folder of the bundled templates: `pages`, `parts`, `wording`, `theme` and `init`.

    A wheel holds it inside the package (hatchling's `force-include`), which does not reach an editable install: there
    it is the `templates` folder of the project.

    Raises:
        FileNotFoundError: the installation is not whole.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "templates", package.parent.parent / "templates"):
        if (folder / "theme").is_dir():
            return folder
    message = f"the templates that belong to {package} are missing: install nutgraf again"
    raise FileNotFoundError(message)


def template_folders(own: Path | None) -> tuple[Path, ...]:
    """Return the folders that templates are searched in, in that order.

    Args:
        own: a site's own templates, which win over the bundled ones; None, or a folder that need not exist.
    """
    bundled = bundled_templates()
    if own is None or not own.is_dir() or own.samefile(bundled):
        return (bundled,)
    return (own, bundled)
