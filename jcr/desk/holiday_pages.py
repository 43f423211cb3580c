"""The page of the bank holidays: those known, and one-off days the office adds once it has seen what would move."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Date, Text
from forms.web import dress, error_list
from jcr.cases import holidays as days
from jcr.cases.model import OneOffHoliday
from jcr.cases.rules import CalendarEnds
from jcr.desk.blueprint import pages
from jcr.desk.holiday_moves import HolidayMove, count_again, moves
from jcr.errors import Refused
from jcr.permissions import Permission
from jcr.web.access import allow
from jcr.web.request import actor, calendar, db, now, person, today


class HolidayForm(Form):
    day = Date("Which day?", required=True, what="The day", ask="Enter the day")
    name = Text(
        "What is it for?",
        required=True,
        hint="Such as a coronation. Shown wherever a count passes over the day.",
        ask="Say what the bank holiday is for",
    )


@pages.get("/bank-holidays")
@allow(Permission.CHANGE_HOLIDAYS)
def holidays() -> ResponseReturnValue:
    return _page(HolidayForm())


@pages.post("/bank-holidays")
@allow(Permission.CHANGE_HOLIDAYS)
def add_holiday() -> ResponseReturnValue:
    """Shows what would move, or adds the day: only ever one whose moves were shown."""
    form = HolidayForm(request.form)
    if not form.validate():
        return _page(form, errors=error_list(form))
    assert form.day.day
    try:
        found = _moved_by(form.day.day, form.name.data)
        if request.form.get("confirmed") != form.day.data:
            return _page(form, moved=found)
        added = days.add(db(), calendar(), form.day.day, form.name.data, actor(), now())
    except (Refused, CalendarEnds) as refused:
        form.day.errors = [str(refused)]
        return _page(form, errors=error_list(form))
    count_again(db(), added.day)
    flash("The bank holiday is added. The dates it moves are counted again.")
    return redirect(url_for("desk.holidays"))


@pages.route("/bank-holidays/<int:holiday>", methods=["GET", "POST"])
@allow(Permission.CHANGE_HOLIDAYS)
def take_out_holiday(holiday: int) -> ResponseReturnValue:
    found = db().get(OneOffHoliday, holiday) or abort(404)
    if request.method == "POST":
        days.take_out(db(), found, actor(), now())
        count_again(db(), found.day)
        flash("The day counts as a working day again.")
        return redirect(url_for("desk.holidays"))
    after = days.without_day(calendar(), found.day)
    moved = moves(db(), person(), found.day, today(), calendar(), after)
    return render_template("desk/holiday.html", holiday=found, moved=moved)


def _moved_by(day: date, name: str) -> list[HolidayMove]:
    after = days.with_day(calendar(), day, name)
    return moves(db(), person(), day, today(), calendar(), after)


def _page(
    form: HolidayForm, moved: list[HolidayMove] | None = None, errors: Any = None
) -> ResponseReturnValue:
    dress(form)
    known = calendar()
    added = days.standing(db())
    page = render_template(
        "desk/holidays.html",
        form=form,
        moved=moved,
        added=added,
        ahead=[(day, name) for day, name in sorted(known.holidays.items()) if day >= today()],
        mine={one.day for one in added},
        last_year=known.last_year,
        errors=errors,
    )
    return page, 422 if errors else 200
