"""One run of a contestant, measured in its own process; needs nothing but Python's own library."""

from __future__ import annotations

import json
import os
import resource
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

OWN, ENDED = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN


@dataclass(frozen=True)
class Taken:
    """What a run took in, and what ends the processes that worked for it."""

    messages: int
    end: Callable[[], None] = lambda: None


def measured(act: Callable[[], Taken]) -> None:
    """Prints the messages taken in, wall-clock and processor seconds, and resident memory in MB."""
    Path("/proc/self/clear_refs").write_text("5")  # the most memory from now on, not of making ready
    began, used = time.perf_counter(), _processor()
    taken = act()
    took = {"seconds": time.perf_counter() - began, "processor": _processor() - used}
    print(json.dumps({"messages": taken.messages, "memory": most_memory(os.getpid())} | took))
    taken.end()


def most_memory(process: int) -> float:
    """The most memory that a process and those it started have had resident, in MB; what they share now, once."""
    found = [process, *descendants(process)]
    shared = [
        _megabytes(f"/proc/{one}/smaps_rollup", "Rss") - _megabytes(f"/proc/{one}/smaps_rollup", "Pss")
        for one in found
    ]
    return sum(map(most_resident, found)) - sum(shared)


def most_resident(process: int | str) -> float:
    """The most memory a running process has had resident, in MB. Linux only."""
    return _megabytes(f"/proc/{process}/status", "VmHWM")


def _megabytes(told: str, name: str) -> float:
    lines = Path(told).read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))


def _processor() -> float:
    """This process and its children, also those that run still: what they used to get ready is not the run's."""
    used = [resource.getrusage(who) for who in (OWN, ENDED)]
    running = sum(_used_by(child) for child in descendants(os.getpid()))
    return sum(one.ru_utime + one.ru_stime for one in used) + running


def children(process: int) -> list[int]:
    """The processes that this one has started and that run still, the oldest first. Linux only."""
    found: list[str] = []
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(FileNotFoundError, ProcessLookupError):  # a thread may end meanwhile
            found += path.read_text().split()
    return sorted(map(int, found))


def descendants(process: int) -> list[int]:
    """The processes that this one has started and that run still, and those that they have started."""
    return [one for child in children(process) for one in (child, *descendants(child))]


def _used_by(process: int) -> float:
    user, system = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
