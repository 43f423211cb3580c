"""Messages as they come, well written and badly."""

from __future__ import annotations

import base64
import io
import struct
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import getaddresses
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mail_intake.encoded_words import header_text
from mail_intake.headers import addresses, divide
from mail_intake.message import Message, parse

Mail = Callable[..., EmailMessage]
PDF = b"%PDF-1.7\n% an invented document\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def zipped(**members: bytes) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return box.getvalue()


def written(*lines: str) -> bytes:
    return "\r\n".join(lines).encode("latin-1")


def paths(message: Message) -> list[str]:
    return [attachment.path for attachment in message.attachments]


def test_a_letter_says_who_when_and_what(mail: Mail) -> None:
    letter = mail(
        "We have searched our records.", subject="Scoping", sender='"Hale, Ann" <Ann.Hale@Probation.Example>'
    )
    letter["Message-ID"] = "<abc@probation.example>"
    letter["In-Reply-To"] = "<letter-1@partnership.example>"
    letter["References"] = "<letter-0@partnership.example> <letter-1@partnership.example>"
    message = parse(letter.as_bytes())
    assert (message.sender, message.sender_name) == ("ann.hale@probation.example", "Hale, Ann")
    assert message.recipients == ("jcr@partnership.example",)
    assert message.message_id == "abc@probation.example"
    assert message.in_reply_to == ("letter-1@partnership.example",)
    assert message.references == ("letter-0@partnership.example", "letter-1@partnership.example")
    assert message.date == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    assert message.text.strip() == "We have searched our records."
    assert message.notes == ()


@pytest.mark.parametrize(
    ("charset", "content", "expected", "noted"),
    [
        ("utf-8", "Siân".encode(), "Siân", False),
        ("utf-8", "Siân".encode("cp1252"), "Siân", True),
        ("iso-8859-1", "It’s here".encode("cp1252"), "It’s here", False),
        ("iso-8859-1", "Siân’s".encode(), "Siân’s", True),
        ("us-ascii", "Zoë".encode(), "Zoë", True),
        ("gb2312", "转介".encode("gb18030"), "转介", False),
        ("ks_c_5601-1987", "의뢰".encode("cp949"), "의뢰", False),
        ("x-unknown", "Łukasz".encode(), "Łukasz", True),
        ("no-such-charset", "Łukasz".encode(), "Łukasz", True),
        ("hex", b"Plain words", "Plain words", False),
        ("utf-16", "Ffion".encode("utf-16"), "Ffion", True),
        ("utf-8", b"\x81\x8d curious", "\x81\x8d curious", True),
    ],
)
def test_words_are_read_whatever_the_label_says(
    charset: str, content: bytes, expected: str, noted: bool
) -> None:
    head = (
        f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode()
    )
    message = parse(head + base64.encodebytes(content))
    assert message.text == expected.strip()
    assert any("read as" in note for note in message.notes) == noted


def test_bytes_in_the_headers_are_in_what_the_body_is_in() -> None:
    head = 'From: "张伟" <zhang@school.example>\r\nSubject: 转介表 请联系\r\n'.encode("gb18030")
    message = parse(head + b"Content-Type: text/plain; charset=gb2312\r\n\r\nx")
    assert (message.sender_name, message.subject) == ("张伟", "转介表 请联系")


def test_a_character_cut_in_two_between_encoded_words_is_whole_again() -> None:
    first, second = "Siân".encode()[:3], "Siân".encode()[3:]
    words = " ".join(f"=?utf-8?B?{base64.b64encode(half).decode()}?=" for half in (first, second))
    assert parse(f"Subject: {words}\r\n\r\n".encode()).subject == "Siân"


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="return.pdf"', "return.pdf"),
        ("attachment; filename=our return.pdf", "our return.pdf"),
        ("attachment; filename*=utf-8''Adroddiad%20Si%C3%A2n.pdf", "Adroddiad Siân.pdf"),
        (
            "attachment; filename*0*=utf-8''Adr; filename*1*=oddiad%20; filename*2=one.pdf",
            "Adroddiad one.pdf",
        ),
        ("attachment; filename*0*=utf-8''Si%C3%A; filename*1*=2n.pdf", "Siân.pdf"),
        ('attachment; filename="=?utf-8?Q?Adroddiad_Si=C3=A2n.pdf?="', "Adroddiad Siân.pdf"),
        (r'attachment; filename="C:\docs\return.pdf"', "return.pdf"),
        ('attachment; filename="../../etc/return.pdf"', "return.pdf"),
        ('attachment; filename="re\x00tu\x07rn.pdf"', "return.pdf"),
        ("attachment; filename*=utf-8''return%E2%80%AEfdp.exe", "returnfdp.exe"),
        ('attachment; filename=""', "attachment-1.pdf"),
        ('attachment; filename="..."', "attachment-1.pdf"),
    ],
)
def test_a_file_gets_a_safe_name(disposition: str, name: str) -> None:
    head = f"Content-Type: application/octet-stream\r\nContent-Disposition: {disposition}\r\n\r\n"
    (found,) = parse(head.encode() + PDF).attachments
    assert found.name == name
    assert found.content == PDF


