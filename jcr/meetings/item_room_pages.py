"""Who came in, left or withdrew at an item, recorded from the item's own page."""

from __future__ import annotations

from datetime import datetime

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from jcr.meetings.blueprint import pages
from jcr.meetings.item_room import note_step
from jcr.meetings.meeting_pages import RECORDING, visible
from jcr.meetings.minuting import item_of
from jcr.meetings.model import Meeting
from jcr.meetings.moves import Step
from jcr.web.access import allow
from jcr.web.request import actor, db, now
from jcr.wording import LONDON


@pages.post("/meetings/<int:meeting_id>/items/<int:item_id>/room")
@allow(*RECORDING)
def record_steps(meeting_id: int, item_id: int) -> ResponseReturnValue:
    """One press records every step of the item; a time that cannot be read is told, and the rest is recorded."""
    meeting = visible(meeting_id)
    item = item_of(meeting, item_id) or abort(404)
    noted = {one.attendance_id: one for one in item.movements}
    for place in meeting.attendances:
        said, typed = request.form.get(f"step-{place.id}"), request.form.get(f"at-{place.id}", "").strip()
        before = noted.get(place.id)
        if said is None or not place.is_in_the_room:
            continue
        at = _moment(meeting, typed) if typed else (before.at if before else now())
        if at is None:
            flash(
                f"Enter the time for {place.person.name} like 10:45. Everybody else’s is recorded.", "problem"
            )
            continue
        step = Step(said) if said in set(Step) else None
        if (before.step, before.at) != (step, at) if before else step:
            note_step(db(), item, place, step, at, actor(), now())
    flash(f"Who was in the room for item {item.position} is recorded.")
    return redirect(url_for("meetings.item", meeting_id=meeting_id, item_id=item_id, _anchor="room"))


def _moment(meeting: Meeting, typed: str) -> datetime | None:
    """The time of day on the day of the meeting; None where it cannot be read."""
    try:
        clock = datetime.strptime(typed.replace(".", ":"), "%H:%M").time()
    except ValueError:
        return None
    return datetime.combine(meeting.starts_at.astimezone(LONDON).date(), clock, LONDON)
