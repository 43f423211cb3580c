"""The adult test: when a safeguarding adult review must be arranged, and when it may be."""

from __future__ import annotations

from collections.abc import Mapping

from jcr.answer import opposite
from jcr.criteria.known import Known, read
from jcr.criteria.limbs import Limb, all_of, any_of, asked, at_least, died
from jcr.criteria.verdict import Test, verdict
from jcr.rule_sets import RULE_SETS, RuleSet

AREA = "Care Act 2014 s.44(1)"
CONCERN = "Care Act 2014 s.44(1)(a)"
CONDITION_1 = "Care Act 2014 s.44(2)"
CONDITION_2 = "Care Act 2014 s.44(3)"
MAY = "Care Act 2014 s.44(4)"
ALWAYS_STATUTORY = (
    "Every safeguarding adult review is statutory; it is either mandatory (s.44(1) to (3)) or discretionary "
    "(s.44(4)). The medical cause of death need not be proved, and the inquest need not be awaited."
)


def adult(facts: Mapping[str, object], rule_set: RuleSet = RULE_SETS["adult-2014"]) -> Test:
    """Judge one subject by the Care Act. `met` speaks of the mandatory review.

    Findings: `sar_mandatory`, `sar_discretionary` (any other case of an adult in the area with needs for
    care and support), `condition_1`, `condition_2`. Nobody under 18 meets either.
    """
    known = read(facts)
    person = [
        _is_adult(known),
        asked(known, "in_sab_area", AREA),
        asked(known, "has_care_and_support_needs", AREA),
    ]
    first, second = _conditions(known)
    conditions = any_of(
        "condition_1_or_2", "Is condition 1 or condition 2 met?", "Care Act 2014 s.44(1)(b)", [first, second]
    )
    concern = asked(known, "reasonable_cause_for_concern", CONCERN)
    must = "Must a safeguarding adult review be arranged?"
    mandatory = all_of("sar_mandatory", must, rule_set.source, [*person, concern, conditions])
    findings = (mandatory, _discretionary(person, mandatory), first, second)
    return verdict(mandatory, rule_set, known, (ALWAYS_STATUTORY,), findings)


def _is_adult(known: Known) -> Limb:
    age = known.age("victim_age", "subject_age")  # at death, where the person died
    if age is None and known.tri("adult") != "not_known":
        return asked(known, "adult", AREA)
    return at_least("adult", 18, age, "subject_age", "the person", AREA)


def _conditions(known: Known) -> tuple[Limb, Limb]:
    dead = died(known, CONDITION_1)
    alive = Limb(
        "alive", "Is the adult still alive?", opposite(dead.answer), dead.clause, CONDITION_2, dead.needed
    )
    first = all_of(
        "condition_1",
        "Did the adult die, and is the death known or suspected to be from abuse or neglect?",
        CONDITION_1,
        [dead, asked(known, "death_from_abuse_or_neglect", CONDITION_1)],
    )
    second = all_of(
        "condition_2",
        "Is the adult alive, and is serious abuse or neglect known or suspected?",
        CONDITION_2,
        [alive, asked(known, "serious_abuse_or_neglect", CONDITION_2)],
    )
    return first, second


def _discretionary(person: list[Limb], mandatory: Limb) -> Limb:
    clause = {
        "yes": "no mandatory review is owed",
        "no": "a mandatory review is owed already",
        "not_known": "it is not yet known whether a mandatory review is owed",
    }
    answer = opposite(mandatory.answer)
    other = Limb(
        "any_other_case",
        "Is this a case outside the mandatory test?",
        answer,
        clause[answer],
        MAY,
        mandatory.needed,
    )
    return all_of("sar_discretionary", "May a safeguarding adult review be arranged?", MAY, [*person, other])
