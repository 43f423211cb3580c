"""The page on which the office puts an agenda in order; each of its buttons saves all that is typed."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jcr.errors import NotNow
from jcr.meetings import arranging
from jcr.meetings.arranging import Line, Way
from jcr.meetings.blueprint import pages
from jcr.meetings.meeting_pages import visible
from jcr.meetings.model import Item, Meeting, Purpose
from jcr.meetings.sight import sight_of
from jcr.permissions import Permission
from jcr.web.access import allow
from jcr.web.request import actor, db, now, person


@pages.get("/meetings/<int:meeting_id>/agenda")
@allow(Permission.HOLD_MEETINGS)
def arrange(meeting_id: int) -> ResponseReturnValue:
    meeting = visible(meeting_id)
    return _page(meeting, [arranging.as_recorded(item) for item in _seen(meeting)])


@pages.post("/meetings/<int:meeting_id>/agenda")
@allow(Permission.HOLD_MEETINGS)
def save_agenda(meeting_id: int) -> ResponseReturnValue:
    """Saves every line, and moves the item whose button was pressed."""
    meeting = visible(meeting_id)
    lines = [arranging.as_typed(item, request.form) for item in _seen(meeting)]
    wrong = [fault for line in lines for fault in line.faults()]
    if wrong:
        return _page(meeting, lines, wrong), 422
    arranging.arrange(db(), meeting, lines, actor(), now())
    if off := next((item for item in _seen(meeting) if request.form.get("off") == str(item.id)), None):
        return _taken_off(off)
    moved = _moved(meeting)
    if not moved:
        flash("The agenda is saved.")
        return redirect(url_for("meetings.show", meeting_id=meeting.id, _anchor="agenda"))
    item, way = moved
    try:
        arranging.move(db(), item, way, actor(), now())
    except NotNow as why:
        flash(str(why), "problem")
    return redirect(url_for("meetings.arrange", meeting_id=meeting.id, _anchor=_button(meeting, item, way)))


def _taken_off(item: Item) -> ResponseReturnValue:
    title, meeting = item.title, item.meeting
    try:
        arranging.take_off(db(), item, actor(), now())
        flash(f"“{title}” is taken off the agenda.")
    except NotNow as why:
        flash(str(why), "problem")
    return redirect(url_for("meetings.arrange", meeting_id=meeting.id))


def _button(meeting: Meeting, item: Item, way: Way) -> str:
    """The moved item's button that was pressed, or the other one once the item cannot go further: it gets the focus."""
    if item is meeting.items[0]:
        way = Way.DOWN
    if item is meeting.items[-1]:
        way = Way.UP
    return f"{way.value}-{item.id}"


def _moved(meeting: Meeting) -> tuple[Item, Way] | None:
    """The item whose button up or down was pressed."""
    for way in Way:
        for item in _seen(meeting):
            if request.form.get(way.value) == str(item.id):
                return item, way
    return None


def _seen(meeting: Meeting) -> list[Item]:
    """The items this reader may see; those about a case behind their wall keep their places."""
    sight = sight_of(db(), person().id, meeting)
    return [item for item in meeting.items if not sight.hides_item(item)]


def _page(meeting: Meeting, lines: Sequence[Line], wrong: list[dict[str, str]] | None = None) -> str:
    return render_template(
        "meetings/arrange.html",
        meeting=meeting,
        lines=lines,
        purposes=list(Purpose),
        may_move=arranging.may_move(meeting, now()),
        may_take_off=arranging.may_take_off,
        planned=sum(item.minutes for item in meeting.items),
        first=meeting.items[0].id if meeting.items else None,
        last=meeting.items[-1].id if meeting.items else None,
        errors={"titleText": "There is a problem", "errorList": wrong} if wrong else None,
        wide=True,
    )
