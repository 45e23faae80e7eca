"""The chunks of a PNG, which all of its file is made of: https://www.w3.org/TR/png-3/#5DataRep."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"


def written(chunks: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Return a PNG of chunks, of each its kind and its contents."""
    parts = [_SIGNATURE]
    for kind, contents in chunks:
        parts += (struct.pack(">I", len(contents)), kind, contents, struct.pack(">I", zlib.crc32(kind + contents)))
    return b"".join(parts)


def read(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the kind and the contents of each chunk of a PNG, up to the first that is damaged."""
    place = len(_SIGNATURE) if picture.startswith(_SIGNATURE) else len(picture)
    while place + 12 <= len(picture):
        (length,) = struct.unpack_from(">I", picture, place)
        end = place + 8 + length
        if end + 4 > len(picture) or struct.unpack_from(">I", picture, end)[0] != zlib.crc32(picture[place + 4 : end]):
            return
        yield picture[place + 4 : place + 8], picture[place + 8 : end]
        place = end + 4
