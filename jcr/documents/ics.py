"""Meetings as calendar files: an invitation that Outlook updates, its cancelling, and a feed to subscribe to.

What writes them is loaded once one is written: it takes 3 MB, and whoever reads mail seldom needs it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from jcr.wording import LONDON

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//Joint Case Review//Meetings//EN"
# The rule in force since 1996, written out: Outlook does not take the list of days a library makes of it.
EUROPE_LONDON = b"""BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
END:VTIMEZONE
""".replace(b"\n", b"\r\n")


class Method(StrEnum):
    """What a calendar is to do with the file (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


@dataclass(frozen=True)
class Entry:
    """A meeting in a calendar. `uid` stays as long as the meeting is the same one, and `sequence` rises with each
    change: by the two a calendar replaces its entry instead of adding another. The title names nobody."""

    uid: str
    sequence: int
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    link: str
    changed_at: datetime
    cancelled: bool = False


def invitation(entry: Entry, office: str, organiser: str, invited: str) -> bytes:
    """The invitation for one address, or its withdrawal once the meeting is cancelled."""
    from icalendar import vCalAddress, vText

    event = _event(entry)
    sender = vCalAddress(f"mailto:{office}")
    sender.params["CN"] = vText(organiser)
    guest = vCalAddress(f"mailto:{invited}")
    guest.params["ROLE"], guest.params["PARTSTAT"] = vText("REQ-PARTICIPANT"), vText("NEEDS-ACTION")
    guest.params["RSVP"] = vText("FALSE" if entry.cancelled else "TRUE")
    event.add("organizer", sender)
    event.add("attendee", guest)
    return _calendar(Method.CANCEL if entry.cancelled else Method.REQUEST, [event])


def feed(entries: Iterable[Entry], name: str) -> bytes:
    """All meetings in one file, for a calendar that fetches it again and again."""
    return _calendar(Method.PUBLISH, map(_event, entries), name)


def _calendar(method: Method, events: Iterable[Event], name: str = "") -> bytes:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    if name:
        calendar.add("x-wr-calname", name)
    calendar.add_component(Calendar.from_ical(EUROPE_LONDON))
    for event in events:
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def _event(entry: Entry) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("dtstart", entry.starts_at.astimezone(LONDON))
    event.add("dtend", entry.ends_at.astimezone(LONDON))
    event.add("summary", f"Cancelled: {entry.title}" if entry.cancelled else entry.title)
    event.add("location", entry.place)
    event.add("description", f"Agenda and papers: {entry.link}")
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    return event
