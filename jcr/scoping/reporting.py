"""A poor return is reported to the agency's executive lead (ToR 9); who confirms that its staff are briefed (ToR 6)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.naming import given_away
from jcr.correspondence.model import Kind, Letter
from jcr.correspondence.service import Letterhead, write
from jcr.correspondence.wording import only
from jcr.errors import Incomplete, NotNow
from jcr.history.service import record
from jcr.roles import Actor, outsider
from jcr.scoping.model import Request, State
from jcr.wording import local_day


def report_poor(
    session: Session, head: Letterhead, request: Request, why: str, actor: Actor, now: datetime
) -> Letter:
    """Writes to the executive lead what the latest return lacks, once for each return.

    Raises NotNow where nothing came or it was reported already; Incomplete without a reason, for one that names a
    subject, or when the agency has no executive lead on record.
    """
    latest = request.latest
    if latest is None:
        raise NotNow("Nothing has been returned yet. A return that does not come is chased by itself.")
    if reported(session, request):
        raise NotNow("The executive lead has been written to about this return already.")
    if not why.strip():
        raise Incomplete("Say what the return lacks: the executive lead reads it word for word.")
    if named := given_away(request.case, why):
        raise Incomplete(
            f"The reason names a subject or a date of birth (“{named}”). Write initials instead."
        )
    if "@" not in request.agency.board_email:
        raise Incomplete(
            f"There is no executive lead on record for {request.agency.name}. Add one under “Agencies” first."
        )
    record(
        session, request.round.case_id, actor, now, f"reported the return of {request.agency.name} as poor",
        why.strip(),
    )  # fmt: skip
    return write(
        session, head, Kind.SCOPING_REPORT, _occasion(request), request.agency.board_email,
        {
            "agency": request.agency.name,
            "officer": actor.name,
            "asked_on": local_day(request.round.opened_at),
            "return_by": request.return_by,
            "received_on": local_day(latest.received_at),
            "meeting_at": request.round.meets_at,
            "only_ahead": only(not request.round.has_begun),
            "only_begun": only(request.round.has_begun),
            "reasons": why.strip(),
            "only_sent_back": only(request.state is State.SENT_BACK),
        },
        actor, now, case=request.case, agency=request.agency,
        recipient_lines=["Executive lead", request.agency.name], signature_lines=head.for_the_chair,
    )  # fmt: skip


def reported(session: Session, request: Request) -> Letter | None:
    """The letter about the latest return, if it was reported."""
    return session.scalar(select(Letter).where(Letter.occasion == _occasion(request)))


def confirm_briefing(session: Session, request: Request, who: str, now: datetime) -> None:
    """Somebody at the agency confirms that those who contribute are briefed, prepared and supported (ToR 6)."""
    if not who.strip():
        raise Incomplete("Enter your name, so that it is known who confirms it.")
    request.briefed_by, request.briefed_at = who.strip(), now
    actor = outsider(f"{who.strip()}, {request.agency.name}")
    record(session, request.round.case_id, actor, now, "confirmed that those who contribute are briefed")


def _occasion(request: Request) -> str:
    return f"scoping-report-{request.latest.id}" if request.latest else ""
