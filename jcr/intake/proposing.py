"""What the clues propose to do with a message of the pile, each done at one press of a key or button."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Literal

from sqlalchemy.orm import Session

from jcr.cases.service import by_reference
from jcr.errors import NotNow
from jcr.intake import answers, bounced, parting
from jcr.intake import service as intake
from jcr.intake.filing import Office
from jcr.intake.model import Message
from jcr.intake.parting import forms_in
from jcr.intake.taken_apart import BODY
from jcr.people.model import Person
from jcr.roles import Actor
from jcr.scoping import service as scoping
from jcr.scoping.model import Request

MOST_BOUNCED = 2  # of letters that an address alone speaks for
MOST = 4  # no more than fit the keys under one hand


@dataclass(frozen=True)
class Proposal:
    """One thing to do with a message; `because` is the reason kept with it when a person agrees."""

    act: Literal["split", "referral", "request", "answer", "bounce", "case"]
    label: str
    because: str
    path: str = ""
    reference: str = ""
    stamp: str = ""

    @property
    def key(self) -> str:
        """Names the proposal on the page, so that pressing a button does what the button said or nothing."""
        said = "\n".join((self.act, self.path, self.reference, self.stamp))
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def proposals(
    session: Session, office: Office, person: Person, message: Message, now: datetime
) -> list[Proposal]:
    """The likeliest first; nothing about cases this person may not see."""
    forms = forms_in(message)
    if len(forms) > 1:  # filing one of them would take the others off the pile
        return [
            Proposal(
                "split", f"Split it into {len(forms)} parts, one form each", f"it carries {len(forms)} forms"
            )
        ]
    clues = message.details.get("suggestions") or []
    found = [
        *_returns(session, person, message, clues),
        *_referrals(message),
        *_answers(session, office, person, message, now),
        *_bounces(session, person, message),
        *_cases(session, person, clues),
    ]
    return list({one.key: one for one in found}.values())[:MOST]


def _returns(
    session: Session, person: Person, message: Message, clues: list[Mapping[str, str]]
) -> Iterator[Proposal]:
    for path in _read_as(message, "scoping"):
        for clue in clues:
            request = scoping.by_stamp(session, clue["request"]) if clue["request"] else None
            if request and by_reference(session, person, request.case.reference):
                yield Proposal(
                    "request", f"Put {_named(path)} on the request to {request.agency.name}, {clue['case']}",
                    clue["because"], path, clue["case"], clue["request"],
                )  # fmt: skip


def _referrals(message: Message) -> Iterator[Proposal]:
    for path in _read_as(message, "referral"):
        label = f"Open a new case from {_named(path)}"
        yield Proposal("referral", label, f"{_named(path)} is a referral", path)


def _answers(
    session: Session, office: Office, person: Person, message: Message, now: datetime
) -> Iterator[Proposal]:
    if found := answers.waiting_in(session, office.head, person, message, now):
        yield Proposal("answer", f"Record that {found.in_words}", found.because, stamp=str(found.place.id))


def _bounces(session: Session, person: Person, message: Message) -> Iterator[Proposal]:
    for one in islice(bounced.may_be_about(session, person, message), MOST_BOUNCED):
        yield Proposal("bounce", f"Note that {one.in_words}", one.because, stamp=str(one.letter.id))


def _cases(session: Session, person: Person, clues: list[Mapping[str, str]]) -> Iterator[Proposal]:
    for clue in clues:
        if by_reference(session, person, clue["case"]):
            yield Proposal("case", f"Put it with {clue['case']}", clue["because"], reference=clue["case"])


def _read_as(message: Message, kind: str) -> list[str]:
    kinds = {one["path"]: one["reading"].get("kind") for one in message.readings}
    return [path for path in forms_in(message) if kinds[path] == kind]


def _named(path: str) -> str:
    return "the words of the message" if path == BODY else path


def agree(
    session: Session, office: Office, person: Person, message: Message, key: str, actor: Actor, now: datetime
) -> str:
    """Does what was proposed, and says what was done. Raises NotNow when it is proposed no longer."""
    offered = proposals(session, office, person, message, now)
    chosen = next((one for one in offered if one.key == key), None)
    if chosen is None:
        raise NotNow("This is not proposed any more. Look at the message again.")
    why = f"{chosen.because[:1].upper()}{chosen.because[1:]}."
    return _do(session, office, person, message, chosen, why, actor, now)


def _do(
    session: Session, office: Office, person: Person, message: Message, chosen: Proposal, why: str,
    actor: Actor, now: datetime,
) -> str:  # fmt: skip
    if chosen.act == "split":
        made = parting.split(session, message, parting.one_form_each(message), why, actor, now)
        return f"The message is split into {len(made)} parts, and each waits on the pile by itself."
    if chosen.act == "referral":
        case = intake.open_as_referral(session, office, message, chosen.path, why, actor, now)
        return f"{case.reference} is open. Its reading waits on the desk to be checked."
    if chosen.act == "request":
        request: Any = scoping.by_stamp(session, chosen.stamp)
        assert isinstance(request, Request)
        intake.land_on_request(session, office, message, request, chosen.path, why, actor, now)
        return f"The return is with {chosen.reference}."
    if chosen.act == "answer":
        found: Any = answers.waiting_in(session, office.head, person, message, now)
        answers.record_answer(session, office.head, message, found, why, actor, now)
        return f"It is recorded that {found.in_words}."
    if chosen.act == "bounce":
        letters = bounced.may_be_about(session, person, message)
        returned = next(one for one in letters if str(one.letter.id) == chosen.stamp)
        bounced.note_returned(session, message, returned, why, actor, now)
        return f"It is noted that {returned.in_words}."
    known = by_reference(session, person, chosen.reference)
    assert known is not None
    intake.file_to_case(session, message, known, why, actor, now)
    return f"The message is with {chosen.reference}."
