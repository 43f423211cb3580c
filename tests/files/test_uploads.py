"""What is attached on a page is judged by its bytes, whatever it is called."""

from __future__ import annotations

import base64
import io
import zipfile

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from jcr.errors import Incomplete
from jcr.files.uploading import must_be_takable
from mail_intake.uploads import MOST_ASKED, fault

PDF, PNG = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF", b"\x89PNG\r\n\x1a\n" + b"\0" * 40
PROGRAM = b"MZ\x90\0\x03\0\0\0" + b"\0" * 200


def _zip(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            path = name.replace("__", "/").replace("_dot_", ".")
            archive.writestr(path.replace("MAC/", "__MACOSX/"), content)
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
        (
            "papers.zip",
            _zip(a_dot_pdf=PDF, setup_dot_exe=PROGRAM),
            "papers.zip/setup.exe, which is in it: It is a program",
        ),
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


def _relation(kind: str, target: str, charset: str = "utf-8") -> bytes:
    told = f'<Relationship Type="urn:relationships/{kind}" Target="{target}" TargetMode="External"/>'
    return _zip(
        **WORD,
        word___rels__settings_dot_xml_dot_rels=f"<Relationships>{told}</Relationships>".encode(charset),
    )


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
PACKAGE = OLE + "\x01Ole10Native".encode("utf-16-le") + PROGRAM
ELSEWHERE = "It opens what lies elsewhere"
EXCEL = {"[Content_Types].xml": b"<Types/>", "xl__workbook_dot_xml": b"<w/>"}
WITH_MACROS = _zip(**EXCEL, xl__vbaProject_dot_bin=b"x")
RUNNING = (
    b'<Types><Override PartName="/word/x.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
)
HTML_MAIL = b"From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<html><body>Thanks</body></html>"
MAIL_WITH_PROGRAM = (
    b"From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: application/octet-stream; name=x.bin\r\n"
    b"Content-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + base64.b64encode(PROGRAM)
)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("papers.zip", _zip(a_dot_zip=_zip(b_dot_zip=_zip(readme_dot_pdf=PROGRAM))), "It is a program"),
        ("papers.zip", _zip(MAC__setup_dot_exe=PROGRAM), "It is a program"),
        ("papers.zip", _zip(page_dot_html=b"words"), "It is a web page"),
        ("mail.eml", MAIL_WITH_PROGRAM, "It is a program"),
        ("notes.docx", _zip(**WORD, word__embeddings__o_dot_bin=PACKAGE), "Other files are packed into it"),
        ("notes.docx", _zip(**WORD, word__embeddings__s_dot_xlsx=WITH_MACROS), "It holds macros"),
        ("letter.rtf", rb"{\rtf1{\object{\*\objdata 0105}}}", "Other files are packed into it"),
        ("letter.docm", _zip(**WORD), "It holds macros"),
        ("letter.docx", _zip(**WORD | {"[Content_Types].xml": RUNNING}), "It holds macros"),
        ("sums.xlsx", _zip(**EXCEL, xl__macrosheets__sheet1_dot_xml=b"<x/>"), "It holds macros"),
        ("letter.docx", _relation("attachedTemplate", "https://else.example/t.dotm"), ELSEWHERE),
        ("letter.docx", _relation("oleObject", "mhtml:&#104;ttps://else.example/", "utf-16"), ELSEWHERE),
        ("notes.txt", b"<!-- " + b"x" * 3000 + b" --> <svg onload='x'/>", "It is a web page"),
        ("notes.txt", "<html><script>".encode("utf-16"), "It is a web page"),
        ("report.pdf", b"<html><script>x</script>" + PDF, "It is a web page"),
        ("report.svg", PDF, "It is a web page"),
        ("a.zip", _zip(**{f"f{number}": bytes(999_999) for number in range(120)}), "It cannot be opened safely"),
    ],
)  # fmt: skip
def test_what_is_packed_into_a_file_or_done_by_it_is_looked_at_too(
    name: str, content: bytes, said: str
) -> None:
    with pytest.raises(Incomplete, match=said):
        must_be_takable(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("mail.eml", HTML_MAIL), ("report.pdf", b"\x1b%-12345X@PJL\r\n" + PDF), ("letter.doc", OLE),
        ("letter.docx", _relation("attachedTemplate", r"file:///\\\\server\\templates\\letter.dotm")),
        ("letter.docx", _relation("hyperlink", "https://elsewhere.example/oleObject")),
        ("slides.docx", _zip(**WORD, word__embeddings__s_dot_xlsx=_zip(**EXCEL))),
        ("papers.zip", _zip(a_dot_pdf=PDF, MAC__b_dot_pdf=b"\0\5\x16\7" + bytes(40))),
    ],
)  # fmt: skip
def test_what_offices_send_in_one_file_is_taken(name: str, content: bytes) -> None:
    must_be_takable(name, content)


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


def test_so_many_files_packed_into_one_are_not_judged_one_by_one() -> None:
    asked: list[bytes] = []

    def acting(content: bytes) -> str:
        asked.append(content)
        return ""

    packed = _zip(**{f"a{number}_dot_pdf": PDF for number in range(MOST_ASKED + 1)})
    assert "too much is packed into it" in fault("all.zip", packed, acting)
    assert len(asked) == MOST_ASKED


def test_a_pdf_that_acts_or_carries_files_is_refused_and_any_other_taken() -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    web, page = String("https://example.org"), Array([0])
    for content, said in (
        (_pdf(Dictionary(S=Name.Launch, F=String("cmd.exe"))), "It holds scripts"),
        (_pdf(Dictionary(S=Name.URI, URI=web, Next=script)), "It holds scripts"),
        (_pdf(Dictionary(S=Name.GoToR, F=String(r"\\elsewhere\x.pdf"), D=page)), "It opens other files"),
        (_pdf(packed=PROGRAM), "Other files are packed into it"),
    ):
        for start in (b"", b"\r\n"):  # a reader passes over what stands before a PDF
            with pytest.raises(Incomplete, match=said):
                must_be_takable("report.pdf", start + content)
    for content in (_pdf(), _pdf(Dictionary(S=Name.URI, URI=web)), b"%PDF-1.7\n<< /S /Launch"):
        must_be_takable("report.pdf", content)  # the last is damaged and does nothing
