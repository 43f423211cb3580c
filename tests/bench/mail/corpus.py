"""Two thousand messages as an office gets them, always the same: text, a Word form in three, a large PDF in ten."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from random import Random

import docx
import reportlab.rl_config
from docx.shared import Inches
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from jcr.files.service import PDF, WORD

SEED = 20261125
FIRST = datetime(2026, 1, 5, 8, tzinfo=UTC)
NAMES = (
    "Amira", "Björn", "Chloé", "Efua", "Grzegorz", "Iñigo", "Kofi", "Léa", "Niamh", "Oisín", "Priya",
    "Søren", "Tomasz", "Věra", "Yusuf", "Zoë",
)  # fmt: skip
FAMILIES = (
    "Adeyemi", "O'Brien", "Núñez", "Kowalski", "García", "Müller", "Nguyễn", "Patel", "Okafor",
    "Łukasik", "Rossi", "Šimić", "Campbell",
)  # fmt: skip
WORDS = (
    "the", "team", "would", "like", "to", "refer", "this", "case", "because", "support", "is", "needed",
    "with", "urgent", "and", "planned", "work", "we", "have", "spoken", "to", "the", "family", "twice",
    "and", "agreed", "that", "a", "visit", "should", "be", "arranged", "before", "the", "end", "of",
    "the", "month",
)  # fmt: skip
FIELDS = (
    "referrer_name", "referrer_agency", "referrer_email", "referrer_phone", "subject_name", "subject_dob",
    "subject_address", "need", "urgency", "consent", "summary", "goals", "constraints", "budget", "deadline",
    "reference",
)  # fmt: skip
LONG = {"summary": 60, "goals": 25, "constraints": 20}  # words
FIXED = (2026, 1, 1, 0, 0, 0)


def corpus(messages: int = 2000, seed: int = SEED) -> Iterator[bytes]:
    """So many messages with CRLF line ends; every byte follows from the seed."""
    reportlab.rl_config.invariant = 1
    chance = Random(seed)
    texts, words = round(messages * 0.6), round(messages * 0.3)
    kinds = ["text"] * texts + ["word"] * words + ["pdf"] * (messages - texts - words)
    chance.shuffle(kinds)
    for number, kind in enumerate(kinds):
        yield _message(number, kind, chance).as_bytes(policy=SMTP)


def _message(number: int, kind: str, chance: Random) -> EmailMessage:
    answers = _answers(number, chance)
    made = _envelope(number, answers)
    if kind == "text":
        lines = "\n".join(f"{_label(name)}: {answers[name]}" for name in FIELDS)
        made.set_content(f"Dear colleagues,\n\n{lines}\n\n{_prose(chance, 120)}\n")
        if number % 3 == 0:
            made.add_alternative(_as_table(answers, chance), subtype="html")
            made.set_boundary(f"=_{number}_boundary")
        return made
    made.set_content(f"Please find the form attached.\n\n{_prose(chance, 30)}\n")
    content, type, name = _document(kind, answers, chance)
    main, _, sub = type.partition("/")
    made.add_attachment(content, maintype=main, subtype=sub, filename=name)
    made.set_boundary(f"=_{number}_boundary")
    return made


def _envelope(number: int, answers: dict[str, str]) -> EmailMessage:
    at = FIRST + timedelta(minutes=7 * number)
    made = EmailMessage()
    made["From"] = f'"{answers["referrer_name"]}" <{answers["referrer_email"]}>'
    made["To"] = "jcr@partnership.example"
    made["Subject"] = f"Referral {answers['reference']}"
    made["Message-ID"] = f"<{number}@mail.agency.example>"
    made["Date"] = format_datetime(at)
    made["Received"] = (
        f"from mx{number % 7}.agency.example by mail.partnership.example; {format_datetime(at)}"
    )
    made["Authentication-Results"] = "mail.partnership.example; dmarc=pass header.from=agency.example"
    return made


def _answers(number: int, chance: Random) -> dict[str, str]:
    answers = {name: _prose(chance, LONG.get(name, 3)) for name in FIELDS}
    return answers | {
        "referrer_name": _person(chance),
        "referrer_email": f"referrer{number}@agency.example",
        "subject_name": _person(chance),
        "subject_dob": f"{chance.randrange(1, 29):02d}/{chance.randrange(1, 13):02d}/{chance.randrange(1940, 2019)}",
        "consent": chance.choice(["Yes", "No"]),
        "reference": f"R-{number:05d}",
    }


def _as_table(answers: dict[str, str], chance: Random) -> str:
    rows = "".join(f"<tr><td>{_label(name)}</td><td>{answers[name]}</td></tr>" for name in FIELDS)
    return f"<html><body><table>{rows}</table><p>{_prose(chance, 120)}</p></body></html>"


def _document(kind: str, answers: dict[str, str], chance: Random) -> tuple[bytes, str, str]:
    if kind == "word":
        return _word(answers, chance), WORD, "Referral form.docx"
    return _pdf(answers, chance), PDF, "Scoping.pdf"


def _word(answers: dict[str, str], chance: Random) -> bytes:
    """About 60 KB: a table of questions, prose, and a picture that does not compress."""
    document = docx.Document()
    document.add_heading("Referral form", 0)
    table = document.add_table(rows=0, cols=2)
    for name in FIELDS:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = _label(name), answers[name]
    for _ in range(6):
        document.add_paragraph(_prose(chance, 40))
    document.add_picture(io.BytesIO(_picture(88, chance)), width=Inches(1))
    document.core_properties.created = document.core_properties.modified = datetime(2026, 1, 1)
    written = io.BytesIO()
    document.save(written)
    return _dated(written)


def _dated(written: io.BytesIO) -> bytes:
    """The same archive with a fixed time on each member, so that its bytes are the same in every run."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, FIXED)
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, source.read(name))
    return fixed.getvalue()


def _pdf(answers: dict[str, str], chance: Random) -> bytes:
    """About 1 MB: a page of form fields, and a picture as a scanner leaves it."""
    written = io.BytesIO()
    canvas = Canvas(written, pageCompression=1)
    canvas.drawString(72, 800, "Scoping form")
    for line, name in enumerate(FIELDS):
        y = 770 - 26 * line
        canvas.drawString(40, y, _label(name))
        value = answers[name].encode("latin-1", "replace").decode("latin-1")
        canvas.acroForm.textfield(name=name, x=180, y=y - 6, width=360, height=18, value=value, maxlen=2000)
    canvas.showPage()
    canvas.drawImage(ImageReader(io.BytesIO(_picture(512, chance))), 72, 300, 400, 400)
    canvas.showPage()
    canvas.save()
    return written.getvalue()


def _picture(side: int, chance: Random) -> bytes:
    """A PNG of noise: the size on the wire is the size in memory."""
    rows = b"".join(b"\0" + chance.randbytes(side * 3) for _ in range(side))
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _person(chance: Random) -> str:
    return f"{chance.choice(NAMES)} {chance.choice(FAMILIES)}"


def _prose(chance: Random, words: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(words))


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()
