"""People's letters told from machines' answers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage

import pytest

from mail_intake.message import parse
from mail_intake.protection import dangers
from mail_intake.screening import from_outside, screen

Mail = Callable[..., EmailMessage]
REPORT = b"""\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.partnership.example>
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b

I could not deliver your letter.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.partnership.example

Final-Recipient: rfc822; gone@housing.example
Action: %s
Status: %s

--b
Content-Type: text/rfc822-headers

Message-ID: <letter-7@partnership.example>
Subject: Scoping request

--b--
"""


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "Auto-Replied (vacation)"},
        {"X_Autoreply": "yes"},
        {"Precedence": "auto_reply"},
        {"X_Apple_Action": "vacation"},
        {"Auto_Submitted": "auto-generated", "In_Reply_To": "<letter-1@partnership.example>"},
        {"sender": "Autoresponder <autoreply@housing.example>"},
        {"subject": "Automatic reply: Scoping request"},
        {"subject": "Out of Office: Scoping request"},
        {"subject": "[EXTERNAL] Out of the office until Monday"},
        {"subject": "Réponse automatique : demande"},
        {"subject": "Abwesenheitsnotiz: Anfrage"},
        {"subject": "Ateb Awtomatig: cais"},
    ],
)
def test_an_automatic_reply_is_known(mail: Mail, headers: dict[str, str]) -> None:
    found = screen(parse(mail("I am on leave.", **headers).as_bytes()))
    assert found.sort == "auto_reply"
    assert found.because


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Auto_Submitted": "no"},
        {"Auto_Submitted": "auto-generated"},
        {"X_Auto_Response_Suppress": "All"},
        {"subject": "Out of area placement"},
        {"subject": "RE: Automatic door failure at the home"},
        {"subject": "Vacation of the tenancy"},
        {"subject": "Delivery of services to the family"},
        {"subject": "FW: Undeliverable: form", "sender": "Ann Hale <ann@probation.example>"},
        {"Return_Path": "<ann@probation.example>", "subject": "Failure notice from the school"},
    ],
)
def test_a_persons_letter_is_not_taken_for_a_machines(mail: Mail, headers: dict[str, str]) -> None:
    assert screen(parse(mail("Please ring me.", **headers).as_bytes())).sort == "ordinary"


@pytest.mark.parametrize(
    ("action", "status", "sort", "failed"),
    [
        (b"failed", b"5.1.1", "bounce", True),
        (b"delayed", b"4.4.7", "bounce", False),
        (b"delivered", b"2.0.0", "receipt", False),
    ],
)
def test_a_delivery_report_names_letter_address_and_status(
    action: bytes, status: bytes, sort: str, failed: bool
) -> None:
    found = screen(parse(REPORT % (action, status)))
    assert found.sort == sort
    assert found.bounce is not None
    assert found.bounce.letters == ("letter-7@partnership.example",)
    assert found.bounce.recipients == ("gone@housing.example",)
    assert (found.bounce.status, found.bounce.failed) == (status.decode(), failed)


def test_a_report_with_empty_fields_is_still_a_bounce() -> None:
    found = screen(parse(REPORT % (b"", b"")))
    assert found.sort == "bounce"
    assert found.bounce is not None
    assert found.bounce.letters == ("letter-7@partnership.example",)


def test_a_bounce_in_plain_words_is_known_and_tied_to_its_letter(mail: Mail) -> None:
    text = "550 5.1.1 <gone@housing.example>: user unknown\n\n-- yours --\nMessage-ID: <letter-7@p.example>\n"
    letter = mail(text, sender="MAILER-DAEMON@mx.example", subject="failure notice")
    found = screen(parse(letter.as_bytes()))
    assert found.sort == "bounce"
    assert found.bounce is not None
    assert found.bounce.letters == ("letter-7@p.example",)
    assert found.bounce.status == "5.1.1"
    assert "gone@housing.example" in found.bounce.recipients


def test_a_read_receipt_is_known() -> None:
    head = b'Content-Type: multipart/report; report-type=disposition-notification; boundary="b"\r\n\r\n'
    assert screen(parse(head + b"--b\r\n\r\nRead.\r\n--b--")).sort == "receipt"
    told = b"Subject: Read: Letter\r\n\r\nYour message\r\n\r\n  To: Ann\r\n\r\n was read on Tuesday."
    assert screen(parse(told)).sort == "receipt"
    assert (
        screen(parse(b"Subject: Read\r\n\r\nYour message to the team was read on Monday.")).sort == "ordinary"
    )


def test_an_answer_to_an_invitation_is_a_calendar_message(mail: Mail) -> None:
    letter = mail("Accepted")
    letter.add_attachment(
        b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n", "text", "calendar", filename="a.ics"
    )
    found = screen(parse(letter.as_bytes()))
    assert (found.sort, found.because) == ("calendar", ("it is a calendar reply",))


def test_our_own_mail_coming_back_is_a_loop(mail: Mail) -> None:
    def seen(letter: EmailMessage) -> str:
        message = parse(letter.as_bytes())
        return from_outside(message, screen(message), frozenset({"jcr@partnership.example"})).sort

    assert seen(mail(sender="JCR <jcr@partnership.example>")) == "loop"
    assert seen(mail(X_Loop="JCR@partnership.example")) == "loop"
    assert seen(mail(sender="A Person <person@agency.example>")) == "ordinary"


def test_a_letter_through_a_list_is_known(mail: Mail) -> None:
    assert screen(parse(mail(List_Id="<news.example>").as_bytes())).sort == "list"


def locked_zip() -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("return.pdf", b"%PDF-1.7")
    content = bytearray(box.getvalue())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + flags] |= 1
    return bytes(content)


def test_encrypted_shells_are_known(mail: Mail) -> None:
    smime = b"\x30\x80\x06\x09" + bytes.fromhex("2a864886f70d010703") + bytes(40)
    shells = [
        b"Content-Type: application/pkcs7-mime; name=smime.p7m\r\n\r\n" + smime,
        b'Content-Type: multipart/encrypted; boundary="b"\r\n\r\n--b\r\n\r\nVersion: 1\r\n--b--',
        b"Subject: x\r\n\r\n-----BEGIN PGP MESSAGE-----\nabc\n-----END PGP MESSAGE-----",
        mail("See attached.", ("message.rpmsg", b"\x76\xe8\x04\x60\xc4\x11\xe3\x86")).as_bytes(),
        mail("Read it at https://reader.egress.com/remote.aspx").as_bytes(),
        mail("Password follows.", ("return.zip", locked_zip())).as_bytes(),
    ]
    for raw in shells:
        found = screen(parse(raw))
        assert (found.sort, bool(found.because)) == ("encrypted", True), raw[:60]


def test_a_locked_file_beside_a_readable_form_is_no_shell(mail: Mail) -> None:
    letter = mail("", ("return.zip", locked_zip()), ("return.pdf", b"%PDF-1.7\n"))
    assert screen(parse(letter.as_bytes())).sort == "ordinary"


def test_programs_and_macros_are_flagged(mail: Mail) -> None:
    letter = mail(
        "",
        ("run.pdf", b"%PDF-1.7 /JavaScript"),
        ("return.pdf.exe", b"MZ\0"),
        ("macro.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"vbaProject.bin"),
    )
    found = dangers(parse(letter.as_bytes()).attachments)
    assert found == (
        "run.pdf runs something when it is opened: read its text only",
        "return.pdf.exe is a program: do not open it",
        "macro.doc carries macros: read its text only",
    )


def test_a_locked_zip_is_told_once_and_not_again_for_what_it_holds(mail: Mail) -> None:
    letter = mail("Password follows.", ("return.zip", locked_zip()))
    assert screen(parse(letter.as_bytes())).because == ("return.zip is protected by a password",)
