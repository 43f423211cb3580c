"""The rapid review report: what the record holds, as the page shows it and as the PDF prints it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from forms.dates import day_or_none
from jcr.actions.service import of_case as actions_of
from jcr.cases.model import Subject
from jcr.cases.rules import age_on
from jcr.correspondence.service import Letterhead
from jcr.criteria.service import referral_answers
from jcr.decisions import rules
from jcr.decisions.made_again import why_again
from jcr.decisions.model import Ratification, Recommendation
from jcr.decisions.offices import Place, beside, came_back, decided, progress
from jcr.decisions.recommending import describe, latest
from jcr.documents import recommendation as sheet
from jcr.documents.parts import Action
from jcr.meetings import service as meetings
from jcr.meetings.model import Attendance, Presence
from jcr.meetings.standing import RECOMMENDATION
from jcr.scoping import service as scoping
from jcr.triage.rules import ACTIVITIES
from jcr.wording import listed, local_day, long_date

ANSWERS = {"yes": "Met", "no": "Not met", "not_known": "Not yet known"}
TESTS = {"child": "Child test", "adult": "Adult test", "domestic": "Domestic test"}


def report(session: Session, recommendation: Recommendation, head: Letterhead) -> sheet.Recommendation:
    """The report's contents. Subjects stand in it by initials; `sheet.render` makes it a PDF."""
    case, meeting = recommendation.case, recommendation.meeting
    round = scoping.round_of(session, case)
    far = progress(session, recommendation, local_day(recommendation.made_at))
    is_last = recommendation is latest(session, case)
    requests, until = round.requests if round else [], recommendation.returns_until
    return sheet.Recommendation(
        organisation=head.partnership,
        marking=head.marking,
        reference=case.reference,
        title=f"Rapid review of {case.reference}",
        date=long_date(local_day(recommendation.made_at)),
        recommendation=describe(recommendation),
        rationale=recommendation.rationale,
        subjects=tuple(_subject(session, subject) for subject in case.subjects),
        dates=(
            *_dates(session, recommendation),
            ("Ratification", f"{far.sentence} {(decided if is_last else beside)(recommendation)}"),
        ),
        incident=recommendation.facts_summary,
        family=recommendation.composition,
        timeline=tuple(sheet.Event(one["when"], one["what"]) for one in recommendation.episodes),
        attendees=tuple(_attendee(place) for place in meeting.attendances if place.is_in_the_room),
        agencies_returned=tuple(one.agency.name for one in requests if one.answered_by(until)),
        agencies_late=tuple(
            one.agency.name for one in requests if one.returns and not one.answered_by(until)
        ),
        agencies_not_returned=tuple(one.agency.name for one in requests if not one.returns),
        equality=recommendation.equality,
        voice=recommendation.voice,
        learning=recommendation.learning,
        good_practice=recommendation.good_practice,
        criteria=tuple(line for one in recommendation.criteria for line in _limbs(one)),
        national_review=recommendation.national_review,
        terms=tuple(_terms(session, recommendation)),
        dissent=recommendation.dissent,
        immediate=recommendation.immediate,
        actions=agreed_with(session, recommendation),
        family_involvement=recommendation.family,
        parallel_processes=recommendation.parallel,
        publication=recommendation.publication,
        quorum=recommendation.quorum,
        signed_by=_signed(recommendation),
        ratifications=tuple(_ratification(one, one.answer) for one in far.places if one.answer),
        to_sign=tuple(one.name for one in far.missing if not came_back(recommendation)),
        is_ratified=far.is_complete,
        contact_lines=(head.contact,),
    )


def file_name(recommendation: Recommendation) -> str:
    """Such as JCR-2026-0001-recommendation-1.pdf: no names."""
    return f"{recommendation.case.reference}-recommendation-{recommendation.number}.pdf"


