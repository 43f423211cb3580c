"""What a case knows that must not be published: everybody named in it, where they live, when they were born."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.dates import day_or_none
from jcr.cases.model import Case
from jcr.chronology import pseudonyms
from jcr.meetings import service as meetings
from jcr.records.finding import ADDRESS, BORN, CONTACT, NAME, NAME_OR_POST, NHS, Known
from jcr.referrals.service import of_case as referral_of
from jcr.scoping.model import Request, Round

# By the ends of canonical names of questions
ENDS = {
    "name": NAME, "names": NAME, "carer_at_incident": NAME, "address": ADDRESS, "incident_location": ADDRESS,
    "postcode": ADDRESS, "email": CONTACT, "telephone": CONTACT, "nhs_number": NHS, "dob": BORN, "date_of_death": BORN,
}  # fmt: skip


def known_to(session: Session, case: Case) -> list[Known]:
    """Each thing once: of the subjects, the referral, the returns, the pseudonyms, and whoever met or answered."""
    return list(dict.fromkeys(one for one in _everything(session, case) if one.text))


def _everything(session: Session, case: Case) -> Iterator[Known]:
    for subject in case.subjects:
        yield from (Known(NAME, name) for name in (subject.name, *subject.other_names))
        yield from (Known(BORN, day.isoformat()) for day in (subject.dob, subject.date_of_death) if day)
        yield Known(NHS, subject.nhs_number)
        yield from _told(subject.details)
    yield from (Known(NAME, name) for name in pseudonyms.stand_ins(session, case))
    referral = referral_of(session, case)
    if referral:
        yield from _told(referral.sent_answers)
        yield from _told(referral.best_known)
    yield from _of_agencies(session, case)
    for meeting in meetings.of_case(session, case):
        yield from (Known(NAME, place.person.name) for place in meeting.attendances)
        yield from (Known(NAME, place.deputy_name) for place in meeting.attendances)


def _of_agencies(session: Session, case: Case) -> Iterator[Known]:
    for request in session.scalars(select(Request).join(Round).where(Round.case_id == case.id)):
        yield Known(NAME_OR_POST, request.contact_name)
        yield Known(CONTACT, request.contact_email)
        for one in request.returns:
            yield Known(NAME_OR_POST, one.signed_by)
            yield from _told(one.answers)


def _told(answers: Mapping[str, Any]) -> Iterator[Known]:
    """What answers say of that kind, in rows too."""
    for name, text in _texts(answers):
        kind = _kind(name)
        if kind == BORN:
            day = day_or_none(text)
            text = day.isoformat() if day else ""
        if kind and text:
            yield Known(kind, text.strip())


def _texts(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each name with its text, those of rows among them."""
    for name, value in answers.items():
        if isinstance(value, str):
            yield name, value
        for row in value if isinstance(value, list) else ():
            if isinstance(row, Mapping):
                yield from _texts(row)


def _kind(name: str) -> str:
    return next((kind for end, kind in ENDS.items() if name == end or name.endswith(f"_{end}")), "")
