"""Drafts: a referral being written behind a link, saved as it is typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import PurePath
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms import ReferralForm
from forms.fields import EMAIL
from jcr.correspondence import service as correspondence
from jcr.correspondence.model import Kind
from jcr.correspondence.service import Letterhead
from jcr.errors import Incomplete, NotNow
from jcr.files import service as files
from jcr.files.uploading import must_be_takable
from jcr.links import hashed
from jcr.outsiders import service as outsiders
from jcr.outsiders.model import Purpose
from jcr.referrals.model import Draft, DraftFile, Referral
from jcr.roles import outsider
from jcr.wording import count

MAX_FILES = 30
MAX_LINK_LETTERS = 5  # the page is open to all: nobody shall use it to write to others without end
UNSAFE_IN_NAMES = re.compile(r"[\x00-\x1f\x7f<>:\"|?*/\\]+")
THE_REFERRER = outsider("The referrer")


def start(session: Session, now: datetime, holds: timedelta = outsiders.LINK_HOLDS) -> str:
    """A new, empty draft; the token that opens it is returned and not kept."""
    token = outsiders.make(session, Purpose.REFERRAL, "", None, now, holds=holds)
    _empty(session, token, now)
    return token


def _empty(session: Session, token: str, now: datetime) -> Draft:
    """An empty draft that this token opens."""
    draft = Draft(token_hash=hashed(token), created_at=now, changed_at=now, answers={}, visited=[])
    session.add(draft)
    session.flush()
    return draft


def by_token(session: Session, token: str) -> Draft | None:
    """The draft this link opens."""
    return session.scalar(
        select(Draft).where(Draft.token_hash == outsiders.key(session, token, Purpose.REFERRAL))
    )


def address_of(session: Session, draft: Draft) -> str:
    """Where the code for its first link goes; empty while its writer has given no address."""
    first = outsiders.by_key(session, draft.token_hash)
    return first.address if first else ""


def reopen(session: Session, referral: Referral, why: str, now: datetime, holds: timedelta) -> str:
    """Gives the referral back into the referrer's hands; the token of the link at which they correct it."""
    draft = _draft_of(session, referral, now)
    address, case_id = referral.referrer_email, referral.case_id
    token = outsiders.make(
        session, Purpose.REFERRAL, address, case_id, now, opens=draft.token_hash, holds=holds
    )
    draft.returned_because = why
    referral.returned_at, referral.returned_because = now, why
    return token


def of_referral(session: Session, referral: Referral) -> Draft | None:
    return session.get(Draft, referral.draft_id) if referral.draft_id else None


def _draft_of(session: Session, referral: Referral, now: datetime) -> Draft:
    """The draft the referrer goes on with; a referral by e-mail gets its first, with all that is known."""
    draft = of_referral(session, referral)
    if draft is None:
        draft = _empty(session, outsiders.make(session, Purpose.REFERRAL, "", referral.case_id, now), now)
        draft.answers, draft.case_id, draft.case = referral.best_known, referral.case_id, referral.case
        draft.sent_at = now
        referral.draft_id = draft.id
    return draft


def save_topic(session: Session, draft: Draft, key: str, answers: Mapping[str, Any], now: datetime) -> None:
    """Keeps the whole draft as typed after a topic was saved; wrong answers are kept too.

    Raises NotNow once the referral is with the Partnership Team.
    """
    _must_be_open(draft)
    draft.answers = dict(answers)
    address = str(answers.get("referrer_email") or "").strip()
    if EMAIL.fullmatch(address):
        outsiders.expect(session, draft.token_hash, address)
    draft.visited = sorted({*draft.visited, key})
    draft.changed_at = now


def add_file(session: Session, draft: Draft, name: str, content: bytes, now: datetime) -> DraftFile:
    """Attaches a document, picture or the like. Raises Incomplete with a sentence when it cannot be taken."""
    _must_be_open(draft)
    must_be_takable(name, content)
    if len(draft.files) >= MAX_FILES:
        raise Incomplete(
            f"{count(MAX_FILES, 'file')} are attached already. Put the others into one document."
        )
    file = files.keep(session, content, now)
    attached = DraftFile(file_id=file.id, file=file, name=safe_name(name), added_at=now)
    draft.files.append(attached)
    draft.changed_at = now
    session.flush()
    return attached


def remove_file(session: Session, draft: Draft, id: int, now: datetime) -> None:
    """Takes an attachment off the draft; one that is not there is no mistake."""
    _must_be_open(draft)
    draft.files[:] = [attached for attached in draft.files if attached.id != id]
    draft.changed_at = now


def safe_name(name: str) -> str:
    """The last part of a file's name, without characters that mean something to a computer."""
    base = PurePath(name.replace("\\", "/")).name
    cleaned = UNSAFE_IN_NAMES.sub(" ", base).strip(" .")
    return cleaned[-120:] or "document"


def problems(answers: Mapping[str, Any], today: date) -> list[tuple[str, str]]:
    """Canonical name and sentence of everything that keeps a referral from being sent."""
    return ReferralForm.from_answers(answers, today=today).problems()


def email_link(session: Session, head: Letterhead, draft: Draft, address: str, now: datetime) -> None:
    """Sends a link of its own to each address its writer gives, a few times at most."""
    _must_be_open(draft)
    if draft.links_sent >= MAX_LINK_LETTERS:
        raise NotNow("The link was e-mailed several times already. Copy it from this page instead.")
    draft.links_sent += 1
    occasion = f"draft-link:{draft.id}:{draft.links_sent}"
    outsiders.belong(session, draft.token_hash, address, draft.case_id)
    token = outsiders.make(
        session, Purpose.REFERRAL, address, draft.case_id, now, opens=draft.token_hash, holds=head.links_hold
    )
    facts = {"link": head.link(f"{Purpose.REFERRAL.path}{token}")}
    correspondence.write(session, head, Kind.DRAFT_LINK, occasion, address, facts, THE_REFERRER, now)


def _must_be_open(draft: Draft) -> None:
    if draft.is_with_us:
        raise NotNow(
            "This referral was sent, so it cannot be changed here. Write to the Partnership Team instead."
        )
