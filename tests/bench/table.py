"""Times in milliseconds, their median and 95th percentile, and the tables they are printed in."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil
from statistics import median
from typing import TypeVar

T = TypeVar("T")


@dataclass
class Times:
    """How long something took, once for each time it was done; in milliseconds."""

    each: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return median(self.each)

    @property
    def p95(self) -> float:
        return sorted(self.each)[ceil(0.95 * len(self.each)) - 1]

    def take(self, act: Callable[[], T]) -> T:
        """Does it once, notes how long it took, and returns what it returned."""
        began = time.perf_counter()
        done = act()
        self.each.append((time.perf_counter() - began) * 1000)
        return done

    def times(self, other: Times) -> str:
        """How many times as long as the other, by the medians."""
        return f"{self.median / other.median:.1f}×"


def timed(act: Callable[[], object], rounds: int) -> Times:
    """Does it once to warm up, then so many rounds."""
    act()
    times = Times()
    for _ in range(rounds):
        times.take(act)
    return times


def ms(milliseconds: float) -> str:
    return f"{milliseconds:.2f}"


def show(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], note: str = "") -> None:
    """Prints a table: the first column to the left, the numbers to the right."""
    lines = [list(heads), *map(list, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    print(f"\n{title}")
    for number, line in enumerate(lines):
        first, *others = line
        cells = (cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
        print("  " + "  ".join([first.ljust(widths[0]), *cells]))
        if number == 0:
            print("  " + "  ".join("-" * width for width in widths))
    if note:
        print(f"  {note}")
