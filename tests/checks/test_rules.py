"""Every rule is documented, its examples are true, and its cases hold."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.checks.policy import Policy, word_lists
from nutgraf.checks.rule_docs import explain, names
from nutgraf.checks.runner import RULES, check
from nutgraf.graph import resolve
from nutgraf.loading.content import load
from tests import literate
from tests.checks.examples import complaints, documentation, example, sections
from tests.making import BASE, resolved, story, told, tree

if TYPE_CHECKING:
    from nutgraf.checks.rule import Rule

HERE = Path(__file__).parent
RULE = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


@RULE
def test_documentation_has_its_parts(rule: Rule) -> None:
    assert list(sections(rule)) == ["What it does", "Why", "Wrong", "Right", "When to allow it"]
    assert all(text.strip() for text in sections(rule).values())
    assert documentation(rule).partition("\n")[0].endswith(".")


@RULE
def test_the_wrong_example_breaks_the_rule(rule: Rule) -> None:
    shown = example(sections(rule)["Wrong"])
    assert rule.name in {one.rule for one in complaints(shown)}, shown.files


@RULE
def test_the_right_example_loads_and_keeps_the_rule(rule: Rule) -> None:
    shown = example(sections(rule)["Right"])
    found = complaints(shown)
    known = set(names())
    assert [one for one in found if one.rule == rule.name or one.rule not in known] == [], told(found)


@RULE
def test_there_are_cases(rule: Rule) -> None:
    assert (HERE / f"{rule.name}.md").exists()


def test_names_are_unique_and_modules_are_called_after_them() -> None:
    assert len(set(names())) == len(RULES)
    for rule in RULES:
        assert rule.find.__module__ == f"nutgraf.checks.rules.{rule.name.replace('-', '_')}"


def test_explaining_a_rule_gives_its_documentation() -> None:
    assert explain("typed-hedge").startswith("# typed-hedge (error)\n\nA hedge that was typed into the clause.\n")
    with pytest.raises(KeyError):
        explain("typed-hedges")


def test_word_lists_say_where_they_are_from() -> None:
    for name, words in word_lists().items():
        assert words.provenance, name
        everything = [word for group in (words.words, *words.groups.values()) for word in group]
        assert all(word == word.casefold() for word in everything), name


WORDS = sorted({part for words in word_lists().values() for group in words.groups.values() for part in group})
TEXTS = st.lists(
    st.sampled_from(
        [*WORDS, "Ada Adams", "Works", "{n}", "is", "by", "of", "the", "a", "to", "'s", ",", '"', "3", "2014"]
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=200)
@given(TEXTS)
def test_no_text_breaks_a_rule(words: list[str]) -> None:
    text = " ".join(words).replace("'", "''")
    files = story(f"{{id: x, text: '{text}'}}", "quantities: {n: {amount: 5}}")
    for found in check(resolved(files).graph):
        assert found.span.path
        assert found.headline


@pytest.mark.parametrize("case", literate.read(*sorted(HERE.glob("*.md"))), ids=str)
def test_cases(case: literate.Case) -> None:
    rule = case.document.stem
    files = {**tree(BASE), **case.files}
    loaded = load(files)
    resolution = resolve(loaded)
    assert not told((*loaded.diagnostics, *resolution.diagnostics))
    # A block `today` holds the day to check on; no other case knows what day it is.
    today = case.expectations["today"].text if "today" in case.expectations else ""
    policy = Policy(today=datetime.date.fromisoformat(today.strip()) if today else None)
    found = [one for one in check(resolution.graph, policy) if one.rule == rule]
    literate.check(case, today=today, diagnostics=literate.render(found, files))
