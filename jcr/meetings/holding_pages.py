"""The page on which a meeting is kept, moved or cancelled; and the private feed that calendars subscribe to."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choice, Choices, Date, LongText, Text, Time
from forms.web import dress, error_list
from jcr.correspondence.model import Letter
from jcr.errors import Incomplete
from jcr.files.service import CALENDAR
from jcr.meetings import holding, service
from jcr.meetings.blueprint import pages
from jcr.meetings.calling_forms import moment
from jcr.meetings.chairs_model import Holding
from jcr.meetings.holding import Decided
from jcr.meetings.invitations import calendar_of
from jcr.meetings.meeting_pages import visible
from jcr.meetings.model import Meeting
from jcr.people import service as people
from jcr.people.model import Agency
from jcr.permissions import Permission
from jcr.web.access import allow, public
from jcr.web.request import actor, calendar, db, now, person, the_letterhead
from jcr.wording import LONDON, count

OUTCOMES = {
    Holding.GO_AHEAD.value: "It goes ahead as called",
    Holding.REARRANGED.value: "It is moved to another day or place",
    Holding.CANCELLED.value: "It is cancelled",
}
MOVED = ("outcome", (Holding.REARRANGED.value,))
NOT_AS_CALLED = ("outcome", (Holding.REARRANGED.value, Holding.CANCELLED.value))


@pages.route("/meetings/<int:meeting_id>/holding", methods=["GET", "POST"])
@allow(Permission.HOLD_MEETINGS)
def hold(meeting_id: int) -> ResponseReturnValue:
    meeting = visible(meeting_id)
    asked = _form_for(meeting)
    if request.method == "GET":
        return _page(meeting, asked(data=_suggested(meeting)))
    form = asked(request.form)
    if not form.validate():
        return _page(meeting, form, True), 422
    try:
        written = _act(meeting, form)
    except Incomplete as why:
        db().rollback()
        form.why.errors = [str(why)]
        return _page(visible(meeting_id), form, True), 422
    told = f" {count(len(written), 'letter')} written." if written else ""
    flash(f"{OUTCOMES[form.outcome.data]}: that is on record.{told}")
    return redirect(url_for("meetings.show", meeting_id=meeting.id))


@pages.post("/meetings/feed")
@allow(Permission.READ_MEETINGS)
def new_feed() -> ResponseReturnValue:
    """A new private link; the one before it opens nothing any more."""
    token = people.new_feed(db(), person(), actor(), now())
    address = the_letterhead().link(url_for("meetings.feed", token=token))
    return render_template("meetings/feed.html", address=address)


@pages.get("/calendar/<token>.ics")
@public
def feed(token: str) -> ResponseReturnValue:
    """The meetings its owner may see. Whoever has the link needs no password, since calendars have none."""
    owner = people.by_feed(db(), token) or abort(404)
    found = db().scalars(service.visible_to(owner)).all()
    return Response(
        calendar_of(found, the_letterhead()), mimetype=CALENDAR, headers={"Cache-Control": "no-store"}
    )


def _form_for(meeting: Meeting) -> type[Form]:
    chairs = {str(one.id): f"{one.name}, {one.role.shown.lower()}" for one in holding.chairs(db())}
    leads = {str(one.id): one.name for one in holding.leads(meeting)}
    questions = {
        "outcome": Choice("What was decided", OUTCOMES, required=True, ask="Choose what was decided"),
        "meeting_on": Date("New date", when=MOVED, required=True),
        "meeting_time": Time("New time", when=MOVED, required=True, hint="For example 10:00"),
        "place": Text("Where, or the link to join", when=MOVED, required=True, ask="Enter where it is held"),
        "by": Choice("Who decided", chairs, required=True, ask="Choose who decided"),
        "why": LongText(
            "Why", required=True, lines=3, ask="Say why", hint="Initials only: it is told to executive leads.",
        ),
        "leads": Choices(
            "Which executive leads to write to", leads, when=NOT_AS_CALLED,
            hint="Chosen already: agencies whose scoping return is missing. Nobody need be told.",
        ),
    }  # fmt: skip
    return type("HoldingForm", (Form,), questions)


def _suggested(meeting: Meeting) -> dict[str, object]:
    at = meeting.starts_at.astimezone(LONDON)
    return {
        "meeting_on": at.date().isoformat(),
        "meeting_time": f"{at:%H:%M}",
        "place": meeting.place,
        "leads": [str(agency.id) for agency in holding.to_blame(meeting)],
    }


def _act(meeting: Meeting, form: Form) -> Sequence[Letter]:
    said = form.answers()
    decided = Decided(next(one for one in holding.chairs(db()) if str(one.id) == said["by"]), said["why"])
    if said["outcome"] == Holding.GO_AHEAD:
        holding.go_ahead(db(), meeting, decided, actor(), now())
        return []
    told = _chosen(meeting, said.get("leads", []))
    if said["outcome"] == Holding.CANCELLED:
        return holding.cancel(db(), the_letterhead(), meeting, decided, told, actor(), now())
    starts_at = moment(form.meeting_on.day, form.meeting_time.data)
    if starts_at is None:
        raise Incomplete("Enter the new date and time.")
    return holding.rearrange(
        db(), the_letterhead(), meeting, starts_at, form.place.data, decided, told, actor(), now(), calendar()
    )


def _chosen(meeting: Meeting, ids: Sequence[str]) -> list[Agency]:
    return [agency for agency in holding.leads(meeting) if str(agency.id) in ids]


def _page(meeting: Meeting, form: Form, faulty: bool = False) -> str:
    dress(form)
    return render_template(
        "meetings/holding.html",
        meeting=meeting,
        form=form,
        missing=holding.to_blame(meeting),
        errors=error_list(form) if faulty else None,
    )
