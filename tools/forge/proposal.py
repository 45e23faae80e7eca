"""Turns the answers of the form "Propose a change" into YAML: `python -m tools.forge.proposal [--print]`.

The answers are what anybody may have typed. They become values in YAML that is laid out by `nutgraf fmt` and read again
before it is shown, so nothing in them can end a text and begin a field. In the comment the YAML stands in a block of
code that no line of it can close. An editor looks at it; nothing is written into the content.
"""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from nutgraf.diagnostics import near
from nutgraf.editing.add import id_for, record, statement
from nutgraf.loading.content import load
from nutgraf.loading.tree import read_tree
from nutgraf.model import FuzzyDate
from nutgraf.model.dates import DateError
from nutgraf.model.record import is_address
from tools.forge.github import Forge, event

if TYPE_CHECKING:
    from collections.abc import Mapping
    from urllib.parse import SplitResult

    from nutgraf.loading.content import Content, Loaded
    from nutgraf.model import Statement

CONTENT = Path("content")
FOLDER = Path("build/proposal")
FORM = Path(".github/ISSUE_TEMPLATE/change.yml")
MARK = "<!-- nutgraf proposal -->"
NO_RESPONSE = "_No response_"
"""What GitHub writes for an empty answer."""
LONGEST = 4_000
"""Characters of one answer."""
_DATE = re.compile(r"`([^`]+)`")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True)
class Proposal:
    """What somebody proposes.

    Attributes:
        files: texts of records, by path from the content folder; of a story, the new or changed statement alone.
        told: what an editor should know, a line each.
    """

    files: Mapping[str, str]
    told: tuple[str, ...]


def labels() -> dict[str, str]:
    """Return the name of each answer by the heading that stands above it."""
    import yaml  # noqa: PLC0415 - MkDocs brings it; the form is our own file

    form = yaml.safe_load(FORM.read_text(encoding="utf-8"))
    return {one["attributes"]["label"]: one["id"] for one in form["body"] if "id" in one}


def answers(body: str, names: Mapping[str, str]) -> dict[str, str]:
    """Return the answers of an issue that a form made.

    Args:
        body: a heading of the third level for each question, the answer below it. One inside an answer counts as
            such only if it is the heading of a question that has not come yet.
        names: of the answers, by heading, in the order of the form.
    """
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in body.replace("\r\n", "\n").split("\n"):
        name = names.get(line.removeprefix("### ").strip()) if line.startswith("### ") else None
        if name is not None and name not in found:
            current = found.setdefault(name, [])
        elif current is not None:
            current.append(line)
    told = {name: _UNSEEN.sub("", "\n".join(lines)).strip()[:LONGEST] for name, lines in found.items()}
    return {name: text for name, text in told.items() if text and text != NO_RESPONSE}


def proposal(given: Mapping[str, str], tree: Mapping[str, bytes]) -> Proposal:
    """Return answers as records.

    Args:
        given: the answers by name.
        tree: the files of the content.
    """
    loaded = load(tree)
    content = loaded.content
    told: list[str] = []
    files: dict[str, str] = {}
    source = _source(given, content, files, told)
    text = " ".join(given.get("text", "").split()).rstrip(".")
    if given.get("what") == "A word wants explaining":
        label, _, explanation = text.partition(":")
        name = _free(id_for(label) or "new-term", content.terms)
        fields = {"label": label.strip(), "short": f"{explanation.strip() or 'TODO'}.", "source": source}
        files[f"glossary/{name}.yml"] = record("glossary", name, fields).data.decode()
        return Proposal(files, tuple(told))
    story, known = _about(given.get("where", ""), content)
    if story is None:
        told.append("The answers do not say which story it is about.")
        story = next(iter(content.stories), None)
    if story is not None and text:
        files[f"stories/{story}.yml"] = _statement(given, loaded, tree, story, known, text, source, told)
    return Proposal(files, tuple(told))


def _about(where: str, content: Content) -> tuple[str | None, Statement | None]:
    """Return the story and the statement that an address or an id names."""
    parts = _split(where.strip())
    pieces = [one for one in re.split(r"[/#]+", f"{parts.path}#{parts.fragment}") if one] if parts else []
    story = next((one for one in pieces if one in content.stories), None)
    every = {
        f"{name}/{one.id}": (name, one)
        for name, record_ in content.stories.items()
        for section in record_.sections
        for one in section.statements
    }
    for key, (name, one) in every.items():
        if one.id in pieces and (story in {None, name}):
            return key.partition("/")[0], one
    return story, None


