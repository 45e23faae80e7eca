"""The one promise: nowhere in the built site is a statement stronger than its record.

One statement of the shipped story gets a clause that stands nowhere else, then each certainty and each sort of asserter
in turn. The whole site is built, and each occurrence of the clause, in whatever file, has to stand in a sentence that
carries the attribution.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CLAUSE = "the amber valve at Oxley was turned"
STATEMENT = f"""      - id: gpu-purchase
        text: {CLAUSE}
        when: 2023-03
        relation: [elon-musk, bought GPUs for, twitter]
"""

CASES = [
    # certainty, further fields, words of which the sentence has to have one
    ("reported", "source: business-insider-2023", ["Business Insider"]),
    ("reported", "source: [business-insider-2023, semafor-2023]", ["Business Insider", "Semafor"]),
    ("reported", "source: business-insider-2023\n        by: {anonymous: people nearby, count: 2}", ["people nearby"]),
    ("reported", "source: ai-catalog-2023\n        by: unnamed", ["without naming", "names no source"]),
    (
        "reported",
        "source: [nyt-twitter-data-2022, {id: business-insider-2023, from: nyt-twitter-data-2022}]",
        ["New York Times"],
    ),
    ("claimed", "source: semafor-2023\n        by: sam-altman", ["Altman"]),
    ("claimed", "source: semafor-2023\n        by: {who: a spokesman, for: twitter}", ["a spokesman for Twitter"]),
    ("claimed", "source: semafor-2023\n        by: [elon-musk, openai]\n        said: unknown", ["Musk and OpenAI"]),
    ("inferred", "source: ai-catalog-2023", ["AI Catalog"]),
    ("found", "source: semafor-2023\n        by: future-of-life-institute", ["Future of Life Institute"]),
    ("speculated", "source: ai-catalog-2023\n        by: unnamed", ["speculation"]),
    ("speculated", "source: ai-catalog-2023", ["AI Catalog"]),
    ("established", "source: openai-lp-2019", []),
]


@pytest.mark.parametrize(("certainty", "fields", "attribution"), CASES)
def test_every_occurrence_carries_its_attribution(
    certainty: str, fields: str, attribution: list[str], root: Path, tmp_path: Path
) -> None:
    site = build(root, tmp_path, f"{STATEMENT}        certainty: {certainty}\n        {fields}\n")
    found = [(name, sentence) for name, text in texts(site) for sentence in sentences_with_clause(text)]
    kinds = {name.rpartition(".")[2] for name, _ in found}
    # The story, its key point, its description, the timeline, the people, the source, the feeds, and the search index.
    assert len(found) > 6, found
    assert {"html", "json", "xml"} <= kinds, kinds
    bare = [one for one in found if attribution and not any(words.lower() in one[1].lower() for words in attribution)]
    assert not bare


def build(root: Path, tmp_path: Path, statement: str) -> Path:
    """Build the project's site with the statement `gpu-purchase` replaced."""
    own = tmp_path / "project"
    own.mkdir()
    for name in ("content", "templates"):
        shutil.copytree(root / name, own / name)
    shutil.copy(root / "mkdocs.yml", own)
    story = own / "content/stories/twitter-ai-openai.yml"
    text, count = re.subn(
        r"      - id: gpu-purchase\n(?:        .*\n|\s*\n)+", statement.replace("\\", r"\\"), story.read_text("utf-8")
    )
    assert count == 1
    # The quantity that the statement used is used no more; the rest of the story must not lean on its words.
    story.write_text(text, "utf-8")
    # Not `nutgraf build`: what is set here on purpose may break an editorial rule, which would stop it.
    script = "import tests.test_no_stronger as t, sys; t.render_all(sys.argv[1], sys.argv[2])"
    site = tmp_path / "site"
    done = subprocess.run(
        [sys.executable, "-c", script, str(own), str(site)], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return site


def render_all(project: str, site: str) -> None:
    """Build with MkDocs and the plugin, with the rules of the content set aside."""
    import os  # noqa: PLC0415 - runs in a process of its own

    import mkdocs.commands.build  # noqa: PLC0415
    import mkdocs.config  # noqa: PLC0415

    import nutgraf.checks.runner  # noqa: PLC0415

    setattr(nutgraf.checks.runner, "check", lambda *_, **__: iter(()))  # noqa: B010 - mypy knows what it returns
    os.chdir(project)
    mkdocs.commands.build.build(
        mkdocs.config.load_config("mkdocs.yml", site_dir=site, site_url="https://news.example.org/")
    )


def texts(site: Path) -> Iterator[tuple[str, str]]:
    """Yield the text of every file, and of every attribute and string in it that a reader or a machine may see."""
    for path in sorted(site.rglob("*")):
        if path.suffix in {".html", ".xml", ".txt", ".svg"}:
            raw = path.read_text("utf-8")
            yield path.name, visible(raw)
            for found in re.finditer(r'(?:content|title|alt|aria-label|data-[\w-]+)="([^"]*)"', raw):
                yield path.name, html.unescape(found[1])
            for found in re.finditer(r"<script[^>]*json[^>]*>(.*?)</script>", raw, re.DOTALL):
                yield from ((path.name, text) for text in strings(json.loads(found[1])))
        elif path.suffix == ".json":
            yield from ((path.name, visible(text)) for text in strings(json.loads(path.read_text("utf-8"))))


def strings(value: object) -> Iterator[str]:
    """Yield all strings in JSON data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)


BLOCK = re.compile(r"</?(?:p|li|dd|dt|h\d|td|th|tr|div|section|article|ol|ul|dl|table|figure|head|title|body)\b[^>]*>")


def visible(markup: str) -> str:
    """Return the text of HTML, a line a block."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", markup, flags=re.DOTALL)
    text = BLOCK.sub("\n", text)
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def sentences_with_clause(text: str) -> Iterator[str]:
    """Yield each sentence that has the clause, as it ends at a full stop or at the end of a block."""
    flat = re.sub(r"[ \t]+", " ", text)
    for block in flat.split("\n"):
        for sentence in re.split(r"(?<=[.?!])[\s\u202f]+", block):
            if CLAUSE[4:] in sentence:
                yield sentence
