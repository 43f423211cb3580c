"""A case's whole record as one archive: every file in it with its SHA-256, what it is, when and from whom."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from lzma import LZMAError
from typing import IO, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.correspondence.service import Letterhead
from jcr.errors import Refused
from jcr.history.chain import digest_of, links_of_case, told
from jcr.history.model import Entry
from jcr.history.service import record
from jcr.meetings.sight import Sight, sight_of
from jcr.people.model import Person
from jcr.records.papers import Part, minuted_elsewhere, papers_of
from jcr.records.rows import as_line, rows_of
from jcr.roles import Actor

# What reading a zip and JSON raises where they are not as they were written
UNREADABLE = (
    BadZipFile, zlib.error, LZMAError, OSError, EOFError, RuntimeError, ValueError, LookupError, TypeError,
    AttributeError,
)  # fmt: skip
TAKEN_OUT = "took out the whole record of the case as one archive"
MANIFEST, HISTORY, SUMS = "manifest.json", "history.jsonl", "SHA256SUMS"
PAPERS_LEFT_OUT = (
    "Agendas and minutes as they went out are left out: whoever took the archive has a conflict of interest in another"
    " case. What was minuted about this case is in record/meeting_items.jsonl."
)
ABOUT = {
    HISTORY: "The case's history. Each entry's digest is the SHA-256 of the digest `before` it and of what it says.",
    "record/": "Every row of the database about the case, one file a table, one row a line.",
    SUMS: "For `sha256sum --check`.",
}


@dataclass(frozen=True)
class Made:
    """What was written: how many files, and the digest of their manifest, which the history keeps."""

    files: int
    digest: str


def file_name(case: Case) -> str:
    """Such as JCR-2026-0001-record.zip: no names."""
    return f"{case.reference}-record.zip"


def export(
    session: Session, head: Letterhead, case: Case, out: IO[bytes], reader: Person | None, actor: Actor, now: datetime,
    scanner: bool,
) -> Made:  # fmt: skip
    """Writes the record as this reader may see it, or all of it for the operator, and puts that on record.

    What the virus scanner found something in, or where one is set did not see yet, is only named in the manifest.
    """
    sight = sight_of(session, reader.id) if reader else Sight()
    left_out = [PAPERS_LEFT_OUT] if sight.hidden else []
    parts = _parts(session, head, case, sight, reader, now)
    made = _packed(parts, out, {"case": case.reference, "marking": head.marking, "made_at": now.isoformat(),
                                "made_by": actor.name, "about": ABOUT, "left_out": left_out}, scanner)  # fmt: skip
    record(session, case.id, actor, now, TAKEN_OUT, files=made.files, manifest=made.digest)
    return made


def _parts(
    session: Session, head: Letterhead, case: Case, sight: Sight, reader: Person | None, now: datetime
) -> Iterator[Part]:
    yield from papers_of(session, head, case, sight, now)
    for table, rows in rows_of(session, case, reader):
        yield Part(f"record/{table}.jsonl", _lines(rows), f"The record: {table.replace('_', ' ')}")
    elsewhere = [
        {"meeting": item.meeting.title, "held": item.meeting.starts_at, "item": item.title,
         "summary": item.summary, "decision": item.decision, "rationale": item.rationale}
        for item in minuted_elsewhere(session, case, sight)
    ]  # fmt: skip
    if elsewhere:
        yield Part(
            "meetings/extracts.jsonl", _lines(elsewhere), "Minutes of business meetings about the case"
        )
    links = ({"link": link.id, "before": before, "digest": link.digest, "entry": told(entry)}
             for entry, link, before in links_of_case(session, case.id))  # fmt: skip
    yield Part(HISTORY, _lines(links), "The history of the case")


def _lines(rows: Iterable[dict[str, Any]]) -> bytes:
    return "".join(f"{as_line(row)}\n" for row in rows).encode()


def _packed(parts: Iterable[Part], out: IO[bytes], head: dict[str, Any], scanner: bool) -> Made:
    listed: list[dict[str, Any]] = []
    held: list[dict[str, str]] = []
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for part in parts:
            if part.kept and (why := part.kept.why_held(scanner)):
                held.append({"path": part.path, "sha256": part.kept.sha256, "what": part.what, "why": why})
                continue
            archive.writestr(part.path, part.content)
            listed.append(
                {"path": part.path, "sha256": sha256(part.content).hexdigest(), "bytes": len(part.content),
                 "what": part.what, "at": part.at.isoformat() if part.at else None, "from": part.by,
                 "called": part.called}
            )  # fmt: skip
        manifest = json.dumps({**head, "held": held, "files": listed}, ensure_ascii=False, indent=1).encode()
        digest = sha256(manifest).hexdigest()
        archive.writestr(MANIFEST, manifest)
        archive.writestr(SUMS, _sums({one["path"]: one["sha256"] for one in listed}, digest))
    return Made(len(listed), digest)


def _sums(listed: Mapping[str, str], of_manifest: str) -> str:
    every = [*listed.items(), (MANIFEST, of_manifest)]
    return "".join(f"{digest}  {path}\n" for path, digest in every)


def check(file: IO[bytes]) -> Made:
    """Counts every digest of an archive anew. Raises Refused with each file that is not as the manifest says."""
    try:
        with ZipFile(file) as archive:
            names = archive.namelist()
            there = {name: archive.read(name) for name in names}
        manifest, sums = there.pop(MANIFEST), there.pop(SUMS)
        listed = {one["path"]: one["sha256"] for one in json.loads(manifest)["files"]}
    except UNREADABLE as why:
        raise Refused(f"This is no archive of a case that can be read: {why}") from None
    found = {name: sha256(content).hexdigest() for name, content in there.items()}
    digest = sha256(manifest).hexdigest()
    wrong = [f"{path} is missing" for path in listed.keys() - found.keys()]
    wrong += [f"{path} is not in the manifest" for path in found.keys() - listed.keys()]
    wrong += [f"{path} stands in it twice" for path in found if names.count(path) > 1]
    wrong += [
        f"{path} is not as it was written"
        for path in listed.keys() & found.keys()
        if listed[path] != found[path]
    ]
    if sums != _sums(listed, digest).encode():
        wrong.append(f"{SUMS} is not as it was written")
    wrong += _broken_entries(there.get(HISTORY, b""))
    if wrong:
        raise Refused(". ".join(sorted(wrong)) + ".")
    return Made(len(listed), digest)


def taken_out(session: Session, made: Made) -> Entry | None:
    """Who took out an archive with this manifest, and when: whoever writes all of one anew cannot write that."""
    told = Entry.details["manifest"].as_string() == made.digest
    return session.scalars(select(Entry).where(Entry.act == TAKEN_OUT, told).limit(1)).first()


def _broken_entries(history: bytes) -> Iterator[str]:
    reached = 0
    for number, line in enumerate(history.splitlines(), 1):
        try:
            one = json.loads(line)
            entry, link, fits = (
                one["entry"],
                one["link"],
                digest_of(one["before"], one["entry"]) == one["digest"],
            )
        except UNREADABLE:
            yield f"Line {number} of the history cannot be read"
            continue
        if not fits:
            yield f"Entry {entry['id']} of the history does not fit its digest"
        if link <= reached:
            yield f"Entry {entry['id']} of the history stands twice, or where another stood"
        reached = link
