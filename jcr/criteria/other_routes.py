"""The kinds of review a case is not considered for, though what is known of a subject points to them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from jcr.answer import any_holds
from jcr.criteria.domestic_deaths import AGE, BY_WHOM, personally_connected
from jcr.criteria.known import Known, read

ADULT_AGE = 18


@dataclass(frozen=True)
class Pointer:
    """A route to look at as well, and why, as a sentence."""

    route: str
    because: str


def other_routes(
    facts: Mapping[str, object], routes: Collection[str], claimed: Collection[str] = ()
) -> list[Pointer]:
    """Which routes beyond those of the case to look at for one subject. `claimed` are the facts the referral claims."""
    known = read({**dict.fromkeys(claimed, "yes"), **facts})
    return [one for one in _pointers(known) if one.route not in routes]


def _pointers(known: Known) -> Iterator[Pointer]:
    age, at_death = known.age("subject_age", "victim_age"), known.age("victim_age", "subject_age")
    if known.tri("unborn") == "yes" or (age is not None and age < ADULT_AGE):
        yield Pointer(
            "child", f"At {age:g} a child." if age is not None else "A child who was unborn at the time."
        )
    if at_death is None:
        return
    if at_death >= ADULT_AGE and known.tri("has_care_and_support_needs") == "yes":
        yield Pointer("adult", f"At {at_death:g} an adult, with needs for care and support.")
    if known.died() == "yes" and at_death >= AGE:
        yield from _domestic(known, at_death)


def _domestic(known: Known, age: float) -> Iterator[Pointer]:
    near = any_holds([*(known.tri(key) for key in BY_WHOM), personally_connected(known)])
    if near == "yes":
        yield Pointer("domestic", f"Died at {age:g}, among relatives, partners or a household.")
    elif near == "not_known" and age < ADULT_AGE:
        yield Pointer(
            "domestic",
            f"Died at {age:g}: old enough, if a relative, partner or the household was involved.",
        )
