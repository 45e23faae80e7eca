"""Builds a whole site into a folder, the fast way.

`pipeline` is the order of a build. MkDocs and Material are asked once for the shell around pages, in a process of their
own (`shell_worker`), while this one loads and checks the content. Then several processes render pages and put them into
the shell (`page_writer`), and the other files are written (`sitemap_and_search`). The result is what `mkdocs build`
makes, byte for byte, in a tenth of the time.

The cache keeps what the next build can reuse: the shell (`shell_cache`), records and pages (`incremental`).

Where the configuration could make a page differ in ways that are not known here (another plugin, templates of the
theme), `FallbackToMkDocs` is raised, and MkDocs builds the site.
"""
