"""The content folder as it is in a revision of a git repository, read from git's own store: nothing is checked out.

What `nutgraf.loading.tree` does for a folder on disk. It works in a bare repository, too, writes nothing and fetches
nothing. It calls the plumbing: `rev-parse`, `merge-base`, `ls-tree` and `cat-file --batch` (git-scm.com/docs), whose
output is made for programs and does not change with the settings of who runs it.
"""

from __future__ import annotations

import os
import posixpath
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nutgraf.diagnostics import Diagnostic, Span, near
from nutgraf.loading.content import FOLDERS, is_archive
from nutgraf.loading.source import MAX_BYTES, too_large
from nutgraf.loading.tree import Tree, is_record_name, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_LINK: Final = "120000"
_FILES: Final = frozenset({"100644", "100755", "100664"})
"""Modes of entries, git-fast-import(1), "filemodify"; the last one is of very old repositories."""
_MOST_LINKS: Final = 8
"""Links that are followed one behind the other."""


class RevisionError(Exception):
    """A revision cannot be read.

    Attributes:
        help: what to do about it, a sentence or two; may be empty.
    """

    def __init__(self, message: str, advice: str = "") -> None:
        """Take what is wrong, and what to do about it."""
        super().__init__(message)
        self.help = advice


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file in a tree: its object, and how large that is."""

    mode: str
    name: str
    size: int
    path: str


def read_revision(repository: Path, revision: str, folder: str = "") -> Tree:
    """Read the record files that a revision has.

    Args:
        repository: a folder in the work tree, or the bare repository itself.
        revision: whatever names a commit: `main`, `v1.2`, `HEAD~3`, an object's name.
        folder: the content folder, relative to `repository`, with forward slashes; empty if it is the same.

    Returns:
        The files by path, relative to the content folder.

    Raises:
        RevisionError: there is no git, no repository, no such revision, or no such folder in it.
    """
    git = _Git(repository)
    commit = git.commit(revision)
    base = git.within(folder)
    entries = {one.path: one for one in git.entries(commit, base, revision)}
    targets = git.contents(one.name for one in entries.values() if one.mode == _LINK)
    read = {path: _file(path, entries, targets) for path in entries if _is_wanted(path)}
    wanted = {path: one for path, one in read.items() if one is not None}
    missing = [_broken(path) for path in read if path not in wanted]
    large = [too_large(path, one.size) for path, one in wanted.items() if one.size > MAX_BYTES]
    small = {path: one.name for path, one in wanted.items() if one.size <= MAX_BYTES}
    contents = git.contents(small.values())
    files = {path: contents[name] for path, name in sorted(small.items())}
    return Tree(files, tuple(sorted((*missing, *large), key=lambda one: one.span)))


def read_texts(repository: Path, revision: str, folder: str, suffix: str) -> Mapping[str, bytes]:
    """Read all files below a folder of a revision whose names end in one way; links are passed over.

    Args:
        repository: see `read_revision`.
        revision: see `read_revision`.
        folder: relative to `repository`.
        suffix: of the names: `.md`.

    Returns:
        The files by path, relative to the folder; none where the revision has no such folder.

    Raises:
        RevisionError: there is no git, no repository or no such revision.
    """
    git = _Git(repository)
    commit = git.commit(revision)
    try:
        found = [one for one in git.entries(commit, git.within(folder), revision) if one.path.endswith(suffix)]
    except RevisionError:
        return {}
    wanted = {one.path: one.name for one in found if one.mode in _FILES and one.size <= MAX_BYTES}
    contents = git.contents(wanted.values())
    return {path: contents[name] for path, name in sorted(wanted.items())}


def blobs_of(repository: Path, revision: str, folder: str) -> Mapping[str, str]:
    """Return the names of all file objects below a folder of a revision; see `nutgraf.loading.other_files.blob_names`.

    Args:
        repository: see `read_revision`.
        revision: see `read_revision`.
        folder: relative to `repository`.

    Returns:
        Names by path, relative to the folder; none where the revision has no such folder.

    Raises:
        RevisionError: there is no git, no repository or no such revision.
    """
    git = _Git(repository)
    commit = git.commit(revision)
    try:
        found = tuple(git.entries(commit, git.within(folder), revision))
    except RevisionError:
        return {}
    return {one.path: one.name for one in found if one.mode in {*_FILES, _LINK}}


def top_of(folder: Path) -> Path | None:
    """Return the top folder of the work tree that a folder is in; None where it is in none, or there is no git."""
    try:
        done = _Git(folder).run("rev-parse", "--show-toplevel")
    except RevisionError:
        return None
    found = os.fsdecode(done.stdout.removesuffix(b"\n"))
    return Path(found) if found and not done.returncode else None


def merge_base(repository: Path, one: str, other: str) -> str:
    """Return the commit at which two revisions parted: what a pull request is compared with.

    Args:
        repository: a folder in the work tree, or the bare repository itself.
        one: a revision.
        other: another one.

    Raises:
        RevisionError: one of them does not exist, or they have no commit in common.
    """
    git = _Git(repository)
    done = git.run("merge-base", git.commit(one), git.commit(other))
    if done.returncode:
        raise RevisionError(f"`{shown(one)}` and `{shown(other)}` have no commit in common", git.depth_advice())
    return done.stdout.decode().strip()


class _Git:
    """Git in one repository."""

    def __init__(self, repository: Path) -> None:
        """Find the repository.

        Raises:
            RevisionError: there is no git, or no repository.
        """
        program = shutil.which("git")
        if program is None:
            raise RevisionError("git is not installed", "Install git, or compare two folders.")
        self._program = program
        self._folder = repository
        if not repository.is_dir():
            raise RevisionError(f"there is no folder {shown(str(repository))}")
        done = self.run("rev-parse", "--show-prefix", "--is-bare-repository")
        if done.returncode:
            raise _no_repository(repository, done.stderr)
        self._prefix = os.fsdecode(done.stdout.split(b"\n")[0])

    def run(self, *arguments: str, data: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
        """Run git, whatever comes of it."""
        return subprocess.run(  # noqa: S603 - the arguments are a list, and a revision never begins with a dash: see `commit`
            # No transport is allowed: a partial clone would fetch what it lacks.
            [self._program, "--no-replace-objects", "-c", "protocol.allow=never", "-C", self._folder, *arguments],
            input=data,
            stdin=subprocess.DEVNULL if data is None else None,
            capture_output=True,
            check=False,
            env=_environment(),
        )

    def commit(self, revision: str) -> str:
        """Return the name of the commit that a revision means.

        Raises:
            RevisionError: there is none.
        """
        if not revision or "\0" in revision:
            raise RevisionError("a revision has a name", "Name a branch, a tag or a commit.")
        if ".." in revision:
            raise RevisionError(f"`{shown(revision)}` is a range, not a revision", "Name both ends: BASE HEAD.")
        done = self.run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        found = done.stdout.decode().strip()
        if done.returncode or not found:
            raise RevisionError(f"there is no revision `{shown(revision)}`", self._unknown_advice(revision))
        return found

    def within(self, folder: str) -> str:
        """Return the path of a folder from the top of the repository.

        Raises:
            RevisionError: it lies outside.
        """
        path = posixpath.normpath(posixpath.join(self._prefix, folder))
        if path.startswith(("..", "/")):
            raise RevisionError(f"the folder {shown(folder)} lies outside of the repository")
        return "" if path == "." else path

    def entries(self, commit: str, folder: str, revision: str) -> Iterator[_Entry]:
        """Yield the files below a folder, deep ones too, by their paths relative to it.

        Raises:
            RevisionError: the folder is not there.
        """
        tree = f"{commit}:{folder}" if folder else commit
        done = self.run("ls-tree", "-r", "-z", "-l", "--full-tree", tree)
        if done.returncode:
            advice = "Name the content folder as it was called there."
            raise RevisionError(f"the revision `{shown(revision)}` has no folder {shown(folder)}", advice)
        for line in done.stdout.split(b"\0")[:-1]:
            head, _, path = line.partition(b"\t")
            mode, _, name, size = head.decode().split()
            yield _Entry(mode, name, int(size) if size.isdigit() else 0, os.fsdecode(path))

    def contents(self, names: Iterable[str]) -> Mapping[str, bytes]:
        """Return what objects hold, by their names.

        Raises:
            RevisionError: an object is not there, as in a partial clone.
        """
        wanted = list(dict.fromkeys(names))
        done = self.run("cat-file", "--batch", data="".join(f"{name}\n" for name in wanted).encode())
        found: dict[str, bytes] = {}
        start = 0
        for name in wanted:
            # <name> SP <type> SP <size> LF <contents> LF: git-cat-file(1), "BATCH OUTPUT".
            end = done.stdout.find(b"\n", start)
            head = done.stdout[start:end].split(b" ") if end >= 0 else []
            if len(head) != 3 or head[1] != b"blob":  # noqa: PLR2004 - name, type, size
                advice = "This is a partial clone. Fetch the rest first: `git fetch --refetch --no-filter`."
                raise RevisionError("the repository does not have all files of that revision", advice)
            size = int(head[2])
            found[name] = done.stdout[end + 1 : end + 1 + size]
            start = end + 1 + size + 1
        return found

    def depth_advice(self) -> str:
        """Return what to do about a clone without its history; empty where it is whole."""
        if self.run("rev-parse", "--is-shallow-repository").stdout.strip() != b"true":
            return ""
        return (
            "This is a shallow clone. Fetch the history: `git fetch --unshallow`; "
            "in GitHub Actions, `fetch-depth: 0` with actions/checkout."
        )

    def _unknown_advice(self, revision: str) -> str:
        if advice := self.depth_advice():
            return advice
        names = self.run("for-each-ref", "--format=%(refname:short)").stdout.decode(errors="replace").split()
        if f"origin/{revision}" in names:
            return f"Did you mean `origin/{revision}`?"
        meant = near(revision, names)
        return f"Did you mean `{meant}`?" if meant else "See what there is: `git branch --all`, `git tag`."


_ELSEWHERE: Final = frozenset(
    {"GIT_COMMON_DIR", "GIT_DIR", "GIT_INDEX_FILE", "GIT_NAMESPACE", "GIT_PREFIX", "GIT_WORK_TREE"}
)
"""What a hook has in its environment, and what would lead to another repository than the one that is named."""


def _environment() -> dict[str, str]:
    """Return an environment in which git answers in one way, asks nobody and fetches nothing."""
    kept = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    return {**kept, "LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}


def _no_repository(folder: Path, complaint: bytes) -> RevisionError:
    if b"dubious ownership" in complaint:
        advice = "If you trust it, say so: `git config --global --add safe.directory <its path>`."
        return RevisionError(f"{shown(str(folder))} belongs to somebody else, and git does not read it", advice)
    return RevisionError(
        f"{shown(str(folder))} is not in a git repository", "Compare two folders, or run `git init` and commit."
    )


def _is_wanted(path: str) -> bool:
    """Tell whether a path is one that a site is read from: a record, or the text of a source."""
    folder, _, name = path.partition("/")
    return folder in FOLDERS and "/" not in name and (is_record_name(name) or is_archive(path))


def _file(path: str, entries: Mapping[str, _Entry], targets: Mapping[str, bytes]) -> _Entry | None:
    """Return the file that stands at a path, or that a link there leads to; None if it is none of the content."""
    for _ in range(_MOST_LINKS):
        found = entries.get(path)
        if found is None or found.mode in _FILES:
            return found
        if found.mode != _LINK:
            return None
        path = posixpath.normpath(posixpath.join(posixpath.dirname(path), os.fsdecode(targets[found.name])))
    return None


def _broken(path: str) -> Diagnostic:
    advice = "Put the file itself there. A site is built from its content folder and nothing else."
    return Diagnostic("not-a-file", "This is no file, and leads to none in the content folder", Span(path), help=advice)
