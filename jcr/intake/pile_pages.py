"""The pile: messages that fit nowhere by themselves, and what a person does about each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choice, LongText, OneOfMany, Text
from forms.web import dress, error_list
from jcr.cases import service as cases
from jcr.cases.likeness import known_already
from jcr.cases.rules import last_working_day_to, working_days_before, working_days_between
from jcr.counting import in_words
from jcr.errors import Incomplete
from jcr.files.web import download, sent
from jcr.intake import parting, shown
from jcr.intake import service as intake
from jcr.intake.behind_walls import given
from jcr.intake.blueprint import pages
from jcr.intake.filing import Office
from jcr.intake.model import Message
from jcr.intake.originals import BODY, content_of, looks
from jcr.intake.proposing import proposals
from jcr.paging import page_of
from jcr.permissions import Permission
from jcr.scoping.model import Request
from jcr.submissions import service as submissions
from jcr.submissions.placing import Place
from jcr.web.access import allow
from jcr.web.request import actor, calendar, db, now, person, the_letterhead, today
from jcr.wording import LONDON, local_day
from mail_intake.message import Message as Mail

ACTS = {
    "referral": "Open a new case: it is a referral",
    "case": "Put it with a case that is there already",
    "request": "Put it on a scoping request: it is an agency’s return",
    "submission": "Take it in: it is a paper, an update on an action or a rapid review report",
    "not_ours": "Take it off the pile: nothing is to be done with it",
}
LATE_AFTER = 1  # working days: a referral is acknowledged within one, and this may be one
THE_WORDS = "-"  # the choice of words that no form was found in


@pages.get("/pile")
@allow(Permission.SORT_MAIL)
def pile() -> ResponseReturnValue:
    total, late = intake.how_many_wait(db(), person(), _late_before())
    number = request.args.get("page", 1, type=int)
    page = page_of(db(), intake.listed(person()), number, given(db(), person()))
    ages = [working_days_between(local_day(one.arrived_at), today(), calendar()) for one in page.rows]
    return render_template(
        "intake/pile.html",
        wide=True,
        read=submissions.waiting(db(), person()),
        total=total,
        page=page,
        messages=list(zip(page.rows, ages, strict=True)),
        late=late,
        late_after=LATE_AFTER,
        shown=in_words,
    )


def _late_before() -> datetime:
    """What arrived before this moment has waited for more than the working days it may."""
    last = last_working_day_to(today(), calendar())
    return datetime.combine(working_days_before(last, LATE_AFTER, calendar()), time.min, LONDON)


@pages.route("/pile/<int:id>", methods=["GET", "POST"])
@allow(Permission.SORT_MAIL)
def message(id: int) -> ResponseReturnValue:
    found = the_message(id)
    mail = intake.mail_of(found)
    form = _sort_form(found)(request.form, data=_suggested(found))
    if request.method == "GET":
        return _page(found, mail, form)
    if not form.validate():
        return _page(found, mail, form, checked=True), 422
    try:
        return redirect(_act(found, form.answers()))
    except Incomplete as lacking:
        form["act"].errors = [str(lacking)]
        return _page(found, mail, form, checked=True), 422


@pages.post("/pile/<int:id>/again")
@allow(Permission.SORT_MAIL)
def read_again(id: int) -> ResponseReturnValue:
    found = the_message(id)
    outcome = intake.read_again(db(), the_office(), found, looks().reader.read, actor(), now())
    flash(f"The message was read again: {outcome.shown.lower()}.")
    return redirect(url_for("intake.message", id=id))


@pages.get("/pile/<int:id>/message.eml")
@allow(Permission.SORT_MAIL)
def original(id: int) -> ResponseReturnValue:
    """The message as it came; of a part the whole, for whoever may see every part."""
    found = the_message(id)
    if found.part_of_id:
        the_message(found.part_of_id)
    return download(found.file, "message.eml")


@pages.get("/pile/<int:id>/attachments/<int:number>")
@allow(Permission.SORT_MAIL)
def attachment(id: int, number: int) -> ResponseReturnValue:
    """One file out of the message, to be saved and not opened in the browser."""
    files = intake.mail_of(the_message(id)).attachments
    if not 0 <= number < len(files):
        abort(404)
    return sent(files[number].content, files[number].type, files[number].name)


@pages.get("/pile/<int:id>/documents/<int:number>/page-<int:page>.png")
@allow(Permission.SORT_MAIL)
def page_picture(id: int, number: int, page: int) -> ResponseReturnValue:
    """A page of a PDF of the message as a picture, drawn in the reader's child process."""
    message = the_message(id)
    if number >= len(message.readings):
        abort(404)
    content = content_of(intake.mail_of(message), message.readings[number]["path"])
    picture = looks().reader.page(content, page)
    return Response(picture, content_type="image/png") if picture else abort(404)


def the_message(id: int) -> Message:
    """The message, if the person may see it."""
    return intake.by_id(db(), person(), id) or abort(404)


