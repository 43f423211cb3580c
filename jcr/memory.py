"""The memory of a process that runs for weeks: what is loaded is left in peace, what was freed is given back."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress

SELDOM = (
    50_000  # objects made before rubbish is looked for: a batch of mail makes as many, few of them in circles
)
# Of malloc.h. Several threads share two heaps. The room of a usual message is used again for the next: to have it anew
# from the system, page by page, is an eighth of intake's processor time. That of a very large one goes back at once
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
HEAPS, LARGE, LEFT_FREE = 2, 4 << 20, 8 << 20


def settle() -> None:
    """Call once everything is imported: all of it stays, so it is searched for rubbish no more."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(SELDOM)
    with suppress(AttributeError, OSError):  # a system without glibc has its own ways
        mallopt = ctypes.CDLL(None).mallopt
        for option, value in ((M_ARENA_MAX, HEAPS), (M_MMAP_THRESHOLD, LARGE), (M_TRIM_THRESHOLD, LEFT_FREE)):
            mallopt(option, value)
