"""What is attached on a page is judged by its bytes, whatever it is called."""

from __future__ import annotations

import io
import zipfile

import pytest

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
        ("report.pdf", PDF + b"<</S /Launch /F (cmd.exe)>>", "It starts a program"),
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
