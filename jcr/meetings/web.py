"""All pages of meetings: calling one, the room, the items, the papers and the letters about missed meetings."""

from jcr.meetings import (
    action_pages,
    another_pages,
    arranging_pages,
    attendance_pages,
    calling_pages,
    holding_pages,
    item_pages,
    meeting_pages,
    minutes_pages,
    pack_pages,
    quorum_pages,
    reply_pages,
    substitute_pages,
)
from jcr.meetings.blueprint import pages

__all__ = [
    "action_pages",
    "another_pages",
    "arranging_pages",
    "attendance_pages",
    "calling_pages",
    "holding_pages",
    "item_pages",
    "meeting_pages",
    "minutes_pages",
    "pack_pages",
    "pages",
    "quorum_pages",
    "reply_pages",
    "substitute_pages",
]
