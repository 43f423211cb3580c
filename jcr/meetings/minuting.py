"""What was said and decided, the actions agreed, and the state of things a meeting is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import takewhile

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, lazyload, load_only, raiseload

from jcr.actions.model import Action
from jcr.actions.model import State as ActionState
from jcr.actions.service import Agreed, agree
from jcr.cases.model import SHOWN, Case, Status
from jcr.dialects import those
from jcr.errors import NotNow
from jcr.history.model import Entry
from jcr.history.service import record
from jcr.meetings.item_room import seats_at
from jcr.meetings.model import Attendance, Dissent, Item, Meeting, Minuted, Purpose
from jcr.meetings.standing import RECOMMENDATION
from jcr.roles import Actor
from jcr.wording import count, short_date

OUTCOMES = (Status.DECLINED, Status.RECOMMENDED, Status.RATIFIED, Status.NOT_RATIFIED, Status.DECIDED)
FINISHED = (Status.DECLINED, Status.CLOSED)


def item_of(meeting: Meeting, item_id: int) -> Item | None:
    return next((item for item in meeting.items if item.id == item_id), None)


def item_called(meeting: Meeting, key: str) -> Item | None:
    """The standing item with this key."""
    return next((item for item in meeting.items if item.key == key), None)


def minute(session: Session, item: Item, summary: str, decision: str, rationale: str, dissent: str) -> None:
    """What was said and decided under an item. Raises NotNow once the minutes are approved."""
    must_be_draft(item.meeting)
    item.summary, item.decision = summary.strip(), decision.strip()
    item.rationale, item.dissent = rationale.strip(), dissent.strip()


def note_dissent(session: Session, item: Item, place: Attendance, reason: str) -> None:
    """A member does not agree, with the reason, apart from the decision; no reason takes it back.

    Raises NotNow for whoever has no vote: not in the room, in attendance, or with a conflict of interest.
    """
    must_be_draft(item.meeting)
    found = next((one for one in item.dissents if one.attendance_id == place.id), None)
    if reason.strip() and place.id not in voters(item):
        raise NotNow(f"{place.person.name} has no vote here, so there is no dissent to record.")
    if found and not reason.strip():
        item.dissents.remove(found)
    elif found:
        found.reason = reason.strip()
    elif reason.strip():
        item.dissents.append(Dissent(attendance_id=place.id, attendance=place, reason=reason.strip()))
    session.flush()


def dissent_of(meeting: Meeting) -> list[str]:
    """The dissents by name under the recommendation, as they are told to whoever ratifies it."""
    item = item_called(meeting, RECOMMENDATION)
    return [one.told for one in item.dissents] if item else []


def voters(item: Item) -> set[int]:
    """Who has a vote on an item, by their place: members in the room for it without a conflict (ToR 5)."""
    seated = zip(seats_at(item), item.meeting.attendances, strict=True)
    return {place.id for seat, place in seated if seat.counts}


def add_action(session: Session, item: Item, agreed: Agreed, actor: Actor, now: datetime) -> Action:
    """An action agreed under an item. Raises Incomplete when it lacks task, owner or date."""
    must_be_draft(item.meeting)
    action = agree(session, item.meeting.case, agreed, actor, now)
    item.minuted.append(Minuted(action=action))
    session.flush()
    return action


def add_item(session: Session, meeting: Meeting, title: str, purpose: str, lead: str, minutes: int) -> Item:
    """One more item, before *any other business* and *next steps*; once the agenda went out, before the last alone."""
    must_be_draft(meeting)
    closing = ("next",) if meeting.publications else ("other", "next")
    position = meeting.items[-1].position + 1 if meeting.items else 1
    for later in takewhile(lambda one: one.key in closing, reversed(meeting.items)):
        later.position, position = position, later.position
        session.flush()
    item = Item(
        position=position, title=title.strip(), purpose=Purpose(purpose), lead=lead.strip(), minutes=minutes
    )
    meeting.items.append(item)
    session.flush()
    meeting.items.sort(key=lambda one: one.position)
    return item


def set_outcome(
    session: Session,
    meeting: Meeting,
    decision: str,
    rationale: str,
    dissent: str = "",
    actions: Iterable[Action] = (),
) -> Item:
    """Writes the recommendation into its item, with the actions agreed, so that the minutes say the same.

    Raises NotNow when the meeting has no such item or its minutes are approved.
    """
    must_be_draft(meeting)
    item = item_called(meeting, RECOMMENDATION)
    if item is None:
        raise NotNow("This meeting has no recommendation on its agenda.")
    item.decision, item.rationale, item.dissent = decision.strip(), rationale.strip(), dissent.strip()
    have = {row.action.id for row in item.minuted}
    item.minuted.extend(Minuted(action=action) for action in actions if action.id not in have)
    session.flush()
    return item


def approve_minutes(session: Session, meeting: Meeting, actor: Actor, now: datetime) -> None:
    """The chair approves; what changes in the minutes afterwards is a correction.

    Raises NotNow before the meeting, and while nobody is recorded as having come: an unrecorded place counts as absent.
    """
    must_be_draft(meeting)
    if meeting.meets_at > now:
        raise NotNow("The meeting has not taken place yet, so there are no minutes to approve.")
    if not any(place.is_in_the_room for place in meeting.attendances):
        raise NotNow("Nobody is recorded as having come. Record attendance first, then approve the minutes.")
    meeting.minutes_approved_at, meeting.minutes_approved_by = now, actor.name
    record(session, meeting.case_id, actor, now, f"approved the minutes of {meeting.title}")


def must_be_draft(meeting: Meeting) -> None:
    """Raises NotNow where nothing is written any more: of a cancelled meeting, or once the minutes are approved."""
    if meeting.cancelled_at:
        raise NotNow("This meeting is cancelled, so there is nothing to minute.")
    if meeting.minutes_approved_at:
        raise NotNow("The minutes are approved. What is wrong in them is put right by a correction.")


def new_referrals(session: Session, since: datetime | None) -> str:
    """How many referrals came since, and which. References only."""
    found = select(Case.reference).order_by(Case.reference)
    if since:
        found = found.where(Case.opened_at > since)
    references = session.scalars(found).all()
    period = f"since {short_date(since.date())}" if since else "so far"
    return f"{count(len(references), 'referral')} {period}." + _bullets(references)


def outcomes_since(session: Session, since: datetime | None) -> str:
    """Cases that reached an outcome since the last meeting, and what was recommended of each (ToR 7.vi)."""
    found = (
        select(Case.reference, Entry.to_status)
        .join(Entry, Entry.case_id == Case.id)
        .where(Entry.to_status.in_([status.value for status in OUTCOMES]))
        .order_by(Entry.at, Entry.id)
    )
    if since:
        found = found.where(Entry.at > since)
    reached = [(reference, Status(status)) for reference, status in session.execute(found)]
    minuted = _recommended(session, found.with_only_columns(Case.id).order_by(None))
    told = [
        f"{reference}: {SHOWN[status].lower()}"
        + (f" ({minuted[reference]})" if reference in minuted and status is not Status.DECLINED else "")
        for reference, status in reached
    ]
    return f"{count(len(told), 'outcome')} since the last meeting." + _bullets(told)


def _recommended(session: Session, cases: Select[int]) -> dict[str, str]:
    """Reference -> the decision minuted under the recommendation of its last rapid review."""
    found = (
        select(Case.reference, Item.decision)
        .join(Meeting, Meeting.case_id == Case.id)
        .join(Item, Item.meeting_id == Meeting.id)
        .where(Item.key == RECOMMENDATION, Item.decision != "", Case.id.in_(cases))
        .order_by(Item.id)
    )
    return {reference: decision.rstrip(".") for reference, decision in session.execute(found)}


def open_cases(session: Session) -> str:
    """How many cases stand at which stage."""
    stages = (
        select(Case.status, func.count(Case.id)).where(Case.status.not_in(FINISHED)).group_by(Case.status)
    )
    counts = {row[0]: row[1] for row in session.execute(stages)}
    told = [f"{status.shown}: {counts[status]}" for status in Status if status in counts]
    return f"{count(sum(counts.values()), 'open case')}." + _bullets(told)


def action_log(session: Session, today: date, case: Case | None = None) -> str:
    """The open actions, or those of one case, with owner, date and age, late ones said so: told until closed."""
    found = select(Action).where(Action.state == ActionState.OPEN).order_by(Action.due_on, Action.number)
    if case:
        found = found.where(Action.case_id == case.id)
    with_reference = joinedload(Action.case).options(load_only(Case.reference), lazyload("*"))
    told = [_action_line(action, today) for action in session.scalars(found.options(with_reference))]
    return f"{count(len(told), 'open action')}." + _bullets(told)


def _action_line(action: Action, today: date) -> str:
    late = " (late)" if action.due_on < today else ""
    case = f"{action.case.reference}, " if action.case else ""
    age = f"open for {count(action.age(today), 'day')}"
    return f"{action.label} ({case}{action.who}): due {short_date(action.due_on)}{late}, {age}"


def sources(session: Session, actions: Sequence[Action]) -> dict[int, Item]:
    """The item under which each action was agreed, by the action's number in the database."""
    agreed = select(Minuted.action_id, Item).join(Item, Minuted.item_id == Item.id)
    named = load_only(Item.key, Item.position, Item.meeting_id)
    meeting = joinedload(Item.meeting).load_only(Meeting.title).raiseload("*")
    found = agreed.where(Minuted.action_id.in_(those(action.id for action in actions)))
    rows = session.execute(found.options(named, meeting, raiseload(Item.papers)))
    return {row.action_id: row.Item for row in rows}


def _bullets(lines: Iterable[str]) -> str:
    return "".join(f"\n- {line}" for line in lines)
