"""Takes in a form for the group, keeps what a person corrects, and acts on it once it is accepted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Text, and_, cast, or_, select
from sqlalchemy.orm import Session, joinedload

from forms import FORMS
from forms.dates import day_or_none
from jcr.actions import service as actions
from jcr.actions.model import Action
from jcr.cases.model import Case, Status
from jcr.cases.naming import given_away
from jcr.cases.rules import Calendar
from jcr.cases.service import visible_to as visible_cases
from jcr.cases.told_of import tells_of_one_behind_a_wall
from jcr.correspondence.model import Kind as LetterKind
from jcr.correspondence.model import Letter
from jcr.correspondence.service import Letterhead, write
from jcr.decisions.service import draft_of, save_draft
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.meetings import actions_seen, papers, submitted
from jcr.meetings import service as meetings
from jcr.meetings.model import Kind, Meeting, Purpose
from jcr.meetings.paper_model import MeetingPaper
from jcr.people.model import Person
from jcr.permissions import Permission, allows
from jcr.roles import Actor
from jcr.submissions.model import State, Submission
from jcr.submissions.placing import Place
from jcr.submissions.report import AS_RECOMMENDED
from jcr.wording import local_day, long_date

CALLED = {
    "rapid_review": "rapid review report",
    "paper": "paper",
    "action_update": "update on an action",
}
PURPOSES = {"decision": Purpose.DECIDE, "discussion": Purpose.DISCUSS}
MOST_OFFERED = 40  # meetings, the latest first
MOST_ACTIONS = 1000  # the first due
MINUTES = 10  # for a paper that does not say how long it needs


def visible_to(person: Person) -> Select[Submission]:
    """The Partnership Team sees those of the group that name no case behind a wall, and of the cases it may see; others
    see none."""
    if not allows(Permission.SORT_MAIL, person):
        return select(Submission).where(Submission.id.is_(None))
    cases = visible_cases(person).with_only_columns(Case.id)
    acted = actions_seen.visible_to(person).with_only_columns(Action.id)
    told = cast(Submission.answers, Text) + cast(Submission.reading, Text)
    of_group = and_(
        Submission.case_id.is_(None),
        or_(Submission.action_id.is_(None), Submission.action_id.in_(acted)),
        ~tells_of_one_behind_a_wall(person, told),
    )
    return select(Submission).where(or_(of_group, Submission.case_id.in_(cases)))


def actions_answered(session: Session) -> set[int]:
    """The actions whose update waits to be read: nobody is asked how far they are meanwhile."""
    found = select(Submission.action_id).where(
        Submission.state == State.WAITING, Submission.action_id.is_not(None)
    )
    return {action for action in session.scalars(found) if action}


def waiting(session: Session, person: Person) -> Sequence[Submission]:
    """Those nobody has looked at yet, the longest waiting first."""
    found = visible_to(person).where(Submission.state == State.WAITING)
    named = joinedload(Submission.case), joinedload(Submission.action)
    return session.scalars(found.options(*named).order_by(Submission.received_at, Submission.id)).all()


def places(session: Session, person: Person, kinds: Collection[Any]) -> dict[str, Place]:
    """Where forms of these kinds may belong, of what this person may see, each under a key for a page."""
    found: dict[str, Place] = {}
    if "action_update" in kinds:
        for action in actions_seen.open_to(session, person, MOST_ACTIONS):
            found[f"action-{action.id}"] = Place(action.case, action=action)
    held = meetings.visible_to(person).order_by(Meeting.starts_at.desc()).limit(MOST_OFFERED)
    held = held.options(joinedload(Meeting.case))
    for meeting in session.scalars(held) if {"paper", "rapid_review"} & set(kinds) else ():
        if "paper" in kinds or meeting.kind is Kind.RAPID_REVIEW:
            found[f"meeting-{meeting.id}"] = Place(meeting.case, meeting=meeting)
    return found


def take(
    session: Session,
    kind: str,
    place: Place,
    read: Mapping[str, Any],
    sender: str,
    received_at: datetime,
    actor: Actor,
    now: datetime,
    paper: MeetingPaper | None = None,
) -> Submission:
    """A form that came in, in its place; it waits until a person has checked what was read."""
    found = Submission(
        kind=kind, sender=sender, received_at=received_at, reading=dict(read["reading"]), answers=dict(read["answers"]),
        case=place.case, action=place.action, meeting=place.meeting, paper=paper,
    )  # fmt: skip
    session.add(found)
    session.flush()
    record(session, found.case_id, actor, now, f"took in {_called(found)}", submission=found.id)
    return found


def save(
    session: Session,
    found: Submission,
    answers: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    done: str = "",
) -> None:
    """Keeps the corrections; nothing follows from them yet."""
    _must_wait(found)
    found.answers = dict(answers)
    what = done or "corrected what was read"
    record(session, found.case_id, actor, now, f"{what} in {_called(found)}", submission=found.id)


def accept(
    session: Session, found: Submission, answers: Mapping[str, Any], actor: Actor, now: datetime
) -> None:
    """What the form says is a fact now, and is acted on. Raises NotNow or Incomplete when it cannot be."""
    _must_wait(found)
    found.answers = dict(answers)
    _settle(found, State.ACCEPTED, actor, now)
    told = ACTS[found.kind](session, found, FORMS[found.kind](data=answers).answers(), actor, now)
    record(session, found.case_id, actor, now, f"accepted {_called(found)}", told, submission=found.id)


def put_aside(session: Session, found: Submission, why: str, actor: Actor, now: datetime) -> None:
    """It is not ours, or nothing is to follow from it; it is kept with the reason."""
    _must_wait(found)
    if not why.strip():
        raise Incomplete("Say why it is put aside: the reason is part of the record.")
    _settle(found, State.NOT_OURS, actor, now)
    found.why = why.strip()
    record(session, found.case_id, actor, now, f"put aside {_called(found)}", found.why, submission=found.id)


def send_back(
    session: Session,
    head: Letterhead,
    found: Submission,
    why: str,
    calendar: Calendar,
    actor: Actor,
    now: datetime,
) -> Letter:
    """A paper that does not pass the quality check goes back to its author by letter, with the reason (ToR 9).

    Raises Incomplete without a reason, or with one that names a subject.
    """
    _must_wait(found)
    if not found.may_go_back or found.meeting is None:
        raise NotNow("Only a paper for a meeting is sent back. Put this aside instead, with the reason.")
    if not why.strip():
        raise Incomplete("Say what is to be put right: the letter tells the author.")
    if named := given_away(found.case, why) if found.case else "":
        raise Incomplete(f"Your words name a subject or a date of birth (“{named}”). Write initials instead.")
    _settle(found, State.SENT_BACK, actor, now)
    found.why = why.strip()
    record(session, found.case_id, actor, now, f"sent back {_called(found)}", found.why, submission=found.id)
    author = str(found.answers.get("author_name") or "")
    facts = {
        "author": author or "colleague", "meeting": found.meeting.title, "meeting_at": found.meeting.starts_at,
        "received_on": local_day(found.received_at), "reasons": found.why,
        "papers_due": papers.papers_in(found.meeting, calendar), "link": head.link("/forms/paper"),
        "officer": actor.name,
    }  # fmt: skip
    return write(
        session, head, LetterKind.PAPER_SENT_BACK, f"paper-back-{found.id}", found.sender, facts, actor, now,
        case=found.case,
        recipient_lines=[line for line in (author, str(found.answers.get("agency_name") or "")) if line],
        signature_lines=head.for_the_chair,
    )  # fmt: skip


def _settle(found: Submission, state: State, actor: Actor, now: datetime) -> None:
    found.state, found.settled_at, found.settled_by = state, now, actor.name


def _must_wait(found: Submission) -> None:
    if found.state is not State.WAITING:
        raise NotNow(f"Somebody has settled this already: {found.state.shown.lower()} by {found.settled_by}.")


def _called(found: Submission) -> str:
    label = f" {found.action.label}" if found.action else ""
    return f"{'an' if found.kind == 'action_update' else 'a'} {CALLED[found.kind]}{label}"


def _update(session: Session, found: Submission, said: Mapping[str, Any], actor: Actor, now: datetime) -> str:
    """An action that is done is completed; how far another is goes on record, its date stays as agreed."""
    assert found.action is not None
    if said.get("action_state") == "done":
        actions.complete(session, found.action, str(said.get("what_was_done") or ""), actor, now)
        return str(said.get("evidence") or "")
    new = day_or_none(said.get("new_date"))
    parts = [
        said.get("progress"),
        said.get("reasons_for_delay"),
        f"Asks for {long_date(new)} instead." if new else "",
    ]
    told = "\n".join(str(part) for part in parts if part)
    actions.note_progress(session, found.action, told, now)
    return told


def _paper(session: Session, found: Submission, said: Mapping[str, Any], actor: Actor, now: datetime) -> str:
    """A paper becomes an item of its meeting's agenda, with its summary."""
    assert found.meeting is not None
    title, minutes = str(said.get("paper_title") or ""), int(said.get("minutes_needed") or MINUTES)
    if not title:
        raise Incomplete("Enter the title of the paper: it is what the agenda shows.")
    purpose = PURPOSES.get(str(said.get("paper_purpose")), Purpose.NOTE)
    lead = str(said.get("presented_by") or said.get("agency_name") or "")
    if found.case and found.meeting.case is None and found.case.reference not in title:
        title = f"{title} ({found.case.reference})"  # by which whoever has a conflict is not shown it
    item = meetings.add_item(session, found.meeting, title, purpose, lead, minutes)
    restricted = said.get("paper_circulation") == "restricted"
    if found.paper:
        submitted.accept(found.paper, item, now)
        if restricted:
            submitted.restrict(found.paper, str(said.get("circulation_named") or ""))
    asked = str(said.get("decision_asked") or "")
    summary = "" if restricted else str(said.get("paper_summary") or "")
    item.before = "\n".join(filter(None, [summary, f"To decide: {asked}" if asked else ""]))
    return f"It is item {item.position} of {found.meeting.title}."


def _report(session: Session, found: Submission, said: Mapping[str, Any], actor: Actor, now: datetime) -> str:
    """The words of a report start the recommendation, where the rapid review is open and nobody has begun one."""
    case = found.case
    if case is None or case.status is not Status.RAPID_REVIEW or draft_of(session, case):
        return "It is kept with the case; the recommendation on record stays as it is."
    draft = {kept: said.get(name, "") for name, kept in AS_RECOMMENDED.items()}
    draft |= {
        "outcome": said.get("recommendation", ""),
        "joined": said.get("joined_reviews", []),
        "activities": said.get("activities", []),
        "told": said.get("reasons_for_referrer", ""),
        "actions": said.get("actions", []),
    }
    save_draft(session, case, draft, actor, now)
    return "Its words stand in the draft of the recommendation."


ACTS: dict[str, Callable[[Session, Submission, Mapping[str, Any], Actor, datetime], str]] = {
    "action_update": _update,
    "paper": _paper,
    "rapid_review": _report,
}
