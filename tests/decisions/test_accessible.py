"""What goes out of a real case keeps PDF/UA-1: its letters and its report, in every outcome."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from jcr.correspondence import service as correspondence
from jcr.correspondence.model import Kind
from jcr.correspondence.service import Letterhead
from jcr.decisions.model import Outcome, Recommendation
from jcr.decisions.report import file_name, report
from jcr.documents import recommendation as sheet
from tests.conftest import on_one_database
from tests.services.verapdf import verapdf

TOLD_AT = datetime(2026, 12, 14, 10, tzinfo=UTC)


def papers_of(session: Session, made: Recommendation, head: Letterhead, folder: Path) -> list[Path]:
    """Every enclosure of the case's letters and the report, as files."""
    papers = {file_name(made): sheet.render(report(session, made, head))}
    for letter in correspondence.of_case(session, made.case.id):
        if letter.kind in (Kind.DECISION, Kind.SCOPING_REQUEST):
            pdfs = [one for one in letter.enclosures if one.name.endswith(".pdf")]
            papers |= {f"{letter.id}-{one.name}": one.file.content for one in pdfs}
    for name, content in papers.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in papers]


@pytest.mark.tor("7.8")
@on_one_database
def test_the_letters_and_the_report_of_every_outcome_keep_pdf_ua(
    session: Session,
    head: Letterhead,
    referrer_told: Callable[..., Recommendation],
    tmp_path: Path,
) -> None:
    papers: list[Path] = []
    for outcome in Outcome:
        papers += papers_of(session, referrer_told(outcome, TOLD_AT), head, tmp_path)
    assert len(papers) > 2 * len(Outcome)
    assert verapdf(papers) == []
