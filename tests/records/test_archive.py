"""A case's whole record in one archive: complete, true to its manifest, without links that open anything."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy import select

from jcr.cases import likeness
from jcr.cases.model import Case, CaseFile, Verdict
from jcr.cases.service import put_up_wall
from jcr.cli import commands
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.errors import Refused
from jcr.files.service import keep
from jcr.history.service import of_case
from jcr.records.archive import HISTORY, MANIFEST, SUMS, check, export
from tests.cases.made import in_ratification, referred
from tests.conftest import on_one_database

CASE = "/cases/JCR-2026-0001"
NAMES = ("canary", "quillfeather", "strickland", "vane")
Files = dict[str, bytes]


@pytest.fixture
def recommended(sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime) -> None:
    with sessions.transaction() as session:
        in_ratification(session, head, partnership, NOW)


def _files(content: bytes) -> Files:
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(files: Files) -> io.BytesIO:
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out


@pytest.mark.usefixtures("recommended")
def test_the_officer_takes_out_everything_and_it_is_on_record(
    client: FlaskClient, sign_in: Callable[..., None], partnership: Any, sessions: Sessions
) -> None:
    sign_in(client, partnership.officer)
    assert "delete it when it has served" in client.get(f"{CASE}/archive").text
    answer = client.post(f"{CASE}/archive")
    assert answer.headers["Content-Disposition"] == "attachment; filename=JCR-2026-0001-record.zip"
    files = _files(answer.data)
    manifest = json.loads(files[MANIFEST])
    assert manifest["case"] == "JCR-2026-0001"
    assert {one["path"]: one["sha256"] for one in manifest["files"]} == {
        name: sha256(content).hexdigest() for name, content in files.items() if name not in (MANIFEST, SUMS)
    }
    assert {"referral.pdf", "triage.pdf", "recommendation-1.pdf", HISTORY} <= files.keys()
    assert b"Perpetua Strickland" in files["record/referrals.jsonl"]
    assert b"quorum" in files["record/recommendations.jsonl"]
    assert any("scoping_request" in name and b"West Mercia Police" in files[name] for name in files)
    with sessions.reading() as session:
        case = session.scalars(select(Case)).one()
        acts = {entry.act: entry for entry in of_case(session, case.id)}
    taken = acts.pop("took out the whole record of the case as one archive")
    assert taken.details["manifest"] == sha256(files[MANIFEST]).hexdigest()
    assert acts.keys() <= {json.loads(line)["entry"]["act"] for line in files[HISTORY].decode().splitlines()}
    assert check(io.BytesIO(answer.data)).files == len(manifest["files"])


@on_one_database
@pytest.mark.usefixtures("recommended")
def test_no_file_is_named_after_anybody_and_no_link_in_it_opens_anything(
    client: FlaskClient, sign_in: Callable[..., None], partnership: Any
) -> None:
    sign_in(client, partnership.officer)
    files = _files(client.post(f"{CASE}/archive").data)
    assert not [path for path in files for name in NAMES if name in path.lower()]
    assert not [
        path for path, content in files.items() if re.search(rb"/(scoping|sign-off)/[0-9a-f]{48}", content)
    ]
    assert b"_hash" not in b"".join(content for path, content in files.items() if path.startswith("record/"))


@on_one_database
@pytest.mark.usefixtures("recommended")
def test_whoever_has_a_conflict_takes_out_nothing_of_that_case_nor_reads_of_it_in_another(
    client: FlaskClient, sign_in: Callable[..., None], partnership: Any, sessions: Sessions, head: Letterhead,
    NOW: datetime,
) -> None:  # fmt: skip
    officer = partnership.officer.as_actor()
    with sessions.transaction() as session:
        first = session.scalars(select(Case)).one()
        other = referred(session, head, NOW)
        session.flush()
        likeness.judge(
            session,
            first.subjects[0],
            other.subjects[0],
            Verdict.SAME,
            "Both lived at Mill Lane",
            officer,
            NOW,
        )
        put_up_wall(session, other, partnership.officer, "knows the family", officer, NOW)
    sign_in(client, partnership.officer)
    assert client.post("/cases/JCR-2026-0002/archive").status_code == 404
    files = _files(client.post(f"{CASE}/archive").data)
    assert "record/likenesses.jsonl" not in files
    assert "conflict of interest" in json.loads(files[MANIFEST])["left_out"][0]
    sign_in(client, partnership.manager)
    assert b"Mill Lane" in _files(client.post(f"{CASE}/archive").data)["record/likenesses.jsonl"]


@on_one_database
@pytest.mark.usefixtures("recommended")
def test_what_no_page_hands_out_leaves_in_no_archive_but_is_named(
    sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    actor, outs = partnership.officer.as_actor(), (io.BytesIO(), io.BytesIO())
    with sessions.transaction() as session:
        case = session.scalars(select(Case)).one()
        bad, new = (keep(session, content, NOW) for content in (b"X5O!P%@AP eicar", b"not yet scanned"))
        bad.infected = "the virus scanner found Eicar in it"
        for file in (bad, new):
            session.add(
                CaseFile(case_id=case.id, file_id=file.id, name="a", what="A", added_at=NOW, added_by="B")
            )
        session.flush()
        for out, scanner in zip(outs, (False, True), strict=True):
            export(session, head, case, out, None, actor, NOW, scanner)
    without, scanned = (_files(out.getvalue()) for out in outs)
    assert b"not yet scanned" in without.values()
    assert not {b"X5O!P%@AP eicar", b"not yet scanned"} & set(scanned.values())
    [held] = json.loads(without[MANIFEST])["held"]
    assert (held["sha256"], held["why"]) == (sha256(b"X5O!P%@AP eicar").hexdigest(),
        "This file is kept, and not given out: the virus scanner found Eicar in it.")  # fmt: skip
    assert "waits for the virus scanner" in json.dumps(json.loads(scanned[MANIFEST])["held"])
    assert check(outs[0]).files


@on_one_database
@pytest.mark.usefixtures("recommended")
def test_an_archive_that_was_changed_is_told_by_the_file(
    sessions: Sessions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JCR_DATABASE_URL", str(sessions.engine.url))
    path = tmp_path / "record.zip"
    said = CliRunner().invoke(
        commands, ["archive", "jcr-2026-0001", "--out", str(path)], catch_exceptions=False
    )
    assert said.output.startswith(f"Wrote {path}: ")
    assert path.stat().st_mode & 0o077 == 0
    said = CliRunner().invoke(commands, ["check-archive", str(path)], catch_exceptions=False)
    assert said.output.startswith("As it was written: ")
    files = _files(path.read_bytes())
    asked = ["check-archive", "--history", str(path)]
    assert "by The operator, at the command line (entry" in CliRunner().invoke(commands, asked).output
    manifest = files[MANIFEST].replace(b"The operator", b"Somebody else")
    digest, was = (sha256(one).hexdigest().encode() for one in (manifest, files[MANIFEST]))
    forged = files | {MANIFEST: manifest, SUMS: files[SUMS].replace(was, digest)}
    check(_packed(forged))
    path.write_bytes(_packed(forged).getvalue())
    assert "Nobody took such an archive out" in str(CliRunner().invoke(commands, asked).exception)
    path.write_bytes(_packed(files).getvalue())
    with pytest.raises(Refused, match=r"referral\.pdf is not as it was written"):
        check(_packed(files | {"referral.pdf": files["referral.pdf"] + b" "}))
    with pytest.raises(Refused, match=r"triage\.pdf is missing"):
        check(_packed({name: content for name, content in files.items() if name != "triage.pdf"}))
    with pytest.raises(Refused, match="no archive of a case"):
        check(io.BytesIO(b"nothing"))
    for name, content, said in (
        (HISTORY, files[HISTORY][:-5], "of the history cannot be read"),
        (HISTORY, b"\xff[]\n", "Line 1 of the history cannot be read"),
        (HISTORY, files[HISTORY] * 2, "stands twice"),
        (MANIFEST, b"[]", "no archive of a case"),
        (SUMS, b"", "SHA256SUMS is not as it was written"),
    ):
        with pytest.raises(Refused, match=said):
            check(_packed(files | {name: content}))
    with ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("referral.pdf", files["referral.pdf"])
    with path.open("rb") as twice, pytest.raises(Refused, match=r"referral\.pdf stands in it twice"):
        check(twice)
    _forge(files)
    with pytest.raises(Refused, match="of the history does not fit its digest"):
        check(_packed(files))


@on_one_database
@pytest.mark.usefixtures("recommended")
def test_whatever_byte_of_an_archive_is_changed_the_answer_is_in_words(
    sessions: Sessions, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    out, random = io.BytesIO(), Random(4)
    with sessions.transaction() as session:
        case = session.scalars(select(Case)).one()
        export(session, head, case, out, None, partnership.officer.as_actor(), NOW, False)
    for _ in range(150):
        changed = bytearray(out.getvalue())
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
        with suppress(Refused):  # a date in the zip's own table proves nothing and may change
            assert check(io.BytesIO(changed)).digest == sha256(_files(out.getvalue())[MANIFEST]).hexdigest()


def _forge(files: Files) -> None:
    """Changes what the history says, and the manifest with it."""
    files[HISTORY] = files[HISTORY].replace(b"opened scoping", b"forgot scoping")
    manifest = json.loads(files[MANIFEST])
    for one in manifest["files"]:
        if one["path"] == HISTORY:
            one["sha256"] = sha256(files[HISTORY]).hexdigest()
    files[MANIFEST] = json.dumps(manifest).encode()
