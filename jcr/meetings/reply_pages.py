"""The pages on which an invitation is answered, behind its link or signed in, and what may be read there."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.web import dress, error_list
from jcr.cases.model import Case
from jcr.documents import agenda as agendas
from jcr.errors import Incomplete, Refused
from jcr.files.service import PDF
from jcr.files.web import download
from jcr.meetings import interests, papers, replying, submitted
from jcr.meetings.blueprint import pages
from jcr.meetings.interest_model import Interest
from jcr.meetings.invitations import by_link
from jcr.meetings.meeting_pages import visible
from jcr.meetings.model import Attendance, Reply
from jcr.meetings.paper_model import MeetingPaper, Paper
from jcr.meetings.publishing import of_paper
from jcr.meetings.reply_form import OTHER, answered, chosen, form_for, things
from jcr.meetings.replying import Answered, Deputy
from jcr.meetings.sight import Sight, may_be_sent
from jcr.permissions import Permission
from jcr.roles import Actor, outsider
from jcr.web.access import allow, behind_link
from jcr.web.request import actor, calendar, db, now, person, the_letterhead


@dataclass(frozen=True)
class Guest:
    """Whoever opened the page: somebody invited, or their deputy. `token` is of the link they came by, if by one."""

    place: Attendance
    of_deputy: bool = False
    token: str = ""

    @property
    def name(self) -> str:
        return self.place.deputy_name if self.of_deputy else self.place.person.name

    @property
    def actor(self) -> Actor:
        return outsider(self.name) if self.token else actor()

    @property
    def sight(self) -> Sight:
        return interests.sight_behind_link(db(), self.place, self.of_deputy)

    @property
    def told(self) -> list[Interest]:
        """The interests in cases that they declared."""
        return [one for one in self.place.interests if one.of_deputy == self.of_deputy and one.has_one]


@pages.route("/meeting/<token>", methods=["GET", "POST"])
@behind_link
def reply_by_link(token: str) -> ResponseReturnValue:
    """Without an account: whoever has the link and the code sent to their address answers for that address."""
    return _reply(_guest(token))


@pages.get("/meeting/<token>/agenda.pdf")
@behind_link
def invited_agenda(token: str) -> ResponseReturnValue:
    """The agenda as it stands, once it was sent and its reader has declared; without a case they may not see."""
    guest = _reading(token)
    if not of_paper(guest.place.meeting, Paper.AGENDA):
        abort(404)
    sheet = papers.agenda_of(guest.place.meeting, the_letterhead(), calendar())
    content = agendas.render(guest.sight.agenda(sheet))
    return send_file(io.BytesIO(content), PDF, False, papers.file_name(guest.place.meeting, "agenda"))


@pages.get("/meeting/<token>/papers/<int:paper_id>")
@behind_link
def invited_paper(token: str, paper_id: int) -> ResponseReturnValue:
    """One of the papers that go to them, in the reader's browser."""
    guest = _reading(token)
    found = next((one for one in _papers(guest) if one.id == paper_id), None) or abort(404)
    return download(found.pdf, papers.file_name(found.meeting, f"paper-{found.id}"))


@pages.route("/meetings/<int:meeting_id>/reply", methods=["GET", "POST"])
@allow(Permission.READ_MEETINGS)
def reply(meeting_id: int) -> ResponseReturnValue:
    """For those who sign in."""
    mine = [place for place in visible(meeting_id).attendances if place.person_id == person().id]
    return _reply(Guest(mine[0] if mine else abort(404)))


@pages.post("/meetings/<int:meeting_id>/interests/<int:interest_id>")
@allow(Permission.HOLD_MEETINGS)
def decide_interest(meeting_id: int, interest_id: int) -> ResponseReturnValue:
    """The chair or the office decides whether an interest is a conflict."""
    meeting = visible(meeting_id)
    one = next((one for one in interests.declared(db(), meeting) if one.id == interest_id), None) or abort(
        404
    )
    said = request.form.get("decision")
    try:
        if said not in ("conflict", "none"):
            raise Incomplete("Choose whether it is a conflict of interest.")
        interests.decide(db(), one, said == "conflict", request.form.get("why", ""), actor(), now())
        flash("The decision on the interest is on record.")
    except Refused as why:
        flash(str(why), "problem")
    return redirect(url_for("meetings.show", meeting_id=meeting_id, _anchor="interests"))


