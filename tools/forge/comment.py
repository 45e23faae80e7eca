"""Writes the report of a pull request below it: `python -m tools.forge.comment FILE`.

It runs in a workflow of its own, which may write comments and runs no code of the pull request. The file that it is
given comes from the workflow that does, and may hold anything. So the pull request is looked up by the commit of the
event, and of the file only what our own reports are made of is let through: plain words, a few tags, no links, no
images, no mentions.
"""

from __future__ import annotations

import argparse
import html
import re
import string
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tools.forge.github import Forge, event

if TYPE_CHECKING:
    from collections.abc import Iterable

MARK = "<!-- nutgraf diff -->"
"""As in nutgraf.reporters.markdown, which is not imported: nothing is installed here."""
LIMIT = 64_000
"""Bytes of a comment."""
_TAG = re.compile(r"&lt;(/?(?:b|blockquote|br|del|details|ins|span|summary))&gt;")
HARMLESS = re.compile(
    r"content/(?:[^/]+/)*[^/]+\.(?:ya?ml|txt|csv|png|jpe?g|gif|webp|avif|ico|pdf|woff2?|ttf|otf)|(?:[^/]+/)*[^/]+\.md",
    re.IGNORECASE,
)
"""What has no say in a report: the data that it compares, and what is only read. A change of anything else (a module
that Python finds first, a Makefile by another name, a template) may have the report say anything."""
NOT_ALONE = (
    "**This pull request changes more than content: the program that makes this report, or what it does not compare.** "
    "So do not rely on the report alone: look at all files."
)
NOT_ALL = (
    "**This pull request changes so many files that not all could be looked at.** So do not rely on the report alone: "
    "look at all files."
)
_ENTITY = re.compile(r"&(?!(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot);)")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot);")
_LIVE = frozenset("@#:/.-")
"""Signs that make something of the letters beside them, even where they are written as references: GitHub looks for
mentions, issues and addresses in the text that comes out."""
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LINKING = re.compile(
    r"@|(?<!&)#(?=\d)|(?<=[\w])/(?=[\w.-]+#)|\bGH-(?=\d)|\]\s*[(\[:]|!\[|\b[a-zA-Z][a-zA-Z0-9+.-]*://|\bwww\.|mailto:"
    # The hash of a commit.
    r"|(?<![0-9a-zA-Z_])[0-9a-fA-F]{7,40}(?![0-9a-zA-Z_])"
)
_JOINER = "\u2060"


def warning(paths: Iterable[str], are_all: bool) -> str:  # noqa: FBT001 - as the forge tells both
    """Return what is to be said in front of a report; empty if it can be relied on.

    Args:
        paths: the files that the pull request changes.
        are_all: whether there are no others.
    """
    if not all(map(HARMLESS.fullmatch, paths)):
        return NOT_ALONE
    return "" if are_all else NOT_ALL


def harmless(data: bytes) -> str:
    """Return what may stand in a comment of a text that anybody may have written.

    Args:
        data: the file, at best in UTF-8.

    Returns:
        Markdown, below the limit, that begins with our mark. Tags that are opened are closed.
    """
    text = data[: LIMIT * 2].decode(errors="replace").replace("\r\n", "\n")
    text = _UNSEEN.sub("", text).removeprefix(MARK)
    text = (
        _UNSEEN.sub("", _REFERENCE.sub(_settled, _ENTITY.sub("&amp;", text))).replace("<", "&lt;").replace(">", "&gt;")
    )
    text = _TAG.sub(r"<\1>", text)
    text = _LINKING.sub(
        lambda found: _JOINER.join([*found[0]]) if len(found[0]) > 1 else f"{_JOINER}{found[0]}{_JOINER}", text
    )
    room = LIMIT - 1_000
    cut = text.encode()[:room].decode(errors="ignore")
    if len(cut) < len(text):
        cut = f"{cut[: cut.rfind(chr(10))]}\n\nThe rest has no room here."
    return f"{MARK}\n{_closed(cut)}\n"


def _settled(found: re.Match[str]) -> str:
    """Return a sign that is written as a reference: as such if Markdown could make something of it, else as it is."""
    sign = html.unescape(found[0])
    if sign not in string.punctuation:
        return sign
    joiner = _JOINER if sign in _LIVE else ""
    return f"{joiner}&#{ord(sign)};{joiner}"


def _closed(text: str) -> str:
    """Return a text in which every tag that opens is closed, and none closes what was not opened."""
    open_tags: list[str] = []
    parts: list[str] = []
    for part in re.split(r"(</?[a-z]+>)", text):
        name = part.strip("</>") if re.fullmatch(r"</?[a-z]+>", part) else ""
        if not name or name == "br":
            parts.append(part)
        elif part[1] != "/":
            open_tags.append(name)
            parts.append(part)
        elif open_tags and open_tags[-1] == name:
            open_tags.pop()
            parts.append(part)
    return "".join([*parts, *(f"</{name}>" for name in reversed(open_tags))]).rstrip()


def main() -> None:
    """Write the comment."""
    parser = argparse.ArgumentParser(description="Write the report of a pull request below it.")
    parser.add_argument("file", type=Path, help="the report")
    path: Path = parser.parse_args().file
    if path.is_symlink() or not path.is_file():
        raise SystemExit(f"{path} is no file: there is no report")
    run = event()["workflow_run"]
    forge = Forge.here()
    number = forge.pull_request(run["head_repository"]["owner"]["login"], run["head_branch"], run["head_sha"])
    if number is None:
        print("There is no open pull request with that commit any more.", file=sys.stderr)
        return
    text = harmless(path.read_bytes())
    warned = warning(*forge.files(number))
    if warned:
        text = text.replace(MARK, f"{MARK}\n\n{warned}\n", 1)
    print(f"The comment on {number} is {forge.say(number, MARK, text)}.")


if __name__ == "__main__":
    main()
