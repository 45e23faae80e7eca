"""Nutgraf: attribution is data, and prose is compiled from it.

A static-site generator for explainers of news stories. Files in, finished pages out, each step a function:

    from pathlib import Path
    from nutgraf.template_dirs import bundled_templates
    from nutgraf.loading.tree import read_tree
    from nutgraf.site import Settings, prepare

    tree = read_tree(Path("content"))
    site = prepare(tree.files, Settings(site_name="The Explainer"), (bundled_templates(),))
    page = site.render("stories/my-story/")
"""

from __future__ import annotations

__version__ = "0.1.0"
