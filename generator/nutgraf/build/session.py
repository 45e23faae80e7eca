"""A build under way: what is loaded and being checked."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nutgraf.build.background_check import BackgroundCheck
    from nutgraf.build.cache import Cache
    from nutgraf.build.incremental.record_digests import Records
    from nutgraf.build.incremental.up_to_date import SiteManifest
    from nutgraf.build.shell_cache import CachedShell
    from nutgraf.build.shell_worker import ShellWorker
    from nutgraf.diagnostics import Diagnostic
    from nutgraf.site import LoadedSite
    from nutgraf.theme.export import Plan


@dataclass(frozen=True)
class BuildSession:
    """A site that is loaded, and is being checked.

    Attributes:
        plan: what mkdocs.yml says.
        loaded_site: what can be rendered.
        files: what was read, by path relative to the content folder.
        background: all that is wrong, with the folder as well as with what is in its files.
        shell: the rest of the site, on its way or from the cache.
        timings: how long all that took.
        cache: what is kept for the next build.
        records: those that it keeps.
        inputs: the digest of all files that the site is made of, as they were before any was read.
        last: the site that was published last.
        strict: what the command said.
    """

    plan: Plan
    loaded_site: LoadedSite
    files: Mapping[str, bytes]
    background: BackgroundCheck
    shell: ShellWorker | CachedShell
    timings: Timings
    cache: Cache
    records: Records
    inputs: bytes | None
    last: SiteManifest | None
    strict: bool | None

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All that is wrong; the first who asks waits for the rules."""
        return self.background.wait()

    @property
    def ok(self) -> bool:
        """Tell whether it may be published."""
        serious = (one for one in self.diagnostics if one.is_error or self.plan.strict)
        return next(serious, None) is None


@dataclass(slots=True)
class Timings:
    """How long each step took, in seconds of the clock."""

    steps: dict[str, float] = field(default_factory=dict)

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure what is done within the block."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.steps[name] = self.steps.get(name, 0.0) + time.perf_counter() - started
