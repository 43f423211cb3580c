"""A browser in the hands of the person a link was made for: it opens each with the code from their mailbox."""

from __future__ import annotations

import re
from email.message import EmailMessage
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from jcr.correspondence.model import Delivery, Kind, Letter
from jcr.correspondence.posting import post_one

LINK = re.compile(r"^.*/([0-9a-f]{48})")


class Mailbox(list[EmailMessage]):
    """A post that keeps what it is given."""

    def deliver(self, message: EmailMessage) -> None:
        self.append(message)


class OutsiderClient(FlaskClient):
    """Goes to the door of each new link first and enters the code that was posted; `codes=False` leaves that out."""

    codes = True

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        where = LINK.match(args[0]) if args and isinstance(args[0], str) else None
        if where and self.codes and 'name="link_code"' in super().open(where[0], method="GET").text:
            self.enter(where[1], self.code_posted())
        return super().open(*args, **kwargs)

    def enter(self, token: str, code: str) -> TestResponse:
        return super().open(f"/open/{token}", method="POST", data={"link_code": code})

    def code_posted(self) -> str:
        """The six digits of the last code that waits to be posted, out of the e-mail that was delivered."""
        extensions, mailbox = self.application.extensions, Mailbox()
        with extensions["sessions"].reading() as session:
            waiting = select(Letter.id).where(
                Letter.kind == Kind.LINK_CODE, Letter.delivery == Delivery.READY
            )
            last = session.scalar(waiting.order_by(Letter.id.desc()).limit(1))
        moment = self.application.config["CLOCK"]()
        assert last
        assert post_one(extensions["sessions"], last, mailbox, extensions["letterhead"], moment)
        [code] = re.findall(r"code is (\d{6})$", mailbox[0].get_content(), re.MULTILINE)
        return str(code)
