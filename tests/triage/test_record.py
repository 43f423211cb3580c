"""The record of triage: picture and answers in one accessible PDF, and no name in it that is not in the reasons."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy.orm import Session

from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.triage import service
from jcr.triage.record import record_of
from jcr.web.reasoned import Given
from tests.cases.made import in_triage
from tests.conftest import on_one_database
from tests.services.verapdf import verapdf

NO = Given("no", "It asks for a review of what happened.")


@on_one_database
@pytest.mark.tor("7.3")
def test_the_record_is_accessible_with_or_without_answers(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime, tmp_path: Path
) -> None:
    case = in_triage(session, head, partnership.officer, NOW)
    (tmp_path / "empty.pdf").write_bytes(record_of(session, head, case, NOW))
    answers = {
        "is_concern": NO,
        "lead_approved": Given("yes", "Signed \u2265 once."),
        "complete": Given("no", "Age?"),
    }
    service.record_answers(session, case, answers, partnership.officer.as_actor(), NOW)
    (tmp_path / "returned.pdf").write_bytes(record_of(session, head, case, NOW))
    assert verapdf(tmp_path.glob("*.pdf")) == []


@pytest.mark.tor("7.3")
def test_the_record_tells_each_answer_with_its_reason_and_who_gave_it(
    client: FlaskClient, sign_in: Any, sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    with sessions.transaction() as session:
        case = in_triage(session, head, partnership.officer, NOW)
        service.record_answers(session, case, {"is_concern": NO}, partnership.officer.as_actor(), NOW)
    sign_in(client, partnership.officer)
    answer = client.get("/cases/JCR-2026-0001/triage/record.pdf")
    assert "JCR-2026-0001-triage.pdf" in answer.headers["Content-Disposition"]
    text = " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages).split())
    for said in (
        "Is this a safeguarding concern",
        "It asks for a review",
        "Rhiannon Maddox",
        "Not answered yet",
    ):
        assert said in text
    assert "Quillfeather" not in text
