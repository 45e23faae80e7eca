"""Runs axe-core in a page: https://github.com/dequelabs/axe-core/blob/develop/doc/API.md."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""What is asked for, as axe-core's tags."""

RUN = """async tags => {
  const options = { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] };
  const { violations } = await axe.run(document, options);
  return violations.map(({ id, help, nodes }) => ({
    id, help, nodes: nodes.map(node => ({ target: node.target.flat().join(" "), why: node.failureSummary })),
  }));
}"""


@dataclass(frozen=True)
class Violation:
    """One rule that a page breaks at one place."""

    page: str
    rule: str
    target: str
    why: str

    def __str__(self) -> str:
        """Return what a developer has to know."""
        return f"{self.page}: {self.rule} at {self.target}\n    {self.why}"


@cache
def script() -> str:
    """Return axe-core, from the package that brings it.

    Raises:
        FileNotFoundError: the package is not installed.
    """
    spec = importlib.util.find_spec("axe_playwright_python")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("axe.min.js: the package axe-playwright-python is not installed")
    return (Path(spec.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, name: str) -> Iterator[Violation]:
    """Yield what is wrong with `page` as it is open now; `name` is what to call it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(script())
    found: list[dict[str, Any]] = page.evaluate(RUN, list(RULES))
    for one in found:
        for node in one["nodes"]:
            why = " ".join(str(node["why"]).split())
            yield Violation(name, one["id"], node["target"], why)
