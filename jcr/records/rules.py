"""When a closed record is to be reviewed: its kind, the years set for it, and the day they end."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

NOT_REVIEWED = "not_reviewed"  # a case that no kind of review was set for
KINDS = {
    "child": "A child’s case",
    "adult": "An adult’s case",
    "domestic": "A domestic homicide or domestic abuse related death",
    NOT_REVIEWED: "A referral for which no kind of review was set",
}
OF_NO_CASE = {
    "mail": "Mail that became part of no case",
    "drafts": "Referrals begun on the web and never sent",
    "requests": "Access requests, freedom of information requests and complaints",
}
COUNTED_FROM = {
    "mail": "it was dealt with",
    "drafts": "somebody last typed in them",
    "requests": "they were answered",
}


def years_later(day: date, years: int) -> date:
    """The same day so many years later; 1 March where there is no 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def years_before(day: date, years: int) -> date:
    """The last day from which so many years have passed."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def years_kept(routes: Collection[str], years: Mapping[str, int]) -> int:
    """How many years a record is kept after the case was closed: the longest of its kinds."""
    return max(years[kind] for kind in (routes or (NOT_REVIEWED,)))


def review_on(closed_on: date, routes: Collection[str], years: Mapping[str, int]) -> date:
    return years_later(closed_on, years_kept(routes, years))
