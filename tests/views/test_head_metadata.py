"""What stands in the head of a page, and its JSON-LD against the vocabulary of schema.org."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest

from nutgraf.views import Settings, addresses
from nutgraf.views.json_ld import script
from tests.making import BASE, story, tree
from tests.views import rendering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.views import ViewContext
    from nutgraf.views.head_metadata import Metadata

PARENTS: Final = {
    "Article": "CreativeWork",
    "BackgroundNewsArticle": "NewsArticle",
    "Claim": "CreativeWork",
    "Comment": "CreativeWork",
    "CorrectionComment": "Comment",
    "CreativeWork": "Thing",
    "Dataset": "CreativeWork",
    "DefinedTerm": "Intangible",
    "DefinedTermSet": "CreativeWork",
    "Event": "Thing",
    "Intangible": "Thing",
    "Legislation": "CreativeWork",
    "NewsArticle": "Article",
    "Organization": "Thing",
    "Person": "Thing",
    "Place": "Thing",
    "Product": "Thing",
    "ScholarlyArticle": "Article",
    "Thing": "",
    "Vehicle": "Product",
    "WebSite": "CreativeWork",
}
"""The classes that we use, each with the one above it: https://schema.org/docs/full.html, version 29."""

PROPERTIES: Final = {
    "about": ("CreativeWork", "Thing"),
    "alternateName": ("Thing", "Text"),
    "appearance": ("Claim", "CreativeWork"),
    "citation": ("CreativeWork", "CreativeWork"),
    "claimInterpreter": ("Claim", "Organization Person"),
    "correction": ("CreativeWork", "CorrectionComment"),
    "dateModified": ("CreativeWork", "Text"),
    "datePublished": ("CreativeWork", "Text"),
    "description": ("Thing", "Text"),
    "firstAppearance": ("Claim", "CreativeWork"),
    "hasDefinedTerm": ("DefinedTermSet", "DefinedTerm"),
    "hasPart": ("CreativeWork", "CreativeWork"),
    "headline": ("CreativeWork", "Text"),
    "inDefinedTermSet": ("DefinedTerm", "DefinedTermSet"),
    "inLanguage": ("CreativeWork", "Text"),
    "isPartOf": ("CreativeWork", "CreativeWork"),
    "keywords": ("CreativeWork", "Text"),
    "mainEntityOfPage": ("Thing", "Text"),
    "name": ("Thing", "Text"),
    "publisher": ("CreativeWork", "Organization Person"),
    "sameAs": ("Thing", "Text"),
    "termCode": ("DefinedTerm", "Text"),
    "text": ("CreativeWork", "Text"),
    "url": ("Thing", "Text"),
}
"""The properties that we use: the class that has it, and what it may hold; dates and addresses are text in JSON."""

SITES: Final = ("content", "tests/golden/content", "tests/sites/sewol/content")


def ancestry(name: str) -> Iterator[str]:
    """Yield a class and those above it."""
    while name:
        yield name
        name = PARENTS[name]


def faults(node: object, types: dict[str, str]) -> Iterator[str]:
    """Yield what is wrong with a node and all below it; `types` gives the class of each node by name."""
    assert isinstance(node, dict)
    kind = node.get("@type", types.get(node.get("@id", "")))
    if kind not in PARENTS:
        yield f"there is no class {kind}: {node}"
        return
    for name, value in node.items():
        if name.startswith("@"):
            continue
        domain, held = PROPERTIES[name]
        if domain not in ancestry(kind):
            yield f"{kind} has no {name}"
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str):
                yield from () if "Text" in held and one else [f"{name} holds {one!r}"]
                continue
            inner = one.get("@type", types.get(one.get("@id", ""), "?"))
            if inner not in PARENTS or not {*held.split()} & {*ancestry(inner)}:
                yield f"{name} holds a {inner}"
            yield from faults(one, types)


def nodes(found: Metadata) -> list[dict[str, Any]]:
    """Return the JSON-LD of a page."""
    assert found.linked is not None
    data = json.loads(found.linked)
    assert data.keys() == {"@context", "@graph"}
    assert data["@context"] == "https://schema.org"
    graph: list[dict[str, Any]] = data["@graph"]
    return graph


def metadata(where: str, context: ViewContext) -> Metadata:
    """Return what the head of a page says."""
    return rendering.renderer().render(where, context).metadata


