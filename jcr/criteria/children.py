"""The child test: serious child safeguarding case, notice to the Panel, and the notices owed on a death."""

from __future__ import annotations

from collections.abc import Mapping

from jcr.answer import Answer, Tri, opposite
from jcr.criteria.facts import CHILD_CONSIDERATIONS, CHILD_REGARDS
from jcr.criteria.known import Known, read
from jcr.criteria.limbs import Limb, all_of, any_of, asked, died
from jcr.criteria.verdict import Test, verdict
from jcr.rule_sets import RuleSet, child_edition

SERIOUS = "Children Act 2004 s.16C; ToR 1"
NOTIFY = "Children Act 2004 s.16C"
LAC_NOTICE = "Notice of the death of a looked-after child; Working Together"
LEAVER_NOTICE = "Notice of the death of a care leaver; Working Together"
CONSIDER = "SI 2018/789 reg 11"
REGARD = "Working Together; to be confirmed"

ADULT_AGE = 18
CARE_LEAVER_AGE = 24
NOT_OBLIGED = (
    "Meeting the criteria does not oblige the safeguarding partners to hold a review: they decide whether "
    "one is appropriate (ToR 1)."
)


def child(facts: Mapping[str, object], rule_set: RuleSet | None = None) -> Test:
    """Judge one subject by the test of the Children Act 2004, as ToR 1 states it; by the newest edition, unless told.

    `met` speaks of a child under 18, abuse or neglect known or suspected, and death or serious harm.
    Findings: `serious_child_case`, `notifiable_to_panel`, `lac_death_notice`, `care_leaver_notice`. The
    considerations of regulation 11, and what Working Together adds, stand apart: they are weighed, and never decide
    whether the test is met.
    """
    known = read(facts)
    under_18, serious = _under_18(known), _serious(known)
    whole = all_of("child", "Is this a serious child safeguarding case?", SERIOUS, [under_18, *serious.parts])
    findings = (serious, _notifiable(known, under_18, serious), _lac_notice(known), _leaver_notice(known))
    considerations = (
        *(asked(known, fact.key, CONSIDER) for fact in CHILD_CONSIDERATIONS),
        *(asked(known, fact.key, REGARD) for fact in CHILD_REGARDS),
    )
    return verdict(whole, rule_set or child_edition(None), known, (NOT_OBLIGED,), findings, considerations)


def learning_activity_is_review(criteria_met: Tri, audit_or_roundtable: bool) -> Answer:
    """Whether an audit or roundtable convened for a child case has to be called a CSPR (ToR 3)."""
    source = "ToR 3, rapid reviews involving children"
    if criteria_met == "yes" and audit_or_roundtable:
        because = (
            "The criteria are met and an audit or other learning activity is convened, so this is a child "
            "safeguarding practice review and not an alternative to one."
        )
        return Answer(True, because, source)
    because = (
        "The criteria are not met."
        if audit_or_roundtable
        else "No audit or other learning activity is convened."
    )
    return Answer(False, because, source)


def _under_18(known: Known) -> Limb:
    question = "Was the child under 18?"
    if known.tri("unborn") == "yes":
        return Limb("under_18", question, "yes", "the child was unborn at the time", SERIOUS)
    age = known.age("subject_age", on=("incident_date", "date_of_death"))
    if age is None:
        return _by_being_adult(known, question)
    if age < ADULT_AGE:
        return Limb("under_18", question, "yes", f"the child was {age:g}, which is under 18", SERIOUS)
    return Limb("under_18", question, "no", f"the subject was {age:g}, which is not under 18", SERIOUS)


def _by_being_adult(known: Known, question: str) -> Limb:
    answer = opposite(known.tri("adult"))
    clause = {
        "yes": "the subject was not an adult",
        "no": "the subject was an adult",
        "not_known": "it is not yet known how old the subject was",
    }[answer]
    return Limb(
        "under_18", question, answer, clause, SERIOUS, ("subject_age",) if answer == "not_known" else ()
    )


def _serious(known: Known) -> Limb:
    harm = any_of(
        "died_or_seriously_harmed",
        "Has the child died or been seriously harmed?",
        SERIOUS,
        [died(known, SERIOUS), asked(known, "seriously_harmed", SERIOUS)],
    )
    abuse = asked(known, "abuse_or_neglect_known_or_suspected", SERIOUS)
    return all_of("serious_child_case", "Is this a serious child safeguarding case?", SERIOUS, [abuse, harm])


def _notifiable(known: Known, under_18: Limb, serious: Limb) -> Limb:
    abroad = all_of(
        "resident_and_harmed_abroad",
        "Does the child live in our area, and did it happen outside England?",
        NOTIFY,
        [asked(known, "normally_resident_in_la", NOTIFY), asked(known, "harm_outside_england", NOTIFY)],
    )
    ours = any_of(
        "for_our_local_authority",
        "Is it for our local authority to notify?",
        NOTIFY,
        [asked(known, "harm_occurred_in_la_area", NOTIFY), abroad],
    )
    question = "Must the local authority notify the Panel?"
    return all_of("notifiable_to_panel", question, NOTIFY, [under_18, serious, ours])


def _lac_notice(known: Known) -> Limb:
    parts = [asked(known, "looked_after", LAC_NOTICE), died(known, LAC_NOTICE)]
    return all_of("lac_death_notice", "Is a looked-after child's death to be notified?", LAC_NOTICE, parts)


def _leaver_notice(known: Known) -> Limb:
    age = known.age("victim_age", "subject_age")
    question = f"Was the person {CARE_LEAVER_AGE} or under?"
    if age is None:
        clause = "it is not yet known how old the person was"
        young = Limb("24_or_under", question, "not_known", clause, LEAVER_NOTICE, ("subject_age",))
    else:
        # Up to the 25th birthday: somebody of 24 and a half is 24.
        answer: Tri = "yes" if age < CARE_LEAVER_AGE + 1 else "no"
        young = Limb("24_or_under", question, answer, f"the person was {age:g}", LEAVER_NOTICE)
    parts = [asked(known, "care_leaver", LEAVER_NOTICE), young, died(known, LEAVER_NOTICE)]
    return all_of("care_leaver_notice", "Is a care leaver's death to be notified?", LEAVER_NOTICE, parts)
