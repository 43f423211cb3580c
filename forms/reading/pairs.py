"""Label and answer pairs: which words a form printed, and what was written against them."""

from collections.abc import Collection
from dataclasses import dataclass, field

from .labels import plain
from .layout import Line
from .meaning import Match
from .placeholders import state_of
from .row_tables import RowTable

_PARTICULARS = ("_name", "_role", "_agency", "_date", "_dob")
SIGNED = "below a letter"  # how a writer was found of whom nothing was asked
_PROSE, _SHORT_ANSWER = 8, 24  # words


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
        return set().union(*self.meanings().values())

    def meanings(self, without: Collection[int] = ()) -> dict[str, set[str]]:
        """Return what each label asks for, and the groups of the row tables, but for what stands on some lines."""
        meant: dict[str, set[str]] = {"": {table.group for table in self.tables}}
        for pair in self.pairs:
            if (
                pair.match
                and not pair.tells
                and pair.how != SIGNED
                and not (pair.lines and pair.lines[0] in without)
            ):
                meant.setdefault(plain(pair.label), set()).update(pair.match.names)
        return meant

    @property
    def filled(self) -> int:
        """How many labels have a short answer against them, whatever they mean."""
        return sum(0 < len(pair.answer.split()) <= _SHORT_ANSWER for pair in self.pairs)

    @property
    def begun(self) -> bool:
        """Whether anything has been answered yet: what stands above it is the title."""
        return any(pair.answer.strip() for pair in self.pairs)

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
