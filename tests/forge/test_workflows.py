"""The workflows: what they may do, that they are safe for forks, and that what they call works."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING, Any

import click
import pytest
import yaml

from nutgraf.cli import commands
from nutgraf.theme.mkdocs_adapter import propose_uri
from tests.making import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
MAKE = re.compile(r"make (?P<target>[a-z-]+)(?: (?P<name>[A-Z]+)=\"[$A-Za-z/]+\")?")
WRITES = {
    ("comment.yml", "comment"): {"pull-requests"},
    ("pages.yml", "deploy"): {"pages", "id-token"},
    ("proposal.yml", "proposal"): {"issues"},
}
"""All that any job may write."""


def _read(path: Path) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def _steps() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in WORKFLOWS:
        for job in _read(path)["jobs"].values():
            yield from ((path.name, step) for step in job["steps"])


def test_all_are_there() -> None:
    assert {path.name for path in WORKFLOWS} == {
        "check.yml",
        "comment.yml",
        "pages.yml",
        "proposal.yml",
        "pull-request.yml",
    }


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_job_may_do_what_it_needs_and_no_more(path: Path) -> None:
    workflow = _read(path)
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        may_write = {what for what, how in job["permissions"].items() if how == "write"}
        assert may_write == WRITES.get((path.name, name), set())
        assert job["timeout-minutes"] <= 90


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_commit(path: Path) -> None:
    used = re.findall(r"(?m)^\s*(?:- )?uses: (.*)$", path.read_text(encoding="utf-8"))
    assert used
    for one in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one), one


def test_nothing_of_an_event_reaches_a_command_and_no_token_stays() -> None:
    for name, step in _steps():
        assert "${{" not in step.get("run", ""), name
        if "checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False, name


def test_what_may_write_runs_no_code_of_a_pull_request() -> None:
    for path in WORKFLOWS:
        workflow = _read(path)
        # YAML 1.1 takes `on` for a truth value.
        events = workflow[True]
        if "pull_request" in events:
            assert not any(file == path.name for file, _ in WRITES)
        assert "pull_request_target" not in events
        if "workflow_run" in events:
            checkouts = [
                step for job in workflow["jobs"].values() for step in job["steps"] if "checkout" in step.get("uses", "")
            ]
            assert [one["with"]["ref"] for one in checkouts] == ["${{ github.event.repository.default_branch }}"]


def test_the_comment_waits_for_the_report() -> None:
    comment, request = (_read(ROOT / ".github" / "workflows" / name) for name in ("comment.yml", "pull-request.yml"))
    assert comment[True]["workflow_run"]["workflows"] == [request["name"]]
    uploaded = {
        step["with"]["name"]
        for job in request["jobs"].values()
        for step in job["steps"]
        if "upload-artifact" in step.get("uses", "")
    }
    (fetched,) = (
        step["with"]["name"]
        for step in comment["jobs"]["comment"]["steps"]
        if "download-artifact" in step.get("uses", "")
    )
    assert fetched in uploaded


def _targets() -> set[str]:
    found = set()
    for name, step in _steps():
        if "run" in step:
            called = MAKE.fullmatch(step["run"].strip())
            assert called, f"{name}: {step['run']}"
            found.add(called["target"])
    return found


def test_they_call_make_and_nothing_else() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    declared = set(re.findall(r"(?m)^([a-z-]+):", makefile))
    assert _targets() <= declared
    # The three that .ci/run calls, `site`, which `audit` needs, and those that tests here run.
    assert _targets() == {"lint", "test", "audit", "site", "report", "comment", "proposal"}


def test_make_report_writes_what_is_uploaded(tmp_path: Path) -> None:
    """In a clone, whose environment is this one."""
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)  # noqa: S607 - whichever git there is
    story = clone / "content/stories/twitter-ai-openai.yml"
    text = story.read_text(encoding="utf-8")
    story.write_text(text.replace("when: 2018-02-20", "when: 2018-02-21", 1), encoding="utf-8")
    environment = {**os.environ, "GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}
    venv = ROOT / ".venv"
    command = ["make", "-o", f"{venv}/.installed-site", "report", "BASE=HEAD", f"VENV={venv}"]
    done = subprocess.run(command, cwd=clone, env=environment, capture_output=True, text=True, check=False)
    comment = (clone / "build/report/comment.md").read_text(encoding="utf-8")
    assert comment.startswith("<!-- nutgraf diff -->\n\n**Readers will see")
    assert "date-changed" in comment
    assert (tmp_path / "summary.md").read_text(encoding="utf-8") == comment
    assert "::warning file=content/stories/twitter-ai-openai.yml,line=" in done.stdout
    assert done.returncode == 0, done.stderr
    assert (clone / "build/report/changes.sarif").is_file()


def test_make_report_fails_on_a_grave_change_after_it_has_written(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)  # noqa: S607 - whichever git there is
    story = clone / "content/stories/twitter-ai-openai.yml"
    text = story.read_text(encoding="utf-8")
    story.write_text(text.replace("source: [business-insider-2023, ai-catalog-2023]", "source: ai-catalog-2023", 1))
    venv = ROOT / ".venv"
    command = ["make", "-o", f"{venv}/.installed-site", "report", "BASE=HEAD", f"VENV={venv}"]
    done = subprocess.run(command, cwd=clone, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "source-removed" in done.stdout
    assert "revisions:" in done.stdout
    assert "source-removed" in (clone / "build/report/comment.md").read_text(encoding="utf-8")


# What stands beside the workflows


def test_the_form_can_be_filled_in_by_a_link() -> None:
    form = _read(ROOT / ".github" / "ISSUE_TEMPLATE" / "change.yml")
    config: Any = type("Config", (), {"repo_url": "https://github.com/a/b"})
    link = propose_uri(config)
    assert link is not None
    names = re.findall(r"[?&](\w+)=", link)
    assert names[0] == "template"
    assert set(names[1:]) <= {one["id"] for one in form["body"] if "id" in one}
    assert form["labels"] == ["proposal"]
    workflow = (ROOT / ".github" / "workflows" / "proposal.yml").read_text(encoding="utf-8")
    assert "contains(github.event.issue.labels.*.name, 'proposal')" in workflow


def test_hooks_for_others_call_commands_that_are_there() -> None:
    hooks: Any = _read(ROOT / ".pre-commit-hooks.yaml")
    assert [one["id"] for one in hooks] == ["nutgraf-check", "nutgraf-fmt"]
    for one in hooks:
        program, command = one["entry"].split()
        assert program == "nutgraf"
        assert command in commands.list_commands(click.Context(commands))
        assert re.search(one["files"], "content/stories/x.yml")
        assert re.search(one["files"], "news/content/entities/x.yaml")
        assert not re.search(one["files"], "content/about.md")
