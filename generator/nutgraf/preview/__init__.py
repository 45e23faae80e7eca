"""The preview: a site as it would be published, shown while its files change.

files ─ watching ─> live ─ snapshot ─> application ─ events ─> client.js, in the browser
"""

from nutgraf.preview.editor_links import Editor, EditorError
from nutgraf.preview.listen_address import Address, AddressError, listen
from nutgraf.preview.server import PreviewOptions, serve
from nutgraf.preview.state import PreviewState

__all__ = [
    "Address",
    "AddressError",
    "Editor",
    "EditorError",
    "PreviewOptions",
    "PreviewState",
    "listen",
    "serve",
]
