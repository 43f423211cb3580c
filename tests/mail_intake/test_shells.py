"""Letters that wait behind a secure-mail service or under a key, told from letters that merely speak of one."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage

import pytest

from mail_intake.message import parse
from mail_intake.screening import screen

Mail = Callable[..., EmailMessage]


@pytest.mark.parametrize(
    "notice",
    [
        "Ann Hale has sent you a protected message.\nhttps://outlook.office365.com/Encryption/retrieve.ashx?x=1",
        "Message encryption by Microsoft Purview Message Encryption",
        "To read it: https://switch.egress.com/ui/registration/x",
        "You have been sent a secure message with Mimecast Secure Messaging.",
        "Open your Zivver message: https://app.zivver.com/#/file/x",
        "You have received an encrypted message via Cisco: Registered Envelope Service",
        "You have a Zix Secure Message from housing.example",
        "Read it here: https://encrypt.barracudanetworks.com/login?x",
        "https://acme.galaxkey.com/app/x",
        "https://secure.virtru.com/secure-reader/#v=1",
        "https://mail.proton.me/eo/reader/x",
        "You have a new secure message waiting. Sign in at https://mail.housing.example/",
        "Ann Hale has shared a secure message with you. View it: https://secure.housing.example/x",
        "Your encrypted message is attached. Open it in a browser, see https://help.housing.example",
        "Ann Hale has sent you files securely. Download: https://files.housing.example/x",
        "https://confidential-mail.google.com/msg/AB",
        "Records has sent you a secure message.\nhttps://portal.example/read",
        "-----BEGIN PGP MESSAGE-----\n\nhQ\n-----END PGP MESSAGE-----",
    ],
)
def test_a_notice_of_a_secure_service_is_a_shell(mail: Mail, notice: str) -> None:
    found = screen(parse(mail(notice, subject="Secure e-mail").as_bytes()))
    assert (found.sort, bool(found.because)) == ("encrypted", True)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("message.rpmsg", b"\x76\xe8\x04\x60\xc4\x11\xe3\x86"),
        ("message_v2.rpmsg", b"anything"),
        ("SecureMessageAtt.html", b"<html></html>"),
        ("securedoc_20261123T0930.html", b"<html></html>"),
        ("Encrypted_Message.htm", b"<html></html>"),
        ("return.docx.pgp", b"\x85\x01"),
        ("letter.switch", b"x"),
        ("referral.gxk", b"x"),
        ("smime.p7m", bytes.fromhex("3082100606092a864886f70d010703a0")),
    ],
)
def test_a_file_that_locks_the_letter_in_is_a_shell(mail: Mail, name: str, content: bytes) -> None:
    assert screen(parse(mail("", (name, content)).as_bytes())).sort == "encrypted"


def test_a_damaged_envelope_is_known_by_its_label() -> None:
    head = b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n\r\n"
    assert screen(parse(head + b"damaged")).sort == "encrypted"


@pytest.mark.parametrize(
    "text",
    [
        "We use Egress Secure Email for large files; this is not one.",
        "I sent the form by secure e-mail yesterday, did you get it?",
        "Ann has sent you a secure message, she says.",
        "Please do not encrypt the message. PGP is not supported.",
        "Thank you for your secure email. If you have a secure email address, tell us: https://housing.example",
        "This e-mail was scanned by Mimecast, a leader in secure e-mail.",
    ],
)
def test_a_letter_that_speaks_of_secure_mail_is_none(mail: Mail, text: str) -> None:
    assert screen(parse(mail(text, subject="Our return").as_bytes())).sort == "ordinary"


def test_the_page_of_a_notice_is_looked_at_as_well(mail: Mail) -> None:
    button = "<a href='https://outlook.office365.com/Encryption/retrieve.ashx?x=1'>Read the message</a>"
    said = "Ann Hale has sent you a protected message. Read the message"
    as_html = mail(said)
    as_html.add_alternative(f"<p>{said}</p>{button}", subtype="html")
    attached = mail(said, ("message.html", f"<html>{button}</html>".encode()))
    for notice in (as_html, attached):
        assert screen(parse(notice.as_bytes())).sort == "encrypted"


def test_a_letter_that_names_a_service_below_its_own_words_is_none(mail: Mail) -> None:
    footer = "The paper is attached.\n\nSent with Egress. To answer securely: https://switch.egress.com/ui"
    assert screen(parse(mail(footer, ("paper.txt", b"The paper")).as_bytes())).sort == "ordinary"
    quoting = "I have opened it, thank you.\n\nFrom: Ann\nSent: Monday\nhttps://switch.egress.com/ui/x"
    assert screen(parse(mail(quoting, subject="Re: Secure e-mail").as_bytes())).sort == "ordinary"
