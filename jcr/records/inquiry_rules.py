"""When what somebody asked of the office is due: by kind, each with the law it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jcr.cases.working_days import Calendar, add_months, add_working_days
from jcr.wording import long_date

ACKNOWLEDGE_DAYS = 30  # Data (Use and Access) Act 2025, complaints duty in force from 19 June 2026
ACCESS_MONTHS = 1  # UK GDPR, article 12(3)
ACCESS_LONGEST_MONTHS = 3  # the same: two further months for complex requests
FOI_WORKING_DAYS = 20  # Freedom of Information Act 2000, section 10(1)


@dataclass(frozen=True)
class Clock:
    """What is due by when, and because of what."""

    what: str
    on: date
    because: str

    def is_late(self, today: date) -> bool:
        return today > self.on


def answer_due(kind: str, received: date, calendar: Calendar) -> date | None:
    """When the answer is due; None for a complaint, which is answered without undue delay."""
    if kind == "access":
        return _working_day_from(add_months(received, ACCESS_MONTHS), calendar)
    return add_working_days(received, FOI_WORKING_DAYS, calendar) if kind == "foi" else None


def latest_extension(kind: str, received: date, calendar: Calendar) -> date | None:
    """How far an answer may be put off; None where the law names no end."""
    return (
        _working_day_from(add_months(received, ACCESS_LONGEST_MONTHS), calendar) if kind == "access" else None
    )


def clock(
    kind: str, received: date, due_on: date | None, acknowledged_on: date | None, answered_on: date | None
) -> Clock | None:
    """What is due next of an inquiry; None when nothing with a date is."""
    if answered_on:
        return None
    if kind == "complaint":
        by = received + timedelta(days=ACKNOWLEDGE_DAYS)
        why = f"{ACKNOWLEDGE_DAYS} days from {long_date(received)}: Data (Use and Access) Act 2025"
        return None if acknowledged_on else Clock("Acknowledge", by, why)
    law = "one month, UK GDPR article 12(3)" if kind == "access" else "20 working days, FOIA 2000 section 10"
    return Clock("Answer", due_on, f"Received {long_date(received)}; {law}") if due_on else None


def _working_day_from(day: date, calendar: Calendar) -> date:
    """The day itself, or the next on which the office works."""
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    return day
