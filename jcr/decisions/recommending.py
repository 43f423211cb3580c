"""Records the recommendation of a rapid review, and asks those who decide to ratify it: one act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from forms.dates import day_or_none
from jcr.actions.service import Agreed, agree
from jcr.cases.model import Case, Route
from jcr.cases.naming import given_away
from jcr.cases.rules import Calendar, CalendarEnds, meet_by, rapid_review_by, ratify_by
from jcr.cases.workflow import perform
from jcr.correspondence import service as correspondence
from jcr.correspondence.model import Kind
from jcr.correspondence.service import Letterhead
from jcr.correspondence.wording import only, points
from jcr.criteria.service import referral_answers, snapshot, tests_of
from jcr.decisions import offices, rules
from jcr.decisions.model import Draft, Outcome, Recommendation
from jcr.errors import Incomplete, NotNow
from jcr.meetings import service as meetings
from jcr.meetings.model import Meeting
from jcr.people.model import OFFICE_NAMES, Office, Person
from jcr.people.service import delegate_until
from jcr.roles import Actor
from jcr.wording import local_day, long_date

NEEDED = {
    "facts_summary": "Summarise what happened.",
    "rationale": "Give the reasons for the recommendation: they cannot be left out.",
    "equality": "Say how race, culture and other protected characteristics were considered.",
}
TEXTS = (
    "facts_summary", "composition", "equality", "voice", "immediate", "good_practice", "learning", "parallel",
    "other_activity", "rationale", "method", "period", "enquiry", "legal_advice", "delay", "dissent",
    "national_review", "family", "publication",
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What the group said. `told` are the reasons for the referrer; left empty, they get the rationale."""

    outcome: Outcome
    facts_summary: str
    rationale: str
    equality: str
    joined: Sequence[str] = ()
    activities: Sequence[str] = ()
    other_activity: str = ""
    told: str = ""
    voice: str = ""
    good_practice: str = ""
    learning: str = ""
    dissent: str = ""
    national_review: str = ""
    family: str = ""
    publication: str = ""
    composition: str = ""
    episodes: Sequence[Mapping[str, str]] = ()
    immediate: str = ""
    parallel: str = ""
    method: str = ""
    period: str = ""
    enquiry: str = ""
    legal_advice: str = ""
    delay: str = ""
    actions: Sequence[Agreed] = ()


def recommend(
    session: Session,
    head: Letterhead,
    calendar: Calendar,
    case: Case,
    meeting: Meeting,
    said: Said,
    actor: Actor,
    now: datetime,
    council_directorates_apart: bool = False,
    dardr_from: date | None = None,
) -> Recommendation:
    """Records what the meeting recommends, agrees its actions, minutes it, and writes to those who ratify.

    Raises NotNow when the meeting is not quorate, has no unconflicted chair or the case is at another stage;
    Incomplete for what is missing, for an outcome the case cannot have (ToR 3), or when nobody can ratify it.
    """
    allowed = meetings.may_recommend(meeting, council_directorates_apart)
    if meeting.case_id != case.id or not allowed:
        raise NotNow(allowed.because if meeting.case_id == case.id else "This meeting is about another case.")
    criteria = criteria_of(session, case, local_day(now), dardr_from)
    due_on = owed_on(session, case, calendar)
    _refuse_what_is_wrong(case, said, criteria, lateness(due_on, meeting, now))
    chair = meetings.recommending_chair(meeting)
    assert chair is not None  # may_recommend has seen to it
    deciding = offices.deciders(session, case, chair, local_day(now))
    perform(
        session, case, "recommend", actor, now, said.rationale, outcome=said.outcome.value, criteria=criteria
    )
    own_dissent = said.dissent
    if told := meetings.dissent_of(meeting):  # by name, at the meeting: it goes to whoever ratifies
        said = replace(said, dissent="\n".join(filter(None, [said.dissent.strip(), *told])))
    found = _store(session, case, meeting, said, criteria, due_on, allowed.because, actor, now)
    if found.number > 1 and meeting.round:
        meeting.round.read_until = found.returns_until
    agreed = [agree(session, case, one, actor, now) for one in said.actions]
    found.action_ids = [action.id for action in agreed]
    if meeting.minutes_approved_at is None:  # a second recommendation may follow on approved minutes
        meetings.set_outcome(session, meeting, f"{describe(found)}.", found.rationale, own_dissent, agreed)
    ask_to_ratify(session, head, calendar, found, deciding, actor, now)
    session.execute(delete(Draft).where(Draft.case_id == case.id))
    return found


def criteria_of(
    session: Session, case: Case, on: date, dardr_from: date | None = None
) -> list[dict[str, Any]]:
    """The results of the tests as they stand that day, as a recommendation keeps them."""
    return snapshot(tests_of(session, case, on, dardr_from))


def owed_on(session: Session, case: Case, calendar: Calendar) -> date | None:
    """The day the rapid review is owed, by the tightest route; None where a child's clock has not started."""
    try:
        return min(_owed(session, case, calendar), default=None)
    except CalendarEnds:
        return None


def _owed(session: Session, case: Case, calendar: Calendar) -> Iterator[date]:
    for route in case.route_names:
        if route is not Route.CHILD and case.received_on:
            yield meet_by(route, case.received_on, calendar).on
        elif route is Route.CHILD:
            aware_on = case.la_aware_on or day_or_none(referral_answers(session, case).get("date_aware"))
            if due := rapid_review_by(case.incident_notified_on, aware_on, calendar):
                yield due.on