def the_office() -> Office:
    """What filing needs of this office."""
    servers = frozenset(current_app.extensions["settings"].receiving_servers)
    return Office(the_letterhead(), calendar(), servers)


def _sort_form(found: Message) -> type[Form]:
    """What may become of this message: its own documents, and the scoping requests that wait."""
    requests = intake.open_requests(db(), person(), found)
    waiting = {str(one.id): f"{one.case.reference}, {one.agency.name}" for one in requests}
    places = _places(found)
    offered = {"request": waiting, "submission": places}
    acts = {act: text for act, text in ACTS.items() if offered.get(act, True)}
    documents = {one["path"]: named(one["path"]) for one in found.readings}
    if BODY not in documents:
        documents[THE_WORDS] = named(BODY)
    questions = {
        "act": Choice("What is to be done with this message?", acts, required=True, ask="Choose what to do"),
        "reference": Text(
            "Reference of the case",
            required=True,
            when=("act", ("case",)),
            hint="Such as JCR-2026-0012",
            ask="Enter the reference of the case",
        ),
        "request_id": OneOfMany(
            "Which request does it answer?",
            waiting,
            required=True,
            when=("act", ("request",)),
            ask="Choose the request it answers",
        ),
        "place": OneOfMany(
            "Where does it belong?",
            {key: place.label for key, place in places.items()},
            required=True,
            when=("act", ("submission",)),
            ask="Choose the action or the meeting",
        ),
        "path": Choice(
            "Which document is the form?",
            documents,
            required=True,
            when=("act", ("referral", "request", "submission")),
            ask="Choose the document",
        ),
        "why": LongText("Why?", required=True, lines=2, ask="Say why: the reason is part of the record"),
    }
    return type("SortForm", (Form,), questions)


def named(path: str) -> str:
    """What a page calls a document of a message."""
    return "The words of the message" if path == BODY else path


def _places(found: Message) -> dict[str, Place]:
    """The places of a form for the group: actions for an update, meetings for a paper or a report."""
    kinds = {one["reading"].get("kind") for one in found.readings}
    return submissions.places(db(), person(), kinds)


def _subjects_in(found: Message) -> list[Mapping[str, Any]]:
    """The people whom the referrals in a message are about."""
    referrals = (one for one in found.readings if one["reading"].get("kind") == "referral")
    return [row for one in referrals for row in one["answers"].get("subjects") or []]


def _suggested(found: Message) -> dict[str, str]:
    """What the clues suggest: the document that is a form, the case or request they point at."""
    forms = parting.forms_in(found)
    clue: dict[str, str] = next(iter(found.details.get("suggestions") or []), {})
    return {"path": forms[0] if forms else THE_WORDS, "reference": clue.get("case", "")}


def _act(found: Message, answers: Mapping[str, Any]) -> str:
    """Does what was chosen; the address to go on to."""
    why, path = answers["why"], answers.get("path", "").removeprefix(THE_WORDS)
    if answers["act"] == "referral":
        case = intake.open_as_referral(db(), the_office(), found, path, why, actor(), now())
        flash(f"{case.reference} is open. Check what was read.")
        return url_for("intake.reading", reference=case.reference)
    if answers["act"] == "case":
        known = cases.by_reference(db(), person(), answers["reference"])
        if known is None:
            raise Incomplete("No case has this reference. Check it and try again.")
        intake.file_to_case(db(), found, known, why, actor(), now())
        flash(f"The message is with {known.reference}.")
    elif answers["act"] == "request":
        wanted = db().get_one(Request, int(answers["request_id"]))
        intake.land_on_request(db(), the_office(), found, wanted, path, why, actor(), now())
        flash(f"The return is with {wanted.case.reference}.")
    elif answers["act"] == "submission":
        place = _places(found)[answers["place"]]
        taken = intake.take_submission(db(), found, place, path, why, actor(), now())
        flash("The form is taken in. Check what was read.")
        return url_for("intake.submission", id=taken.id)
    else:
        intake.not_ours(db(), found, why, actor(), now())
        flash("The message is off the pile. It stays in the ledger.")
    return url_for("intake.pile")


def _page(found: Message, mail: Mail, form: Form, checked: bool = False) -> str:
    dress(form)
    return render_template(
        "intake/message.html",
        wide=True,
        message=found,
        mail=mail,
        html=shown.safe_html(mail),
        readings=[(one, shown.sources(one["reading"])) for one in found.readings],
        form=form,
        proposals=proposals(db(), the_office(), person(), found, now()) if found.waiting else (),
        known=known_already(db(), person(), _subjects_in(found)) if found.waiting else (),
        same_sender=intake.of_same_sender(db(), person(), found) if found.waiting else (),
        merged=parting.merged_into(db(), found),
        parts=parting.parts_of(db(), found),
        can_split=found.waiting and len(parting.files_to_part(found)) > 1,
        errors=error_list(form) if checked else None,
    )
