"""Edits of a site as editors, designers and accidents make them, chosen by numbers."""

# ruff: noqa: ANN401 - the data of a record, whatever an edit has made of it

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import yaml

from nutgraf.template_dirs import bundled_templates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

PROSE: Final = [
    "text",
    "after_previous",
    "title",
    "question",
    "about",
    "intro",
    "short",
    "long",
    "comparison",
    "would_settle",
    "note",
    "was",
    "reason",
    "when_text",
    "name",
    "label",
    "provenance",
]
SWAPPED: Final = [
    "by",
    "source",
    "certainty",
    "when",
    "manner",
    "verb",
    "said",
    "rests_on",
    "relation",
    "publisher",
    "published",
    "author",
    "kind",
    "url",
    "title",
    "lang",
    "topics",
    "as_of",
    "status",
    "see",
    "scope",
    "match",
    "about",
    "of",
    "role",
    "roles",
    "aliases",
    "quantities",
    "accuses",
    "disputes",
    "unknowns",
    "key_points",
    "before",
    "refuted_by",
    "conflicts_with",
    "denies",
    "superseded",
    "retracted",
    "short",
    "long",
    "expansion",
    "plural",
    "read",
    "derives_from",
]
EXTRA: Final[dict[str, tuple[tuple[str, Any], ...]]] = {
    "stories": (
        ("status", "draft"),
        ("status", "live"),
        ("status", "closed"),
        ("as_of", "2024-05-06"),
        ("topics", ["ships", "courts"]),
        ("links", "all"),
        ("links", "none"),
        ("formerly", ["an-old-story"]),
        ("revisions", [{"date": "2025-05-01", "kind": "update", "note": "More is known."}]),
        ("certainty", "claimed"),
    ),
    "entities": (
        ("aliases", ["the captain"]),
        ("aliases", [{"text": "the ferry", "match": "explicit"}]),
        ("article", "the"),
        ("short", "Lee"),
        ("pronoun", "she"),
        ("plural", "yes"),
        ("intro", "none"),
        ("match", "explicit"),
        ("formerly", ["an-old-name"]),
        ("about", "somebody"),
    ),
    "sources": (
        ("read", "no"),
        ("status", {"is": "retracted", "date": "2025-01-02"}),
        ("lang", "ko"),
        ("title", "unknown"),
        ("published", "2016"),
        ("kind", "filing"),
        ("note", "Found in an [archive](https://example.org/x)."),
        ("archived", "https://example.org/archived"),
    ),
    "glossary": (
        ("scope", ["sewol-sinking"]),
        ("match", "explicit"),
        ("aliases", ["water in the hold"]),
        ("exact", "yes"),
        ("expansion", "a longer form"),
        ("unless", ["the captain"]),
        ("comparison", "Like stones in a boat."),
    ),
}
WORDS: Final = ("of the ferry", "ballast", "Lee Joon-seok", "and the captain", "*at last*", "in the harbour", "&")


@dataclass
class Site:
    """A site on disk that is edited.

    Attributes:
        root: where its mkdocs.yml lies.
        pick: returns one of some things.
    """

    root: Path
    pick: Callable[[Sequence[Any]], Any]

    @property
    def content(self) -> Path:
        return self.root / "content"

    def record(self, *folders: str) -> Path:
        names = folders or ("stories", "stories", "entities", "sources", "glossary")
        return self.pick(sorted((self.content / self.pick(names)).glob("*.yml")))  # type: ignore[no-any-return]

    def change(self, path: Path, change: Callable[[Any], None]) -> str:
        data = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - text alone
        change(data)
        text = yaml.dump(data, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=10_000, default_style='"')
        path.write_text(text, encoding="utf-8")
        return path.stem


