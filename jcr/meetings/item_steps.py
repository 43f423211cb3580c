"""Who came in, left, withdrew or dissented at an item, as it was typed on the item's own page."""

from __future__ import annotations

from datetime import datetime

from flask import request

from jcr.errors import NotNow
from jcr.meetings.item_room import note_step
from jcr.meetings.minuting import note_dissent, voters
from jcr.meetings.model import Attendance, Item, Meeting
from jcr.meetings.moves import Step
from jcr.web.request import actor, db, now
from jcr.wording import LONDON

Fault = dict[str, str]  # a line of the error summary


def record_steps(item: Item) -> list[Fault]:
    """Records every step that was typed; gives a fault for each that cannot be, or whose time could not be read."""
    noted = {one.attendance_id: one for one in item.movements}
    refused = []
    for place in item.meeting.attendances:
        said, typed = request.form.get(f"step-{place.id}"), request.form.get(f"at-{place.id}", "").strip()
        before = noted.get(place.id)
        if said is None or not place.is_in_the_room:
            continue
        at = _moment(item.meeting, typed) if typed else (before.at if before else now())
        if at is None:
            why = f"Enter the time for {place.person.name} like 10:45. Everybody else’s is recorded."
            refused.append({"text": why, "href": f"#at-{place.id}"})
            continue
        step = Step(said) if said in set(Step) else None
        if (before.step, before.at) != (step, at) if before else step:
            refused += _noted(item, place, step, at)
    return refused


def _noted(item: Item, place: Attendance, step: Step | None, at: datetime) -> list[Fault]:
    """Notes a step; the fault that says why not, so that all else on the page is saved."""
    try:
        note_step(db(), item, place, step, at, actor(), now())
    except NotNow as why:
        return [{"text": str(why), "href": f"#step-{place.id}"}]
    return []


def record_dissent(item: Item) -> list[Fault]:
    """Records the dissent of each member on the page; an empty box takes theirs back. Gives a fault, with the words
    that were typed, for each who has no vote: such as somebody noted in the same press as having withdrawn."""
    voting = voters(item)
    refused = []
    for place in item.meeting.attendances:
        said = request.form.get(f"dissent-{place.id}")
        if said is not None and place.id in voting:
            note_dissent(db(), item, place, said)
        elif said and said.strip():
            who = place.deputy_name or place.person.name
            why = (
                f"{who} has no vote on this item, so their dissent is not recorded: “{said.strip()}”. "
                "Put right when they left or withdrew, or write it under what was said."
            )
            refused.append({"text": why, "href": f"#step-{place.id}"})
    return refused


def _moment(meeting: Meeting, typed: str) -> datetime | None:
    """The time of day on the day of the meeting; None where it cannot be read."""
    try:
        clock = datetime.strptime(typed.replace(".", ":"), "%H:%M").time()
    except ValueError:
        return None
    return datetime.combine(meeting.starts_at.astimezone(LONDON).date(), clock, LONDON)
