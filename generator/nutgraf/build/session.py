"""A build under way: what is loaded and being checked."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from nutgraf.build.cache import Cache
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
        folder: the staging folder.
        loaded_site: what can be rendered.
        files: what was read, by path relative to the content folder.
        found: what is wrong with these, and with the folder; with an error among it, there is nothing to render.
        background: what the rules find, and how many seconds that takes.
        shell: the rest of the site, on its way or from the cache.
        timings: how long all that took.
        cache: what is kept for the next build.
        inputs: the digest of all files that the site is made of, as they were before any was read.
        strict: what the command said.
    """

    plan: Plan
    folder: Path
    loaded_site: LoadedSite
    files: Mapping[str, bytes]
    found: Sequence[Diagnostic]
    background: Future[tuple[Sequence[Diagnostic], float]]
    shell: ShellWorker | CachedShell
    timings: Timings
    cache: Cache
    inputs: bytes | None
    strict: bool | None

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All that is wrong; whoever asks first waits for the rules."""
        found, _ = self.background.result()
        return (*self.found, *found)

    @property
    def is_checked(self) -> bool:
        """Tell whether `diagnostics` answers at once."""
        return self.background.done()

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
