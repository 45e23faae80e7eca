"""The structure of the code: names that mean one thing, and imports that go one way."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import grimp

import nutgraf

PACKAGE = Path(nutgraf.__file__).parent


def test_every_class_has_a_name_of_its_own() -> None:
    names = Counter(
        node.name
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert not {name for name, number in names.items() if number > 1}


def test_no_modules_import_each_other() -> None:
    # Imports for annotations count, too: who reads one module needs the other.
    graph = grimp.build_graph("nutgraf", cache_dir=None)
    imported = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    reachable: dict[str, set[str]] = {}
    for module in imported:
        waiting, seen = [module], set[str]()
        while waiting:
            further = imported[waiting.pop()] - seen
            seen |= further
            waiting += further
        reachable[module] = seen
    assert not sorted(module for module, seen in reachable.items() if module in seen)


HOME_MADE = frozenset({"aside", "detour", "kit", "ledger", "misuse", "shelf", "sight", "skeleton", "verdict"})
"""Words that were names here once, and said nothing to newcomers; docs/architecture.md has the field's own."""


def test_names_are_words_of_the_field() -> None:
    for path in PACKAGE.rglob("*.py"):
        assert path.stem not in HOME_MADE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node, "name", None) or getattr(node, "arg", None) or getattr(node, "attr", None)
            if isinstance(name, str):
                assert name.strip("_").lower() not in HOME_MADE, f"{path}:{getattr(node, 'lineno', 0)}: {name}"