def lateness(due_on: date | None, meeting: Meeting, now: datetime) -> str:
    """That the rapid review met late, in a sentence that asks why; empty when it did not."""
    if due_on is None or min(local_day(meeting.starts_at), local_day(now)) <= due_on:
        return ""
    return f"The rapid review was due by {long_date(due_on)}: say why it met later."


def _refuse_what_is_wrong(case: Case, said: Said, criteria: rules.Criteria, late: str) -> None:
    wrong = " ".join(sentence for _, sentence in faults(case, said, criteria, late))
    if wrong:
        raise Incomplete(wrong)


def faults(case: Case, said: Said, criteria: rules.Criteria, late: str) -> Iterator[tuple[str, str]]:
    """The name of the question and a sentence for each thing that is wrong; `late` says when it is overdue."""
    for name, sentence in NEEDED.items():
        if not getattr(said, name).strip():
            yield name, sentence
    routes = [route.value for route in case.route_names]
    if not routes:
        yield "outcome", "The case is on no route. Choose the kinds of review to consider under its criteria."
    for answer in rules.objections(said.outcome, said.joined, said.activities, routes, criteria):
        yield "outcome", answer.because
    if said.outcome is Outcome.OTHER_LEARNING and not said.other_activity.strip():
        yield "other_activity", "Say what learning activity follows, and who leads it."
    if said.outcome is Outcome.OTHER_LEARNING and not said.activities:
        yield "activities", "Select the kind of activity that follows: the letter to the referrer names it."
    if late and not said.delay.strip():
        yield "delay", late
    field = "told" if said.told.strip() else "rationale"
    if named := given_away(case, said.told.strip() or said.rationale):
        where = "These reasons name" if field == "told" else "The letter would give these reasons, which name"
        yield (
            field,
            f"{where} a subject or a date of birth (“{named}”). Write initials for the referrer instead.",
        )


def describe(recommendation: Recommendation) -> str:
    """The recommendation in a few words."""
    if recommendation.outcome is not Outcome.JOINT:
        return rules.printed(recommendation.outcome, recommendation.criteria)
    joined = (rules.printed(review, recommendation.criteria) for review in recommendation.reviews)
    return f"{rules.NAMES[Outcome.JOINT]}: {' with '.join(joined)}"


def latest(session: Session, case: Case) -> Recommendation | None:
    """The case's recommendation that counts: the last."""
    found = select(Recommendation).where(Recommendation.case_id == case.id)
    return session.scalar(found.order_by(Recommendation.number.desc()).limit(1))


def draft_of(session: Session, case: Case) -> Draft | None:
    return session.scalar(select(Draft).where(Draft.case_id == case.id))


def save_draft(session: Session, case: Case, answers: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """Keeps what was typed so far, right or wrong; nothing is recommended by it."""
    draft = draft_of(session, case)
    if draft is None:
        draft = Draft(case_id=case.id)
        session.add(draft)
    draft.answers, draft.saved_at, draft.saved_by = dict(answers), now, actor.name


def _store(
    session: Session,
    case: Case,
    meeting: Meeting,
    said: Said,
    criteria: list[dict[str, Any]],
    due_on: date | None,
    quorum: str,
    actor: Actor,
    now: datetime,
) -> Recommendation:
    number = session.scalar(select(func.max(Recommendation.number)).where(Recommendation.case_id == case.id))
    found = Recommendation(
        case=case,
        number=(number or 0) + 1,
        meeting=meeting,
        outcome=said.outcome,
        reviews=list(rules.reviews_of(said.outcome, said.joined)),
        activities=list(said.activities),
        routes=[route.value for route in case.route_names],
        criteria=criteria,
        told=(said.told.strip() or said.rationale.strip()),
        episodes=[dict(one) for one in said.episodes],
        due_on=due_on,
        chaired_by=meetings.recommending_chair(meeting),
        quorum=quorum,
        made_at=now,
        made_by=actor.name,
        **{name: getattr(said, name).strip() for name in TEXTS},
    )
    session.add(found)
    session.flush()
    return found


def ask_to_ratify(
    session: Session,
    head: Letterhead,
    calendar: Calendar,
    recommendation: Recommendation,
    deciding: Mapping[Office, Sequence[Person]],
    actor: Actor,
    now: datetime,
    again: str = "",
) -> None:
    """One letter for each person, whatever number of offices they hold; `again` tells a later occasion apart."""
    case = recommendation.case
    held: dict[Person, list[str]] = {}
    for office, people in deciding.items():
        for person in people:
            until = delegate_until(session, office, person, local_day(now))
            as_delegate = f", as a delegate until {long_date(until)}" if until else ""
            held.setdefault(person, []).append(OFFICE_NAMES[office] + as_delegate)
    answer_by = _answer_by(case, calendar)
    for person, names in held.items():
        facts = {
            "decision_maker": person.name,
            "offices": points(names),
            "link": head.link(f"/cases/{case.reference}/ratify"),
            "answer_by": answer_by,
            "only_again": only(recommendation.number > 1),
            "only_no_date": only(answer_by is None),
            "officer": actor.name,
        }
        occasion = f"ratification-{case.reference}-{recommendation.number}-{person.id}{again}"
        correspondence.write(
            session, head, Kind.RATIFICATION_REQUEST, occasion, person.email, facts, actor, now, case=case
        )


def _answer_by(case: Case, calendar: Calendar) -> date | None:
    """For a child case the day before the review is owed to the Panel; the others have no figure."""
    if Route.CHILD not in case.route_names or case.incident_notified_on is None:
        return None
    try:
        return ratify_by(case.incident_notified_on, calendar).on
    except CalendarEnds:
        return None
