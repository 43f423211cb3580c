"""Letters: an ordinary one, an awkward one, one with nothing in it."""

from jcr.documents import letter
from tests.documents.samples.words import AWKWARD, BODY, CONTACT, HOSTILE, MARKING, NAMES, REFERENCE, UNBROKEN

DECISION_LETTER = """Dear Ms Ŵyn

Thank you for your referral about A.B., which we received on 3 November 2026.

## What was considered

A rapid review meeting was held on 18 November 2026. All seven agencies answered. We considered:

- whether abuse or neglect is known or suspected;
- whether the child has been seriously harmed;
- whether agencies could have worked together better.

## The decision

The case meets the criteria of section 16C of the Children Act 2004.
The three safeguarding partners accepted the recommendation on 20 November 2026.

## What happens next

If something was missed, you may ask us to reconsider by 18 December 2026. Write to jcr@example.org."""


def plain() -> bytes:
    return letter.render(
        letter.Letter(
            organisation=BODY,
            marking=MARKING,
            reference=REFERENCE,
            their_reference="WVT/2026/118",
            date="23 November 2026",
            recipient_lines=(
                "Ms Siân Ŵyn",
                "Named Nurse for Safeguarding",
                "Wye Valley NHS Trust",
                "Hereford HR1 2ER",
            ),
            heading="Decision on your referral of 3 November 2026",
            body=DECISION_LETTER,
            signature_lines=("Yours sincerely", "Alwyn Price", "Partnership Officer, on behalf of the Chair"),
            contact_lines=CONTACT,
        )
    )


def awkward() -> bytes:
    return letter.render(
        letter.Letter(
            organisation=HOSTILE * 3,
            marking=MARKING,
            reference=REFERENCE,
            their_reference=UNBROKEN[:90],
            date="23 November 2026",
            recipient_lines=tuple(NAMES.split(", ")) * 12,
            heading=f"{HOSTILE} {NAMES}",
            body=AWKWARD,
            signature_lines=("Yours sincerely", NAMES, HOSTILE, ""),
            contact_lines=("", HOSTILE, "https://example.org/" + UNBROKEN[:200]),
        )
    )


def bare() -> bytes:
    return letter.render(letter.Letter("", "", "", "", "", (), "", "", (), ()))
