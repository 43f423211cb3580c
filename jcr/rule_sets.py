"""The editions of law and guidance a case is judged by: name, source and date, as data that a setting changes."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

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


CHILD_2023 = RuleSet(
    key="child-2023",
    route="child",
    review="Local child safeguarding practice review",
    printed="Local Child Safeguarding Practice Review",
    edition="Working Together to Safeguard Children 2023",
    source="Children Act 2004 s.16C and s.16F; SI 2018/789 reg 11",
    effective=date(2023, 12, 15),
)
CHILD_2026 = replace(
    CHILD_2023,
    key="child-2026",
    edition="Working Together to Safeguard Children 2026",
    effective=date(2026, 3, 19),
    note="The day this edition took effect is taken from the file it was published as. A person has to confirm it, and "
    "its chapter 5, before use; the setting JCR_RULE_SETS holds what they find.",
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

DELIVERED = {one.key: one for one in (CHILD_2023, CHILD_2026, ADULT_2014, DHR_2004, DARDR_2024)}
CHANGEABLE = ("review", "printed", "edition", "source", "effective", "note")


def rule_sets_of(changed: Mapping[str, Mapping[str, Any]]) -> dict[str, RuleSet]:
    """The rule sets as delivered but for what is changed of them. Raises ValueError with what to write instead."""
    if unknown := sorted(changed.keys() - DELIVERED.keys()):
        known = ", ".join(DELIVERED)
        raise ValueError(f"there is no rule set called {', '.join(unknown)}; there are {known}")
    return {key: _changed(one, changed.get(key, {})) for key, one in DELIVERED.items()}


def _changed(one: RuleSet, told: Mapping[str, Any]) -> RuleSet:
    if wrong := [name for name, value in told.items() if name not in CHANGEABLE or type(value) is not str]:
        raise ValueError(
            f"write text for {', '.join(CHANGEABLE)} of {one.key}, and not for {', '.join(wrong)}"
        )
    changes: dict[str, Any] = dict(told)
    if "effective" in changes:
        try:
            changes["effective"] = date.fromisoformat(changes["effective"])
        except ValueError:
            raise ValueError(f"write the day {one.key} took effect as 2026-03-19") from None
    return replace(one, **changes)


def _in_force(environment: Mapping[str, str]) -> dict[str, RuleSet]:
    """As JCR_RULE_SETS changes them; where that is wrong, `jcr.settings` says so and nothing starts."""
    try:
        return rule_sets_of(json.loads(environment.get("JCR_RULE_SETS") or "{}"))
    except (ValueError, AttributeError):
        return DELIVERED


RULE_SETS = _in_force(os.environ)


def child_edition(on: date | None) -> RuleSet:
    """The edition of the child guidance in force on a day: the newest that had taken effect; else the newest."""
    editions = (RULE_SETS[CHILD_2026.key], RULE_SETS[CHILD_2023.key])
    return next((one for one in editions if on and one.effective and one.effective <= on), editions[0])
