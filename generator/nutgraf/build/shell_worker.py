"""Exports the shell in a process of its own: MkDocs is imported there, while this one loads content."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from nutgraf.build import shell_cache
from nutgraf.build.cache import Cache, digest
from nutgraf.build.worker_process import CAN_FORK, WorkerProcess
from nutgraf.errors import UsageError
from nutgraf.theme.export import ExportedShell, Plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from nutgraf.build.worker_process import Pipe


class ShellWorker:
    """A shell that is being exported; in this process, when it is asked for, where the system has no forks."""

    def __init__(self, config_file: Path | None, *, strict: bool | None = None, cache: Cache | None = None) -> None:
        """Take what `shell.open_config` takes, and where the shell is cached for the next build."""
        self._config_file = config_file
        self._strict = strict
        self._cache = cache or Cache(None)
        self._plan: Plan | None = None
        self.identity: bytes | None = None
        """The digest of all that the shell depends on, once it is here; None where that is not known."""
        self._folder = Path()
        self._fork: WorkerProcess | None = None
        self._made: Iterator[Any] | None = None

    def __enter__(self) -> Self:
        """Begin."""
        self._folder = Path(tempfile.mkdtemp(prefix="nutgraf-"))
        if CAN_FORK:
            self._fork = WorkerProcess("makes the shells of pages", self._work)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it, if it is not done, and leave nothing behind."""
        if self._fork is not None:
            self._fork.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def plan(self) -> Plan:
        """Wait for what mkdocs.yml says.

        Raises:
            UsageError: it cannot be used.
        """
        if self._plan is None:
            self._plan = self._next()
        assert isinstance(self._plan, Plan)  # noqa: S101
        return self._plan

    def shell(self, folder: Path) -> ExportedShell:
        """Wait for the shell, and move its files into an empty folder.

        Raises:
            Exception: whatever MkDocs or a template raises.
        """
        shell, made_of = self._next()
        assert isinstance(shell, ExportedShell)  # noqa: S101
        for entry in os.scandir(self._folder):
            _move(Path(entry.path), folder / entry.name)
        shutil.rmtree(self._folder)
        if made_of is not None:
            config, surroundings = made_of
            shelved = shell_cache.CachedShell(
                config=config,
                config_file=str(self._cache.config_file),
                strict=self._strict,
                surroundings=surroundings,
                asked={path: f"{path.rpartition('.')[0]}/" in shell.named for path in shell.asked},
                said=self.plan(),
                made=shell,
                files={path: (folder / path).read_bytes() for path in shell.files},
            )
            shell_cache.keep(self._cache, shelved)
            self.identity = shelved.identity
        return shell

    def _next(self) -> Any:  # noqa: ANN401
        if self._fork is not None:
            return self._fork.receive()
        if self._made is None:
            self._made = self._make()
        return next(self._made)

    def _work(self, line: Pipe) -> None:
        try:
            for one in self._make():
                line.send(one)
            # The other process ends this one when it has taken the folder. If it is killed, nobody is there any more.
            line.hold()
        finally:
            if line.is_cut:
                shutil.rmtree(self._folder, ignore_errors=True)

    def _make(self) -> Iterator[Plan | tuple[ExportedShell, tuple[bytes, bytes] | None]]:
        """Yield what mkdocs.yml says, and the shell with what it depends on, where that is known."""
        # What takes long to import is imported here alone.
        from nutgraf.theme import mkdocs_adapter  # noqa: PLC0415
        from nutgraf.theme.export import export_shell, plan_of  # noqa: PLC0415
        from nutgraf.theme.plugin import FORMAT, NutgrafPlugin  # noqa: PLC0415

        before = self._config_bytes()
        warnings: list[str] = []
        config = mkdocs_adapter.open_config(self._config_file, warnings, strict=self._strict)
        plugin = next((one for one in config.plugins.values() if isinstance(one, NutgrafPlugin)), None)
        if plugin is None:
            advice = f"Write it below `plugins:`, with `- nutgraf: {{format: {FORMAT}}}`"
            raise UsageError(f"{config.config_file_path} does not name the plugin `nutgraf`", advice)
        plugin.require(config)
        plan = plan_of(config, plugin)
        yield plan
        if plan.fallback:
            return
        made_of = None
        if before is not None and not shell_cache.depends_on_more(before, config.markdown_extensions):
            made_of = before, _surroundings(plan)
        shell = export_shell(config, plugin, self._folder, warnings)
        # What changed meanwhile may be in it, or not.
        is_settled = made_of == (self._config_bytes(), _surroundings(plan))
        yield shell, (digest(made_of[0]), made_of[1]) if made_of and made_of[1] and is_settled else None

    def _config_bytes(self) -> bytes | None:
        try:
            return self._cache.config_file.read_bytes() if self._cache.config_file is not None else None
        except OSError:
            return None


def _surroundings(plan: Plan) -> bytes | None:
    try:
        return shell_cache.surroundings(plan)
    except OSError:
        return None


def _move(source: Path, target: Path) -> None:
    # Not shutil.move: between file systems it collects all that goes wrong, into an error that says nothing of its own.
    try:
        source.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        if source.is_dir():
            target.mkdir()
            for entry in os.scandir(source):
                _move(Path(entry.path), target / entry.name)
        else:
            shutil.copyfile(source, target)
