"""Addresses: of pages in the site, of files in its repository, of what is elsewhere on the web."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from nutgraf.views.settings import Settings

HOME: Final = ""
STORIES: Final = "stories/"
ENTITIES: Final = "entities/"
SOURCES: Final = "sources/"
GLOSSARY: Final = "glossary/"
TIMELINE: Final = "timeline/"
CHANGES: Final = "changes/"
READING: Final = "reading/"
CHECKING: Final = "checking/"


def alone(story: str) -> str:
    """Return the anchor, on the page of a source, of the statements of a story that cite no other."""
    # No id has two hyphens in a row.
    return f"section-alone--{story}"


def story(name: str) -> str:
    """Return the address of a story's page."""
    return f"{STORIES}{name}/"


def entity(name: str) -> str:
    """Return the address of an entity's page."""
    return f"{ENTITIES}{name}/"


def source(name: str) -> str:
    """Return the address of a source's page."""
    return f"{SOURCES}{name}/"


def term(name: str) -> str:
    """Return the address of a term's page."""
    return f"{GLOSSARY}{name}/"


def timeline(story: str) -> str:
    """Return the address of the timeline of one story."""
    return f"{TIMELINE}{story}/"


def statement(key: str) -> str:
    """Return the permanent address of the statement `story/id`."""
    in_story, _, name = key.partition("/")
    return f"{story(in_story)}#{name}"


_FORBIDDEN: Final = re.compile(r"[\x00-\x20\"<>\\^`{|}\[\]\x7f]|%(?![0-9A-Fa-f]{2})")


def external(url: str | None) -> str | None:
    """Return an address on the web in a form that HTML allows; None for anything but http and https.

    URL Standard, "URL code points": what may not stand in an address is percent-encoded, nothing else is touched.
    """
    if url is None or urlsplit(url).scheme.lower() not in {"http", "https"}:
        return None
    return _FORBIDDEN.sub(lambda found: f"%{ord(found[0]):02X}", url)


def edit(settings: Settings, path: str, line: int | None = None) -> str | None:
    """Return where the file `path` of the content is edited; None where the site names no repository.

    Args:
        settings: name the repository.
        path: relative to the content folder.
        line: which line to show, counted from 1.
    """
    base = _on_forge(settings, settings.edit_uri)
    return base and external(f"{base.rstrip('/')}/{path}" + (f"#L{line}" if line else ""))


def propose(settings: Settings, where: str) -> str | None:
    """Return where a change is proposed by those who do not want to edit a file; None where there is no such place.

    Args:
        settings: name the repository.
        where: what the change is about: the key of a statement, or the address of a page.
    """
    base = _on_forge(settings, settings.propose_uri)
    return base and external(base.replace("{where}", quote(where, safe="")))


def _on_forge(settings: Settings, uri: str | None) -> str | None:
    """Return the whole address of something that may be given relative to the repository."""
    if uri is None or urlsplit(uri).scheme in {"http", "https"}:
        return uri
    return f"{settings.repo_url.rstrip('/')}/{uri.lstrip('/')}" if settings.repo_url else None


def slug(text: str) -> str:
    """Return a text as part of an anchor: letters and digits of any script, with single hyphens between."""
    return re.sub(r"[\W_]+", "-", text.casefold()).strip("-")
