"""Schemas accept what the models accept, underline what they refuse, and explain each word."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from nutgraf.checks.runner import RULES
from nutgraf.graph import resolve
from nutgraf.loading.content import load
from nutgraf.schema import KINDS, Ids, schema
from nutgraf.schema.schemas import MOST_IDS
from tests.making import ROOT

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

SITES = (
    "content",
    "tests/sites/sewol/content",
    "tests/sites/hostile/content",
    "docs/samples",
    "templates/init/content",
)


@cache
def _tree(site: str) -> dict[str, bytes]:
    folder = ROOT / site
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.yml"))}


@cache
def _ids(site: str) -> Ids:
    graph = resolve(load(_tree(site))).graph
    return Ids.of(graph, lambda key: f"*{key}*", {rule.name: "x" for rule in RULES})


@cache
def _validator(kind: str, site: str = "") -> Draft7Validator:
    return Draft7Validator(schema(kind, _ids(site) if site else None))


def _plain(data: bytes) -> Any:  # noqa: ANN401  # YAML
    # All text, as the loader reads it; numbers are the business of the audit, which has a real editor.
    return yaml.load(data, Loader=yaml.BaseLoader)  # noqa: S506  # it makes text, lists and mappings alone


def _faults(kind: str, value: object, site: str = "") -> list[str]:
    return [f"{list(one.absolute_path)}: {one.message}" for one in _validator(kind, site).iter_errors(value)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one(kind: str) -> None:
    Draft7Validator.check_schema(schema(kind))
    Draft7Validator.check_schema(schema(kind, _ids("content")))


@pytest.mark.parametrize("ids", [False, True])
@pytest.mark.parametrize("site", SITES)
def test_nothing_in_content_is_underlined(site: str, *, ids: bool) -> None:
    looked_at = 0
    for path, data in _tree(site).items():
        kind = path.partition("/")[0]
        if kind in KINDS:
            looked_at += 1
            assert not _faults(kind, _plain(data), site if ids else ""), path
    assert looked_at


BASE = {"title": "Story", "sections": [{"statements": [{"id": "one", "text": "it is so"}]}]}


def _story(**fields: object) -> dict[str, object]:
    return {"title": "Story", "sections": [{"statements": [{"id": "one", "text": "it is so", **fields}]}]}


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("stories", {}),
        ("stories", {"title": " "}),
        ("stories", {"title": "Story", "tittle": "Story"}),
        ("stories", {"title": "Story", "key_points": [{"id": "x", "text": "it is so"}]}),
        ("stories", {"title": "Story", "sections": [{"statements": [{"id": "one"}]}]}),
        ("stories", {"title": "Story", "sections": [{"statements": [{"One Thing": "it is so"}]}]}),
        ("stories", {"title": "Story", "sections": [{"statements": [{"text": "it is so"}]}]}),
        ("stories", {"title": "Story", "as_of": "2023-04"}),
        ("stories", _story(certainty="sure")),
        ("stories", _story(when="April 2023")),
        ("stories", _story(by="Elon Musk")),
        ("stories", _story(by={"anonymous": "people", "count": "two"})),
        ("stories", _story(by={"nobody": "x"})),
        ("stories", _story(accuses={"asked": "no"})),
        ("stories", _story(accuses={"who": "elon-musk", "asked": "perhaps"})),
        ("stories", _story(relation=["openai", "is"])),
        ("stories", _story(quantities={"my figure": {"amount": "1"}})),
        ("stories", _story(quantities={"figure": {"amount": "1,000"}})),
        ("stories", _story(retracted={"on": "2023-04-14"})),
        ("stories", _story(allow=[{"rule": "typed-hedge"}])),
        ("entities", {"name": "OpenAI", "kind": "organization"}),
        ("entities", {"name": "OpenAI", "url": "openai.com"}),
        ("entities", {"name": "OpenAI", "plural": "perhaps"}),
        ("sources", {"url": "ftp://example.org"}),
        ("sources", {"lang": "englisch!"}),
        ("glossary", {"label": "GPU"}),
        ("glossary", {"label": "GPU", "short": "A chip.", "links": "all"}),
    ],
)
def test_what_the_check_refuses_is_underlined(kind: str, value: dict[str, object]) -> None:
    assert _faults(kind, value)
    text = yaml.safe_dump(value, allow_unicode=True).encode()
    assert [one for one in load({f"{kind}/x.yml": text}).diagnostics if one.is_error]


@pytest.mark.parametrize(
    "value",
    [
        _story(by="sam-altmann"),
        _story(source="semafor"),
        _story(denies="no-such-statement"),
        _story(denies="twitter-ai-openai/no-such-statement"),
        _story(rests_on=["gpu-purchase", "no-such-statement"]),
        _story(relation=["openai", "is a part of", "nothing"]),
        _story(allow=[{"rule": "no-such-rule", "reason": "x"}]),
    ],
)
def test_an_id_that_is_not_there_is_underlined_only_where_ids_are_known(value: dict[str, object]) -> None:
    assert _faults("stories", value, "content")
    assert not _faults("stories", value)


def test_an_id_that_is_there_is_not() -> None:
    value = _story(
        by="sam-altman", source=["semafor-2023"], denies="gpu-purchase", before="twitter-ai-openai/gpu-purchase"
    )
    assert not _faults("stories", value, "content")


def test_ids_are_explained_and_what_they_say_is_no_markup() -> None:
    made = schema("stories", _ids("content"))["definitions"]
    listed = dict(zip(*(made["StatementRef"][key] for key in ("enum", "markdownEnumDescriptions")), strict=True))
    assert listed["twitter-ai-openai/gpu-purchase"] == "\\*twitter-ai-openai/gpu-purchase\\*"
    assert listed["gpu-purchase"] == listed["twitter-ai-openai/gpu-purchase"]
    hostile = schema("stories", Ids(entities={"x": "<img src=x> [a](b) `c`"}))["definitions"]["EntityId"]
    assert hostile["markdownEnumDescriptions"] == ["\\<img src=x\\> \\[a\\](b) \\`c\\`"]


def test_an_id_of_digits_is_a_number_to_yaml() -> None:
    made = schema("stories", Ids(entities={"42": "A house"}))
    assert not list(Draft7Validator(made).iter_errors(_story(by=42)))
    assert not list(Draft7Validator(schema("stories")).iter_errors(_story(by=42, text=2018, when=2018)))


def test_a_list_too_long_to_read_is_none() -> None:
    many = Ids(statements={f"story/s{number}": "x" for number in range(MOST_IDS + 1)})
    assert "enum" not in schema("stories", many)["definitions"]["StatementRef"]


def _enums(node: object) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "enum" in node and "not" not in node and "markdownEnumDescriptions" in node:
            yield node
        for child in node.values():
            yield from _enums(child)
    elif isinstance(node, list):
        for child in node:
            yield from _enums(child)


@pytest.mark.parametrize("kind", KINDS)
def test_each_word_and_each_field_is_explained(kind: str) -> None:
    made = schema(kind)
    found = [*_enums(made)]
    assert found
    for one in found:
        assert len(one["enum"]) == len(one["markdownEnumDescriptions"])
    for record in (made, *made["definitions"].values()):
        for name, field in record.get("properties", {}).items():
            assert field["description"], name
            assert "```yaml" in field["markdownDescription"], name


# The other direction: an editor underlines nothing that the check lets pass.

_WORDS = [
    "x",
    "",
    "2018",
    "2018~",
    "yes",
    "no",
    "unknown",
    "own",
    "unnamed",
    "none-found",
    "openai",
    "a b",
    "https://x.y",
]
_VALUES: Any = st.recursive(
    st.sampled_from(_WORDS),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "text", "who", "by", "anonymous", "count", "on", "unnamed"]), inner, max_size=3
        )
    ),
    max_leaves=4,
)


def _changed(value: object, new: object, dice: random.Random) -> object:
    """Return a value in which something is otherwise."""
    if isinstance(value, dict) and value and dice.random() < 0.9:
        key = dice.choice([*value])
        if dice.random() < 0.1:
            return {name: one for name, one in value.items() if name != key}
        return {**value, key: _changed(value[key], new, dice)}
    if isinstance(value, list) and value and dice.random() < 0.9:
        place = dice.randrange(len(value))
        return [*value[:place], _changed(value[place], new, dice), *value[place + 1 :]]
    return new


@settings(max_examples=400)
@given(st.sampled_from(SITES), st.randoms(use_true_random=False), _VALUES)
def test_what_the_check_accepts_is_not_underlined(site: str, dice: random.Random, new: object) -> None:
    path = dice.choice([path for path in _tree(site) if path.partition("/")[0] in KINDS])
    value = _changed(_plain(_tree(site)[path]), new, dice)
    text = yaml.safe_dump(value, allow_unicode=True, default_style='"').encode()
    if not load({path: text}).diagnostics:
        assert not _faults(path.partition("/")[0], value), path
