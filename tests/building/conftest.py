"""What tests of builds share: those of the cache build with it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module", autouse=True)
def with_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let builds of some files keep what the next one can use."""
    if request.path.name not in {"test_cache.py", "test_warm.py"}:
        yield
        return
    os.environ["NUTGRAF_CACHE"] = "1"
    yield
    del os.environ["NUTGRAF_CACHE"]
