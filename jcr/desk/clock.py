"""What a clock of a case is: its date with rule and reason, later ones that were agreed, and the days it runs on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from jcr.cases.model import Route, Status
from jcr.cases.rules import Due
from jcr.decisions.model import Body
from jcr.wording import long_date, sentence

GIVEN = ("Scoping returns", "Rapid review meeting")  # given out to others: moved on their own pages


class State(StrEnum):
    LATE = "late"
    DUE = "due"
    WAITING = "waiting"  # has not started: the day it is counted from is not known
    DONE = "done"


@dataclass(frozen=True)
class Later:
    """A later date that was agreed for a clock: until when, by whose approval and why."""

    until: date
    approved_by: str
    why: str

    @property
    def told(self) -> str:
        return f"Extended to {long_date(self.until)}, approved by {self.approved_by}: {sentence(self.why)}"


@dataclass(frozen=True)
class Told:
    """When a body outside was told of the decision, and when it replied."""

    told_on: date | None = None
    replied_on: date | None = None


@dataclass(frozen=True)
class Dates:
    """The days of one case that its clocks start from or stop at; None for what has not happened."""

    reference: str
    status: Status
    routes: tuple[Route, ...]
    opened_on: date
    received_on: date | None = None
    acknowledged_on: date | None = None
    sent_back_on: date | None = None  # to the referrer, for correction
    triaged_on: date | None = None
    aware_on: date | None = None  # the local authority; where that is not recorded, the referring agency
    la_is_told: bool = False  # the day is the local authority's own
    notified_on: date | None = None  # the serious incident notification to the Panel
    none_to_notify: bool = False  # for a recorded reason
    asked_on: date | None = None
    return_by: date | None = None
    returned_on: date | None = None  # the last return, once none is outstanding
    meeting_on: date | None = None
    met_on: date | None = None
    recommended_on: date | None = None
    ratified_on: date | None = None
    letter_on: date | None = None
    review_held: bool = False  # a statutory review is what was recommended last
    commissioned_on: date | None = None
    reviewed_on: date | None = None
    publish_on: date | None = None
    panel_copied_on: date | None = None
    asked_again_on: date | None = None  # the referrer, to have the decision looked at again
    answered_again_on: date | None = None
    told: Mapping[Body, Told] = field(default_factory=dict)  # who outside has to be told of the decision
    later: Mapping[str, Sequence[Later]] = field(default_factory=dict)  # by the label of the clock


@dataclass(frozen=True)
class Clock:
    """One deadline of one case or meeting: its date and reason, or what it waits for, and whether it was met."""

    reference: str
    label: str
    state: State
    due: Due | None = None
    done_on: date | None = None
    waiting_for: str = ""
    goes_on: bool = False  # when the case is settled too
    was: date | None = None  # as counted, where a later date was agreed
    page: str = ""  # of a meeting, where it is a date of one and not of a case

    @property
    def key(self) -> str:
        """How the address of its page names it."""
        return key_of(self.label)

    @property
    def is_given(self) -> bool:
        return self.label in GIVEN

    @property
    def on(self) -> date | None:
        return self.due.on if self.due else None

    @property
    def because(self) -> str:
        return self.due.because if self.due else self.waiting_for

    @property
    def source(self) -> str:
        return self.due.source if self.due else ""

    @property
    def authority(self) -> str:
        return self.due.authority if self.due else ""

    @property
    def was_late(self) -> bool:
        return bool(self.due and self.done_on and self.done_on > self.due.on)

    @property
    def is_open(self) -> bool:
        return self.state in (State.LATE, State.DUE)


def key_of(label: str) -> str:
    """A clock's label as an address can carry it: `latest-day-for-the-rapid-review-child`."""
    return re.sub(r"[^a-z]+", "-", label.lower()).strip("-")
