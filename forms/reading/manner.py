"""How a document tells what it tells: looked for only once that counts, which it does for few."""

import re
from collections.abc import Callable, Sequence
from functools import cached_property

from .kind_marks import DEALINGS
from .labels import plain_line
from .layout import Layout, Line
from .papers import signs_of_a_paper, signs_of_business
from .patterns import Patterns
from .subjects import named_in_title

_DEALINGS = Patterns((pattern, pattern) for pattern in DEALINGS)
_DAY = re.compile(
    r"\b\d{1,2}[/.]\d{1,2}\b|\b\d{1,2}(?:st|nd|rd|th)? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)
_FEWEST_DEALINGS = 2  # of different sorts
_YOUR_PART = re.compile(  # of a case, as the agencies that took part in it are asked
    r"\b(?:did|was|were|had) your (?:agency|organisation|service|team|practice|trust|school|force|staff)s?\b"
    r"|^(?:what|how|why) (?:else )?(?:i|we) \w+"
)
_FEWEST_ASKED = 2
_NOTHING_HELD = re.compile(
    r"\bno (?:visits?|dealings|records?|trace|involvement|contact|knowledge)\b|\bnot known\b"
    r"|\bnone of (?:\w+ ){0,8}known\b|\bneither\b.*\b(?:found|known|held)\b"
)
_LOOKED = re.compile(
    r"\bnil return\b|\b(?:search\w*|check\w*|look\w*)\b.*\b(?:systems?|records?|databases?|files?|indexes)\b"
    r"|\b(?:systems?|records?|databases?|files?) (?:\w+ )?(?:searched|checked)\b"
)
_ASKS = re.compile(r"\b(?:if|your?)\b")  # whoever asks for a return says what one may hold


class Manner:
    """How a document tells: from its layout, its first lines, and the plain words of those that are printed.

    `of_reviews` says how such a line speaks of our reviews, or nothing.
    """

    def __init__(
        self, layout: Layout, head: Sequence[Line], texts: Sequence[str], of_reviews: Callable[[str], str]
    ) -> None:
        self._layout, self._head, self._texts, self._of_reviews = layout, head, texts, of_reviews

    @cached_property
    def nil(self) -> bool:
        """Whether it is a return that says nothing is held."""
        told = [text for text in self._texts if not _ASKS.search(text)]
        return any(map(_LOOKED.search, told)) and any(map(_NOTHING_HELD.search, told))

    @cached_property
    def about(self) -> bool:
        """Whether its title names somebody by a pseudonym: "SAR Adult K"."""
        return any(named_in_title(line.text) for line in self._head)

    @cached_property
    def narrates(self) -> bool:
        """Whether it tells how somebody was dealt with, in several ways or on several days."""
        dealt: set[str] = set()
        days = 0
        for line in self._layout.lines():
            dealt.update(_DEALINGS.matching(plain_line(line)))
            days += len(_DAY.findall(line.text)) if dealt else 0
            if len(dealt) >= _FEWEST_DEALINGS and (days or len(dealt) > _FEWEST_DEALINGS):
                return True
        return False

    @cached_property
    def inquires(self) -> bool:
        """Whether it asks again and again what "your agency" did."""
        return sum(map(bool, map(_YOUR_PART.search, self._texts))) >= _FEWEST_ASKED

    @cached_property
    def paper(self) -> int:
        """Of how many things it speaks that papers do and forms do not."""
        return signs_of_a_paper(self._texts)

    @cached_property
    def business(self) -> int:
        """Of how many things it speaks that concern the running of a review."""
        return signs_of_business([text for text in self._texts if not self._of_reviews(text)])
