"""The glossary for machines, and which terms speak of which."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urljoin

import pytest
from pydantic import BaseModel, ConfigDict

from nutgraf.views import Settings, addresses, glossary_json, kinds, outputs, term
from tests.making import BASE, tree
from tests.views import rendering

if TYPE_CHECKING:
    from nutgraf.views import ViewContext

TERMS = tree(
    {
        **BASE,
        "glossary/gpu.yml": """
            label: GPU
            short: A *fast* chip.
            expansion: graphics processing unit
            pronunciation: G-P-U
            aliases: [Graphics processing unit, graphics chip, gpu, Graphics chip]
            comparison: A stadium full of clerks, each with a cap.
            see: training
        """,
        "glossary/training.yml": "{label: training, short: 'What [such chips](term:gpu) are for.', plural: none}",
        "glossary/evil.yml": "{label: '</script><b>evil</b> & <!-- co', short: 'Less < more & \"so on\".'}",
        "glossary/cap.yml": "{label: cap, short: A limit on GPUs., source: [post-1, wire-1], as_of: 2023-03}",
        "stories/s.yml": """
            title: Story
            based_on: post-1
            sections:
              - statements:
                  - {id: one, text: Works bought a GPU}
                  - {id: two, text: Works sold a graphics chip}
        """,
    }
)
ROOT = "https://news.example/x/"
BARE = rendering.context(TERMS, Settings("Site & Co"))
PUBLISHED = rendering.context(TERMS, Settings("Site & Co", site_url=ROOT))


class Strict(BaseModel):
    """Has the fields that it names and no others."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Text(Strict):
    """A definition, plain and as HTML."""

    text: str
    html: str


class Cited(Strict):
    """A source of a definition."""

    id: str
    label: str
    url: str


class Entry(Strict):
    """A term."""

    id: str
    label: str
    aliases: list[str]
    expansion: str | None
    short: Text
    url: str
    source: list[Cited]
    as_of: str | None
    see: list[str]
    used: int


class Glossary(Strict):
    """What `glossary.json` holds: the shape that is promised to other programs."""

    format: int
    site: str
    terms: list[Entry]


def glossary(site: str = "content") -> Glossary:
    return Glossary.model_validate_json(outputs.rendered(rendering.folder(site))["glossary.json"])


def entry(name: str) -> Entry:
    found = Glossary.model_validate_json(glossary_json.glossary_json(BARE))
    return next(one for one in found.terms if one.id == name)


@pytest.mark.parametrize("site", ["content", "tests/golden/content", "tests/sites/hostile/content"])
def test_glossary_is_as_promised(site: str) -> None:
    found, context = glossary(site), rendering.folder(site)
    assert {one.id for one in found.terms} == set(context.graph.terms)
    pages = addresses(context.graph)
    for one in found.terms:
        # As seen from the file, which lies at the root.
        assert one.url in pages
        links = re.findall(r'href="([^"]+)"', one.short.html)
        assert {urljoin("x:/", html.unescape(link)) for link in links if ":" not in link} <= {f"x:/{p}" for p in pages}
        assert {cited.url for cited in one.source} <= set(pages)
        assert set(one.see) <= set(context.graph.terms)
        assert "<script" not in one.short.html


def test_glossary_is_the_same_each_time() -> None:
    assert glossary_json.glossary_json(BARE) == glossary_json.glossary_json(
        rendering.context(TERMS, Settings("Site & Co"))
    )


def test_entry() -> None:
    assert entry("gpu").model_dump() == {
        "id": "gpu",
        "label": "GPU",
        "aliases": ["graphics chip"],
        "expansion": "graphics processing unit",
        "short": {"text": "A fast chip.", "html": "A <em>fast</em> chip."},
        "url": "glossary/gpu/",
        "source": [],
        "as_of": None,
        "see": ["training"],
        "used": 2,
    }


