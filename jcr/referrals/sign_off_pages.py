"""The page at which a safeguarding lead reads a referral and signs it off or sends it back, by link."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choice, LongText, Text
from forms.web import dress, error_list
from jcr.files.web import download
from jcr.outsiders.handing_on import Held, hand_on_page
from jcr.referrals import service, signing
from jcr.referrals.blueprint import pages
from jcr.referrals.model import Referral, SignOffHow
from jcr.referrals.shown import for_readers
from jcr.roles import outsider
from jcr.web.access import behind_link
from jcr.web.request import calendar, db, now, the_letterhead


class SignOffForm(Form):
    """The lead's answer."""

    decision = Choice(
        "What is your decision?",
        {"approve": "I approve this referral", "send_back": "Send it back to be corrected"},
        required=True,
        ask="Choose whether you approve the referral or send it back",
    )
    name = Text("Your full name", required=True, ask="Enter your full name", autocomplete="name")
    why = LongText(
        "What should be changed?",
        required=True,
        when=("decision", ("send_back",)),
        lines=4,
        hint="The referrer is sent your words",
        ask="Say what the referrer should change",
    )


@pages.route("/sign-off/<token>", methods=["GET", "POST"])
@behind_link
def sign_off(token: str) -> ResponseReturnValue:
    referral = _found(token)
    if referral.is_signed_off or referral.is_returned:
        return render_template("referrals/signed_off.html", referral=referral)
    form = SignOffForm(request.form, data={"name": referral.lead_name})
    dress(form)
    if request.method == "GET":
        return _page(referral, token, form)
    if not form.validate():
        return _page(referral, token, form, error_list(form)), 422
    _act(referral, form.answers())
    return redirect(url_for("referrals.sign_off", token=token))


@pages.route("/sign-off/<token>/hand-on", methods=["GET", "POST"])
@behind_link
def hand_sign_off_on(token: str) -> ResponseReturnValue:
    referral = _found(token)

    def pass_on(name: str, email: str, why: str) -> None:
        signing.hand_on(db(), the_letterhead(), referral, name, email, why, now())

    address = url_for("referrals.sign_off", token=token)
    return hand_on_page(Held("sign-off", referral.case.reference, "", "referral", address), pass_on)


@pages.get("/sign-off/<token>/files/<int:id>")
@behind_link
def sign_off_file(token: str, id: int) -> ResponseReturnValue:
    referral = _found(token)
    one = service.attachment(db(), referral.case, id)
    if one is None or referral.is_signed_off:
        abort(404)
    return download(one.file, one.name)


def _found(token: str) -> Referral:
    referral = signing.by_token(db(), token) or abort(404)
    signing.must_be_ours(referral)
    return referral


def _act(referral: Referral, answers: Mapping[str, str]) -> None:
    head, lead = the_letterhead(), outsider(answers["name"])
    if answers["decision"] == "approve":
        signing.approve(db(), head, calendar(), referral, lead.name, SignOffHow.LINK, lead, now())
        flash("Thank you. The referral is signed off.")
    else:
        signing.send_back(db(), head, referral, answers["why"], lead, now())
        flash("The referral went back to the referrer with your words.")


def _page(referral: Referral, token: str, form: Form, errors: dict[str, Any] | None = None) -> str:
    return render_template(
        "referrals/sign_off.html",
        referral=referral,
        sections=for_readers(referral.best_known),
        files=service.attachments(db(), referral.case),
        token=token,
        form=form,
        errors=errors,
    )
