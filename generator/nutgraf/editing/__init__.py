"""Changing content files for an editor: their layout and their ids. What they say changes only when that is asked."""

from __future__ import annotations
