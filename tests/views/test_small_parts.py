"""Addresses, order and headings."""

from __future__ import annotations

import pytest

from nutgraf.rendering.renderer import Heading, table_of_contents
from nutgraf.views import Settings, address, collation

NEWS = "https://git.example/news"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a?b=1&c=2#d", "https://example.org/a?b=1&c=2#d"),
        ("HTTP://EXAMPLE.ORG/", "HTTP://EXAMPLE.ORG/"),
        ("https://example.org/세월호", "https://example.org/세월호"),
        ("https://example.org/[a]{b}|c^d`e", "https://example.org/%5Ba%5D%7Bb%7D%7Cc%5Ed%60e"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/%5B", "https://example.org/%5B"),
        ('https://example.org/"onclick=', "https://example.org/%22onclick="),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//example.org/", None),
        ("", None),
        (None, None),
    ],
)
def test_address_on_the_web(url: str | None, expected: str | None) -> None:
    assert address.external(url) == expected


@pytest.mark.parametrize(
    ("settings", "line", "expected"),
    [
        (Settings("x"), 3, None),
        (Settings("x", repo_url=NEWS), 3, None),
        (Settings("x", edit_uri="edit/main/content/"), 3, None),
        (Settings("x", repo_url=NEWS, edit_uri="edit/main/content/"), 3, f"{NEWS}/edit/main/content/stories/a.yml#L3"),
        (Settings("x", repo_url=f"{NEWS}/", edit_uri="/edit/main"), None, f"{NEWS}/edit/main/stories/a.yml"),
        (Settings("x", edit_uri="https://ide.example/news/"), None, "https://ide.example/news/stories/a.yml"),
    ],
)
def test_where_a_file_is_edited(settings: Settings, line: int | None, expected: str | None) -> None:
    assert address.edit(settings, "stories/a.yml", line) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What was reported", "what-was-reported"),
        ("  A -- B__c! ", "a-b-c"),
        ("세월호 2014", "세월호-2014"),
        ('<h2 id="x">', "h2-id-x"),
        ("?!", ""),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert address.slug(text) == expected


def test_order_is_that_of_readers() -> None:
    names = ["zebra", "Éclair", "eagle", "Apple", "äpple", "42", "'quoted'", "가나", "École", "#hash", ""]
    in_order = ["", "42", "가나"]
    found = sorted(names, key=collation.sort_key)
    assert [name for name in found if name not in in_order] == [
        *("Apple", "äpple", "eagle", "Éclair", "École", "#hash", "'quoted'", "zebra")
    ]
    # Letters first, whatever the script; signs and numbers behind them.
    assert found[-2:] == ["", "42"]


@pytest.mark.parametrize(
    ("text", "expected"), [("Éclair", "E"), ("42", "#"), ("“quoted”", "Q"), ("가나", "가"), ("", "#")]
)
def test_initial(text: str, expected: str) -> None:
    assert collation.initial(text) == expected


def test_headings_become_a_table_of_contents() -> None:
    body = """
      <h1 id="section-title" dir="auto">A &amp; <b>B</b></h1>
      <h2 id="section-a">One</h2> <h3>without an anchor</h3> <h3 id="x">Deep</h3>
      <h2 id="section-b"><a href="y"><bdi>Two</bdi></a></h2>
    """
    assert table_of_contents(body) == (
        Heading(
            1,
            "section-title",
            "A & B",
            (
                Heading(2, "section-a", "One", (Heading(3, "x", "Deep"),)),
                Heading(2, "section-b", "Two"),
            ),
        ),
    )


def test_many_headings_of_one_level() -> None:
    assert len(table_of_contents("".join(f'<h2 id="section-{number}">x</h2>' for number in range(2000)))) == 2000
