"""What comes next for a case, and for whom: one step at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jcr.cases.model import Case, Source, Status
from jcr.permissions import Permission, roles_with
from jcr.roles import CHAIRS, Role


@dataclass(frozen=True)
class Step:
    """The next step of a case: the words on the button, where it leads, and why it is the next one.

    `path` is below the case's own address, or a whole one; empty where there is only somebody to wait for.
    """

    text: str
    path: str = ""
    note: str = ""


RATIFY = Step("Read the recommendation and answer", "ratify", "Your decision and its reasons are asked.")
REOPEN = Step("Reopen the rapid review", "recommendation", "The recommendation came back with reasons.")
CLOSE = Step("Close the case", "close", "The referrer has been told.")
TELL = Step(
    "Tell those outside who have to know",
    "notices",
    "The referrer has been told; others have not been told yet. Close the case after that.",
)
WITH_REFERRER = Step("Waiting for the referrer", note="The referral is with the referrer.")
IN_THE_POST = Step(
    "Waiting for the post", note="The decision letter is written; the case is decided once it has gone."
)
WRITE_AGAIN = Step(
    "Send the decision letter to somebody who gets it",
    "decision-letter",
    "The decision letter came back: the referrer has not been told.",
)
LOOK_AGAIN = Step(
    "Answer the request to look again",
    "reconsideration",
    "The referrer asked for the decision to be looked at again. Somebody who had no part in it answers.",
)
NOTIFY_FIRST = Step(
    "Record the serious incident notification",
    "triage/notification",
    "Triage says: go on. A child’s rapid review is called once the notification, or why none is due, is recorded.",
)
MEETING = "recommendation"  # where the meeting itself is not known
OPEN = Step(
    "Open the rapid review",
    MEETING,
    "The returns are in, or the day has come. Attendance and conflicts are recorded at the meeting.",
)
# What the page of a step asks for; any other is open to all who work on cases
ASKED = {
    "reading": Permission.CONFIRM_REFERRAL,
    "sign-off": Permission.SIGN_OFF,
    "return": Permission.GIVE_BACK,
    "decision-letter": Permission.TELL_REFERRER,
    "scoping": Permission.CALL_RAPID_REVIEW,
    "redirect": Permission.REDIRECT,
    "triage/decline": Permission.DECLINE,
    "triage/notification": Permission.NOTIFY,
    "recommendation": Permission.RECOMMEND,
    "close": Permission.CLOSE,
}
OFF_TRIAGE = {
    "scope": Step(
        "Ask the agencies and call the rapid review",
        "scoping",
        "Triage says: go on. The return date and the meeting are set and sent together.",
    ),
    "decline": Step("Decline the referral", "triage/decline", "Triage says: clearly outside every route."),
    "redirect": Step(
        "Send the referral elsewhere", "redirect", "Triage says: this is a safeguarding concern."
    ),
    "await_sin": Step(
        "Record the serious incident notification",
        "triage/notification",
        "Triage says: wait for the local authority’s notification and ask after it.",
    ),
    "act_now": Step("Act on the immediate risk", "triage", "Triage says: somebody may be at risk now."),
    "return": Step(
        "Ask the referrer for what is missing", "return", "Triage says: return it, do not reject it."
    ),
}
STEPS = {
    Status.REFERRED: Step(
        "Confirm what the referral says",
        "reading",
        "The referral came by e-mail. Its reading counts once a person has confirmed it.",
    ),
    Status.AWAITING_SIGN_OFF: Step(
        "Record or chase the sign-off",
        "sign-off",
        "Waiting for the safeguarding lead. The referral counts as received on the day of the sign-off.",
    ),
    Status.RETURNED: Step(
        "Record the referrer’s answer",
        "return",
        "Waiting for the referrer, who was asked for what is missing. An answer by the link in the letter "
        "comes in by itself.",
    ),
    Status.TRIAGE: Step(
        "Work through triage",
        "triage",
        "The flowchart says whether the case goes on to scoping or is declined.",
    ),
    Status.REDIRECTED: CLOSE,
    Status.DECLINED: CLOSE,
    Status.SCOPING: Step("See the scoping returns", "returns", "Agencies are searching their records."),
    Status.RAPID_REVIEW: Step(
        "Record the rapid review",
        MEETING,
        "Attendance, conflicts and quorum first; then the recommendation.",
    ),
    Status.RECOMMENDED: Step(
        "See who has answered",
        "ratify",
        "Waiting for those who ratify. They were written to when the recommendation was made.",
    ),
    Status.RATIFIED: Step(
        "Write to the referrer",
        "decision-letter",
        "The recommendation is ratified: the referrer must be told.",
    ),
    Status.SENT_BACK: REOPEN,
    Status.NOT_RATIFIED: REOPEN,
    Status.DECIDED: CLOSE,
    Status.CLOSED: Step("Nothing more to do", note="The case is closed. Its record stays."),
}


@dataclass(frozen=True)
class Reached:
    """How far a case is within its status.

    `triage` is the outcome of the flowchart; `ready` says that scoping is over: all have returned, or the day
    of the meeting has come.
    """

    triage: str = ""
    meeting_id: int | None = None
    ready: bool = False
    letter_written: bool = False
    asked_again: bool = False  # by the referrer, and not answered
    untold: bool = False  # others than the referrer have to be told of the decision
    letter_back: int | None = None  # the decision letter, when nobody got it


NOT_FAR = Reached()


def next_step(case: Case, role: Role, reached: Reached = NOT_FAR) -> Step:
    """The one thing to do next, as this role sees it, with its whole address."""
    if role is Role.DECISION_MAKER and case.status is Status.RECOMMENDED:
        return _addressed(RATIFY, case)
    step = _step(case, reached)
    if role not in roles_with(Permission.SEE_OFFICE):
        return Step("Nothing is asked of you now", note=step.note)
    if role not in roles_with(_asked(step, reached)):
        others = (
            "The Partnership Team goes on" if role in CHAIRS else "An officer, the manager or a chair goes on"
        )
        return Step(others, note=step.note)
    return _addressed(step, case)


def _asked(step: Step, reached: Reached) -> Permission:
    if reached.letter_back:
        return Permission.SEND_AGAIN
    return ASKED.get(step.path, Permission.SEE_OFFICE)


def _step(case: Case, reached: Reached) -> Step:
    if reached.asked_again:
        return LOOK_AGAIN
    step = STEPS[case.status]
    if case.status is Status.TRIAGE and reached.triage == "scope" and case.lacks_notification:
        return NOTIFY_FIRST
    if case.status is Status.TRIAGE:
        return OFF_TRIAGE.get(reached.triage, step)
    if case.status is Status.REFERRED and case.source is Source.WEB:
        return WITH_REFERRER
    if case.status is Status.RATIFIED and reached.letter_back:
        return replace(WRITE_AGAIN, path=f"/letters/{reached.letter_back}")
    if case.status is Status.RATIFIED and reached.letter_written:
        return IN_THE_POST
    if case.status is Status.DECIDED and reached.untold:
        return TELL
    if case.status is Status.SCOPING and reached.ready:
        step = OPEN
    if step.path == MEETING and reached.meeting_id:
        return replace(step, path=f"/meetings/{reached.meeting_id}")
    return step


def _addressed(step: Step, case: Case) -> Step:
    if not step.path or step.path.startswith("/"):
        return step
    return replace(step, path=f"/cases/{case.reference}/{step.path}")
