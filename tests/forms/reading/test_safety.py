"""Documents made to harm are refused with a reason, in this process and in the child, and nothing is raised."""

import io
import itertools
import os
import re
import signal
import subprocess
import sys
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from forms import ReferralForm, Stamp, text
from forms.reading import read
from forms.reading.formats import ASK
from forms.reading.line import Line
from forms.reading.network import without_network
from forms.reading.result import Document
from forms.reading.sandbox import Reader
from tests.bench.mail.run import descendants
from tests.services.waiting import eventually

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def document(body: str, before: str = "") -> bytes:
    return zipped(
        {"word/document.xml": f"{before}<w:document {SPACE}><w:body>{body}</w:body></w:document>".encode()}
    )


def pdf_bomb() -> bytes:
    packed = zlib.compress(zlib.compress(b"0" * (1 << 28), 9), 9)
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n4 0 obj<</Filter[/FlateDecode"
        b"/FlateDecode]/Length %d>>stream\n"
        % len(packed)
        + packed
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%EOF"
    )


def encrypted_zip() -> bytes:
    content = bytearray(document("<w:p/>"))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def twice_the_same_name() -> bytes:
    """Two programs would each read another of the two."""
    content = zipped({"word/document.xml": b"<a/>", "word/documenu.xml": b"<b/>"})
    return content.replace(b"word/documenu.xml", b"word/document.xml")


def with_a_lying_size() -> bytes:
    """A part of 31 MB whose table of contents says 100 bytes."""
    content = bytearray(document("<w:p/>" * (31 << 20 >> 6), " " * (31 << 20)))
    for entry, field in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = content.index(entry) + field
        content[at : at + 4] = (100).to_bytes(4, "little")
    return bytes(content)


def pdf_of(pages: int, **how: object) -> bytes:
    file = io.BytesIO()
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page()
        made.save(file, **how)
    return file.getvalue()


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
HARMFUL = {  # made when they are needed: some take a second
    "ten million elements": lambda: document("<w:p/>" * 4_000_000),
    "a document type": lambda: document("<w:p/>", LAUGHS),
    "too deep": lambda: document("<w:sdt><w:sdtContent>" * 50_000),
    "too many parts": lambda: zipped({f"word/{number}.xml": b"" for number in range(2_001)}),
    "locked": encrypted_zip,
    "cut short": lambda: document("<w:p/>")[:-40],
    "no document": lambda: zipped({"word/other.xml": b"<x/>"}),
    "a packed PDF": pdf_bomb,
    "a broken PDF": lambda: b"%PDF-1.7\n" + b"\xff" * 200,
}


@pytest.mark.parametrize("harm", HARMFUL.values(), ids=HARMFUL)
def test_harmful_documents_are_refused_with_a_reason(harm):
    reading = read("harm", harm())
    assert reading.kind == "other"
    assert reading.problems[0].startswith("could not be read safely: ")
    assert not reading.fields


REASONS = {
    "two of its parts have the same name": twice_the_same_name,
    "one of its parts is too large": lambda: zipped({"word/document.xml": b"a" * (31 << 20)}),
    "it is too large when unpacked": lambda: zipped({f"word/{n}.xml": b"a" * (29 << 20) for n in range(4)}),
    "one of its parts unpacks to a suspicious size": lambda: zipped({"word/document.xml": b"a" * (8 << 20)}),
    "it is protected with a password": lambda: pdf_of(1, encryption=pikepdf.Encryption(user="u", owner="o")),
    "it has more than 500 pages": lambda: pdf_of(501),
    "it is larger than 25 MB": lambda: b"%PDF-1.7" + b" " * (25 << 20),
    "the file is damaged": with_a_lying_size,
}  # fmt: skip


@pytest.mark.parametrize(("why", "made"), REASONS.items(), ids=REASONS)
def test_each_refusal_says_why(why, made):
    assert read("harm", made()).problems == [f"could not be read safely: {why}", ASK]


def test_a_pdf_that_unpacks_to_too_much_is_not_called_damaged():
    with pikepdf.new() as made:
        made.add_blank_page()
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        made.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        made.pages[0].Contents = made.make_stream(
            zlib.compress(b"BT /F 9 Tf (word word) Tj ET\n" * 3_000_000), Filter=pikepdf.Name.FlateDecode
        )
        made.save(file := io.BytesIO())
    assert read("harm", file.getvalue()).problems == [
        "could not be read safely: it is too large when unpacked",
        ASK,
    ]


def in_divisions(depth: int) -> bytes:
    return (
        f"<html>{'<div>' * depth}Name of child: Ada Moss{'</div>' * depth}<p>After all.</p></html>".encode()
    )


def test_a_page_nested_more_deeply_than_a_parser_with_limits_goes_is_read_or_refused_but_never_cut_short():
    reading = read("mail.html", in_divisions(300))
    assert reading.fields == {"subject_name": "Ada Moss"}
    assert reading.unplaced == ["After all."]
    assert read("mail.html", in_divisions(100_000)).problems == [
        "could not be read safely: it is nested too deeply", ASK
    ]  # fmt: skip


