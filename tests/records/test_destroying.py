"""A record is destroyed after its review only: two people decided, no hold stands, and what went is on record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jcr.cases.model import Case, CaseFile, Status, Subject
from jcr.cases.rules import england
from jcr.cases.service import by_reference, put_up_wall
from jcr.cli import commands
from jcr.correspondence.model import Letter
from jcr.correspondence.service import Letterhead
from jcr.db import Base, Sessions
from jcr.desk import emergency
from jcr.desk.keeping import bring_up_to_date
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.files.model import File
from jcr.files.service import keep
from jcr.history.model import Entry
from jcr.history.proof import verify
from jcr.intake import knowing
from jcr.records import keeping
from jcr.records.destroying import destroy
from jcr.roles import WORKER
from jcr.settings import RETENTION_YEARS
from mail_intake.clues import Clues
from tests.cases.made import in_ratification
from tests.conftest import on_one_database

CASE, OTHER = "JCR-2026-0001", "JCR-2026-0002"


@pytest.fixture
def two(sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime) -> None:
    """Two cases with everything up to the recommendation, which share a file; the first was closed."""
    with sessions.transaction() as session:
        for content in (b"of one", b"of both"), (b"of both",):
            case = in_ratification(session, head, partnership, NOW).case
            for each in content:
                session.add(CaseFile(case_id=case.id, file_id=keep(session, each, NOW).id, name="notes.txt",
                                     what="Notes", added_at=NOW, added_by="The officer"))  # fmt: skip
        first = by_reference(session, partnership.officer, CASE)
        assert first
        first.status, first.closed_on = Status.CLOSED, NOW.date()


def _case(session: Session) -> tuple[Case, keeping.Keeping]:
    case = session.scalars(select(Case).where(Case.reference == CASE)).one()
    return case, keeping.keeping_of(session, case, RETENTION_YEARS)


def _rows(session: Session) -> dict[str, int]:
    return {table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables}  # fmt: skip


def _decide(session: Session, partnership: Any, then: datetime) -> None:
    case, stands = _case(session)
    keeping.mark(session, case, stands, "Its time is up.", partnership.manager.as_actor(), then)
    session.flush()
    keeping.agree(session, *_case(session), "I read the review.", partnership.officer.as_actor(), then)
    session.flush()


@pytest.mark.usefixtures("two")
def test_what_two_decided_goes_with_its_files_and_nothing_of_another_case(
    sessions: Sessions, partnership: Any, NOW: datetime, head: Letterhead
) -> None:
    then = NOW.replace(year=2036)
    with sessions.transaction() as session:
        other = session.scalars(select(Case.id).where(Case.reference == OTHER)).one()
        theirs = session.scalar(select(func.count()).where(Letter.case_id == other))
        _decide(session, partnership, then)
        entries = session.scalar(select(func.count(Entry.id)))
    with sessions.transaction() as session:
        before = _rows(session)
        gone = destroy(session, _case(session)[0], RETENTION_YEARS, WORKER, then)
    with sessions.transaction() as session:
        bring_up_to_date(session, then.date(), england())
        after = _rows(session)
        assert {name: before[name] - after[name] for name in gone.counts} | {"changed_cases": 0} == (
            gone.counts | {"changed_cases": 0}
        )
        assert gone.counts["letters"] > 3
        assert len(gone.files) == before["files"] - after["files"] > 0
        assert session.scalar(select(func.count()).where(Letter.case_id == other)) == theirs
        contents = session.scalars(select(File.content)).all()
        assert b"of both" in contents
        assert b"of one" not in contents
        last = session.scalars(select(Entry).order_by(Entry.id.desc())).first()
        assert last
        assert last.details["rows"] == gone.counts
        assert (last.details["digest"], last.details["files"]) == (gone.digest, gone.files)
        assert session.scalar(select(func.count(Entry.id))) == (entries or 0) + 1
        verify(session, [])  # raises Broken otherwise
        assert by_reference(session, partnership.officer, CASE) is None
        assert session.scalars(keeping.destroyed(partnership.officer)).one().reference == CASE
        assert session.scalars(select(Subject.case_id)).all() == [other]
        assert knowing._cases(session, Clues(references=(CASE, OTHER))) == {
            OTHER
        }  # mail about it waits for a person
        member = session.merge(partnership.member)
        with pytest.raises(Incomplete, match="There is no case"):
            emergency.open_case(session, head, member, CASE, "At once", timedelta(hours=1), then)


@on_one_database
@pytest.mark.usefixtures("two")
def test_a_hold_one_persons_word_and_a_decision_to_keep_each_forbid_it(
    sessions: Sessions, partnership: Any, NOW: datetime
) -> None:
    then, manager, officer = (
        NOW.replace(year=2036),
        partnership.manager.as_actor(),
        partnership.officer.as_actor(),
    )
    with sessions.writing() as session:
        with pytest.raises(NotNow, match="Nobody marked"):
            destroy(session, _case(session)[0], RETENTION_YEARS, WORKER, then)
        with pytest.raises(NotNow, match="not marked"):
            keeping.agree(session, *_case(session), "Read.", officer, then)
        keeping.mark(session, *_case(session), "Its time is up.", manager, then)
        session.flush()
        with pytest.raises(NotAllowed, match="Somebody else"):
            keeping.agree(session, *_case(session), "Read.", manager, then)
        with pytest.raises(NotAllowed):
            keeping.agree(session, *_case(session), "Read.", partnership.support.as_actor(), then)
        with pytest.raises(NotNow, match="Somebody else than who marked"):
            destroy(session, _case(session)[0], RETENTION_YEARS, WORKER, then)
        keeping.agree(session, *_case(session), "Read.", officer, then)
        session.flush()
        keeping.hold(session, *_case(session), "An inquest", officer, then)
        session.flush()
        with pytest.raises(NotNow, match="on legal hold: An inquest"):
            destroy(session, _case(session)[0], RETENTION_YEARS, WORKER, then)
        keeping.lift(session, *_case(session), "It is over", officer, then)
        session.flush()
        case, stands = _case(session)
        keeping.keep_longer(session, case, stands, then.replace(year=2040).date(), "A claim.", officer, then)
        session.flush()
        with pytest.raises(NotNow, match="Nobody marked"):
            destroy(session, _case(session)[0], RETENTION_YEARS, WORKER, then)


@on_one_database
@pytest.mark.usefixtures("two")
def test_the_operator_destroys_it_by_a_command_and_pages_say_so(
    app: Flask, client: FlaskClient, sign_in: Callable[..., None], sessions: Sessions, partnership: Any,
    NOW: datetime, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    then = NOW.replace(year=2036)
    with sessions.transaction() as session:
        _decide(session, partnership, then)
    monkeypatch.setattr("jcr.cli.destroying.sessions_of", lambda _: sessions)
    wrong = CliRunner().invoke(commands, ["destroy", CASE], input="JCR-2026-0002\n")
    assert isinstance(wrong.exception, ValueError)
    done = CliRunner().invoke(commands, ["destroy", CASE, "--again", CASE.lower()])
    assert (done.exit_code, f"files of {CASE}" in done.output) == (0, True), done.output
    app.config["CLOCK"] = lambda: then
    sign_in(client, partnership.officer)
    assert client.get(f"/cases/{CASE}").status_code == 404
    assert CASE not in client.get("/cases").text
    assert f"{CASE}, closed 23 Nov 2026, destroyed" in client.get("/records").text
    with sessions.transaction() as session:
        case = _case(session)[0]
        put_up_wall(
            session, case, session.merge(partnership.officer), "knows", partnership.manager.as_actor(), then
        )
    assert CASE not in client.get("/records").text
    sign_in(client, partnership.auditor)
    assert "destroyed the record of the case" in client.get("/history").text
