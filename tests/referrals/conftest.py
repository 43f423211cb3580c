"""A referral somebody might make, and a draft that holds it."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jcr.referrals import drafts
from jcr.referrals.model import Draft

REFERRAL: dict[str, Any] = {
    "review_type_requested": ["child"],
    "referrer_name": "Rowan Ashdown",
    "referrer_role": "Named nurse",
    "referrer_agency": "Wye Valley NHS Trust",
    "referrer_email": "rowan.ashdown@health.example.org",
    "safeguarding_lead_name": "Dr Imogen Fairlie",
    "safeguarding_lead_email": "imogen.fairlie@health.example.org",
    "date_of_referral": "2026-11-20",
    "subjects": [
        {
            "subject_name": "Kestrel Marlowe",
            "subject_dob": "2022-05-04",
            "subject_gender": "female",
            "subject_ethnicity": "White British",
            "subject_address": "4 Quarry Bank, Ledbury",
            "subject_died": "no",
        }
    ],
    "incident_date": "2026-11-12",
    "date_aware": "2026-11-13",
    "incident_summary": "The child was brought to hospital with injuries that were not explained.",
    "case_summary": "The family had been known to early help since the spring.",
    "criteria_evidence": "The consultant’s opinion of 13 November.",
    "agency_concerns": "Two earlier attendances were not shared.",
    "agencies_involved": [{"agency": "West Mercia Police"}, {"agency": "Ledbury Primary School"}],
    "immediate_concerns": "no",
}


@pytest.fixture
def answers() -> dict[str, Any]:
    return deepcopy(REFERRAL)


@pytest.fixture
def drafted(answers: dict[str, Any], NOW: datetime) -> Callable[..., tuple[str, Draft]]:
    """Writes a draft with these answers; gives back its token and itself."""

    def write(session: Session, **changes: Any) -> tuple[str, Draft]:
        token = drafts.start(session, NOW)
        draft = drafts.by_token(session, token)
        assert draft is not None
        drafts.save_topic(session, draft, "review", answers | changes, NOW)
        return token, draft

    return write
