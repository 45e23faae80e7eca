"""Names and terms are found in prose: the cases of matching.md and names.md."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nutgraf.glossary import finder_of, forms
from nutgraf.graph import Graph, resolve
from nutgraf.loading.content import load
from nutgraf.loading.nodes import plain
from nutgraf.loading.yaml import parse
from nutgraf.markdown import Linker, inline_html
from tests.making import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.loading.content import FileCache
    from nutgraf.model import Term

DOCUMENTS = tuple(Path(__file__).with_name(name) for name in ("matching.md", "names.md"))
FENCE = re.compile(r"```(yaml|cases)(?: ([a-z-]+))?\n(.*?)```", re.DOTALL)
MARK = re.compile(r"\[([^\[\]|]*)\|(@?[a-z0-9-]+)\]")
ESCAPE = re.compile(r"\{U\+([0-9A-F]{4,6})\}")
TAG = re.compile(r"<(/?)(a|em|strong|s|code|br)\b([^>]*)>")
BDI = re.compile(r"</?bdi\b[^>]*>")
MARKUP = {"em": "*", "strong": "**", "s": "~~", "code": "`"}


@dataclass(frozen=True, slots=True)
class Case:
    """One text of a document."""

    heading: str
    setup: str
    story: str | None
    text: str
    expected: str

    def __str__(self) -> str:
        return f"{self.heading}: {self.expected}"


def cases() -> list[Case]:
    """Return the cases of the documents."""
    found: list[Case] = []
    for section in chain.from_iterable(one.read_text(encoding="utf-8").split("\n## ")[1:] for one in DOCUMENTS):
        heading = section.partition("\n")[0]
        setup = ""
        for kind, story, body in FENCE.findall(section):
            if kind == "yaml":
                setup = unescaped(body)
                continue
            for line in body.splitlines():
                if line.startswith("=> "):
                    last = found.pop()
                    found.append(Case(heading, setup, last.story, unmarked(last.expected), unescaped(line[3:])))
                else:
                    shown = unescaped(line)
                    found.append(Case(heading, setup, story or None, unmarked(shown), shown))
    return found


def unescaped(text: str) -> str:
    """Return a text with the characters that it spells out."""
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), text).replace("⏎", "\n")


def unmarked(text: str) -> str:
    """Return a text without the marks of what is to be found."""
    return MARK.sub(r"\1", text)


@lru_cache(maxsize=4)
def graph(setup: str) -> Graph:
    """Return the glossary of a section."""
    root = parse("setup.yml", setup.encode()).root
    assert root is not None, setup
    data: Any = plain(root)
    files: dict[str, str] = {}
    for name, record in data.get("terms", {}).items():
        files[f"glossary/{name}.yml"] = flow({**record, "short": "What it is."})
    for name, record in data.get("entities", {}).items():
        files[f"entities/{name}.yml"] = flow(record)
    for name, given in data.get("stories", {}).items():
        record = given if isinstance(given, dict) else {"topics": given}
        files[f"stories/{name}.yml"] = flow({"title": "Story", **record})
    loaded = load({path: text.encode() for path, text in files.items()})
    assert not loaded.diagnostics, told(loaded.diagnostics)
    return resolve(loaded).graph


def flow(value: object) -> str:
    """Return a value as YAML in flow style, all its texts in quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {flow(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return "'" + str(value).replace("'", "''") + "'"


def noted(rendered: str) -> str:
    """Return HTML in the notation of the document."""
    begun: list[str] = []

    def tag(found: re.Match[str]) -> str:
        closing, name, attributes = found.groups()
        if name == "br":
            return "\n"
        if name != "a":
            return MARKUP[name]
        if not closing:
            record = re.search(r'href="[./]*(glossary|entities)/([a-z0-9-]+)/" class="(term|who)"', attributes)
            begun.append(("@" if record[1] == "entities" else "") + record[2] if record else "")
            assert record is None or (record[1] == "entities") == (record[3] == "who")
            return "[" if record else ""
        target = begun.pop()
        return f"|{target}]" if target else ""

    return html.unescape(TAG.sub(tag, BDI.sub("", rendered).replace("<br>\n", "<br>")))


CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_found(case: Case) -> None:
    known = graph(case.setup)
    linker = Linker(finder_of(known), "", case.story, known)
    assert noted(str(inline_html(case.text, linker))) == case.expected.replace("\\[", "[").replace("\\]", "]")


REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference.md"
SAID = re.findall(
    r"^\| (.+?) \| (yes|no): ?.*\|$|^\| (.+?) \| (yes) \|$",
    REFERENCE.read_text(encoding="utf-8").partition("## Names in texts")[2].partition("\n## ")[0],
    re.MULTILINE,
)


@pytest.mark.parametrize(("text", "found"), [(one or other, yes or no) for one, yes, other, no in SAID])
def test_the_reference_says_what_is_found(text: str, found: str) -> None:
    known = graph(
        "entities:\n  nora: {name: Nora Tindall, short: Tindall, kind: person, pronoun: she}\n"
        "  lena: {name: Lena May, short: May, kind: person}\n"
    )
    assert bool(finder_of(known).find(text)) is (found == "yes")


def test_there_are_enough() -> None:
    assert len(CASES) >= 700
    assert len(SAID) >= 15


def test_forms_are_made_again_for_what_changed_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    written = forms.written

    def noted(term: Term) -> Iterator[forms.Written]:
        made.append(term.label)
        return written(term)

    monkeypatch.setattr(forms, "written", noted)
    tree = {f"glossary/{name}.yml": f"label: {name}\nshort: A word.\n".encode() for name in ("zqone", "zqtwo")}
    known: FileCache = {}
    finder_of(resolve(load(tree, known)).graph)
    assert made == ["zqone", "zqtwo"]
    tree["glossary/zqtwo.yml"] = b"label: zqother\nshort: A word.\n"
    found = finder_of(resolve(load(tree, known)).graph)
    assert made == ["zqone", "zqtwo", "zqother"]
    assert [one.id for one in found.find("A zqone, a zqtwo and a zqother.")] == ["zqone", "zqtwo"]
