"""Where complaints of others are placed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nutgraf.preview.error_diagnostics import warnings

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = """\
site_name: Own
nav:
  - Home: index.yml
  - About: about.md
plugins:
  - nutgraf
"""


@pytest.mark.parametrize(
    ("message", "path", "line"),
    [
        ("A reference to 'about.md' is included in the 'nav' configuration, which is not there", "../mkdocs.yml", 4),
        ("Config value 'plugins': Plugin 'nutgraf' is odd", "../mkdocs.yml", 6),
        ("Doc file 'page.md' contains a link 'nowhere.md', but the target is not found", "page.md", 3),
        ("Doc file 'my page.md' contains a link 'nowhere.md', but the target is not found", "my page.md", 2),
        ("stories/x.yml is not shown: a page written by hand has its address", "stories/x.yml", 1),
        ("Something else is odd", ".", 1),
    ],
)
def test_a_warning_of_mkdocs_stands_where_it_is_about(tmp_path: Path, message: str, path: str, line: int) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/page.md").write_text("# Page\n\n[way](nowhere.md)\n", encoding="utf-8")
    (tmp_path / "content/my page.md").write_text("# Page\n[way](nowhere.md)\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    (found,) = warnings([message], tmp_path / "content", tmp_path / "mkdocs.yml").diagnostics
    assert (found.span.path, found.span.line) == (path, line)
