"""The documentation is what the code says: generated pages are current, examples load, links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from nutgraf.checks.runner import RULES, check
from nutgraf.cli import commands
from nutgraf.loading.content import load
from nutgraf.loading.yaml import parse, plain
from nutgraf.wording import read_language
from tests.making import told
from tools import reference

if TYPE_CHECKING:
    from nutgraf.checks.rule import Rule

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FIELDS = [field for name in reference.WHERE for field in reference.fields(name)]

STORY = "title: A title\n"
STATEMENT = STORY + "sections:\n  - statements:\n      - id: a\n        text: it rains\n"
QUANTITY = STORY + "quantities:\n  name:\n"

# Where a record stands: its file, what is around it (`@` is its place), and the fields that it cannot do without.
HOSTS = {
    "Story": ("stories/a.yml", "@", {"title": "A title"}),
    "Section": ("stories/a.yml", STORY + "sections:\n  - @", {"title": "A title"}),
    "Statement": ("stories/a.yml", STORY + "sections:\n  - statements:\n      - @", {"id": "a", "text": "it rains"}),
    "Summary": ("stories/a.yml", STORY + "key_points:\n  - @", {"id": "a", "text": "it rains", "rests_on": "a"}),
    "Quantity": ("stories/a.yml", QUANTITY + "    @", {"amount": "1"}),
    "Also": ("stories/a.yml", QUANTITY + "    amount: 1\n    also:\n      @", {"amount": "1"}),
    "SourceUse": ("stories/a.yml", STORY + "based_on:\n  @", {"id": "a"}),
    "Anonymous": ("stories/a.yml", STORY + "by:\n  @", {"anonymous": "people"}),
    "Speaker": ("stories/a.yml", STORY + "by:\n  @", {"who": "a spokesman"}),
    "Accusation": ("stories/a.yml", STATEMENT + "        accuses:\n          @", {"who": "a"}),
    "UnnamedParty": (
        "stories/a.yml",
        STATEMENT + "        accuses:\n          who:\n            @",
        {"unnamed": "the captain"},
    ),
    "Superseded": ("stories/a.yml", STATEMENT + "        superseded:\n          @", {"by": "a"}),
    "Retracted": (
        "stories/a.yml",
        STATEMENT + "        retracted:\n          @",
        {"on": "2023-04-14", "reason": "It was wrong."},
    ),
    "Dispute": ("stories/a.yml", STORY + "disputes:\n  - @", {"id": "a", "question": "Why?", "positions": "[a]"}),
    "Unknown": ("stories/a.yml", STORY + "unknowns:\n  - @", {"id": "a", "text": "why it rains"}),
    "Revision": ("stories/a.yml", STORY + "revisions:\n  - @", {"date": "2023-04-14", "kind": "update"}),
    "Entity": ("entities/a.yml", "@", {"name": "A Name"}),
    "Alias": ("entities/a.yml", "name: A Name\naliases:\n  - @", {"text": "Another Name"}),
    "Role": ("entities/a.yml", "name: A Name\nroles:\n  - @", {"role": "chair"}),
    "Source": ("sources/a.yml", "@", {"title": "A title"}),
    "SourceStatus": ("sources/a.yml", "title: A title\nstatus:\n  @", {"is": "removed"}),
    "Term": ("glossary/a.yml", "@", {"label": "word", "short": "What it is."}),
    "TermForm": ("glossary/a.yml", "label: word\nshort: What it is.\naliases:\n  - @", {"text": "another word"}),
    "Allow": ("entities/a.yml", "name: A Name\nallow:\n  - @", {"rule": "a-rule", "reason": "It is quoted."}),
}
OTHER_BOUNDS = {"at_least", "at_most", "min", "max"}


def hosted(record: str, example: str) -> tuple[str, str]:
    """Return path and text of a minimal file that has `example` in a record of its kind."""
    path, around, needed = HOSTS[record]
    given = {*keys(example)}
    if given & OTHER_BOUNDS:
        given.add("amount")
    rest = [f"{name}: {value}" for name, value in needed.items() if name not in given]
    if example.startswith("{"):
        return path, around.replace("@", "{" + ", ".join([*rest, example[1:]]))
    indent = len(around.rpartition("\n")[2]) - 1
    return path, around.replace("@", ("\n" + " " * indent).join([example, *rest]))


def keys(example: str) -> list[str]:
    """Return the fields that an example gives."""
    root = parse("example.yml", example.encode()).root
    found = plain(root) if root is not None else None
    return list(found) if isinstance(found, dict) else []


def test_generated_pages_are_current() -> None:
    assert not reference.stale(), "run `make docs`"


def test_every_record_is_documented() -> None:
    assert set(reference.WHERE) == set(reference.record_types()) == set(HOSTS)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: f"{field.record}.{field.name}")
def test_every_field_has_a_description_and_an_example_that_loads(field: reference.Field) -> None:
    assert field.text
    assert field.examples
    for example in field.examples:
        assert field.name in keys(example), example
        path, text = hosted(field.record, example)
        loaded = load({path: text.encode()})
        assert not loaded.diagnostics, (text, told(loaded.diagnostics))


def test_examples_allow_rules_that_exist() -> None:
    known = {rule.name for rule in RULES}
    examples = " ".join(example for field in FIELDS for example in field.examples)
    assert set(re.findall(r"rule: ([a-z-]+)", examples)) <= known


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_is_documented(rule: Rule) -> None:
    docs = reference.rule_docs(rule)
    headings = re.findall(r"(?m)^## (.*)$", docs)
    assert headings[:4] == ["What it does", "Why", "Wrong", "Right"]
    assert docs.partition("\n")[0].endswith(".")


def test_every_other_complaint_is_documented() -> None:
    known = reference.DIAGNOSTICS.keys() | {rule.name for rule in RULES}
    assert reference.diagnostic_names() <= known
    # And none that nobody makes any more.
    assert reference.DIAGNOSTICS.keys() <= reference.diagnostic_names()


def test_every_command_and_option_is_documented() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    context = click.Context(commands)
    for name in commands.list_commands(context):
        command = commands.get_command(context, name)
        assert command
        assert f"nutgraf {name}" in readme
        assert f"## nutgraf {name}\n" in page
        options = [one for one in command.params if isinstance(one, click.Option)]
        assert all(flag in page for option in options for flag in option.opts)


def test_the_samples_of_the_documentation_keep_the_rules() -> None:
    assert not told(tuple(one for one in check(reference.samples()) if one.is_error))


def table(page: str, heading: str) -> list[list[str]]:
    """Return the rows of the first table below a heading, without its head."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2]
    rows = re.search(r"(?:^\|.*\n)+", text, re.MULTILINE)
    assert rows is not None
    return [[cell.strip() for cell in row.strip("| ").split(" | ")] for row in rows[0].splitlines()[2:]]