def test_the_kind_of_a_file_is_told_by_its_bytes_not_its_name(mail: Mail) -> None:
    letter = mail(
        "", ("photo.jpg", PDF), ("form.pdf", b"MZ\x90\0" + bytes(60)), ("form.docx", zipped(a_txt=b"x"))
    )
    assert [a.type for a in parse(letter.as_bytes()).attachments][:3] == [
        "application/pdf",
        "application/x-msdownload",
        "application/zip",
    ]


def test_a_form_is_found_at_the_bottom_of_a_zip_in_a_forwarded_message(mail: Mail) -> None:
    inner = mail("Here it is.", ("forms.zip", zipped(returns__scoping_pdf=PDF)), subject="Our return")
    outer = mail("Passing this on.")
    outer.add_attachment(inner)
    message = parse(outer.as_bytes())
    assert paths(message) == [
        "Our return.eml",
        "Our return.eml/forms.zip",
        "Our return.eml/forms.zip/scoping.pdf",
    ]
    assert message.attachments[0].text.strip() == "Here it is."
    assert message.attachments[2].content == PDF


def test_an_enclosed_message_is_opened_even_when_it_was_base64_encoded(mail: Mail) -> None:
    inner = base64.encodebytes(mail("Hidden words", ("return.pdf", PDF)).as_bytes()).decode()
    raw = written(
        'Content-Type: multipart/mixed; boundary="b"', "", "--b", "Content-Type: message/rfc822",
        "Content-Transfer-Encoding: base64", "", inner, "--b--",
    )  # fmt: skip
    message = parse(raw)
    assert message.attachments[0].text.strip() == "Hidden words"
    assert message.attachments[1].content == PDF


def test_pictures_of_the_letter_stand_aside_and_never_hide_the_form(mail: Mail) -> None:
    letter = mail("Return attached.")
    letter.add_alternative('<p>Return attached.</p><img src="cid:logo">', subtype="html")
    letter.get_payload()[1].add_related(PNG, "image", "png", cid="<logo>", filename="image001.png")  # type: ignore[union-attr, index]
    letter.add_attachment(PDF, "application", "pdf", filename="return.pdf")
    letter.add_attachment(PNG, "image", "png", filename="injury.png")
    message = parse(letter.as_bytes())
    assert [(a.name, a.inline) for a in message.attachments] == [
        ("image001.png", True), ("return.pdf", False), ("injury.png", False)]  # fmt: skip
    assert [a.name for a in message.files] == ["return.pdf", "injury.png"]


def test_an_html_letter_is_read_as_text_with_its_lines_and_cells() -> None:
    letter = "<style>p{}</style><p>Dear&nbsp;team,<br>see below</p><script>x()</script>"
    html = letter + "<table><tr><td>Name<td>A.B.</tr></table>"
    message = parse(f"Content-Type: text/html\r\n\r\n{html}".encode())
    assert message.text == "Dear team,\nsee below\n\nName\tA.B."


def test_the_plain_wording_is_taken_unless_it_is_only_a_stub(mail: Mail) -> None:
    letter = mail("Same words here.")
    letter.add_alternative("<p>Same words here.</p>", subtype="html")
    assert parse(letter.as_bytes()).text.strip() == "Same words here."
    stub = mail("See HTML")
    stub.add_alternative(f"<p>{'The agency was involved. ' * 5}</p>", subtype="html")
    assert "The agency was involved." in parse(stub.as_bytes()).text


