"""Limbs of a statutory test, and how limbs combine without pretending to know what nobody knows yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jcr.answer import Tri, all_hold, any_holds
from jcr.criteria.facts import CATALOGUE, FACTS
from jcr.criteria.known import Known
from jcr.wording import sentence


@dataclass(frozen=True)
class Limb:
    """One limb: question, answer, the reason as a clause, its paragraph and the facts still needed."""

    key: str
    question: str
    answer: Tri
    clause: str
    paragraph: str
    needed: tuple[str, ...] = ()
    parts: tuple[Limb, ...] = ()

    @property
    def because(self) -> str:
        """The reason as a sentence, for page, letter and minutes."""
        return sentence(self.clause)


def asked(known: Known, key: str, paragraph: str, answer: Tri | None = None) -> Limb:
    """A limb that is one fact; `answer` where it was worked out from other facts."""
    fact = CATALOGUE[key]
    found = answer or known.tri(key)
    clause = {"yes": fact.yes, "no": fact.no, "not_known": fact.not_known}[found]
    return Limb(key, fact.question, found, clause, paragraph, (key,) if found == "not_known" else ())


def died(known: Known, paragraph: str) -> Limb:
    """The limb that the person has died."""
    return asked(known, "died", paragraph, known.died())


def at_least(key: str, years: int, age: float | None, fact: str, who: str, paragraph: str) -> Limb:
    """The limb that somebody had reached an age; `fact` names the age to ask for when it is not known."""
    question = f"Was {who} {years} or over?"
    if age is None:
        return Limb(key, question, "not_known", f"it is not yet known how old {who} was", paragraph, (fact,))
    if age >= years:
        return Limb(key, question, "yes", f"{who} was {age:g}, which is {years} or over", paragraph)
    return Limb(key, question, "no", f"{who} was {age:g}, which is under {years}", paragraph)


def all_of(key: str, question: str, paragraph: str, parts: Sequence[Limb]) -> Limb:
    """Met when every part is; one part that is not met decides, whatever the others may turn out to be."""
    answer = all_hold(part.answer for part in parts)
    return _combined(key, question, answer, paragraph, parts)


def any_of(key: str, question: str, paragraph: str, parts: Sequence[Limb]) -> Limb:
    """Met when any part is; not met only when no part is."""
    answer = any_holds(part.answer for part in parts)
    return _combined(key, question, answer, paragraph, parts)


def still_needed(limbs: Sequence[Limb]) -> tuple[str, ...]:
    """The facts that would settle limbs not yet known, each once, in the order of the limbs."""
    return tuple(dict.fromkeys(key for limb in limbs if limb.answer == "not_known" for key in limb.needed))


def questions(needed: Sequence[str]) -> tuple[str, ...]:
    """The questions to put for facts still needed, as a scoping request asks them."""
    return tuple(FACTS[key] for key in needed)


def _combined(key: str, question: str, answer: Tri, paragraph: str, parts: Sequence[Limb]) -> Limb:
    # The parts that share the answer are those that explain it: a no by its noes, a yes by its yeses.
    reasons = dict.fromkeys(part.clause for part in parts if part.answer == answer)
    needed = still_needed(parts) if answer == "not_known" else ()
    return Limb(key, question, answer, "; ".join(reasons), paragraph, needed, tuple(parts))
