"""The days of a review that was decided: reviewer commissioned, review complete, publication."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from jcr.cases.model import Case, Route
from jcr.desk.clock import Dates
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.roles import Actor
from jcr.wording import listed, long_date

DAYS = {
    "commissioned_on": "the reviewer was commissioned",
    "reviewed_on": "the review was complete",
    "publish_on": "publication is planned",
    "panel_copied_on": "the Panel was sent its copy",
}
PLANNED = "publish_on"


def faults(days: Mapping[str, date | None], dates: Dates, today: date) -> Iterator[tuple[str, str]]:
    """What cannot be right, as pairs of name and sentence."""
    for name, day in days.items():
        if day and day > today and name != PLANNED:
            yield name, "This day must be today or in the past"
        elif day and dates.ratified_on and day < dates.ratified_on:
            yield name, f"The review was ratified on {long_date(dates.ratified_on)}, after this day"
    commissioned, done = days.get("commissioned_on"), days.get("reviewed_on")
    if commissioned and done and done < commissioned:
        yield "reviewed_on", "A review cannot be complete before its reviewer was commissioned"


def is_decided(dates: Dates) -> bool:
    """Whether a statutory review was ratified, so that it has days of its own."""
    return dates.review_held and dates.ratified_on is not None


def set_days(
    session: Session,
    case: Case,
    dates: Dates,
    days: Mapping[str, date | None],
    why: str,
    actor: Actor,
    now: datetime,
    today: date,
) -> None:
    """Records the days; those that were known stay in the history.

    Raises NotNow where no review was decided; Incomplete for days that cannot be right, or where no reason is given
    for changing one.
    """
    if not is_decided(dates):
        raise NotNow("No statutory review of this case is ratified, so it has no reviewer and no report.")
    if wrong := [one for _, one in faults(days, dates, today)]:
        raise Incomplete(" ".join(f"{one}." for one in wrong))
    before = {name: getattr(case, name) for name in DAYS}
    changed = [name for name in DAYS if days.get(name) != before[name]]
    if any(before[name] for name in changed) and not why.strip():
        raise Incomplete("Say why a day that was recorded changes: dates are counted from it.")
    if not changed:
        return
    for name in changed:
        setattr(case, name, days.get(name))
    told = [f"{DAYS[name]}: {_shown(days.get(name))}" for name in changed]
    was = {name: day.isoformat() for name in changed if (day := before[name])}
    record(session, case.id, actor, now, f"recorded when {listed(told)}", why.strip(), before=was)


def has_panel(case: Case) -> bool:
    """Whether a copy goes to the Panel before publication (ToR 4)."""
    return Route.CHILD in case.route_names


def _shown(day: date | None) -> str:
    return long_date(day) if day else "not known"
