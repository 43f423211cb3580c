"""What is known of a subject: facts as forms and people give them, read under their canonical names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from jcr.answer import Tri, as_tri, is_understood, opposite
from jcr.cases.rules import age_on
from jcr.criteria.facts import ALIASES, CATALOGUE, CONNECTIONS
from jcr.wording import long_date

OLDEST = 130


@dataclass(frozen=True)
class Known:
    """The facts of one subject by canonical name, and what to tell the officer about how they were read."""

    values: Mapping[str, object]
    notes: tuple[str, ...] = ()

    def has(self, key: str) -> bool:
        """Whether the fact was put at all, be it only as not known."""
        return key in self.values

    def tri(self, key: str) -> Tri:
        """The answer to a fact; not known when it was never given."""
        return as_tri(self.values.get(key))

    def died(self) -> Tri:
        """Whether the person died: as said, by `alive` or by a date of death; not known where these disagree."""
        dated: Tri = "yes" if self.day("date_of_death") else "not_known"
        told = {self.tri("died"), opposite(self.tri("alive")), dated} - {"not_known"}
        return told.pop() if len(told) == 1 else "not_known"

    def day(self, key: str) -> date | None:
        """A date given as a date or as ISO text; none when it is missing or cannot be read."""
        value = self.values.get(key)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            return None

    def age(self, *keys: str, on: tuple[str, ...] = ("date_of_death", "incident_date")) -> float | None:
        """The first age given among the keys; else by the date of birth on the first of the days given."""
        given = next((age for age in map(self._years, keys) if age is not None), None)
        if given is not None:
            return given
        born, then = self.day("date_of_birth"), next(filter(None, map(self.day, on)), None)
        return age_on(born, then) if born and then and born <= then else None

    def _years(self, key: str) -> float | None:
        value = self.values.get(key)
        if isinstance(value, bool):
            return None
        try:
            age = float(str(value).strip())
        except ValueError:
            return None
        return age if 0 <= age <= OLDEST else None


def read(facts: Mapping[str, object] | Known) -> Known:
    """Facts under whatever case, spacing or alias of their names, with notes on what does not fit.

    Nothing is refused: an answer that was not understood, or two that contradict each other, counts as
    not yet known and is noted for a person to put right.
    """
    if isinstance(facts, Known):
        return facts
    values: dict[str, object] = {}
    notes: list[str] = []
    for name, value in facts.items():
        key = _canonical(name)
        if key in values and {as_tri(values[key]), as_tri(value)} == {"yes", "no"}:
            notes.append(f"“{_question(key)}” is answered both yes and no, so it counts as not yet known.")
            values[key] = None
        elif _is_blank(values.get(key)):
            values[key] = value
    known = Known(values)
    return Known(values, (*notes, *_not_understood(known), *contradictions(known)))


def contradictions(known: Known) -> tuple[str, ...]:
    """What cannot all be true of one person, in sentences that say what to look at."""
    return tuple(_contradictions(known))


def _contradictions(known: Known) -> Iterator[str]:
    born, dead = known.day("date_of_birth"), known.day("date_of_death")
    if born and dead and dead < born:
        days = f"The date of death, {long_date(dead)}, is before the date of birth, {long_date(born)}"
        yield f"{days}: check both dates."
    if known.tri("died") == "no" and (dead or known.tri("death_from_abuse_or_neglect") == "yes"):
        yield (
            "The person is recorded as alive, yet a death is recorded too. Until somebody checks which is right, it "
            "counts as not yet known whether the person died."
        )
    if known.tri("died") == known.tri("alive") != "not_known":
        yield "“Died” and “alive” have the same answer: check which is right."
    if known.tri("harm_occurred_in_la_area") == known.tri("harm_outside_england") == "yes":
        yield "The harm is recorded both in our area and outside England: check where it was."
    yield from _connections_disagree(known)
    age = known.age("subject_age")
    if known.tri("looked_after") == "yes" and age is not None and age >= 18:
        yield f"A person of {age:g} is recorded as a looked-after child: check the age or the care status."


def _connections_disagree(known: Known) -> Iterator[str]:
    connected = [key for key in CONNECTIONS if known.tri(key) == "yes"]
    if known.tri("personally_connected") == "no" and connected:
        clause = CATALOGUE[connected[0]].yes
        yield (
            f"It is answered that {clause}, and that they were not personally connected. Until somebody checks which "
            "is right, it counts as not yet known whether they were."
        )
    if known.tri("personally_connected") == "yes" and all(known.tri(key) == "no" for key in CONNECTIONS):
        yield (
            "The two people are recorded as personally connected, yet every connection is answered no. Until somebody "
            "checks which is right, it counts as not yet known whether they were."
        )
    if known.tri("intimate_personal_relationship") == "no" and known.tri("married") == "yes":
        yield "Two people who were married are recorded as never partners: check which is right."


def _not_understood(known: Known) -> Iterator[str]:
    for key, value in known.values.items():
        if key in CATALOGUE and not is_understood(value):
            yield f"The answer “{value}” to “{_question(key)}” is not yes, no or not known: answer it again."
        elif key.endswith("_age") and not is_understood(value) and known.age(key, on=()) is None:
            yield f"The age “{value}” is not a number of years from 0 to {OLDEST}: enter it again."


def _is_blank(value: object) -> bool:
    return is_understood(value) and as_tri(value) == "not_known"


def _canonical(name: str) -> str:
    key = "_".join(str(name).replace("-", " ").replace("_", " ").split()).casefold()
    return ALIASES.get(key, key)


def _question(key: str) -> str:
    return CATALOGUE[key].question if key in CATALOGUE else key.replace("_", " ").capitalize()
