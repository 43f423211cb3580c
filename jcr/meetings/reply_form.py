"""The form on which an invitation is answered: who comes, and in which cases or otherwise they have an interest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from forms import Form
from forms.fields import Choice, Choices, Email, LongText, Text, YesNo
from jcr.cases.model import Case
from jcr.meetings.interests import of_place, unanswered
from jcr.meetings.model import Attendance, Reply
from jcr.meetings.room import declaration_of

ANSWERS = {
    Reply.COMING.value: "Yes, I come",
    Reply.DEPUTY.value: "No, a deputy comes for me",
    Reply.APOLOGIES.value: "No, please take my apologies",
}
OF_DEPUTY = ("reply", (Reply.DEPUTY.value,))
IF_ANY = ("has_interest", ("yes",))
OTHER = "other"


class ReplyForm(Form):
    reply = Choice("Will you come?", ANSWERS, required=True, ask="Say whether you come")
    deputy_name = Text(
        "Name of the deputy", when=OF_DEPUTY, required=True, ask="Enter the name of the deputy"
    )
    deputy_post = Text("Their post", when=OF_DEPUTY)
    deputy_email = Email(
        "Their e-mail address", when=OF_DEPUTY,
        hint="They are sent the invitation too, with a link of their own to agenda and papers",
    )  # fmt: skip
    note = LongText("Anything the chair should know", lines=3)


class PanelReplyForm(ReplyForm):
    deputy_why = LongText(
        "Why a deputy comes", when=OF_DEPUTY, required=True, lines=3, ask="Say why a deputy comes",
        hint="To a review panel a deputy comes in exceptional circumstances only (terms of reference, 8)",
    )  # fmt: skip


def form_for(place: Attendance, cases: Sequence[Case], of_deputy: bool) -> type[Form]:
    """The questions for somebody invited; their deputy is only asked what they declare."""
    whole = PanelReplyForm if place.needs_reason_for_deputy else ReplyForm
    return type("Asked", (Form if of_deputy else whole,), _interests(things(place, cases, of_deputy)))


def things(place: Attendance, cases: Sequence[Case], of_deputy: bool) -> dict[str, str]:
    """In what they are asked for an interest: each case in which they have not declared one, and else at a meeting
    about no one case."""
    declared = (of_place(place, case, of_deputy) for case in cases)
    asked = [case for case, found in zip(cases, declared, strict=True) if not (found and found.has_one)]
    named = {str(case.id): f"{case.reference} ({case.initials})" for case in asked}
    return named if place.meeting.case else named | {OTHER: "Something else"}


def answered(place: Attendance, cases: Sequence[Case], of_deputy: bool) -> dict[str, Any]:
    """The answer as it stands, to be changed."""
    declared = declaration_of(place.meeting, place.person, of_deputy)
    said: dict[str, Any] = {}
    if declared and declared.conflicted and place.meeting.case is None:
        said = {"has_interest": "yes", "interest_in": [OTHER], "interest": declared.what}
    elif (place.reply or of_deputy) and cases and not unanswered(place, cases, of_deputy):
        said = {"has_interest": "no"}
    if of_deputy or place.reply is None:
        return said
    deputy = {f"deputy_{part}": getattr(place, f"deputy_{part}") for part in ("name", "post", "email", "why")}
    return said | deputy | {"reply": place.reply.value, "note": place.reply_note}


def chosen(answers: dict[str, Any], asked: dict[str, str]) -> set[str]:
    """In which of the things asked about an interest was declared."""
    if answers.get("has_interest") != "yes":
        return set()
    return set(answers.get("interest_in") or asked)


def _interests(asked: dict[str, str]) -> dict[str, Any]:
    if not asked:
        return {}
    only = next(iter(asked.values())) if len(asked) == 1 and OTHER not in asked else ""
    questions: dict[str, Any] = {
        "has_interest": YesNo(
            f"Do you have an interest in {only}?" if only else "Do you have an interest to declare?",
            not_known=False, required=True, ask="Say whether you have an interest to declare",
            hint="Yes if you, or anybody you manage, took part in a case, or you know the people it is about",
        ),
        "interest": LongText(
            "What is it?", when=IF_ANY, required=True, lines=3, ask="Say what the interest is",
            hint="The chair decides whether it is a conflict. Until then you are sent nothing about the case",
        ),
    }  # fmt: skip
    if len(asked) > 1:
        questions["interest_in"] = Choices(
            "What is it in?", asked, when=IF_ANY, required=True, ask="Say what the interest is in"
        )
    order = [name for name in ("has_interest", "interest_in", "interest") if name in questions]
    return {name: questions[name] for name in order}
