"""Pages that call a meeting: the rapid review with its scoping requests, and business meetings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms.web import dress, error_list, focus_id
from jcr.cases.model import Case, Status
from jcr.cases.web import the_case
from jcr.errors import NotNow
from jcr.meetings import service
from jcr.meetings.blueprint import pages
from jcr.meetings.calling_forms import (
    START,
    BusinessMeetingForm,
    Choice,
    RapidReviewForm,
    SeriesForm,
    as_typed,
    asked,
    choices,
    faults_of,
    suggested_answers,
)
from jcr.meetings.invitations import invite_asked, send_invitations
from jcr.meetings.model import Meeting
from jcr.people.service import agencies
from jcr.permissions import Permission
from jcr.referrals.service import of_case as referral_of
from jcr.scoping import service as scoping
from jcr.scoping.rules import faults, suggested
from jcr.triage.notifying import MISSING
from jcr.web.access import allow
from jcr.web.request import actor, calendar, db, now, the_letterhead, today
from jcr.wording import count, local_day, long_date, long_moment

BUSINESS = (
    "Call a business meeting",
    "The standing items are put on the agenda and filled with how things stand: new referrals, outcomes since the last "
    "meeting, open cases and the action log. A rapid review is called from its case.",
)
AGAIN = (
    "Call a further rapid review",
    "The same people are invited, without anybody who has declared a conflict since. Agencies are not asked for new "
    "returns.",
)
PANEL = (
    "Call the review panel",
    "Whoever is named to the case is invited, with the chair and the vice chair. The panel is quorate with police, "
    "health, the local authority and the chair. The agenda tells which minutes are to be agreed, and the open actions.",
)


@pages.get("/cases/<reference>/scoping")
@allow(Permission.CALL_RAPID_REVIEW)
def plan(reference: str) -> ResponseReturnValue:
    case, answers = _case(reference)
    if case.status is not Status.TRIAGE:
        return redirect(url_for("scoping.returns", reference=case.reference))
    suggestion = suggested(case, today(), calendar())
    offered = choices(scoping.propose_agencies(db(), case, answers, today()), agencies(db()))
    incident = str(answers.get("incident_date") or "")
    form = RapidReviewForm(data=suggested_answers(suggestion, incident, today()), today=today())
    return _page(case, form, offered)


@pages.post("/cases/<reference>/scoping")
@allow(Permission.CALL_RAPID_REVIEW)
def call(reference: str) -> ResponseReturnValue:
    case, answers = _case(reference)
    form = RapidReviewForm(request.form, today=today())
    offered = choices(scoping.propose_agencies(db(), case, answers, today()), agencies(db()))
    lines = list(as_typed(offered, request.form))
    wrong = [*_form_faults(form), *faults_of(lines)]
    dates = form.dates()
    if wrong or dates is None or case.lacks_notification:
        return _page(case, form, lines, wrong), 422
    lines = _with_new_agencies(lines)
    meeting = service.call_rapid_review(
        db(), the_letterhead(), case, asked(one for one in lines if one.chosen),
        dates, actor(), now(), answers, calendar(),
    )  # fmt: skip
    send_invitations(db(), the_letterhead(), meeting, actor(), now())
    invite_asked(db(), the_letterhead(), meeting, actor(), now())
    chosen = sum(one.chosen for one in lines)
    when = long_moment(meeting.starts_at)
    flash(f"{count(chosen, 'request')} written, and the rapid review called for {when}.")
    return redirect(url_for("scoping.returns", reference=case.reference))


@pages.route("/meetings/new", methods=["GET", "POST"])
@allow(Permission.CALL_MEETINGS)
def new() -> ResponseReturnValue:
    """One business meeting or a series of them, each a meeting of its own."""
    form = SeriesForm(request.form or None, data={"meeting_time": START, "times": "1"}, today=today())
    dress(form)
    if _start(form) is None:
        back = {"text": "Back to meetings", "href": url_for("meetings.all_meetings")}
        return _when_page(BUSINESS, back, form)
    called = [
        service.call_business_meeting(db(), at, form.place.data, actor(), now()) for at in form.starts()
    ]
    for meeting in called:
        send_invitations(db(), the_letterhead(), meeting, actor(), now())
        _warn_of_day_off(meeting)
    if len(called) > 1:
        flash(f"{count(len(called), 'meeting')} are called, and everybody invited to each.")
        return redirect(url_for("meetings.all_meetings"))
    flash("The meeting is called, its agenda filled in, and everybody invited.")
    return redirect(url_for("meetings.show", meeting_id=called[0].id))


def _warn_of_day_off(meeting: Meeting) -> None:
    """Such as of a series, one of which falls on a bank holiday; past the known calendar nothing is said."""
    day, days = local_day(meeting.starts_at), calendar()
    if days.first_year <= day.year <= days.last_year and not days.is_working_day(day):
        flash(f"{long_date(day)} is not a working day. Move the meeting if that was not meant.", "problem")


@pages.route("/cases/<reference>/meetings/new", methods=["GET", "POST"])
@allow(Permission.CALL_MEETINGS)
def again(reference: str) -> ResponseReturnValue:
    """A further rapid review, such as after a recommendation was sent back."""
    case = the_case(reference)
    back = {"text": "Back to the case", "href": f"/cases/{case.reference}"}
    return _call_about(case, service.call_again, "rapid review", AGAIN, back)


@pages.route("/cases/<reference>/panel/new", methods=["GET", "POST"])
@allow(Permission.CALL_RAPID_REVIEW)
def panel(reference: str) -> ResponseReturnValue:
    """A meeting of the review panel, to which whoever is named to the case is invited."""
    case = the_case(reference)
    back = {"text": "Back to who reviews the case", "href": f"/cases/{case.reference}/named"}
    return _call_about(case, service.call_panel, "review panel", PANEL, back)


def _call_about(
    case: Case, call: Callable[..., Meeting], called: str, page: tuple[str, str], back: dict[str, str]
) -> ResponseReturnValue:
    """Asks when and where, calls the meeting about the case and invites everybody."""
    form = BusinessMeetingForm(request.form or None, data={"meeting_time": START}, today=today())
    dress(form)
    starts_at = _start(form)
    if starts_at is None:
        return _when_page(page, back, form, case)
    meeting = call(db(), case, starts_at, form.place.data, actor(), now())
    send_invitations(db(), the_letterhead(), meeting, actor(), now())
    invite_asked(db(), the_letterhead(), meeting, actor(), now())
    flash(f"The {called} is called, and everybody invited.")
    return redirect(url_for("meetings.show", meeting_id=meeting.id))


def _start(form: BusinessMeetingForm) -> datetime | None:
    """The moment given, if it is one that lies ahead; None when the page must be shown (again)."""
    if request.method == "GET" or not form.validate():
        return None
    starts_at = form.starts_at()
    if starts_at and starts_at <= now():
        form.meeting_on.errors = ["Date of the meeting must be after today"]
        return None
    return starts_at


def _when_page(
    page: tuple[str, str], back: dict[str, str], form: BusinessMeetingForm, case: Case | None = None
) -> ResponseReturnValue:
    errors = error_list(form) if request.method == "POST" else None
    heading, lead = page
    shown = render_template(
        "meetings/when.html", heading=heading, lead=lead, back=back, form=form, case=case, errors=errors
    )
    return shown, 422 if errors else 200


def _case(reference: str) -> tuple[Case, dict[str, Any]]:
    """The case and the answers of its referral."""
    case = the_case(reference)
    referral = referral_of(db(), case)
    return case, dict(referral.best_known) if referral else {}


def _form_faults(form: RapidReviewForm) -> list[dict[str, str]]:
    """What is wrong with the dates, each by itself or against the others, marked on its boxes."""
    form.validate()
    dates = form.dates()
    for name, sentence in faults(dates, today(), calendar()) if dates else ():
        if not form[name].errors:
            form[name].errors = [sentence]
    return [
        {"text": str(question.errors[0]), "href": f"#{focus_id(question)}"}
        for question in form.questions
        if question.errors
    ]


def _with_new_agencies(lines: Sequence[Choice]) -> list[Choice]:
    """Agencies on no list yet are put on it, so that their answer has a place."""
    return [replace(one, agency=_listed(one)) if one.chosen and one.agency is None else one for one in lines]


def _listed(one: Choice) -> Any:
    if any(agency.name == one.name for agency in agencies(db())):
        raise NotNow(f"{one.name} is on the agency list already. Choose it there.")
    return scoping.list_agency(db(), one.name, one.contact_name, one.contact_email, actor(), now())


def _page(
    case: Case, form: RapidReviewForm, lines: Iterable[Choice], wrong: list[dict[str, str]] | None = None
) -> str:
    dress(form)
    return render_template(
        "meetings/call.html",
        case=case,
        form=form,
        lines=list(lines),
        suggestion=suggested(case, today(), calendar()),
        stopped=MISSING if case.lacks_notification else "",
        errors={"titleText": "There is a problem", "errorList": wrong} if wrong else None,
        wide=True,
    )
