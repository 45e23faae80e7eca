"""Templates that were compiled once need not be compiled again by the next process.

Jinja keeps what it compiled in a folder that belongs to the user alone, in the place for temporary files; it looks at
the owner and the mode of the folder, since what lies in there is executed. It does not go into the cache of a site,
which may be handed from machine to machine. Whatever goes wrong, templates are compiled as if there were no folder.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2.compiler
from jinja2 import FileSystemBytecodeCache

if TYPE_CHECKING:
    from jinja2.bccache import Bucket


class _TolerantBytecodeCache(FileSystemBytecodeCache):
    """A cache that is never in the way: a full disk, a file cut short."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load what is there, if it can be read."""
        try:
            super().load_bytecode(bucket)
        except Exception:  # noqa: BLE001 - whatever bytes can do to the reader
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, if there is room."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def compiled(name: str) -> FileSystemBytecodeCache | None:
    """Return where compiled templates are kept; None where the system has no safe place.

    Args:
        name: of the environment. Those that compile differently need different names.
    """
    try:
        # Another version of Jinja compiles otherwise, and is another file.
        compiler = Path(jinja2.compiler.__file__).stat()
        return _TolerantBytecodeCache(pattern=f"nutgraf-{name}-{compiler.st_mtime_ns:x}-{compiler.st_size:x}-%s.cache")
    except (OSError, RuntimeError):
        return None