def test_entry_has_the_links_that_it_writes_itself_and_no_others() -> None:
    assert entry("training").short.html == 'What <a href="glossary/gpu/" class="term">such chips</a> are for.'
    assert entry("cap").short.html == "A limit on GPUs."


def test_entry_says_whose_claim_it_is() -> None:
    cap = entry("cap")
    assert [one.label for one in cap.source] == ["Daily Post, 11 April 2023", "Wire, 10 April 2023"]
    assert cap.as_of == "2023-03"


def test_addresses_are_whole_where_the_site_says_its_own() -> None:
    found = Glossary.model_validate_json(glossary_json.glossary_json(PUBLISHED))
    assert {one.url for one in found.terms} == {f"{ROOT}glossary/{name}/" for name in PUBLISHED.graph.terms}


def linked_data(where: str, context: ViewContext) -> dict[str, Any]:
    """Return what a term's page tells search engines, read as a browser reads it."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', rendering.page(where, context), re.DOTALL)
    assert len(found) == 1
    return cast("dict[str, Any]", json.loads(found[0]))


def test_linked_data() -> None:
    assert linked_data("glossary/gpu/", PUBLISHED) == {
        "@context": "https://schema.org",
        "@type": "DefinedTerm",
        "@id": f"{ROOT}glossary/gpu/",
        "url": f"{ROOT}glossary/gpu/",
        "termCode": "gpu",
        "name": "GPU",
        "alternateName": ["graphics processing unit", "graphics chip"],
        "description": "A fast chip.",
        "inDefinedTermSet": {
            "@type": "DefinedTermSet",
            "@id": f"{ROOT}glossary/",
            "url": f"{ROOT}glossary/",
            "name": "Site & Co: Glossary",
        },
    }


def test_linked_data_makes_up_no_address() -> None:
    found = linked_data("glossary/gpu/", BARE)
    assert not {"@id", "url"} & {*found, *found["inDefinedTermSet"]}


def test_linked_data_says_whose_claim_it_is() -> None:
    found = linked_data("glossary/cap/", BARE)["description"]
    assert found == (
        "A limit on GPUs. (According to Daily Post, 11 April 2023 and the Wire, 10 April 2023; as of March 2023.)"
    )


def test_linked_data_cannot_end_its_script() -> None:
    page = rendering.page("glossary/evil/", BARE)
    assert "<b>evil" not in page
    assert r"\u003c/script\u003e\u003cb\u003eevil" in page
    assert linked_data("glossary/evil/", BARE)["name"] == "</script><b>evil</b> & <!-- co"


def test_which_terms_name_a_term() -> None:
    assert glossary_json.referrers(BARE.graph) == {"gpu": ("cap", "training"), "training": ("gpu",)}


def test_page_tells_where_a_term_is_named() -> None:
    shown = rendering.shown(rendering.page("glossary/gpu/", BARE))
    assert "See also\ntraining\nSeen from\ncap\n" in shown
    assert "In everyday terms: A stadium full of clerks, each with a cap." in shown
    assert "Said\nG-P-U" in shown


def test_the_words_of_a_comparison_are_those_of_every_day() -> None:
    page = rendering.page("glossary/gpu/", BARE)
    assert "A stadium full of clerks, each with a cap." in page
    assert "gpu" not in glossary_json.referrers(BARE.graph).get("cap", ())


def test_what_an_abbreviation_stands_for_is_listed_once() -> None:
    texts = [one.text for one in kinds.search_entries_of(term.view(BARE, "gpu"), BARE)]
    assert any("Also: graphics processing unit, graphics chip." in text for text in texts), texts


def test_letters_that_no_word_begins_with_are_no_links() -> None:
    page = rendering.page("glossary/", BARE)
    letters = re.search(r'<ul class="letters">(.*?)</ul>', page, re.DOTALL)
    assert letters is not None
    assert re.findall(r'<a href="#section-(\w+)">', letters[1]) == ["c", "g", "t", "other"]
    assert re.findall(r"<span>(\w)</span>", letters[1]) == list("ABDEFHIJKLMNOPQRSUVWXYZ")
