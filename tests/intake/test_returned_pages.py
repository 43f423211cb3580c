"""A scoping return that came as a document, beside its original: corrected and accepted, with what was read kept."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

from flask.testing import FlaskClient

from jcr.db import Sessions
from jcr.scoping.model import Request, State
from tests.intake.test_filing import one, request_of_police, scoping_form  # noqa: F401  # a fixture
from tests.intake.test_submissions import _posted as posted


def test_a_return_is_corrected_beside_its_original_and_accepted(
    mailroom: Any,
    sessions: Sessions,
    write: Callable[..., EmailMessage],
    request_of_police: Request,  # noqa: F811
    client: FlaskClient,
    partnership: Any,
    sign_in: Callable[..., None],
) -> None:
    form = ("return.docx", scoping_form(request_of_police))
    mailroom.take_in(write("Nil.", form, From="elin@police.example", Message_ID="<r@police.example>"))
    sign_in(client, partnership.officer)
    address = "/cases/JCR-2026-0001/returns/police/reading"
    page = client.get(address)
    assert "return.docx" in page.text
    assert address in client.get("/cases/JCR-2026-0001/returns/police").text
    typed = {**posted(page.text), "author_role": "Chief inspector"}
    assert client.post(address, data={**typed, "confirm": "yes"}).status_code == 302
    asked = one(sessions, Request)
    assert (asked.state, asked.latest.answers["author_role"]) == (State.ACCEPTED, "Chief inspector")
    assert asked.latest.reading["fields"]["author_role"] == "Inspector"
