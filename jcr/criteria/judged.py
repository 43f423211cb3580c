"""What the tests said when a recommendation or a decline was put on record: by which edition, and what is newer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from forms.dates import day_or_none
from jcr.cases.model import Case, Status
from jcr.cases.workflow import ACTS
from jcr.criteria.service import Judged
from jcr.history.model import Entry
from jcr.rule_sets import RuleSet
from jcr.wording import plain_date

PUT_ON_RECORD = (ACTS["recommend"].says, ACTS["decline"].says)
STANDS = (Status.RECOMMENDED, Status.RATIFIED, Status.DECIDED, Status.DECLINED, Status.CLOSED)


@dataclass(frozen=True)
class Kept:
    """One test of one subject as it was put on record. `newer` tells what is in force today where that is another."""

    subject: str
    route: str
    met: str
    because: str
    source: str
    edition: str
    printed: str
    effective: date | None
    limbs: Sequence[Mapping[str, Any]]
    newer: str

    @property
    def judged_by(self) -> str:
        """The edition and from when it was in force, such as "Working Together 2026, in force from 19 March 2026"."""
        return _told(self.edition, self.effective)


@dataclass(frozen=True)
class Judgement:
    """What the recommendation or decline of a case rests on; facts and editions of today do not change it."""

    at: datetime
    results: Sequence[Kept]


def judgement(case: Case, entries: Iterable[Entry], live: Sequence[Judged]) -> Judgement | None:
    """What stands on record, from the case's history, newest first; None while nothing does.

    `live` are the tests as they are put today: they tell which edition is in force now.
    """
    if case.status not in STANDS:
        return None
    entry = next((one for one in entries if one.act in PUT_ON_RECORD), None)
    if entry is None or not entry.details.get("criteria"):
        return None
    today = {one.route.value: one.test.rule_set for one in live}
    kept = [_kept(one, today.get(one["route"])) for one in entry.details["criteria"]]
    return Judgement(entry.at, kept)


def _kept(result: Mapping[str, Any], today: RuleSet | None) -> Kept:
    effective = day_or_none(result.get("effective"))
    other = today is not None and (today.key, today.edition) != (result.get("regime"), result.get("edition"))
    return Kept(
        subject=str(result.get("initials") or ""),
        route=str(result["route"]),
        met=str(result["met"]),
        because=str(result["because"]),
        source=str(result.get("source") or ""),
        edition=str(result.get("edition") or ""),
        printed=str(result.get("printed") or ""),
        effective=effective,
        limbs=result.get("limbs") or [],
        newer=_told(today.edition, today.effective) if today and other else "",
    )


def _told(edition: str, effective: date | None) -> str:
    return f"{edition}, in force from {plain_date(effective)}" if effective else edition
