"""The page that asks one more agency in a round that is out, and invites it to the rapid review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choice, Email, LongText, Text
from forms.web import dress, error_list
from jcr.cases.web import the_case
from jcr.criteria.service import referral_answers
from jcr.meetings.blueprint import pages
from jcr.meetings.calling import ask_another
from jcr.people.model import Agency
from jcr.people.service import agencies
from jcr.permissions import Permission
from jcr.scoping import service as scoping
from jcr.web.access import allow
from jcr.web.request import actor, calendar, db, now, the_letterhead, today


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

    def to_ask(self, agency: Agency) -> scoping.Asked:
        name, email = self.contact_name.data, self.contact_email.data
        return scoping.Asked(
            agency, name or agency.contact_name, email or agency.contact_email, self.because.data
        )


@pages.route("/cases/<reference>/returns/another", methods=["GET", "POST"])
@allow(Permission.KEEP_RETURNS)
def another(reference: str) -> ResponseReturnValue:
    """One more agency in a round that is out, such as one that a return names."""
    case = the_case(reference)
    round = scoping.round_of(db(), case) or abort(404)
    asked = {one.agency_id for one in round.requests}
    form = AnotherForm(request.form or None, left=[one for one in agencies(db()) if one.id not in asked])
    dress(form)
    about = {
        "case": case,
        "round": round,
        "form": form,
        "due": scoping.due_when_asked(round, today(), calendar()),
    }
    if request.method == "GET":
        return render_template("scoping/another.html", **about)
    if not form.validate():
        return render_template("scoping/another.html", **about, errors=error_list(form)), 422
    one = form.to_ask(db().get_one(Agency, int(form.agency.data)))
    answers = referral_answers(db(), case)
    invited = ask_another(db(), the_letterhead(), round, one, answers, actor(), now(), calendar())
    told = " It is invited to the rapid review." if invited else ""
    flash(f"The request to {one.agency.name} is written.{told}")
    return redirect(url_for("scoping.returns", reference=case.reference))
