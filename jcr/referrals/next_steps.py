"""What happens next to a referral, with dates that explain themselves; for pages and letters alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jcr.cases.rules import Calendar, triage_by
from jcr.figures import FIGURES
from jcr.wording import count, long_date


@dataclass(frozen=True)
class Step:
    """One thing that happens, and when."""

    what: str
    when: str


def after_sending(today: date, calendar: Calendar) -> tuple[Step, ...]:
    """After a referral was sent on the web: it waits for the safeguarding lead (ToR 7.i)."""
    due = triage_by(today, calendar)
    days = count(FIGURES.triage, "working day")
    return (
        Step(
            "Your safeguarding lead reads the referral and signs it off",
            "We have sent them a link. The referral counts as received on the day they sign it off.",
        ),
        Step(
            "The Partnership Team and the chair decide whether the case goes on to scoping",
            f"Within {days} of that day: by {long_date(due.on)} if it is signed off today.",
        ),
        *_later(),
    )


def after_receiving(received_on: date, calendar: Calendar) -> tuple[Step, ...]:
    """After a referral was received and signed off."""
    due = triage_by(received_on, calendar)
    return (
        Step(
            "The Partnership Team and the chair decide whether the case goes on to scoping",
            f"By {long_date(due.on)}: {due.because}",
        ),
        *_later(),
    )


def after_arriving(arrived_on: date, calendar: Calendar) -> tuple[Step, ...]:
    """After a referral arrived by e-mail: a person checks what was read, then the rest follows."""
    return (
        Step(
            "The Partnership Team checks your form",
            "If your safeguarding lead’s approval is not recorded on it, we ask them for it by e-mail.",
        ),
        *after_receiving(arrived_on, calendar),
    )


def _later() -> tuple[Step, ...]:
    days = count(FIGURES.decision_letter, "working day")
    return (
        Step(
            "If it goes on, agencies search their records and a rapid review meeting considers the case",
            "The date for the agencies’ answers and the date of the meeting are set together.",
        ),
        Step(
            "You are told the decision in writing, with the reasons",
            f"Within {days} of its ratification, or earlier if the case does not go on.",
        ),
    )
