"""Small sites made for tests: a few records in, a resolved graph out."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

from nutgraf.graph import Resolution, resolve
from nutgraf.loading.content import Loaded, load
from nutgraf.wording import Wording, read_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutgraf.diagnostics import Diagnostic
    from nutgraf.graph import Graph

ROOT = Path(__file__).resolve().parent.parent

BASE = {
    "entities/ada.yml": "{name: Ada Adams, short: Adams, kind: person, pronoun: she}",
    "entities/ben.yml": "{name: Ben Bell, short: Bell, kind: person, pronoun: he}",
    "entities/works.yml": "name: Works",
    "entities/board.yml": "{name: Safety Board, article: the}",
    "entities/post.yml": "name: Daily Post",
    "entities/wire.yml": "{name: Wire, article: the}",
    "sources/post-1.yml": "{publisher: post, published: 2023-04-11}",
    "sources/wire-1.yml": "{publisher: wire, published: 2023-04-10}",
    "sources/wire-unread.yml": "{publisher: wire, published: 2023-04-10, read: no}",
    "sources/copy.yml": "{publisher: post, published: 2023-04-12, derives_from: wire-unread}",
    "sources/blog.yml": "{publisher: ada, kind: post, published: 2023-04-09}",
    "sources/finding.yml": "{title: Finding, publisher: board, kind: filing, published: 2023-05-01}",
}
"""People, publishers and sources that most tests can do with."""


def tree(files: Mapping[str, str]) -> dict[str, bytes]:
    """Return texts as the bytes of a tree, without the indentation of the test."""
    return {path: dedent(text).encode() for path, text in files.items()}


def loaded(files: Mapping[str, str]) -> Loaded:
    """Load the base records with some more."""
    return load(tree({**BASE, **files}))


def resolved(files: Mapping[str, str]) -> Resolution:
    """Load and resolve the base records with some more."""
    return resolve(loaded(files))


def story(statements: str, head: str = "") -> dict[str, str]:
    """Return the file of a story `s` with one section; each line of `statements` is a statement in flow style."""
    listed = "\n".join(f"      - {line.strip()}" for line in dedent(statements).strip().splitlines())
    body = f"title: Story\nbased_on: post-1\n{dedent(head)}\nsections:\n  - title: Part\n    statements:\n{listed}\n"
    return {"stories/s.yml": body}


def graph(statements: str, head: str = "", more: Mapping[str, str] | None = None) -> Graph:
    """Return the graph of one story, which is to be without complaints."""
    files = {**story(statements, head), **(more or {})}
    read = loaded(files)
    resolution = resolve(read)
    assert not (*read.diagnostics, *resolution.diagnostics), told((*read.diagnostics, *resolution.diagnostics))
    return resolution.graph


def told(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    """Return diagnostics as a test writes them: place, rule, headline, help."""
    return [f"{one.span}: {one.rule}: {one.headline}{f' | {one.help}' if one.help else ''}" for one in diagnostics]


@lru_cache(maxsize=1)
def english() -> Wording:
    """Return the bundled English wording."""
    name = "wording/en.yml"
    read = read_language([(name, (ROOT / "templates" / name).read_bytes())])
    assert read.language is not None, read.diagnostics
    return Wording(read.language)