def test_a_uuencoded_file_in_the_text_is_an_attachment() -> None:
    message = parse(b"Subject: old\r\n\r\nSee file\r\nbegin 644 note.txt\r\n#0V%T\r\n`\r\nend\r\n")
    assert [(a.name, a.content) for a in message.attachments] == [("note.txt", b"Cat")]
    assert message.text == "See file"


def tnef(name: bytes, content: bytes) -> bytes:
    def attribute(kind: int, value: bytes) -> bytes:
        return struct.pack("<BII", 2, kind, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)

    parts = attribute(0x9002, bytes(14)) + attribute(0x8010, name + b"\0") + attribute(0x800F, content)
    return b"\x78\x9f\x3e\x22\x01\0" + parts


def test_winmail_dat_is_opened(mail: Mail) -> None:
    message = parse(mail("", ("winmail.dat", tnef(b"return.pdf", PDF))).as_bytes())
    assert paths(message) == ["winmail.dat", "winmail.dat/return.pdf"]
    assert message.attachments[1].content == PDF
    head = b"Content-Type: application/octet-stream; name=winmail.dat\r\nContent-Transfer-Encoding: binary\r\n\r\n"
    behind_a_line_end = parse(head + b"\r\n" + tnef(b"return.pdf", PDF))
    assert behind_a_line_end.attachments[1].content == PDF
    packed = parse(head.replace(b"winmail.dat", b"forms.zip") + b"\r\n" + zipped(return_pdf=PDF))
    assert packed.attachments[1].content == PDF


def test_a_page_in_winmail_dat_is_read_in_the_code_page_it_names(mail: Mail) -> None:
    code_page = struct.pack("<HHI", 0x0003, 0x3FDE, 1251)
    page = "<p>Да</p>".encode("cp1251")
    page_property = struct.pack("<HHII", 0x0102, 0x1013, 1, len(page)) + page + bytes(-len(page) % 4)
    inside = struct.pack("<I", 2) + code_page + page_property
    whole = b"\x78\x9f\x3e\x22\x01\0" + struct.pack("<BII", 1, 0x69003, len(inside)) + inside + b"\0\0"
    assert "Да" in parse(mail("", ("winmail.dat", whole)).as_bytes()).text


def ber(tag: int, *content: bytes) -> bytes:
    whole = b"".join(content)
    return bytes([tag, 0x82]) + len(whole).to_bytes(2, "big") + whole


def test_a_message_wrapped_in_its_signature_is_read(mail: Mail) -> None:
    signed, plain = bytes.fromhex("06092a864886f70d010702"), bytes.fromhex("06092a864886f70d010701")
    inner = ber(0x04, mail("Signed words", ("return.pdf", PDF)).as_bytes())
    wrapped = ber(0x30, b"\2\1\1", ber(0x31), ber(0x30, plain, ber(0xA0, inner)))
    head = b"Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\n\r\n"
    message = parse(head + ber(0x30, signed, ber(0xA0, wrapped)))
    assert message.text.strip() == "Signed words"
    assert [(a.name, a.inline) for a in message.attachments] == [("smime.p7m", True), ("return.pdf", False)]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"", ""),
        (b"just words, no headers at all", "just words, no headers at all"),
        (b"Subject: bare\rFrom: a@b.example\r\rbody", "body"),
        (b"From a@b Mon Nov 23\nSubject: mbox\n\nbody", "body"),
        (b"Subject: x\nnot a header\nContent-Type: text/plain\n\nbody", "body"),
        (b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\nno end', "no end"),
        (b'Content-Type: multipart/mixed; boundary="b"\n\nnever divided', "never divided"),
        (b"Content-Type: multipart/mixed\n\n--guess\n\nfound\n--guess--\n", "found"),
        (b"Content-Type: text/plain; charset=utf-7\n\nhalf +2AA- character", "half \ufffd character"),
        (b" a stray line\nFrom: a@b.example\nContent-Type: text/plain\n\nbody", "body"),
        (b": no name\nReceived: from b\nSubject: x\n\nbody", "body"),
        (b"Content-Transfer-Encoding: x-uuencode\n\nnever uuencoded", "never uuencoded"),
        (b"Content-Transfer-Encoding: base64\n\nThis was never base64, only labelled so.", None),
    ],
)
def test_broken_messages_keep_their_words(raw: bytes, text: str | None) -> None:
    expected = raw.partition(b"\n\n")[2].decode() if text is None else text
    assert parse(raw).text == expected


