"""The comment below a pull request: to whom it goes, and what of a report by anybody comes through."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nutgraf.reporters import markdown
from tests.making import ROOT
from tests.reporters.changing import real
from tools.forge.comment import LIMIT, MARK, harmless

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMMIT = "a" * 40


@dataclass
class Repository:
    """What the forge knows, and what it was told."""

    pulls: list[dict[str, Any]] = field(default_factory=list)
    comments: list[dict[str, Any]] = field(default_factory=list)
    files: list[dict[str, str]] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    api: str = ""


@contextmanager
def forge() -> Iterator[Repository]:
    """Serve the part of GitHub's interface that is used, over HTTP."""
    known = Repository()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def _answer(self, value: object) -> None:
            data = json.dumps(value).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def _note(self) -> dict[str, list[str]]:
            parts = urlsplit(self.path)
            known.asked.append((self.command, parts.path))
            known.tokens.add(self.headers["Authorization"])
            return parse_qs(parts.query)

        def _body(self) -> dict[str, Any]:
            found: dict[str, Any] = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            return found

        def do_GET(self) -> None:
            query = self._note()
            if "/files" in self.path:
                start = (int(query["page"][0]) - 1) * 100
                self._answer(known.files[start : start + 100])
            elif "/pulls" in self.path:
                (head,) = query["head"]
                self._answer([one for one in known.pulls if f"{one['owner']}:{one['branch']}" == head])
            else:
                start = (int(query["page"][0]) - 1) * 100
                self._answer(known.comments[start : start + 100])

        def do_POST(self) -> None:
            self._note()
            known.comments.append({"id": 900, "user": {"login": "github-actions[bot]"}, **self._body()})
            self._answer({})

        def do_PATCH(self) -> None:
            self._note()
            (mine,) = (one for one in known.comments if self.path.endswith(f"/comments/{one['id']}"))
            mine |= self._body()
            self._answer({})

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known.api = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield known
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def say(known: Repository, tmp_path: Path, report: str, branch: str = "fix") -> subprocess.CompletedProcess[str]:
    """Run the make target as the workflow does."""
    event = {
        "workflow_run": {"head_sha": COMMIT, "head_branch": branch, "head_repository": {"owner": {"login": "ann"}}}
    }
    (tmp_path / "event.json").write_text(json.dumps(event), encoding="utf-8")
    (tmp_path / "comment.md").write_text(report, encoding="utf-8")
    environment = {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "GITHUB_API_URL": known.api,
        "GITHUB_REPOSITORY": "example/explainers",
        "GITHUB_TOKEN": "secret",
        "GITHUB_EVENT_PATH": str(tmp_path / "event.json"),
    }
    command = ["make", "--silent", "comment", f"PYTHON={sys.executable}", f"REPORT={tmp_path / 'comment.md'}"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_it_is_written_once_and_then_rewritten(tmp_path: Path) -> None:
    with forge() as known:
        known.pulls = [{"number": 7, "owner": "ann", "branch": "fix", "head": {"sha": COMMIT}}]
        known.comments = [{"id": n, "user": {"login": "ann"}, "body": f"{MARK} mine"} for n in range(150)]
        done = say(known, tmp_path, f"{MARK}\n\n**Readers will see 1 change.**\n")
        assert done.stdout == "The comment on 7 is written.\n", done.stderr
        assert known.comments[-1]["body"] == f"{MARK}\n\n\n**Readers will see 1 change.**\n"
        assert say(known, tmp_path, f"{MARK}\n\nNo change.\n").stdout == "The comment on 7 is rewritten.\n"
        assert len(known.comments) == 151
        assert "No change." in known.comments[-1]["body"]
        assert known.tokens == {"Bearer secret"}


@pytest.mark.parametrize(
    ("name", "warned"),
    [
        ({"filename": "tools/forge/report.py"}, True),
        ({"filename": "x.py", "previous_filename": "generator/nutgraf/diff/compare.py"}, True),
        ({"filename": "mkdocs.yml"}, True),
        ({"filename": "content/tools/x.yml"}, False),
        ({"filename": "content/pictures/x.JPG"}, False),
        ({"filename": "docs/pull-requests.md"}, False),
        # What make or Python finds in front of what was meant.
        ({"filename": "GNUmakefile"}, True),
        ({"filename": "makefile"}, True),
        ({"filename": "argparse.py"}, True),
        ({"filename": "yaml/__init__.py"}, True),
        ({"filename": "sitecustomize.py"}, True),
        ({"filename": "templates/parts/x.html"}, True),
        ({"filename": "templates/wording/en.yml"}, True),
        ({"filename": ".nutgraf/cache/x"}, True),
        ({"filename": ".gitattributes"}, True),
        ({"filename": "content/hook.py"}, True),
        ({"filename": "content/x.js"}, True),
        ({"filename": "contents/x.yml"}, True),
        ({"filename": "x.yml"}, True),
        ({"filename": "content/x.yml\nMakefile"}, True),
        ({"filename": "content/stories/x.yml", "previous_filename": "Makefile"}, True),
    ],
)
def test_a_report_by_a_changed_program_is_said_to_be_one(tmp_path: Path, name: dict[str, str], warned: bool) -> None:  # noqa: FBT001
    with forge() as known:
        known.pulls = [{"number": 7, "owner": "ann", "branch": "fix", "head": {"sha": COMMIT}}]
        known.files = [*({"filename": f"content/stories/s{n}.yml"} for n in range(120)), name]
        say(known, tmp_path, f"{MARK}\n\nNo changes for readers.\n")
        body = known.comments[-1]["body"]
        assert body.startswith(MARK)
        assert ("look at all files" in body) is warned
        assert "No changes for readers." in body


@pytest.mark.parametrize(("number", "warned"), [(2_999, False), (3_000, True), (3_500, True)])
def test_a_list_of_files_that_was_cut_off_is_said_to_be(tmp_path: Path, number: int, warned: bool) -> None:  # noqa: FBT001
    with forge() as known:
        known.pulls = [{"number": 7, "owner": "ann", "branch": "fix", "head": {"sha": COMMIT}}]
        # GitHub tells of no more.
        known.files = [{"filename": f"content/stories/s{one}.yml"} for one in range(number)][:3_000]
        say(known, tmp_path, f"{MARK}\n\nReaders will see no change.\n")
        assert ("look at all files" in known.comments[-1]["body"]) is warned


@pytest.mark.parametrize("branch", ["gone", "x&state=all", "../../y?z=1", "$(id)"])
def test_without_a_pull_request_at_that_commit_nothing_is_said(tmp_path: Path, branch: str) -> None:
    with forge() as known:
        known.pulls = [{"number": 7, "owner": "ann", "branch": branch, "head": {"sha": "b" * 40}}]
        done = say(known, tmp_path, MARK, branch)
        assert done.returncode == 0, done.stderr
        assert known.asked == [("GET", "/repos/example/explainers/pulls")]


def test_a_report_that_is_no_file_is_none(tmp_path: Path) -> None:
    with forge() as known:
        (tmp_path / "secret").write_text("x", encoding="utf-8")
        done = say(known, tmp_path, "x")
        assert done.returncode == 0
        (tmp_path / "comment.md").unlink()
        (tmp_path / "comment.md").symlink_to(tmp_path / "secret")
        environment = {"GITHUB_EVENT_PATH": "x"}
        command = [sys.executable, "-m", "tools.forge.comment", str(tmp_path / "comment.md")]
        refused = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert refused.returncode != 0
        assert "is no file" in refused.stderr


# What comes through


def test_our_own_report_comes_through_whole() -> None:
    report = markdown.render(real())
    shown = harmless(report.encode())
    plain = str.maketrans("", "", "\u2060\n")
    assert shown.translate(plain) == report.translate(plain)


TAGS = {"b", "blockquote", "br", "del", "details", "ins", "span", "summary"}


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode(errors="replace")))
@example(b"<script>alert(1)</script>")
@example(b"<img src=x onerror=y> <details open> </details></details></b>")
@example(b"@all @example/team #12 GH-12 example/explainers#3 https://example.org www.example.org")
@example(b"[text](https://example.org) ![x](y) [a]: https://example.org [a][b] <https://example.org>")
@example(b"&#64;all &lt;b&gt; &notanentity; &#x40;")
@example(
    b"&#64;octocat &#x40;oct &#35;12 &#71;H-12 GH&#45;12 https&#58;//x.example &#119;ww.x.example www&#46;x.example"
)
@example(b"See 17cb3d2 and 17cb3d2f04ad66b3c17cb3d2f04ad66b3c012345, &#49;7cb3d2.")
@example("\u202e\u200b\u2066@\u200ball".encode())
def test_nothing_else_does(data: bytes) -> None:
    shown = harmless(data)
    assert shown.startswith(MARK)
    body = shown.removeprefix(MARK)
    assert len(shown.encode()) < LIMIT
    for tag in re.findall(r"<[^>]*>?", body):
        assert re.fullmatch(r"</?[a-z]+>", tag), tag
        assert tag.strip("</>") in TAGS
    for name in TAGS - {"br"}:
        assert body.count(f"<{name}>") == body.count(f"</{name}>")
    assert not re.search(r"\]\(|\]\[|!\[|\]:", body)
    # As a reader sees it: references are text, in which a forge looks for mentions and addresses.
    body = html.unescape(body)
    assert not re.search(r"(?<!\u2060)@(?!\u2060)", body)
    assert not re.search(r"://|www\.|mailto:|GH-\d", body)
    assert not re.search(r"(?<![\u2060])#\d", body)
    assert not re.search(r"\b[0-9a-fA-F]{7,40}\b", body, re.ASCII)
    assert not re.search("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\x00-\x08]", body)


def test_a_flood_is_cut() -> None:
    shown = harmless(b"<details>\n" + b"word \n" * 100_000)
    assert len(shown.encode()) < LIMIT
    assert shown.rstrip().endswith("The rest has no room here.</details>")
