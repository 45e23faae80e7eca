"""Exports the shell in a worker process: MkDocs is imported there, while this process loads content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from nutgraf.build import shell_cache
from nutgraf.build.cache import Cache, digest
from nutgraf.build.workers import WorkerPool
from nutgraf.errors import UsageError

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path
    from types import TracebackType

    from mkdocs.config.defaults import MkDocsConfig

    from nutgraf.theme.export import ExportedShell, Plan
    from nutgraf.theme.plugin import NutgrafPlugin


class ShellWorker:
    """A shell that is exported in a worker, for a site whose shell is not in the cache."""

    def __init__(self, config_file: Path | None, *, strict: bool | None = None, cache: Cache | None = None) -> None:
        """Take what `mkdocs_adapter.open_config` takes, and where the shell is cached for the next build."""
        self._strict = strict
        self._cache = cache or Cache(None)
        self._pool = WorkerPool(_Exporter(config_file, strict, self._cache.config_file))
        self._plan: Future[Plan | _Exported] | None = None
        self._exported: Future[Plan | _Exported] | None = None

    def __enter__(self) -> Self:
        """Begin to read mkdocs.yml."""
        self._plan = self._pool.submit(None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it, if it is not done."""
        self._pool.__exit__(kind, error, trace)

    def plan(self) -> Plan:
        """Wait for what mkdocs.yml says.

        Raises:
            UsageError: it cannot be used.
        """
        assert self._plan is not None  # noqa: S101
        plan = self._plan.result()
        assert not isinstance(plan, tuple)  # noqa: S101
        return plan

    def begin(self, folder: Path) -> None:
        """Begin to export the shell to an empty folder."""
        self._exported = self._pool.submit(folder)

    def shell(self, folder: Path) -> ExportedShell:
        """Wait for the shell, whose files are then in the folder that `begin` was given.

        Raises:
            Exception: whatever MkDocs or a template raises.
        """
        assert self._exported is not None  # noqa: S101
        exported = self._exported.result()
        assert isinstance(exported, tuple)  # noqa: S101
        shell, depends_on = exported
        if depends_on is not None:
            config, surroundings = depends_on
            cached = shell_cache.CachedShell(
                config=config,
                config_file=str(self._cache.config_file),
                strict=self._strict,
                surroundings=surroundings,
                asked={path: f"{path.rpartition('.')[0]}/" in shell.named for path in shell.asked},
                said=self.plan(),
                made=shell,
                files={path: (folder / path).read_bytes() for path in shell.files},
            )
            shell_cache.keep(self._cache, cached)
        return shell


if TYPE_CHECKING:
    _Exported = tuple[ExportedShell, tuple[bytes, bytes] | None]


class _Exporter:
    """What the worker runs: first without a folder, for the plan, then with one, for the shell."""

    def __init__(self, config_file: Path | None, strict: bool | None, cached_for: Path | None) -> None:  # noqa: FBT001
        self._config_file = config_file
        self._strict = strict
        self._cached_for = cached_for
        self._config: MkDocsConfig | None = None
        self._plugin: NutgrafPlugin | None = None
        self._said: Plan | None = None
        self._warnings: list[str] = []
        self._before: bytes | None = None

    def __call__(self, folder: Path | None) -> Plan | _Exported:
        """Return the plan, or the shell and the digests of what it depends on, where that is known."""
        return self._read() if folder is None else self._export(folder)

    def _read(self) -> Plan:
        # What takes long to import is imported in the worker alone.
        from nutgraf.theme import mkdocs_adapter  # noqa: PLC0415
        from nutgraf.theme.export import plan_of  # noqa: PLC0415
        from nutgraf.theme.plugin import FORMAT, NutgrafPlugin  # noqa: PLC0415

        self._before = self._config_bytes()
        config = mkdocs_adapter.open_config(self._config_file, self._warnings, strict=self._strict)
        plugin = next((one for one in config.plugins.values() if isinstance(one, NutgrafPlugin)), None)
        if plugin is None:
            advice = f"Write it below `plugins:`, with `- nutgraf: {{format: {FORMAT}}}`"
            raise UsageError(f"{config.config_file_path} does not name the plugin `nutgraf`", advice)
        plugin.require(config)
        self._config, self._plugin, self._said = config, plugin, plan_of(config, plugin)
        return self._said

    def _export(self, folder: Path) -> _Exported:
        from nutgraf.theme.export import export_shell  # noqa: PLC0415

        config, plugin, plan = self._config, self._plugin, self._said
        assert config is not None  # noqa: S101 - the plan was asked for first
        assert plugin is not None  # noqa: S101
        assert plan is not None  # noqa: S101
        depends_on = None
        if self._before is not None and not shell_cache.depends_on_more(self._before, config.markdown_extensions):
            depends_on = self._before, _surroundings(plan)
        shell = export_shell(config, plugin, folder, self._warnings)
        # What changed meanwhile may be in it, or not.
        is_settled = depends_on == (self._config_bytes(), _surroundings(plan))
        if depends_on is None or depends_on[1] is None or not is_settled:
            return shell, None
        return shell, (digest(depends_on[0]), depends_on[1])

    def _config_bytes(self) -> bytes | None:
        try:
            return self._cached_for.read_bytes() if self._cached_for is not None else None
        except OSError:
            return None


def _surroundings(plan: Plan) -> bytes | None:
    try:
        return shell_cache.surroundings(plan)
    except OSError:
        return None
