"""The post against a real mail server: TLS or nothing, passwords and tokens, and what is made of each refusal."""

from __future__ import annotations

import ssl
from email.message import EmailMessage

import pytest

from jcr.correspondence.posting import AddressRefused, MayHaveGone, PostAway
from jcr.post import SmtpPost, Watched, tried
from mail_intake.source import Refused
from tests.services.smtp import PASSWORD, TOKEN, Received

TO = "lead@police.example"


def message(to: str = TO, **headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"] = "The Partnership <jcr@partnership.example>", to
    made["Subject"] = "JCR-2026-0001: a letter"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content("Dear colleague\n.\nThe line above is a full stop alone.\n")
    return made


def test_a_letter_goes_over_tls_after_a_password(secure_smtp: Received) -> None:
    SmtpPost(secure_smtp.url, PASSWORD, context=secure_smtp.trusted).deliver(message())
    assert secure_smtp.logged_in == ["password"]
    assert secure_smtp.recipients == [[TO]]
    assert "." in secure_smtp.messages[0].get_content().splitlines()


def test_a_password_may_hold_a_pound_sign(secure_smtp: Received) -> None:
    secure_smtp.password = "Spring£2026"
    SmtpPost(secure_smtp.url, "Spring£2026", context=secure_smtp.trusted).deliver(message())
    assert secure_smtp.logged_in == ["password"]
    with pytest.raises(PostAway, match="did not accept our name and password"):
        SmtpPost(secure_smtp.url, "Spring€2026", context=secure_smtp.trusted).deliver(message())


def test_a_letter_goes_over_tls_with_a_token_in_place_of_a_password(secure_smtp: Received) -> None:
    SmtpPost(secure_smtp.url, "", lambda: TOKEN, secure_smtp.trusted).deliver(message())
    assert secure_smtp.logged_in == ["XOAUTH2"]


@pytest.mark.parametrize("password, token", [("wrong", None), ("", lambda: "a token from yesterday")])
def test_a_refused_login_is_told_in_words(secure_smtp: Received, password: str, token: object) -> None:
    post = SmtpPost(secure_smtp.url, password, token, secure_smtp.trusted)  # type: ignore[arg-type]
    with pytest.raises(OSError, match="did not accept our name and password or token"):
        post.deliver(message())
    assert secure_smtp.messages == []


def test_a_server_that_nobody_vouches_for_gets_nothing(secure_smtp: Received) -> None:
    stranger = SmtpPost(secure_smtp.url, PASSWORD, context=ssl.create_default_context())
    with pytest.raises(PostAway, match="The certificate of localhost cannot be trusted"):
        stranger.deliver(message())
    assert secure_smtp.logged_in == []


def test_no_password_goes_over_a_line_without_tls(smtp: Received) -> None:
    post = SmtpPost(smtp.url, PASSWORD, context=ssl.create_default_context())
    with pytest.raises(OSError, match="cannot do what is asked of it"):
        post.deliver(message())
    assert smtp.messages == []


def test_an_answer_by_machine_has_no_return_path_and_a_letter_has_one(smtp: Received) -> None:
    post = SmtpPost(smtp.url, "")
    post.deliver(message(Auto_Submitted="auto-replied"))
    post.deliver(message())
    assert smtp.senders == ["<>", "jcr@partnership.example"]


def test_an_address_that_nobody_has_is_told_from_a_server_that_does_not_want_us(smtp: Received) -> None:
    smtp.answers = {
        TO: "550 5.1.1 no such user",
        "barred@police.example": "550 5.7.1 your server is barred",
        "full@police.example": "550 5.2.2 the mailbox is full",
    }
    post = SmtpPost(smtp.url, "")
    with pytest.raises(AddressRefused, match="does not know the address"):
        post.deliver(message())
    for whose in ("barred", "full"):
        with pytest.raises(OSError, match=r"did not take the letter\. It said: 550") as barred:
            post.deliver(message(f"{whose}@police.example"))
        assert not isinstance(barred.value, AddressRefused | PostAway)
    with pytest.raises(AddressRefused, match="letters that no mail server takes"):
        post.deliver(message("jörg@police.example"))


def test_a_letter_that_was_taken_is_taken_whatever_is_said_at_the_end(smtp: Received) -> None:
    smtp.farewell = "421 too long on the line"
    SmtpPost(smtp.url, "").deliver(message())
    assert len(smtp.messages) == 1


@pytest.mark.parametrize("taken", ["*** proxy error", "354 go on", "250 " + "x" * 10_000])
def test_an_answer_to_a_letter_that_makes_no_sense_leaves_it_open_whether_it_went(
    smtp: Received, taken: str
) -> None:
    smtp.taken = taken
    with pytest.raises(MayHaveGone):
        SmtpPost(smtp.url, "").deliver(message())
    assert len(smtp.messages) == 1


def test_a_line_that_breaks_after_the_letter_leaves_it_open_whether_it_went(smtp: Received) -> None:
    smtp.breaks_off = True
    with pytest.raises(MayHaveGone):
        SmtpPost(smtp.url, "").deliver(message())


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("smtp://nobody.invalid", "The name nobody.invalid is not known"),
        ("smtp://127.0.0.1:1", "Nothing listens at that address of 127.0.0.1"),
    ],
)
def test_a_server_that_is_not_there_is_told_in_words(url: str, words: str) -> None:
    with pytest.raises(PostAway, match=words):
        SmtpPost(url, "").deliver(message())


def test_a_token_that_cannot_be_had_is_told_as_the_provider_said_it(smtp: Received) -> None:
    def no_token() -> str:
        raise Refused("The program's secret has expired: make a new one in Microsoft Entra and enter it.")

    with pytest.raises(PostAway, match="secret has expired"):
        SmtpPost(smtp.url, "", no_token).deliver(message())
    assert smtp.messages == []


def test_the_post_is_tried_without_a_letter(secure_smtp: Received, smtp: Received) -> None:
    steps = list(SmtpPost(secure_smtp.url, PASSWORD, context=secure_smtp.trusted).steps())
    assert [step.words for step in steps] == [
        "localhost answers, and its certificate is good",
        "office@partnership.example is let in",
    ]
    assert [step.well for step in tried(smtp.url)] == [True, True]
    assert secure_smtp.messages == smtp.messages == []


def test_trying_the_post_ends_at_the_step_that_does_not_work(smtp: Received) -> None:
    def expired() -> str:
        raise Refused("The program's secret has expired.")

    here, out = tried(smtp.url, token=expired)
    assert (here.well, out.well, out.words) == (True, False, "The program's secret has expired.")
    [nobody] = tried("smtp://127.0.0.1:1")
    assert (nobody.name, nobody.well) == ("Reach the server", False)
    assert "Nothing listens" in nobody.words


def test_a_post_that_could_not_go_is_in_trouble_until_its_server_lets_us_in_again(
    secure_smtp: Received,
) -> None:
    post = Watched(SmtpPost(secure_smtp.url, PASSWORD, context=secure_smtp.trusted), pause=0)
    secure_smtp.password = "another"
    with pytest.raises(PostAway):
        post.deliver(message())
    post.ask_anew()
    assert "did not accept our name and password" in post.trouble
    secure_smtp.password = PASSWORD
    post.pause = 60  # a server is not asked again and again with a password it refuses
    post.ask_anew()
    assert post.trouble
    post.pause = 0
    post.ask_anew()
    assert post.trouble == ""
