"""What the officer fills in to call a meeting: the dates, and whom to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from forms import Form
from forms.fields import Date, Number, Text, Time
from jcr.meetings.quarters import every_quarter
from jcr.people.model import Agency
from jcr.scoping.proposing import Proposal
from jcr.scoping.rules import Dates, Suggestion
from jcr.scoping.service import Asked
from jcr.wording import LONDON

START = "10:00"
MOST_AT_ONCE = 8  # meetings of a series: two years


class BusinessMeetingForm(Form):
    meeting_on = Date("Date of the meeting", required=True)
    meeting_time = Time("Time", required=True, hint="For example 10:00")
    place = Text(
        "Where, or the link to join", required=True, ask="Enter where the meeting is held, or its link"
    )

    def starts_at(self) -> datetime | None:
        return moment(self.meeting_on.day, self.meeting_time.data)


class SeriesForm(BusinessMeetingForm):
    times = Number(
        "How many meetings",
        low=1,
        high=MOST_AT_ONCE,
        hint="1 for this one alone. 4 sets up a year: each a quarter later, on the same weekday of the month",
    )

    def starts(self) -> list[datetime]:
        """When each meeting starts, local time of day kept; none while the first is not a real moment."""
        first, times = self.meeting_on.day, int(self.times.data or 1)
        days = every_quarter(first, times) if first else []
        return [at for day in days if (at := moment(day, self.meeting_time.data))]


class RapidReviewForm(BusinessMeetingForm):
    return_by = Date("Returns are due by", required=True, ask="Enter the day returns are due")
    period_from = Date("Search records from", what="Start of the period")
    period_to = Date("Search records to", what="End of the period")

    def dates(self) -> Dates | None:
        """The dates given; None while one that is needed is not a real day or time."""
        starts_at, return_by = self.starts_at(), self.return_by.day
        if starts_at is None or return_by is None:
            return None
        return Dates(return_by, starts_at, self.place.data, self.period_from.day, self.period_to.day)


def moment(day: date | None, time: str) -> datetime | None:
    """A local day and HH:MM as a moment; None when either is not a real one."""
    try:
        hours, minutes = (int(part) for part in (time or "").split(":"))
        return datetime(day.year, day.month, day.day, hours, minutes, tzinfo=LONDON) if day else None
    except ValueError:
        return None


def suggested_answers(suggestion: Suggestion | None, incident: str, today: date) -> dict[str, str]:
    """What the form offers before anybody types: the suggested dates, and two years before the incident."""
    given = {"meeting_time": START, "period_to": today.isoformat()}
    if suggestion:
        given |= {
            "return_by": suggestion.return_by.on.isoformat(),
            "meeting_on": suggestion.meeting.on.isoformat(),
        }
    try:
        happened = date.fromisoformat(incident)
        given["period_from"] = happened.replace(year=happened.year - 2, day=min(happened.day, 28)).isoformat()
    except ValueError:
        pass
    return given


@dataclass(frozen=True)
class Choice:
    """One agency's line on the page: whether it is asked, why, and who gets the request. All as typed."""

    key: str
    agency: Agency | None
    name: str
    why: str
    chosen: bool
    contact_name: str = ""
    contact_email: str = ""
    error: str = ""


def choices(proposed: Sequence[Proposal], known: Iterable[Agency]) -> list[Choice]:
    """Proposed agencies ticked, the others below; names on no list with room for an address."""
    by_id = {one.agency.id: one for one in proposed if one.agency}
    listed = [_listed(agency, by_id.get(agency.id)) for agency in known]
    strangers = [one for one in proposed if one.agency is None]
    return [
        *(one for one in listed if one.chosen),
        *(_stranger(number, one) for number, one in enumerate(strangers)),
        *(one for one in listed if not one.chosen),
    ]


def _listed(agency: Agency, proposal: Proposal | None) -> Choice:
    return Choice(
        key=str(agency.id),
        agency=agency,
        name=agency.name,
        why=proposal.why if proposal else "",
        chosen=proposal is not None,
        contact_name=agency.contact_name,
        contact_email=agency.contact_email,
    )


def _stranger(number: int, proposal: Proposal) -> Choice:
    return Choice(
        key=f"new{number}",
        agency=None,
        name=proposal.name,
        why=proposal.why,
        chosen=bool(proposal.contact),
        contact_email=proposal.contact,
    )


def as_typed(offered: Iterable[Choice], posted: Mapping[str, Any]) -> Iterator[Choice]:
    """The lines as they were sent, each with what is wrong with it."""
    for one in offered:
        typed = replace(
            one,
            chosen=f"ask-{one.key}" in posted,
            contact_name=posted.get(f"name-{one.key}", "").strip(),
            contact_email=posted.get(f"email-{one.key}", "").strip(),
        )
        wrong = typed.chosen and "@" not in typed.contact_email
        yield replace(typed, error=f"Enter an e-mail address for {one.name}" if wrong else "")


def asked(chosen: Iterable[Choice]) -> list[Asked]:
    return [
        Asked(one.agency, one.contact_name, one.contact_email, one.why or "Added by the officer.")
        for one in chosen
        if one.agency
    ]


def faults_of(lines: Sequence[Choice]) -> list[dict[str, str]]:
    """Lines for the error summary."""
    if not any(one.chosen for one in lines):
        first = lines[0].key if lines else ""
        return [{"text": "Choose at least one agency to ask", "href": f"#ask-{first}"}]
    return [{"text": one.error, "href": f"#email-{one.key}"} for one in lines if one.error]
