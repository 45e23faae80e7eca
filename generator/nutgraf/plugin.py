"""The MkDocs plugin under its former name, for installations whose entry point is older than the move."""

from nutgraf.theme.plugin import NutgrafPlugin as NutgrafPlugin  # noqa: PLC0414 - re-exported
