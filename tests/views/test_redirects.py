"""What had another id: old addresses lead on, and one id leads to one place."""

from __future__ import annotations

import re

from tests.making import BASE, resolved, story, told, tree
from tests.views import rendering

OLD_AND_NEW = {
    **story(
        "{id: sale, text: Ada Adams sold Works, formerly: [deal, other/sold]}",
        """
        formerly: [older, old-story]
        disputes: [{id: why, question: "Why was Works sold?", rests_on: sale, positions: [sale], formerly: reason}]
        unknowns: [{id: price, text: what Works cost, why: not-covered, formerly: cost}]
        key_points: [{id: sum, text: Ada Adams sold Works, rests_on: sale, formerly: total}]
        """,
    ),
    "stories/other.yml": "title: Other\nbased_on: post-1\nsections: [{statements: [{id: x, text: Works is old}]}]\n",
    "entities/works.yml": "{name: Works, formerly: old-works}",
}


def _files(made: dict[str, str]) -> dict[str, str]:
    return dict(rendering.renderer().redirects(rendering.context(tree({**BASE, **made}))))


def test_a_former_address_leads_on_to_the_page() -> None:
    files = _files(OLD_AND_NEW)
    assert set(files) == {
        "stories/older/index.html",
        "stories/old-story/index.html",
        "entities/old-works/index.html",
    }
    page = files["entities/old-works/index.html"]
    assert '<a href="../../entities/works/">Works</a>' in page
    assert 'content="0; url=../../entities/works/"' in page
    assert 'moved[anchor] : "../../entities/works/" + location.hash)' in page


def test_a_former_anchor_stays_on_the_page_at_the_thing_itself() -> None:
    page = rendering.page("stories/s/", rendering.context(tree({**BASE, **OLD_AND_NEW})))
    assert '<span id="deal"></span><span class="s reported disputed" id="sale"' in page
    assert '<h3 id="why"><span id="reason"></span>' in page
    assert '<li id="price"><h3><span id="cost"></span>' in page
    assert re.search(r'<span id="total"></span><span class="[^"]*" id="sum"', page)
    assert 'id="sold"' not in page


def test_what_went_to_another_story_is_still_found_on_the_page_where_it_stood() -> None:
    page = rendering.page("stories/other/", rendering.context(tree({**BASE, **OLD_AND_NEW})))
    assert re.search(r'<li id="sold">.*<a href="../../stories/s/#sale">', page)


def test_a_story_that_is_gone_leads_to_where_its_statements_went() -> None:
    made = {**OLD_AND_NEW}
    del made["stories/other.yml"]
    page = _files(made)["stories/other/index.html"]
    assert 'const moved = {"sold": "../../stories/s/#sale"}' in page
    assert '<li id="sold"><a href="../../stories/s/#sale">' in page
    assert ': "../../stories/s/" + location.hash' in page


def test_an_id_that_is_in_use_is_no_former_one() -> None:
    files = {
        **story("{id: a, text: Works is old, formerly: b}\n{id: b, text: Works is new, formerly: [c, c]}"),
        "entities/works.yml": "{name: Works, formerly: ada}",
        "entities/yard.yml": "{name: Yard, formerly: shed}",
        "entities/zoo.yml": "{name: Zoo, formerly: shed}",
    }
    found = [line for line in told(resolved(files).diagnostics) if "reused-id" in line]
    help_ = "What is published under it can lead to one place only: remove it here, or there."
    assert found == [
        f"entities/works.yml:1:25: reused-id: `ada` is said to be a former id, but it is in use | {help_}",
        f"entities/zoo.yml:1:23: reused-id: The former id `shed` is claimed twice | {help_}",
        f"stories/s.yml:7:47: reused-id: `b` is said to be a former id, but it is in use | {help_}",
        f"stories/s.yml:8:51: reused-id: The former id `c` is claimed twice | {help_}",
    ]
    assert "ada" not in resolved(files).graph.redirects.records["entities"]
