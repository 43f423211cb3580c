"""Where a message belongs, because of what, and when a person must decide."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest

from mail_intake.clues import gather
from mail_intake.known import Known, Letter, Request, Target
from mail_intake.matching import UNLISTED, Intake
from mail_intake.message import parse
from mail_intake.screening import screen
from mail_intake.understanding import understand

Mail = Callable[..., EmailMessage]
TOKEN = "Zk3mW8qTn5Rb2xYv"
CASE, OTHER = "JCR-2026-0001", "JCR-2026-0002"
REQUEST = Request(TOKEN, CASE, "Probation")
LETTER = Letter(CASE, TOKEN, "scoping request")
KNOWN = Known(
    sender_listed=True,
    letters={"letter-1@p.example": LETTER, "letter-2@p.example": Letter(OTHER)},
    requests={TOKEN: REQUEST},
    cases=frozenset({CASE, OTHER}),
)


@pytest.fixture
def take_in(read: Any) -> Callable[..., Intake]:
    def decide(letter: EmailMessage | bytes, known: Known = KNOWN) -> Intake:
        raw = letter if isinstance(letter, bytes) else letter.as_bytes()
        return understand(parse(raw), lambda *_: known, read)

    return decide


TakeIn = Callable[..., Intake]


@pytest.mark.tor("B.3")
def test_a_referral_from_a_listed_sender_opens_a_case(mail: Mail, take_in: TakeIn) -> None:
    found = take_in(mail("Attached.", ("referral.txt", b"REFERRAL of a child")))
    assert (found.outcome, found.waits, found.target) == ("referral", False, None)
    assert found.because == ("referral.txt is a referral", "the sender is on the list of agency addresses")
    assert [form.path for form in found.forms if form.ours] == ["referral.txt"]


@pytest.mark.tor("B.3")
def test_a_referral_typed_into_the_letter_itself_counts_too(mail: Mail, take_in: TakeIn) -> None:
    assert take_in(mail("REFERRAL of an adult")).outcome == "referral"


def test_a_referral_from_a_stranger_waits(mail: Mail, take_in: TakeIn) -> None:
    found = take_in(mail("", ("referral.txt", b"REFERRAL")), Known())
    assert (found.outcome, found.waits) == ("to_sort", True)
    assert UNLISTED in found.because


@pytest.mark.tor("B.3")
def test_a_scoping_return_lands_on_its_request_by_the_stamp(mail: Mail, take_in: TakeIn) -> None:
    found = take_in(mail("", ("return.txt", f"SCOPING {TOKEN}".encode())))
    assert (found.outcome, found.target) == ("scoping_return", Target(CASE, TOKEN))
    assert "return.txt carries the stamp of our request" in found.because


@pytest.mark.tor("B.3")
def test_a_scoping_return_lands_on_its_request_by_the_answered_letter(mail: Mail, take_in: TakeIn) -> None:
    found = take_in(mail("", ("return.txt", b"SCOPING"), In_Reply_To="<letter-1@p.example>"))
    assert (found.outcome, found.target) == ("scoping_return", Target(CASE, TOKEN))
    assert "it answers our letter" in found.because


def test_clues_that_point_at_two_cases_are_no_match(mail: Mail, take_in: TakeIn) -> None:
    stamped = ("return.txt", f"SCOPING {TOKEN}".encode())
    found = take_in(mail("", stamped, In_Reply_To="<letter-2@p.example>"))
    assert (found.outcome, found.target) == ("to_sort", None)
    assert f"its clues point at different cases: {CASE}, {OTHER}" in found.because
    assert {clue.target.case for clue in found.suggestions} == {CASE, OTHER}


def test_a_return_without_a_trace_waits_with_the_senders_open_requests_suggested(
    mail: Mail, take_in: TakeIn
) -> None:
    known = Known(sender_listed=True, senders_requests=(REQUEST,))
    found = take_in(mail("", ("return.txt", b"SCOPING")), known)
    assert found.outcome == "to_sort"
    assert "it carries no stamp of ours and answers no letter of ours" in found.because
    assert [clue.because for clue in found.suggestions] == [
        f"Probation has an open scoping request in {CASE}"
    ]


def test_a_return_to_a_closed_request_waits(mail: Mail, take_in: TakeIn) -> None:
    closed = Known(sender_listed=True, requests={TOKEN: Request(TOKEN, CASE, open=False)})
    found = take_in(mail("", ("return.txt", f"SCOPING {TOKEN}".encode())), closed)
    assert found.outcome == "to_sort"
    assert "its scoping request has been answered or closed already" in found.because


def test_a_return_from_a_stranger_waits_with_its_request_suggested(mail: Mail, take_in: TakeIn) -> None:
    found = take_in(mail("", ("return.txt", f"SCOPING {TOKEN}".encode())), Known(requests={TOKEN: REQUEST}))
    assert found.outcome == "to_sort"
    assert UNLISTED in found.because
    assert found.suggestions[0].target == Target(CASE, TOKEN)


def test_two_forms_in_one_letter_are_for_a_person_to_part(mail: Mail, take_in: TakeIn) -> None:
    found = take_in(mail("", ("one.txt", b"REFERRAL"), ("two.txt", b"REFERRAL again")))
    assert (found.outcome, found.because[0]) == ("to_sort", "it carries 2 forms: one.txt, two.txt")


def test_a_plain_reply_goes_to_its_case(mail: Mail, take_in: TakeIn) -> None:
    answered = take_in(mail("Thank you.", In_Reply_To="<letter-2@p.example>"))
    assert (answered.outcome, answered.target) == ("reply", Target(OTHER))
    named = take_in(mail("Thank you.", subject=f"Re: {CASE.lower()}"))
    assert (named.outcome, named.target) == ("reply", Target(CASE))
    token = take_in(mail("Thank you.", to=f"jcr+{TOKEN}@partnership.example"))
    assert (token.outcome, token.target) == ("reply", Target(CASE, TOKEN))


def test_a_strangers_reply_is_only_a_suggestion(mail: Mail, take_in: TakeIn) -> None:
    known = Known(cases=frozenset({CASE}))
    found = take_in(mail("Thank you.", subject=f"Re: {CASE}"), known)
    assert (found.outcome, found.target) == ("to_sort", None)
    assert [clue.target.case for clue in found.suggestions] == [CASE]


def test_a_form_of_somebody_elses_is_not_ours(mail: Mail, take_in: TakeIn) -> None:
    found = take_in(mail("Referral attached.", ("marac.txt", b"MARAC referral")))
    assert (found.outcome, found.waits) == ("not_ours", True)
    assert found.because == ("marac.txt is not a form of ours: This looks like a MARAC referral",)


def test_a_reply_with_an_ordinary_document_is_still_a_reply(mail: Mail, take_in: TakeIn) -> None:
    found = take_in(
        mail("Minutes attached.", ("minutes.txt", b"minutes"), In_Reply_To="<letter-1@p.example>")
    )
    assert found.outcome == "reply"


def test_a_document_that_cannot_be_read_waits_with_the_reason(mail: Mail, take_in: TakeIn) -> None:
    found = take_in(mail("", ("broken.txt", b"BROKEN"), In_Reply_To="<letter-1@p.example>"))
    assert found.outcome == "to_sort"
    assert "broken.txt: could not be read safely: it is damaged" in found.because


def test_an_attachment_over_25_mb_is_kept_and_named(mail: Mail, take_in: TakeIn) -> None:
    found = take_in(mail("", ("film.txt", b"REFERRAL " + b"x" * 25_000_001)))
    assert found.outcome == "to_sort"
    assert "film.txt is over 25 MB and was not opened" in found.because


def test_an_automatic_reply_is_filed_with_the_case_it_answers(mail: Mail, take_in: TakeIn) -> None:
    found = take_in(mail("Away.", Auto_Submitted="auto-replied", In_Reply_To="<letter-1@p.example>"))
    assert (found.outcome, found.target) == ("auto_reply", Target(CASE, TOKEN))


def test_a_bounce_finds_the_letter_that_came_back(mail: Mail, take_in: TakeIn) -> None:
    text = "550 5.1.1 user unknown\nMessage-ID: <letter-1@p.example>"
    found = take_in(mail(text, sender="MAILER-DAEMON@mx.example", subject="failure notice"))
    assert (found.outcome, found.target) == ("bounce", Target(CASE, TOKEN))


@pytest.mark.parametrize(
    ("above", "authentic"),
    [(b"Authentication-Results: mx.p.example; dmarc=fail\r\n", "fail"), (b"", "unknown")],
)
def test_a_sender_our_server_did_not_confirm_waits(
    mail: Mail, take_in: TakeIn, above: bytes, authentic: str
) -> None:
    known = Known(sender_listed=True, receiving_servers=frozenset({"mx.p.example"}), cases=frozenset({CASE}))
    found = take_in(above + mail("", ("referral.txt", b"REFERRAL")).as_bytes(), known)
    assert (found.outcome, found.authentic) == ("to_sort", authentic)
    answer = mail("I am away.", subject=f"Automatic reply: {CASE}")
    found = take_in(above + answer.as_bytes(), known)
    assert (found.outcome, found.target) == ("auto_reply", None)


def test_every_clue_worth_looking_up_is_gathered(mail: Mail) -> None:
    letter = mail(
        f"About {OTHER}.",
        subject=f"{CASE} [{TOKEN}]",
        In_Reply_To="<a@p.example>",
        References="<b@p.example>",
    )
    message = parse(letter.as_bytes())
    clues = gather(message, screen(message))
    assert clues.message_ids == ("a@p.example", "b@p.example")
    assert clues.tokens == (TOKEN,)
    assert clues.references == (CASE, OTHER)


def test_what_is_locked_waits_with_what_to_do_about_it(mail: Mail, take_in: TakeIn) -> None:
    found = take_in(mail("Read it at https://reader.egress.com/x", subject=f"Return [{TOKEN}]"))
    assert (found.outcome, found.waits) == ("encrypted", True)
    assert found.because[0] == "the letter itself waits behind Egress"
    assert "ask the sender for it unprotected" in found.because[1]
    assert [clue.target.request for clue in found.suggestions] == [TOKEN]
