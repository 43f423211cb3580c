"""What a page says of quorum at this moment, for a browser that asks for it again while somebody looks on."""

from __future__ import annotations

from flask import g, render_template
from flask.typing import ResponseReturnValue

from jcr.answer import Answer
from jcr.meetings.blueprint import pages
from jcr.meetings.item_room import quorum_at
from jcr.meetings.meeting_pages import quorum_of, visible, visible_item
from jcr.meetings.room import is_recorded
from jcr.permissions import Permission
from jcr.web.access import allow
from jcr.web.request import settings


@pages.get("/meetings/<int:meeting_id>/quorum")
@allow(Permission.READ_MEETINGS)
def quorum_now(meeting_id: int) -> ResponseReturnValue:
    meeting = visible(meeting_id)
    return _part("whole", quorum_of(meeting), is_recorded(meeting))


@pages.get("/meetings/<int:meeting_id>/items/<int:item_id>/quorum")
@allow(Permission.HOLD_MEETINGS)
def item_quorum_now(meeting_id: int, item_id: int) -> ResponseReturnValue:
    item = visible_item(meeting_id, item_id)
    return _part("item", quorum_at(item, settings().council_directorates_apart), is_recorded(item.meeting))


def _part(of: str, quorum: Answer, recorded: bool) -> str:
    """A part of a page; asked for by no hand, it does not prolong the sign-in."""
    g.by_itself = True
    return render_template("meetings/quorum_now.html", of=of, quorum=quorum, recorded=recorded)