def _dates(session: Session, recommendation: Recommendation) -> tuple[tuple[str, str], ...]:
    case, answers = recommendation.case, referral_answers(session, recommendation.case)
    days: dict[str, date | None] = {
        "Incident": day_or_none(answers.get("incident_date")),
        "Referring agency became aware": day_or_none(answers.get("date_aware")),
        "Referral received": case.received_on,
        "Serious incident notification": case.incident_notified_on,
        "Rapid review due": recommendation.due_on,
        "Rapid review met": recommendation.met_on,
    }
    told = [(name, long_date(day)) for name, day in days.items() if day]
    late = [("Why it was late", recommendation.delay)] if recommendation.delay else []
    return (*told, *late)


def _subject(session: Session, subject: Subject) -> str:
    """Initials, with the age on the day of the incident where both are known."""
    day = day_or_none(referral_answers(session, subject.case).get("incident_date"))
    if subject.dob is None or day is None or day < subject.dob:
        return subject.initials
    return f"{subject.initials}, aged {age_on(subject.dob, day)}"


def _attendee(place: Attendance) -> str:
    agency = f", {place.agency.name}" if place.agency else ""
    if place.state is Presence.DEPUTY:
        return f"{place.deputy_name} for {place.person.name}{agency}"
    chairing = " (chair)" if place.chairing else ""
    return f"{place.person.name}{chairing}{agency or ', in attendance'}"


def _limbs(judged: dict[str, Any]) -> list[sheet.Criterion]:
    by = f" ({judged['edition']})" if "edition" in judged else ""
    test = f"{TESTS[judged['route']]}, {judged['initials']}: {ANSWERS[judged['met']].lower()}{by}"
    return [
        sheet.Criterion(test, limb["question"], ANSWERS[limb["answer"]], limb["because"], limb["paragraph"])
        for limb in judged["limbs"]
    ]


def _terms(session: Session, recommendation: Recommendation) -> list[tuple[str, str]]:
    told = {
        "Why it is made again": why_again(session, recommendation),
        "Method proposed": recommendation.method,
        "Period to be reviewed": recommendation.period,
        "Lines of enquiry": recommendation.enquiry,
        "Legal advice": recommendation.legal_advice,
        "Other activity": "\n".join(
            [ACTIVITIES[one] for one in recommendation.activities] + [recommendation.other_activity]
        ).strip(),
        "To be weighed": "\n".join(cautions(recommendation)),
        "Reasons for the referrer": recommendation.told
        if recommendation.told != recommendation.rationale
        else "",
    }
    return [(name, text) for name, text in told.items() if text]


def cautions(recommendation: Recommendation) -> list[str]:
    """What whoever ratifies has to weigh, in sentences with their source."""
    found = rules.cautions(recommendation.outcome, recommendation.reviews, recommendation.criteria)
    return [f"{one.because} ({one.source})" for one in found]


def agreed_with(session: Session, recommendation: Recommendation) -> tuple[Action, ...]:
    """Those agreed with the recommendation, and any others minuted under its item."""
    item = meetings.item_called(recommendation.meeting, RECOMMENDATION)
    agreed = {*recommendation.action_ids, *(action.id for action in (item.actions if item else []))}
    return tuple(
        Action(one.label, _task(one.task, one.expected), one.who, long_date(one.due_on))
        for one in actions_of(session, recommendation.case)
        if one.id in agreed
    )


def _task(task: str, expected: str) -> str:
    return f"{task}\nExpected: {expected}" if expected else task


def _signed(recommendation: Recommendation) -> str:
    met = long_date(recommendation.met_on)
    routes = listed([TESTS[route].split()[0].lower() for route in recommendation.routes])
    again = f"This is recommendation {recommendation.number}. " if recommendation.number > 1 else ""
    return again + (
        f"Recommended at the rapid review of {met} with {recommendation.chaired_by.name} in the chair, "
        f"on the {routes} {'route' if len(recommendation.routes) == 1 else 'routes'}. "
        f"Recorded by {recommendation.made_by}."
    )


def _ratification(place: Place, given: Ratification) -> sheet.Ratification:
    name = f"{given.person.name}, delegate" if place.by_delegate else given.person.name
    on = long_date(local_day(given.at))
    return sheet.Ratification(name, place.name, given.outcome.shown, given.reason, on)
