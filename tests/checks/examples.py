"""The examples in the documentation of rules, made into sites that can be checked.

An example shows what matters and no more: statements, parts of a story, or whole files, each under its path in a
comment. What it takes for granted, the people, publications and figures that it names, is here.
"""

from __future__ import annotations

import datetime
import inspect
import re
from dataclasses import dataclass
from textwrap import dedent, indent
from typing import TYPE_CHECKING, Final

from nutgraf.checks.policy import Policy
from nutgraf.checks.runner import check
from nutgraf.graph import resolve
from nutgraf.loading.content import load

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nutgraf.checks.rule import Rule
    from nutgraf.diagnostics import Diagnostic

BASE: Final = {
    "entities/ai-catalog.yml": "name: AI Catalog",
    "entities/business-insider.yml": "name: Business Insider",
    "entities/council.yml": "{name: Town Council, article: the}",
    "entities/daily-post.yml": "{name: Daily Post, article: the}",
    "entities/elon-musk.yml": "{name: Elon Musk, short: Musk, kind: person, pronoun: he}",
    "entities/new-york-times.yml": "{name: New York Times, article: the}",
    "entities/openai.yml": "name: OpenAI",
    "entities/openai-lp.yml": "name: OpenAI LP",
    "entities/operator.yml": "{name: Harbour Railway, article: the}",
    "entities/safety-board.yml": "{name: Safety Board, article: the}",
    "entities/sam-altman.yml": "{name: Sam Altman, short: Altman, kind: person, pronoun: he}",
    "entities/semafor.yml": "name: Semafor",
    "entities/twitter.yml": "name: Twitter",
    "entities/university.yml": "name: Estuary University",
    "entities/works.yml": "name: Works",
    "glossary/gpu.yml": "{label: GPU, short: A chip that makes many simple sums at once.}",
    "sources/ai-catalog-2023.yml": "{publisher: ai-catalog, published: 2023-04, derives_from: business-insider-2023}",
    "sources/business-insider-2023.yml": "{publisher: business-insider, published: 2023-04-11}",
    "sources/council-minutes.yml": "{title: A title, publisher: council, published: 2023-05-02, kind: filing}",
    "sources/daily-post-2023.yml": "{publisher: daily-post, published: 2023-05-03}",
    "sources/leaflet.yml": "{publisher: unknown, published: unknown}",
    "sources/nyt-2022.yml": "{publisher: new-york-times, published: 2022-12, read: no}",
    "sources/openai-announcement-2015.yml": "{title: A title, publisher: openai, published: 2015-12-11, kind: release}",
    "sources/openai-lp-2019.yml": "{title: A title, publisher: openai, published: 2019-03-11, kind: release}",
    "sources/paper-2005.yml": "{publisher: daily-post, published: 2005-06, status: {is: retracted, date: 2006-01-12}}",
    "sources/semafor-2023.yml": "{publisher: semafor, published: 2023-03-24}",
}
"""What examples name without showing it."""

_QUANTITIES: Final = {"gpus": "{amount: 10000, approximate: yes, unit: GPU}"}
_STATEMENTS: Final = {
    "toll": "{id: toll, text: the sinking killed hundreds, source: daily-post-2023, by: daily-post, certainty: found}"
}

_HEADER: Final = re.compile(r"# (?P<path>(?:stories|entities|sources|glossary)/[a-z0-9-]+\.(?:yml|txt))\b(?P<rest>.*)")
_STORY: Final = "stories/example.yml"


@dataclass(frozen=True, slots=True)
class Example:
    """An example of a rule's documentation.

    Attributes:
        files: what it shows, as whole files.
        today: the day that it is checked on, where it says so.
    """

    files: Mapping[str, str]
    today: datetime.date | None = None


def documentation(rule: Rule) -> str:
    """Return the docstring of a rule's module."""
    return inspect.getdoc(inspect.getmodule(rule.find)) or ""


def sections(rule: Rule) -> dict[str, str]:
    """Return the sections of a rule's documentation by heading, in order."""
    parts = re.split(r"(?m)^## (.+)\n", documentation(rule))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def example(text: str) -> Example:
    """Return an example as files; what stands under no path is a part of a story."""
    path, today = _STORY, None
    lines: dict[str, list[str]] = {}
    for line in dedent(text).strip("\n").split("\n"):
        header = _HEADER.match(line)
        if header is None:
            lines.setdefault(path, []).append(line)
            continue
        path = header["path"]
        if day := re.search(r"--today (\S+)", header["rest"]):
            today = datetime.date.fromisoformat(day[1])
    files = {path: "\n".join(part) for path, part in lines.items()}
    return Example({path: _story(part) if path.startswith("stories/") else part for path, part in files.items()}, today)


def _story(part: str) -> str:
    """Return a story of some statements, of fields of a story, or of both in this order."""
    found = re.search(r"(?m)^[a-z_]+:", part)
    split = found.start() if found else len(part)
    statements, fields = part[:split], part[split:]
    used = {name: value for name, value in _QUANTITIES.items() if f"{{{name}}}" in part and f"{name}: {{" not in part}
    referred = [value for name, value in _STATEMENTS.items() if re.search(rf": {name}\b", part)]
    return "\n".join(
        [
            *(["title: A story"] if "title:" not in fields else []),
            *(["quantities:", *(f"  {name}: {value}" for name, value in used.items())] if used else []),
            fields,
            *(["sections:", "  - statements:", indent(statements, "      ")] if statements.strip() else []),
            *(f"      - {value}" for value in referred),
        ]
    )


def complaints(shown: Example) -> tuple[Diagnostic, ...]:
    """Return everything that is wrong with the files of an example, of its base nothing."""
    tree = {path: text.encode() for path, text in {**BASE, **shown.files}.items()}
    loaded = load(tree)
    resolution = resolve(loaded)
    found = (*loaded.diagnostics, *resolution.diagnostics, *check(resolution.graph, Policy(today=shown.today)))
    return tuple(one for one in found if one.span.path in shown.files)
