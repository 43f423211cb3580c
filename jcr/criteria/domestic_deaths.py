"""The domestic test, under the Act of 2004 and under that of 2024, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from jcr.answer import Tri, all_hold, any_holds
from jcr.criteria.facts import CONNECTIONS
from jcr.criteria.known import Known, read
from jcr.criteria.limbs import Limb, all_of, any_of, asked, at_least, died
from jcr.criteria.verdict import Test, verdict
from jcr.rule_sets import DARDR_2024, DHR_2004, RULE_SETS

ACT_2004 = "Domestic Violence, Crime and Victims Act 2004 s.9(1)"
ACT_2024 = "Victims and Prisoners Act 2024 s.19"
ABUSE = "Domestic Abuse Act 2021 s.1"
CONNECTED = "Domestic Abuse Act 2021 s.2"
SUICIDE = "DHR statutory guidance 2016"
AGE = 16

BY_WHOM = ("related", "intimate_personal_relationship", "same_household")
BOTH_SHOWN = (
    "The two tests differ both ways: the 2024 test adds controlling, coercive, economic and emotional abuse; "
    "the 2004 test takes in members of a household who are not personally connected. Both are shown."
)


def domestic(
    facts: Mapping[str, object], regime: str | None = None, commenced_on: date | None = None
) -> Test:
    """Judge one death by both laws; `met` speaks of the one that applies, `beside` is the other.

    `regime` ("dhr_2004" or "dardr_2024") settles which applies; without it the date of death does, by
    `regime_for`. Findings: `dhr_2004` and `dardr_2024`.
    """
    known = read(facts)
    applied = (
        regime
        or str(known.values.get("regime") or "")
        or regime_for(known.day("date_of_death"), commenced_on)
    )
    old, new = _dhr_2004(known), _dardr_2024(known)
    findings = (old, new)
    tests = {
        DHR_2004.key: verdict(old, RULE_SETS[DHR_2004.key], known, (BOTH_SHOWN,), findings),
        DARDR_2024.key: verdict(new, RULE_SETS[DARDR_2024.key], known, (BOTH_SHOWN,), findings),
    }
    if applied not in tests:
        raise ValueError(
            f"There is no domestic test called “{applied}”. Choose {DHR_2004.key} or {DARDR_2024.key}."
        )
    chosen = tests.pop(applied)
    return replace(chosen, beside=next(iter(tests.values())))


def regime_for(died_on: date | None, commenced_on: date | None) -> str:
    """Which law applies: the 2024 Act to deaths from its commencement, once that date is set; else 2004."""
    if commenced_on and died_on and died_on >= commenced_on:
        return DARDR_2024.key
    return DHR_2004.key


def personally_connected(known: Known) -> Tri:
    """As said, or from the seven connections: one is enough, and only seven noes make a no; not known where what was
    said and the connections disagree."""
    told = {known.tri("personally_connected"), any_holds(known.tri(key) for key in CONNECTIONS)} - {
        "not_known"
    }
    return told.pop() if len(told) == 1 else "not_known"


def _dhr_2004(known: Known) -> Limb:
    relationship = any_of(
        "relationship",
        "Was it by a relative, a partner or former partner, or a member of the same household?",
        ACT_2004,
        [asked(known, key, ACT_2004) for key in (*BY_WHOM, *_spouses(known))],
    )
    parts = [died(known, ACT_2004), _victim_old_enough(known, ACT_2004), _from_violence(known), relationship]
    return all_of("dhr_2004", "Is the test of the 2004 Act met?", RULE_SETS["dhr_2004"].source, parts)


def _spouses(known: Known) -> tuple[str, ...]:
    """Whoever is or was married, or a civil partner, is or was a partner, also where nobody answered that."""
    return tuple(key for key in ("married", "civil_partners") if known.tri(key) == "yes")


def _from_violence(known: Known) -> Limb:
    violence = asked(known, "violence_abuse_or_neglect", ACT_2004)
    # The guidance of 2016 adds suicides that give rise to concern; they count once the question is put.
    if not known.has("suicide_with_concern"):
        return violence
    suicide = asked(known, "suicide_with_concern", SUICIDE)
    return any_of("violence_abuse_or_neglect", violence.question, ACT_2004, [violence, suicide])


def _dardr_2024(known: Known) -> Limb:
    other_age = known.age("perpetrator_age", on=())
    parts = [
        died(known, ACT_2024),
        _victim_old_enough(known, ABUSE),
        at_least(
            "perpetrator_16", AGE, other_age, "perpetrator_age", "the person alleged to be responsible", ABUSE
        ),
        asked(known, "personally_connected", CONNECTED, personally_connected(known)),
        asked(known, "domestic_abuse", ABUSE),
    ]
    return all_of("dardr_2024", "Is the test of the 2024 Act met?", RULE_SETS["dardr_2024"].source, parts)


def _victim_old_enough(known: Known, paragraph: str) -> Limb:
    age = known.age("victim_age", "subject_age")
    who = "the person who died" if known.died() == "yes" else "the person"
    return at_least("victim_16", AGE, age, "victim_age", who, paragraph)


def died_close_to_home(known: Known) -> Tri:
    """Whether a death came about among relatives, partners or a household; for spotting overlaps only."""
    near = (known.tri(key) for key in BY_WHOM)
    return all_hold([known.died(), any_holds([*near, personally_connected(known)])])
