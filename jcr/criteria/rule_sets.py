"""The editions of law and guidance a case is judged by: name, source and date, as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Route = Literal["child", "adult", "domestic"]


@dataclass(frozen=True)
class RuleSet:
    """One edition of one test. A case keeps the key of the edition it was judged by.

    `effective` is None where the date has not been confirmed by a person; `note` then says so.
    """

    key: str
    route: Route
    review: str
    printed: str
    edition: str
    source: str
    effective: date | None
    note: str = ""


CHILD_2026 = RuleSet(
    key="child-2026",
    route="child",
    review="Local child safeguarding practice review",
    printed="Local Child Safeguarding Practice Review",
    edition="Working Together to Safeguard Children 2026",
    source="Children Act 2004 s.16C and s.16F; SI 2018/789 reg 11",
    effective=None,
    note="The date this edition took effect, and its chapter 5, are to be confirmed by a person before use.",
)
ADULT_2014 = RuleSet(
    key="adult-2014",
    route="adult",
    review="Safeguarding adult review",
    printed="Safeguarding Adult Review",
    edition="Care and support statutory guidance, chapter 14",
    source="Care Act 2014 s.44",
    effective=date(2015, 4, 1),
)
DHR_2004 = RuleSet(
    key="dhr_2004",
    route="domestic",
    review="Domestic homicide review",
    printed="Domestic Homicide Review (also called Domestic Abuse Related Death Review)",
    edition="Multi-agency statutory guidance, December 2016",
    source="Domestic Violence, Crime and Victims Act 2004 s.9",
    effective=date(2011, 4, 13),
)
DARDR_2024 = RuleSet(
    key="dardr_2024",
    route="domestic",
    review="Domestic abuse related death review",
    printed="Domestic Abuse Related Death Review (formerly Domestic Homicide Review)",
    edition="Guidance to follow commencement",
    source="Victims and Prisoners Act 2024 s.19; Domestic Abuse Act 2021 s.1 and s.2",
    effective=None,
    note="Enacted; not shown to be in force. A setting says from which date it applies.",
)

RULE_SETS = {one.key: one for one in (CHILD_2026, ADULT_2014, DHR_2004, DARDR_2024)}
