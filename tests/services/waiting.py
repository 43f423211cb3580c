"""Waiting for what another process or thread is about to do."""

from __future__ import annotations

import time
from collections.abc import Callable


def eventually(come_true: Callable[[], object], seconds: float = 60) -> bool:
    """Whether it comes true in the end; long enough for a busy machine, and no longer than needed."""
    end = time.monotonic() + seconds
    while not come_true():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
