"""The pages of who has to be told of a decision: what is owed, the receipt of each, and the Panel's reply."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choice, Date, LongText, Text
from forms.web import dress
from jcr.cases.model import Case
from jcr.cases.web import the_case
from jcr.decisions import notices
from jcr.decisions.blueprint import pages
from jcr.decisions.model import Body, Notice, Reply
from jcr.decisions.notices import BY_BODY, NAMES
from jcr.errors import Refused
from jcr.permissions import Permission
from jcr.web.access import allow, may
from jcr.web.asking import form_page
from jcr.web.meanwhile import saved_meanwhile, stamp
from jcr.web.request import actor, db, now, person, today


class ReceiptForm(Form):
    told_on = Date(
        "When was it told?",
        required=True,
        not_future=True,
        what="The day",
        ask="Enter the day it was told",
    )
    told_by = Text("Who told it?", required=True, ask="Say who told it")
    receipt = Text("Reference of the receipt", hint="Such as the number the body gave, or of the e-mail.")


class ReplyForm(Form):
    replied_on = Date(
        "When did the reply come?",
        required=True,
        not_future=True,
        what="The day of the reply",
        ask="Enter the day of the reply",
    )
    reply = Choice(
        "What does the Panel say?",
        {one.value: one.shown for one in Reply},
        required=True,
        ask="Choose what the Panel says",
    )
    said = LongText("In its words", lines=5)


class ReopenForm(Form):
    why = LongText("Why is the case taken up again?", required=True, lines=3, ask="Give the reasons")


@pages.get("/notices")
@allow(Permission.SEE_OFFICE)
def all_notices(reference: str) -> ResponseReturnValue:
    case = the_case(reference)
    return render_template(
        "decisions/notices.html",
        case=case,
        notices=notices.of_case(db(), case),
        names=NAMES,
        owed=BY_BODY,
        may_act=may(Permission.KEEP_NOTICES, case),
    )


@pages.route("/notices/<body>", methods=["GET", "POST"])
@allow(Permission.KEEP_NOTICES)
def notice(reference: str, body: str) -> ResponseReturnValue:
    """The receipt of one body: that it was told, when, by whom."""
    case, found = _notice(reference, body)
    stored = {"told_on": found.told_on, "told_by": found.told_by, "receipt": found.receipt}
    shown = stored | {"told_by": found.told_by or person().name}
    form = ReceiptForm(request.form or None, data=shown, today=today())
    if request.method == "POST" and (theirs := saved_meanwhile(form, stored)):
        return _page(
            "decisions/notice.html", case, found, form, seen=stamp(stored), theirs=theirs, status=409
        )
    if request.method == "POST" and form.validate():
        assert form.told_on.day is not None
        try:
            notices.confirm(
                db(), found, form.told_on.day, form.told_by.data, form.receipt.data, actor(), now()
            )
            flash("The receipt is recorded.")
            return redirect(url_for("decisions.all_notices", reference=case.reference))
        except Refused as refused:
            form.told_on.errors = [str(refused)]
    return _page("decisions/notice.html", case, found, form, seen=stamp(stored))


@pages.route("/notices/panel/reply", methods=["GET", "POST"])
@allow(Permission.KEEP_NOTICES)
def panel_reply(reference: str) -> ResponseReturnValue:
    case, found = _notice(reference, Body.PANEL.value)
    stored = {"replied_on": found.replied_on, "reply": found.reply and found.reply.value, "said": found.said}
    form = ReplyForm(request.form or None, data=stored, today=today())
    if request.method == "POST" and (theirs := saved_meanwhile(form, stored)):
        return _page("decisions/reply.html", case, found, form, seen=stamp(stored), theirs=theirs, status=409)
    if request.method == "POST" and form.validate():
        assert form.replied_on.day is not None
        try:
            reply = Reply(form.reply.data)
            notices.answer(db(), found, reply, form.replied_on.day, form.said.data, actor(), now())
            flash("The reply of the Panel is recorded.")
            return redirect(url_for("decisions.all_notices", reference=case.reference))
        except Refused as refused:
            form.replied_on.errors = [str(refused)]
    return _page("decisions/reply.html", case, found, form, seen=stamp(stored))


@pages.route("/notices/panel/again", methods=["GET", "POST"])
@allow(Permission.REOPEN)
def panel_again(reference: str) -> ResponseReturnValue:
    """Takes the case up again because of what the Panel replied."""
    case, found = _notice(reference, Body.PANEL.value)
    if not notices.may_reopen(found, person()):
        abort(404)
    form = ReopenForm(request.form or None)
    if request.method == "POST" and form.validate():
        notices.reopen(db(), found, form.why.data, actor(), now())
        flash("The rapid review is open again.")
        return redirect(f"/cases/{case.reference}")
    return _page("decisions/take_up.html", case, found, form)


def _notice(reference: str, body: str) -> tuple[Case, Notice]:
    case = the_case(reference)
    found = [one for one in notices.of_case(db(), case) if one.body.value == body]
    return case, found[-1] if found else abort(404)


def _page(template: str, case: Case, found: Notice, form: Form, **more: Any) -> ResponseReturnValue:
    dress(form)
    name, owed = NAMES[found.body], BY_BODY[found.body]
    return form_page(template, form, case=case, notice=found, name=name, owed=owed, **more)
