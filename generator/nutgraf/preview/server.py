"""Runs the preview until it is ended."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
import os
import signal
import socket
import sys
import threading
import time
import webbrowser
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import uvicorn

from nutgraf.preview import error_diagnostics, priority
from nutgraf.preview.asgi_app import Preview
from nutgraf.preview.background_thread import Worker, Workers
from nutgraf.preview.editor_links import Editor
from nutgraf.preview.error_overlay import panel
from nutgraf.preview.host_check import HostCheck
from nutgraf.preview.state import RefreshResult
from nutgraf.preview.terminal import Terminal
from nutgraf.preview.watcher import Stamp, Watch, changed_between, stamps

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Mapping
    from types import FrameType

    from rich.console import Console
    from starlette.applications import Starlette

    from nutgraf.preview.listen_address import Listening
    from nutgraf.preview.state import PreviewState

PATIENCE: Final = 0.15
"""Seconds without a further change after which mistakes are told. What is right is shown at once; but an editor may
have written half of a file, and git half of a branch."""


@dataclass(frozen=True, slots=True)
class PreviewOptions:
    """How a site is shown.

    Attributes:
        editor: makes the links that open files.
        hosts: further names under which it may be asked for.
        open: whether a browser is opened.
    """

    editor: Editor = field(default_factory=Editor)
    hosts: Collection[str] = ()
    open: bool = False


def serve(live: PreviewState, listening: Listening, console: Console, options: PreviewOptions) -> None:
    """Show a site until Ctrl-C, or until the process is told to end.

    Args:
        live: the site.
        listening: where.
        console: what is said goes there.
        options: how.

    Raises:
        KeyboardInterrupt: Ctrl-C was pressed.
    """
    session = _Session(live, listening, console, options)
    try:
        with contextlib.suppress(asyncio.CancelledError):
            asyncio.run(session.run())
    finally:
        if not session.close():
            _exit_now(sys.exc_info()[1])


def _exit_now(error: BaseException | None) -> NoReturn:
    """End the process with a thread that cannot be waited for.

    A thread that comes back from a library in Rust after Python has ended would abort it.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    if isinstance(error, SystemExit) and isinstance(error.code, int):
        os._exit(error.code)
    os._exit(128 + signal.SIGINT if isinstance(error, KeyboardInterrupt) else error is not None)


class _Server(uvicorn.Server):
    """The server of uvicorn, which would wait for streams that never end."""

    def __init__(self, config: uvicorn.Config, ending: asyncio.Event) -> None:
        super().__init__(config)
        self._ending = ending
        self._loop = asyncio.get_running_loop()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End the streams, then the server."""
        super().handle_exit(sig, frame)
        self._loop.call_soon_threadsafe(self._ending.set)


class _Looks:
    """Lets all who come while somebody looks at the files share the next look."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._came = 0
        self._served = 0

    async def share(self, look: Callable[[], Awaitable[None]]) -> None:
        """Return once somebody has looked who began after this was called."""
        self._came += 1
        number = self._came
        async with self._lock:
            if self._served < number:
                came = self._came
                await look()
                self._served = came


