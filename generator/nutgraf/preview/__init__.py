"""The preview: a site as it would be published, shown while its files change.

files ─ watching ─> live ─ snapshot ─> application ─ events ─> client.js, in the browser
"""

from nutgraf.preview.address import Address, AddressError, listen
from nutgraf.preview.editor import Editor, EditorError
from nutgraf.preview.live import Live
from nutgraf.preview.server import Options, serve

__all__ = ["Address", "AddressError", "Editor", "EditorError", "Live", "Options", "listen", "serve"]
