"""Writes the outputs of a site that need its pages: the search index, the site map, files for other programs."""

from __future__ import annotations

import datetime
import gzip
import io
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from jinja2.sandbox import ImmutableSandboxedEnvironment

from nutgraf.site import EPOCH, build_time, without_undated
from nutgraf.theme.export import SITE_MAP

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nutgraf.theme.export import ExportedShell


def search_index(written: bytes, hits: Iterable[str]) -> str:
    """Return the search index: what Material wrote of pages by hand, and what is found on those made of records.

    Args:
        written: Material's.
        hits: JSON objects with commas between them, of one page each.
    """
    data = json.loads(written)
    documents = [json.dumps(one, separators=(",", ":")) for one in data["docs"]]
    mark = "zqdocumentszq"
    data["docs"] = mark
    frame = json.dumps(data, separators=(",", ":"))
    return frame.replace(f'"{mark}"', f"[{','.join((*documents, *filter(None, hits)))}]", 1)


@dataclass(frozen=True, slots=True)
class _SitemapPage:
    """A page, as the theme's template of the site map asks for it."""

    canonical_url: str | None
    update_date: str
    abs_url: str | None = None
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class _SitemapFile:
    page: _SitemapPage


def site_map(
    shell: ExportedShell, base: str | None, addresses: Sequence[str], dates: Mapping[str, str], today: str
) -> str:
    """Return the site map.

    Args:
        shell: of the site: pages by hand come first.
        base: where the site is published, if that is known.
        addresses: of the pages made of records.
        dates: when each was last changed, as far as known.
        today: the date of all others.
    """
    root = f"{base.rstrip('/')}/" if base else None
    pages = [_SitemapPage(one.url, today) for one in shell.by_hand]
    pages += [_SitemapPage(urljoin(root, where) if root else None, dates.get(where, today)) for where in addresses]
    # The template may come from the cache, where anybody may have put it: it can place what it is given, and no more.
    # (As with MkDocs, it escapes by itself.)
    environment = ImmutableSandboxedEnvironment(auto_reload=False, autoescape=False)
    return without_undated(environment.from_string(shell.site_map).render(pages=[_SitemapFile(one) for one in pages]))


def site_map_files(text: str, dates: Iterable[str]) -> dict[str, bytes]:
    """Return the files of the site map, plain and compressed, by path: the same bytes for the same content.

    Args:
        text: the site map.
        dates: of all pages, as ISO 8601 dates; the newest is that of the compressed file.
    """
    if not text.strip():
        return {}
    newest = datetime.datetime.fromisoformat(max(dates)).replace(tzinfo=datetime.UTC)
    packed = io.BytesIO()
    with gzip.GzipFile(filename=f"{SITE_MAP}.gz", fileobj=packed, mode="wb", mtime=int(newest.timestamp())) as stream:
        stream.write(text.encode())
    return {SITE_MAP: text.encode(), f"{SITE_MAP}.gz": packed.getvalue()}


def build_date(newest: datetime.date) -> str:
    """Return the date of a build, as an ISO 8601 date: what the environment says, else that of the newest content.

    See https://reproducible-builds.org/specs/source-date-epoch/.
    """
    return build_time().date().isoformat() if EPOCH in os.environ else newest.isoformat()
