"""A referral on paper: the blank form in each medium, and the PDF copy of one that was sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from forms import ReferralForm, Stamp
from forms.media import MEDIA, written
from forms.shown import Section, sections
from jcr.correspondence.service import Letterhead
from jcr.documents.referral import FormCopy, render
from jcr.referrals.model import Referral
from jcr.referrals.shown import for_readers
from jcr.wording import local_day, long_date

TYPES = {ending: medium.content_type for ending, medium in MEDIA.items()}


def blank(medium: str, issuer: str) -> bytes:
    """The empty referral form as Word, PDF or plain text; KeyError for any other medium."""
    return written(ReferralForm, medium, None, Stamp(ReferralForm.kind, ReferralForm.edition), issuer)


def copy_of(referral: Referral, answers: Mapping[str, Any], head: Letterhead) -> bytes:
    """The referrer's PDF copy of these answers; its title and metadata name nobody."""
    return _on_paper(referral, head, "Copy of your referral", sections(ReferralForm, answers))


def copy_for_readers(referral: Referral, answers: Mapping[str, Any], head: Letterhead) -> bytes:
    """The same for those who did not write it: told of the referrer, the empty questions in one line."""
    return _on_paper(referral, head, "Referral", for_readers(answers))


def _on_paper(referral: Referral, head: Letterhead, title: str, told: Sequence[Section]) -> bytes:
    return render(
        FormCopy(
            organisation=head.partnership,
            marking=head.marking,
            reference=referral.case.reference,
            title=title,
            facts=_facts(referral),
            sections=told,
            contact_lines=(head.contact,),
        )
    )


def _facts(referral: Referral) -> dict[str, str]:
    case = referral.case
    facts = {
        "Reference": case.reference,
        "Sent": long_date(local_day(case.opened_at)),
        "Received": long_date(case.received_on)
        if case.received_on
        else "once the safeguarding lead signs it",
    }
    if referral.signed_off_at and referral.signed_off_how:
        day = long_date(local_day(referral.signed_off_at))
        facts["Safeguarding lead’s approval"] = f"{day}, {referral.signed_off_how.shown}"
    return facts
