"""Pages for sending a referral: check the answers, send, what happens next, and the copy to keep."""

from __future__ import annotations

import io

from flask import abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from forms import ReferralForm
from forms.shown import sections
from jcr.referrals import copies, drafts, service
from jcr.referrals.blueprint import pages
from jcr.referrals.draft_pages import editable, found
from jcr.referrals.model import Draft, Referral
from jcr.referrals.next_steps import Step, after_receiving, after_sending
from jcr.web.access import behind_link
from jcr.web.request import calendar, db, now, the_letterhead, today
from jcr.wording import local_day


@pages.route("/referral/<token>/check", methods=["GET", "POST"])
@behind_link
def check(token: str) -> ResponseReturnValue:
    draft = editable(token)
    faults = drafts.problems(draft.answers, today())
    if request.method == "POST" and not faults:
        service.send(db(), the_letterhead(), calendar(), draft, now())
        return redirect(url_for("referrals.sent", token=token))
    return _check_page(draft, token, faults), 422 if request.method == "POST" else 200


@pages.get("/referral/<token>/sent")
@behind_link
def sent(token: str) -> ResponseReturnValue:
    draft = found(token)
    if not draft.is_with_us:
        return redirect(url_for("referrals.tasks", token=token))
    referral = _referral(draft)
    return render_template(
        "referrals/sent.html", referral=referral, draft=draft, token=token, steps=_steps(draft, referral)
    )


@pages.get("/referral/<token>/copy.pdf")
@behind_link
def copy(token: str) -> ResponseReturnValue:
    referral = _referral(found(token))
    content = copies.copy_of(referral, referral.best_known, the_letterhead())
    name = f"{referral.case.reference}-referral.pdf"
    return send_file(io.BytesIO(content), "application/pdf", False, name)


def _check_page(draft: Draft, token: str, faults: list[tuple[str, str]]) -> str:
    topics = {name: topic.key for topic in ReferralForm.topics for name in topic.names}
    listed = [{"text": text, "href": _to_topic(token, topics[_top(name)])} for name, text in faults]
    errors = {"titleText": "Before you can send the referral", "errorList": listed} if faults else None
    shown = sections(ReferralForm, draft.answers)
    return render_template(
        "referrals/check.html", draft=draft, token=token, sections=shown, errors=errors, ready=not faults
    )


def _to_topic(token: str, key: str) -> str:
    return url_for("referrals.topic", token=token, key=key, check="yes")


def _top(name: str) -> str:
    return name.partition(".")[0]


def _referral(draft: Draft) -> Referral:
    """The referral a draft became; a page that says so when it was not sent yet."""
    if draft.case is None:
        abort(404)
    return service.of_case(db(), draft.case) or abort(404)


def _steps(draft: Draft, referral: Referral) -> tuple[Step, ...]:
    if referral.is_signed_off and referral.case.received_on:
        return after_receiving(referral.case.received_on, calendar())
    return after_sending(local_day(draft.sent_at or now()), calendar())
