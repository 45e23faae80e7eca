"""The pictures that show when a page is shared."""
