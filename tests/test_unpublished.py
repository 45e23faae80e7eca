"""Nothing of a draft, of a story under embargo or of a record that nothing published uses is in a published byte.

Sites are made at random, each with published stories and with stories that are held back. What only the latter
bring has "zq" in its id, its name and its texts.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nutgraf import cli
from nutgraf.site import LoadedSite, PreviousState, language_of, prepare
from nutgraf.views import Settings
from tests.build.test_same_bytes import MKDOCS_WAY, PLAIN, PUBLISHED, files
from tests.making import ROOT
from tests.views.rendering import renderer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Draw = Callable[[st.SearchStrategy[Any]], Any]

MARK = "zq"
TEMPLATES = (ROOT / "templates",)
SETTINGS = Settings("Site", "https://news.example.org/", "https://git.example/news", "edit/main/content/")
PEOPLE = {"ada": ("Ada Sample", "Sample"), "cy": ("Cy Porter", "Porter"), "ed": ("Ed Vale", "Vale")}
PUBLISHERS = {"gazette": ("Exampleton Gazette", "Gazette"), "star": ("Evening Star", "Star")}
WORDS = {"toll": "toll", "ferry": "cable ferry", "lock": "harbour lock"}
SHARED = [name for pair in (*PEOPLE.values(), *PUBLISHERS.values()) for name in pair] + [*WORDS.values()]
"""Names and words of published records, by which others may be called as well."""
CERTAINTIES = ["reported", "claimed", "speculated", "established"]


def base(draw: Draw) -> dict[str, Any]:
    """Return the records of a site whose stories use all of them."""
    records: dict[str, Any] = {}
    for name, (full, short) in {**PEOPLE, **PUBLISHERS}.items():
        records[f"entities/{name}.yml"] = {
            "name": full,
            "short": short,
            "kind": "person" if name in PEOPLE else "other",
        }
    for name, label in WORDS.items():
        records[f"glossary/{name}.yml"] = {"label": label, "short": "Something by the water."}
    for name in PUBLISHERS:
        records[f"sources/{name}-may.yml"] = {"publisher": name, "published": "2024-05-01", "title": f"On {name}"}
    for number in range(draw(st.integers(1, 3))):
        records[f"stories/s{number}.yml"] = published_story(draw, number)
    # Whatever else is drawn, each record is used.
    texts = [f"{full} knows {short}" for full, short in (*PEOPLE.values(), *PUBLISHERS.values())]
    texts += [f"Ada Sample saw the {word}" for word in WORDS.values()]
    used = [{"id": f"u{number}", "text": text} for number, text in enumerate(texts)]
    records["stories/s0.yml"]["sections"].append({"title": "More", "statements": used})
    records["stories/s0.yml"]["based_on"] = ["gazette-may", "star-may"]
    return records


def published_story(draw: Draw, number: int) -> dict[str, Any]:
    """Return a story about the people and words of the base."""
    who, word = st.sampled_from(sorted(PEOPLE)), st.sampled_from(sorted(WORDS.values()))
    named = st.sampled_from([name for pair in PEOPLE.values() for name in pair])
    statements = []
    for place in range(draw(st.integers(1, 4))):
        one: dict[str, Any] = {"id": f"a{place}", "text": f"{draw(named)} closed the {draw(word)} of {draw(named)}"}
        if draw(st.booleans()):
            one["by"] = draw(who)
        if draw(st.booleans()):
            one["when"] = draw(st.sampled_from(["2024-04", "2024-04-03", "2023"]))
        if draw(st.booleans()):
            one["relation"] = [draw(who), "works for", draw(who)]
        if draw(st.booleans()):
            one["accuses"] = {"who": draw(who), "reply": "none-found"}
        statements.append(one)
    return {
        "title": f"Story {number}",
        "as_of": "2024-05-02",
        "topics": draw(st.sampled_from([[], ["rivers"]])),
        "based_on": f"{draw(st.sampled_from(sorted(PUBLISHERS)))}-may",
        "certainty": draw(st.sampled_from(CERTAINTIES[:3])),
        "key_points": ["a0"],
        "sections": [{"title": "Part", "statements": statements}],
        "unknowns": [{"id": "open", "text": f"what {draw(named)} wanted"}],
        "revisions": [{"date": "2024-05-03", "kind": "update", "note": f"{draw(named)} replied."}],
    }


def held(draw: Draw) -> dict[str, Any]:
    """Return records with a story that is held back, and what only it, or nothing at all, uses."""
    entity = st.sampled_from(["zq-a", "zq-b", "zq-c", *PEOPLE, *PUBLISHERS])
    source = st.sampled_from(["zq-s", "zq-t", "gazette-may", "star-may"])
    # What has a name of its own may be called by a word that means another one.
    alias = st.lists(st.sampled_from(SHARED), max_size=2, unique=True)
    records: dict[str, Any] = {}
    for name in ("a", "b", "c"):
        entry: dict[str, Any] = {
            "name": f"Zqname {name.upper()}",
            "aliases": draw(alias),
            "about": f"a zqabout of {name}",
        }
        if draw(st.booleans()):
            entry["short"] = draw(st.sampled_from(SHARED))
        if draw(st.booleans()):
            entry["roles"] = [{"role": "zqrole", "of": draw(entity), "statement": "zq-story/x", "source": draw(source)}]
        if draw(st.booleans()):
            entry |= {"rests_on": "zq-story/x", "formerly": f"zq-former-{name}", "source": draw(source)}
        records[f"entities/zq-{name}.yml"] = entry
    for name in ("s", "t"):
        records[f"sources/zq-{name}.yml"] = {
            "publisher": draw(entity),
            "published": draw(st.sampled_from(["2024-01-02", "2031-01-01"])),
            "title": f"Zqtitle {name}",
            "derives_from": draw(st.sampled_from([[], ["gazette-may"]])),
            "note": f"A zqnote by {draw(st.sampled_from(SHARED))}.",
        }
    for name in ("v", "w"):
        # A sense whose scope is a published story's is meant there: that would be use.
        scope = draw(st.sampled_from([[], ["rivers"], ["zq-story"]]))
        records[f"glossary/zq-{name}.yml"] = {
            "label": f"zqlabel {name}",
            "aliases": [] if scope == ["rivers"] else draw(alias),
            "short": f"A zqshort, not a {draw(st.sampled_from(sorted(WORDS.values())))}.",
            "see": draw(st.sampled_from([[], ["toll"], ["zq-v" if name == "w" else "zq-w"]])),
            "scope": scope,
        }
    if draw(st.booleans()):
        records["stories/zq-story.yml"] = held_story(draw, entity, source)
    else:
        for path, entry in records.items():
            records[path] = {key: value for key, value in entry.items() if key not in {"roles", "rests_on"}}
    return records


def held_story(draw: Draw, entity: st.SearchStrategy[str], source: st.SearchStrategy[str]) -> dict[str, Any]:
    """Return a draft, or a story under embargo."""
    why = draw(st.sampled_from([{"status": "draft"}, {"publish_after": "2999-01-01T10:00+02:00"}]))
    named = st.sampled_from([*SHARED, "Zqname A", "Zqname B", "zqlabel v"])
    return {
        **why,
        "title": "Zqstory",
        "as_of": "2031-02-03",
        "formerly": "zq-old-story",
        "topics": ["zqtopic", "rivers"],
        "based_on": draw(source),
        "quantities": {"sum": {"amount": 7654321, "unit": "zqcrown", "kind": "count"}},
        "sections": [
            {
                "title": "Zqpart",
                "statements": [
                    {
                        "id": "x",
                        "text": f"{draw(named)} zqhid {{sum}} from {draw(named)}",
                        "by": draw(entity),
                        "when": "2024-04-02",
                        "relation": [draw(entity), "zqknows", draw(entity)],
                        "accuses": {"who": draw(entity), "reply": draw(st.sampled_from(["none-found", ["y"]]))},
                        "rests_on": draw(st.sampled_from([[], ["s0/a0"]])),
                    },
                    {"id": "y", "text": f"{draw(named)} zqdenied it", "by": draw(entity), "denies": "s0/a0"},
                ],
            }
        ],
        "disputes": [{"id": "zq-d", "question": "Zqwhy?", "positions": ["x", "s0/a0"]}],
        "unknowns": [{"id": "zq-u", "text": f"what zqwhat {draw(named)} did", "would_settle": "a zqletter"}],
        "revisions": [{"date": "2032-01-01", "kind": "correction", "statements": ["s0/a0"], "note": "Zqnote."}],
    }


@st.composite
def sites(draw: Draw) -> tuple[dict[str, Any], dict[str, Any]]:
    """Make the records of a published site, and those of stories that are held back."""
    return base(draw), held(draw)


@cache
def kept() -> PreviousState:
    return PreviousState(language=language_of(TEMPLATES, "en"), renderer=renderer())


def loaded_site(records: dict[str, Any]) -> LoadedSite:
    tree = {path: json.dumps(record).encode() for path, record in sorted(records.items())}
    made = prepare(tree, SETTINGS, TEMPLATES, kept=replace(kept()))
    assert not made.found, made.found
    return made


def published(records: dict[str, Any]) -> dict[str, str]:
    """Return all that a build would publish, by address or path."""
    made = loaded_site(records)
    told = {where: repr(made.render(where)) for where in made.pages()}
    told |= {f"{where}#hits": repr(made.search_entries(where)) for where in made.pages()}
    told |= {f"{where}#modified": str(made.modified(where)) for where in made.pages()}
    return {**told, **made.outputs(), "newest": str(made.newest)}


@settings(max_examples=40)
@given(sites())
def test_what_is_held_back_changes_no_published_byte(site: tuple[dict[str, Any], dict[str, Any]]) -> None:
    records, more = site
    before, after = published(records), published({**records, **more})
    assert before.keys() == after.keys()
    assert [where for where, told in before.items() if after[where] != told] == []
    assert [where for where, told in after.items() if MARK in told.casefold()] == []


@pytest.mark.parametrize(
    ("path", "record"),
    [
        ("glossary/zq-w.yml", {"label": "zqlabel", "aliases": ["Ada Sample", "Sample"], "short": "A zqshort."}),
        ("glossary/zq-w.yml", {"label": "zqlabel", "aliases": ["Ada Sample"], "short": "A zqshort."}),
        ("entities/zq-c.yml", {"name": "Zqname", "aliases": ["Ada Sample", "Sample"]}),
        ("entities/zq-c.yml", {"name": "Zqname", "short": "Sample"}),
    ],
)
def test_who_shares_a_name_does_not_take_somebodys_place(path: str, record: dict[str, Any]) -> None:
    records = {
        "entities/ada.yml": {"name": "Ada Sample", "short": "Sample", "kind": "person"},
        "entities/gazette.yml": {"name": "Exampleton Gazette", "kind": "other"},
        "sources/gazette-may.yml": {"publisher": "gazette", "published": "2024-05-01", "title": "A report"},
        "stories/s0.yml": {
            "title": "Story",
            "as_of": "2024-05-02",
            "based_on": ["gazette-may"],
            "sections": [{"title": "Part", "statements": [{"id": "a0", "text": "Ada Sample closed a lock"}]}],
        },
    }
    before, after = published(records), published({**records, path: record})
    assert "entities/ada/" in before
    assert after == before


@settings(max_examples=30)
@given(sites())
def test_a_preview_shows_all_and_labels_what_is_held_back(site: tuple[dict[str, Any], dict[str, Any]]) -> None:
    records, more = site
    tree = {path: json.dumps(record).encode() for path, record in {**records, **more}.items()}
    made = prepare(tree, SETTINGS, TEMPLATES, drafts=True, kept=replace(kept()))
    pages = {f"{path.removesuffix('.yml')}/" for path in more}
    assert pages <= set(made.pages())
    assert {where for where in made.unpublished if not where.startswith("timeline/")} == pages


@settings(max_examples=30)
@given(sites())
def test_a_story_brings_all_that_it_uses_once_it_is_published(site: tuple[dict[str, Any], dict[str, Any]]) -> None:
    records, more = site
    assume("stories/zq-story.yml" in more)
    more["stories/zq-story.yml"] = {
        key: value for key, value in more["stories/zq-story.yml"].items() if key not in {"status", "publish_after"}
    }
    made = loaded_site({**records, **more})
    assert "stories/zq-story/" in made.pages()
    named = more["stories/zq-story.yml"]["based_on"]
    assert f"sources/{named}/" in made.pages()


HELD: dict[str, dict[str, Any]] = {
    "stories/zq-story.yml": {
        "title": "Zqstory",
        "status": "draft",
        "as_of": "2031-02-03",
        "formerly": "zq-old-story",
        "based_on": "zq-memo",
        "sections": [{"statements": [{"id": "x", "text": "Zqname Lott hid a zqlabel", "by": "zq-lott"}]}],
    },
    "entities/zq-lott.yml": {"name": "Zqname Lott", "formerly": "zq-former", "kind": "person", "short": "Sample"},
    "entities/zq-house.yml": {"name": "Zqhouse"},
    "sources/zq-memo.yml": {"publisher": "zq-house", "title": "Zqmemo", "published": "2031-01-01"},
    "sources/zq-second.yml": {"publisher": "exampleton-gazette", "published": "2031-01-01", "title": "Zqsecond"},
    "glossary/zq-term.yml": {"label": "zqlabel", "short": "A zqshort.", "see": "escapement"},
}


@pytest.mark.parametrize("why", [{"status": "draft"}, {"status": "live", "publish_after": "2999-01-01"}])
@pytest.mark.parametrize("way", ["fast", "long"])
def test_both_ways_of_building(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str, why: dict[str, str]) -> None:
    assert cli.main(["init", str(tmp_path / "site")]) == 0
    site = tmp_path / "site"
    (site / "mkdocs.yml").write_text(PLAIN + PUBLISHED, encoding="utf-8")
    monkeypatch.chdir(site)

    def build(name: str) -> dict[str, bytes]:
        if way == "fast":
            assert cli.main(["build", "-d", name]) == 0
        else:
            MKDOCS_WAY(None, site / name, strict=False)
        return files(site / name)

    before = build("before")
    for path, record in HELD.items():
        (site / "content" / path).write_text(
            json.dumps({**record, **(why if "story" in path else {})}), encoding="utf-8"
        )
    after = build("after")
    assert before.keys() == after.keys()
    assert [path for path, data in before.items() if after[path] != data] == []
    assert [
        path for path, data in after.items() if MARK.encode() in data.lower() and not path.endswith((".png", ".gz"))
    ] == []


def test_plain_mkdocs_leaves_them_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mkdocs.commands.build import build  # noqa: PLC0415
    from mkdocs.config import load_config  # noqa: PLC0415

    assert cli.main(["init", str(tmp_path / "site")]) == 0
    monkeypatch.chdir(tmp_path / "site")
    for path, record in HELD.items():
        (tmp_path / "site" / "content" / path).write_text(json.dumps(record), encoding="utf-8")
    build(load_config())
    found = files(tmp_path / "site" / "site")
    assert "stories/town-clock/index.html" in found
    assert [path for path, data in found.items() if b"zqname" in data.lower() or b"zqmemo" in data.lower()] == []
