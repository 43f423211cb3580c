"""The agenda put in order: items moved while nothing has gone out, what each says of lead, purpose and time, and those
added in error taken off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from jcr.answer import Answer
from jcr.errors import NotNow
from jcr.history.service import record
from jcr.meetings.minuting import must_be_draft
from jcr.meetings.model import Item, Meeting, Purpose
from jcr.meetings.paper_model import Paper
from jcr.roles import Actor

LONGEST = 240  # minutes for one item


class Way(StrEnum):
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True)
class Line:
    """One item's line as typed; `key` goes into the names of its boxes."""

    item: Item
    title: str
    lead: str
    purpose: Purpose
    minutes: str

    @property
    def key(self) -> int:
        return self.item.id

    def faults(self) -> Iterator[dict[str, str]]:
        """What is wrong on the line, for the error summary."""
        if not self.title:
            yield {"text": f"Enter the title of item {self.item.position}", "href": f"#title-{self.key}"}
        if not (self.minutes.isdecimal() and 1 <= int(self.minutes) <= LONGEST):
            said = f"Minutes of item {self.item.position} must be a number from 1 to {LONGEST}"
            yield {"text": said, "href": f"#minutes-{self.key}"}


def as_recorded(item: Item) -> Line:
    return Line(item, item.title, item.lead, item.purpose, str(item.minutes))


def as_typed(item: Item, posted: Mapping[str, str]) -> Line:
    """The line as it was sent; what was not sent stays as it is."""
    said = posted.get(f"purpose-{item.id}")
    return Line(
        item,
        title=posted.get(f"title-{item.id}", item.title).strip(),
        lead=posted.get(f"lead-{item.id}", item.lead).strip(),
        purpose=Purpose(said) if said in set(Purpose) else item.purpose,
        minutes=posted.get(f"minutes-{item.id}", str(item.minutes)).strip(),
    )


def arrange(session: Session, meeting: Meeting, lines: Sequence[Line], actor: Actor, now: datetime) -> None:
    """What the agenda says of its items. After it was sent, what changes goes out as a supplement."""
    must_be_draft(meeting)
    changed = [line for line in lines if line != as_recorded(line.item)]
    for line in changed:
        line.item.title, line.item.lead, line.item.purpose = line.title, line.lead, line.purpose
        line.item.minutes = int(line.minutes)
    if changed:
        which = ", ".join(str(line.item.position) for line in changed)
        act = f"changed the agenda of {meeting.title}: item {which}"
        record(session, meeting.case_id, actor, now, act, meeting=meeting.id)


def may_move(meeting: Meeting, now: datetime) -> Answer:
    """Whether items may change places: what was sent, and what people move by in the room, keeps its numbers."""
    if any(one.paper is Paper.AGENDA for one in meeting.publications):
        because = "The agenda was sent, so its items keep their numbers. A new item goes out as a supplement."
        return Answer(False, because, "ToR 9")
    if meeting.starts_at <= now or meeting.opened_at:
        return Answer(False, "The meeting has begun, so its items keep their numbers.", "ToR 9")
    return Answer(True, "The agenda was not sent yet.", "ToR 9")


def may_take_off(item: Item) -> bool:
    """Whether an item leaves nothing behind: one that the office added, with no paper and nothing minuted under it."""
    said = (item.summary, item.decision, item.rationale, item.dissent)
    return not (item.key or any(said) or item.papers or item.minuted or item.movements or item.dissents)


def take_off(session: Session, item: Item, actor: Actor, now: datetime) -> None:
    """Takes an item off the agenda. Once the agenda was sent the others keep their numbers; before, they close up.

    Raises NotNow for a standing item, and for one with a paper or something minuted under it.
    """
    meeting = item.meeting
    must_be_draft(meeting)
    if not may_take_off(item):
        raise NotNow(
            f"Item {item.position} has a paper or a minute, or is a standing one, so it stays on the agenda."
        )
    record(
        session,
        meeting.case_id,
        actor,
        now,
        f"took “{item.title}” off the agenda of {meeting.title}",
        meeting=meeting.id,
    )
    meeting.items.remove(item)
    session.delete(item)
    session.flush()
    if not may_move(meeting, now):
        return
    for position, left in enumerate(meeting.items, 1):
        left.position = position
        session.flush()


def move(session: Session, item: Item, way: Way, actor: Actor, now: datetime) -> None:
    """Changes places with the item before or after; the first and the last stay. Raises NotNow once it was sent."""
    meeting, may = item.meeting, may_move(item.meeting, now)
    must_be_draft(meeting)
    if not may:
        raise NotNow(may.because)
    at = meeting.items.index(item) + (-1 if way is Way.UP else 1)
    if not 0 <= at < len(meeting.items):
        return
    other = meeting.items[at]
    here, there = item.position, other.position
    for one, position in ((item, 0), (other, here), (item, there)):  # never two in one place
        one.position = position
        session.flush()
    meeting.items.sort(key=lambda one: one.position)
    act = f"moved “{item.title}” to item {there} of {meeting.title}"
    record(session, meeting.case_id, actor, now, act, meeting=meeting.id)
