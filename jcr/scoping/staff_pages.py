"""The team’s pages of scoping: who owes a return, reading one, accepting it or sending it back."""

from __future__ import annotations

import io
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from forms import Form, ScopingForm
from forms.fields import Email, LongText, Text
from forms.shown import sections
from forms.web import dress, error_list
from jcr.cases.model import Case
from jcr.cases.service import by_reference
from jcr.files.service import PDF
from jcr.roles import GROUP, TEAM
from jcr.scoping import service
from jcr.scoping.asking import form_name
from jcr.scoping.blueprint import pages
from jcr.scoping.link_pages import calendar, copy_of
from jcr.scoping.model import Request, Round
from jcr.web.access import allow
from jcr.web.request import actor, db, now, person, today


class SendBackForm(Form):
    missing = LongText(
        "What is missing?",
        required=True,
        lines=5,
        ask="Say what is missing, so that the agency knows what to add",
        hint="The agency sees these words when it follows its link. They are not put into the e-mail.",
    )


class LinkForm(Form):
    contact_name = Text("Who gets it")
    contact_email = Email("E-mail address", required=True)


@pages.get("/cases/<reference>/returns")
@allow(*GROUP)
def returns(reference: str) -> ResponseReturnValue:
    case = _case(reference)
    round = service.round_of(db(), case)
    lines = service.lines(round, today(), calendar()) if round else []
    return render_template("scoping/returns.html", case=case, round=round, lines=lines, wide=True)


@pages.get("/cases/<reference>/returns/<agency>")
@allow(*GROUP)
def read(reference: str, agency: str) -> ResponseReturnValue:
    return _read_page(_request(reference, agency), SendBackForm())


@pages.get("/cases/<reference>/returns/<agency>/copy.pdf")
@allow(*GROUP)
def copy_for_staff(reference: str, agency: str) -> ResponseReturnValue:
    asked = _request(reference, agency)
    if asked.latest is None:
        abort(404)
    return send_file(io.BytesIO(copy_of(asked, asked.latest)), PDF, False, form_name(asked, "pdf"))


@pages.post("/cases/<reference>/returns/<agency>/accept")
@allow(*TEAM)
def accept(reference: str, agency: str) -> ResponseReturnValue:
    asked = _request(reference, agency)
    service.accept_return(db(), asked, actor(), now())
    flash(f"The return of {asked.agency.name} is accepted.")
    return redirect(url_for("scoping.returns", reference=asked.case.reference))


@pages.post("/cases/<reference>/returns/<agency>/send-back")
@allow(*TEAM)
def send_back(reference: str, agency: str) -> ResponseReturnValue:
    asked, form = _request(reference, agency), SendBackForm(request.form)
    if not form.validate():
        return _read_page(asked, form, error_list(form)), 422
    head = current_app.extensions["letterhead"]
    service.send_back(db(), head, asked, form.missing.data, actor(), now())
    flash(f"The return went back to {asked.agency.name}, with a new link.")
    return redirect(url_for("scoping.returns", reference=asked.case.reference))


@pages.route("/cases/<reference>/returns/<agency>/link", methods=["GET", "POST"])
@allow(*TEAM)
def link(reference: str, agency: str) -> ResponseReturnValue:
    asked = _request(reference, agency)
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
    head = current_app.extensions["letterhead"]
    service.send_link_again(
        db(), head, asked, form.contact_name.data, form.contact_email.data, actor(), now()
    )
    flash(f"A new link goes to {asked.agency.name}. The old one no longer works.")
    return redirect(url_for("scoping.returns", reference=asked.case.reference))


def _case(reference: str) -> Case:
    return by_reference(db(), person(), reference) or abort(404)


def _request(reference: str, agency: str) -> Request:
    """An agency's request in the case's latest round."""
    asked = service.visible_to(person()).where(Round.case_id == _case(reference).id)
    found = [one for one in db().scalars(asked) if one.agency.code == agency]
    return found[-1] if found else abort(404)


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
        unknown=ScopingForm.unknown(answers),
        form=form,
        errors=errors,
        may_act=person().role in TEAM,
    )
