"""The pages on which an invitation is answered: behind the link it came with, or by those who have an account."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import Form
from forms.fields import Choice, Email, LongText, Text, YesNo
from forms.web import dress, error_list
from jcr.errors import Incomplete
from jcr.meetings import replying
from jcr.meetings.blueprint import pages
from jcr.meetings.invitations import by_link
from jcr.meetings.meeting_pages import visible
from jcr.meetings.model import Attendance, Reply
from jcr.meetings.replying import Answered, Deputy
from jcr.meetings.room import declaration_of
from jcr.permissions import Permission
from jcr.roles import Actor, outsider
from jcr.web.access import allow, behind_link
from jcr.web.request import actor, db, now, person, the_letterhead

ANSWERS = {
    Reply.COMING.value: "Yes, I come",
    Reply.DEPUTY.value: "No, a deputy comes for me",
    Reply.APOLOGIES.value: "No, please take my apologies",
}
OF_DEPUTY = ("reply", (Reply.DEPUTY.value,))


class ReplyForm(Form):
    reply = Choice("Will you come?", ANSWERS, required=True, ask="Say whether you come")
    deputy_name = Text(
        "Name of the deputy", when=OF_DEPUTY, required=True, ask="Enter the name of the deputy"
    )
    deputy_post = Text("Their post", when=OF_DEPUTY)
    deputy_email = Email("Their e-mail address", when=OF_DEPUTY, hint="They are sent the invitation too")
    has_interest = YesNo("Do you have an interest to declare?", not_known=False, required=True,
                         ask="Say whether you have an interest to declare")  # fmt: skip
    interest = LongText(
        "What is it?", when=("has_interest", ("yes",)), required=True, lines=3, ask="Say what the interest is",
        hint="For example, that you or somebody you manage worked with the family",
    )  # fmt: skip
    note = LongText("Anything the chair should know", lines=3)


class PanelReplyForm(ReplyForm):
    deputy_why = LongText(
        "Why a deputy comes", when=OF_DEPUTY, required=True, lines=3, ask="Say why a deputy comes",
        hint="To a review panel a deputy comes in exceptional circumstances only (terms of reference, 8)",
    )  # fmt: skip


@pages.route("/meeting/<token>", methods=["GET", "POST"])
@behind_link
def reply_by_link(token: str) -> ResponseReturnValue:
    """Without an account: whoever has the link and the code sent to their address answers for that address."""
    place = by_link(db(), token) or abort(404)
    return _reply(place, outsider(place.person.name), paper=url_for("submissions.paper", token=token))


@pages.route("/meetings/<int:meeting_id>/reply", methods=["GET", "POST"])
@allow(Permission.READ_MEETINGS)
def reply(meeting_id: int) -> ResponseReturnValue:
    meeting = visible(meeting_id)
    mine = [place for place in meeting.attendances if place.person_id == person().id]
    if not mine:
        abort(404)
    return _reply(mine[0], actor())


def _reply(place: Attendance, by: Actor, paper: str = "") -> ResponseReturnValue:
    asked = PanelReplyForm if place.needs_reason_for_deputy else ReplyForm
    if request.method == "GET":
        return _page(place, asked(data=_answered(place)), paper)
    form = asked(request.form)
    if not form.validate():
        return _page(place, form, paper, wrong=True), 422
    answers = form.answers()
    deputy = Deputy(*(answers.get(f"deputy_{part}") or "" for part in ("name", "post", "email", "why")))
    answered = Answered(
        Reply(answers["reply"]), deputy, answers.get("interest") or "", answers.get("note") or ""
    )
    try:
        replying.answer(db(), the_letterhead(), place, answered, by, now())
    except Incomplete as why:
        form.reply.errors = [str(why)]
        return _page(place, form, paper, wrong=True), 422
    if paper or (answered.interest and place.meeting.case_id):
        return _page(place, form, paper, stage="taken")
    flash("Your answer is recorded. You may change it until the meeting begins.")
    return redirect(url_for("meetings.show", meeting_id=place.meeting_id))


def _answered(place: Attendance) -> dict[str, str]:
    """The answer as it stands, to be changed."""
    if place.reply is None:
        return {}
    declared = declaration_of(place.meeting, place.person)
    interest = declared.what if declared and declared.conflicted else ""
    return {
        "reply": place.reply.value,
        "deputy_name": place.deputy_name,
        "deputy_post": place.deputy_post,
        "deputy_email": place.deputy_email,
        "deputy_why": place.deputy_why,
        "has_interest": "yes" if interest else "no",
        "interest": interest,
        "note": place.reply_note,
    }


def _page(
    place: Attendance, form: ReplyForm, paper: str, *, wrong: bool = False, stage: str = "asked"
) -> str:
    dress(form)
    meeting = place.meeting
    return render_template(
        "meetings/reply.html",
        place=place,
        meeting=meeting,
        form=form,
        paper=paper,
        stage=stage if meeting.is_ahead(now()) else "over",
        declared=form.has_interest.data == "yes",
        errors=error_list(form) if wrong else None,
    )
