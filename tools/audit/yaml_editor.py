"""Types into the real content as an editor does, with yaml-language-server: `python -m tools.audit.yaml_editor`.

The server is the one that VS Code's YAML extension starts. It is told what .vscode/settings.json says, opens the story
of this repository and copies of it with a mistake each, and has to complete, explain and underline. It speaks the
Language Server Protocol over stdin and stdout (https://microsoft.github.io/language-server-protocol/specification).
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tools.audit.audit import HERE, ROOT, find_runtimes, install_checkers

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVER: Final = HERE / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
STORY: Final = ROOT / "content" / "stories" / "twitter-ai-openai.yml"
ENTITY: Final = ROOT / "content" / "entities" / "openai.yml"
_HERE: Final = "\N{BULLET}"
"""Stands in a text for the place of the cursor."""
_NUMBERS: Final = itertools.count(1)


@dataclass
class Server:
    """A language server that runs."""

    process: subprocess.Popen[bytes]
    settings: dict[str, Any]
    diagnostics: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    _number: int = 0

    def send(self, method: str, params: object, number: int | None = None) -> None:
        """Send a notification, or a request if it has a number."""
        self._write({"method": method, "params": params} | ({} if number is None else {"id": number}))

    def ask(self, method: str, params: object) -> Any:  # noqa: ANN401  # JSON
        """Send a request and return the result."""
        self._number += 1
        self.send(method, params, self._number)
        while True:
            message = self._read()
            if message.get("id") == self._number and "method" not in message:
                if "error" in message:
                    raise SystemExit(f"{method}: {message['error']}")
                return message["result"]

    def underlined(self, uri: str) -> list[dict[str, Any]]:
        """Return what the server finds wrong with a file."""
        while uri not in self.diagnostics:
            self._read()
        return self.diagnostics.pop(uri)

    def _read(self) -> dict[str, Any]:
        length = 0
        stream = self.process.stdout
        if stream is None:
            raise SystemExit("the server says nothing")
        while line := stream.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        if not length:
            raise SystemExit(f"yaml-language-server ended with {self.process.wait()}")
        message: dict[str, Any] = json.loads(stream.read(length))
        self._react(message)
        return message

    def _react(self, message: dict[str, Any]) -> None:
        if message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "workspace/configuration":
            asked = [one.get("section", "") for one in message["params"]["items"]]
            self._write({"id": message["id"], "result": [self.settings.get(one) for one in asked]})
        elif "id" in message and "method" in message:
            self._write({"id": message["id"], "result": None})

    def _write(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        if self.process.stdin is not None:
            self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
            self.process.stdin.flush()


@contextmanager
def serving(root: Path, settings: dict[str, Any]) -> Iterator[Server]:
    """Start the server for a folder, as an editor with some settings does."""
    yaml = {
        "schemas": {(root / path).as_uri(): globs for path, globs in settings["yaml.schemas"].items()},
        "validate": True,
        "hover": True,
        "completion": True,
        "schemaStore": {"enable": False},  # it would be fetched
    }
    given = {"yaml": yaml, "http": {}, "[yaml]": {"editor.tabSize": 2}, "editor": {"detectIndentation": False}}
    with subprocess.Popen(["node", SERVER, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        server = Server(process, given)
        snippets = {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}}
        abilities = {
            "textDocument": {
                "completion": snippets,
                "hover": {"contentFormat": ["markdown"]},
                "publishDiagnostics": {"relatedInformation": True},
            },
            "workspace": {"configuration": True, "workspaceFolders": True},
        }
        folders = [{"uri": root.as_uri(), "name": root.name}]
        server.ask(
            "initialize",
            {"processId": None, "rootUri": root.as_uri(), "capabilities": abilities, "workspaceFolders": folders},
        )
        server.send("initialized", {})
        server.send("workspace/didChangeConfiguration", {"settings": given})
        yield server
        server.ask("shutdown", None)
        server.send("exit", None)


class Editor:
    """A file in an editor, with a cursor."""

    def __init__(self, server: Server, path: Path, text: str) -> None:
        """Open a file that says `text`, in which a bullet marks the cursor."""
        before, _, behind = text.partition(_HERE)
        # Another file each time: what the server says of one may come late, and be of what stood there before.
        self.server, self.uri = server, path.with_name(f"{path.stem}-{next(_NUMBERS)}{path.suffix}").as_uri()
        self.position = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        document = {"uri": self.uri, "languageId": "yaml", "version": 1, "text": before + behind}
        server.send("textDocument/didOpen", {"textDocument": document})
        self.underlined = [
            (one["range"]["start"]["line"], one["message"], self._text(before + behind, one["range"]))
            for one in server.underlined(self.uri)
        ]

    @staticmethod
    def _text(text: str, place: dict[str, Any]) -> str:
        line = text.split("\n")[place["start"]["line"]]
        end = place["end"]["character"] if place["end"]["line"] == place["start"]["line"] else None
        return str(line[place["start"]["character"] : end])

    def completed(self) -> dict[str, str]:
        """Return what is offered at the cursor, with its explanation."""
        found = self.server.ask("textDocument/completion", self._at())
        return {one["label"]: _plain(one.get("documentation") or one.get("detail")) for one in found["items"]}

    def explained(self) -> str:
        """Return what is shown over the word at the cursor."""
        found = self.server.ask("textDocument/hover", self._at())
        return _plain(found["contents"]) if found else ""

    def _at(self) -> dict[str, Any]:
        return {"textDocument": {"uri": self.uri}, "position": self.position}


def _plain(found: object) -> str:
    return str(found.get("value", "")) if isinstance(found, dict) else str(found or "")


def _changed(path: Path, old: str, new: str) -> str:
    text = path.read_text(encoding="utf-8")
    if text.count(old) < 1:
        raise SystemExit(f"{path}: `{old}` is gone, and this audit has to be brought up to date")
    return text.replace(old, new, 1)


@dataclass(frozen=True)
class Try:
    """What is typed into a file, and what has to come of it.

    Attributes:
        path: the file.
        old, new: words that stand there, and those that take their place, with a bullet for the cursor.
        offers: completions that have to be among those offered, with words of their explanation.
        explains: words of what is shown over the cursor.
        underlines: the words that have to be underlined, and words of the message. Nothing else may be.
    """

    path: Path
    old: str
    new: str
    offers: tuple[tuple[str, str], ...] = ()
    explains: str = ""
    underlines: tuple[str, str] | None = None

    def faults(self, server: Server) -> Iterator[str]:
        """Try it, and yield what is not as it should be."""
        editor = Editor(server, self.path, _changed(self.path, self.old, self.new))
        if self.offers:
            offered = editor.completed()
            for label, words in self.offers:
                if label not in offered:
                    yield f"`{label}` is not offered, but {', '.join(offered)}"
                elif words not in offered[label]:
                    yield f"`{label}` is explained with: {offered[label]}"
        if self.explains and self.explains not in (shown := editor.explained()):
            yield f"`{self.explains}` is not said, but: {shown}"
        if self.underlines is None:
            yield from (f"`{words}` is underlined: {message}" for _, message, words in editor.underlined)
        elif [one for one in editor.underlined if one[2].startswith(self.underlines[0])] != editor.underlined[:1]:
            yield f"`{self.underlines[0]}` is not what is underlined: {editor.underlined}"
        elif self.underlines[1] not in editor.underlined[0][1]:
            yield f"the message is: {editor.underlined[0][1]}"


_NEW: Final = "    statements:\n      - id: gpu-purchase"
TRIES: Final = (
    # ids are offered, explained, and underlined where there are none
    Try(
        STORY,
        "by: elon-musk",
        "by: •elon-musk",
        offers=(("elon-musk", "co-founder"), ("openai", "OpenAI"), ("unnamed", "does not say who")),
        explains="Who says so",
    ),
    Try(STORY, "by: elon-musk", "by: elon-mosk", underlines=("elon-mosk", "elon-musk")),
    Try(
        STORY,
        "source: [business-insider-2023",
        "source: [•business-insider-2023",
        offers=(("semafor-2023", "Semafor"),),
    ),
    Try(STORY, "source: [business-insider-2023", "source: [bussiness-2023", underlines=("bussiness-2023", "")),
    Try(
        STORY,
        "    rests_on: [",
        "    rests_on: [•",
        offers=(("gpu-purchase", "people familiar with the company told Business Insider that"),),
    ),
    # words of closed lists
    Try(
        STORY,
        "certainty: ",
        "certainty: •",
        offers=(("found", "A court, an inquiry"), ("claimed", "A party")),
        explains="How sure it is",
    ),
    Try(STORY, "certainty: established", "certainty: proven", underlines=("proven", "Write one of: speculated")),
    Try(ENTITY, "kind: organisation", "kind: •organisation", offers=(("person", "A human being"),)),
    Try(ENTITY, "kind: organisation", "kind: organization", underlines=("organization", "Write one of: person")),
    # fields
    Try(STORY, "        certainty:", "        •certainty:", explains="How sure it is"),
    Try(STORY, "        certainty:", "        certenty:", underlines=("certenty", "not allowed")),
    Try(
        STORY,
        _NEW,
        f"    statements:\n      - •\n{_NEW.partition(chr(10))[2]}",
        offers=(("new statement", "what is said"), ("new denial", "denies"), ("text", "main clause")),
        underlines=("", ""),
    ),
    # forms
    Try(STORY, "when: 2023", "when: 11.4.2023 #", underlines=("11.4.2023", "Write a date, year first")),
    Try(STORY, "amount: 10000", "amount: 10k", underlines=("10k", "digits only")),
)
_BLANK: Final = {
    "stories": ("new story", "title"),
    "entities": ("new entity", "name"),
    "sources": ("new source", "publisher"),
    "glossary": ("new term", "label"),
}
"""What an empty file of each folder has to offer."""


def faults(server: Server) -> Iterator[str]:
    """Try everything, and yield what is not as it should be."""
    for path in sorted((ROOT / "content").glob("*/*.yml")):
        found = Editor(server, path, path.read_text(encoding="utf-8")).underlined
        yield from (f"{path}:{line + 1}: `{words}` is underlined: {message}" for line, message, words in found)
    for one in TRIES:
        yield from (f"{one.new!r}: {fault}" for fault in one.faults(server))
    for folder, labels in _BLANK.items():
        offered = Editor(server, ROOT / "content" / folder / "new.yml", _HERE).completed()
        yield from (f"an empty file in {folder}/ does not offer `{one}`" for one in labels if one not in offered)


def main() -> None:
    """Try all of it, and end with 1 if something is not as it should be."""
    install_checkers(find_runtimes().npm)
    subprocess.run([Path(sys.prefix) / "bin" / "nutgraf", "schema"], cwd=ROOT, check=True)
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    with serving(ROOT, settings) as server:
        found = [*faults(server)]
    for line in found:
        print(line)
    print(f"yaml-language-server: {len(TRIES) + len(_BLANK)} tries, {len(found)} faults.")
    if found:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
