"""The forms to send out, each in every medium: empty, or filled with what is known of a case."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import FORMS
from forms.media import MEDIA, file_name, written
from jcr.actions.model import Action
from jcr.cases.model import Case
from jcr.cases.web import the_case
from jcr.errors import Refused
from jcr.files.web import sent
from jcr.meetings import actions_seen
from jcr.paging import Page, page_of
from jcr.people.model import Agency
from jcr.people.service import agencies
from jcr.permissions import Permission
from jcr.scoping import service as scoping
from jcr.submissions.blueprint import pages
from jcr.submissions.filled import About, action_of, filled
from jcr.submissions.service import CALLED
from jcr.web.access import allow
from jcr.web.request import db, now, person, the_letterhead


@pages.get("/forms")
@allow(Permission.SEE_GROUP)
def forms() -> ResponseReturnValue:
    """Every form; with a case in the address, filled for it."""
    case = _case()
    asked = scoping.round_of(db(), case) if case else None
    return render_template(
        "submissions/forms.html",
        case=case,
        forms=FORMS.values(),
        media=MEDIA,
        answered=CALLED,
        asked=[one.agency for one in asked.requests] if asked else [],
        actions=_actions(case),
        agencies=agencies(db()),
        wide=True,
    )


@pages.get("/forms/<kind>.<medium>")
@allow(Permission.SEE_GROUP)
def form(kind: str, medium: str) -> ResponseReturnValue:
    """One form to save. What cannot be filled is said on the page of all forms."""
    if kind not in FORMS or medium not in MEDIA:
        abort(404)
    found = about()
    try:
        answers, stamp = filled(db(), kind, found, now())
    except Refused as why:
        flash(str(why), "problem")
        reference = found.case.reference if found.case else None
        return redirect(url_for("submissions.forms", case=reference))
    content = written(FORMS[kind], medium, answers, stamp, the_letterhead().partnership)
    return sent(content, MEDIA[medium].content_type, file_name(stamp, medium))


def about() -> About:
    """The case, agency and action that the address names."""
    return About(_case(), _agency(), _action())


def _actions(case: Case | None) -> Page[Action]:
    found = actions_seen.due_first(person())
    if case:
        found = found.where(Action.case_id == case.id)
    return page_of(db(), found, request.args.get("page", 1, type=int))


def _case() -> Case | None:
    reference = request.args.get("case", "").strip()
    return the_case(reference) if reference else None


def _agency() -> Agency | None:
    code = request.args.get("agency", "").strip().lower()
    found = next((one for one in agencies(db()) if one.code == code), None)
    return (found or abort(404)) if code else None


def _action() -> Action | None:
    label = request.args.get("action", "").strip()
    found = action_of(db(), label)
    visible = found and db().scalar(actions_seen.visible_to(person()).where(Action.id == found.id))
    return (visible or abort(404)) if label else None
