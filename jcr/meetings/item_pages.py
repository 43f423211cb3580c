"""An item's page: what was said and decided, and the actions agreed."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choice, Date, Email, LongText, Number, OneOfMany, Text
from forms.web import dress, error_list
from jcr.actions.service import Agreed
from jcr.meetings import service
from jcr.meetings.blueprint import pages
from jcr.meetings.item_room import chair_at, may_decide, quorum_at, recused
from jcr.meetings.item_steps import Fault, record_dissent, record_steps
from jcr.meetings.meeting_pages import own_sight, visible, visible_item
from jcr.meetings.minuting import voters
from jcr.meetings.model import Item, Purpose
from jcr.meetings.moves import Step
from jcr.people.service import agencies, agency_of
from jcr.permissions import Permission
from jcr.web.access import allow
from jcr.web.request import actor, db, keep_in_spite, now, settings, today


class MinuteForm(Form):
    summary = LongText("What was said", lines=8)
    decision = LongText("What was decided", lines=3)
    rationale = LongText("Why", lines=4)
    dissent = LongText(
        "Votes, or dissent without a name",
        lines=2,
        hint="A member’s dissent is written beside their name below. Left empty, it was agreed by consensus.",
    )


class ActionForm(Form):
    task = LongText("What is to be done", required=True, lines=2, ask="Say what is to be done")
    owner = Text("Who does it", required=True, ask="Enter who does it", hint="Name or post")
    owner_agency = OneOfMany(
        "Agency of whoever does it", {}, required=True, ask="Select the agency of whoever does it"
    )
    owner_email = Email(
        "Their e-mail address", hint="Left empty, the contact of the agency is asked how far it is"
    )
    due_on = Date("By when", required=True, ask="Enter the day it is due", what="The day it is due")
    expected = LongText("What should be different then", lines=2)

    def offer_agencies(self) -> None:
        """Looks up what may be chosen: only where the form is shown, or an action was typed."""
        self.owner_agency.options = {one.code: one.name for one in agencies(db())}


class NewItemForm(Form):
    title = Text("Title", required=True)
    purpose = Choice("Purpose", {kind.value: kind.value.capitalize() for kind in Purpose}, required=True)
    lead = Text("Who leads")
    minutes = Number("Minutes", required=True, low=1, high=240)


@pages.get("/meetings/<int:meeting_id>/items/<int:item_id>")
@allow(Permission.HOLD_MEETINGS)
def item(meeting_id: int, item_id: int) -> ResponseReturnValue:
    found = visible_item(meeting_id, item_id)
    return _item_page(found, _recorded(found), ActionForm())


@pages.post("/meetings/<int:meeting_id>/items/<int:item_id>")
@allow(Permission.HOLD_MEETINGS)
def save(meeting_id: int, item_id: int) -> ResponseReturnValue:
    """Every button of the page saves all that was typed on it: who moved, what was said, an action.

    With a fault in one of them, all else is saved, and the page comes back with every word.
    """
    found = visible_item(meeting_id, item_id)
    minute, action = MinuteForm(request.form), ActionForm(request.form)
    faults = [*record_steps(found), *record_dissent(found)]
    saved = {minute: _minuted(found, minute), action: _agreed(found, action)}
    wrong = [form for form, good in saved.items() if not good]
    if wrong or faults:
        keep_in_spite()
        return _item_page(found, minute, action if action in wrong else ActionForm(), wrong, faults), 422
    flash(f"Item {found.position} is saved.")
    return redirect(_onward(found))


def _minuted(item: Item, form: MinuteForm) -> bool:
    """Saves what was said; False when a decision may not be recorded or an answer will not do."""
    if form.summary.name not in request.form:
        return True
    if not form.validate():
        return False
    if why := undecidable(item, form.decision.data):
        form.decision.errors = [why]
        return False
    service.minute(db(), item, form.summary.data, form.decision.data, form.rationale.data, form.dissent.data)
    return True


def undecidable(item: Item, decision: str) -> str:
    """Why these words may not become the decision of an item; empty where they may, or are it already."""
    quorate = may_decide(item, settings().council_directorates_apart)
    new = decision.strip() not in ("", item.decision)
    return f"{quorate.because} Write it under what was said" if new and not quorate else ""


def _agreed(item: Item, form: ActionForm) -> bool:
    """Adds the action, if one was typed or its button pressed; False when it will not do."""
    if not form.typed() and "add" not in request.form:
        return True
    form.offer_agencies()
    if form.validate() and form.due_on.day and form.due_on.day < today():
        form.due_on.errors = ["The day it is due must be today or later"]
    if form.errors:
        return False
    agreed = Agreed(
        form.task.data, form.owner.data, form.due_on.day, form.expected.data,
        agency_of(db(), form.owner_agency.data), form.owner_email.data or "",
    )  # fmt: skip
    added = service.add_action(db(), item, agreed, actor(), now())
    flash(f"Action {added.label} is agreed.")
    return True


def _onward(item: Item) -> str:
    """The next item, this one or the meeting, by the button that was pressed."""
    following = _next(item) if "next" in request.form else None
    here = item if "stay" in request.form or "add" in request.form else following
    if here:
        return url_for("meetings.item", meeting_id=item.meeting_id, item_id=here.id)
    return url_for("meetings.show", meeting_id=item.meeting_id, _anchor=f"item-{item.id}")


@pages.route("/meetings/<int:meeting_id>/items/new", methods=["GET", "POST"])
@allow(Permission.HOLD_MEETINGS)
def new_item(meeting_id: int) -> ResponseReturnValue:
    meeting = visible(meeting_id)
    form = NewItemForm(request.form or None, data={"purpose": "discuss", "minutes": "5"})
    dress(form)
    if request.method == "GET":
        return render_template("meetings/new_item.html", meeting=meeting, form=form)
    if not form.validate():
        return render_template(
            "meetings/new_item.html", meeting=meeting, form=form, errors=error_list(form)
        ), 422
    purpose = Purpose(form.purpose.data)
    service.add_item(db(), meeting, form.title.data, purpose, form.lead.data, int(form.minutes.data))
    flash("The item is on the agenda.")
    return redirect(url_for("meetings.show", meeting_id=meeting.id))


def _next(item: Item) -> Item | None:
    return next((one for one in item.meeting.items if one.position > item.position), None)


def _recorded(item: Item) -> MinuteForm:
    names = ("summary", "decision", "rationale", "dissent")
    return MinuteForm(data={name: getattr(item, name) for name in names})


def _item_page(
    item: Item, minute: Form, action: ActionForm, wrong: Sequence[Form] = (), faults: Sequence[Fault] = ()
) -> str:
    """The page as recorded; with something wrong, every row as it was typed."""
    action.offer_agencies()
    dress(minute)
    dress(action)
    errors = error_list(*wrong)
    errors["errorList"] += faults
    return render_template(
        "meetings/item.html",
        item=item,
        before=own_sight().lines(item.before),
        meeting=item.meeting,
        form=minute,
        action_form=action,
        quorum=quorum_at(item, settings().council_directorates_apart),
        chair=chair_at(item),
        here=[place for place in item.meeting.attendances if place.is_in_the_room],
        dissents={one.attendance_id: one.reason for one in item.dissents},
        voters=voters(item),
        recused=recused(item),
        noted={one.attendance_id: one for one in item.movements},
        steps=list(Step),
        chaired=Step.CHAIRED.shown,
        wide=True,
        typed=request.form,
        errors=errors if errors["errorList"] else None,
    )
