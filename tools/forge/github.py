"""The few things that our workflows ask of GitHub's REST interface (https://docs.github.com/rest).

It needs no package, so that a workflow which may write to pull requests installs nothing. Addresses, names and texts
that come with an event are data: they go into JSON and, quoted, into addresses, never into a command.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

BOT = "github-actions[bot]"
PER_PAGE = 100
MOST_PAGES = 30
TIMEOUT = 30
"""Seconds for one answer."""


@dataclass(frozen=True)
class Forge:
    """A repository on GitHub, and the right to speak there.

    Attributes:
        api: the address of the interface, `https://api.github.com` or that of one's own server.
        repository: `owner/name`.
        token: of the workflow.
    """

    api: str
    repository: str
    token: str

    @classmethod
    def here(cls) -> Forge:
        """Return that of the workflow that runs this.

        Raises:
            SystemExit: none does.
        """
        missing = [name for name in ("GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_TOKEN") if not os.environ.get(name)]
        if missing:
            raise SystemExit(f"{', '.join(missing)} is not set: this is for a workflow of GitHub")
        return cls(os.environ["GITHUB_API_URL"], os.environ["GITHUB_REPOSITORY"], os.environ["GITHUB_TOKEN"])

    def pull_request(self, owner: str, branch: str, commit: str) -> int | None:
        """Return the number of the open pull request whose newest commit is the one named, None if there is none.

        The artifact of a workflow is not asked: it was made by the code of the pull request.
        """
        found = self._ask("GET", f"pulls?{urlencode({'state': 'open', 'head': f'{owner}:{branch}'})}")
        return next((int(one["number"]) for one in found if one["head"]["sha"] == commit), None)

    def files(self, number: int) -> tuple[list[str], bool]:
        """Return the paths of the files that a pull request changes, and whether these are all.

        Files that it moves are there by both names. GitHub tells of 3,000 at the most.
        """
        paths: list[str] = []
        for page in range(1, MOST_PAGES + 1):
            found = self._ask("GET", f"pulls/{number}/files?{urlencode({'per_page': PER_PAGE, 'page': page})}")
            paths += [one[name] for one in found for name in ("filename", "previous_filename") if one.get(name)]
            if len(found) < PER_PAGE:
                return paths, True
        return paths, False

    def say(self, number: int, mark: str, text: str) -> str:
        """Write a comment on an issue or pull request, in the place of our last one there.

        Args:
            number: of the issue or pull request.
            mark: what our comments of this kind begin with.
            text: the comment; it begins with the mark.

        Returns:
            "written" or "rewritten".
        """
        page = 1
        while True:
            found = self._ask("GET", f"issues/{number}/comments?{urlencode({'per_page': PER_PAGE, 'page': page})}")
            mine = [one for one in found if one["user"]["login"] == BOT and one["body"].startswith(mark)]
            if mine:
                self._ask("PATCH", f"issues/comments/{int(mine[0]['id'])}", {"body": text})
                return "rewritten"
            if len(found) < PER_PAGE:
                break
            page += 1
        self._ask("POST", f"issues/{number}/comments", {"body": text})
        return "written"

    def _ask(self, method: str, what: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        address = f"{self.api}/repos/{quote(self.repository)}/{what}"
        if not address.startswith(("https://", "http://127.0.0.1:")):
            raise SystemExit(f"{self.api} is not the address of GitHub's interface")
        request = Request(  # noqa: S310 - the scheme was looked at
            address,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {self.token}",
                "X-GitHub-Api-Version": "2022-11-28",
                "Content-Type": "application/json",
                "User-Agent": "nutgraf",
            },
        )
        try:
            with urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310 - as above
                return json.load(answer)
        except HTTPError as error:
            why = HTTPStatus(error.code).phrase
            raise SystemExit(f"{method} {what.partition('?')[0]}: {error.code} {why}") from error


def event() -> dict[str, Any]:
    """Return what started the workflow.

    Raises:
        SystemExit: no workflow runs this.
    """
    path = os.environ.get("GITHUB_EVENT_PATH")
    if not path:
        raise SystemExit("GITHUB_EVENT_PATH is not set: this is for a workflow of GitHub")
    found: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
    return found
