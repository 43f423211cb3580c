"""The letters of scoping whose words the office may change, with the placeholders of each."""

from __future__ import annotations

from jcr.correspondence.placeholder import AGENCY, MAIL, NO_CASE, Placeholder, Template, keeps

LINK = Placeholder("The link to the form", "https://jcr.example/scoping/…", needed_in=("body",))
RETURN_BY = Placeholder("The return date", "Monday 30 November 2026", bare=True, needed_in=("body",))
MEETING_AT = Placeholder("When the rapid review meets", "Tuesday 8 December 2026 at 10:00", bare=True)
PLACE = Placeholder("Where it meets", "Council offices, room 2")
AHEAD = keeps("while the rapid review is still ahead")
BEGUN = keeps("where the rapid review has begun")
# One letter for all returns that a person owes: it belongs to no case when there are several.
OWED = {
    "reference": NO_CASE,
    "cases": Placeholder(
        "The reference of the case, or how many cases", "JCR-2026-0042", bare=True, needed_in=("subject",)
    ),
    "owed": Placeholder("“scoping return” or “scoping returns”", "scoping return", bare=True),
}
SCOPING = {
    "scoping_request": Template(
        "Scoping request to an agency",
        {
            **AGENCY,
            "link": LINK,
            "return_by": Placeholder(  # ToR 7.ii: neither date goes without the other
                "The return date", "Monday 30 November 2026", bare=True, needed_in=("body", "text")
            ),
            "meeting_at": Placeholder(
                "When the rapid review meets",
                "Tuesday 8 December 2026 at 10:00",
                bare=True,
                needed_in=("body", "text"),
            ),
            "place": PLACE,
            "period": Placeholder(
                "What to search", "from Monday 1 January 2024 to today", needed_in=("text",)
            ),
            "only_child": keeps("in a child’s case"),
            "only_adult": keeps("in an adult’s case"),
            "only_domestic": keeps("where the death may be related to domestic abuse"),
            "only_other": keeps("where the case has no route yet"),
            "only_questions": keeps("where the tests still need facts, which the form asks for"),
        },
        when="Scoping is opened: one to each agency",
    ),
    "scoping_link": Template(
        "New link to the scoping form",
        {**AGENCY, "link": LINK, "return_by": RETURN_BY, "meeting_at": MEETING_AT, "place": PLACE},
        MAIL,
        "An agency is sent a new link; the earlier ones no longer work",
    ),
    "scoping_sent_back": Template(
        "Scoping return sent back",
        {**AGENCY, "link": LINK, "return_by": RETURN_BY, "meeting_at": MEETING_AT, "only_ahead": AHEAD},
        MAIL,
        "A return goes back to the agency for what is missing",
    ),
    "scoping_extension": Template(
        "Answer to an agency that asked for more time",
        {
            **AGENCY,
            "answer": Placeholder(
                "What became of the question", "a later return date for scoping", bare=True
            ),
            "return_by": RETURN_BY,
            "was": Placeholder("The return date before", "Thursday 26 November 2026"),
            "meeting_at": MEETING_AT,
            "only_given": keeps("where more time is given"),
            "only_not_given": keeps("where the return date stands"),
        },
        MAIL,
        "The office gives an agency more time, or does not",
    ),
    "scoping_receipt": Template(
        "Receipt for a scoping return",
        {
            "agency": AGENCY["agency"],
            "what": Placeholder("“scoping return” or “nil return”", "scoping return", bare=True),
            "meeting_at": MEETING_AT,
            "only_ahead": AHEAD,
            "only_begun": BEGUN,
        },
        MAIL,
        "A return has arrived, on the web or by e-mail",
    ),
    "scoping_sign_off": Template(
        "Safeguarding lead asked to sign a scoping return off",
        {"agency": AGENCY["agency"], "link": LINK, "meeting_at": MEETING_AT, "only_ahead": AHEAD},
        MAIL,
        "A return is sent whose safeguarding lead has not signed it off",
    ),
    "scoping_reminder": Template(
        "Reminder of scoping returns",
        {
            **OWED,
            "returns": Placeholder(
                "Each return that is owed, with its dates",
                "JCR-2026-0042, West Mercia Police\n  Asked for on:  Monday 16 November 2026\n"
                "  Return by:     Monday 30 November 2026\n  Rapid review:  Tuesday 8 December 2026 at 10:00",
                needed_in=("body",),
            ),
        },
        MAIL,
        "A return is due soon, today, or late: one a person a day, over all cases",
    ),
    "scoping_escalation": Template(
        "Missing scoping returns: to the board member",
        {
            **OWED,
            "reply_by": Placeholder(
                "The day to see to it by", "Friday 11 December 2026", needed_in=("body", "text")
            ),
            "returns": Placeholder(
                "Each return that is owed, with its history, under a heading",
                "## JCR-2026-0042, West Mercia Police\n\n- Asked for on Monday 16 November 2026\n"
                "- Return date: Monday 30 November 2026\n- Late by 5 working days\n"
                "- Reminder on Thursday 26 November 2026",
                needed_in=("text",),
            ),
            "only_child": keeps("where a child’s case is among them"),
            "only_adult": keeps("where an adult’s case is among them"),
            "only_domestic": keeps("where a death related to domestic abuse is among them"),
        },
        when="A return is so late that the board or partnership member is told (ToR 7.iv)",
    ),
    "scoping_report": Template(
        "Poor scoping return: to an executive lead",
        {
            "agency": AGENCY["agency"],
            "officer": AGENCY["officer"],
            "asked_on": Placeholder("The day the agency was asked", "Monday 16 November 2026"),
            "return_by": Placeholder("The return date", "Monday 30 November 2026"),
            "received_on": Placeholder("The day the return came", "Monday 30 November 2026"),
            "meeting_at": MEETING_AT,
            "reasons": Placeholder(
                "What is poor about it, as recorded",
                "It does not say which records were searched.",
                needed_in=("text",),
            ),
            "only_ahead": AHEAD,
            "only_begun": BEGUN,
            "only_sent_back": keeps("where the return went back to the agency and is owed again"),
        },
        when="A return was poor, and the officer has chosen to report it (ToR 9)",
    ),
}
