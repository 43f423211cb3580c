"""What the Partnership Team and the group see of a referral: answers, files, and where sign-off stands."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choice, Email, LongText, Text
from forms.web import dress, error_list
from jcr.cases.web import the_case
from jcr.files.web import download
from jcr.permissions import Permission
from jcr.referrals import copies, rules, service, signing
from jcr.referrals.blueprint import pages
from jcr.referrals.model import Referral, SignOffHow
from jcr.referrals.shown import for_readers, leftover
from jcr.web.access import allow, may
from jcr.web.request import actor, calendar, db, now, the_letterhead
from jcr.wording import local_day


class ChaseForm(Form):
    """What the officer does about a sign-off that is waited for."""

    act = Choice(
        "What do you want to do?",
        {
            "ask": "Send the safeguarding lead a new link",
            "record": "Record an approval that reached you in another way",
            "return": "Send the referral back to the referrer to be corrected",
        },
        required=True,
        ask="Choose what to do",
    )
    lead_email = Email(
        "E-mail address of the safeguarding lead", required=True, when=("act", ("ask",)),
        ask="Enter the e-mail address of the safeguarding lead",
    )  # fmt: skip
    approved_by = Text(
        "Who approved it?",
        required=True,
        when=("act", ("record",)),
        ask="Enter the name of the safeguarding lead",
    )
    how = LongText(
        "How did the approval reach you?", required=True, when=("act", ("record",)), lines=3,
        hint="For example by telephone, with the day", ask="Say how the approval reached you",
    )  # fmt: skip
    why = LongText(
        "What should be changed?", required=True, when=("act", ("return",)), lines=4,
        hint="The referrer is sent your words", ask="Say what the referrer should change",
    )  # fmt: skip


@pages.get("/cases/<reference>/referral")
@allow(Permission.READ_REFERRAL)
def referral(reference: str) -> ResponseReturnValue:
    found = _of_case(reference)
    return render_template(
        "referrals/referral.html",
        referral=found,
        sections=for_readers(found.best_known),
        unknown=leftover(found.best_known),
        delay=rules.delay(found.best_known, local_day(found.case.opened_at)),
        files=service.attachments(db(), found.case),
        in_team=may(Permission.CONFIRM_REFERRAL, found.case),
    )


@pages.get("/cases/<reference>/referral.pdf")
@allow(Permission.READ_REFERRAL)
def referral_pdf(reference: str) -> ResponseReturnValue:
    found = _of_case(reference)
    content = copies.copy_for_readers(found, found.best_known, the_letterhead())
    return send_file(io.BytesIO(content), "application/pdf", False, f"{found.case.reference}-referral.pdf")


@pages.get("/cases/<reference>/files/<int:id>")
@allow(Permission.READ_RECORD)
def case_file(reference: str, id: int) -> ResponseReturnValue:
    """A document of the case, to be saved and not opened in the browser."""
    case = the_case(reference)
    one = service.attachment(db(), case, id) or abort(404)
    return download(one.file, one.name)


@pages.route("/cases/<reference>/sign-off", methods=["GET", "POST"])
@allow(Permission.SIGN_OFF)
def chase(reference: str) -> ResponseReturnValue:
    found = _of_case(reference)
    form = ChaseForm(request.form, data={"lead_email": found.lead_email, "approved_by": found.lead_name})
    dress(form)
    if request.method == "POST" and form.validate():
        flash(_act(found, form.answers()))
        return redirect(url_for("referrals.chase", reference=reference))
    errors = error_list(form) if request.method == "POST" else None
    return render_template(
        "referrals/chase.html", referral=found, form=form, errors=errors
    ), 422 if errors else 200


def _act(found: Referral, answers: Mapping[str, Any]) -> str:
    """Does what the officer chose and says so."""
    head = the_letterhead()
    if answers["act"] == "ask":
        signing.ask(db(), head, found, answers["lead_email"], actor(), now())
        return "A new link is on its way to the safeguarding lead. The old one no longer works."
    if answers["act"] == "return":
        signing.send_back(db(), head, found, answers["why"], actor(), now())
        return "The referral went back to the referrer with your words."
    how = SignOffHow.TOLD_OFFICER
    signing.approve(
        db(), head, calendar(), found, answers["approved_by"], how, actor(), now(), answers["how"]
    )
    return "The approval is recorded. The referral can now be triaged."


def _of_case(reference: str) -> Referral:
    case = the_case(reference)
    return service.of_case(db(), case) or abort(404)
