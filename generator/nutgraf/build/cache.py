"""Files that spare the next build work, and that may be lost, broken or another's without harm.

They lie in `.nutgraf/cache/` beside mkdocs.yml. Each has a header: what it is, the key of all that made it (the version
of Nutgraf and of all that is installed beside it), and a digest of what follows. What follows is pickled, and read by a
reader that makes values of ours alone. A file from elsewhere can make a build wrong at worst. Nothing in it is run: the
template of the site map, the only one, is rendered in a sandbox, and other templates come from where mkdocs.yml says
(`shell_cache.is_said`). Nothing is written outside of the site's folder (`page_writer.write`), which is where
mkdocs.yml says, too.
Whatever is odd about a file, it counts as not there, and the next build writes it anew.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import os
import pickle
import secrets
import sys
from dataclasses import is_dataclass
from enum import Enum, EnumMeta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

FOLDER: Final = Path(".nutgraf/cache")
"""Where the files lie, beside mkdocs.yml."""
_MAGIC: Final = b"nutgraf cache 1\n"
_DIGEST: Final = 32
_EPOCH: Final = "SOURCE_DATE_EPOCH"
_OURS: Final = (
    "nutgraf.build.",
    "nutgraf.checks.policy",
    "nutgraf.diagnostics",
    "nutgraf.loading.other_files",
    "nutgraf.model.term",
    "nutgraf.theme.",
    "nutgraf.views.settings",
)
"""The modules whose values are kept."""
_OTHERS: Final = frozenset(
    {
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "timedelta"),
        ("datetime", "timezone"),
        ("decimal", "Decimal"),
        ("markupsafe", "Markup"),
        *((module, f"{kind}Path") for module in ("pathlib", "pathlib._local") for kind in ("Posix", "Windows")),
    }
)


class Cache:
    """The files of one site. Without a folder, nothing is ever found or kept."""

    def __init__(self, config_file: Path | None, tell: Callable[[str], None] = lambda _note: None) -> None:
        """Take a site's mkdocs.yml, and who is told in a line of what is ignored or cannot be written.

        Args:
            config_file: the file; None keeps nothing.
            tell: is called with a line.
        """
        self._config_file = config_file.absolute() if config_file is not None else None
        self._tell = tell
        self._key: bytes | None = None

    @property
    def config_file(self) -> Path | None:
        """The site's mkdocs.yml; None where nothing is kept."""
        return self._config_file

    @property
    def key(self) -> bytes:
        """The digest of all that makes a site and is no part of it."""
        if self._key is None:
            self._key = _version()
        return self._key

    def file(self, name: str) -> Path:
        """Return where the part `name` is kept."""
        assert self._config_file is not None  # noqa: S101
        return self._config_file.parent / FOLDER / f"{self._config_file.name}.{name}"

    def read(self, name: str) -> Any:  # noqa: ANN401 - what was written
        """Return what was written as `name`; None where there is nothing that can be used."""
        if self._config_file is None:
            return None
        file = self.file(name)
        try:
            self._require_no_link(file.parent)
            return self._value(file.read_bytes())
        except OSError:
            return None
        except _OddError as odd:
            self._ignore(file, str(odd))
        except Exception:  # noqa: BLE001 - whatever bytes can do to the reader
            self._ignore(file, "it holds what we never wrote")
        return None

    def _value(self, data: bytes) -> Any:  # noqa: ANN401 - what was written
        start = len(_MAGIC) + 2 * _DIGEST
        if not data.startswith(_MAGIC) or len(data) < start:
            raise _OddError("it is none of ours")
        if data[len(_MAGIC) : start - _DIGEST] != self.key:
            return None  # Another version wrote it, which is no mistake.
        if digest(memoryview(data)[start:]) != data[start - _DIGEST : start]:
            raise _OddError("it is damaged")
        return _CacheUnpickler(io.BytesIO(memoryview(data)[start:])).load()

    def write(self, name: str, value: object) -> None:
        """Keep a value as `name`. What cannot be written is told, and nothing else."""
        if self._config_file is None:
            return
        payload = pickle.dumps(value, protocol=5)
        file = self.file(name)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._require_no_link(file.parent)
            # Not where a link leads: the file is made, or it is there.
            with (
                contextlib.suppress(FileExistsError),
                (file.parent / ".gitignore").open("x", encoding="ascii") as ignoring,
            ):
                ignoring.write("*\n")
            # A name of its own: another build may write the same file.
            part = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
            try:
                part.write_bytes(b"".join((_MAGIC, self.key, digest(payload), payload)))
                part.replace(file)
            except OSError:
                part.unlink(missing_ok=True)
                raise
        except OSError as error:
            self._tell(f"nothing is kept for the next build: {error.strerror or error}: {file.parent}")

    def _require_no_link(self, folder: Path) -> None:
        """See that the cache is where it seems to be.

        Raises:
            OSError: a link leads elsewhere.
        """
        if any(one.is_symlink() for one in (folder, folder.parent)):
            raise OSError(errno.ELOOP, "It is a symlink")

    def ignore(self, name: str) -> None:
        """Say that the part `name` is not what it should be."""
        self._ignore(self.file(name), "it holds what we never wrote")

    def _ignore(self, file: Path, why: str) -> None:
        self._tell(f"{_nearby(file)} is ignored: {why}")