NAMED = '<!DOCTYPE x [<!ENTITY passwords SYSTEM "file:///etc/passwd">]>'
BODY = f"<w:document {SPACE}><w:body><w:p><w:r><w:t>Name: &passwords;</w:t></w:r></w:p></w:body></w:document>"
HIDDEN_TYPES = {
    "in letters of two bytes": f'<?xml version="1.0" encoding="utf-16"?>{NAMED}{BODY}'.encode("utf-16"),
    "far down": f'<!--{" " * 5_000}--><!DOCTYPE x SYSTEM "a.dtd">{BODY.replace("&passwords;", "Ada")}'.encode(),
}


@pytest.mark.parametrize("text", HIDDEN_TYPES.values(), ids=HIDDEN_TYPES)
def test_a_document_type_is_found_wherever_it_hides(text):
    reading = read("harm", zipped({"word/document.xml": text}))
    assert reading.problems[0].endswith("it contains a document type declaration, which Word never writes")


@pytest.mark.parametrize(
    "content",
    [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x89PNG\r\n\x1a\n", b"\0\1\2\3" * 50,
     zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), zipped({"ppt/presentation.xml": b"<x/>"})],
)  # fmt: skip
def test_files_of_other_kinds_ask_for_one_that_can_be_read(content):
    reading = read("file", content)
    assert reading.kind == "other"
    assert "Ask the sender" in reading.problems[0]


def test_the_child_outlives_harmful_documents_and_reads_the_next():
    with Reader() as reader:
        for harm in HARMFUL.values():
            assert reader.read("harm", harm()).problems
        assert reader.read("body.txt", b"Name of adult: Ada Moss").fields["subject_name"] == "Ada Moss"
        assert reader.read("form.pdf", encrypted_only_against_printing()).fields["subject_name"] == "Ada Moss"


def encrypted_only_against_printing():
    made, locked = io.BytesIO(), io.BytesIO()
    canvas = Canvas(made)
    canvas.drawString(72, 700, "Name of adult: Ada Moss")
    canvas.save()
    with pikepdf.open(made) as document:
        document.save(locked, encryption=pikepdf.Encryption(owner="theirs", user="", R=6))
    return locked.getvalue()


def test_a_child_that_dies_is_replaced():
    with Reader() as reader:
        reader._nest.process.kill()
        reader._nest.process.wait()
        assert reader.read("body.txt", b"Name of adult: Ada Moss").fields


def test_a_document_that_takes_too_long_is_given_up():
    with Reader(seconds=0) as reader:
        reading = reader.read("body.txt", ("Name of adult: Ada Moss\n" * 15_000).encode())
        assert reading.problems == [
            "could not be read safely: it needs more time or memory than a document may take",
            ASK,
        ]


def test_the_child_is_replaced_after_so_many_documents():
    """And the next reads those that were on their way to it already."""
    names = [f"Ada Moss-{number}" for number in "abc"]
    with Reader(documents=2) as reader:
        first = reader._nest.process.pid
        readings = reader.read_all(
            [Document("body.txt", f"Name of adult: {name}".encode()) for name in names]
        )
        assert [reading.fields["subject_name"] for reading in readings] == names
        assert reader._nest.process.pid != first


@pytest.mark.parametrize("children", [1, 2])
def test_a_document_that_ends_its_child_is_given_up_and_the_others_are_read(children, monkeypatch):
    answer, asked = Line.answer, []

    def dying(line):
        asked.append(line)
        if len(asked) == 2:
            os.killpg(reader._nest.process.pid, signal.SIGKILL)
        return answer(line)

    monkeypatch.setattr(Line, "answer", dying)
    endless = ("Name of adult: Ada Moss\n" * 15_000).encode()
    words = [b"Name of adult: Ada Moss", endless, b"Name of adult: Bert Lund"]
    with Reader(children=children) as reader:
        readings = reader.read_all([Document("body.txt", content) for content in words])
    assert [reading.fields.get("subject_name") for reading in readings] == ["Ada Moss", None, "Bert Lund"]
    assert "more time or memory" in readings[1].problems[0]


def both_of(reader: Reader) -> list[int]:
    """The first child and the one it forked."""
    first = reader._nest.process.pid
    return [first, *descendants(first)]


def test_children_share_the_documents_of_a_call_and_their_memory_and_end_together():
    names = [f"Ada Moss-{letter}" for letter in "abcde"]
    with Reader(children=2) as reader:
        first, second = both_of(reader)
        readings = reader.read_all(
            [Document("body.txt", f"Name of adult: {name}".encode()) for name in names]
        )
        shared = re.search(r"Shared_Dirty:\s+(\d+) kB", Path(f"/proc/{second}/smaps_rollup").read_text())
    assert [reading.fields["subject_name"] for reading in readings] == names
    assert int(shared[1]) > 10_000
    assert eventually(lambda: not any(Path(f"/proc/{child}/exe").exists() for child in (first, second)))


