"""What an agency adds to its return besides answers: the events of a table, and files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms import ScopingForm
from jcr.cases.model import CaseFile
from jcr.errors import Incomplete
from jcr.files import service as files
from jcr.files.uploading import must_be_takable
from jcr.history.service import record
from jcr.referrals.drafts import MAX_FILES, safe_name
from jcr.referrals.service import Attached, add_file
from jcr.roles import outsider
from jcr.scoping.model import Request
from jcr.scoping.service import answers_so_far, save_draft
from jcr.wording import count

__all__ = ["add_events", "attach", "attached", "safe_name"]


def add_events(session: Session, request: Request, found: Sequence[Mapping[str, str]]) -> int:
    """Puts events after those of the draft and says how many there were. Raises Incomplete for none or too many."""
    if not found:
        raise Incomplete("No row was found. Copy the rows out of the table again and paste them.")
    so_far = answers_so_far(request)
    known, most = list(so_far.get("chronology") or []), ScopingForm(data=so_far).chronology.most
    if len(known) + len(found) > most:
        raise Incomplete(
            f"There would be {count(len(known) + len(found), 'event')}, and a return holds {most}. Keep those that "
            "matter most, and attach the table as a file."
        )
    form = ScopingForm.from_answers({**so_far, "agency_involved": "yes", "chronology": [*known, *found]})
    save_draft(session, request, {**so_far, "chronology": form.chronology.kept()})
    return len(found)


def attach(session: Session, request: Request, name: str, content: bytes, now: datetime) -> CaseFile:
    """Puts a document, picture or the like with those of the case. Raises Incomplete when it is refused."""
    must_be_takable(name, content)
    if len(attached(session, request)) >= MAX_FILES:
        raise Incomplete(
            f"{count(MAX_FILES, 'file')} are attached already. Put the others into one document."
        )
    who = outsider(f"{request.contact_name or 'Somebody'}, {request.agency.name}")
    one = Attached(safe_name(name), files.keep(session, content, now), _what(request))
    record(session, request.case.id, who, now, f"attached a file to the return of {request.agency.name}")
    return add_file(session, request.case, one, who, now)


def attached(session: Session, request: Request) -> Sequence[CaseFile]:
    """The files of this agency's return, the first first."""
    found = select(CaseFile).where(CaseFile.case_id == request.case.id, CaseFile.what == _what(request))
    return session.scalars(found.order_by(CaseFile.id)).all()


def _what(request: Request) -> str:
    return f"Attached to the scoping return of {request.agency.name}"
