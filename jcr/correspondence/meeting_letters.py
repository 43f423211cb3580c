"""The letters of meetings, their papers, attendance and actions, whose words the office may change."""

from __future__ import annotations

from jcr.correspondence.placeholder import AGENCY, MAIL, NO_CASE, REFERRER, Placeholder, Template, keeps

MISSED = {
    "reference": NO_CASE,
    "member": Placeholder("The member’s name", "Nasreen Holloway"),
    "agency": AGENCY["agency"],
    "meetings": Placeholder(
        "The last three meetings the member was invited to, and how it stood, as a list",
        "- Business meeting, Thursday 14 January 2027: absent, no deputy",
        needed_in=("text",),
    ),
}
MEETING = {
    "reference": NO_CASE,
    "meeting": Placeholder("The meeting, by its title", "Rapid review of JCR-2026-0042", bare=True),
    "meeting_at": Placeholder(
        "When it meets", "Tuesday 8 December 2026 at 10:00", bare=True, needed_in=("body",)
    ),
    "place": Placeholder("Where it meets, or its link", "Council offices, room 2"),
}
PAPER_LINK = Placeholder(
    "Where papers for the meeting are sent: behind a link, for those without an account",
    "https://jcr.example/…",
    optional=True,
)
REPLY_LINK = Placeholder(
    "Where an invitation is answered: behind a link, for those without an account",
    "https://jcr.example/…",
    optional=True,
)
DEPUTY_FOR = Placeholder("In whose place a deputy comes", "Ottoline Farr", optional=True)
DECIDED_BY = Placeholder("Who decided it", "Ottoline Farr")
WAS_AT = Placeholder("When the meeting was to be", "Tuesday 1 December 2026 at 10:00", bare=True)
MEETINGS = {
    "meeting_invitation": Template(
        "Invitation to a meeting",
        {
            **MEETING,
            "length": Placeholder("The time planned", "140 minutes"),
            "link": Placeholder(
                "Where the agenda is, for those with an account", "https://jcr.example/…", optional=True
            ),
            "reply_link": REPLY_LINK,
            "paper_link": PAPER_LINK,
            "deputy_for": DEPUTY_FOR,
        },
        MAIL,
        "A meeting is called: one to everybody invited, with an entry for their calendar",
    ),
    "meeting_moved": Template(
        "A meeting is moved",
        {
            **MEETING,
            "was_at": WAS_AT,
            "decided_by": DECIDED_BY,
            "reply_link": REPLY_LINK,
            "paper_link": PAPER_LINK,
        },
        MAIL,
        "A meeting is rearranged: one to everybody invited; their calendars follow",
    ),
    "meeting_cancelled": Template(
        "A meeting is cancelled",
        {**MEETING, "decided_by": DECIDED_BY},
        MAIL,
        "A meeting is cancelled: one to everybody invited; their calendars take it out",
    ),
    "deputy_freed": Template(
        "A deputy need not come",
        {**MEETING, "deputy_for": Placeholder("In whose place they were to come", "Ottoline Farr")},
        MAIL,
        "A member comes after all or sends somebody else: to the deputy, whose calendar takes the meeting out",
    ),
    "agenda_sent": Template(
        "Agenda and papers of a meeting",
        {
            **MEETING,
            "paper": Placeholder("The agenda, or which supplement to it", "agenda", bare=True),
            "changed": Placeholder(
                "The items that are new or changed, as a list", "- 5. The new provider", optional=True
            ),
        },
        MAIL,
        "An agenda is published: one to everybody invited, with the agenda attached",
    ),
    "minutes_sent": Template(
        "Minutes of a meeting",
        {
            "reference": NO_CASE,
            "meeting": MEETING["meeting"],
            "only_draft": keeps("where the chair has not approved them yet"),
            "only_agreed": keeps("where the group has agreed them"),
        },
        MAIL,
        "Minutes are circulated: one to everybody invited, with the minutes attached",
    ),
    "action_reminder": Template(
        "Actions that are due or late",
        {
            "reference": NO_CASE,
            "owed": Placeholder("How many actions", "2 actions", bare=True),
            "actions": Placeholder(
                "Each action, with its day and the link to tell how far it is",
                "A12, JCR-2026-0042, Head of Service, West Mercia Police\n"
                "  Due:     Monday 11 January 2027\n  Agreed:  Tuesday 8 December 2026, 34 days ago\n"
                "  Update:  https://jcr.example/action/…",
                needed_in=("body",),
            ),
            "only_board": keeps("where a board member is told"),
        },
        MAIL,
        "An action is due soon, today, or late: one a person a day, over all actions",
    ),
    "substitute_chair": Template(
        "Boards asked for a substitute chair",
        {
            **MEETING,
            "meeting_at": Placeholder(
                "When it meets", "Tuesday 8 December 2026 at 10:00", bare=True, needed_in=("text",)
            ),
            "board_chair": Placeholder("The name of the board chair", "Josephine Lorne"),
            "because": Placeholder(
                "Why neither chair can take the chair",
                "The chair is absent and the vice chair has declared a conflict in this case, so the boards are "
                "asked for a substitute chair.",
                needed_in=("text",),
            ),
            "officer": REFERRER["officer"],
        },
        when="Neither chair nor vice chair can chair a meeting",
    ),
    "paper_sent_back": Template(
        "Paper sent back to its author",
        {
            "reference": NO_CASE,
            "author": Placeholder("The author’s name, or “colleague”", "Ian Marsh"),
            "meeting": MEETING["meeting"],
            "meeting_at": Placeholder(
                "When it meets", "Thursday 14 January 2027 at 10:00", bare=True, needed_in=("text",)
            ),
            "received_on": Placeholder("The day the paper came", "Monday 4 January 2027", bare=True),
            "reasons": Placeholder(
                "What is to be put right", "The figures of two quarters are missing.", needed_in=("text",)
            ),
            "papers_due": Placeholder(
                "The day papers are due with the team", "Tuesday 5 January 2027", optional=True
            ),
            "link": Placeholder("Where to send it again", "https://jcr.example/forms/paper"),
            "officer": REFERRER["officer"],
        },
        when="A paper did not pass the quality check",
    ),
    "cancellation_report": Template(
        "Meeting cancelled or moved: to an executive lead",
        {
            "reference": NO_CASE,
            "meeting": Placeholder("The meeting, by its title", "Rapid review of JCR-2026-0042", bare=True),
            "agency": AGENCY["agency"],
            "was_at": WAS_AT,
            "decided_by": DECIDED_BY,
            "reasons": Placeholder("Why, as recorded", "Two returns are missing.", needed_in=("text",)),
            "new_date": Placeholder(
                "When it meets instead", "Tuesday 15 December 2026 at 10:00", optional=True
            ),
            "only_cancelled": keeps("where no new day is set"),
            "only_return_missing": keeps("where this agency’s scoping return is missing"),
        },
        when="A meeting is cancelled or moved, and the officer has chosen to report it",
    ),
    "attendance_reminder": Template(
        "Missed meetings: to the member and the board representative",
        MISSED,
        when="A member missed two of three meetings without a deputy, and the chair has said to write",
    ),
    "attendance_escalation": Template(
        "Missed meetings: to the board chair",
        {
            **MISSED,
            "board_chair": Placeholder("The name of the board chair", "Josephine Lorne"),
            "written_on": Placeholder("The day of the first letter", "Monday 18 January 2027"),
        },
        when="A member missed the next meeting after the first letter, and the chair has said to write",
    ),
}
