"""The page of one date of a case: its rule, every day counted, what moves with the meeting, and a later date agreed."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Date, LongText, Text
from forms.web import dress, error_list
from jcr.cases.model import Case
from jcr.cases.rules import CalendarEnds, Counted, counted, not_a_working_day
from jcr.cases.web import the_case
from jcr.desk import extending, moving, service
from jcr.desk.blueprint import pages
from jcr.desk.clock import Clock
from jcr.errors import Refused
from jcr.permissions import Permission
from jcr.web.access import allow, may
from jcr.web.request import actor, calendar, db, now, today
from jcr.wording import long_date

MEETING = "rapid-review-meeting"


class ExtendForm(Form):
    until = Date("Later date", required=True, what="The later date", ask="Enter the later date")
    approved_by = Text(
        "Who approved it?",
        required=True,
        hint="Name and post. What the law sets, nobody here can set aside: name who agreed outside, such as the Panel.",
        ask="Say who approved it",
    )
    why = LongText("Why?", required=True, lines=4, ask="Give the reason: it is part of the record")


class MoveForm(Form):
    then = Date("Another day for the meeting", required=True, what="The other day", ask="Enter the other day")


@pages.get("/cases/<reference>/dates/<key>")
@allow(Permission.SEE_CASES)
def date(reference: str, key: str) -> ResponseReturnValue:
    case, clocks, clock = _clock(reference, key)
    trying = MoveForm(request.args) if "then" in request.args else MoveForm()
    errors = error_list(trying) if "then" in request.args and not trying.validate() else None
    return _page(case, clocks, clock, ExtendForm(), trying, errors)


@pages.post("/cases/<reference>/dates/<key>")
@allow(Permission.EXTEND_DATES)
def extend_date(reference: str, key: str) -> ResponseReturnValue:
    case, clocks, clock = _clock(reference, key)
    form = ExtendForm(request.form)
    good = form.validate()
    if wrong := [*extending.faults(clock, form.until.day)]:
        form.until.errors, good = wrong, False
    if not good:
        return _page(case, clocks, clock, form, MoveForm(), error_list(form))
    assert form.until.day
    try:
        extending.extend(
            db(), case, clock, form.until.day, form.approved_by.data, form.why.data, actor(), now()
        )
    except Refused as refused:  # what was typed stays on the page
        form.until.errors = [str(refused)]
        return _page(case, clocks, clock, form, MoveForm(), error_list(form))
    off = not_a_working_day(form.until.day, calendar())
    flash(f"The later date counts. The date it stands instead of stays on this page. {off}".strip())
    return redirect(url_for("desk.date", reference=case.reference, key=key))


def _clock(reference: str, key: str) -> tuple[Case, list[Clock], Clock]:
    case = the_case(reference)
    clocks = service.clocks_of_case(db(), case, today(), calendar())
    return case, clocks, next((one for one in clocks if one.key == key), None) or abort(404)


def _page(
    case: Case, clocks: list[Clock], clock: Clock, form: ExtendForm, trying: MoveForm, errors: Any = None
) -> ResponseReturnValue:
    dress(form)
    dress(trying)
    page = render_template(
        "desk/date.html",
        case=case,
        clock=clock,
        days=_counted(clock),
        agreed=extending.agreed_for(db(), case, clock.label),
        form=form,
        trying=trying,
        moves=_moves(clocks, clock, trying),
        may_extend=may(Permission.EXTEND_DATES, case) and clock.is_open and not clock.is_given,
        holidays=calendar().holidays,
        today=today(),
        errors=errors,
    )
    return page, 422 if errors else 200


def _counted(clock: Clock) -> list[Counted]:
    """Every day of the count; none for a date in months, or one that was given."""
    due = clock.due
    return counted(due.start, due.working_days, calendar()) if due and due.working_days is not None else []


def _moves(clocks: list[Clock], clock: Clock, trying: MoveForm) -> dict[str, Any] | None:
    """What hangs on the meeting, on its own page only, for the day it has or the one that is tried."""
    if clock.key != MEETING or clock.on is None:
        return None
    then = trying.then.day or clock.on
    told = {"then": then, "unmoved": moving.unmoved(then, clocks), "hanging": [], "warning": ""}
    try:
        told["hanging"] = moving.moved(clock.on, then, calendar())
        day_off = calendar().why_not(then)
    except CalendarEnds as ends:
        return told | {"warning": str(ends)}
    if then < today():
        return told | {"warning": f"{long_date(then)} has passed."}
    return told | {"warning": f"{long_date(then)} is no working day: {day_off}." if day_off else ""}