def claims(where: str, context: ViewContext) -> dict[str, dict[str, Any]]:
    """Return the claims of a story by the anchor of their statement."""
    return {one["@id"].partition("#")[2]: one for one in nodes(metadata(where, context))[0]["hasPart"]}


@pytest.mark.parametrize("site", SITES)
def test_json_ld_keeps_to_the_vocabulary(site: str) -> None:
    context = rendering.folder(site)
    for where in addresses(context.graph):
        found = metadata(where, context)
        if found.linked is None:
            assert not where.startswith(("stories/", "entities/x"))
            continue
        graph = nodes(found)
        types = {one["@id"]: one["@type"] for one in graph if "@id" in one}
        assert len(types) == sum("@id" in one for one in graph), where
        assert not [fault for one in graph for fault in faults(one, types)], where


@pytest.mark.parametrize("site", SITES)
def test_claims_are_compiled_sentences(site: str) -> None:
    context = rendering.folder(site)
    for name in context.graph.stories:
        for anchor, claim in claims(f"stories/{name}/", context).items():
            resolved = context.graph.statements[f"{name}/{anchor}"]
            assert claim["text"] == " ".join(_text(context, resolved.key).split())
            assert claim["text"] != (resolved.statement.text or "")


def _text(context: ViewContext, key: str) -> str:
    from nutgraf.markdown import unit_text  # noqa: PLC0415 - only here

    return unit_text(context.unit(key))


def test_claim_names_who_says_so_and_where() -> None:
    context = rendering.with_base(
        tree(
            story(
                """
                {id: one, text: Ben Bell closed Works, by: ada, source: post-1}
                {id: two, text: Ben Bell left Works, by: {anonymous: people at Works}, source: [post-1, wire-1]}
                {id: three, text: Works is shut, source: [copy, wire-unread]}
                {id: four, text: Works was sold, retracted: {on: 2023-05-01, reason: It was not.}}
                """
            )
        )
    )
    found = claims("stories/s/", context)
    assert found.keys() == {"one", "two", "three"}
    assert found["one"]["claimInterpreter"] == [{"@id": "../../entities/ada/"}]
    assert [one["@id"] for one in found["two"]["claimInterpreter"]] == ["../../entities/post/", "../../entities/wire/"]
    assert "firstAppearance" not in found["two"]
    assert found["three"]["firstAppearance"] == {"@id": "../../sources/wire-unread/"}


def test_corrections_say_what_holds_now() -> None:
    article = nodes(metadata("stories/footbridge/", rendering.folder("tests/golden/content")))[0]
    first, second = article["correction"]
    assert first["text"].startswith("Correction. The older count was of one side only. ")
    assert first["datePublished"] == "2021-05-20"
    assert second["text"].startswith("Retraction. ")
    assert "walk over the footbridge." not in first["text"].split(". ")[0]


def test_alternate_names_need_a_source() -> None:
    files = tree(
        {
            "entities/a.yml": "{name: Able, aliases: Abel}",
            "entities/b.yml": "{name: Baker, aliases: Becker, about: a firm, source: post-1}",
        }
    )
    context = rendering.with_base(files)
    assert "alternateName" not in nodes(metadata("entities/a/", context))[0]
    assert nodes(metadata("entities/b/", context))[0]["alternateName"] == ["Becker"]


def test_addresses_are_absolute_where_the_site_has_one() -> None:
    files = {**tree(story("{id: one, text: Ben Bell closed Works, by: ada}"))}
    context = rendering.with_base(files)
    assert metadata("stories/s/", context).url is None
    at_home = rendering.context({**tree(BASE), **files}, Settings("Site", site_url="https://news.example.org/desk/"))
    found = metadata("stories/s/", at_home)
    assert found.url == "https://news.example.org/desk/stories/s/"
    assert nodes(found)[0]["hasPart"][0]["@id"] == "https://news.example.org/desk/stories/s/#one"
    assert nodes(found)[0]["mainEntityOfPage"] == found.url


def test_json_cannot_end_its_element() -> None:
    text = script({"name": "</script><!-- & \u2028"})
    assert "<" not in text
    assert json.loads(text) == {"name": "</script><!-- & \u2028"}


def test_types_and_dates() -> None:
    context = rendering.folder("tests/golden/content")
    found = metadata("stories/footbridge/", context)
    assert (found.type, found.modified, found.robots) == ("article", "2021-06-30", None)
    assert metadata("", context).type == "website"
