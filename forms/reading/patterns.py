"""Many patterns tried on one text: none that needs a word the text does not hold, so that few are tried at all."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

_WORDS, _TEXTS = 8192, 1024  # that are remembered: words come again, and texts within a document
_FEWEST = 2  # letters of a needed word
_BEGINNING = 3  # letters by which a longer one is looked up
_ONE_SIGN = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]")
_GROUP = re.compile(r"\((?:\?:|\?P<\w+>)?(?P<inside>[^()]*)\)(?P<loose>[?*]|\{0)?")
_NOT_SURE = re.compile(r".(?:[?*]|\{0)")
_ANY = "\0"
_PRIVATE = 0xE000  # from here on characters stand for groups

Named = tuple[tuple[str, re.Pattern[str]], ...]


class _Needs:
    """The words that patterns need, those of all `Patterns` together: a text is gone through once for them all."""

    def __init__(self) -> None:
        self.count = 0
        self._bits: dict[str, int] = defaultdict(int)  # of each word, the patterns that need it
        self._shortest: list[str] = []
        self._begun: dict[str, list[str]] = defaultdict(list)

    def add(self, words: Iterable[str]) -> None:
        """Take the words of one more pattern: it is in question where one of them stands."""
        for word in words:
            if word not in self._bits:
                alike = self._shortest if len(word) < _BEGINNING else self._begun[word[:_BEGINNING]]
                alike.append(word)
            self._bits[word] |= 1 << self.count
        self.count += 1
        self.of.cache_clear()
        self._of_word.cache_clear()

    @lru_cache(maxsize=_TEXTS)  # noqa: B019 (there is one)
    def of(self, text: str) -> int:
        """Return the patterns, as bits, that need a word which stands in `text`."""
        bits = 0
        for word in text.split():
            bits |= self._of_word(word)
        return bits

    @lru_cache(maxsize=_WORDS)  # noqa: B019
    def _of_word(self, word: str) -> int:
        held = [short for short in self._shortest if short in word]
        for start in range(len(word) - _BEGINNING + 1):
            if begun := self._begun.get(word[start : start + _BEGINNING]):
                held += [long for long in begun if word.startswith(long, start)]
        bits = 0
        for one in held:
            bits |= self._bits[one]
        return bits


_NEEDS = _Needs()


class Patterns:
    """Patterns in order, each with what it says of a text that it matches.

    A word that every match of a pattern must hold ("review" of "(?:case|practice) review") is looked for first:
    words are short and come again, so that hundreds of patterns cost little more than those that match.
    """

    def __init__(self, patterns: Iterable[tuple[str, str]]) -> None:
        self._all: Named = tuple((name, re.compile(pattern)) for name, pattern in patterns)
        self._first, self._always = _NEEDS.count, 0
        for at, (_, pattern) in enumerate(self._all):
            words = needed(pattern.pattern)
            self._always |= 0 if words else 1 << at
            _NEEDS.add(words)
        self._own = (1 << len(self._all)) - 1
        self._of_bits = lru_cache(_WORDS)(self._chosen)

    def in_question(self, text: str) -> Named:
        """Return the patterns that may match `text`; no other does."""
        return self._of_bits(_NEEDS.of(text) >> self._first & self._own | self._always)

    def matching(self, text: str) -> Iterator[str]:
        """Yield what the patterns that match `text` say of it."""
        return (name for name, pattern in self.in_question(text) if pattern.search(text))

    def first(self, text: str) -> str:
        """Return what the first pattern that matches says of `text`, or nothing."""
        for name, pattern in self.in_question(text):
            if pattern.search(text):
                return name
        return ""

    def without(self, text: str) -> str:
        """Return `text` with a space for all that a pattern matches, one pattern after another."""
        for _, pattern in self.in_question(text):
            text = pattern.sub(" ", text)
        return text

    def _chosen(self, bits: int) -> Named:
        return tuple(one for at, one in enumerate(self._all) if bits >> at & 1)


def needed(pattern: str) -> frozenset[str]:
    """Return words, or parts of words, one of which every match of a pattern holds; none when that is not sure."""
    groups: dict[str, frozenset[str]] = {}

    def closed(group: re.Match[str]) -> str:
        looks_round = group["inside"].startswith("?")
        words = frozenset() if looks_round or group["loose"] else _of_any(group["inside"], groups)
        sign = chr(_PRIVATE + len(groups))
        groups[sign] = words
        return sign if words else _ANY

    pattern = _ONE_SIGN.sub(_ANY, pattern)
    while "(" in pattern:
        pattern = _GROUP.sub(closed, pattern)
    return _of_any(pattern, groups)


def _of_any(pattern: str, groups: dict[str, frozenset[str]]) -> frozenset[str]:
    each = [_of_one(alternative, groups) for alternative in pattern.split("|")]
    return frozenset().union(*each) if all(each) else frozenset()


def _of_one(alternative: str, groups: dict[str, frozenset[str]]) -> frozenset[str]:
    """Return what one alternative needs: a word of it or what a group of it needs, whichever is seldomer met."""
    sure = _NOT_SURE.sub(_ANY, alternative)
    words = [frozenset([word]) for word in re.findall(rf"[^\W\d_]{{{_FEWEST},}}", sure)]
    words += [groups[sign] for sign in sure if sign in groups]
    return max(words, key=lambda some: min(map(len, some)) - len(some), default=frozenset())