def _split(address: str) -> SplitResult | None:
    """Return the parts of an address; None where it cannot be taken apart."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


def _source(given: Mapping[str, str], content: Content, files: dict[str, str], told: list[str]) -> str:
    """Return the id of the source that is named: one that is there, or a new one, which is put into the files."""
    address, named = given.get("address", "").split(" ")[0], " ".join(given.get("source", "").split())
    if not address and not named:
        told.append("No source is named. A statement needs one.")
        return ""
    same = next((name for name, one in content.sources.items() if address and str(one.url) == address), None)
    if same:
        return same
    publishers = {one.name.casefold(): name for name, one in content.entities.items()}
    parts = _split(address)
    host = ((parts and parts.hostname) or "").removeprefix("www.")
    publisher = publishers.get(named.casefold(), "unknown")
    name = _free(id_for(named or host) or "new-source", content.sources)
    web = address if is_address(address) else ""
    if address and not web:
        told.append("The address is not a web address, so it is left out.")
    fields = {
        "title": "" if publisher != "unknown" else named,
        "publisher": publisher,
        "published": _day(given.get("date", "")),
        "url": web,
        "read": "no",
    }
    files[f"sources/{name}.yml"] = record("sources", name, fields).data.decode()
    told.append(f"The source `{name}` is new. Read it, and take `read: no` out.")
    if publisher == "unknown":
        told.append("Its publisher is not among the entities, or not named.")
    return name


def _day(text: str) -> str:
    """Return a date in our grammar, `unknown` where there is none."""
    try:
        return FuzzyDate.parse(text.strip()).text
    except DateError as error:
        meant = _DATE.findall(error.help)
        return meant[0] if len(meant) == 1 and text.strip() else "unknown"


def _statement(  # noqa: PLR0913, PLR0917 - all that a statement is made from
    given: Mapping[str, str],
    loaded: Loaded,
    tree: Mapping[str, bytes],
    story: str,
    known: Statement | None,
    text: str,
    source: str,
    told: list[str],
) -> str:
    """Return a new statement as YAML, or one that is there with its new text."""
    by = _asserter(given, loaded.content, told)
    ids = [one.id for section in loaded.content.stories[story].sections for one in section.statements]
    fields: dict[str, Any] = {"id": _free(id_for(text) or "new-statement", ids), "text": text}
    if given.get("what") == "Something is wrong" and known is not None:
        fields["id"] = str(known.id)
        told.append(f"This is another text for the statement `{known.id}`. Keep its other fields.")
    elif given.get("what", "").startswith("I am named") and known is not None:
        told.append(f"This answers `{known.id}`: name it there, in `reply` of its `accuses`.")
    fields |= {"source": source, "by": by}
    sections = loaded.content.stories[story].sections
    made = statement(tree, loaded, story, fields, section=len(sections) - 1 if sections else None)
    lines = made.data.decode().splitlines()
    below = [lines[made.line - 1]]
    depth = len(below[0]) - len(below[0].lstrip(" "))
    for line in lines[made.line :]:
        if line.strip() and len(line) - len(line.lstrip(" ")) <= depth:
            break
        below.append(line)
    return "\n".join(line[depth:] for line in below).rstrip() + "\n"


def _asserter(given: Mapping[str, str], content: Content, told: list[str]) -> Any:  # noqa: ANN401 - as YAML has it
    by = " ".join(given.get("by", "").split())
    if not by or by.casefold() == "unnamed":
        return by.casefold()
    names = {one.name.casefold(): name for name, one in content.entities.items()}
    names |= {one.short.casefold(): name for name, one in content.entities.items() if one.short}
    if by.casefold() in names:
        return names[by.casefold()]
    meant = near(by.casefold(), names)
    hint = f" Is `{names[meant]}` meant?" if meant else " Add them: `nutgraf add entity`."
    told.append(f"Who says so is not among the entities.{hint}")
    return {"who": by}


def _free(name: str, taken: Any) -> str:  # noqa: ANN401 - a container of ids
    return next(one for one in (name, *(f"{name}-{number}" for number in range(2, 10_000))) if one not in taken)


def comment(made: Proposal) -> str:
    """Return the comment below the issue. A fence is longer than any in the text, so nothing in it ends the block."""
    parts = [MARK, "This is the proposal as data, for an editor to look at. Nothing has been changed."]
    for path, text in made.files.items():
        runs = [len(run) for run in re.findall(r"`+", text)]
        fence = "`" * max([3, *(run + 1 for run in runs)])
        parts.append(f"`{CONTENT.as_posix()}/{path}`\n\n{fence}yaml\n{text}{fence}")
    if made.told:
        parts.append("\n".join(f"- {line}" for line in made.told))
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Write the proposal that the event holds into files, and below the issue."""
    parser = argparse.ArgumentParser(description="Turn the answers of a form into YAML.")
    parser.add_argument("--print", action="store_true", help="print it instead of writing it below the issue")
    only_print = parser.parse_args().print
    issue = event()["issue"]
    made = proposal(answers(issue["body"] or "", labels()), read_tree(CONTENT).files)
    for path, text in made.files.items():
        place = FOLDER / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    if only_print:
        print(comment(made), end="")
    else:
        print(f"The proposal is {Forge.here().say(int(issue['number']), MARK, comment(made))}.")


if __name__ == "__main__":
    main()
