"""What a case knows that must not be published: everybody named in it, where they live, when they were born."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.chronology import pseudonyms
from jcr.chronology.particulars import BORN, CONTACT, NAME, NAME_OR_POST, NHS, REFERENCE, Known, told
from jcr.meetings import service as meetings
from jcr.referrals.service import of_case as referral_of
from jcr.scoping.model import Request, Round


def known_to(session: Session, case: Case) -> list[Known]:
    """Each thing once: of the subjects, the referral, the returns, the pseudonyms, and whoever met or answered."""
    return list(dict.fromkeys(one for one in _everything(session, case) if one.text))


def _everything(session: Session, case: Case) -> Iterator[Known]:
    yield Known(REFERENCE, case.reference)
    for subject in case.subjects:
        yield from (Known(NAME, name) for name in (subject.name, *subject.other_names))
        yield from (Known(BORN, day.isoformat()) for day in (subject.dob, subject.date_of_death) if day)
        yield Known(NHS, subject.nhs_number)
        yield from told(subject.details)
    yield from (Known(NAME, name) for name in pseudonyms.stand_ins(session, case))
    referral = referral_of(session, case)
    if referral:
        yield from told(referral.sent_answers)
        yield from told(referral.best_known)
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
            yield from told(one.answers)
