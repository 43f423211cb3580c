"""A scoping return or a form for the group, as it was read, beside its original: corrected, accepted, put aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, select

from forms import FORMS, Form, ScopingForm
from forms.reading.result import Reading
from forms.web import dress, error_list, rows_changed
from jcr.cases.web import the_case
from jcr.errors import Incomplete, Refused
from jcr.intake import service as intake
from jcr.intake import shown
from jcr.intake.beside import PLACE, UNDO, Beside, all_typed, lit_by, originals, read_from
from jcr.intake.blueprint import pages
from jcr.intake.laid_out import groups
from jcr.intake.model import Message
from jcr.permissions import Permission
from jcr.referrals.shown import heading, in_words
from jcr.scoping import service as scoping
from jcr.scoping.model import Request
from jcr.scoping.model import State as ScopingState
from jcr.submissions import service as submissions
from jcr.submissions.model import State, Submission
from jcr.submissions.placing import Place
from jcr.web.access import allow
from jcr.web.request import actor, calendar, db, now, person, the_letterhead, today


@dataclass
class Returned:
    """What both kinds have in common: the form, what was read and what is made of it, and the words of the page."""

    form: type[Form]
    reading: Mapping[str, Any]
    answers: Mapping[str, Any]
    message: Message | None
    title: str
    caption: str
    open: bool
    settled: str = ""
    may_put_aside: bool = False
    may_go_back: bool = False

    @property
    def before(self) -> dict[str, Any]:
        """What was read, before anybody touched it."""
        return Reading.from_json(self.reading).answers()


@pages.get("/submissions/<int:id>")
@allow(Permission.SORT_MAIL)
def submission(id: int) -> ResponseReturnValue:
    sheet = _of_submission(_submission(id))
    return _page(sheet, sheet.form(data=sheet.answers, today=today()))


@pages.post("/submissions/<int:id>")
@allow(Permission.SORT_MAIL)
def settle_submission(id: int) -> ResponseReturnValue:
    """Saves, places a piece of text, accepts or puts aside, by the button that was pressed."""
    found = _submission(id)
    if "aside" in request.form:
        return _put_aside(found)
    if "back" in request.form:
        return _send_back(found)

    def save(answers: Mapping[str, Any], done: str = "") -> None:
        submissions.save(db(), found, answers, actor(), now(), done)

    def accept(answers: Mapping[str, Any]) -> str:
        submissions.accept(db(), found, answers, actor(), now())
        return url_for("intake.submission", id=id)

    return _act(lambda: _of_submission(_submission(id)), save, accept)


@pages.get("/cases/<reference>/returns/<agency>/reading")
@allow(Permission.KEEP_RETURNS)
def scoping_return(reference: str, agency: str) -> ResponseReturnValue:
    sheet = _of_return(_request(reference, agency))
    return _page(sheet, sheet.form(data=sheet.answers, today=today()))


@pages.post("/cases/<reference>/returns/<agency>/reading")
@allow(Permission.KEEP_RETURNS)
def settle_return(reference: str, agency: str) -> ResponseReturnValue:
    """Saves, places a piece of text, or accepts the return, by the button that was pressed."""
    asked = _request(reference, agency)

    def save(answers: Mapping[str, Any], done: str = "") -> None:
        act = f"{done}, on the return" if done else "corrected what was read from the return"
        scoping.correct_return(db(), asked, answers, actor(), now(), act)

    def accept(answers: Mapping[str, Any]) -> str:
        save(answers)
        scoping.accept_return(db(), asked, actor(), now())
        return url_for("scoping.returns", reference=reference)

    return _act(lambda: _of_return(_request(reference, agency)), save, accept)


def _act(look: Any, save: Any, accept: Any) -> ResponseReturnValue:
    """One press: everything typed is kept, whatever the act says to it."""
    sheet: Returned = look()
    form = sheet.form(request.form, data=sheet.answers, today=today())
    answers = all_typed(form, sheet.answers)
    if rows_changed(form, request.form):
        return _page(sheet, form)
    try:
        if PLACE in request.form or UNDO in request.form:
            answers, done = Beside(sheet.form, sheet.reading, sheet.before, answers).moved(request.form)
            save(answers, done)
            flash(f"You {done}. Your other corrections are saved too.")
            return redirect(f"{request.path}#loose")
        if "confirm" in request.form:
            path = accept(answers)
            flash("It is accepted. What was read is kept beside what you accepted.")
            return redirect(path)
        save(answers)
    except Refused as why:
        db().rollback()
        return _page(look(), form, lacking=str(why)), 422
    flash("Your corrections are saved. Nothing is accepted yet.")
    return redirect(request.path)


def _put_aside(found: Submission) -> ResponseReturnValue:
    sheet = _of_submission(found)
    try:
        submissions.put_aside(db(), found, request.form.get("why", ""), actor(), now())
    except Incomplete as why:
        return _page(sheet, sheet.form(data=sheet.answers, today=today()), lacking=str(why), at="#why"), 422
    flash("It is put aside. It stays on record with its reason.")
    return redirect(url_for("intake.pile"))


def _send_back(found: Submission) -> ResponseReturnValue:
    sheet, why = _of_submission(found), request.form.get("back_why", "")
    try:
        submissions.send_back(db(), the_letterhead(), found, why, calendar(), actor(), now())
    except Refused as lacking:
        db().rollback()
        form = sheet.form(data=sheet.answers, today=today())
        return _page(_of_submission(_submission(found.id)), form, str(lacking), "#back_why", why), 422
    flash("The letter is written. The paper stays on record with what you asked for.")
    return redirect(url_for("intake.pile"))


def _submission(id: int) -> Submission:
    return db().scalar(submissions.visible_to(person()).where(Submission.id == id)) or abort(404)


def _of_submission(found: Submission) -> Returned:
    place = Place(found.case, found.action, found.meeting)
    by = f"{found.state.shown} by {found.settled_by}. {found.why}".strip()
    waits = found.state is State.WAITING
    return Returned(
        form=FORMS[found.kind],
        reading=found.reading,
        answers=found.answers,
        message=_message(Message.submission_id == found.id),
        title=FORMS[found.kind].title,
        caption=place.label,
        open=waits,
        settled="" if waits else by,
        may_put_aside=waits,
        may_go_back=found.may_go_back,
    )


def _request(reference: str, agency: str) -> Request:
    """An agency's request in the case's latest round, if what it returned was a document."""
    case = the_case(reference)
    found = scoping.latest_request(db(), case, agency)
    if found is None or found.latest is None or not found.latest.reading:
        abort(404)
    return found


def _of_return(asked: Request) -> Returned:
    returned = asked.latest
    assert returned is not None  # _request has seen to both
    assert returned.reading is not None
    return Returned(
        form=ScopingForm,
        reading=returned.reading,
        answers=returned.answers,
        message=_message(Message.request_id == asked.id),
        title="Nil return" if returned.nil else "Scoping return",
        caption=f"{asked.case.reference} · {asked.agency.name}",
        open=asked.state is ScopingState.RETURNED,
        settled="" if asked.state is ScopingState.RETURNED else asked.state.shown,
    )


def _message(filed: ColumnElement[bool]) -> Message | None:
    return db().scalar(select(Message).where(filed).order_by(Message.id.desc()).limit(1))


def _page(sheet: Returned, form: Form, lacking: str = "", at: str = "#answers", back_why: str = "") -> str:
    """The page; `lacking` is what an act refused, linked to where it is put right."""
    found = shown.sources(sheet.reading, sheet.form)
    message = sheet.message
    mail = intake.mail_of(message) if message else None
    lighting = lit_by(form, found, sheet.reading.get("unplaced") or [])
    documents = (
        originals(message, mail, lighting, read_from(message, sheet.reading)) if message and mail else []
    )
    form.heading = ""
    shown.annotate(form, found, lighting.lit)
    dress(form)
    errors = error_list(form)
    if lacking:
        errors["errorList"].append({"text": lacking, "href": at})
    return render_template(
        "intake/returned.html",
        wide=True,
        sheet=sheet,
        groups=list(groups(form, {}, {source.name for source in found if source.doubt})),
        doubtful=[(source, shown.box_of(form, source.name)) for source in found if source.doubt],
        missing=sheet.form.from_answers(sheet.answers, today()).problems(),
        beside=Beside(sheet.form, sheet.reading, sheet.before, sheet.answers),
        documents=documents,
        unknown=[
            (heading(name), in_words(value)) for name, value in sheet.form.unknown(sheet.answers).items()
        ],
        message=message,
        mail=mail,
        html=shown.safe_html(mail) if mail else "",
        errors=errors,
        back_why=back_why,
    )
