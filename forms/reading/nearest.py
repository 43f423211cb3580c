"""The nearest of many known wordings by its letters; only those near enough in length are compared."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process


class Near(NamedTuple):
    """A known wording by its place among those given, and how near it is (0 to 100)."""

    at: int
    score: float


class Nearest:
    """Known wordings of which one as like as `cutoff` (0 to 100) is looked for; of several the first is taken."""

    def __init__(self, wordings: Sequence[str], cutoff: float) -> None:
        self.wordings, self.cutoff = wordings, cutoff
        self._by_length = sorted((len(wording), at) for at, wording in enumerate(wordings))
        self._of_length = lru_cache(maxsize=256)(self._comparable)

    def to(self, text: str) -> Near | None:
        """Return the wording nearest to `text`, or None when none is near enough."""
        places, wordings = self._of_length(len(text))
        close = process.extractOne(text, wordings, scorer=fuzz.ratio, score_cutoff=self.cutoff)
        return Near(places[close[2]], close[1]) if close else None

    def _comparable(self, length: int) -> tuple[list[int], list[str]]:
        """Return the wordings that a text of this length may be like: every letter too many counts against it."""
        share = self.cutoff / (
            200 - self.cutoff
        )  # of its letters a wording must have; a little less is taken
        first = bisect_left(self._by_length, (int(length * share), 0))
        last = bisect_left(self._by_length, (int(length / share) + 2, 0))
        places = sorted(at for _, at in self._by_length[first:last])
        return places, [self.wordings[at] for at in places]
