"""Made-up messages for the demonstration's mailbox: a referral in three media and a scoping return."""

from __future__ import annotations

import mailbox
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms import FORMS, Stamp
from forms import pdf as pdf_form
from forms import text as text_form
from forms import word as word_form
from jcr.files.service import PDF, WORD
from jcr.people.model import Agency
from jcr.scoping.model import Request, State
from jcr.settings import Settings
from jcr.wording import local_day

SENDER = "Morwenna Hartigan <m.hartigan@police.example>"
Maker = Callable[[Session, Settings], EmailMessage]


def referral_answers() -> dict[str, Any]:
    """A referral about an invented man, as his invented referrer would have filled it in."""
    today = local_day(datetime.now(UTC))
    return {
        "review_type_requested": ["adult"],
        "date_of_referral": today.isoformat(),
        "referrer_name": "Morwenna Hartigan",
        "referrer_role": "Detective Constable, Adults at Risk Team",
        "referrer_agency": "West Mercia Police",
        "referrer_email": "m.hartigan@police.example",
        "referrer_telephone": "01632 960114",
        "safeguarding_lead_name": "Inspector Elin Caradoc",
        "safeguarding_lead_role": "Safeguarding Lead",
        "safeguarding_lead_email": "e.caradoc@police.example",
        "subjects": [
            {
                "subject_name": "Edwin Harcastle-Pryce",
                "subject_dob": "1951-03-14",
                "subject_gender": "male",
                "subject_ethnicity": "White British",
                "subject_address": "Flat 2, 41 Mill Rise, Hereford, HR99 7AB",
                "subject_died": "yes",
                "subject_date_of_death": (today - timedelta(days=19)).isoformat(),
                "subject_place_of_death": "At home",
                "subject_care_support_needs": "Parkinson's disease; memory loss; lived alone with a daily care visit",
            }
        ],
        "incident_date": (today - timedelta(days=19)).isoformat(),
        "date_aware": (today - timedelta(days=18)).isoformat(),
        "incident_location": "Home address",
        "incident_summary": "Found dead at home after a welfare check. The flat had no heating and no food.",
        "case_summary": (
            "Care visits stopped three weeks before the death after a change of provider.\n"
            "Four agencies held concerns about self-neglect; no meeting was called."
        ),
        "agency_concerns": "Concerns were recorded by each agency and not brought together.",
        "criteria_evidence": "Two safeguarding concerns were closed without contact with the other agencies.",
        "immediate_concerns": "no",
        "agencies_involved": [
            {
                "agency": "Adults and Communities, Herefordshire Council",
                "name": "Duty team",
                "still_involved": "no",
            },
            {"agency": "Wye Valley NHS Trust", "name": "Neurology clinic", "still_involved": "no"},
            {"agency": "Housing Providers' Forum", "name": "Tenancy officer", "still_involved": "no"},
        ],
    }


def scoping_answers(agency: str) -> dict[str, Any]:
    return {
        "agency_name": agency,
        "author_name": "Harriet Osei",
        "author_role": "Named Nurse, Safeguarding",
        "author_email": "h.osei@health.example",
        "agency_involved": "yes",
        "involvement_from": "2025-02-03",
        "involvement_to": "2026-10-30",
        "involvement_summary": "Eleven contacts, the last by telephone. Three visits were missed and not followed up.",
        "good_practice": "The receptionist asked for a welfare check when two calls were not answered.",
        "areas_for_improvement": "Missed visits were not treated as a warning.",
        "formal_investigation": "no",
        "further_investigation_issues": "Whether the new care provider knew of the earlier concerns.",
        "other_agencies_involved": "A neighbour mentioned a befriending charity; its name is not known.",
        "opinion_review_type": "review",
    }


def _referral(write: Callable[..., bytes | str], name: str, type: str) -> Maker:
    def make(session: Session, settings: Settings) -> EmailMessage:
        form = FORMS["referral"]
        written = write(form, referral_answers(), Stamp(kind="referral", edition=form.edition))
        message = _message(SENDER, settings, "Referral for a joint case review")
        if isinstance(written, str):
            message.set_content(written)
            return message
        message.set_content("Please find attached our referral. Our safeguarding lead has approved it.\n")
        _attach(message, written, type, name)
        return message

    return make


NEWEST_ROUND = (Request.round_id.desc(), Request.id)


def _scoping_return(session: Session, settings: Settings) -> EmailMessage:
    request = session.scalar(select(Request).where(Request.state == State.ASKED).order_by(*NEWEST_ROUND))
    if request is None:
        raise LookupError("There is no scoping request waiting for an answer. Open scoping on a case first.")
    agency = session.get_one(Agency, request.agency_id)
    form = FORMS["scoping"]
    stamp = Stamp(kind="scoping", edition=form.edition, agency=agency.code, token=request.stamp)
    message = _message(f"Harriet Osei <{agency.contact_email}>", settings, "Scoping return")
    message.set_content("Our scoping return is attached.\n")
    _attach(message, word_form.blank(form, scoping_answers(agency.name), stamp), WORD, "scoping-return.docx")
    return message


MESSAGES: dict[str, Maker] = {
    "referral-word": _referral(word_form.blank, "referral.docx", WORD),
    "referral-pdf": _referral(pdf_form.blank, "referral.pdf", PDF),
    "referral-text": _referral(text_form.blank, "", ""),
    "scoping-return": _scoping_return,
}


def drop(message: EmailMessage, settings: Settings) -> Path:
    """Delivers the message into the mailbox folder. Raises ValueError when the mailbox is not a folder."""
    if not settings.mailbox_url.startswith("maildir:"):
        raise ValueError(
            "The mailbox is not a folder: set JCR_MAILBOX_URL to maildir:FOLDER to try made-up mail."
        )
    folder = Path(settings.mailbox_url.removeprefix("maildir:"))
    folder.parent.mkdir(parents=True, exist_ok=True)
    key = mailbox.Maildir(folder, create=True).add(message.as_bytes(policy=SMTP))
    return folder / "new" / key


def _message(sender: str, settings: Settings, subject: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = settings.mail_address
    message["Subject"] = subject
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].rstrip(">"))
    return message


def _attach(message: EmailMessage, content: bytes, type: str, name: str) -> None:
    main, _, sub = type.partition("/")
    message.add_attachment(content, maintype=main, subtype=sub, filename=name)
