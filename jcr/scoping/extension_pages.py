"""The pages of a question for more time: the agency asks behind its link, the office answers on the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.dates import day_or_none
from forms.fields import Choice, Date, LongText, Text
from forms.web import dress
from jcr.cases.rules import Calendar
from jcr.cases.web import the_case
from jcr.permissions import Permission
from jcr.scoping import extending, service
from jcr.scoping.blueprint import pages
from jcr.scoping.link_pages import answerable
from jcr.scoping.model import Extension, Request
from jcr.web.access import allow, behind_link
from jcr.web.asking import form_page
from jcr.web.request import actor, calendar, db, now, the_letterhead, today


class _ForRequest(Form):
    """A form that asks for a later return date of one request."""

    def __init__(self, formdata: Any, asked: Request, calendar: Calendar, **kwargs: Any) -> None:
        super().__init__(formdata, **kwargs)
        self.about, self.calendar = asked, calendar

    def checks(self, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """A working day between the present return date and the meeting."""
        if until := day_or_none(answers.get("until")):
            yield from extending.date_faults("until", self.about, until, today(), self.calendar)


class MoreTimeForm(_ForRequest):
    who = Text("Your name", required=True, ask="Enter your name")
    until = Date("Until when do you need?", required=True, ask="Enter the day you can return the form by")
    why = LongText(
        "Why do you need more time?",
        required=True,
        lines=3,
        ask="Say why you need more time",
        hint="For example: two records are held on paper in another building. Give no names here.",
    )


class AnswerForm(_ForRequest):
    answer = Choice(
        "What do you answer?",
        {"grant": "Give more time", "refuse": "Let the return date stand"},
        required=True,
        ask="Choose whether to give more time",
    )
    until = Date(
        "The new return date", when=("answer", ("grant",)), required=True, ask="Enter the new return date"
    )
    why = LongText(
        "Why?",
        required=True,
        lines=3,
        ask="Give the reason",
        hint="The agency sees these words when it follows its link, and they are part of the record.",
    )


@pages.route("/scoping/<token>/more-time", methods=["GET", "POST"])
@behind_link
def more_time(token: str) -> ResponseReturnValue:
    asked = answerable(token)
    if asked.extension_asked:
        return redirect(url_for("scoping.start", token=token))
    form = MoreTimeForm(request.form or None, asked, calendar())
    dress(form)
    if request.method == "POST" and form.validate():
        until = form.until.day
        assert until is not None
        extending.ask_for_more_time(db(), asked, form.who.data, until, form.why.data, now(), calendar())
        return redirect(url_for("scoping.start", token=token))
    return form_page("scoping/more_time.html", form, asked=asked, token=token)


@pages.route("/cases/<reference>/returns/<agency>/more-time", methods=["GET", "POST"])
@allow(Permission.KEEP_RETURNS)
def answer_more_time(reference: str, agency: str) -> ResponseReturnValue:
    case = the_case(reference)
    asked = service.latest_request(db(), case, agency) or abort(404)
    open_question = asked.extension_asked
    if open_question is None:
        flash("Nobody asks for more time here; it was answered already.")
        return redirect(url_for("scoping.returns", reference=case.reference))
    form = AnswerForm(
        request.form or None, asked, calendar(), data={"until": open_question.until.isoformat()}
    )
    dress(form)
    if request.method == "POST" and form.validate():
        _answer(form, open_question)
        return redirect(url_for("scoping.returns", reference=case.reference))
    return form_page("scoping/answer_more_time.html", form, asked=asked, case=case, question=open_question)


def _answer(form: AnswerForm, question: Extension) -> None:
    head, agency = the_letterhead(), question.request.agency.name
    if form.answer.data == "grant":
        until = form.until.day
        assert until is not None
        extending.grant(db(), head, question, until, form.why.data, actor(), now(), calendar())
        flash(f"{agency} has more time. A letter tells it so.")
    else:
        extending.refuse(db(), head, question, form.why.data, actor(), now())
        flash(f"The return date of {agency} stands. A letter tells it so.")
