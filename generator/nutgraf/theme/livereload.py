"""The live reload server of MkDocs, mended: a failed rebuild leaves the last good site in place.

MkDocs empties the folder that it serves before each build, and answers no request any more after one that failed, until
another succeeds. Here each build goes into a folder of its own, which is served only once it is whole.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer


class Tell(Protocol):
    """Shows why a rebuild failed."""

    def __call__(self, error: Exception, /) -> None:
        """Show `error`."""


class StagedServe:
    """The folders of one `serve`: what is shown, and what is being built."""

    def __init__(self) -> None:
        """Begin with nothing to show."""
        self._shown: Path | None = None
        self._next: Path | None = None

    def redirect(self, config: MkDocsConfig) -> None:
        """Let the build that begins write into a new folder."""
        self.discard()
        self._next = Path(tempfile.mkdtemp(prefix="nutgraf-"))
        config.site_dir = str(self._next)

    def attach(self, server: LiveReloadServer, tell: Tell) -> None:
        """Serve what the first build made, and after each rebuild what that made, if it succeeds.

        Args:
            server: MkDocs' server, about to start.
            tell: shows why a rebuild failed.
        """
        rebuild: Callable[[], None] = server.builder

        def builder() -> None:
            try:
                rebuild()
            except Exception as error:  # noqa: BLE001  # whatever it is, the server must go on
                self.discard()
                tell(error)
            else:
                self._show(server)

        server.builder = builder
        server.error_handler = self._error_page
        self._show(server)

    def discard(self) -> None:
        """Remove what a build that failed has made."""
        if self._next is not None:
            shutil.rmtree(self._next, ignore_errors=True)
        self._next = None

    def close(self) -> None:
        """Remove the folders."""
        self.discard()
        if self._shown is not None:
            shutil.rmtree(self._shown, ignore_errors=True)
        self._shown = None

    def _show(self, server: LiveReloadServer) -> None:
        if self._next is None:
            return
        former, self._shown, self._next = self._shown, self._next, None
        server.root = str(self._shown)
        if former is not None:
            shutil.rmtree(former, ignore_errors=True)

    def _error_page(self, code: int) -> bytes | None:
        page = self._shown / f"{code}.html" if self._shown is not None else None
        return page.read_bytes() if page is not None and page.is_file() else None