def _guest(token: str) -> Guest:
    place, of_deputy = by_link(db(), token) or abort(404)
    return Guest(place, of_deputy, token)


def _reading(token: str) -> Guest:
    """Whoever may read agenda and papers; a page not found for others."""
    guest = _guest(token)
    if not _may_read(guest):
        abort(404)
    return guest


def _may_read(guest: Guest) -> bool:
    """Whether they declared about every case of the meeting, and are not kept out of the meeting as a whole."""
    meeting = guest.place.meeting
    left = interests.unanswered(guest.place, _cases(guest), guest.of_deputy)
    return not left and may_be_sent(guest.sight, meeting) and not meeting.cancelled_at


def _papers(guest: Guest) -> list[MeetingPaper]:
    """Those that members get, as they are allowed to whoever was invited."""
    if not of_paper(guest.place.meeting, Paper.AGENDA):
        return []
    seen = submitted.of_meeting(db(), guest.place.meeting, guest.sight)
    return [one for one in seen if one.goes_to(guest.place.person) and not one.needs_leave]


def _cases(guest: Guest) -> Sequence[Case]:
    """The cases they are asked about: not those behind a wall that went up otherwise, where all is settled."""
    told = {one.case_id for one in guest.told}
    found = interests.discussed(db(), guest.place.meeting)
    return [one for one in found if one.id in told or one.reference not in guest.sight.hidden]


def _reply(guest: Guest) -> ResponseReturnValue:
    place, cases = guest.place, _cases(guest)
    asked = form_for(place, cases, guest.of_deputy)
    if request.method == "GET":
        return _page(guest, asked(data=answered(place, cases, guest.of_deputy)))
    form = asked(request.form)
    if place.meeting.is_ahead(now()) and not form.validate():
        return _page(guest, form, error_list(form)), 422
    try:
        _keep(guest, cases, form.answers())
    except Incomplete as why:
        db().rollback()
        return _page(guest, form, {"titleText": "There is a problem", "errorList": [{"text": str(why)}]}), 422
    if guest.token or guest.told:
        return _page(guest, form, stage="taken")
    flash("Your answer is recorded. You may change it until the meeting begins.")
    return redirect(url_for("meetings.show", meeting_id=place.meeting_id))


def _keep(guest: Guest, cases: Sequence[Case], answers: dict[str, Any]) -> None:
    place, by = guest.place, guest.actor
    replying.must_be_ahead(place.meeting, now())
    asked = things(place, cases, guest.of_deputy)
    declared, what = chosen(answers, asked), answers.get("interest") or ""
    other = (what if OTHER in declared else "") if OTHER in asked else None
    if guest.of_deputy:
        replying.declare_otherwise(db(), place, other, by, now(), of_deputy=True)
    else:
        replying.answer(db(), the_letterhead(), place, _answer(guest, answers, other), by, now())
    for case in (one for one in cases if str(one.id) in asked):
        has_one = str(case.id) in declared
        interests.declare(db(), place, case, has_one, what, guest.of_deputy, by, now())


def _answer(guest: Guest, answers: dict[str, Any], other: str | None) -> Answered:
    deputy = Deputy(*(answers.get(f"deputy_{part}") or "" for part in ("name", "post", "email", "why")))
    how = replying.BY_LINK if guest.token else replying.SIGNED_IN
    return Answered(Reply(answers["reply"]), deputy, other, answers.get("note") or "", how)


def _page(guest: Guest, form: Form, errors: Any = None, stage: str = "asked") -> str:
    dress(form)
    meeting = guest.place.meeting
    reads = bool(guest.token) and _may_read(guest)
    return render_template(
        "meetings/reply.html",
        guest=guest,
        place=guest.place,
        meeting=meeting,
        form=form,
        errors=errors,
        stage=stage if meeting.is_ahead(now()) else "over",
        asked=things(guest.place, _cases(guest), guest.of_deputy),
        own=not may_be_sent(guest.sight, meeting),
        may_read=reads,
        sent=of_paper(meeting, Paper.AGENDA),
        papers=_papers(guest) if reads else [],
    )
