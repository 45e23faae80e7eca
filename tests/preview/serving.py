"""A preview that runs: the command itself, in a process of its own, over real sockets."""

from __future__ import annotations

import http.client
import json
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NUTGRAF = str(Path(sys.executable).with_name("nutgraf"))
LONG = float(os.environ.get("NUTGRAF_TEST_PATIENCE", "60"))
"""Seconds that anything may take on a busy machine, before a test gives up."""
STORY = "content/stories/town-clock.yml"
PAGE = "/stories/town-clock/"


class Preview:
    """A `nutgraf serve` of a site.

    Attributes:
        site: its folder.
        url: where it is, without a slash at the end.
        port: where it listens.
        told: what it has said in the terminal so far, a line each.
    """

    def __init__(self, site: Path, *options: str, address: str = "127.0.0.1:0") -> None:
        """Start it, and wait until it says where it is."""
        self.site = site
        self.told: list[str] = []
        self._heard = threading.Condition()
        command = [NUTGRAF, "serve", "-a", address, *options]
        environment = {**os.environ, "COLUMNS": "120", "NO_COLOR": "1"}
        self.process = subprocess.Popen(
            command, cwd=site, env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        self._ear = threading.Thread(target=self._listen, daemon=True)
        self._ear.start()
        line = self.wait_until_told(r"Serving http://\S+")
        self.url = re.findall(r"http://\S+(?=/)", line)[0]
        self.port = int(self.url.rpartition(":")[2])

    def _listen(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            with self._heard:
                self.told.append(line.rstrip("\n"))
                self._heard.notify_all()

    def wait_until_told(self, pattern: str, times: int = 1) -> str:
        """Wait for a line in the terminal in which `pattern` is found, so many times, and return the last."""

        def lines() -> list[str]:
            return [line for line in self.told if re.search(pattern, line)]

        with self._heard:
            heard = self._heard.wait_for(lambda: len(lines()) >= times or self.process.poll() is not None, LONG)
        assert heard, f"{pattern} was not said in\n" + "\n".join(self.told)
        assert len(lines()) >= times, f"it has ended, and {pattern} was not said in\n" + "\n".join(self.told)
        return lines()[-1]

    def stop(self, number: int = signal.SIGINT) -> int:
        """End it, and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(LONG)

    def close(self) -> None:
        """End it whatever it does, and forget it."""
        self.process.kill()
        self.process.wait(LONG)
        self._ear.join(LONG)
        if self.process.stderr is not None:
            self.process.stderr.close()

    # Requests

    def ask(self, target: str, method: str = "GET", **headers: str) -> Answer:
        """Send a request of which nothing is corrected, and return the answer.

        Args:
            target: as it is sent.
            method: of HTTP.
            headers: with underscores for hyphens.
        """
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONG)
        connection.putrequest(method, target, skip_host="Host" in headers, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        response = connection.getresponse()
        answer = Answer(response.status, dict(response.headers), response.read())
        connection.close()
        return answer

    def page(self, path: str = PAGE) -> str:
        """Return the text of a page."""
        return self.ask(path).body.decode()

    @contextmanager
    def events(self, query: str = "") -> Iterator[Events]:
        """Listen to the stream, with what a browser says of the page that it shows."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=LONG) as connection:
            request = f"GET /.nutgraf/events{query} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n"
            connection.sendall(request.encode())
            yield Events(connection)

    def wait(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait until the stream says what is wanted, and return that."""
        with self.events() as events:
            return events.wait(wanted)

    # Files

    def write(self, path: str, text: str) -> None:
        """Write a file of the site, as editors do that write in place."""
        file = self.site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def read(self, path: str) -> str:
        """Return the text of a file."""
        return (self.site / path).read_text(encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        """Put one text in the place of another."""
        text = self.read(path)
        assert old in text, f"{old!r} is not in {path}"
        self.write(path, text.replace(old, new))


class Answer:
    """What was answered.

    Attributes:
        status: of HTTP.
        headers: by their names as they were sent.
        body: all of it.
    """

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        """Keep it."""
        self.status = status
        self.headers = {name.lower(): value for name, value in headers.items()}
        self.body = body


class Events:
    """What the stream says, read in a thread of its own."""

    def __init__(self, connection: socket.socket) -> None:
        """Begin to read."""
        self._said: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._connection = connection
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        try:
            with self._connection.makefile(encoding="utf-8") as lines:
                for line in lines:
                    if line.startswith("data: "):
                        self._said.put(json.loads(line.removeprefix("data: ")))
        except (OSError, ValueError):
            pass
        self._said.put(None)

    def wait(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait for an event, and return it."""
        while True:
            said = self._said.get(timeout=LONG)
            assert said is not None, "the stream has ended"
            if wanted(said):
                return said


def headlines(event: dict[str, Any]) -> list[str]:
    """Return what an event says is wrong."""
    return [item["headline"] for item in event["problems"]["items"]]


def is_well(event: dict[str, Any]) -> bool:
    """Tell whether an event says that there is no error."""
    return not event["problems"]["errors"]


def is_broken(event: dict[str, Any]) -> bool:
    """Tell whether an event says that there is an error."""
    return not is_well(event)
