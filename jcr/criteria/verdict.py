"""The outcome of a test for one subject: met, not met or not yet known, with everything that led there."""

from __future__ import annotations

from dataclasses import dataclass

from jcr.answer import Tri
from jcr.criteria.known import Known
from jcr.criteria.limbs import Limb, still_needed
from jcr.rule_sets import Route, RuleSet
from jcr.wording import sentence


@dataclass(frozen=True)
class Test:
    """What a test says. It proposes; whether to hold a review is another record, made by a named person.

    `limbs` are those of the test itself and settle `met`. `findings` are the further conclusions the law
    draws from the same facts, such as notices owed. `considerations` are to be weighed and never decide.
    `needed` are the facts that would settle `met`. `doubts` are those of the notes that say which facts do not fit
    together or were not understood. `beside` is the other law's test, where two are shown.
    """

    route: Route
    met: Tri
    limbs: tuple[Limb, ...]
    because: str
    source: str
    needed: tuple[str, ...]
    notes: tuple[str, ...]
    regime: str
    rule_set: RuleSet
    findings: tuple[Limb, ...] = ()
    considerations: tuple[Limb, ...] = ()
    beside: Test | None = None
    doubts: tuple[str, ...] = ()

    __test__ = False  # not a test of the software, whatever its name says to pytest

    def finding(self, key: str) -> Limb:
        """A finding by its key. Raises KeyError when the test draws no such conclusion."""
        return {limb.key: limb for limb in self.findings}[key]

    @property
    def still_to_ask(self) -> tuple[str, ...]:
        """The facts that would settle the test and all its findings."""
        return tuple(dict.fromkeys((*self.needed, *still_needed(self.findings))))


def verdict(
    whole: Limb,
    rule_set: RuleSet,
    known: Known,
    notes: tuple[str, ...] = (),
    findings: tuple[Limb, ...] = (),
    considerations: tuple[Limb, ...] = (),
    beside: Test | None = None,
) -> Test:
    """The test whose limbs were combined into one, with its reason in a sentence."""
    said = {"yes": "is met", "no": "is not met", "not_known": "cannot be answered yet"}[whole.answer]
    return Test(
        route=rule_set.route,
        met=whole.answer,
        limbs=whole.parts,
        because=sentence(
            f"The test for a {rule_set.review[0].lower()}{rule_set.review[1:]} {said}: {whole.clause}"
        ),
        source=rule_set.source,
        needed=whole.needed,
        notes=(*notes, *known.notes),
        regime=rule_set.key,
        rule_set=rule_set,
        findings=findings,
        considerations=considerations,
        beside=beside,
        doubts=known.notes,
    )
