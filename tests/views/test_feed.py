"""The feeds of what is new."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from nutgraf.views.outputs import rendered
from tests.making import BASE, story, tree
from tests.views import rendering

if TYPE_CHECKING:
    from nutgraf.views import ViewContext

NS = "{http://www.w3.org/2005/Atom}"
SITE = replace(rendering.SETTINGS, site_url="https://news.example.org/desk/")
FILES = tree(
    story(
        """
        {id: one, text: Ben Bell closed Works, by: ada, source: post-1}
        {id: two, text: 'Ben Bell left <Works> & Co', source: wire-1}
        """,
        """
        as_of: 2023-04-11
        key_points: [one]
        revisions:
          - {date: 2023-04-14, kind: correction, statements: two, was: Ben Bell sold Works., note: He left.}
          - {date: 2023-04-14, kind: correction, statements: one}
          - {date: 2023-04-12, kind: update, note: A reply was added.}
        """,
    )
)


def context() -> ViewContext:
    """Return a story with changes, on a site with an address."""
    return rendering.context({**tree(BASE), **FILES}, SITE)


def atom() -> ET.Element:
    """Return the Atom feed."""
    return ET.fromstring(rendered(context())["feed.xml"])  # noqa: S314 - our own


def json_feed() -> dict[str, Any]:
    """Return the JSON feed."""
    feed: dict[str, Any] = json.loads(rendered(context())["feed.json"])
    return feed


def texts(element: ET.Element, name: str) -> list[str]:
    """Return the text of children by name."""
    return [one.text or "" for one in element.findall(f"{NS}{name}")]


def test_without_an_address_there_is_no_feed() -> None:
    made = rendering.context({**tree(BASE), **FILES})
    assert not rendered(made).keys() & {"feed.xml", "feed.json"}


def test_atom_has_what_its_standard_wants() -> None:
    feed = atom()
    assert feed.tag == f"{NS}feed"
    for element in (feed, *feed.findall(f"{NS}entry")):
        for name in ("id", "title", "updated"):
            (text,) = texts(element, name)
            assert text
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", texts(element, "updated")[0])
        assert re.match(r"https://|tag:news\.example\.org,\d{4}-\d\d-\d\d:", texts(element, "id")[0])
    assert feed.find(f"{NS}author/{NS}name") is not None
    assert [one.get("href") for one in feed.findall(f"{NS}link[@rel='self']")] == [
        "https://news.example.org/desk/feed.xml"
    ]
    ids = [texts(entry, "id")[0] for entry in feed.findall(f"{NS}entry")]
    assert len(ids) == len(set(ids)) == 4
    assert texts(feed, "updated") == ["2023-04-14T00:00:00Z"]


def test_json_feed_has_what_its_standard_wants() -> None:
    feed = json_feed()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://news.example.org/desk/feed.json"
    assert all(one["id"] and one["url"] and one["content_html"] for one in feed["items"])


def test_both_say_the_same() -> None:
    of_atom = [(texts(one, "id")[0], texts(one, "content")[0]) for one in atom().findall(f"{NS}entry")]
    assert of_atom == [(one["id"], one["content_html"]) for one in json_feed()["items"]]


def test_newest_comes_first_and_the_story_last() -> None:
    assert [(one["title"], one["id"].rpartition(":")[2]) for one in json_feed()["items"]] == [
        ("Correction: Story", "/desk/stories/s/correction/2"),
        ("Correction: Story", "/desk/stories/s/correction/1"),
        ("Update: Story", "/desk/stories/s/update/1"),
        ("Story", "//news.example.org/desk/stories/s/"),
    ]


def test_statements_are_compiled_and_escaped() -> None:
    bodies = [one["content_html"] for one in json_feed()["items"]]
    assert "Ada Adams says that Ben Bell closed Works, according to Daily Post.</a>" in bodies[0]
    assert "According to the Wire, Ben Bell left &lt;Works&gt; &amp; Co.</a>" in bodies[1]
    assert "What stood there before: <del>Ben Bell sold Works.</del>" in bodies[1]
    assert bodies[2] == "<p>A reply was added.</p>"
    assert '<a href="https://news.example.org/desk/stories/s/#one">' in bodies[3]
