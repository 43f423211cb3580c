"""The documents of a case's record: the forms, letters, originals, returns and papers, each with where it is from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.correspondence import service as correspondence
from jcr.correspondence.service import Letterhead
from jcr.correspondence.shown import without_secrets
from jcr.decisions import service as decisions
from jcr.decisions.report import report
from jcr.documents import recommendation as recommendations
from jcr.files.model import File
from jcr.files.service import CALENDAR, PDF, WORD
from jcr.intake.model import Message
from jcr.intake.taken_apart import mail_of
from jcr.meetings import service as meetings
from jcr.meetings.model import Item
from jcr.meetings.paper_model import MeetingPaper
from jcr.meetings.sight import Sight
from jcr.referrals import copies
from jcr.referrals.model import Referral
from jcr.referrals.service import attachments
from jcr.scoping.copies import copy_of
from jcr.scoping.model import Request, Round
from jcr.submissions.model import Submission
from jcr.triage.record import record_of

ENDINGS = {PDF: "pdf", WORD: "docx", CALENDAR: "ics", "image/png": "png", "image/jpeg": "jpg"}


@dataclass(frozen=True)
class Part:
    """One file of an archive. Its path names nobody; `called` is what the file was called by whoever sent it."""

    path: str
    content: bytes
    what: str
    at: datetime | None = None
    by: str = ""
    called: str = ""
    kept: File | None = None  # the file it is, or was taken out of: what is held of that leaves in no archive


def papers_of(session: Session, head: Letterhead, case: Case, sight: Sight, now: datetime) -> Iterator[Part]:
    """Every document of the case that this sight is given."""
    yield from _referral(session, head, case)
    yield Part("triage.pdf", record_of(session, head, case, now), "The record of the triage", now)
    yield from _returns(session, head, case)
    yield from _recommendations(session, head, case)
    yield from _meetings(session, case, sight)
    yield from _letters(session, case)
    yield from _originals(session, case)
    for number, one in enumerate(attachments(session, case), 1):
        path = f"files/{number:03}.{_ending(one.file)}"
        yield Part(path, one.file.content, one.what, one.added_at, one.added_by, one.name, one.file)


def minuted_elsewhere(session: Session, case: Case, sight: Sight) -> list[Item]:
    """Items of the group's business meetings that name the case, without those that name one behind a wall."""
    named = or_(*(part.contains(case.reference) for part in (Item.title, Item.summary, Item.decision)))
    found = session.scalars(select(Item).where(named).order_by(Item.id))
    return [item for item in found if item.meeting.case_id is None and not sight.hides_item(item)]


def _referral(session: Session, head: Letterhead, case: Case) -> Iterator[Part]:
    found = session.scalar(select(Referral).where(Referral.case_id == case.id))
    if found:
        content = copies.copy_for_readers(found, found.best_known, head)
        yield Part("referral.pdf", content, "The referral", case.opened_at, found.referrer_name)


def _returns(session: Session, head: Letterhead, case: Case) -> Iterator[Part]:
    asked = select(Request).join(Round).where(Round.case_id == case.id).order_by(Request.id)
    for request in session.scalars(asked):
        for number, one in enumerate(request.returns, 1):
            path = f"returns/{request.round.number}-{request.agency.code}-{number}.pdf"
            what = f"Scoping return of {request.agency.name}"
            yield Part(path, copy_of(request, one, head), what, one.received_at, one.signed_by)


def _recommendations(session: Session, head: Letterhead, case: Case) -> Iterator[Part]:
    for one in decisions.of_case(session, case):
        content = recommendations.render(report(session, one, head))
        yield Part(f"recommendation-{one.number}.pdf", content, "The rapid review report", one.made_at)


def _meetings(session: Session, case: Case, sight: Sight) -> Iterator[Part]:
    for meeting in meetings.of_case(session, case):
        for number, one in enumerate(meeting.publications if not sight.hidden else (), 1):
            path = f"meetings/{meeting.id}-{number}-{one.paper.value}.pdf"
            what = f"{meeting.kind.shown}: {one.paper.value} as it went out"
            yield Part(path, one.file.content, what, one.published_at, one.published_by, kept=one.file)
    papers = select(MeetingPaper).where(MeetingPaper.case_id == case.id).order_by(MeetingPaper.id)
    for number, paper in enumerate(session.scalars(papers), 1):
        for file in dict.fromkeys((paper.file, paper.pdf)):
            what = "A paper submitted to a meeting"
            yield Part(
                f"papers/{number:03}.{_ending(file)}", file.content, what, paper.received_at, kept=file
            )


def _letters(session: Session, case: Case) -> Iterator[Part]:
    for number, letter in enumerate(correspondence.of_case(session, case.id), 1):
        path, what = f"letters/{number:03}-{letter.kind.value}", letter.kind.shown.capitalize()
        text = f"To: {letter.recipient}\nSubject: {letter.subject}\n\n{without_secrets(letter.body)}\n"
        yield Part(f"{path}.txt", text.encode(), what, letter.sent_at or letter.written_at, letter.written_by)
        for more, one in enumerate(letter.enclosures, 1):
            yield Part(
                f"{path}-{more}.{_ending(one.file)}",
                one.file.content,
                f"Enclosed: {what}",
                letter.written_at,
                letter.written_by,
                kept=one.file,
            )


def _originals(session: Session, case: Case) -> Iterator[Part]:
    """Messages as they came; of one that was split among cases only the part that belongs here."""
    asked = select(Request.id).join(Round).where(Round.case_id == case.id)
    sent_in = select(Submission.id).where(Submission.case_id == case.id)
    of_case = or_(
        Message.case_id == case.id, Message.request_id.in_(asked), Message.submission_id.in_(sent_in)
    )
    for number, message in enumerate(session.scalars(select(Message).where(of_case).order_by(Message.id)), 1):
        path, at, by, whole = f"originals/{number:03}", message.arrived_at, message.sender, message.file
        if not message.part_of_id:
            yield Part(f"{path}.eml", whole.content, "A message as it came", at, by, message.subject, whole)
        for more, file in enumerate(mail_of(message).attachments if message.part_of_id else (), 1):
            what = "Part of a message as it came"
            yield Part(f"{path}-{more}.bin", file.content, what, at, by, file.path, whole)
        for more, copy in enumerate(message.opened, 1):
            what = "An opened copy of something locked in the message"
            yield Part(f"{path}-opened-{more}.{_ending(copy.file)}", copy.file.content, what, copy.added_at,
                       copy.added_by, copy.name, copy.file)  # fmt: skip


def _ending(file: File) -> str:
    return ENDINGS.get(file.type, "bin")
