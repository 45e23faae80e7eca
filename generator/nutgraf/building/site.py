"""The steps of a build, in their order."""

from __future__ import annotations

import contextlib
import html
import os
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from nutgraf.building.aside import Aside
from nutgraf.building.frames import IrregularError
from nutgraf.building.pages import SURROGATES, Made, Run, write
from nutgraf.building.rest import build_date, search_index, site_map, site_map_files
from nutgraf.building.skeleton import INDEX, Plan, Skeleton, leads_nowhere, titles_named
from nutgraf.loading.tree import read_tree
from nutgraf.pages.card import site_card
from nutgraf.site import prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from nutgraf.diagnostics import Diagnostic
    from nutgraf.site import Prepared


class Detour(Exception):  # noqa: N818 - it is no error: another way leads there
    """The site is to be made the long way; the message says why."""


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


@dataclass(frozen=True)
class Begun:
    """A site that is loaded and checked.

    Attributes:
        plan: what mkdocs.yml says.
        prepared: what can be rendered.
        files: what was read, by path relative to the content folder.
        diagnostics: all that is wrong, with the folder as well as with what is in its files.
        skeleton: the rest of the site, on its way.
        timings: how long all that took.
    """

    plan: Plan
    prepared: Prepared
    files: Mapping[str, bytes]
    diagnostics: tuple[Diagnostic, ...]
    skeleton: Aside
    timings: Timings

    @property
    def ok(self) -> bool:
        """Tell whether it may be published."""
        return not any(one.is_error for one in self.diagnostics)


@dataclass(frozen=True, slots=True)
class Built:
    """A site that was written.

    Attributes:
        pages: how many there are.
        warnings: of MkDocs, on what is no record.
    """

    pages: int
    warnings: tuple[str, ...]


@contextlib.contextmanager
def begin(
    config_file: Path | None, *, strict: bool | None = None, before: Callable[[Plan], None] = lambda _plan: None
) -> Iterator[Begun]:
    """Load and check a site, while another process makes the skeleton.

    Args:
        config_file: its mkdocs.yml; None takes that in the working folder.
        strict: whether warnings stop a build; None leaves it to mkdocs.yml.
        before: is told the plan before any content is read.

    Raises:
        Detour: it is to be made the long way.
        MisuseError: it has no configuration, or one that cannot be used.
    """
    timings = Timings()
    with Aside(config_file, strict=strict) as skeleton:
        with timings.step("configuration"):
            plan = skeleton.plan()
        if plan.detour:
            raise Detour(plan.detour)
        before(plan)
        with timings.step("load and resolve"):
            tree = read_tree(plan.content)
            prepared = prepare(tree.files, plan.settings, plan.templates, policy=plan.policy)
        with timings.step("check"):
            diagnostics = (*tree.diagnostics, *prepared.diagnostics)
        yield Begun(plan, prepared, tree.files, diagnostics, skeleton, timings)


def finish(begun: Begun, folder: Path, published: Path, progress: Callable[[str, int, int], None]) -> Built:
    """Write a site that has no errors.

    Args:
        begun: the site.
        folder: the root of the site to write, empty.
        published: the root of the site as it is published; it need not exist.
        progress: is told of the step that goes on, how much of it is done, and how much there is.

    Raises:
        Detour: it is to be made the long way; the folder is empty again.
        Exception: whatever a template raises.
    """
    timings, prepared = begun.timings, begun.prepared
    with timings.step("skeleton"):
        skeleton = begun.skeleton.skeleton(folder)
    taken = frozenset(skeleton.files)
    shadowed = [where for where in prepared.pages() if f"{where}index.html" in taken]
    addresses = [where for where in prepared.pages() if f"{where}index.html" not in taken]
    try:
        titles = titles_of(prepared, skeleton)
        run = Run(prepared, skeleton.frames, folder, frozenset(skeleton.named), published, titles)
        with timings.step("pages"):
            made = run.make(addresses, lambda done, total: progress("rendering", done, total))
    except IrregularError as error:
        _empty(folder)
        raise Detour(f"of the page /{error}") from error
    if leads_nowhere(skeleton, made.anchors):
        _empty(folder)
        raise Detour("of a link that leads nowhere")
    with timings.step("rest"):
        _write_rest(run, skeleton, addresses, made)
    records = (prepared.render(where).record for where in shadowed)
    warnings = [
        f"{record} is not shown: a page written by hand has its address, /{where}"
        for where, record in zip(shadowed, records, strict=True)
        if record is not None
    ]
    return Built(len(addresses) + len(skeleton.by_hand), (*warnings, *skeleton.warnings))


def titles_of(prepared: Prepared, skeleton: Skeleton) -> dict[str, str]:
    """Return the titles of pages that stand on others, escaped, by address.

    Raises:
        IrregularError: a title has signs that the theme escapes once here and twice there.
    """
    titles = {where: prepared.render(where).title for where in titles_named(skeleton)}
    special = next((where for where, title in titles.items() if html.escape(title) != title), None)
    if special is not None:
        raise IrregularError(special)
    return titles


def _write_rest(run: Run, skeleton: Skeleton, addresses: Sequence[str], made: Made) -> None:
    prepared, folder, taken = run.prepared, run.folder, frozenset(skeleton.files)
    today = build_date(prepared.newest)
    text = site_map(skeleton, prepared.settings.site_url, addresses, made.dates, today)
    for path, data in site_map_files(text, [today, *made.dates.values()]).items():
        write(folder, path, data)
    if INDEX in taken:
        found = search_index((folder / INDEX).read_bytes(), (made.hits[where] for where in addresses))
        write(folder, INDEX, found.encode())
    for path, frame in skeleton.titled.items():
        write(folder, path, frame.name(run.titles).encode(errors=SURROGATES))
    for path, told in prepared.data().items():
        if path not in taken:
            write(folder, path, told.encode())
    if prepared.settings.site_url:
        run.draw(site_card(prepared.settings.site_name))


def _empty(folder: Path) -> None:
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        else:
            Path(entry.path).unlink()