@pytest.mark.parametrize("dies", [False, True])
def test_a_call_is_asked_while_the_answers_to_the_last_one_come_and_none_is_mistaken(dies, monkeypatch):
    ask, answer, asked, killed = Line.ask, Line.answer, [], []

    def asking(line, questions):
        asked.append(len(questions))
        ask(line, questions)

    def answering(line):
        assert eventually(lambda: len(asked) >= 4)  # both calls, of both children
        if dies and not killed:
            killed.append(os.killpg(reader._nest.process.pid, signal.SIGKILL))
        return answer(line)

    monkeypatch.setattr(Line, "ask", asking)
    monkeypatch.setattr(Line, "answer", answering)
    names = [f"{first} Moss-{letter}" for first in ("Ada", "Bert") for letter in "abc"]
    documents = [Document("body.txt", f"Name of adult: {name}".encode()) for name in names]
    with Reader(children=2) as reader, ThreadPoolExecutor(2) as threads:
        readings = [*itertools.chain(*threads.map(reader.read_all, (documents[:3], documents[3:])))]
    read = [one.fields.get("subject_name") for one in readings]
    assert sum(name is None for name in read) <= dies  # its answer may have been on its way
    assert all(one in (None, name) for one, name in zip(read, names, strict=True))


def test_of_a_letter_nothing_is_looked_for_unless_it_is_a_form_of_ours():
    form = text.blank(
        ReferralForm, {"referrer_name": "Jo Fenn"}, Stamp("referral", ReferralForm.edition)
    ).encode()
    typed = b"Referral for a rapid review\nReferrer name: Jo Fenn\nName of child: Ada Moss\nDate of birth: 3 May 2019\n"
    words = b"Dear all,\n\nName of child: Ada Moss\n"
    with Reader() as reader:
        *letters, attached = reader.read_all(
            [Document("body.txt", content, letter=True) for content in (form, typed, words)]
            + [Document("a.txt", words)]
        )
    assert [one.kind for one in letters] == ["referral", "referral", "other"]
    assert [one.fields.get("referrer_name") for one in letters] == ["Jo Fenn", "Jo Fenn", None]
    assert (letters[2].fields, letters[2].unplaced) == ({}, [])
    assert attached.fields == {"subject_name": "Ada Moss"}


def test_when_one_of_two_children_has_died_both_are_replaced():
    with Reader(children=2) as reader:
        os.kill(both_of(reader)[1], signal.SIGKILL)
        assert eventually(lambda: not reader._nest.is_open)
        readings = reader.read_all([Document("body.txt", b"Name of adult: Ada Moss")] * 3)
        assert len(both_of(reader)) == 2
    assert [reading.fields["subject_name"] for reading in readings] == ["Ada Moss"] * 3


def scanned() -> bytes:
    """A page of text with a picture of 2 MB that does not compress."""
    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.drawString(72, 800, "Scoping form")
    canvas.drawImage(ImageReader(Image.frombytes("RGB", (800, 800), os.urandom(800 * 800 * 3))), 72, 300)
    canvas.save()
    return made.getvalue()


def resident(process: int) -> int:
    pages = Path(f"/proc/{process}/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def test_large_documents_leave_nothing_in_the_childs_memory():
    content = scanned()
    with Reader() as reader:
        reader.read("scan.pdf", content)
        child, before = reader._nest.process, resident(reader._nest.process.pid)
        for _ in range(25):
            reader.read("scan.pdf", content)
        assert reader._nest.process is child
        assert resident(child.pid) - before < 12 * len(content)


def test_nothing_of_our_environment_reaches_the_child(monkeypatch):
    monkeypatch.setenv("JCR_SECRET_KEY", "do-not-tell")
    with Reader() as reader, open(f"/proc/{reader._nest.process.pid}/environ", "rb") as environment:
        assert b"do-not-tell" not in environment.read()


def test_the_child_can_reach_no_network():
    """Neither Python's sockets nor, where the system lets us take it away, the network itself is there."""
    code = (
        "from forms.reading.network import take_away_sockets; take_away_sockets(); import socket, ssl\n"
        "for act in (socket.socket, lambda: socket.create_connection(('127.0.0.1', 9))):\n"
        " try: act()\n except OSError as error: print(type(error).__name__)"
    )
    assert said_by(code).split() == ["NoNetwork", "NoNetwork"]
    if without_network():
        with Reader() as reader:
            inside = os.readlink(f"/proc/{reader._nest.process.pid}/ns/net")
            assert inside != os.readlink("/proc/self/ns/net")


def test_a_warm_child_holds_nothing_that_only_writes_forms():
    """Each of the children has it in its own memory."""
    code = "from forms.reading.warm import warm; warm(); import sys; print(*sys.modules)"
    loaded = said_by(code).split()
    assert {"docx", "reportlab", "urllib.request", "ssl"}.isdisjoint(loaded)


def said_by(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
