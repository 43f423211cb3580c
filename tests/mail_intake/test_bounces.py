"""Delivery reports of mail systems that never heard of RFC 3464, each as its maker words it."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage

import pytest

from mail_intake.message import parse
from mail_intake.screening import screen

Mail = Callable[..., EmailMessage]
RETURNED = "Message-ID: <letter-7@partnership.example>\nSubject: Scoping request\n"
HOME_MADE = {
    "qmail": (
        "MAILER-DAEMON@mx.example",
        "failure notice",
        "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message.\n\n"
        "<gone@housing.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy.\n",
    ),
    "exim": (
        "Mail Delivery System <Mailer-Daemon@mx.example>",
        "Mail delivery failed: returning message to sender",
        "This message was created automatically by mail delivery software.\n\n  gone@housing.example\n"
        "    550 5.1.1 No such user\n\n------ This is a copy of the message. ------\n",
    ),
    "postfix without report": (
        "MAILER-DAEMON@mx.example (Mail Delivery System)",
        "Undelivered Mail Returned to Sender",
        "This is the mail system at host mx.example.\n\n<gone@housing.example>: host mx said: 550 5.1.1 unknown\n",
    ),
    "sendmail": (
        "Mail Delivery Subsystem <MAILER-DAEMON@mx.example>",
        "Returned mail: User unknown",
        "The original message was received at Mon, 23 Nov 2026\n   ----- The following addresses had permanent "
        "fatal errors -----\n<gone@housing.example>\n 550 5.1.1 User unknown\n",
    ),
    "Exchange 2003": (
        "System Administrator <postmaster@housing.example>",
        "Undeliverable: Scoping request",
        "Your message did not reach some or all of the intended recipients.\n\n  gone@housing.example on 23/11/2026\n"
        "    The e-mail account does not exist. <mx.example #5.1.1>\n",
    ),
    "GroupWise": (
        "postmaster@housing.example",
        "Message status - undeliverable",
        "The message that you sent was undeliverable to:\n\tgone@housing.example (5.1.1 user not found)\n",
    ),
    "Lotus SMTP MTA": (
        "POSTMASTER@housing.example",
        "Undeliverable message",
        "------- Failure Reasons  --------\n\nUser not listed in public Name & Address Book\ngone@housing.example\n"
        "#5.1.1\n------- Returned Message --------\n",
    ),
    "Domino": (
        "Postmaster@housing.example",
        "DELIVERY FAILURE: User gone (gone@housing.example) not listed in Domino Directory",
        "Your message was not delivered to:\n  gone@housing.example\nbecause: 5.1.1 not listed\n",
    ),
    "Yahoo": (
        "MAILER-DAEMON@yahoo.com",
        "Failure Notice",
        "Sorry, we were unable to deliver your message to the following address.\n\n<gone@housing.example>:\n"
        "554 5.1.1 delivery error: dd This user doesn't have an account\n",
    ),
    "Gmail": (
        "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
        "Delivery Status Notification (Failure)",
        "Delivery to the following recipient failed permanently:\n\n     gone@housing.example\n\n"
        "The error was: 550 5.1.1 no such user\n\n----- Original message -----\n",
    ),
    "IMail": (
        "Postmaster <postmaster@mx.example>",
        "Undeliverable Mail",
        "Unknown user: gone@housing.example 5.1.1\n\n\nOriginal message follows.\n\n",
    ),
    "GMX": (
        "mailer-daemon@gmx.example",
        "Mail delivery failed: returning message to sender",
        "This message was created automatically by mail delivery software.\n\ngone@housing.example\nerror: 5.1.1\n",
    ),
    "Courier": (
        "courier mail server at mx.example <postmaster@mx.example>",
        "NOTICE: mail delivery status.",
        "This is a delivery status notification.\n\n<gone@housing.example>:\n  550 5.1.1 User unknown.\n",
    ),
    "InterScan": (
        "imss@housing.example",
        "Mail could not be delivered",
        "****** Message from InterScan Messaging Security Suite ******\n\nSent <<< RCPT TO:<gone@housing.example>\n"
        "Received >>> 550 5.1.1 unknown user.\n",
    ),
    "James": (
        "postmaster@housing.example",
        "Re:Scoping request",
        "Hi. This is the James mail server at mx.example.\nI'm afraid I wasn't able to deliver your message.\n\n"
        "gone@housing.example\n550 5.1.1\n",
    ),
    "a mail system of few words": (
        "MAILER-DAEMON@mx.example",
        "Processing Error",
        "Intended recipient: gone@housing.example\nThe following mail has been returned. #5.1.1\n",
    ),
    "in Russian": (
        "mailer-daemon@mx.example",
        "Недоставленное сообщение",
        "Письмо не было доставлено.\n<gone@housing.example>: 550 5.1.1 user not found\n",
    ),
    "in French": (
        "postmaster@mx.example",
        "Échec de la remise : Scoping request",
        "La remise a échoué pour gone@housing.example (5.1.1)\n",
    ),
    "in German": (
        "postmaster@mx.example",
        "Unzustellbar: Scoping request",
        "Die Nachricht an gone@housing.example konnte nicht zugestellt werden. #5.1.1\n",
    ),
    "Exchange in a language that no list of words has": (
        "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@housing.example>",
        "Annanfonadwy: Scoping request",
        "Methwyd danfon at gone@housing.example (5.1.1)\n",
    ),
    "in Chinese": (
        "postmaster@mx.example",
        "系统退信",
        "抱歉,您的邮件被退回: gone@housing.example 550 5.1.1\n",
    ),
}


@pytest.mark.parametrize("maker", HOME_MADE)
def test_a_home_made_report_is_known_and_tied_to_its_letter(mail: Mail, maker: str) -> None:
    sender, subject, text = HOME_MADE[maker]
    found = screen(parse(mail(text + "\n" + RETURNED, sender=sender, subject=subject).as_bytes()))
    assert found.sort == "bounce"
    assert found.bounce is not None
    assert found.bounce.letters == ("letter-7@partnership.example",)
    assert "gone@housing.example" in found.bounce.recipients
    assert found.bounce.status == "5.1.1"


@pytest.mark.parametrize(
    "headers",
    [
        {"subject": "FW: Undeliverable: Scoping request"},
        {"subject": "Undeliverable letters to the family"},
        {"subject": "Delivery report: health visiting service"},
        {"subject": "RE: failure notice", "In_Reply_To": "<x@y.example>"},
        {"subject": "Fwd: Mail delivery failed: returning message to sender"},
        {"subject": "Returned mail", "sender": "Ann Postmaster <ann@probation.example>"},
    ],
)
def test_a_person_who_passes_a_report_on_is_no_machine(mail: Mail, headers: dict[str, str]) -> None:
    text = (
        "Hi. This is the qmail-send program at mx.example.\n" if "Fwd" in headers["subject"] else "See below."
    )
    assert screen(parse(mail(text, **headers).as_bytes())).sort == "ordinary"


@pytest.mark.parametrize(
    "subject",
    [
        "DELIVERY FAILURE: User Ann Hale not listed in Domino Directory",
        "Your message to ann.hale@probation.example could not be delivered",
        "Nondeliverable mail",
        "**Message you sent blocked by our bulk email filter**",
    ],
)
def test_a_subject_no_person_writes_is_a_report(mail: Mail, subject: str) -> None:
    assert (
        screen(parse(mail("", subject=subject, sender="no-reply@gateway.example").as_bytes())).sort
        == "bounce"
    )


def test_a_report_by_words_alone_needs_no_known_sender(mail: Mail) -> None:
    letter = mail(HOME_MADE["qmail"][2] + RETURNED, sender="it@mx.example", subject="Scoping request")
    assert screen(parse(letter.as_bytes())).sort == "bounce"


@pytest.mark.parametrize(
    "subject", ["Не вдалося доставити: Запит", "未能送达: 请求", "Your email was rejected: no archives"]
)
def test_more_languages_in_which_a_postmaster_reports(mail: Mail, subject: str) -> None:
    letter = mail("x", subject=subject, sender="postmaster@mx.example", Return_Path="<>")
    assert screen(parse(letter.as_bytes())).sort == "bounce"


def test_a_school_that_says_hello_is_no_mail_system(mail: Mail) -> None:
    letter = mail("Hi. This is the school at Borset. We saw her on Monday.")
    assert screen(parse(letter.as_bytes())).sort == "ordinary"


@pytest.mark.parametrize(
    "subject", ["Nepristatyta: Prašymas", "Heb ei ddanfon: Cais", "Toimitus epäonnistui"]
)
def test_a_mail_system_that_sends_a_letter_back_needs_no_known_language(mail: Mail, subject: str) -> None:
    report = mail(f"gone@housing.example\n\n{RETURNED}", subject=subject, sender="postmaster@mx.example")
    found = screen(parse(report.as_bytes()))
    assert found.sort == "bounce"
    assert found.bounce is not None
    assert found.bounce.letters == ("letter-7@partnership.example",)


def test_a_postmaster_who_writes_or_passes_on_a_letter_is_a_person(mail: Mail) -> None:
    own = mail(
        "I am also the safeguarding lead. Which part do I fill in?", sender="postmaster@charity.example"
    )
    passed_on = mail(RETURNED, subject="FW: Scoping request", sender="postmaster@charity.example")
    assert {screen(parse(one.as_bytes())).sort for one in (own, passed_on)} == {"ordinary"}


def test_a_gateway_that_blocked_a_letter_reports_on_it(mail: Mail) -> None:
    letter = mail(
        RETURNED, subject="Your message to gone@housing.example was blocked", Auto_Submitted="auto-replied"
    )
    screening = screen(parse(letter.as_bytes()))
    assert screening.sort == "bounce"
    # Its subject says for whom; the Message-ID of the letter is no address
    assert screening.bounce
    assert screening.bounce.recipients == ("gone@housing.example",)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Warning: message 1kQx2A-0003bC-7f delayed 24 hours", "No action is required on your part."),
        ("Warning: could not send message for past 4 hours", "YOU DO NOT NEED TO RESEND YOUR MESSAGE"),
        ("Delayed Mail (still being retried)", "It will be retried until it is 5 days old."),
        ("Undeliverable for now", "The server will keep trying for 24 hours."),
        ("Delivery delayed: Scoping request", "gone@housing.example"),
        ("Verzögerte Zustellung: Anfrage", "Ihre Nachricht wurde noch nicht zugestellt."),
        ("Remise différée : Demande", "Le serveur continuera à essayer."),
    ],
)
def test_a_letter_that_is_only_delayed_has_not_failed(mail: Mail, subject: str, text: str) -> None:
    report = mail(f"{text}\n{RETURNED}", subject=subject, sender="mailer-daemon@mx.example")
    bounce = screen(parse(report.as_bytes())).bounce
    assert bounce is not None
    assert not bounce.failed


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Undelivered Mail Returned to Sender", "delivery temporarily suspended: Connection timed out"),
        ("Could not send message", "It was deferred for 5 days and will be deleted from the queue"),
        ("Undeliverable: We shall keep trying to reach the delayed family", "user unknown"),
    ],
)
def test_a_letter_given_up_after_a_delay_has_failed(mail: Mail, subject: str, text: str) -> None:
    report = mail(f"{text}\n{RETURNED}", subject=subject, sender="mailer-daemon@mx.example")
    bounce = screen(parse(report.as_bytes())).bounce
    assert bounce is not None
    assert bounce.failed
