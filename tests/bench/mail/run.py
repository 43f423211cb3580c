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
    """What a run took in, and the memory of a child that read for it, in MB."""

    messages: int
    reader: float = 0.0


def measured(act: Callable[[], Taken]) -> None:
    """Prints the messages taken in, wall-clock and processor seconds, and resident memory in MB."""
    Path("/proc/self/clear_refs").write_text("5")  # the most memory from now on, not of making ready
    began, used = time.perf_counter(), _processor()
    taken = act()
    took = {"seconds": time.perf_counter() - began, "processor": _processor() - used}
    memory = {"own": most_resident("self"), "reader": taken.reader}
    print(json.dumps({"messages": taken.messages} | memory | took))


def most_resident(process: int | str) -> float:
    """The most memory a running process has had resident, in MB. Linux only."""
    said = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in said.splitlines() if line.startswith("VmHWM"))


def _processor() -> float:
    """This process and its children, also those that run still: what they used to get ready is not the run's."""
    used = [resource.getrusage(who) for who in (OWN, ENDED)]
    running = sum(_used_by(child) for child in children(os.getpid()))
    return sum(one.ru_utime + one.ru_stime for one in used) + running


def children(process: int) -> list[int]:
    """The processes that this one has started and that run still, the oldest first. Linux only."""
    found: list[str] = []
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(FileNotFoundError, ProcessLookupError):  # a thread may end meanwhile
            found += path.read_text().split()
    return sorted(map(int, found))


def _used_by(process: int) -> float:
    user, system = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
