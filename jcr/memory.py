"""The memory of a process that runs for weeks: what is loaded is left in peace, what was freed is given back."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress

# Objects made before rubbish is looked for. A batch of mail makes fifty thousand, few of them in circles; for a page
# somebody waits, so each search is kept short
SELDOM, BETWEEN_PAGES = 50_000, 3_000
# Of malloc.h. All threads share a heap: Python lets one of them at a time at it anyway. The room of a usual message is
# used again for the next, that of a large one goes back at once: to keep it saves time and costs 10 MB
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
HEAPS, LARGE, LEFT_FREE = 1, 256 << 10, 1 << 20


def settle(made: int = SELDOM) -> None:
    """Call once everything is imported: all of it stays, so it is searched for rubbish no more. What is made later is,
    each time so many objects were `made`."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(made)
    with suppress(AttributeError, OSError):  # a system without glibc has its own ways
        mallopt = ctypes.CDLL(None).mallopt
        for option, value in ((M_ARENA_MAX, HEAPS), (M_MMAP_THRESHOLD, LARGE), (M_TRIM_THRESHOLD, LEFT_FREE)):
            mallopt(option, value)
