"""Whether a picture that was drawn before is the one that would be drawn now, so that it need not be.

A picture says what it was drawn with. One that was drawn with other fonts, or that is damaged, is drawn anew: what is
published depends on the content, and not on what was published before.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from nutgraf.social_cards import png

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

REGULAR: Final = "regular.ttf"
BOLD: Final = "bold.ttf"
_KEY: Final = "Software"
"""PNG, third edition, 11.3.3.2: the keyword for what a picture was made with."""


def fonts_of(templates: Iterable[Path], name: str) -> tuple[Path, ...]:
    """Return the files of a font, `REGULAR` or `BOLD`, in some folders of templates, those that win in front."""
    places = (folder / "card" / name for folder in templates)
    return tuple(place for place in places if place.is_file())


def font_fingerprint(fonts: Iterable[Path]) -> str:
    """Return what pictures are drawn with: the version of Pillow, and a hash of the files of fonts, in their order."""
    found = hashlib.sha256()
    for file in fonts:
        found.update(hashlib.sha256(file.read_bytes()).digest())
    # That module takes longer to import than most builds need for a page.
    from importlib.metadata import version  # noqa: PLC0415

    return f"Nutgraf with Pillow {version('pillow')} and fonts {found.hexdigest()[:16]}"


def note(made_with: str) -> tuple[bytes, bytes]:
    """Return the chunk of a PNG that says what it was drawn with."""
    return b"tEXt", f"{_KEY}\0{made_with}".encode("latin-1")


def published_card(site: Path, path: str, made_with: str) -> bytes | None:
    """Return a picture of a site that was built before; None where there is none, or it would be another one now.

    Args:
        site: the root of the site; it need not exist.
        path: of the picture in it, which changes with what the picture shows.
        made_with: see `font_fingerprint`.
    """
    try:
        picture = (site / path).read_bytes()
    except OSError:
        return None
    return picture if is_current(picture, made_with) else None


def is_current(picture: bytes, made_with: str) -> bool:
    """Tell whether a PNG is whole and was drawn with what `font_fingerprint` says."""
    chunks = list(png.read(picture))
    return note(made_with) in chunks and chunks[-1][0] == b"IEND"
