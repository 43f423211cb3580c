"""The agencies: what each is to the group, whom the office writes to there, and the addresses it writes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choice, Email, LongText, Text
from forms.web import dress, error_list
from jcr.errors import Incomplete
from jcr.people import agencies as on_the_list
from jcr.people import service
from jcr.people.blueprint import pages
from jcr.people.model import Agency, Membership, Sector
from jcr.permissions import Permission
from jcr.web.access import allow, may
from jcr.web.meanwhile import saved_meanwhile, stamp
from jcr.web.request import actor, db, now

SECTORS = {one.value: one.value.replace("_", " ").capitalize() for one in Sector}
MEMBERSHIPS = {
    Membership.STANDING.value: "Standing member",
    Membership.WHEN_APPROPRIATE.value: "Member when appropriate",
    Membership.NONE.value: "Not a member",
}


class AgencyForm(Form):
    name = Text("Name", required=True, limit=200)
    sector = Choice("Sector", SECTORS, required=True, what="Sector")
    membership = Choice("Place in the group (terms of reference, 5)", MEMBERSHIPS, required=True,
                        ask="Select the place in the group")  # fmt: skip
    quorum_group = Text(
        "Counts towards quorum as",
        limit=100,
        hint="Agencies with the same words here are one body. Left empty: health for every health agency, "
        "council for a directorate of the council, and itself for any other.",
    )
    domains = LongText(
        "E-mail domains it writes from",
        lines=3,
        hint="One a line, such as police.example. Mail from there is taken for this agency’s.",
    )
    contact_name = Text("Who gets scoping requests", hint="A name or a post")
    contact_email = Email("E-mail address for scoping requests", required=True)
    board_email = Email(
        "E-mail address of its board or partnership member",
        hint="Told when a scoping return does not come (terms of reference, 7.iv).",
    )

    def checks(self, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        if strange := on_the_list.strange_domain(self.listed_domains()):
            yield "domains", f"“{strange}” is no e-mail domain. Write what stands after the @"

    def facts(self) -> dict[str, Any]:
        return {name: self[name].data or "" for name in on_the_list.FACTS} | {
            "domains": self.listed_domains()
        }

    def listed_domains(self) -> list[str]:
        return [one.removeprefix("@") for one in (self.domains.data or "").lower().replace(",", " ").split()]


@pages.get("/agencies")
@allow(Permission.SEE_GROUP)
def agencies() -> ResponseReturnValue:
    return render_template(
        "people/agencies.html",
        agencies=service.agencies(db()),
        sectors=SECTORS,
        memberships=MEMBERSHIPS,
        may_act=may(Permission.CHANGE_AGENCIES),
        wide=True,
    )


@pages.route("/agencies/add", methods=["GET", "POST"])
@allow(Permission.CHANGE_AGENCIES)
def add_agency() -> ResponseReturnValue:
    form = AgencyForm(request.form or None)
    if request.method == "GET":
        return _page(form)
    if not form.validate():
        return _page(form), 422
    try:
        added = on_the_list.add(db(), form.facts(), actor(), now())
    except Incomplete as taken:
        form.name.errors = [str(taken)]
        return _page(form), 422
    flash(f"{added.name} is on the list.")
    return redirect(url_for("people.agencies"))


@pages.route("/agencies/<code>", methods=["GET", "POST"])
@allow(Permission.CHANGE_AGENCIES)
def change_agency(code: str) -> ResponseReturnValue:
    agency = service.agency_of(db(), code) or abort(404)
    stored = _stored(agency)
    form = AgencyForm(request.form or None, data=stored)
    if request.method == "GET":
        return _page(form, agency)
    if theirs := saved_meanwhile(form, stored):
        return _page(form, agency, theirs), 409
    if not form.validate():
        return _page(form, agency), 422
    try:
        on_the_list.change(db(), agency, form.facts(), actor(), now())
    except Incomplete as taken:
        form.name.errors = [str(taken)]
        return _page(form, agency), 422
    flash(f"{agency.name} is changed.")
    return redirect(url_for("people.agencies"))


def _stored(agency: Agency) -> dict[str, Any]:
    return on_the_list.facts_of(agency) | {"domains": "\n".join(agency.domains)}


def _page(form: Form, agency: Agency | None = None, theirs: list[tuple[str, str]] | None = None) -> str:
    dress(form)
    return render_template(
        "people/agency.html",
        agency=agency,
        form=form,
        theirs=theirs,
        seen=stamp(_stored(agency)) if agency else "",
        errors=error_list(form) if request.method == "POST" else None,
    )
