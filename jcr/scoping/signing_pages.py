"""The page at which an agency's safeguarding lead reads a return and signs it off, by link; and whom to ask for it."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form, ScopingForm
from forms.fields import Choice, Email, LongText, Text
from forms.shown import sections
from forms.web import dress, error_list
from jcr.errors import Incomplete
from jcr.files.web import download
from jcr.outsiders.handing_on import Held, hand_on_page
from jcr.permissions import Permission
from jcr.roles import outsider
from jcr.scoping import adding, signing
from jcr.scoping.blueprint import pages
from jcr.scoping.model import Return, SignOff
from jcr.scoping.staff_pages import request_of
from jcr.web.access import allow, behind_link
from jcr.web.asking import form_page
from jcr.web.request import actor, db, now, the_letterhead


class LeadForm(Form):
    """Who is asked to sign off."""

    lead_email = Email(
        "Your safeguarding lead’s e-mail address", required=True, ask="Enter your safeguarding lead’s e-mail address",
        hint="They are sent a link of their own to read the return and sign it off. It counts as received before that",
    )  # fmt: skip


class AskLeadForm(Form):
    """The office asks on the agency's behalf."""

    lead_email = Email("The lead’s e-mail address", required=True, ask="Enter the lead’s e-mail address")


class ApprovalForm(Form):
    """The lead's answer."""

    decision = Choice(
        "What is your decision?",
        {"approve": "I approve this return", "refuse": "It has to be changed first"},
        required=True,
        ask="Choose whether you approve the return",
    )
    name = Text("Your full name", required=True, ask="Enter your full name", autocomplete="name")
    why = LongText(
        "What has to change?",
        required=True,
        when=("decision", ("refuse",)),
        lines=4,
        hint="The Partnership Team reads your words and sends the return back to your agency",
        ask="Say what has to change",
    )


@pages.route("/return-sign-off/<token>", methods=["GET", "POST"])
@behind_link
def sign_off(token: str) -> ResponseReturnValue:
    found = _found(token)
    if not found.counts or found.sign_off is not SignOff.AWAITED:
        return render_template("scoping/signed_off.html", asked=found.request, returned=found)
    form = ApprovalForm(request.form, data={"name": found.lead_name})
    dress(form)
    if request.method == "GET":
        return _page(found, token, form)
    if not form.validate():
        return _page(found, token, form, error_list(form)), 422
    answers = form.answers()
    lead = outsider(answers["name"])
    if answers["decision"] == "approve":
        signing.approve(db(), found, lead.name, lead, now())
    else:
        signing.refuse(db(), found, lead.name, answers["why"], lead, now())
    return redirect(url_for("scoping.sign_off", token=token))


@pages.route("/return-sign-off/<token>/hand-on", methods=["GET", "POST"])
@behind_link
def hand_sign_off_on(token: str) -> ResponseReturnValue:
    found = _found(token)

    def pass_on(name: str, email: str, why: str) -> None:
        signing.hand_on(db(), the_letterhead(), found, name, email, why, now())

    asked, address = found.request, url_for("scoping.sign_off", token=token)
    held = Held("sign-off of a return", asked.case.reference, asked.agency.name, "return", address)
    return hand_on_page(held, pass_on)


@pages.get("/return-sign-off/<token>/files/<int:id>")
@behind_link
def sign_off_file(token: str, id: int) -> ResponseReturnValue:
    found = _found(token)
    one = next((each for each in adding.attached(db(), found.request) if each.id == id), None)
    if one is None or found.sign_off is not SignOff.AWAITED:
        abort(404)
    return download(one.file, one.name)


@pages.route("/cases/<reference>/returns/<agency>/sign-off", methods=["GET", "POST"])
@allow(Permission.KEEP_RETURNS)
def ask_lead(reference: str, agency: str) -> ResponseReturnValue:
    """The office has the lead asked, as for a return that came by e-mail, or asks again at another address."""
    asked = request_of(reference, agency)
    found = asked.latest or abort(404)
    form = AskLeadForm(
        request.form or None, data={"lead_email": found.lead_email or signing.lead_address(asked)}
    )
    dress(form)
    if request.method == "POST" and form.validate():
        try:
            name = found.lead_name or found.signed_by
            signing.ask(db(), the_letterhead(), found, form.lead_email.data, name, actor(), now())
        except Incomplete as refused:
            form.lead_email.errors = [str(refused).rstrip(".")]
        else:
            flash("The safeguarding lead is sent a link to sign the return off.")
            return redirect(url_for("scoping.read", reference=asked.case.reference, agency=agency))
    return form_page("scoping/ask_lead.html", form, asked=asked, case=asked.case)


def _found(token: str) -> Return:
    return signing.by_token(db(), token) or abort(make_response(render_template("scoping/unknown.html"), 404))


def _page(found: Return, token: str, form: Form, errors: dict[str, Any] | None = None) -> str:
    return render_template(
        "scoping/sign_off.html",
        asked=found.request,
        returned=found,
        sections=sections(ScopingForm, found.answers),
        files=adding.attached(db(), found.request),
        token=token,
        form=form,
        errors=errors,
    )
