"""What the program ends with: its exit status."""

from __future__ import annotations

import signal

FAULTY = 1
MISUSED = 2
INTERRUPTED = 128 + signal.SIGINT
TERMINATED = 128 + signal.SIGTERM
UNREAD = 128 + 13
"""As a shell calls the end by SIGPIPE."""
