"""What an agency gets when its return has come: that we have it, and whether the rapid review still can."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from jcr.correspondence.model import Kind
from jcr.correspondence.service import Letterhead, write
from jcr.correspondence.wording import only
from jcr.roles import Actor
from jcr.scoping.model import Request


def write_receipt(
    session: Session,
    head: Letterhead,
    request: Request,
    address: str,
    actor: Actor,
    now: datetime,
    in_reply_to: str = "",
) -> None:
    """Writes to whoever sent the return, else to the agency's contact."""
    begun = request.round.has_begun
    facts = {
        "agency": request.agency.name,
        "what": "nil return" if request.latest and request.latest.nil else "scoping return",
        "meeting_at": request.round.meets_at,
        "only_ahead": only(not begun),
        "only_begun": only(begun),
    }
    occasion = f"scoping-receipt-{request.latest.id if request.latest else request.id}"
    recipient = address if "@" in address else request.contact_email
    write(
        session, head, Kind.SCOPING_RECEIPT, occasion, recipient, facts, actor, now,
        case=request.case, in_reply_to=in_reply_to,
    )  # fmt: skip
