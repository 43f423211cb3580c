"""The team’s pages of scoping: who owes a return, reading one, accepting it or sending it back."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from forms import Form, ScopingForm
from forms.fields import Choice, Email, LongText, Text
from forms.shown import sections
from forms.web import dress, error_list, rows_changed
from jcr.cases.model import Case
from jcr.cases.web import the_case
from jcr.correspondence.delivery import STATES
from jcr.files.service import PDF
from jcr.people.model import Agency
from jcr.people.service import agencies
from jcr.permissions import Permission
from jcr.referrals.service import of_case as referral_of
from jcr.scoping import adding, chasing, service
from jcr.scoping.asking import form_name
from jcr.scoping.blueprint import pages
from jcr.scoping.copies import copy_of
from jcr.scoping.model import Request
from jcr.scoping.reporting import reported
from jcr.scoping.sent_back import SendBackForm
from jcr.web.access import allow, may
from jcr.web.request import actor, calendar, db, now, person, the_letterhead, today

MOST = 50  # letters of a day shown; past it, the page says that there are more


class LinkForm(Form):
    contact_name = Text("Who gets it")
    contact_email = Email("E-mail address", required=True)


class AnotherForm(Form):
    agency = Choice("Agency", {}, required=True, ask="Select an agency")
    contact_name = Text("Who gets it", hint="Left empty, the contact on the agency list")
    contact_email = Email("E-mail address", hint="Left empty, the one on the agency list")
    because = LongText("Why is it asked?", required=True, lines=2, ask="Say why it is asked")

    def __init__(self, formdata: Any = None, *, left: Sequence[Agency] = (), **kwargs: Any) -> None:
        super().__init__(formdata, **kwargs)
        self.left = {str(one.id): one for one in left}
        self.agency.options = {key: one.name for key, one in self.left.items()}

    def checks(self, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """An address, typed or on the list."""
        chosen = self.left.get(str(answers.get("agency") or ""))
        if chosen and not chosen.contact_email and not answers.get("contact_email"):
            yield "contact_email", f"Enter an e-mail address for {chosen.name}"

    def to_ask(self, agency: Agency) -> service.Asked:
        name, email = self.contact_name.data, self.contact_email.data
        return service.Asked(
            agency, name or agency.contact_name, email or agency.contact_email, self.because.data
        )


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


@pages.route("/cases/<reference>/returns/another", methods=["GET", "POST"])
@allow(Permission.KEEP_RETURNS)
def another(reference: str) -> ResponseReturnValue:
    """One more agency in a round that is out, such as one that a return names."""
    case = the_case(reference)
    round = service.round_of(db(), case) or abort(404)
    asked = {one.agency_id for one in round.requests}
    form = AnotherForm(request.form or None, left=[one for one in agencies(db()) if one.id not in asked])
    dress(form)
    if request.method == "GET":
        return render_template("scoping/another.html", case=case, round=round, form=form)
    if not form.validate():
        errors = error_list(form)
        return render_template("scoping/another.html", case=case, round=round, form=form, errors=errors), 422
    one = form.to_ask(db().get_one(Agency, int(form.agency.data)))
    head = the_letterhead()
    service.ask(db(), head, round, one, _referral_answers(case), actor(), now())
    flash(f"The request to {one.agency.name} is written.")
    return redirect(url_for("scoping.returns", reference=case.reference))


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


def _referral_answers(case: Case) -> dict[str, Any]:
    referral = referral_of(db(), case)
    return dict(referral.best_known) if referral else {}


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
        unknown=ScopingForm.unknown(answers),
        attached=adding.attached(db(), asked),
        form=form,
        errors=errors,
        may_act=may(Permission.KEEP_RETURNS, asked.case),
        reported=reported(db(), asked) if latest else None,
    )
