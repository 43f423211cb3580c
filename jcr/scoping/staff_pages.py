"""The team’s pages of scoping: who owes a return, reading one, accepting it or sending it back."""

from __future__ import annotations

import io
from itertools import islice
from typing import Any

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from forms import Form, ScopingForm
from forms.fields import Email, Text
from forms.shown import Section, sections
from forms.web import dress, error_list, rows_changed
from jcr.cases.web import the_case
from jcr.correspondence.delivery import STATES
from jcr.files.service import PDF
from jcr.permissions import Permission
from jcr.scoping import adding, chasing, service
from jcr.scoping.asking import form_name
from jcr.scoping.blueprint import pages
from jcr.scoping.copies import copy_of
from jcr.scoping.model import Request, Return
from jcr.scoping.reporting import reported
from jcr.scoping.sent_back import SendBackForm
from jcr.web.access import allow, may
from jcr.web.request import actor, calendar, db, now, person, the_letterhead, today

MOST = 50  # letters of a day shown; past it, the page says that there are more


class LinkForm(Form):
    contact_name = Text("Who gets it")
    contact_email = Email("E-mail address", required=True)


@pages.get("/cases/<reference>/returns")
@allow(Permission.READ_RECORD)
def returns(reference: str) -> ResponseReturnValue:
    case = the_case(reference)
    round = service.round_of(db(), case)
    lines = service.lines(round, today(), calendar()) if round else []
    lost = service.came_back(db(), round.requests) if round else {}
    return render_template(
        "scoping/returns.html",
        case=case,
        round=round,
        lines=lines,
        lost=lost,
        delivery=STATES,
        may_act=may(Permission.KEEP_RETURNS, case),
        now=now(),
        wide=True,
    )


@pages.get("/chasing")
@allow(Permission.SEE_GROUP)
def chase() -> ResponseReturnValue:
    """What is sent to whom today and on the next working day, of the cases this person may see."""
    following, later = chasing.tomorrow(db(), today(), calendar(), person())
    due, coming = (
        list(islice(found, MOST)) for found in (chasing.due_on(db(), today(), calendar(), person()), later)
    )
    return render_template(
        "scoping/chasing.html",
        due=[one for one in due if one.address],
        no_address=[one for one in (*due, *coming) if not one.address],
        following=following,
        coming=coming,
        most=MOST,
        are_more=MOST in (len(due), len(coming)),
        wide=True,
    )


@pages.get("/cases/<reference>/returns/<agency>")
@allow(Permission.READ_RECORD)
def read(reference: str, agency: str) -> ResponseReturnValue:
    return _read_page(request_of(reference, agency), SendBackForm())


@pages.get("/cases/<reference>/returns/<agency>/copy.pdf")
@allow(Permission.READ_RECORD)
def copy_for_staff(reference: str, agency: str) -> ResponseReturnValue:
    asked = request_of(reference, agency)
    if asked.latest is None:
        abort(404)
    return send_file(
        io.BytesIO(copy_of(asked, asked.latest, the_letterhead())), PDF, False, form_name(asked, "pdf")
    )


@pages.get("/cases/<reference>/returns/<agency>/earlier/<int:return_id>.pdf")
@allow(Permission.READ_RECORD)
def earlier_copy(reference: str, agency: str, return_id: int) -> ResponseReturnValue:
    """An earlier return, as it was before another took its place."""
    asked = request_of(reference, agency)
    found = next((one for one in asked.returns if one.id == return_id), None) or abort(404)
    return send_file(io.BytesIO(copy_of(asked, found, the_letterhead())), PDF, False, form_name(asked, "pdf"))


@pages.post("/cases/<reference>/returns/<agency>/accept")
@allow(Permission.KEEP_RETURNS)
def accept(reference: str, agency: str) -> ResponseReturnValue:
    asked = request_of(reference, agency)
    service.accept_return(db(), asked, actor(), now())
    flash(f"The return of {asked.agency.name} is accepted.")
    return redirect(url_for("scoping.returns", reference=asked.case.reference))


@pages.post("/cases/<reference>/returns/<agency>/send-back")
@allow(Permission.KEEP_RETURNS)
def send_back(reference: str, agency: str) -> ResponseReturnValue:
    asked, form = request_of(reference, agency), SendBackForm(request.form)
    if rows_changed(form, request.form):
        return _read_page(asked, form)
    if not form.validate():
        return _read_page(asked, form, error_list(form)), 422
    head = the_letterhead()
    service.send_back(db(), head, calendar(), asked, form.in_words(), actor(), now())
    flash(f"The return went back to {asked.agency.name}, with a new link.")
    return redirect(url_for("scoping.returns", reference=asked.case.reference))


@pages.route("/cases/<reference>/returns/<agency>/link", methods=["GET", "POST"])
@allow(Permission.KEEP_RETURNS)
def link(reference: str, agency: str) -> ResponseReturnValue:
    asked = request_of(reference, agency)
    contact = {"contact_name": asked.contact_name, "contact_email": asked.contact_email}
    form = LinkForm(request.form or None, data=contact)
    dress(form)
    if request.method == "GET":
        return render_template("scoping/link.html", asked=asked, case=asked.case, form=form)
    if not form.validate():
        errors = error_list(form)
        return render_template(
            "scoping/link.html", asked=asked, case=asked.case, form=form, errors=errors
        ), 422
    head = the_letterhead()
    service.send_link_again(
        db(), head, asked, form.contact_name.data, form.contact_email.data, actor(), now()
    )
    flash(f"A new link goes to {asked.agency.name}. The old one no longer works.")
    return redirect(url_for("scoping.returns", reference=asked.case.reference))


def _typed_beside(found: Return) -> list[Section]:
    """What was typed on the web and not sent, topic by topic, without what the return says."""
    draft = found.web_draft
    made = [
        Section(
            one.key,
            one.title,
            lines=[line for line in one.lines if line.name in draft],
            tables=[table for table in one.tables if table.name in draft],
        )
        for one in sections(ScopingForm, found.answers | draft)
    ]
    return [one for one in made if one.lines or one.tables]


def request_of(reference: str, agency: str) -> Request:
    """What this agency was asked last on the case; a page not found where it was not."""
    return service.latest_request(db(), the_case(reference), agency) or abort(404)


def _read_page(asked: Request, form: Form, errors: dict[str, Any] | None = None) -> str:
    dress(form)
    latest = asked.latest
    answers = latest.answers if latest else {}
    return render_template(
        "scoping/read.html",
        asked=asked,
        case=asked.case,
        returned=latest,
        sections=sections(ScopingForm, answers) if latest else [],
        web_draft=_typed_beside(latest) if latest else [],
        unknown=ScopingForm.unknown(answers),
        attached=adding.attached(db(), asked),
        form=form,
        errors=errors,
        may_act=may(Permission.KEEP_RETURNS, asked.case),
        reported=reported(db(), asked) if latest else None,
    )
