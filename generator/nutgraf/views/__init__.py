"""Views: one for each kind of page, frozen, with all strings finished.

A page is known by its address, relative to the site's root: `stories/x/`, empty for the home page. Its view follows
from the context and that address alone, so that pages can be rendered in any order, in parallel, or one on request.
"""

from __future__ import annotations

from nutgraf.views.context import ViewContext
from nutgraf.views.kinds import KINDS, addresses, modified, view
from nutgraf.views.outputs import OUTPUTS
from nutgraf.views.settings import Settings

__all__ = ["KINDS", "OUTPUTS", "Settings", "ViewContext", "addresses", "modified", "view"]
