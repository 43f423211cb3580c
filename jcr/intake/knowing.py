"""What the register of cases knows about the clues of one message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, raiseload

from jcr.cases.model import Case
from jcr.correspondence.model import Letter as OurLetter
from jcr.correspondence.service import by_message_id
from jcr.people.model import Agency
from jcr.people.service import agencies_of
from jcr.scoping import service as scoping
from jcr.scoping.model import Request, Round, State
from mail_intake.clues import Clues
from mail_intake.known import Known, Letter
from mail_intake.known import Request as KnownRequest


def known(
    session: Session, clues: Sequence[Clues], own: frozenset[str], servers: frozenset[str] = frozenset()
) -> list[Known]:
    """Looks up every clue of each message: sender, answered letters, stamps and references."""
    agencies = agencies_of(session, [one.sender for one in clues if one.sender])
    return [_known(session, one, agencies.get(one.sender), own, servers) for one in clues]


def _known(
    session: Session, clues: Clues, agency: Agency | None, own: frozenset[str], servers: frozenset[str]
) -> Known:
    answered = _answered(session, clues)
    return Known(
        sender_listed=agency is not None,
        sender_agency=agency.name if agency else "",
        letters=_letters(session, answered),
        requests=_requests(session, clues, answered),
        cases=_cases(session, clues),
        senders_requests=tuple(_open_requests(session, agency)) if agency else (),
        own_addresses=own,
        receiving_servers=servers,
    )


def _letters(session: Session, answered: Sequence[OurLetter]) -> dict[str, Letter]:
    return {
        letter.message_id.strip("<>"): Letter(
            letter.case.reference, _stamp_of(session, letter.id), letter.kind.value
        )
        for letter in answered
        if letter.case
    }


def _stamp_of(session: Session, letter_id: int) -> str:
    return next((request.stamp for request in scoping.by_letter(session, [letter_id])), "")


def _requests(session: Session, clues: Clues, letters: Sequence[OurLetter]) -> dict[str, KnownRequest]:
    by_token = {token: scoping.by_stamp(session, token) for token in clues.tokens}
    answered = scoping.by_letter(session, [letter.id for letter in letters]) if letters else ()
    found = {token: request for token, request in by_token.items() if request}
    found |= {request.stamp: request for request in answered}
    return {token: _request(token, request) for token, request in found.items()}


def _answered(session: Session, clues: Clues) -> Sequence[OurLetter]:
    bracketed = [f"<{one}>" for one in clues.message_ids]
    return by_message_id(session, bracketed) if bracketed else ()


def _request(token: str, request: Request) -> KnownRequest:
    return KnownRequest(token, request.case.reference, request.agency.name, request.state.is_waiting)


def _cases(session: Session, clues: Clues) -> frozenset[str]:
    if not clues.references:
        return frozenset()
    named = select(Case.reference).where(Case.reference.in_(clues.references))
    return frozenset(session.scalars(named.where(Case.destroyed_at.is_(None))))  # else a person sorts it


def _open_requests(session: Session, agency: Agency) -> Iterable[KnownRequest]:
    open_ones = select(Request).where(
        Request.agency_id == agency.id, Request.state.in_([State.ASKED, State.SENT_BACK])
    )
    with_case = joinedload(Request.round).joinedload(Round.case)
    found = session.scalars(open_ones.options(with_case, raiseload(Request.returns)))
    return (_request(request.stamp, request) for request in found)
