"""What is attached on a page is judged by its bytes, whatever it is called."""

from __future__ import annotations

import io
import zipfile

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from jcr.errors import Incomplete
from jcr.files.uploading import must_be_takable
from mail_intake.uploads import fault

PDF, PNG = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF", b"\x89PNG\r\n\x1a\n" + b"\0" * 40
PROGRAM = b"MZ\x90\0\x03\0\0\0" + b"\0" * 200


def _zip(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


WORD = {"[Content_Types].xml": b"<Types/>", "word__document_dot_xml": b"<w/>"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("chronology.pdf", PROGRAM, "It is a program"),
        ("chronology.pdf.exe", PDF, "It is a program"),
        ("run.BAT ", b"echo", "It is a program"),
        ("notes.txt", b"#!/bin/sh\nrm", "It is a program"),
        ("notes.docx", b"\x7fELF\x02\x01" + b"\0" * 60, "It is a program"),
        ("papers.zip", _zip(a_dot_pdf=PDF, setup_dot_exe=PROGRAM), "There is a program in it"),
        ("report.docx", _zip(**WORD, word__vbaProject_dot_bin=b"x"), "It holds macros"),
        ("report.pdf", b"<html><script>alert(1)</script></html>", "It is a web page"),
        ("picture.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", "It is a web page"),
        ("page.htm", b"hello", "It is a web page"),
        ("report.pdf", _zip(a_dot_txt=b"x") + PDF, "It is called .pdf but"),  # both at once
        ("report.docx", PDF, "It is called .docx but"),
        ("photo.jpg", PNG, "It is called .jpg but"),
        ("report.pdf", b"just words", "It is called .pdf but"),
    ],
)
def test_what_is_a_program_or_pretends_is_told_in_words(name: str, content: bytes, said: str) -> None:
    assert fault(name, content).startswith(said)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.pdf", PDF), ("report", PDF), ("photo.PNG", PNG), ("report.docx", _zip(**WORD)),
        ("papers.zip", _zip(a_dot_pdf=PDF)), ("notes.txt", b"MZ is how his notes begin"), ("table.csv", b"a,b\n1,2"),
        ("letter.rtf", b"{\\rtf1 words}"), ("mail.eml", b"From: a@b.example\r\n\r\nhello"), ("odd.xyz", b"\0\1\2"),
    ],
)  # fmt: skip
def test_what_people_attach_is_taken(name: str, content: bytes) -> None:
    assert fault(name, content) == ""


def _pdf(action: Dictionary | None = None, packed: bytes = b"") -> bytes:
    """A page whose link does this, all of it in compressed objects, so that no byte of it shows."""
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    if action is not None:
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])
    if packed:
        pdf.attachments["notes.txt"] = pikepdf.AttachedFileSpec(pdf, packed)
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def test_a_pdf_that_acts_or_carries_files_is_refused_and_any_other_taken() -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    web, page = String("https://example.org"), Array([0])
    for content, said in (
        (_pdf(Dictionary(S=Name.Launch, F=String("cmd.exe"))), "It holds scripts"),
        (_pdf(Dictionary(S=Name.URI, URI=web, Next=script)), "It holds scripts"),
        (_pdf(Dictionary(S=Name.GoToR, F=String(r"\\elsewhere\x.pdf"), D=page)), "It opens other files"),
        (_pdf(packed=PROGRAM), "Other files are packed into it"),
    ):
        with pytest.raises(Incomplete, match=said):
            must_be_takable("report.pdf", content)
    for content in (_pdf(), _pdf(Dictionary(S=Name.URI, URI=web)), b"%PDF-1.7\n<< /S /Launch"):
        must_be_takable("report.pdf", content)  # the last is damaged and does nothing
