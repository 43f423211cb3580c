"""The action update: how far an agreed action is, the evidence for it, and what is different now."""

from collections.abc import Iterator, Mapping
from typing import Any

from forms.dates import day_or_none
from forms.fields import Choice, Date, Email, LongText, Telephone, Text, YesNo
from forms.form import Form, Topic

STATES = {
    "done": "Done",
    "on_track": "On track to be done in time",
    "late": "Will be late",
    "stuck": "Cannot be done as agreed",
}
IF_DONE = ("action_state", ("done",))
IF_NOT_DONE = ("action_state", ("on_track", "late", "stuck"))
IF_LATE = ("action_state", ("late",))
IF_BEHIND = ("action_state", ("late", "stuck"))

GIVEN = Topic(
    "action",
    "The action",
    ("action_number", "case_reference", "task", "owner", "due_on", "expected"),
    "The partnership team has filled in this part.",
)

TOPICS = (
    Topic(
        "author",
        "About you",
        ("agency_name", "author_name", "author_role", "author_email", "author_telephone"),
    ),
    Topic(
        "progress",
        "How far it is",
        (
            "action_state",
            "what_was_done",
            "date_done",
            "progress",
            "reasons_for_delay",
            "new_date",
            "mitigating_action",
            "help_needed",
        ),
    ),
    Topic(
        "difference",
        "Evidence, and what is different now",
        ("evidence", "made_a_difference", "difference"),
        "That an action was done and that it made a difference are looked at apart (ToR 8).",
    ),
    Topic("approval", "Approval", ("safeguarding_lead_name", "date_completed")),
)


class ActionUpdateForm(Form):
    """Action update, edition 1."""

    kind = "action_update"
    edition = 1
    title = "Update on an action"
    purpose = (
        "The group follows up the actions agreed after each case. Say how far this one is, and send the "
        "evidence with this form. Initials instead of names."
    )
    topics = TOPICS
    given = GIVEN

    action_number = Text("Action")
    case_reference = Text("Our reference")
    task = LongText("What is to be done", lines=3)
    owner = Text("Who does it")
    due_on = Date("By when")
    expected = LongText("What should be different then", lines=3)

    agency_name = Text("Name of your agency", required=True, autocomplete="organization")
    author_name = Text("Your name", required=True, autocomplete="name")
    author_role = Text("Your role", required=True, autocomplete="organization-title")
    author_email = Email("E-mail address", required=True, autocomplete="email")
    author_telephone = Telephone("Telephone number", autocomplete="tel")

    action_state = Choice("How far is the action?", STATES, required=True, ask="Select how far the action is")
    what_was_done = LongText(
        "What was done?",
        when=IF_DONE,
        required=True,
        lines=4,
        ask="Say what was done: it is the evidence that the action was carried out",
    )
    date_done = Date("Date it was done", when=IF_DONE, required=True, not_future=True)
    progress = LongText(
        "What has been done so far?",
        when=IF_NOT_DONE,
        required=True,
        lines=4,
        ask="Say what has been done so far",
    )
    reasons_for_delay = LongText(
        "What stands in the way?", when=IF_BEHIND, required=True, lines=3, ask="Say what stands in the way"
    )
    new_date = Date(
        "By when instead?", when=IF_LATE, required=True, what="The new date", ask="Enter the new date"
    )
    mitigating_action = LongText(
        "What keeps people safe meanwhile?", when=IF_BEHIND, required=True, lines=3,
        ask="Say what keeps people safe meanwhile, or why nothing is needed",
    )  # fmt: skip
    help_needed = LongText("What do you need from the group?", when=IF_BEHIND, lines=3)

    evidence = LongText(
        "What shows it?",
        when=IF_DONE,
        required=True,
        lines=3,
        hint="For example an audit, a policy, records of training. Send the documents with this form.",
        ask="Say what shows that the action was carried out",
    )
    made_a_difference = YesNo(
        "Has it made the difference that was expected?",
        when=IF_DONE,
        required=True,
        ask="Select whether it has made the difference that was expected",
    )
    difference = LongText("What is different now, and how do you know?", when=IF_DONE, lines=4)

    safeguarding_lead_name = Text(
        "Approved by (safeguarding lead)",
        required=True,
        ask="Enter the name of the safeguarding lead who approved it",
    )
    date_completed = Date("Date completed", required=True, not_future=True)

    def checks(self, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """A new date lies ahead, and after the one that was agreed."""
        due, new = (day_or_none(answers.get(name)) for name in ("due_on", "new_date"))
        if new and new < self.today:
            yield "new_date", "The new date must be today or later"
        elif new and due and new <= due:
            yield "new_date", "The new date must be after the day the action is due"
