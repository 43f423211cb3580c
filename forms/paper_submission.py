"""The paper submission: a document an agency puts before a meeting, with what the meeting is asked to do."""

from forms.fields import Choice, Date, Email, LongText, Number, Telephone, Text, YesNo
from forms.form import Form, Topic

PURPOSES = {
    "decision": "For decision",
    "discussion": "For discussion",
    "assurance": "For assurance",
    "information": "For information",
}
CIRCULATION = {"members": "All members of the group", "restricted": "Only those named below"}

TOPICS = (
    Topic(
        "meeting",
        "The meeting",
        ("meeting_date", "case_reference", "late_paper", "late_reasons"),
        "Papers reach the team seven working days before the meeting, so that members have them five "
        "working days before it (ToR 9). A rapid review takes late papers, and marks them.",
    ),
    Topic(
        "author",
        "About you",
        (
            "agency_name",
            "author_name",
            "author_role",
            "author_email",
            "author_telephone",
            "presented_by",
        ),
    ),
    Topic(
        "paper",
        "The paper",
        (
            "paper_title",
            "paper_purpose",
            "decision_asked",
            "paper_summary",
            "equality",
            "minutes_needed",
            "documents_sent",
        ),
    ),
    Topic(
        "release",
        "Before it goes out",
        ("paper_circulation", "circulation_named", "sensitivities", "checked_by", "checked_on"),
        "A submitted document is checked for quality before it goes to members (ToR 9).",
    ),
)


class PaperForm(Form):
    """Paper submission, edition 1."""

    kind = "paper"
    edition = 1
    title = "Paper for a meeting"
    purpose = (
        "Send this cover sheet with each document you put before the group, so that members see at once what "
        "is asked of them. Initials instead of names in the title and the summary."
    )
    topics = TOPICS

    meeting_date = Date("Date of the meeting", required=True)
    case_reference = Text(
        "Case reference", hint="For example JCR-2026-0001; empty if the paper is of no one case"
    )
    late_paper = YesNo(
        "Is this paper later than seven working days before the meeting?",
        not_known=False,
        required=True,
        ask="Select whether the paper is late",
    )
    late_reasons = LongText(
        "Why is it late?",
        when=("late_paper", ("yes",)),
        required=True,
        lines=2,
        ask="Say why the paper is late",
    )

    agency_name = Text("Name of your agency", required=True, autocomplete="organization")
    author_name = Text("Your name", required=True, autocomplete="name")
    author_role = Text("Your role", required=True, autocomplete="organization-title")
    author_email = Email("E-mail address", required=True, autocomplete="email")
    author_telephone = Telephone("Telephone number", autocomplete="tel")
    presented_by = Text("Who will speak to the paper?", hint="If it is not you")

    paper_title = Text("Title of the paper", required=True)
    paper_purpose = Choice(
        "What is the paper for?", PURPOSES, required=True, ask="Select what the paper is for"
    )
    decision_asked = LongText(
        "What is the group asked to decide?",
        when=("paper_purpose", ("decision",)),
        required=True,
        lines=3,
        ask="Say what the group is asked to decide",
    )
    paper_summary = LongText(
        "Summary", required=True, lines=6, hint="What members must know before they read it"
    )
    equality = LongText(
        "Race, culture and other protected characteristics",
        lines=3,
        hint="What the paper says about them, or why they do not come into it",
    )
    minutes_needed = Number("Minutes needed on the agenda", low=1, high=240)
    documents_sent = LongText(
        "Documents sent with this sheet",
        required=True,
        lines=3,
        hint="One on each line",
        ask="List the documents you send with this sheet",
    )

    paper_circulation = Choice(
        "Who may see it?", CIRCULATION, required=True, ask="Select who may see the paper"
    )
    circulation_named = LongText(
        "Names or posts",
        when=("paper_circulation", ("restricted",)),
        required=True,
        lines=2,
        ask="Enter the names or posts of those who may see it",
    )
    sensitivities = LongText("Anything that must be treated with particular care", lines=3)
    checked_by = Text(
        "Checked in your agency by", required=True, hint="Name and post", ask="Enter who checked it"
    )
    checked_on = Date("Date it was checked", not_future=True)
