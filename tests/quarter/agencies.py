"""How agencies answer in the quarter: behind their link with the code from their mailbox, or by e-mail."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from mailbox import Maildir as Folder
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from forms import FORMS, Stamp
from forms import text as text_form
from forms import word as word_form
from forms.reading import read
from jcr.cases.rules import england
from jcr.correspondence.model import Letter
from jcr.correspondence.posting import post_ready
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.files.service import WORD
from jcr.intake.filing import Office
from jcr.intake.registry import Ledger
from jcr.scoping.model import Request, RequestLetter
from mail_intake.documents import one_by_one
from mail_intake.maildir import Maildir
from mail_intake.poller import poll
from tests.quarter.post import Post

NIL = {
    "author_name": "Petra Wilmot",
    "author_role": "Named Nurse",
    "author_email": "p.wilmot@agency.example",
    "records_searched": "All records",
}
LINK = re.compile(r"/scoping/([0-9a-f]{48})")


def answer_by_web(
    app: Flask, sessions: Sessions, head: Letterhead, post: Post, id: int, now: datetime
) -> None:
    """Opens the link of the newest letter about the request, enters the code that is mailed, and holds nothing."""
    app.config["CLOCK"] = lambda: now
    browser = app.test_client()
    token = _token(sessions, post, id)
    with sessions.reading() as session:
        told = NIL | {"agency_name": session.get_one(Request, id).agency.name}
    browser.codes = False  # type: ignore[attr-defined]  # the code is fetched from the post here
    assert 'name="link_code"' in browser.get(f"/scoping/{token}", follow_redirects=True).text
    post_ready(sessions, post, head, now)
    [code] = re.findall(r"code is (\d{6})$", _words(post.gone[-1][1]), re.MULTILINE)
    browser.post(f"/open/{token}", data={"link_code": code})
    sent = browser.post(f"/scoping/{token}/nothing", data=told, follow_redirects=True)
    assert "Nil return received" in sent.text, sent.text


def answer_by_mail(sessions: Sessions, head: Letterhead, folder: Path, id: int, now: datetime) -> None:
    """Sends the form back, in Word or as text in a reply to the request; the poller takes it in."""
    with sessions.reading() as session:
        request = session.get_one(Request, id)
        agency, form = request.agency, FORMS["scoping"]
        told = NIL | {"agency_name": agency.name, "agency_involved": "no"}
        stamp = Stamp("scoping", form.edition, agency=agency.code, token=request.stamp)
        asked = _letters(sessions, id)[0].message_id
    message = EmailMessage()
    message["From"], message["To"] = f"Petra Wilmot <{agency.contact_email}>", head.address
    message["Subject"], message["Date"] = "Scoping return", format_datetime(now)
    message["Message-ID"] = make_msgid(domain="agency.example")
    if id % 2:
        message.set_content("Our return is attached.\n")
        kind, _, ending = WORD.partition("/")
        filled = word_form.blank(form, told, stamp)
        message.add_attachment(filled, maintype=kind, subtype=ending, filename="return.docx")
    else:
        message["In-Reply-To"] = asked
        message.set_content(text_form.blank(form, told, stamp))
    key = Folder(folder, create=True).add(message.as_bytes(policy=SMTP))
    os.utime(folder / "new" / key, (now.timestamp(), now.timestamp()))  # when it arrived
    poll(Maildir(folder), Ledger(sessions, Office(head, england()), lambda: now), one_by_one(read))


def _token(sessions: Sessions, post: Post, id: int) -> str:
    """The link in the newest letter about the request that went out."""
    about = {one.message_id for one in _letters(sessions, id)}
    words = [_words(message) for _, message in post.gone if message["Message-ID"] in about]
    return next(found[1] for text in reversed(words) if (found := LINK.search(text)))


def _letters(sessions: Sessions, id: int) -> Sequence[Letter]:
    with sessions.reading() as session:
        about = select(Letter).join(RequestLetter, RequestLetter.letter_id == Letter.id)
        return session.scalars(about.where(RequestLetter.request_id == id).order_by(Letter.id)).all()


def _words(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