def test_parts_encoded_as_a_whole_are_taken_apart_all_the_same() -> None:
    inner = written(
        "--x", "", "See the scan.", "--x", "Content-Type: image/png; name=scan.png", "", "pixels", "--x--"
    )
    head = written("From: ann@probation.example", "Content-Type: multipart/related; boundary=x")
    message = parse(head + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(inner))
    assert (message.sender, message.text) == ("ann@probation.example", "See the scan.")
    # A picture that the letter does not show anywhere is no decoration
    assert [(file.path, file.inline) for file in message.attachments] == [("scan.png", False)]


def test_a_saved_message_is_opened_whatever_its_program_called_it(mail: Mail) -> None:
    saved = b"MIME-Version: 1.0\r\nSubject: Tom\r\nFrom: Ann <ann@probation.example>\r\n\r\nHe is well."
    message = parse(mail("See below.", ("saved.eml", saved)).as_bytes())
    assert message.attachments[0].text == "He is well."
    labelled = (
        mail("See below.", ("saved.eml", saved))
        .as_bytes()
        .replace(b"application/octet-stream", b"text/plain")
    )
    assert parse(labelled).attachments[0].text == "He is well."
    notes = b"Subject: Tom\r\nFrom: his school\r\n\r\nHe is well."
    assert parse(mail("See below.", ("notes.bin", notes)).as_bytes()).attachments[0].type == "text/plain"


def test_the_first_line_of_a_part_is_a_header_only_where_it_can_be_one() -> None:
    typed = written("--x", "", "Name: Tom Smith", "Born: 1 May", "", "He is well.", "--x--")
    message = parse(b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + typed)
    assert message.text == "Name: Tom Smith\nBorn: 1 May\n\nHe is well."
    # RFC 2046 section 5.1.5: a part of a digest that begins with an empty line is a message
    digest = written("--x", "", "From: ann@probation.example", "Subject: Tom", "", "He is well.", "--x--")
    message = parse(b"Content-Type: multipart/digest; boundary=x\r\n\r\n" + digest)
    assert paths(message) == ["Tom.eml"]
    assert message.attachments[0].text == "He is well."


def test_a_piece_of_a_message_and_a_file_left_elsewhere_are_said_to_be_just_that() -> None:
    piece = parse(b'Content-Type: message/partial; id="a@b"; number=2; total=3\r\n\r\nthe middle')
    assert "piece 2 of 3" in piece.notes[0]
    assert piece.attachments[0].content == b"the middle"
    left = parse(b"Content-Type: message/external-body; access-type=URL\r\n\r\nContent-Type: text/plain\r\n")
    assert "ask the sender" in left.notes[0]


def test_a_torn_encoded_word_is_read_as_far_as_it_goes() -> None:
    subject = b"Subject: =?utf-8?B?U2nDom4?= =?utf-8?B?eA=b?= =?utf-8?B?=?= =?x?Q?=C3?=\r\n"
    message = parse(subject + b"From: =?utf-8?B?a?= <a@b.example>\r\n\r\nbody")
    assert message.subject.startswith("Siân")
    assert message.sender == "a@b.example"
    assert message.notes == ()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=600))
@example(b"Content-Type: multipart/mixed; boundary=\n\n--\n--")
def test_no_bytes_at_all_raise(raw: bytes) -> None:
    parse(raw)
    message = parse(b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n' + raw + b"\r\n--b--")
    assert not any("taken apart" in note for note in message.notes)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.binary(min_size=1, max_size=300), min_size=1, max_size=5))
def test_no_attachment_is_ever_lost(contents: list[bytes]) -> None:
    letter = EmailMessage()
    letter.set_content("Files attached.")
    for number, content in enumerate(contents):
        letter.add_attachment(content, "application", "octet-stream", filename=f"file-{number}.bin")
    found = {a.name: a.content for a in parse(letter.as_bytes()).attachments if "/" not in a.path}
    assert found == {f"file-{number}.bin": content for number, content in enumerate(contents)}


