"""Papers about reviews that are no form of ours: told by what they call themselves and by what they speak of."""

import re
from collections.abc import Sequence

from .kind_marks import BUSINESS, GUIDES, OF_A_FORM, PAPERS, POLICIES, SPOKEN_OF
from .patterns import Patterns

_PAPER, _GUIDE, _POLICY, _FORM = (
    Patterns([(what, pattern)])
    for what, pattern in (("paper", PAPERS), ("guide", GUIDES), ("policy", POLICIES), ("form", OF_A_FORM))
)
_SPOKEN_OF = Patterns(
    (f"{what} {at}", pattern) for what, said in SPOKEN_OF.items() for at, pattern in enumerate(said)
)
_BUSINESS = Patterns((pattern, pattern) for pattern in BUSINESS)
_APPENDED = re.compile(r"\b(?:forms?|template|appendix|annex|pro ?forma)\b")


def is_paper(head: list[str]) -> bool:
    """Say whether a document calls itself minutes, an agenda, a policy or the like at its very head."""
    if any(map(_PAPER.first, head)):
        return True
    policy = any(_GUIDE.first(line) or (_POLICY.first(line) and not _FORM.first(line)) for line in head)
    return policy and not any(map(_APPENDED.search, head))


def signs_of_a_paper(texts: Sequence[str]) -> int:
    """Return how many different things plainly spelt lines speak of that papers of one sort do, and forms do not."""
    said: dict[str, set[str]] = {}
    for mark in {mark for text in texts for mark in _SPOKEN_OF.matching(text)}:
        said.setdefault(mark.split()[0], set()).add(mark)
    return max(map(len, said.values()), default=0)


def signs_of_business(texts: Sequence[str]) -> int:
    """Return how many different things plainly spelt lines speak of that concern the running of a review."""
    return len({mark for text in texts for mark in _BUSINESS.matching(text)})
