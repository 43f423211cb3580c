"""The pages of triage: the flowchart as questions with reasons, where they lead, and declining a referral."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.dates import day_or_none
from forms.fields import Choice, Date, LongText, Text
from forms.web import dress, error_list
from jcr.cases.model import Case, Route, Status
from jcr.cases.web import the_case
from jcr.criteria import service as criteria
from jcr.errors import Refused
from jcr.files.service import PDF
from jcr.people.model import Person
from jcr.permissions import Permission
from jcr.referrals import service as referrals
from jcr.triage import flowchart_pages, flowcharts, notifying, redirecting_pages, service
from jcr.triage.blueprint import pages
from jcr.triage.picture import picture
from jcr.triage.record import record_of
from jcr.triage.rules import ACTIVITIES, FLOWCHART, OUTCOME_TEXT, Flowchart
from jcr.triage.suggesting import suggested
from jcr.web.access import allow, may
from jcr.web.meanwhile import saved_meanwhile, stamp
from jcr.web.reasoned import Given, ReasonedForm, reasoned_form, stored
from jcr.web.request import actor, calendar, db, now, settings, the_letterhead, today
from jcr.wording import count

__all__ = ["flowchart_pages", "pages", "redirecting_pages"]

PAGE = "/cases/<reference>/triage"
COUNTING = (Status.TRIAGE, Status.SCOPING, Status.RAPID_REVIEW, Status.RECOMMENDED)


@lru_cache(maxsize=16)
def steps_form(flowchart: Flowchart) -> type[ReasonedForm]:
    """The questions of a version, each with its source and the box for its reason."""
    return reasoned_form(
        {step.key: step.question for step in flowchart.steps},
        {step.key: step.paragraph for step in flowchart.steps},
    )


class NotificationForm(Form):
    sent_on = Date(
        "Day the serious incident notification was sent",
        required=True,
        not_future=True,
        what="The day it was sent",
        ask="Enter the day the notification was sent",
    )
    notification_why = LongText(
        "How you know, or why the date changes", lines=2, ask="Say why the date of the notification changes"
    )


class AwareForm(Form):
    aware_on = Date(
        "Day the local authority became aware of the incident",
        required=True,
        not_future=True,
        what="The day it became aware",
        ask="Enter the day the local authority became aware",
    )
    aware_why = LongText("Who said so?", required=True, lines=2, ask="Write who said so")


class NoneDueForm(Form):
    none_due_why = LongText(
        "Why is no notification due?",
        required=True,
        lines=3,
        hint="Such as what the local authority found, who said so, and when.",
        ask="Write why no notification is due, and who said so",
        what="The reasons",
    )


class DeclineForm(Form):
    why = LongText(
        "Why is the referral declined?",
        required=True,
        lines=10,
        hint="These words go into the letter to the referrer. Use initials, not names.",
        ask="Write the reasons: a referral is not declined without them",
        what="The reasons",
    )
    learning = Choice(
        "Is there something to learn all the same?",
        {**ACTIVITIES, "none": "No learning activity is offered"},
        required=True,
        ask="Select the learning activity that is offered, or that there is none",
        hint="The referrer is told which. It becomes an action that is followed up until it is done.",
    )
    task = LongText(
        "What is to be done",
        required=True,
        lines=2,
        when=("learning", tuple(ACTIVITIES)),
        ask="Say what is to be done",
    )
    owner = Text("Who does it", required=True, when=("learning", tuple(ACTIVITIES)), ask="Enter who does it")
    due_on = Date(
        "By when",
        required=True,
        when=("learning", tuple(ACTIVITIES)),
        what="The day it is due",
        ask="Enter the day it is due",
    )
    agreed_by = Choice("Who agreed?", {}, required=True, ask="Select who agreed: the chair or the vice chair")

    def __init__(self, formdata: Any = None, *, chairs: list[Person], **kwargs: Any) -> None:
        super().__init__(formdata, **kwargs)
        self.agreed_by.options = {str(one.id): f"{one.name}, {one.role.shown.lower()}" for one in chairs}

    def offered(self) -> service.Learning | None:
        """The learning activity, from a form that was checked."""
        if self.learning.data == "none":
            return None
        return service.Learning(self.learning.data, self.task.data, self.owner.data, self.due_on.day)


@pages.get(PAGE)
@allow(Permission.READ_RECORD)
def steps(reference: str) -> ResponseReturnValue:
    case = the_case(reference)
    asked = flowcharts.of_case(db(), case)
    return _page(case, asked, _steps_form(case, asked))


@pages.post(PAGE)
@allow(Permission.TRIAGE)
def answer(reference: str) -> ResponseReturnValue:
    case = the_case(reference)
    asked = flowcharts.of_case(db(), case)
    form = steps_form(asked)(request.form)
    if theirs := saved_meanwhile(form, _recorded(case)):
        return _page(case, asked, form, theirs=theirs), 409
    if not form.validate():
        return _page(case, asked, form, errors=error_list(form)), 422
    if request.form.get("flowchart", asked.version) != asked.version:
        return _page(case, asked, form, overtaken=True), 409
    saved = service.record_answers(db(), case, form.answered(), actor(), now())
    flash("Triage is saved." if saved else "Nothing had changed, so nothing was saved.")
    return redirect(url_for("triage.steps", reference=case.reference))


@pages.get(f"{PAGE}/record.pdf")
@allow(Permission.READ_RECORD)
def record(reference: str) -> ResponseReturnValue:
    case = the_case(reference)
    content = record_of(db(), the_letterhead(), case, now())
    return send_file(io.BytesIO(content), PDF, False, f"{case.reference}-triage.pdf")


@pages.route(f"{PAGE}/notification", methods=["GET", "POST"])
@allow(Permission.NOTIFY)
def notification(reference: str) -> ResponseReturnValue:
    case = the_case(reference)
    form = NotificationForm(request.form, data={"sent_on": case.incident_notified_on}, today=today())
    form.notification_why.required = case.incident_notified_on not in (None, form.sent_on.day)
    if request.method == "GET" or not form.validate():
        return _notification_page(case, form)
    assert form.sent_on.day is not None
    try:
        notifying.record_notification(
            db(), case, form.sent_on.day, form.notification_why.data, actor(), now()
        )
    except Refused as refused:
        form.sent_on.errors = [str(refused)]
        return _notification_page(case, form)
    flash("The date of the notification is saved. The dates of the rapid review are counted from it.")
    return redirect(url_for("triage.steps", reference=case.reference))


@pages.route(f"{PAGE}/notification/aware", methods=["GET", "POST"])
@allow(Permission.NOTIFY)
def aware(reference: str) -> ResponseReturnValue:
    case = the_case(reference)
    form = AwareForm(request.form or None, data={"aware_on": case.la_aware_on}, today=today())
    if request.method == "GET" or not form.validate():
        return _form_page("triage/aware.html", case, form)
    assert form.aware_on.day is not None
    try:
        notifying.record_awareness(db(), case, form.aware_on.day, form.aware_why.data, actor(), now())
    except Refused as refused:
        form.aware_on.errors = [str(refused)]
        return _form_page("triage/aware.html", case, form)
    flash("The day is saved. The notification is due 5 working days after it.")
    return redirect(url_for("triage.notification", reference=case.reference))


@pages.route(f"{PAGE}/notification/none-due", methods=["GET", "POST"])
@allow(Permission.NOTIFY)
def none_due(reference: str) -> ResponseReturnValue:
    case = the_case(reference)
    form = NoneDueForm(request.form or None, data={"none_due_why": case.no_notification_because})
    if request.method == "GET" or not form.validate():
        return _form_page("triage/notification.html", case, form, is_none_due=True)
    notifying.record_none_due(db(), case, form.none_due_why.data, actor(), now())
    flash("It is on record why no notification is due. The agencies may be asked.")
    return redirect(url_for("triage.steps", reference=case.reference))


@pages.route(f"{PAGE}/decline", methods=["GET", "POST"])
@allow(Permission.DECLINE)
def decline(reference: str) -> ResponseReturnValue:
    case = the_case(reference)
    chairs = list(service.who_may_agree(db(), case))
    form = DeclineForm(request.form, chairs=chairs)
    if request.method == "GET" or not form.validate():
        return _decline_page(case, form)
    agreed_by = next(one for one in chairs if str(one.id) == form.agreed_by.data)
    head = the_letterhead()
    try:
        service.decline(
            db(), head, calendar(), case, form.why.data, agreed_by, actor(), now(), form.offered()
        )
    except Refused as refused:  # the reasons stay on the page
        db().rollback()
        case = the_case(reference)
        form.why.errors = [str(refused)]
        return _decline_page(case, form)
    flash("The referral is declined. The letter to the referrer is in the post.")
    return redirect(f"/cases/{case.reference}")


def _notification_page(case: Case, form: Form) -> ResponseReturnValue:
    aware_on = day_or_none(criteria.referral_answers(db(), case).get("date_aware"))
    return _form_page("triage/notification.html", case, form, aware_on=aware_on, is_none_due=False)


def _suggested(case: Case, asked: Flowchart) -> dict[str, Given]:
    """What the record says to the questions as delivered; of a question the office changed it says nothing."""
    referral = referrals.of_case(db(), case)
    found = suggested(case, referral, criteria.tests_of(db(), case, today(), settings().dardr_commenced_on))
    return {step: given for step, given in found.items() if asked.step(step) == FLOWCHART.step(step)}


def _steps_form(case: Case, asked: Flowchart) -> ReasonedForm:
    """What is recorded and, where nothing is, what the record of the case suggests."""
    recorded = {step: Given(one.answer, one.why) for step, one in service.answers(db(), case).items()}
    return steps_form(asked)(data=stored(_suggested(case, asked) | recorded))


def _recorded(case: Case) -> dict[str, str]:
    """The answers that count, as the form takes them."""
    given = service.answers(db(), case).items()
    return stored({step: Given(one.answer, one.why) for step, one in given})


def _page(case: Case, asked: Flowchart, form: ReasonedForm, **more: Any) -> str:
    dress(form)
    recorded, path = service.answers(db(), case), service.path_of(db(), case)
    return render_template(
        "triage/steps.html",
        case=case,
        form=form,
        is_child=Route.CHILD in case.route_names,
        path=path,
        version=asked.version,
        seen=stamp(_recorded(case)),
        picture=picture(asked, path),
        says=OUTCOME_TEXT,
        recorded=recorded,
        suggested=set(_suggested(case, asked)) - set(recorded),
        may_change=may(Permission.TRIAGE, case) and case.status is Status.TRIAGE,
        may_return=may(Permission.GIVE_BACK, case),
        may_notify=may(Permission.NOTIFY, case) and case.status in COUNTING,
        **more,
    )


def _decline_page(case: Case, form: Form) -> ResponseReturnValue:
    """With the tests nobody can answer yet: only a case clearly outside every route is declined (ToR 7.i)."""
    unanswered = [
        f"{one.subject.initials}, {one.route.value} test: {count(len(one.test.needed), 'fact')} still needed"
        for one in criteria.tests_of(db(), case, today())
        if one.test.met == "not_known"
    ]
    return _form_page("triage/decline.html", case, form, unanswered=unanswered)


def _form_page(template: str, case: Case, form: Form, **more: Any) -> ResponseReturnValue:
    dress(form)
    faulty = request.method == "POST"
    errors = error_list(form) if faulty else None
    return render_template(template, case=case, form=form, errors=errors, **more), 422 if faulty else 200
