"""Runs the commands that the cases show, in a copy of each case, and compares what they print."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest

from nutgraf import cli

HERE = Path(__file__).resolve().parent
BLOCK = re.compile(r"^```console\n(?P<session>.*?)^```$", re.MULTILINE | re.DOTALL)
SECONDS = re.compile(r"\d+\.\d+ s\b")
CASES = sorted(path.parent.name for path in HERE.glob("*/case.md"))


@pytest.mark.parametrize("name", CASES)
def test_commands_print_what_the_case_shows(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    document = HERE / name / "case.md"
    folder = tmp_path / "site-of-case"
    shutil.copytree(document.parent, folder, ignore=shutil.ignore_patterns("case.md"))
    monkeypatch.chdir(folder)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "200")

    def session(match: re.Match[str]) -> str:
        lines = match["session"].splitlines(keepends=True)
        commands = [line for line in lines if line.startswith("$ ")]
        return "```console\n" + "".join(line + run(line[2:], capsys) for line in commands) + "```"

    expected = document.read_text(encoding="utf-8")
    assert BLOCK.search(expected), "the case shows no command"
    actual = BLOCK.sub(session, expected)
    if os.environ.get("NUTGRAF_SNAPSHOTS") == "1":
        document.write_text(actual, encoding="utf-8")
    assert actual == expected or os.environ.get("NUTGRAF_SNAPSHOTS") == "1"


def run(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command in the working folder and return what it prints, then its exit status if that is not 0."""
    program, *arguments = shlex.split(command)
    if program == "grep":
        return "".join(f"{path}\n" for path in published(arguments[0])) or "none\n"
    assert program == "nutgraf", f"{program} is not a command of a case"
    status = cli.main(arguments)
    captured = capsys.readouterr()
    printed = SECONDS.sub("… s", captured.out + captured.err)
    return printed + (f"exit status {status}\n" if status else "")


def published(text: str) -> list[str]:
    """Return the paths of the published files that contain `text`, in order."""
    files = (path for path in Path("site").rglob("*") if path.is_file())
    return sorted(path.relative_to("site").as_posix() for path in files if text.encode() in path.read_bytes())
