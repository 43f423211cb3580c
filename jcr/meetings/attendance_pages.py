"""Letters about missed meetings, each before the chair with its words: to be sent, or not for a reason."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choice, LongText
from forms.web import dress, error_list
from jcr.correspondence.shown import blocks
from jcr.meetings import attendance_letters as letters
from jcr.meetings.blueprint import pages
from jcr.meetings.model import Kind
from jcr.permissions import Permission
from jcr.web.access import allow, may
from jcr.web.request import actor, db, now, settings, the_letterhead
from jcr.wording import count


class LetOffForm(Form):
    why = LongText("Why no letter is written", required=True, lines=3, ask="Say why no letter is written")


@pages.get("/meetings/attendance")
@allow(Permission.SEE_OFFICE)
def attendance_letters() -> ResponseReturnValue:
    return render_template(
        "meetings/attendance_letters.html",
        owed=letters.owed(db(), now(), counted()),
        words=letters.words(db()),
        is_chair=may(Permission.SEND_ATTENDANCE_LETTERS),
        with_rapid_reviews=Kind.RAPID_REVIEW in counted(),
        wide=True,
    )


@pages.get("/meetings/attendance/<int:place_id>")
@allow(Permission.SEE_OFFICE)
def attendance_letter(place_id: int) -> ResponseReturnValue:
    one = _owed(place_id)
    return _page(one, _board_form(one)(), LetOffForm())


@pages.post("/meetings/attendance/<int:place_id>/send")
@allow(Permission.SEND_ATTENDANCE_LETTERS)
def send_attendance_letter(place_id: int) -> ResponseReturnValue:
    one = _owed(place_id)
    form = _board_form(one)(request.form)
    if not form.validate():
        return _page(one, form, LetOffForm(), form), 422
    to = next((chair for chair in _chairs() if chair.office.value == form.answers().get("board")), None)
    written = letters.send(db(), the_letterhead(), one, actor(), now(), to)
    flash(
        f"{count(len(written), 'letter')} written; {'it is' if len(written) == 1 else 'they are'} in the post."
    )
    return redirect(url_for("meetings.attendance_letters"))


@pages.post("/meetings/attendance/<int:place_id>/let-off")
@allow(Permission.SEND_ATTENDANCE_LETTERS)
def let_off(place_id: int) -> ResponseReturnValue:
    one, form = _owed(place_id), LetOffForm(request.form)
    if not form.validate():
        return _page(one, _board_form(one)(), form, form), 422
    letters.let_off(db(), one, form.why.data, actor(), now())
    flash("No letter is written. The reason is on record.")
    return redirect(url_for("meetings.attendance_letters"))


def counted() -> tuple[Kind, ...]:
    """The kinds of meeting that the attendance rule looks at here."""
    return letters.COUNTED if settings().rapid_reviews_count_for_attendance else (Kind.BUSINESS,)


def _owed(place_id: int) -> letters.Owed:
    return letters.by_place(db(), place_id, now(), counted()) or abort(404)


def _chairs() -> list[letters.BoardChair]:
    return letters.board_chairs(db(), now())


def _board_form(one: letters.Owed) -> type[Form]:
    """Asks for the board chair where the letter is to one; else it asks nothing."""
    if not one.is_second:
        return Form
    chairs = {chair.office.value: f"{chair.name} ({chair.person.name})" for chair in _chairs()}
    question = Choice(
        "Which board chair to write to", chairs, required=True, ask="Choose the board chair to write to"
    )
    return type("BoardForm", (Form,), {"board": question})


def _page(one: letters.Owed, send: Form, let_off: Form, wrong: Form | None = None) -> str:
    dress(send)
    dress(let_off)
    preview = letters.preview(db(), the_letterhead(), one, actor(), now())
    facts: dict[str, Any] = {"formal": blocks(preview.text), "mail": blocks(preview.body)}
    return render_template(
        "meetings/attendance_letter.html",
        one=one,
        preview=preview,
        send=send,
        let_off=let_off,
        may_say=may(Permission.SEND_ATTENDANCE_LETTERS, one),
        errors=error_list(wrong) if wrong else None,
        **facts,
    )