@pytest.mark.parametrize(("wrong", "right"), [(row[0], row[2]) for row in table("reference.md", "The YAML dialect")])
def test_what_bites_in_yaml_is_told(wrong: str, right: str) -> None:
    def file(example: str) -> bytes:
        example = example.strip("`")
        return f"title: A title\n{'topics: ' if example.startswith('[') else ''}{example}\n".encode()

    assert not parse("a.yml", file(right)).diagnostics
    read = parse("a.yml", file(wrong))
    # A comma inside a text is no mistake to YAML: it is two texts.
    assert read.diagnostics or len(plain(read.root)["topics"]) > 1  # type: ignore[arg-type,call-overload,index]


def test_the_sample_of_a_wording_of_ones_own_works() -> None:
    section = (ROOT / "docs" / "wording.md").read_text(encoding="utf-8").partition("\n## Wording of one's own\n")[2]
    own = re.search(r"```yaml\n(.*?)```", section, re.DOTALL)
    assert own is not None
    bundled = (ROOT / "templates" / "wording" / "en.yml").read_bytes()
    read = read_language([("en.yml", bundled), ("own.yml", own[1].encode())])
    assert read.language is not None, told(read.diagnostics)
    assert "is|are} quoted" in read.language.frames.claimed[0].text


_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


def anchors(page: Path) -> set[str]:
    """Return the fragments that lead to a place in a page, as GitHub makes them."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    headings = [reference.anchor(heading) for heading in re.findall(r"(?m)^#+ (.*)$", text)]
    return {*headings, *re.findall(r'<a id="([^"]*)">', text)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"`[^`\n]*`", "", _FENCE.sub("", page.read_text(encoding="utf-8")))
    for link in _LINK.findall(text):
        if re.match(r"https?:", link):
            continue
        path, _, fragment = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not fragment or target.suffix != ".md" or fragment in anchors(target), link


@pytest.mark.parametrize("folder", ["docs", "docs/decisions", "docs/rules"])
def test_every_page_is_in_its_index(folder: str) -> None:
    index = (ROOT / folder / "README.md").read_text(encoding="utf-8")
    pages = [page.name for page in (ROOT / folder).glob("*.md") if page.name != "README.md"]
    assert pages
    assert [name for name in pages if f"({name})" not in index] == []


def test_the_map_of_the_code_names_what_is_there() -> None:
    named = re.findall(
        r"`([a-z_/.<>]+(?:/|\.py|\.yml|\.css))`", (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    )
    paths = [one for one in named if "<" not in one]
    assert len(paths) > 30
    missing = [one for one in paths if not ((ROOT / "generator/nutgraf" / one).exists() or (ROOT / one).exists())]
    assert not missing


def test_every_folder_of_the_package_is_on_the_map() -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    package = ROOT / "generator/nutgraf"
    assert all(f"`{path.parent.name}/`" in page for path in package.glob("*/__init__.py"))
    own = {path.name for path in package.glob("*.py")} - {"__init__.py", "__main__.py", "plugin.py"}
    assert all(f"`{name}`" in page for name in own)
