"""The clues of a message weighed: each pointing at a case or request, with its weight and its reason."""

from collections.abc import Iterator
from dataclasses import dataclass

from mail_intake.clues import references_in, reply_tokens
from mail_intake.documents import ReadForm
from mail_intake.known import Known, Letter, Target
from mail_intake.message import Message
from mail_intake.screening import Screening

CLEAR = 70  # from here a clue by itself settles where a message belongs
FORM_TOKEN, REPLY_TOKEN, ANSWERED, IN_THREAD = 100, 90, 90, 75
FORM_REFERENCE, SUBJECT_OF_LISTED, SUBJECT_OF_STRANGER, IN_TEXT, ONLY_REQUEST = 60, 70, 20, 30, 30


@dataclass(frozen=True)
class Clue:
    """One pointer at a target: its weight out of 100 and why it points there."""

    target: Target
    weight: int
    because: str


def weigh(
    message: Message, screening: Screening, forms: tuple[ReadForm, ...], known: Known, believed: bool
) -> list[Clue]:
    """Every clue, the weightiest first; of several for one target all are kept for their reasons.

    `believed` when the sender is listed and nothing speaks against its being the sender.
    """
    clues = [
        *_of_forms(forms, known),
        *_of_thread(message, screening, known),
        *_of_words(message, known, believed),
        *_of_sender(known),
    ]
    return sorted(clues, key=lambda clue: -clue.weight)


def _of_forms(forms: tuple[ReadForm, ...], known: Known) -> Iterator[Clue]:
    for form in forms:
        stamp = form.stamp
        if stamp and stamp.token in known.requests:
            request = known.requests[stamp.token]
            yield Clue(
                Target(request.case, request.token),
                FORM_TOKEN,
                f"{form.path} carries the stamp of our request",
            )
        elif stamp and stamp.reference.upper() in known.cases:
            reason = f"{form.path} carries the reference {stamp.reference.upper()}"
            # Such a form is about that case and nothing else; a listed sender is believed, a stranger is not
            believed = form.submitted and known.sender_listed
            yield Clue(Target(stamp.reference.upper()), CLEAR if believed else FORM_REFERENCE, reason)


def _of_thread(message: Message, screening: Screening, known: Known) -> Iterator[Clue]:
    returned = screening.bounce.letters if screening.bounce else ()
    for ids, weight, reason in (
        (returned, FORM_TOKEN, "it reports on our letter"),
        (message.in_reply_to, ANSWERED, "it answers our letter"),
        (message.references, IN_THREAD, "it belongs to the conversation about our letter"),
    ):
        for letter in dict.fromkeys(known.letters[one] for one in ids if one in known.letters):
            yield Clue(_target(letter), weight, reason)


def _of_words(message: Message, known: Known, believed: bool) -> Iterator[Clue]:
    for token in reply_tokens(message):
        if request := known.requests.get(token):
            yield Clue(Target(request.case, token), REPLY_TOKEN, "it carries our reply token")
    named = references_in(message.subject)
    for reference in named:
        if reference in known.cases:
            # Anybody can write a reference in a subject: a listed sender is believed, a stranger is not
            weight = SUBJECT_OF_LISTED if believed else SUBJECT_OF_STRANGER
            yield Clue(Target(reference), weight, f"its subject names {reference}")
    for reference in references_in(message.text[:20_000]):
        if reference in known.cases and reference not in named:
            yield Clue(Target(reference), IN_TEXT, f"its text names {reference}")


def _of_sender(known: Known) -> Iterator[Clue]:
    for request in known.senders_requests:
        reason = f"{request.agency or 'the sender'} has an open scoping request in {request.case}"
        yield Clue(Target(request.case, request.token), ONLY_REQUEST, reason)


def _target(letter: Letter) -> Target:
    return Target(letter.case, letter.request)


def clear_target(clues: list[Clue]) -> tuple[Target | None, str]:
    """The one target that the clear clues agree on; else None, with the reason when they disagree."""
    clear = [clue.target for clue in clues if clue.weight >= CLEAR]
    cases = {target.case for target in clear}
    requests = {target.request for target in clear if target.request}
    if len(cases) > 1:
        return None, f"its clues point at different cases: {', '.join(sorted(cases))}"
    if len(requests) > 1:
        return None, "its clues point at different scoping requests"
    if not clear:
        return None, ""
    return Target(cases.pop(), requests.pop() if requests else ""), ""
