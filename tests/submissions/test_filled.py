"""What each form to send out says already: of every kind, in every medium, and what it says when it cannot."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy.orm import Session

from forms import FORMS
from forms.media import MEDIA, written
from forms.reading import read
from forms.reading.reader import layout_of
from jcr.actions.model import Action
from jcr.cases.service import put_up_wall
from jcr.db import Sessions
from jcr.decisions.model import Recommendation
from jcr.errors import Incomplete, NotNow
from jcr.submissions import service
from jcr.submissions.filled import About, filled
from jcr.submissions.placing import Place
from tests.conftest import on_one_database
from tests.services.verapdf import verapdf

BEGINNINGS = {"docx": b"PK", "pdf": b"%PDF", "txt": b""}


def about(session: Session, made: Recommendation, partnership: Any, agency: str = "police") -> About:
    return About(made.case, session.merge(getattr(partnership, agency)) if agency else None)


@pytest.mark.tor("7.1")
@on_one_database
@pytest.mark.parametrize("kind", sorted(FORMS))
@pytest.mark.parametrize("medium", sorted(MEDIA))
def test_every_form_about_a_case_comes_back_with_what_was_filled_in(
    session: Session,
    made: Recommendation,
    police_action: Action,
    partnership: Any,
    NOW: datetime,
    kind: str,
    medium: str,
) -> None:
    answers, stamp = filled(session, kind, about(session, made, partnership), NOW + timedelta(days=20))
    reading = read(f"form.{medium}", written(FORMS[kind], medium, answers, stamp))
    assert (reading.kind, reading.stamp) == (kind, stamp)
    assert stamp.reference == made.case.reference
    back = reading.answers()
    kept = FORMS[kind](data=answers).answers()
    if kind != "scoping":  # an agency's name and the partnership's questions both stand in it
        assert {name: back.get(name) for name in kept if name != "subjects"} == {
            name: value for name, value in kept.items() if name != "subjects"
        }
    assert reading.unplaced == []


def test_a_report_holds_what_the_record_holds(
    session: Session, made: Recommendation, partnership: Any, NOW: datetime
) -> None:
    answers, _ = filled(session, "rapid_review", About(made.case), NOW + timedelta(days=20))
    assert answers["case_reference"] == made.case.reference
    assert answers["recommendation"] == "sar_mandatory"
    assert answers["facts_summary"].startswith("C.Q. died at home")
    assert {row["agency"] for row in answers["agencies_scoped"]} == {
        "West Mercia Police",
        "Wye Valley NHS Trust",
    }
    assert answers["quorate"] == "yes"
    assert answers["subject_core_data"][0]["subject_initials"] == "CQ"
    assert answers["actions"][0]["task"] == "Review the missed visits protocol"
    assert "Quillfeather" not in str(answers)


def test_an_update_names_its_action_and_keeps_letters_of_every_alphabet(
    session: Session, police_action: Action, NOW: datetime
) -> None:
    answers, stamp = filled(session, "action_update", About(action=police_action), NOW)
    assert (stamp.token, stamp.agency) == (police_action.label, "police")
    assert answers["owner"] == "Siân Łukaszewska"
    for medium in MEDIA:
        content = written(FORMS["action_update"], medium, answers, stamp)
        assert read(f"a.{medium}", content).fields["owner"] == "Siân Łukaszewska"


@pytest.mark.parametrize(
    ("kind", "agency", "refusal", "words"),
    [
        (
            "scoping",
            "",
            Incomplete,
            "A scoping form is for one agency on JCR-2026-0001. Name the agency by its code",
        ),
        ("scoping", "probation", Incomplete, "was not asked on JCR-2026-0001"),
    ],
)
def test_what_cannot_be_filled_is_said_in_a_sentence(
    session: Session,
    made: Recommendation,
    partnership: Any,
    NOW: datetime,
    kind: str,
    agency: str,
    refusal: Any,
    words: str,
) -> None:
    with pytest.raises(refusal, match=words):
        filled(session, kind, about(session, made, partnership, agency), NOW)


def test_a_form_of_the_group_that_names_a_case_is_hidden_by_its_wall(
    session: Session, made: Recommendation, partnership: Any, NOW: datetime
) -> None:
    read = {"reading": {}, "answers": {"title": f"About {made.case.reference}"}}
    officer, manager = partnership.officer, partnership.manager.as_actor()
    service.take(session, "paper", Place(None), read, officer.email, NOW, officer.as_actor(), NOW)
    assert len(service.waiting(session, officer)) == 1
    put_up_wall(session, made.case, session.merge(officer), "A neighbour", manager, NOW)
    session.flush()
    assert service.waiting(session, officer) == []
    assert len(service.waiting(session, partnership.support)) == 1


def test_of_several_open_actions_one_must_be_named(
    session: Session, made: Recommendation, police_action: Action, NOW: datetime
) -> None:
    with pytest.raises(Incomplete, match="several open actions: A1, A2"):
        filled(session, "action_update", About(made.case), NOW)
    with pytest.raises(Incomplete, match="Only an action update is about an action"):
        filled(session, "paper", About(made.case, action=police_action), NOW)


def test_an_agency_without_an_open_action_is_told_so(
    session: Session, partnership: Any, NOW: datetime
) -> None:
    with pytest.raises(NotNow, match="no open action of West Mercia Police"):
        filled(session, "action_update", About(agency=session.merge(partnership.police)), NOW)


@on_one_database
def test_the_filled_pdfs_keep_pdf_ua(
    session: Session,
    made: Recommendation,
    police_action: Action,
    partnership: Any,
    NOW: datetime,
    tmp_path: Path,
) -> None:
    paths = []
    for kind, form in FORMS.items():
        answers, stamp = filled(session, kind, about(session, made, partnership), NOW + timedelta(days=20))
        paths.append(tmp_path / f"{kind}.pdf")
        paths[-1].write_bytes(written(form, "pdf", answers, stamp))
    assert verapdf(paths) == []


@pytest.fixture
def officer(
    client: FlaskClient,
    session: Session,
    police_action: Action,
    partnership: Any,
    sign_in: Callable[..., None],
) -> FlaskClient:
    session.commit()
    sign_in(client, partnership.officer)
    return client


def shown(content: bytes) -> str:
    """What the first page of a form says."""
    if content.startswith(BEGINNINGS["pdf"]):
        return PdfReader(io.BytesIO(content)).pages[0].extract_text()
    return "\n".join(line.text for line in layout_of(content).lines())


def test_every_form_is_saved_from_the_page_empty_and_for_a_case(
    officer: FlaskClient, made: Recommendation
) -> None:
    for kind, medium in product(FORMS, MEDIA):
        empty = officer.get(f"/forms/{kind}.{medium}").data
        assert empty.startswith(BEGINNINGS[medium])
        assert "Issued by Herefordshire Safeguarding Partnerships" in shown(empty)
        answer = officer.get(f"/forms/{kind}.{medium}?case={made.case.reference}&agency=police")
        assert answer.status_code == 200
        assert made.case.reference in answer.headers["Content-Disposition"]


def test_the_page_offers_the_forms_of_a_case_and_says_what_is_missing(
    officer: FlaskClient, made: Recommendation, words: Callable[[str], str]
) -> None:
    page = officer.get(f"/forms?case={made.case.reference}")
    assert "Siân Łukaszewska" in page.text
    assert "West Mercia Police" in page.text
    said = officer.get(f"/forms/scoping.docx?case={made.case.reference}", follow_redirects=True)
    assert "A scoping form is for one agency" in words(said.text)
    assert officer.get("/forms/letter.docx").status_code == 404
    assert officer.get("/forms/referral.docx?case=JCR-1999-0001").status_code == 404


def test_the_forms_are_for_the_group_only(app: Flask, sessions: Sessions, partnership: Any) -> None:
    assert app.test_client().get("/forms").status_code in (302, 401)
