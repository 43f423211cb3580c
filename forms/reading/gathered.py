"""What is being gathered from one document: answers, where each came from, and the text that became none."""

import re
from dataclasses import dataclass, field

from .dates import Era
from .pairs import Pair
from .result import Found, RowValues, Value

_WORD = re.compile(r"[^\W_]+")


@dataclass
class Answers:
    """What is being gathered from one document."""

    era: Era
    fields: dict[str, Value] = field(default_factory=dict)
    rows: dict[str, list[RowValues]] = field(default_factory=dict)
    found: dict[str, Found] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    unplaced: list[tuple[int, str]] = field(default_factory=list)
    claimed: set[int] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    asked: frozenset[str] = frozenset()  # names that have an answered label of their own

    def claim(self, *numbers: int) -> None:
        """Mark lines as accounted for."""
        self.claimed.update(numbers)

    def leave(self, number: int, text: str) -> None:
        """List text that became no answer, in the order of the document."""
        if text.strip():
            self.unplaced.append((number, text.strip()))

    def put(self, name: str, value: Value, found: Found) -> None:
        """Keep an answer; the first to a name stays."""
        self.fields[name] = value
        self.note(name, found)

    def note(self, name: str, found: Found) -> None:
        """Keep where an answer came from; what stood there before, such as a "not known", is listed."""
        before = self.found.get(name)
        if before and before.text not in found.text:
            self.leave(0, before.text)
        self.found[name] = found

    def keep(self, wanted: re.Pattern[str]) -> None:
        """List every answer whose name does not begin as `wanted` says as text that became none."""
        for name in [name for name in self.found if not wanted.match(name)]:
            found = self.found.pop(name)
            self.leave(0, f"{found.label} {found.text}")
        self.fields = {name: value for name, value in self.fields.items() if wanted.match(name)}
        self.rows = {}

    def texts(self) -> list[str]:
        """Return every answer's text, every label and all unplaced text."""
        return [
            *(found.text for found in self.found.values()),
            *self.labels,
            *(text for _, text in self.unplaced),
        ]


def words_of(text: str) -> set[str]:
    """Return the words of a text, in small letters."""
    return set(_WORD.findall(text.casefold()))


def found_of(pair: Pair, doubt: str = "") -> Found:
    """Return where a pair's answer stands, how it was found and how sure we are."""
    assert pair.match is not None
    return Found(pair.answer.strip(), pair.where, pair.how, pair.match.score, doubt, pair.label.strip())
