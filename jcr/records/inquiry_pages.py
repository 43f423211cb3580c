"""Pages of the log of access requests, freedom of information requests and complaints."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choice, Date, LongText, Text
from forms.web import dress
from jcr.cases.service import by_reference
from jcr.errors import Refused
from jcr.paging import page_of
from jcr.permissions import Permission
from jcr.records import inquiring
from jcr.records.blueprint import pages
from jcr.records.inquiry_model import Inquiry, Kind, Step
from jcr.records.inquiry_rules import Clock, clock
from jcr.web.access import allow
from jcr.web.asking import form_page
from jcr.web.request import actor, calendar, db, now, person, today


class NewForm(Form):
    kind = Choice(
        "What is it?", {kind.value: kind.shown for kind in Kind}, required=True, ask="Choose what it is"
    )
    received = Date("When was it received?", required=True, what="The day it was received")
    asked_by = Text("Who asks?", required=True, ask="Say who asks")
    contact = Text("How to reach them")
    what = LongText("What do they ask, or complain of?", required=True, lines=4, ask="Say what they ask")
    case = Text("Case it is about, if it is about one", hint="A reference such as JCR-2026-0001.")


class StepForm(Form):
    step = Choice(
        "What was done?", {step.value: step.shown for step in Step}, required=True, ask="Choose what was done"
    )
    on = Date("When?", required=True, what="The day it was done")
    text = LongText(
        "What exactly?", required=True, lines=4, ask="Say what was done: it is part of the record"
    )
    until = Date("If more time is taken: until when")


@pages.get("/records/requests")
@allow(Permission.KEEP_REQUESTS)
def requests() -> ResponseReturnValue:
    number = request.args.get("page", 1, type=int)
    return render_template(
        "records/requests.html",
        wide=True,
        waiting=[(one, _clock(one)) for one in db().scalars(inquiring.open_ones(person()))],
        answered=page_of(db(), inquiring.answered(person()), number),
        today=today(),
    )


@pages.route("/records/requests/new", methods=["GET", "POST"])
@allow(Permission.KEEP_REQUESTS)
def new_request() -> ResponseReturnValue:
    form = NewForm(request.form or None, data={"received": today().isoformat()})
    if request.method == "GET" or not form.validate():
        return _new_page(form)
    case = by_reference(db(), person(), form.case.data) if form.case.data else None
    if form.case.data and case is None:
        form.case.errors = ["There is no such case. Write a reference such as JCR-2026-0001"]
        return _new_page(form)
    try:
        made = inquiring.enter(
            db(), Kind(form.kind.data), form.received.day or today(), form.asked_by.data, form.contact.data,
            form.what.data, case, calendar(), actor(), now(),
        )  # fmt: skip
    except Refused as why:
        form.received.errors = [str(why)]
        return _new_page(form)
    flash(f"Entered as {made.reference}.")
    return redirect(url_for("records.one_request", label=made.reference))


@pages.route("/records/requests/<label>", methods=["GET", "POST"])
@allow(Permission.KEEP_REQUESTS)
def one_request(label: str) -> ResponseReturnValue:
    """What was asked, every step taken on it, and the next."""
    found: Inquiry = inquiring.by_reference(db(), person(), label) or abort(404)
    form = StepForm(request.form or None, data={"on": today().isoformat()})
    if request.method == "GET" or not form.validate():
        return _page(found, form)
    step = Step(form.step.data)
    try:
        inquiring.take(
            db(),
            found,
            step,
            form.on.day or today(),
            form.text.data,
            form.until.day,
            calendar(),
            actor(),
            now(),
        )
    except Refused as why:
        (form.until if step is Step.EXTENDED else form.on).errors = [str(why)]
        return _page(found, form)
    flash("The step is recorded.")
    return redirect(url_for("records.one_request", label=found.reference))


def _clock(one: Inquiry) -> Clock | None:
    return clock(one.kind.value, one.received_on, one.due_on, one.acknowledged_on, one.answered_on)


def _new_page(form: Form) -> ResponseReturnValue:
    dress(form)
    return form_page("records/new_request.html", form)


def _page(found: Inquiry, form: Form) -> ResponseReturnValue:
    dress(form)
    return form_page("records/request.html", form, found=found, clock=_clock(found), today=today())