@pytest.mark.parametrize(
    "written_as",
    [
        "<a.b@police.example>",
        "Ann Bell <A.B@police.example>",
        '"Ann Bell" <a.b@police.example>',
        "Zoë O'Neill <z@x.example>",
        "jcr@partnership.example",
        "=?utf-8?q?Zo=C3=AB?= O'Neill <z@x.example>",
        '"=?UTF-8?B?Wm/Dqw==?= =?UTF-8?B?TydOZWlsbA==?=" <z@x.example>',
    ],
)
def test_usual_addresses_are_read_as_the_standard_library_reads_them(written_as: str) -> None:
    ((name, address),) = getaddresses([written_as])
    headers, _ = divide(f"From: {written_as}\r\n\r\n".encode())
    assert addresses(headers, "from") == [(header_text(name.encode()), address.lower())]


@pytest.mark.parametrize("blank", ["\u2003", "&nbsp;", "<br>", "&#32;", "\n"])
def test_html_that_says_far_more_than_its_plain_wording_is_the_letter_however_its_words_are_parted(
    mail: Mail, blank: str
) -> None:
    letter = mail("See below")
    letter.add_alternative(f"<p>{blank.join(['involved'] * 9)}</p>", subtype="html")
    assert parse(letter.as_bytes()).text.split() == ["involved"] * 9


def test_a_letter_in_rich_text_is_read_and_kept_as_a_file() -> None:
    rich = b"Content-Type: text/rtf\r\n\r\n{\\rtf1\\ansi Dear Ann,\\par the form follows.}"
    found = parse(b"From: jo@housing.example\r\n" + rich)
    assert found.text == "Dear Ann,\nthe form follows."
    assert [one.type for one in found.attachments] == ["application/rtf"]


def test_what_is_odd_about_a_file_is_said_once() -> None:
    piece = b"Content-Type: message/partial; number=2; total=3\r\n\r\nrest"
    mixed = b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" + piece + b"\r\n--x--\r\n"
    (note,) = parse(b"From: jo@housing.example\r\n" + mixed).notes
    assert "piece 2 of 3" in note


def test_a_boundary_right_below_the_headers_begins_the_first_part() -> None:
    raw = (
        b'Subject: =?x?q?a?=\r\nContent-Type: multipart/mixed;\r\n boundary="==b"\r\n--==b\r\n'
        b"Content-Type: text/plain\r\n\r\nHis words.\r\n--==b\r\nContent-Type: image/png\r\n"
        b"Content-Disposition: attachment; filename=a.png\r\n\r\nPNG\r\n"
    )
    for end in (
        b"--==b--\r\n",
        b"",
    ):  # the line end before a boundary is no part of the file, nor the last one
        message = parse(raw + end)
        assert message.text.strip() == "His words."
        assert [(one.name, one.content) for one in message.attachments] == [("a.png", b"PNG")]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<html><body><p>Hello</p></body></html><p>after</p>tail", "Hello\n\nafter\ntail"),
        ("<html><p>reply</p></html>\n<html><body><p>quoted</p></body></html>", "reply\n\nquoted"),
        ("<html></html>by a gateway", "by a gateway"),
        (f"<p>before</p>{'<div>' * 5000}His words", "before His words"),
    ],
)
def test_no_words_of_a_page_are_lost_after_its_end_or_far_inside(html: str, text: str) -> None:
    message = parse(b"Content-Type: text/html\r\n\r\n" + html.encode())
    assert " ".join(message.text.split()) == " ".join(text.split())


def test_a_field_of_very_many_encoded_words_is_read_as_far_as_a_person_would() -> None:
    names = b", ".join(b"=?utf-8?q?N%d_=E9?= <n%d@b.example>" % (n, n) for n in range(20_000))
    subject = b"Subject: " + b"=?utf-8?q?=E9?= " * 20_000
    began = process_time()
    message = parse(subject + b"\r\nTo: " + names + b"\r\nFrom: a@b.example\r\n\r\nx")
    assert message.subject.startswith("é" * 2000)
    assert message.sender == "a@b.example"
    assert process_time() - began < 10
