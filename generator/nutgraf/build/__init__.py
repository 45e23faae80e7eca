"""A whole site into a folder, the fast way.

MkDocs and Material make a skeleton (`skeleton`): what is no record, and a frame for each kind of page (`frames`). That
is the work of one process, while another loads and checks the content. Then all processes make pages and fill them into
the frames (`pages`), and the rest is written (`rest`). What comes out is what `mkdocs build` makes, byte for byte, in a
tenth of the time.

What an earlier build left in the cache (`cache`) need not be made again: the skeleton (`shelf`), records (`records`),
and, where nothing at all has changed, the site (`again`).

Where the configuration could make a page differ in ways that nobody here knows of (another plugin, templates of the
theme), `Detour` is raised, and the site is to be made with MkDocs.
"""
