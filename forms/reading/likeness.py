"""How like two labels are: by their letters, and by the words that tell labels apart."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from .nearest import Nearest

_SHORT_ENOUGH = 0.88  # of likeness, for labels of up to three words, where one word changes everything
_LONG_ENOUGH = 0.74
_BY_LETTERS = 86
_A_SLIP = 94
_ROUNDING = 1e-6
_STRANGE = 9.0  # the weight of a word no label has, squared: that of a middling one
_OPPOSITES = frozenset({
    "current", "currently", "previous", "previously", "ever", "not", "other", "siblings", "mother", "father",
    "expected", "date", "first", "last",
})  # fmt: skip
_DATES = {"dates": "date", "dated": "date", "final": "last", "latest": "last", "recent": "last"}
_NAMED_OUTRIGHT = frozenset({"subject_details"})  # "What were the adult's needs?" asks for no particulars
_STOP = frozenset({
    "the", "a", "an", "of", "to", "in", "and", "or", "for", "with", "that", "is", "are", "was", "were", "be",
    "been", "on", "by", "this", "which", "has", "have", "had", "your", "you", "any", "please", "do", "does",
    "did", "if", "so", "as", "at", "from", "it", "its", "their", "s", "these", "those", "there",
})  # fmt: skip
_SYNONYMS = {
    "organisation": "agency", "organisations": "agency", "agencies": "agency", "service": "agency",
    "services": "agency", "adult": "subject", "adults": "subject", "child": "subject", "childs": "subject",
    "children": "subject", "victim": "subject", "victims": "subject", "person": "subject", "deceased": "subject",
    "young": "subject", "learnt": "learned", "lessons": "learning", "summarise": "summary", "outline": "summary",
    "description": "summary", "describe": "summary", "contact": "involvement", "involved": "involvement",
    "phone": "telephone", "tel": "telephone", "timeline": "chronology", "lscb": "board", "sab": "board",
    "events": "event", "synopsis": "summary", "overview": "summary", "significant": "serious", "critical": "serious",
    "investigations": "investigation", "enquiry": "investigation", "enquiries": "investigation",
    "inquiry": "investigation", "inquiries": "investigation",
    "identify": "identified", "document": "form", "report": "form", "return": "form",
}  # fmt: skip


Words = dict[str, None]  # each once, in their order


@dataclass
class Phrases:
    """Known labels -> canonical name, ready to be compared with one never seen."""

    exact: dict[str, str]
    words: dict[str, Words] = field(default_factory=dict)
    opposites: dict[str, frozenset[str]] = field(default_factory=dict)
    holding: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    weight: dict[str, float] = field(default_factory=dict)  # of each word, squared
    length: dict[str, float] = field(default_factory=dict)

    @cached_property
    def labels(self) -> list[str]:
        return list(self.exact)

    @cached_property
    def longest(self) -> float:
        return max(self.length.values(), default=0.0)

    @cached_property
    def slips(self) -> Nearest:
        return Nearest(self.labels, _A_SLIP)

    @cached_property
    def in_order(self) -> Nearest:
        """The labels, each with its words sorted."""
        return Nearest([words_sorted(label) for label in self.labels], _BY_LETTERS)

    @classmethod
    def of(cls, wordings: Mapping[str, Iterable[str]], shut: frozenset[str]) -> "Phrases":
        """Return the phrases of a vocabulary, leaving out the names in `shut`."""
        exact: dict[str, str] = {}
        for name, labels in wordings.items():
            for label in labels if name not in shut else ():
                exact.setdefault(label, name)
        phrases = cls(exact)
        for label in exact:
            phrases.words[label] = _stems(label)
            phrases.opposites[label] = _turned(label)
            for word in phrases.words[label]:
                phrases.holding[word].append(label)
        total = len(exact)
        phrases.weight = {
            word: math.log(1 + total / len(held)) ** 2 for word, held in phrases.holding.items()
        }
        phrases.length = {label: phrases._length(words) for label, words in phrases.words.items()}
        return phrases

    def nearly(self, label: str) -> str:
        """Return the known label from which a long one differs by hardly more than a slip of the pen."""
        if len(label.split()) < 5:
            return ""
        close = self.slips.to(label)
        return near if close and self._agree(label, near := self.labels[close.at]) else ""

    def alike(self, label: str) -> tuple[str, float]:
        """Return the nearest known label and how near it is (0 to 1); ("", 0) when none is near enough."""
        best, score = self._by_words(label)
        close = self.in_order.to(words_sorted(label))
        if close and close.score / 100 > score and self._agree(label, near := self.labels[close.at]):
            best, score = near, close.score / 100
        if best and self.exact[best] in _NAMED_OUTRIGHT:
            return "", 0.0
        needed = _SHORT_ENOUGH if min(len(label.split()), len(best.split())) <= 3 else _LONG_ENOUGH
        return (best, score) if score >= needed else ("", 0.0)

    def _agree(self, label: str, known: str) -> bool:
        """Say whether both or neither speak of current, previous, other ..., which turn a question round."""
        return _turned(label) == self.opposites[known]

    def _by_words(self, label: str) -> tuple[str, float]:
        words = _stems(label) if " " in label else {}
        if not words or words.keys() == {"form"}:  # "Form A" asks nothing
            return "", 0.0
        length = self._length(words)
        if self.longest < length * _LONG_ENOUGH:  # prose: more words of its own than any label could share
            return "", 0.0
        turned, common = _turned(label), [word for word in words if word in self.weight]
        best, score = "", 0.0
        for known in self._near_enough(common, length):
            if self.opposites[known] == turned:
                held = self.words[known]
                shared = sum([self.weight[word] for word in common if word in held])
                likeness = shared / (length * self.length[known])
                if likeness > score:
                    best, score = known, likeness
        return best, score

    def _near_enough(self, common: Sequence[str], length: float) -> Iterable[str]:
        """Return the labels that may be as like to these words as is needed; seldom words are looked up first.

        By Cauchy and Schwarz such a label shares words of so much weight with them. Once those left weigh less, no
        label that holds none of the words before can do so.
        """
        seldom_last = sorted(common, key=self.weight.__getitem__)
        left = sum([self.weight[word] for word in common])
        found: dict[str, None] = {}
        while left > (_LONG_ENOUGH * length) ** 2 - _ROUNDING:
            word = seldom_last.pop()
            left -= self.weight[word]
            found |= dict.fromkeys(self.holding[word])
        return found

    def _length(self, words: Words) -> float:
        return math.sqrt(sum([self.weight.get(word, _STRANGE) for word in words])) or 1.0


def words_sorted(label: str) -> str:
    """Return a label with its words in the order of the alphabet."""
    return " ".join(sorted(label.split()))


def _turned(label: str) -> frozenset[str]:
    """Return the words of a label that turn a question round, and whether it asks for a date."""
    words = [_DATES.get(word, word) for word in label.split()]
    return _OPPOSITES.intersection(words)


def _stems(text: str) -> Words:
    text = text.replace("cp plan", "child protection plan").replace("protection register", "protection plan")
    return dict.fromkeys([_stem(word) for word in text.split() if word not in _STOP])


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    word = _SYNONYMS.get(word, word)
    return re.sub(r"(?:ing|ed|es|s)$", "", word) if len(word) > 4 else word
