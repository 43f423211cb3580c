"""One run of a contestant, measured in its own process; needs nothing but Python's own library."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Callable
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
    """This process and the children that have ended."""
    used = [resource.getrusage(who) for who in (OWN, ENDED)]
    return sum(one.ru_utime + one.ru_stime for one in used)
