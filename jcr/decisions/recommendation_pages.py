"""The recommendation's page: its form at the rapid review, afterwards the report and its ratification."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms.shown import in_one_text as in_words
from forms.web import dress, error_list, rows_changed
from jcr.cases.model import Case, Status
from jcr.cases.web import the_case
from jcr.correspondence.shown import blocks
from jcr.decisions import interim, service
from jcr.decisions.blueprint import pages
from jcr.decisions.model import Recommendation
from jcr.decisions.questions import RecommendationForm, ReconveneForm, first_words
from jcr.documents.recommendation import render
from jcr.errors import NotNow, Refused
from jcr.files.service import PDF
from jcr.files.web import sent
from jcr.meetings import service as meetings
from jcr.meetings.model import Meeting
from jcr.people.service import agencies
from jcr.permissions import Permission
from jcr.web.access import allow, may
from jcr.web.request import actor, calendar, db, now, settings, the_letterhead, today


@pages.get("/recommendation")
@allow(Permission.READ_RECOMMENDATION)
def recommendation(reference: str) -> ResponseReturnValue:
    case = the_case(reference)
    if case.status is not Status.RAPID_REVIEW or not may(Permission.RECOMMEND, case):
        return shown(case, "decisions/recommendation.html")
    draft, meeting = service.draft_of(db(), case), _meeting(case)
    words = draft.answers if draft else first_words(meeting, service.latest(db(), case))
    return _form_page(case, meeting, _form(case, data=words))


@pages.post("/recommendation")
@allow(Permission.RECOMMEND)
def record(reference: str) -> ResponseReturnValue:
    """Adds or removes a row, keeps a draft or, only with the button that says so, records."""
    case = the_case(reference)
    meeting, form = _meeting(case), _form(case, request.form)
    if rows_changed(form, request.form):
        return _form_page(case, meeting, form)
    if theirs := _written_meanwhile(case, form):
        return _form_page(case, meeting, form, theirs=theirs), 409
    if "record" not in request.form:
        service.save_draft(db(), case, form.typed(), actor(), now())
        flash("What you typed is saved. Nothing is recommended yet.")
        return redirect(url_for("decisions.recommendation", reference=case.reference))
    if not _is_right(case, meeting, form):
        return _form_page(case, meeting, form, errors=error_list(form)), 422
    return _record(case, meeting, form)


def _form(case: Case, formdata: Any = None, **given: Any) -> RecommendationForm:
    return RecommendationForm(formdata, case=case, agencies=agencies(db()), today=today(), **given)


def _written_meanwhile(case: Case, form: RecommendationForm) -> list[tuple[str, str]]:
    """What somebody else saved while this was written and reads otherwise: the question, and their words."""
    draft = service.draft_of(db(), case)
    seen = request.form.get("seen", "")
    if draft is None or draft.saved_by == actor().name or draft.saved_at.isoformat() == seen:
        return []
    saved, mine = _form(case, data=draft.answers), form.typed()
    differing = [
        question
        for question in saved.questions
        if saved.typed().get(question.short_name) not in (None, mine.get(question.short_name))
    ]
    return [(question.label.text, in_words(question)) for question in differing]


def _record(case: Case, meeting: Meeting, form: RecommendationForm) -> ResponseReturnValue:
    apart, dardr_from = settings().council_directorates_apart, settings().dardr_commenced_on
    try:
        service.recommend(
            db(), the_letterhead(), calendar(), case, meeting, form.said(), actor(), now(), apart, dardr_from
        )
    except Refused as why:  # every word stays on the page
        db().rollback()
        form.outcome.errors = [str(why)]
        return _form_page(the_case(case.reference), meeting, form, errors=error_list(form)), 422
    flash("The recommendation is recorded. Those who ratify it have been written to.")
    return redirect(url_for("decisions.recommendation", reference=case.reference))


def _is_right(case: Case, meeting: Meeting, form: RecommendationForm) -> bool:
    if not form.validate():
        return False
    late = service.lateness(service.owed_on(db(), case, calendar()), meeting, now())
    found = list(service.faults(case, form.said(), _criteria(case), late))
    for name, sentence in reversed(found):  # of two faults with one answer the first is shown
        form[name].errors = [sentence]
    return not found


def _criteria(case: Case) -> list[dict[str, Any]]:
    return service.criteria_of(db(), case, today(), settings().dardr_commenced_on)


def _meeting(case: Case) -> Meeting:
    found = meetings.rapid_review_of(db(), case)
    if found is None or case.status is not Status.RAPID_REVIEW:
        raise NotNow(
            f"This case is at the stage “{case.status.shown}”: a recommendation is made at its rapid review."
        )
    return found


def _form_page(case: Case, meeting: Meeting, form: RecommendationForm, **more: Any) -> str:
    dress(form)
    before = service.latest(db(), case)
    return render_template(
        "decisions/form.html",
        case=case,
        meeting=meeting,
        form=form,
        draft=service.draft_of(db(), case),
        before=before,
        why_back=service.brought_back(db(), before) if before else (),
        allowed=meetings.may_recommend(meeting, settings().council_directorates_apart),
        partners=meetings.partners_warning(meeting),
        criteria=_criteria(case),
        **more,
    )


@pages.post("/reconvene")
@allow(Permission.RECOMMEND)
def reconvene(reference: str) -> ResponseReturnValue:
    case, form = the_case(reference), ReconveneForm(request.form)
    if not form.validate():
        return shown(case, "decisions/recommendation.html", again=form, errors=error_list(form)), 422
    service.reconvene(db(), case, form.why.data, actor(), now())
    flash("The rapid review is open again. Record what it recommends now.")
    return redirect(url_for("decisions.recommendation", reference=case.reference))


@pages.get("/recommendation.pdf")
@allow(Permission.READ_RECOMMENDATION)
def pdf(reference: str) -> ResponseReturnValue:
    return _download(service.latest(db(), the_case(reference)) or abort(404))


@pages.get("/recommendations/<int:number>.pdf")
@allow(Permission.READ_RECOMMENDATION)
def numbered_pdf(reference: str, number: int) -> ResponseReturnValue:
    """An earlier one, which came back."""
    found = [one for one in service.of_case(db(), the_case(reference)) if one.number == number]
    return _download(found[0] if found else abort(404))


def _download(found: Recommendation) -> ResponseReturnValue:
    return sent(render(service.report(db(), found, the_letterhead())), PDF, service.file_name(found))


def shown(case: Case, template: str, *, again: ReconveneForm | None = None, **more: Any) -> str:
    """The report as a page, with how far its ratification has come."""
    found = service.latest(db(), case)
    form = again or ReconveneForm()
    dress(form)
    return render_template(
        template,
        case=case,
        recommendation=found,
        report=service.report(db(), found, the_letterhead()) if found else None,
        progress=service.progress(db(), found, today()) if found else None,
        earlier=service.of_case(db(), case)[1:],
        beside=service.beside,
        decided=service.decided,
        describe=service.describe,
        letter=service.letter_of(db(), found) if found else None,
        blocks=blocks,
        again=form if case.status in (Status.SENT_BACK, Status.NOT_RATIFIED) else None,
        may_record=may(Permission.RECOMMEND, case),
        may_tell_it_waits=may(Permission.TELL_REFERRER, case) and bool(interim.waits_for(db(), case)),
        may_write=may(Permission.TELL_REFERRER, case) and case.status is Status.RATIFIED,
        **more,
    )
