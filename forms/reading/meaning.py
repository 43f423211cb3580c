"""What a label was found to mean, and the place on the form where it stands."""

from dataclasses import dataclass
from typing import NamedTuple

SURE, GOOD = 1.0, 0.9  # of what a label means


@dataclass(frozen=True)
class Match:
    """A label understood: the canonical names it asks for, whose they are, and how sure we are (0 to 1)."""

    names: tuple[str, ...]
    score: float
    person: str = ""
    explicit: bool = False  # the label itself says whose it is

    @property
    def name(self) -> str:
        return self.names[0]


class Place(NamedTuple):
    """Where a label stands: the section's word, and the person last spoken of."""

    section: str = ""
    person: str = ""
