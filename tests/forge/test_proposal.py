"""Answers of the form as YAML: whatever they say, it is well-formed, and says just that."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nutgraf.loading.content import load
from tests.making import ROOT
from tools.forge.proposal import MARK, NO_RESPONSE, answers, comment, labels, proposal

if TYPE_CHECKING:
    from pathlib import Path

NAMES = labels()
TREE = {
    path.relative_to(ROOT / "content").as_posix(): path.read_bytes()
    for path in sorted((ROOT / "content").glob("*/*.yml"))
}


def issue(**given: str) -> str:
    """Return an issue as GitHub makes it of a form."""
    return "\n\n".join(f"### {heading}\n\n{given.get(name, NO_RESPONSE)}" for heading, name in NAMES.items())


def test_answers_are_read_by_their_headings() -> None:
    body = issue(where="x", text="one\n\n### What is it?\n\ntwo", note="### Where can it be read?").replace(
        "\n", "\r\n"
    )
    found = answers(body, NAMES)
    assert found["where"] == "x"
    assert "address" not in found
    assert found["note"] == "### Where can it be read?"
    assert not answers("", NAMES)
    assert not answers("no form", NAMES)


def test_a_correction_names_the_statement_that_is_meant() -> None:
    made = proposal(
        {
            "where": "https://example.org/stories/twitter-ai-openai/#gpu-purchase",
            "what": "Something is wrong",
            "text": "Elon Musk ordered {gpus}.",
            "by": "Semafor",
            "source": "Semafor",
            "date": "24 March 2023",
        },
        TREE,
    )
    (statement,) = yaml.safe_load(made.files["stories/twitter-ai-openai.yml"])
    assert statement["id"] == "gpu-purchase"
    assert statement["text"] == "Elon Musk ordered {gpus}"
    assert statement["by"] == "semafor"
    source = yaml.load(made.files[f"sources/{statement['source']}.yml"], Loader=yaml.BaseLoader)  # noqa: S506 - text alone
    assert source == {"publisher": "semafor", "published": "2023-03-24", "read": "no"}
    assert "another text for the statement `gpu-purchase`" in comment(made)


def test_a_source_that_is_there_is_not_written_again() -> None:
    address = "https://openai.com/blog/openai-lp"
    known = {name: one for name, one in load(TREE).content.sources.items() if str(one.url).startswith("https://")}
    for name, one in known.items():
        made = proposal({"what": "Something new is known", "text": "it is so", "address": str(one.url)}, TREE)
        assert not [path for path in made.files if path.startswith("sources/")]
        assert f"source: {name}" in "".join(made.files.values())
    made = proposal({"what": "Something new is known", "text": "it is so", "address": f"{address}-new"}, TREE)
    assert [path for path in made.files if path.startswith("sources/")]


def test_a_word_becomes_a_term() -> None:
    made = proposal({"what": "A word wants explaining", "text": "token: A piece of a word."}, TREE)
    (path,) = made.files
    assert yaml.safe_load(made.files[path]) == {"label": "token", "short": "A piece of a word."}


@pytest.mark.parametrize(
    "address",
    ["https://[", "http://[::1", "https://[x]/", "//[", "https://℀.example/", "https://", "https:///x", "javascript:x"],
)
def test_an_address_that_is_none_is_left_out_and_told(address: str) -> None:
    made = proposal({"where": address, "text": "a boat sank", "source": "Semafor", "address": address}, TREE)
    (source,) = (yaml.safe_load(text) for path, text in made.files.items() if path.startswith("sources/"))
    assert "url" not in source
    assert "The address is not a web address, so it is left out." in made.told
    assert "The answers do not say which story it is about." in made.told


ANSWER = st.text(max_size=120) | st.sampled_from(
    [
        "Elon Musk",
        "x: y",
        "- z",
        "```",
        "``` @all",
        "text: '",
        'a" b',
        "# no",
        "{gpus}",
        "{{ x }}",
        "null",
        "yes",
        "2018",
        "https://[",
        "https://example.org/a",
    ]
)


@settings(max_examples=60)
@given(st.fixed_dictionaries(dict.fromkeys(NAMES.values(), ANSWER)))
@example({"text": "0", "by": "0?"})
def test_whatever_is_answered_is_well_formed_and_says_just_that(given_: dict[str, str]) -> None:
    found = answers(issue(**given_), NAMES)
    made = proposal(found, TREE)
    text = " ".join(found.get("text", "").split()).rstrip(".")
    for path, written in made.files.items():
        # (PyYAML's own parser takes no question mark between brackets.)
        value = yaml.load(written, Loader=yaml.CBaseLoader)  # noqa: S506 - it makes text alone
        if path.startswith("stories/"):
            (statement,) = value
            assert statement["text"].strip() == text.strip()
            whole = "title: x\nsections:\n  - statements:\n" + "".join(
                f"      {line}\n" for line in written.splitlines()
            )
            assert not [
                one for one in load({"stories/x.yml": whole.encode()}).diagnostics if one.rule != "control-character"
            ]
        elif path.startswith("sources/"):
            assert set(value) <= {"title", "publisher", "published", "url", "read"}
            assert not [one for one in load({path: written.encode()}).diagnostics if one.rule != "control-character"]
    shown = comment(made)
    assert shown.startswith(MARK)
    for block in made.files.values():
        assert f"```yaml\n{block}```" in shown
    fences = [line for line in shown.splitlines() if line.startswith("```")]
    assert len([line for line in fences if line.endswith("yaml")]) == len(made.files)


def test_make_proposal_reads_the_event_and_writes_the_files(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)  # noqa: S607 - whichever git there is
    event = {
        "issue": {"number": 3, "body": issue(where="twitter-ai-openai", what="Something new is known", text="it is so")}
    }
    (tmp_path / "event.json").write_text(json.dumps(event), encoding="utf-8")
    venv = ROOT / ".venv"
    command = ["make", "-o", f"{venv}/.installed-site", "proposal", f"VENV={venv}", "PROPOSAL_ARGS=--print"]
    environment = {**os.environ, "GITHUB_EVENT_PATH": str(tmp_path / "event.json")}
    done = subprocess.run(command, cwd=clone, env=environment, capture_output=True, text=True, check=True)
    assert MARK in done.stdout
    written = (clone / "build/proposal/stories/twitter-ai-openai.yml").read_text(encoding="utf-8")
    assert written == "- id: it-is-so\n  text: it is so\n"
