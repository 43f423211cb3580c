"""Made-up referrals, each about somebody else, and the e-mails they come in."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

from jcr.demonstration.mail import referral_answers

FIRST = ("Edwin", "Mabel", "Corwin", "Idony", "Piers", "Sabina", "Tamsin", "Walter", "Ysolde", "Rufus")
LAST = ("Harcastle", "Quillfeather", "Marlowe", "Pettigrew", "Ashgrove", "Tolland", "Venables")
DAYS = {"date_of_referral": "2026-11-23", "incident_date": "2026-11-04", "date_aware": "2026-11-05"}
ADDRESS = "jcr@partnership.example"


def answers_about(number: int) -> dict[str, Any]:
    """The answers of a referral; each number is about another person."""
    answers = referral_answers() | DAYS
    name = f"{FIRST[number % len(FIRST)]} {LAST[number % len(LAST)]}-{_word(number)}"
    born = f"{1930 + number % 60}-{1 + number % 12:02d}-{1 + number % 28:02d}"
    answers["subjects"] = [answers["subjects"][0] | _person(name, born)]
    return answers


def _person(name: str, born: str) -> dict[str, str]:
    return {"subject_name": name, "subject_dob": born, "subject_date_of_death": DAYS["incident_date"]}


def _word(number: int) -> str:
    """A made-up surname for a number: no digits, so that it reads as a name."""
    letters = "bcdfghlmnp"
    return "".join(
        letters[int(digit)] + "ae"[place % 2] for place, digit in enumerate(f"{number:04d}")
    ).title()


def message(number: int, sender: str, subject: str, text: str) -> EmailMessage:
    """A plain e-mail to the office, with a Message-ID of its own."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, ADDRESS, subject
    made["Date"] = "Mon, 23 Nov 2026 09:00:00 +0000"
    made["Message-ID"] = f"<{number}@{sender.rpartition('@')[2].rstrip('>')}>"
    made.set_content(text)
    return made
