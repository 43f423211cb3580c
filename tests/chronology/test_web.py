"""The chronology on a page, taken out as PDF and sheet, and its pseudonyms."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.cases.service import by_reference
from jcr.db import Sessions
from jcr.history.service import of_case
from tests.conftest import on_one_database
from tests.services.verapdf import verapdf

Words = Callable[[str], str]


@pytest.fixture
def path(session: Session, case: Case, both: None) -> str:
    reference = case.reference
    session.commit()
    session.close()
    return f"/cases/{reference}/chronology"


@pytest.fixture
def officer(client: FlaskClient, sign_in: Callable[..., None], partnership: Any) -> FlaskClient:
    sign_in(client, partnership.officer)
    return client


def test_the_page_shows_events_ages_gaps_and_what_differs(
    officer: FlaskClient, path: str, words: Words
) -> None:
    said = words(officer.get(path).text)
    assert "14 Oct 2026 at 21:40 Age: CQ 75" in said
    assert "The agencies give different times: West Mercia Police 21:40; Wye Valley NHS Trust 22:15." in said
    assert "No contact is recorded for 271 days, from 3 Feb 2025 to 1 Nov 2025." in said
    assert "Action taken: Referred to the falls team." in said


def test_the_page_shows_one_agency_under_pseudonyms(officer: FlaskClient, path: str, words: Words) -> None:
    officer.post(f"{path}/pseudonyms/give")
    page = officer.get(f"{path}?agency=police&names=pseudonyms").text
    assert "Adult A reported missing by [name]." in words(page)
    assert "Outpatient" not in page
    assert "Canary" not in page.partition("<main")[2].replace("2 Canary Row", "")


@on_one_database
def test_the_pdf_is_accessible_and_its_taking_out_is_noted(
    officer: FlaskClient, path: str, sessions: Sessions, partnership: Any, tmp_path: Path
) -> None:
    answer = officer.post(path, data={"format": "pdf", "agency": "police"})
    (tmp_path / "chronology.pdf").write_bytes(answer.data)
    assert verapdf([tmp_path / "chronology.pdf"]) == []
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    assert "Officers attended" in text
    assert "falls team" not in text
    reference = path.split("/")[2]
    assert answer.headers["Content-Disposition"] == f"attachment; filename={reference}-chronology.pdf"
    with sessions.reading() as session:
        case = by_reference(session, partnership.officer, reference)
        assert case is not None
        noted = of_case(session, case.id)[0].act
    assert noted == "took out the merged chronology as PDF with names, of 1 of 2 agencies"


def test_the_sheet_holds_the_same_and_no_formula(officer: FlaskClient, path: str) -> None:
    answer = officer.post(path, data={"format": "xlsx", "names": "pseudonyms"})
    sheet = load_workbook(io.BytesIO(answer.data)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:4] == ["When", "Date as recorded", "Age", "Agency"]
    assert rows[-1][0] == "Same event, 14 Oct 2026 at 22:15"
    assert rows[-1][7] == '=HYPERLINK("x")'
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_a_format_nobody_offers_is_refused(officer: FlaskClient, path: str) -> None:
    assert officer.post(path, data={"format": "exe"}).status_code == 400


def test_a_pseudonym_that_would_not_do_is_said_beside_what_was_typed(
    officer: FlaskClient, path: str, words: Words
) -> None:
    officer.post(f"{path}/pseudonyms/give")
    answer = officer.post(f"{path}/pseudonyms", data={"name": "Mrs Pell", "pseudonym": "Adult A"})
    assert answer.status_code == 422
    assert "Adult A stands for somebody else already." in words(answer.text)
    assert 'value="Mrs Pell"' in answer.text
    kept = officer.post(f"{path}/pseudonyms", data={"name": "Mrs Pell", "pseudonym": "Neighbour"})
    assert "The pseudonym is kept." in words(officer.get(kept.location).text)


def test_members_read_and_only_the_team_names(
    client: FlaskClient, sign_in: Callable[..., None], partnership: Any, path: str
) -> None:
    sign_in(client, partnership.member)
    assert client.get(path).status_code == 200
    assert client.get(f"{path}/pseudonyms").status_code == 403


def test_an_outsider_sees_nothing(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code in (302, 401)
