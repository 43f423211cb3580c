"""The letters about a referral, its decision and what comes after, whose words the office may change."""

from __future__ import annotations

from jcr.correspondence.placeholder import AGENCY, MAIL, REFERRER, Placeholder, Template, keeps

RECEIVED = Placeholder("The day the referral was received", "Monday 16 November 2026")
RECONSIDER_BY = Placeholder(
    "The last day to ask for the decision to be looked at again",
    "Monday 21 December 2026",
    needed_in=("text",),
)
DECIDED_ON = Placeholder("The day of the letter with the decision", "Tuesday 1 December 2026")
TESTS = Placeholder(
    "The tests in law that the case was put to, as a list",
    "The case was put to this test in law:\n\n- Adult (Care Act 2014 s.44): an adult with needs for care and "
    "support has died or come to serious harm through abuse or neglect.",
    optional=True,
)
DECISION = Placeholder(
    "The decision, in the words of its kind",
    "There will be a Safeguarding Adult Review.",
    needed_in=("text",),
)
RATIFIED_BY = Placeholder(
    "Who ratified it and when, as a list",
    "- Chair, Herefordshire Safeguarding Adults Board, on Wednesday 9 December 2026",
    needed_in=("text",),
)
REASONS = Placeholder(
    "The reasons, as they were recorded",
    "Agencies held concerns and did not bring them together.",
    needed_in=("text",),
)
VARIANT = {
    "review": Placeholder(
        "The review to be held, where it is one", "Domestic Homicide Review", optional=True
    ),
    "reviews": Placeholder(
        "The review or reviews to be held, as a list", "- Safeguarding Adult Review", optional=True
    ),
    "activities": Placeholder(
        "What else is planned, as a list", "What is planned:\n\n- Multi-agency audit", optional=True
    ),
    "only_domestic": keeps("where a death related to domestic abuse is reviewed"),
}
REFERRAL = {
    "acknowledgement": Template(
        "Acknowledgement of a referral",
        {
            "arrived": Placeholder("How and when it came", "Arrived: Monday 23 November 2026"),
            "next_steps": Placeholder(
                "What happens next, with its days, as a list",
                "1. The Partnership Team and the chair decide whether the case goes on to scoping.",
                needed_in=("body",),
            ),
            "only_corrected": keeps("where a corrected referral is acknowledged"),
        },
        MAIL,
        "A referral has arrived, on the web or by e-mail",
    ),
    "referral_returned": Template(
        "Return to the referrer",
        {
            **REFERRER,
            "why": Placeholder(
                "Why it goes back", "We cannot tell which agencies were involved.", needed_in=("text",)
            ),
            "questions": Placeholder(
                "What is missing, as a list", "- Enter what happened.\n- Who was her GP?", needed_in=("text",)
            ),
            "link": Placeholder("The link to answer", "https://jcr.example/referral/…", needed_in=("body",)),
        },
        when="A referral goes back for what is missing",
    ),
    "referral_redirected": Template(
        "Referral sent elsewhere",
        {
            **REFERRER,
            "belongs_to": Placeholder(
                "The process it is for", "adult social care, which makes enquiries about an adult at risk"
            ),
            "body_and_contact": Placeholder(
                "The body and how it is reached", "Adult safeguarding team, 01432 000000", needed_in=("text",)
            ),
            "reasons": REASONS,
            "only_passed_on": keeps("where the office passed the referral on"),
            "only_not_passed_on": keeps("where the referrer has to report it there"),
        },
        when="A referral is not for this process",
    ),
    "declined": Template(
        "Referral declined at triage",
        {
            **REFERRER,
            "received_on": RECEIVED,
            "agreed_by": Placeholder(
                "Who agreed", "the chair of the Joint Case Review group", needed_in=("text",)
            ),
            "tests": TESTS,
            "reasons": REASONS,
            "learning": Placeholder(
                "The learning activity offered instead", "multi-agency audit", optional=True
            ),
            "reconsider_by": RECONSIDER_BY,
        },
        when="A referral is declined at triage",
    ),
    "decision": Template(
        "Decision letter to the referrer",
        {
            **REFERRER,
            "received_on": RECEIVED,
            "decision": DECISION,
            "not_held": Placeholder(
                "The reviews that are not held", "Domestic Homicide Review", optional=True
            ),
            "met_on": Placeholder("The day of the rapid review", "Tuesday 8 December 2026"),
            "ratified_by": RATIFIED_BY,
            "returns": Placeholder(
                "How many agencies were asked and answered",
                "3 agencies were asked to search their records, and all sent a return.",
                optional=True,
            ),
            "tests": TESTS,
            "only_child": keeps("in a child’s case"),
            "only_panel": keeps("where the rapid review goes to the national Panel"),
            "only_again": keeps("where an earlier recommendation came back or was taken up again"),
            "again_on": Placeholder(
                "The day the group recommended anew", "Thursday 10 December 2026", optional=True
            ),
            "only_review": keeps("where there will be a statutory review"),
            "reasons": REASONS,
            "what_next": Placeholder(
                "What happens next, in the words of its kind",
                "- A reviewer is commissioned.",
                needed_in=("text",),
            ),
            "paragraph": Placeholder("What the officer added for this referrer", "", optional=True),
            "reconsider_by": RECONSIDER_BY,
        },
        when="A recommendation is ratified",
    ),
    "decision_waits": Template(
        "The decision waits",
        {
            **REFERRER,
            "received_on": RECEIVED,
            "met_on": Placeholder("The day of the rapid review", "Tuesday 8 December 2026"),
            "only_more": keeps("where those who decide asked for more"),
            "only_panel": keeps("where the reply of the national Panel is awaited"),
            "awaited": Placeholder(
                "What is awaited, as the officer says it",
                "The return of one agency, by Monday 14 December 2026.",
                needed_in=("text",),
            ),
        },
        when="A recommendation was sent back, or a child’s case waits for the Panel’s reply",
    ),
}
DECISIONS = {
    "ratification_request": Template(
        "Recommendation to those who ratify",
        {
            "decision_maker": Placeholder("The name of the office holder", "Josephine Lorne"),
            "offices": Placeholder(
                "The offices they answer for, as a list", "- Chair, Herefordshire Safeguarding Adults Board"
            ),
            "link": Placeholder("The link to the report", "https://jcr.example/cases/…", needed_in=("body",)),
            "answer_by": Placeholder("The day to answer by", "Thursday 10 December 2026", optional=True),
            "only_again": keeps("where the group recommended before"),
            "only_no_date": keeps("where no day is set"),
            "officer": REFERRER["officer"],
        },
        MAIL,
        "A recommendation is recorded",
    ),
    "outcome_notice": Template(
        "Note of the outcome to an agency",
        {
            **AGENCY,
            "met_on": Placeholder("The day of the rapid review", "Tuesday 8 December 2026"),
            "ratified_by": RATIFIED_BY,
            "outcome": Placeholder(
                "The decision, by its name", "Safeguarding Adult Review (mandatory)", needed_in=("body",)
            ),
            "reviews": Placeholder(
                "The reviews of a joint one, as a list",
                "- Safeguarding Adult Review (mandatory)",
                optional=True,
            ),
            "activities": Placeholder(
                "What else is planned, as a list", "- Multi-agency audit", optional=True
            ),
            "only_review": keeps("where there will be a statutory review"),
            "only_no_review": keeps("where there will be none"),
            "only_activities": keeps("where something else is planned"),
        },
        MAIL,
        "The decision letter is sent: one to each agency that was asked",
    ),
    "reconsideration_received": Template(
        "Request to look again: receipt",
        {
            **REFERRER,
            "decided_on": DECIDED_ON,
            "answer_by": Placeholder(
                "The day by which it is answered", "Monday 4 January 2027", needed_in=("text",)
            ),
        },
        when="A referrer asks for a decision to be looked at again",
    ),
    "reconsideration": Template(
        "Request to look again: answer",
        {
            **REFERRER,
            "decided_on": DECIDED_ON,
            "asked_on": Placeholder("The day the request came", "Monday 7 December 2026"),
            "ground": Placeholder("The ground the referrer gave", "a test was applied wrongly"),
            "answered_by": Placeholder("Who looked at it", "Aurelia Pym, vice chair", needed_in=("text",)),
            "only_upheld": keeps("where the decision stands"),
            "only_reopened": keeps("where the case is opened again"),
            "only_domestic": keeps("where it stands and the death may be related to domestic abuse"),
            "reasons": REASONS,
        },
        when="A request to look again is answered",
    ),
    "cost_estimated": Template(
        "Cost to be agreed by the manager",
        {
            "manager": Placeholder("The manager’s name", "Tobias Garland"),
            "amount": Placeholder("The expected cost", "£9,000.00", needed_in=("body",)),
            "from_budget": Placeholder("What the unit’s budget covers", "£5,000.00"),
            "estimated_by": Placeholder("Who estimated it", "Ottoline Farr"),
            "link": Placeholder(
                "The page to answer on", "https://jcr.example/cases/JCR-2026-0042/costs", needed_in=("body",)
            ),
        },
        MAIL,
        "A cost is estimated: the manager is consulted before any money is committed",
    ),
}
VARIANTS = {
    f"decision-{outcome}": Template(
        f"Decision letter: {title}", VARIANT, ("decision", "next"), "Part of that letter"
    )
    for outcome, title in {
        "sar_mandatory": "mandatory Safeguarding Adult Review",
        "sar_discretionary": "discretionary Safeguarding Adult Review",
        "lcspr": "Local Child Safeguarding Practice Review",
        "dhr": "Domestic Homicide Review",
        "joint": "joint review",
        "other_learning": "learning only",
        "no_further_action": "no further action",
    }.items()
}
