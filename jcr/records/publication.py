"""Makes publication copies: pseudonyms for names, the PDF opened again and searched, released only when clean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from html import unescape
from io import BytesIO

import pikepdf
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.chronology import naming, pseudonyms
from jcr.chronology.particulars import INSTEAD, NAME, Known, without_particulars
from jcr.correspondence.service import Letterhead
from jcr.decisions import service as decisions
from jcr.decisions.report import report
from jcr.documents.publication import Publication, render
from jcr.errors import NotNow
from jcr.files import service as files
from jcr.files.service import PDF
from jcr.history.service import record
from jcr.records.finding import Hit, hits, parts_of_name
from jcr.records.known import known_to
from jcr.records.publication_model import PublicationCopy
from jcr.roles import Actor

TAG = re.compile(r"<[^>]*>")
BINARY = ("/ID", "/CharSet", "/Panose")  # strings that are no words


def of_case(session: Session, case: Case) -> Sequence[PublicationCopy]:
    found = select(PublicationCopy).where(PublicationCopy.case_id == case.id)
    return session.scalars(found.order_by(PublicationCopy.id)).all()


def words_of_report(session: Session, case: Case, head: Letterhead) -> str:
    """The last rapid review report as text to begin with; empty where there is none."""
    latest = decisions.latest(session, case)
    if latest is None:
        return ""
    told = report(session, latest, head)
    parts = {
        "What was recommended": told.recommendation, "What happened": told.incident, "Why": told.rationale,
        "The person’s voice": told.voice, "Equality": told.equality, "Learning": told.learning,
        "Good practice": told.good_practice,
    }  # fmt: skip
    return "\n\n".join(f"## {title}\n\n{text.strip()}" for title, text in parts.items() if text.strip())


def without_what_is_known(session: Session, case: Case, text: str) -> str:
    """The text with pseudonyms for names and a word for each date, number and address that the case knows."""
    known = known_to(session, case)
    names = {
        one.text: INSTEAD[NAME] for one in known if one.kind == NAME and len(parts_of_name(one.text)) > 1
    }
    text = without_particulars(text, known)
    return naming.without_names(text, names | pseudonyms.stand_ins(session, case))


def save(
    session: Session, head: Letterhead, case: Case, copy: PublicationCopy | None, title: str, text: str,
    let_stand: Mapping[str, str], actor: Actor, now: datetime,
) -> PublicationCopy:  # fmt: skip
    """Keeps the words, makes the PDF, opens it again and notes everything found. Raises NotNow once it is released."""
    if copy is not None and copy.released_at:
        raise NotNow("This copy is released. Make a new one.")
    file = files.keep(session, render(Publication(head.partnership, title, text)), now, PDF)
    found = [
        {"words": hit.words, "because": hit.because, "places": hit.places, "ordinary": hit.is_ordinary}
        for hit in _found(file.content, f"{title}\n{text}", known_to(session, case))
    ]
    if copy is None:
        copy = PublicationCopy(case_id=case.id)
        session.add(copy)
    copy.title, copy.text, copy.file, copy.found = title, text, file, found
    copy.let_stand = {words: why.strip() for words, why in let_stand.items() if why.strip()}
    copy.changed_at, copy.changed_by = now, actor.name
    session.flush()
    record(session, case.id, actor, now, "worked on a publication copy", copy=copy.id, found=len(found))
    return copy


def _found(pdf: bytes, typed: str, known: Sequence[Known]) -> list[Hit]:
    """What the file says and, if it is not found there, what was typed: a number may run over the end of a page."""
    found = hits(words_in(pdf), known)
    seen = {hit.words for hit in found}
    return found + [hit for hit in hits([typed], known, "from one page to the next") if hit.words not in seen]


def release(session: Session, copy: PublicationCopy, actor: Actor, now: datetime) -> None:
    """Raises NotNow while anything found is neither changed nor, as an ordinary word, let stand with a reason."""
    if copy.released_at:
        raise NotNow("This copy is released already.")
    if copy.in_the_way:
        raise NotNow(
            f"The copy is not clean: {len(copy.in_the_way)} of the words found are still in the way."
        )
    copy.released_at, copy.released_by = now, actor.name
    stood = len(copy.let_stand)
    record(session, copy.case_id, actor, now, "released a publication copy", copy=copy.id, let_stand=stood)


def words_in(pdf: bytes) -> list[str]:
    """What a reader or a program can find in the file: the text of each page; and whatever else it says anywhere, such
    as properties, bookmarks, alternative texts, notes, addresses of links and names of fields."""
    reader = PdfReader(BytesIO(pdf))
    with pikepdf.open(BytesIO(pdf)) as file:
        told = list(dict.fromkeys(text for each in (file.trailer, *file.objects) for text in _strings(each)))
    return [*(page.extract_text() for page in reader.pages), "\n".join(told)]


def _strings(thing: pikepdf.Object) -> Iterator[str]:
    """The strings of an object, and of its XML properties the text; an object it refers to is looked at by itself."""
    if isinstance(thing, pikepdf.String):
        yield str(thing)
    elif isinstance(thing, pikepdf.Array):
        yield from _strings_in(thing.as_list())
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        if isinstance(thing, pikepdf.Stream) and thing.get("/Type") == "/Metadata":
            yield TAG.sub("\n", unescape(thing.read_bytes().decode("utf-8", "replace")))
        yield from _strings_in(value for key, value in thing.items() if key not in BINARY)


def _strings_in(things: Iterable[object]) -> Iterator[str]:
    for one in things:
        if isinstance(one, pikepdf.Object) and not one.is_indirect:
            yield from _strings(one)