class _Session:
    """One run of the preview."""

    def __init__(self, live: PreviewState, listening: Listening, console: Console, options: PreviewOptions) -> None:
        self._live = live
        self._listening = listening
        self._options = options
        self._terminal = Terminal(console)
        self._changed: set[Path] = set()
        self._all = False
        self._taken: set[Path] = set()
        self._shown: set[Path] = set()
        self._wake = asyncio.Event()
        self._noted = 0
        """How many changes were noted."""
        self._read = 0
        """How many of them had been when the files that were last read were begun with."""
        self._was_read = asyncio.Event()
        self._stamps: Mapping[Path, Stamp] = {}
        """What the files were known by when they were last read."""
        self._looks = _Looks()
        self._eyes = Worker("eyes")
        self._files = Worker("files")
        self._workers = Workers(live.calm)
        self._watch = Watch(self._tell)
        self._loop: asyncio.AbstractEventLoop | None = None

    async def run(self) -> None:
        """Show the site until the server ends."""
        self._loop = asyncio.get_running_loop()
        ending = asyncio.Event()
        shown = functools.partial(panel, editor=self._options.editor)
        preview = Preview(self._live, self._workers, shown, self._terminal.tell, self._catch_up)
        server = _Server(self._config(preview.application()), ending)
        following = asyncio.create_task(self._follow(preview))
        closing = asyncio.create_task(_close(preview, ending))
        self._greet()
        try:
            await server.serve(sockets=[*self._listening.sockets])
        finally:
            following.cancel()
            closing.cancel()
            preview.close()

    def close(self) -> bool:
        """End what goes on in threads; return False if that takes too long."""
        self._live.close()
        self._watch.close()
        return all([self._eyes.close(), self._files.close(), self._workers.close()])

    def _config(self, application: Starlette) -> uvicorn.Config:
        # A request that this server cannot read is none of the editor's business.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        return uvicorn.Config(
            HostCheck(application, self._hosts(), local=self._listening.local),
            http="h11",
            ws="none",
            loop="asyncio",
            lifespan="off",
            access_log=False,
            log_config=None,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=1,
        )

    def _hosts(self) -> Collection[str]:
        name = socket.gethostname()
        others = () if self._listening.local else (name, f"{name}.local")
        return (*self._options.hosts, self._listening.address.host, *others)

    def _greet(self) -> None:
        url = f"http://{self._listening.address}/"
        if self._listening.taken is not None:
            port = self._listening.address.port
            message = f"Port {self._listening.taken} is taken: {port} is the next that is free."
            self._terminal.say(message, "yellow")
        if not self._listening.local:
            message = "Other machines can reach this preview. It shows drafts, and the lines that mistakes are in."
            self._terminal.say(f"warning: {message}", "bold yellow")
        self._terminal.say(f"Serving {url} until Ctrl-C", "bold")
        if self._options.open:
            # Some browsers keep who opens them waiting.
            threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()

    # Following the files

    def _tell(self, changed: frozenset[Path] | None) -> None:
        """Note what changed; called from the threads that watch."""
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the server has ended
                self._loop.call_soon_threadsafe(self._note, changed)

    def _note(self, changed: frozenset[Path] | None) -> None:
        self._all = self._all or changed is None
        self._changed |= changed or set()
        self._noted += 1
        self._live.hurry()
        self._wake.set()

    async def _catch_up(self) -> None:
        """Return once what is shown was made of the files as they are now.

        What was saved just before may not have been told yet by the system, so they are looked at.
        """
        await self._looks.share(self._look)
        wanted = self._noted
        while self._read < wanted:
            await self._was_read.wait()

    async def _look(self) -> None:
        changed = changed_between(self._stamps, await self._eyes.do(stamps, self._live.watched))
        if changed:
            self._note(changed)

    async def _follow(self, preview: Preview) -> None:
        """Show what the files say, again and again."""
        self._all = True
        while True:
            refreshed = await self._refresh()
            if self._wake.is_set() and not refreshed.renewed:
                continue  # it was left for something newer, which may be on its way to be shown
            # Half of a change is no mistake.
            if not refreshed.problems.errors or refreshed.renewed or not await self._goes_on():
                preview.show(refreshed.problems, renewed=refreshed.renewed)
                self._terminal.tell(refreshed.problems)
                self._say_what_is_shown(refreshed)
            # What is left undone waits until nobody saves anything for a moment, and pages were made.
            if not refreshed.unfinished or not await self._calms():
                await self._wake.wait()

    def _say_what_is_shown(self, refreshed: RefreshResult) -> None:
        """Say what was saved and is shown; of templates, once pages were made with them."""
        if refreshed.renewed:
            self._shown |= self._taken
        if refreshed.problems.errors:
            self._shown = set()
        elif self._shown and not refreshed.untried:
            self._terminal.show(self._shown)
            self._shown = set()

    async def _refresh(self) -> RefreshResult:
        changed = None if self._all else frozenset(self._changed)
        self._taken = self._changed
        self._all, self._changed = False, set()
        noted = self._noted
        self._wake.clear()
        begun = time.time()
        try:
            if changed is None or changed:
                with self._live.calm.broken():
                    refreshed = await self._files.do(self._read_again, changed)
            else:
                refreshed = await self._files.do(self._live.refresh, changed)
        except Exception as error:  # noqa: BLE001 - a bug of ours; the last good state is still there
            refreshed = RefreshResult(error_diagnostics.build(error, Path.cwd()))
        if await self._files.do(self._watch_on, begun):
            self._note(None)
        # Who waits goes on once this is shown: until then nothing else has its turn.
        self._read = noted
        self._was_read, told = asyncio.Event(), self._was_read
        told.set()
        return refreshed

    def _read_again(self, changed: Collection[Path] | None) -> RefreshResult:
        """Read what changed, and what else is found to have changed since the last time."""
        watched, before = self._live.watched, self._stamps
        self._stamps = stamps(watched)
        if changed is not None:
            changed = frozenset(changed) | changed_between(before, self._stamps)
        refreshed = self._live.refresh(changed)
        if self._live.watched != watched:
            self._stamps = stamps(self._live.watched)  # see `_watch_on` for what changed there meanwhile
        return refreshed

    def _watch_on(self, begun: float) -> bool:
        """Watch what the site is made of now; tell whether something changed there before that."""
        watched = self._live.watched
        return self._watch.follow(watched) and self._watch.changed_since(begun, watched)

    async def _goes_on(self, seconds: float = PATIENCE) -> bool:
        """Wait a little for a further change."""
        try:
            await asyncio.wait_for(self._wake.wait(), seconds)
        except TimeoutError:
            return False
        return True

    async def _calms(self) -> bool:
        """Wait until nobody waits for a page any more, and return False if something changes before."""
        ends = time.monotonic() + priority.LONGEST
        while not self._live.calm.lasts(priority.PAUSE) and time.monotonic() < ends:
            if await self._goes_on(priority.STEP):
                return False
        return not self._wake.is_set()


async def _close(preview: Preview, ending: asyncio.Event) -> None:
    await ending.wait()
    preview.close()
