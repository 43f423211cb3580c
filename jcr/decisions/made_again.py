"""Why a recommendation is made again: who brought the one before back to the rapid review, and with which reasons."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Status
from jcr.decisions.model import Looked, Recommendation, Reconsideration
from jcr.decisions.recommending import describe
from jcr.history.model import Entry
from jcr.wording import long_date

BACK = (Status.SENT_BACK, Status.NOT_RATIFIED, Status.RAPID_REVIEW)


def brought_back(
    session: Session, recommendation: Recommendation, until: datetime | None = None
) -> list[str]:
    """Each step by which it came back, as a sentence with its reasons, the earliest first: an office that did not
    accept, a second look at the decision that the referrer asked for, a reply of the Panel; until the next was made."""
    asked = select(Reconsideration).where(
        Reconsideration.case_id == recommendation.case_id,
        Reconsideration.outcome == Looked.REOPENED,
        Reconsideration.answered_at >= recommendation.made_at,
    )
    steps = select(Entry).where(
        Entry.case_id == recommendation.case_id,
        Entry.to_status.in_([status.value for status in BACK]),
        Entry.at >= recommendation.made_at,
    )
    said = [
        (one.answered_at, f"The referrer asked on {long_date(one.asked_on)}, {one.ground.shown}: {one.what}")
        for one in session.scalars(asked)
        if one.answered_at
    ]
    said += [
        (one.at, f"{one.actor_name} {one.act}. {one.why}")
        for one in session.scalars(steps.order_by(Entry.id))
    ]
    said.sort(key=lambda one: one[0])
    return [sentence for at, sentence in said if until is None or at <= until]


def why_again(session: Session, recommendation: Recommendation) -> str:
    """For whoever decides on it: what was recommended before, and why that came back; empty for the first."""
    before = session.scalar(
        select(Recommendation).where(
            Recommendation.case_id == recommendation.case_id,
            Recommendation.number == recommendation.number - 1,
        )
    )
    if before is None:
        return ""
    first = f"Recommendation {before.number}, of {long_date(before.met_on)}: {describe(before)}."
    return "\n".join([first, *brought_back(session, before, recommendation.made_at)])