class _OddError(Exception):
    """A file is not what it should be; the message says how."""


class _CacheUnpickler(pickle.Unpickler):
    """Reads enumerations and dataclasses of ours, and plain values of Python."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - a class, or what makes a member of one
        """Return a class whose values are data.

        Raises:
            pickle.UnpicklingError: it is none of those.
        """
        if (module, name) == ("builtins", "getattr"):
            return _member
        if (module, name) in _OTHERS:
            return super().find_class(module, name)
        if f"{module}.".startswith(_OURS) and "." not in name:
            found = super().find_class(module, name)
            is_own = isinstance(found, type) and found.__module__ == module
            if is_own and (is_dataclass(found) or issubclass(found, Enum)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def _member(kind: object, name: object) -> Enum:
    """Return a member of an enumeration by its name: Python before 3.11.4 pickles one as `getattr(kind, name)`.

    Raises:
        pickle.UnpicklingError: it is none.
    """
    members: Iterable[object] = kind if isinstance(kind, EnumMeta) else ()
    for member in members:
        if isinstance(member, Enum) and member.name == name:
            return member
    raise pickle.UnpicklingError(f"{kind}.{name}")


def config_here() -> Path | None:
    """Return the mkdocs.yml of the working folder, as MkDocs would find it."""
    return next((Path(name) for name in ("mkdocs.yml", "mkdocs.yaml") if Path(name).is_file()), None)


def digest(data: bytes | memoryview) -> bytes:
    """Return the digest of some bytes, 32 of them."""
    return hashlib.blake2b(data, digest_size=_DIGEST).digest()


def _version() -> bytes:
    """Return the digest of what makes sites: this package, byte for byte, Python, and the names of what it finds."""
    told = hashlib.blake2b(digest_size=_DIGEST)
    told.update(f"{sys.version}\n{sys.platform}\n{os.environ.get(_EPOCH)}\n".encode())
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - see `files_below`
    for path, data in files_below(package, but=_is_no_part):
        told.update(f"{path}\0{len(data)}\0".encode(errors="surrogateescape"))
        told.update(data)
    for folder in sys.path:
        with contextlib.suppress(OSError):
            installed = sorted(name for name in os.listdir(folder or ".") if name.endswith((".dist-info", ".egg-info")))  # noqa: PTH208
            if installed:
                told.update(f"{installed}\0".encode(errors="surrogateescape"))
    return told.digest()


def _is_no_part(path: str) -> bool:
    """Tell whether a file of the package makes no site: what Python keeps. Templates are looked at elsewhere."""
    return path.endswith(".pyc") or path.startswith("templates/")


def files_below(folder: str, *, but: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
    """Yield the files in a folder and below it, in order: paths relative to it, and what they hold.

    Before what a link leads to comes where it leads.

    Args:
        folder: to look in. Strings all along: with pathlib it takes twice as long.
        but: tells of a path whether that file is passed over.

    Raises:
        OSError: something cannot be read, or is no file: a pipe, say.
    """
    waiting = [""]
    while waiting:
        inner = waiting.pop()
        with os.scandir(os.path.join(folder, inner)) as entries:  # noqa: PTH118
            for entry in sorted(entries, key=lambda one: one.name):
                path = f"{inner}{entry.name}"
                if entry.is_symlink():
                    yield path, os.fsencode(os.readlink(entry.path))  # noqa: PTH115 - see above
                if entry.is_dir():
                    waiting.append(f"{path}/")
                elif but(path):
                    continue
                elif entry.is_file():
                    with open(entry.path, "rb") as stream:  # noqa: PTH123
                        yield path, stream.read()
                else:
                    raise OSError(0, "no file", entry.path)


def _nearby(file: Path) -> str:
    return str(file.relative_to(Path.cwd())) if file.is_relative_to(Path.cwd()) else str(file)
