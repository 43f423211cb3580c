"""The reading of an e-mailed referral beside its original: the officer corrects it, saves it, confirms it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form, ReferralForm
from forms.fields import Choice, LongText, Rows
from forms.web import dress, error_list, rows_changed
from jcr.cases.likeness import resemblances
from jcr.cases.web import the_case
from jcr.errors import Incomplete
from jcr.intake import service as intake
from jcr.intake import shown
from jcr.intake.beside import PLACE, UNDO, Beside, all_typed, lit_by, originals, read_from
from jcr.intake.blueprint import pages
from jcr.intake.laid_out import groups
from jcr.permissions import Permission
from jcr.referrals import rules
from jcr.referrals import service as referrals
from jcr.referrals.model import Referral, SignOffHow
from jcr.referrals.shown import TITLES, leftover
from jcr.web.access import allow
from jcr.web.meanwhile import saved_meanwhile, stamp
from jcr.web.request import actor, calendar, db, now, person, the_letterhead, today


class ApprovalForm(Form):
    """What is known of the safeguarding lead's approval when a reading is confirmed (ToR 7.i)."""

    approval = Choice(
        "Has the organisation’s safeguarding lead approved the referral?",
        {
            "on_form": "Yes, it is recorded on the form",
            "told_officer": "Yes, they told us in another way",
            "ask": "Not yet: send them a link to read it and sign it off",
        },
        required=True,
        ask="Say whether the safeguarding lead has approved the referral",
    )
    approval_why = LongText(
        "How did the approval reach you?",
        required=True,
        when=("approval", ("told_officer",)),
        lines=2,
        ask="Say how the approval reached you",
    )

    def checks(self, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """The link needs an address; it stands in the form above."""
        if answers.get("approval") == "ask" and not self.known.get("safeguarding_lead_email"):
            yield (
                "approval",
                "Enter the safeguarding lead’s e-mail address in the form, then choose this again",
            )


@pages.get("/cases/<reference>/reading")
@allow(Permission.CONFIRM_REFERRAL)
def reading(reference: str) -> ResponseReturnValue:
    referral = _referral(reference)
    if referral.confirmed_at:
        return redirect(url_for("referrals.referral", reference=reference))
    form = ReferralForm(data=_working(referral), today=today())
    return _page(referral, form, ApprovalForm())


@pages.post("/cases/<reference>/reading")
@allow(Permission.CONFIRM_REFERRAL)
def accept(reference: str) -> ResponseReturnValue:
    """Adds or removes a row, saves, or confirms, by the button that was pressed."""
    referral = _referral(reference)
    form = ReferralForm(request.form, data=_working(referral), today=today())
    form.heading = ""
    answers = all_typed(form, _working(referral))
    approval = ApprovalForm(request.form, data=answers)
    changed = rows_changed(form, request.form)
    if theirs := saved_meanwhile(form, _working(referral)):
        return _page(referral, form, approval, theirs=theirs), 409
    if changed:
        return _page(referral, form, approval)
    if PLACE in request.form or UNDO in request.form:
        return _move(referral, form, approval, answers)
    if "confirm" not in request.form:
        referrals.save_corrections(db(), referral, answers, actor(), now())
        flash("Your corrections are saved. The reading is not confirmed yet.")
        return redirect(url_for("intake.reading", reference=reference))
    stops = rules.weigh(answers, today()).stops
    approved = approval.validate()
    if stops or not approved:
        return _page(referral, form, approval, stops, checked=True), 422
    _confirm(referral, answers, approval.answers())
    flash("The reading is confirmed.")
    return redirect(f"/cases/{referral.case.reference}")


def _move(referral: Referral, form: Form, approval: Form, answers: Mapping[str, Any]) -> ResponseReturnValue:
    """A piece of text that found no field goes into an answer, or out of it; all that was typed is saved too."""
    beside = Beside(ReferralForm, referral.reading or {}, referral.sent_answers, answers)
    try:
        moved, done = beside.moved(request.form)
    except Incomplete as lacking:
        return _page(referral, form, approval, lacking=str(lacking)), 422
    referrals.save_corrections(db(), referral, moved, actor(), now(), done)
    flash(f"You {done}. Your other corrections are saved too.")
    return redirect(url_for("intake.reading", reference=referral.case.reference, _anchor="loose"))


def _confirm(referral: Referral, answers: Mapping[str, Any], approval: Mapping[str, Any]) -> None:
    head = the_letterhead()
    how = None if approval["approval"] == "ask" else SignOffHow(approval["approval"])
    why = approval.get("approval_why", "")
    referrals.confirm(db(), head, calendar(), referral, answers, how, why, actor(), now())


def _referral(reference: str) -> Referral:
    """The referral of a case whose reading there is to confirm."""
    case = the_case(reference)
    referral = referrals.of_case(db(), case)
    if referral is None or referral.reading is None:
        abort(404)
    return referral


def _working(referral: Referral) -> dict[str, Any]:
    """What the officer has so far: the corrections, or what was read."""
    return referral.sent_answers if referral.corrections is None else referral.corrections


def _page(
    referral: Referral,
    form: Form,
    approval: Form,
    stops: tuple[tuple[str, str], ...] = (),
    checked: bool = False,
    lacking: str = "",
    theirs: Sequence[tuple[str, str]] = (),
) -> str:
    reading = referral.reading or {}
    found = shown.sources(reading)
    message = next(iter(intake.of_case(db(), referral.case)), None)
    mail = intake.mail_of(message) if message else None
    lighting = lit_by(form, found, reading.get("unplaced") or [])
    documents = originals(message, mail, lighting, read_from(message, reading)) if message and mail else []
    _dress(form, found, stops, lighting.lit)
    dress(approval)
    errors = error_list(form)
    if checked:
        errors["errorList"] += error_list(approval)["errorList"]
    if lacking:
        errors["errorList"].append({"text": lacking, "href": "#loose"})
    return render_template(
        "intake/reading.html",
        wide=True,
        referral=referral,
        groups=list(groups(form, TITLES, {source.name for source in found if source.doubt})),
        doubtful=[(source, shown.box_of(form, source.name)) for source in found if source.doubt],
        missing=rules.weigh(_working(referral), today()).missing,
        known=resemblances(db(), person(), referral.case),
        beside=Beside(ReferralForm, reading, referral.sent_answers, _working(referral)),
        documents=documents,
        unknown=leftover(_working(referral)),
        approval=approval,
        message=message,
        mail=mail,
        html=shown.safe_html(mail) if mail else "",
        errors=errors,
        theirs=theirs,
        seen=stamp(_working(referral)),
    )


def _dress(
    form: Form, found: list[shown.Source], stops: tuple[tuple[str, str], ...], lit: Collection[str]
) -> None:
    """Gives the questions their widgets and sources; shows the faults that stop the reading, and no others."""
    form.heading = ""
    if stops:
        form.validate()
        _show_only(form, dict(stops))
    shown.annotate(form, found, lit)
    dress(form)


def _show_only(form: Form, stops: Mapping[str, str]) -> None:
    for question in form.questions:
        question.errors = [stops[question.short_name]] if question.short_name in stops else []
        if isinstance(question, Rows):
            for number, row in enumerate(question.entries):
                for inner in row.questions:
                    path = f"{question.short_name}.{number}.{inner.short_name}"
                    inner.errors = [stops[path]] if path in stops else []