def mappings(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
        for value in data.values():
            yield from mappings(value)
    elif isinstance(data, list):
        for value in data:
            yield from mappings(value)


def words(site: Site) -> str:
    def change(data: Any) -> None:
        places = [(one, key) for one in mappings(data) for key in one if key in PROSE and isinstance(one[key], str)]
        one, key = site.pick(places or [({"x": ""}, "x")])
        one[key] = f"{one[key]} {site.pick(WORDS)}"

    return site.change(site.record(), change)


class _Plain(yaml.SafeDumper):
    """Writes what is used twice twice: content files have no anchors."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True


def swap(site: Site) -> str:
    def change(data: Any) -> None:
        found = list(mappings(data))
        key = site.pick(sorted({key for one in found for key in one if key in SWAPPED} or {"title"}))
        holders = [one for one in found if key in one]
        given = site.pick(holders or [{key: "x"}])[key]
        site.pick([*holders, *(one for one in found if "id" in one), data])[key] = given

    return site.change(site.record(), change)


def drop(site: Site) -> str:
    def change(data: Any) -> None:
        places = [(one, key) for one in mappings(data) for key in one if key not in {"id", "text", "name", "label"}]
        one, key = site.pick(places or [({"x": 1}, "x")])
        del one[key]

    return site.change(site.record(), change)


def extra(site: Site) -> str:
    path = site.record()

    def change(data: Any) -> None:
        key, value = site.pick(EXTRA[path.parent.name])
        data[key] = value

    return site.change(path, change)


def figure(site: Site) -> str:
    def change(data: Any) -> None:
        found = [one for one in mappings(data) if "amount" in one] or [{"amount": "1"}]
        site.pick(found)["amount"] = site.pick(["7", "12", "1000000"])

    return site.change(site.record("stories"), change)


def add(site: Site) -> str:
    path = site.record()
    twin = path.with_name(f"{path.stem}-{site.pick(['two', 'three'])}.yml")
    shutil.copy(path, twin)
    return twin.stem


def remove(site: Site) -> str:
    path = site.record("entities", "sources", "glossary", "stories")
    path.unlink()
    return path.stem


def statements(site: Site) -> str:
    """Take a statement out, copy one, or turn the order of sections or statements."""

    def change(data: Any) -> None:
        lists = [one["statements"] for one in data["sections"] if isinstance(one.get("statements"), list)]
        listed = site.pick([one for one in lists if one] or [[{"id": "x"}]])
        what = site.pick(["out", "copy", "turn", "turn sections"])
        if what == "out":
            del listed[site.pick(range(len(listed)))]
        elif what == "copy" and isinstance(listed[0], dict):
            listed.insert(0, {**site.pick([one for one in listed if isinstance(one, dict)]), "id": "copied"})
        elif what == "turn":
            listed.append(listed.pop(0))
        else:
            data["sections"].append(data["sections"].pop(0))

    return site.change(site.record("stories"), change)


def text_of_file(site: Site) -> str:
    """Change what says nothing: a comment, the line on which things stand."""
    path = site.record()
    path.write_text("# a comment\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    return path.stem


def template(site: Site) -> str:
    bundled = bundled_templates()
    name: str = site.pick(
        ["pages/entity.html", "pages/source.html", "parts/note.html", "theme/assets/nutgraf.css", "wording/en.yml"]
    )
    own = site.root / "templates" / name
    if own.exists() and site.pick([True, False]):
        own.unlink()
        return f"no {name}"
    own.parent.mkdir(parents=True, exist_ok=True)
    if name.endswith(".yml"):
        own.write_text(f"asserters:\n  unnamed: '{site.pick(['a source', 'somebody'])}'\n", encoding="utf-8")
        return name
    text = (bundled / name).read_text(encoding="utf-8")
    more = "/* own */" if name.endswith(".css") else f"\n{site.pick(['<!-- own -->', '<b>own</b>'])}"
    own.write_text(text + more, encoding="utf-8")
    return name


def font(site: Site) -> str:
    own = site.root / "templates/card/regular.ttf"
    if own.exists():
        own.unlink()
        return "no font"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_bytes((bundled_templates() / "card/bold.ttf").read_bytes())
    return "font"


LINES: Final = (
    "site_url: https://example.org/a/",
    "repo_url: https://github.com/example/explainers",
    "copyright: Nobody",
    "nav: [index.md, stories/sewol-sinking.yml, timeline.md, about.md]",
    "nav: [{Stories: index.md}, {Who: entities/index.md}, {More: [reading.md, {Lee: entities/lee-joon-seok.yml}]}]",
)


def settings(site: Site) -> str:
    path = site.root / "mkdocs.yml"
    what: str
    lines = path.read_text(encoding="utf-8").splitlines()
    what = site.pick(["name", "links", *LINES])
    if what == "name":
        name = site.pick(["The Sewol", "A & B", "Explained"])
        lines = [f"site_name: {name}" if one.startswith("site_name:") else one for one in lines]
    elif what == "links":
        lines = [one for one in lines if "links:" not in one]
        lines.insert(lines.index("      format: 1") + 1, f"      links: {site.pick(['all', 'none', 'first'])}")
    else:
        key = what.partition(":")[0]
        was = [one for one in lines if one.partition(":")[0] == key]
        lines = [one for one in lines if one not in was]
        lines += [what] if what not in was else []
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(what)


def by_hand(site: Site) -> str:
    name, text = site.pick(
        [
            ("about.md", "# About\n\n[a record](stories/sewol-sinking.yml)\n"),
            ("about.md", "# Other\n\n[no record](stories/none.yml)\n"),
            ("more/page.md", "# Page\n\n[one](../entities/lee-joon-seok.yml#section-said)\n"),
            ("index.md", "# Home\n\nHello.\n"),
            ("stories/sewol-salvage.md", "# In its place\n"),
            ("own.css", "p {}"),
        ]
    )
    path = site.content / name
    if path.exists() and name != "about.md":
        path.unlink()
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return str(name)


def published(site: Site) -> str:
    """Damage what is published, as an accident or another program does."""
    root = site.root / "site"
    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.name.startswith("."))
    if not files:
        return "none"
    path: Path = site.pick(files)
    what = site.pick(["gone", "empty", "other", "same size", "more", "all gone"])
    if what == "gone":
        path.unlink()
    elif what == "empty":
        path.write_bytes(b"")
    elif what == "other":
        path.write_bytes(b"<p>other</p>")
    elif what == "same size":
        before = path.stat()
        path.write_bytes(b"x" * before.st_size)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    elif what == "more":
        path.with_name("more.html").write_bytes(b"more")
    else:
        shutil.rmtree(root)
    return f"{what}: {path.relative_to(root)}"


def cache(site: Site) -> str:
    """Damage the cache."""
    files = sorted((site.root / ".nutgraf/cache").glob("mkdocs*"))
    if not files:
        return "none"
    path: Path = site.pick(files)
    what = site.pick(["gone", "empty", "cut", "flipped"])
    data = path.read_bytes()
    if what == "gone":
        path.unlink()
    elif what == "flipped":
        at = len(data) * 2 // 3
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    else:
        path.write_bytes(data[: len(data) // 2] if what == "cut" else b"")
    return f"{what}: {path.name}"


EDITS: Final[tuple[Callable[[Site], str], ...]] = (
    words,
    words,
    words,
    swap,
    swap,
    drop,
    extra,
    extra,
    figure,
    add,
    remove,
    statements,
    text_of_file,
    template,
    font,
    settings,
    by_hand,
    published,
    cache,
)
