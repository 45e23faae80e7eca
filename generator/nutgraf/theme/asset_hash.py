"""Style sheets and scripts under names made of what is in them.

A browser keeps a file by its address for as long as the server allows. With another name for other contents it never
shows a new page with an old style sheet, and a server may allow a year. A page that was served before has the old
names, and finds the old files for one build longer: see `output`.

What a site adds itself stays under the name that its author gave it, too: a page, a script or another site may name it.
"""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, InclusionLevel

if TYPE_CHECKING:
    from collections.abc import Container

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


def name_by_content(files: Files, config: MkDocsConfig, ours: Container[str]) -> None:
    """Let pages load the style sheets and scripts of a site under names that change with what is in them.

    Args:
        files: of the site.
        config: of the site; what it lists in `extra_css` and `extra_javascript` and what is no file of the site, such
            as an address, stays as it is.
        ours: the paths of those that nobody else names. They lose their old name.
    """
    config.extra_css = [_named(path, files, config) for path in config.extra_css]
    for place, script in enumerate(config.extra_javascript):
        if isinstance(script, str):
            config.extra_javascript[place] = _named(script, files, config)
        else:
            script.path = _named(script.path, files, config)
    for file in list(files):
        if file.src_uri in ours:
            files.remove(file)


def _named(path: str, files: Files, config: MkDocsConfig) -> str:
    file = files.get_file_from_path(path)
    if file is None or file.inclusion.value < InclusionLevel.UNDEFINED.value:
        return path
    place = PurePosixPath(file.src_uri)
    data = file.content_bytes
    new = str(place.with_name(f"{place.stem}.{hashlib.sha256(data).hexdigest()[:8]}{place.suffix}"))
    if files.get_file_from_path(new) is None:
        files.append(File.generated(config, new, content=data, inclusion=file.inclusion))
    return new
