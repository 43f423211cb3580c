"""Label and answer pairs: which words a form printed, and what was written against them."""

from collections.abc import Collection
from dataclasses import dataclass, field

from .layout import Line
from .meaning import Match
from .placeholders import state_of
from .row_tables import RowTable

_PARTICULARS = ("_name", "_role", "_agency", "_date", "_dob")
_PROSE = 8  # words


@dataclass(frozen=True)
class Pair:
    """A label and what was written against it, with the lines both stand on."""

    label: str
    answer: str
    lines: tuple[int, ...]
    where: str
    how: str
    match: Match | None
    section: str = ""
    marked: tuple[str, ...] = ()

    @property
    def tells(self) -> bool:
        """Whether prose stands where somebody's particulars would: "Making a referral", and under it how to."""
        asks = self.match is not None and self.match.name.endswith(_PARTICULARS)
        return asks and self.answer.rstrip().endswith(".") and len(self.answer.split()) >= _PROSE


@dataclass
class Pairs:
    """Everything the pairing made of a layout: pairs, row tables, headings it recognised."""

    pairs: list[Pair] = field(default_factory=list)
    tables: list[RowTable] = field(default_factory=list)
    headings: list[Line] = field(default_factory=list)
    criteria: list[Pair] = field(default_factory=list)

    @property
    def asked(self) -> set[str]:
        """Every canonical name the form asks for, answered or not, and the groups of its row tables."""
        return self.asked_outside(())

    def asked_outside(self, lines: Collection[int]) -> set[str]:
        """Return every canonical name and group asked for anywhere but on these lines."""
        asking = [pair for pair in self.pairs if not (pair.lines and pair.lines[0] in lines)]
        names = {name for pair in asking if pair.match and not pair.tells for name in pair.match.names}
        return names | {table.group for table in self.tables}

    @property
    def agency_asked(self) -> bool:
        """Whether the agency that returns the form has been asked anything yet."""
        return any(pair.match and pair.match.name.startswith(("author_", "agency_")) for pair in self.pairs)

    @property
    def answered(self) -> frozenset[str]:
        """Every canonical name that a label of its own asks for and that has an answer there."""
        return frozenset(
            pair.match.name for pair in self.pairs if pair.match and state_of(pair.answer) == "answer"
        )
