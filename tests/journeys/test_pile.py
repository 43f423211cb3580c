"""The pile worked through with the keyboard alone: to a message, one key for what is proposed, and on to the next."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from forms import ReferralForm, Stamp, word
from tests.intake.conftest import REFERRAL, letter
from tests.journeys.conftest import Running, Visitor, wait_until

STRANGER = "outreach@shelter.example"


def about(name: str) -> bytes:
    subject = REFERRAL["subjects"][0] | {"subject_name": name}
    return word.blank(ReferralForm, REFERRAL | {"subjects": [subject]}, Stamp("referral", 1))


def come(running: Running, number: int, subject: str, *files: tuple[str, bytes]) -> None:
    message = letter(
        "See below.", *files, From=STRANGER, Subject=subject, Message_ID=f"<{number}@shelter.example>"
    )
    (running.mail_in / "new" / f"message-{number}").write_bytes(message.as_bytes())
    wait_until(
        lambda: running.jcr("ledger").count(" to_sort ") == number, 30, f"message {number} in the ledger"
    )


def test_a_message_is_filed_at_one_key_and_the_next_comes_up(
    visitor: Callable[..., Visitor], running: Running
) -> None:
    come(running, 1, "One form", ("referral.docx", about("Ann Alder")))
    come(running, 2, "Two forms", ("one.docx", about("Ben Beech")), ("two.docx", about("Cay Cedar")))
    officer = visitor()
    officer.sign_in("officer")
    page = officer.go("/pile")
    page.get_by_role("link", name="One form").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="1. Open a new case from referral.docx")).to_be_visible()
    page.keyboard.press("Alt+1")
    expect(page.get_by_text("JCR-2026-0001 is open.")).to_be_visible()
    page.keyboard.press("1")  # alone a number does nothing until somebody turns that on
    expect(page.get_by_role("button", name="1. Split it into 2 parts, one form each")).to_be_visible()
    page.get_by_role("button", name="Use the number keys alone").press("Enter")
    page.keyboard.press("1")
    expect(page.get_by_text("The message is split into 2 parts")).to_be_visible()
