"""Builds a whole site into a folder, the fast way.

`pipeline` is the order of a build. MkDocs and Material are asked once for the shell around pages, in a worker process
(`shell_worker`), while this one loads the content. Then another worker checks it, while a pool renders pages and puts
them into the shell (`page_writer`), and the other files are written (`sitemap_and_search`). The result is what `mkdocs
build` makes, byte for byte, in a tenth of the time.

The cache keeps the shell (`shell_cache`) and what was published, from what (`up_to_date`).

Where the configuration could make a page differ in ways that are not known here (another plugin, templates of the
theme), `FallbackToMkDocs` is raised, and MkDocs builds the site.
"""
