"""The page at which a referrer's request to look again is recorded, and answered by somebody else."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choice, Date, LongText
from forms.web import dress, error_list
from jcr.cases.model import Case
from jcr.cases.rules import counted, reconsideration_reply_by
from jcr.cases.web import the_case
from jcr.decisions import reconsidering
from jcr.decisions.blueprint import pages
from jcr.decisions.model import Ground, Looked, Reconsideration
from jcr.decisions.reconsidering import SETTLED, Asked
from jcr.errors import Incomplete, NotNow, Refused
from jcr.permissions import Permission
from jcr.web.access import allow
from jcr.web.request import actor, calendar, db, now, person, the_letterhead, today


class AskForm(Form):
    asked_on = Date(
        "Day the request came",
        required=True,
        not_future=True,
        what="The day it came",
        ask="Enter the day it came",
    )
    ground = Choice(
        "On which ground?",
        {one.value: one.shown[:1].upper() + one.shown[1:] for one in Ground},
        required=True,
        ask="Select the ground the referrer gives",
    )
    what = LongText(
        "What does the referrer ask?",
        required=True,
        lines=8,
        hint="In their own words, as far as you can. They do not go into a letter.",
        ask="Write what the referrer asks",
    )


class AnswerForm(Form):
    outcome = Choice(
        "What is the answer?",
        {one.value: one.shown for one in Looked},
        required=True,
        ask="Select what the answer is",
    )
    reason = LongText(
        "Why?",
        required=True,
        lines=10,
        hint="These words go into the letter to the referrer. Use initials, not names.",
        ask="Give the reasons: the referrer is told them",
    )


@pages.get("/reconsideration")
@allow(Permission.SEE_OFFICE)
def reconsideration(reference: str) -> ResponseReturnValue:
    return _page(the_case(reference))


@pages.post("/reconsideration")
@allow(Permission.TAKE_RECONSIDERATION)
def ask_again(reference: str) -> ResponseReturnValue:
    case, form = the_case(reference), AskForm(request.form, today=today())
    if not form.validate():
        return _page(case, asking=form)
    assert form.asked_on.day is not None
    asked = Asked(Ground(form.ground.data), form.what.data, form.asked_on.day)
    try:
        reconsidering.ask(db(), the_letterhead(), calendar(), case, asked, actor(), now())
    except (Incomplete, NotNow) as refused:  # what was typed stays on the page
        db().rollback()
        form.asked_on.errors = [str(refused)]
        return _page(the_case(reference), asking=form)
    flash("The request is recorded. The referrer is told by when it is answered.")
    return redirect(f"/cases/{case.reference}/reconsideration")


@pages.post("/reconsideration/answer")
@allow(Permission.ANSWER_RECONSIDERATION)
def answer_again(reference: str) -> ResponseReturnValue:
    case, form = the_case(reference), AnswerForm(request.form)
    open_one = _open(case)
    if open_one is None:
        raise NotNow("No request waits for an answer on this case.")
    if not form.validate():
        return _page(case, answering=form)
    try:
        reconsidering.answer(
            db(), the_letterhead(), open_one, Looked(form.outcome.data), form.reason.data, person(), now()
        )
    except Refused as refused:
        db().rollback()
        form.reason.errors = [str(refused)]
        return _page(the_case(reference), answering=form)
    flash("The answer is recorded. The letter to the referrer is in the post.")
    return redirect(f"/cases/{case.reference}")


def _open(case: Case) -> Reconsideration | None:
    return next((one for one in reconsidering.of_case(db(), case) if one.outcome is None), None)


def _page(
    case: Case, asking: AskForm | None = None, answering: AnswerForm | None = None
) -> ResponseReturnValue:
    letter, open_one = reconsidering.decision_letter(db(), case), _open(case)
    last = reconsidering.last_day(letter, calendar()) if letter else None
    due = reconsideration_reply_by(open_one.asked_on, calendar()) if open_one else None
    form: Any = asking or answering or (AnswerForm() if open_one else AskForm(today=today()))
    dress(form)
    errors = error_list(form) if asking or answering else None
    free = reconsidering.who_may_answer(db(), open_one) if open_one else []
    page = render_template(
        "decisions/reconsideration.html",
        case=case,
        letter=letter,
        last=last,
        days=counted(last.start, last.working_days or 0, calendar()) if last else [],
        due=due,
        days_to_answer=counted(due.start, due.working_days or 0, calendar()) if due else [],
        open=open_one,
        all=reconsidering.of_case(db(), case),
        asked_before=bool(letter and reconsidering.of_letter(db(), letter)),
        is_settled=case.status in SETTLED,
        free=free,
        may_answer=person().id in {one.id for one in free},
        form=form,
        errors=errors,
    )
    return page, 422 if errors else 200
