"""What is asked of the group, of those who ratify, and of the officer who writes the letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from forms import Form
from forms.dates import day_or_none
from forms.fields import Choice, Choices, Date, Email, LongText, OneOfMany, Row, Rows, Text
from jcr.actions.service import Agreed
from jcr.cases.model import Case, Route
from jcr.decisions import rules
from jcr.decisions.model import Answered, Outcome, Recommendation
from jcr.decisions.recommending import TEXTS, Said
from jcr.meetings.model import Meeting
from jcr.people.model import Agency, Person
from jcr.triage.rules import ACTIVITIES

MINUTED = {
    "summary": "facts_summary",
    "voice": "voice",
    "good_practice": "good_practice",
    "immediate": "learning",
    "dissent": "dissent",
    "parallel": "parallel",
    "family": "family",
}
KEPT = (*TEXTS, "activities", "episodes")


class ActionRow(Row):
    """An action agreed with the recommendation. Its owner is a person and an agency (ToR 3)."""

    task = LongText("What is to be done", required=True, lines=2, ask="Say what is to be done")
    owner = Text("Who does it", required=True, hint="Name or post", ask="Enter who does it")
    agency = OneOfMany(
        "Agency of whoever does it", {}, required=True, ask="Select the agency of whoever does it"
    )
    due_on = Date("By when", required=True, what="The day it is due", ask="Enter the day it is due")
    expected = LongText("What should be different then", lines=2)

    def __init__(self, outer: RecommendationForm, *args: Any, **kwargs: Any) -> None:
        super().__init__(outer, *args, **kwargs)
        self.agency.options = {one.code: one.name for one in outer.agencies}

    def checks(self, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """An action is due in the future."""
        due = day_or_none(answers.get("due_on"))
        if due and due < self.today:
            yield "due_on", "The day it is due must be today or later"


class EpisodeRow(Row):
    """A key practice episode: a point at which what agencies did made a difference."""

    when = Text("When", hint="A date, or about when")
    what = LongText(
        "What happened, and what agencies did", required=True, lines=2, ask="Say what happened at that time"
    )


class RecommendationForm(Form):
    outcome = Choice(
        "What does the group recommend?",
        {},
        required=True,
        ask="Select what the group recommends",
        hint="For a child case, an audit or roundtable on criteria that are met is a review (ToR 3)",
    )
    joined = Choices(
        "Which reviews are joined?", {}, required=True, when=("outcome", ("joint",)), ask="Select the reviews"
    )
    activities = Choices("Other activity to follow", ACTIVITIES)
    other_activity = LongText("What that activity is, and who leads it", lines=3)
    method = LongText(
        "The method proposed", lines=3, hint="If a review is recommended: how, and why that is proportionate"
    )
    period = Text("The period to be reviewed", hint="For example May 2024 to the day of death")
    enquiry = LongText("Lines of enquiry", lines=4, hint="The questions the review should answer")
    facts_summary = LongText("What happened", required=True, lines=8, ask="Summarise what happened")
    composition = LongText("The family, and who else mattered", lines=3, hint="Initials only")
    episodes = Rows(EpisodeRow, "Timeline and key practice episodes", one="episode", most=40)
    rationale = LongText(
        "Why the group recommends this",
        required=True,
        lines=8,
        hint="For those who ratify: which criteria are met or not, and why this is proportionate",
        ask="Give the reasons: they are part of the record and cannot be left out",
    )
    told = LongText(
        "The reasons in words for the referrer",
        lines=5,
        hint="Goes into the decision letter once ratified. Initials only, and nothing that another agency "
        "returned. Left empty, the letter gives the reasons above.",
    )
    equality = LongText(
        "Race, culture and other protected characteristics",
        required=True,
        lines=5,
        hint="How racism and other inequalities may have affected what happened and how agencies worked",
        ask="Say how race, culture and other protected characteristics were considered",
    )
    voice = LongText("The voice of the child or adult, and their daily life", lines=4)
    good_practice = LongText("Good practice", lines=4)
    immediate = LongText(
        "Action taken to keep people safe now",
        lines=3,
        hint="What was done, by whom and when; or that none was",
    )
    learning = LongText("Immediate learning", lines=4)
    parallel = LongText(
        "Other proceedings and reviews",
        lines=3,
        hint="For example criminal, inquest, patient safety, child death overview, conduct; or none",
    )
    legal_advice = LongText("Legal advice, if it was sought", lines=2)
    delay = LongText("Why the rapid review is late, if it is", lines=2)
    dissent = LongText("Dissent, with the agency", lines=3)
    national_review = LongText("Whether a national review may be appropriate", lines=3)
    family = LongText("How the family is involved, and who keeps in touch", lines=3)
    publication = LongText("View on publication", lines=3)
    actions = Rows(ActionRow, "Actions agreed", one="action", most=40)

    def __init__(
        self, formdata: Any = None, *, case: Case, agencies: Sequence[Agency] = (), **kwargs: Any
    ) -> None:
        self.agencies = agencies
        is_child = Route.CHILD in case.route_names
        only = None if is_child else {*self.conditions} - {"national_review"}
        super().__init__(formdata, only=only, **kwargs)
        if not is_child:
            self.outcome.hint = ""
        routes = [route.value for route in case.route_names]
        _offer(self.outcome, rules.offered(routes))
        _offer(self.joined, {code: rules.NAMES[code] for code, on in rules.ROUTE_OF.items() if on in routes})

    def said(self) -> Said:
        """What was said, from a form that was checked."""
        given = self.answers()
        rows = given.pop("actions", [])
        actions = [self._agreed(row) for row in rows]
        return Said(**{**given, "outcome": Outcome(given["outcome"]), "actions": actions})

    def _agreed(self, row: Mapping[str, Any]) -> Agreed:
        agency = next((one for one in self.agencies if one.code == row["agency"]), None)
        return Agreed(row["task"], row["owner"], day_or_none(row["due_on"]), row.get("expected", ""), agency)


def _offer(question: Choice, options: Mapping[str, str]) -> None:
    question.options = dict(options)


def first_words(meeting: Meeting, before: Recommendation | None) -> dict[str, Any]:
    """What the form starts from: the recommendation that came back or, the first time, the minutes so far."""
    if before:
        kept = {name: getattr(before, name) for name in KEPT}
        told = "" if before.told == before.rationale else before.told
        return kept | {"outcome": before.outcome.value, "joined": before.reviews, "told": told}
    items = {item.key: item for item in meeting.items}
    said = {name: _minuted(items[key]) for key, name in MINUTED.items() if key in items}
    timeline = _minuted(items["timeline"]) if "timeline" in items else ""
    return said | ({"episodes": [{"when": "", "what": timeline}]} if timeline else {})


def _minuted(item: Any) -> str:
    return "\n\n".join(text for text in (item.summary, item.decision) if text)


class AnswerForm(Form):
    outcome = Choice(
        "Your decision",
        {
            Answered.ACCEPT.value: "Accept: I ratify the recommendation",
            Answered.SEND_BACK.value: "Send back: the group should look at it again",
            Answered.REFUSE.value: "Refuse: I do not ratify the recommendation",
        },
        required=True,
        ask="Select your decision",
    )
    reason = LongText(
        "Your reason",
        required=True,
        lines=5,
        hint="Part of the record. If you send it back, say what the group should look at.",
        ask="Give the reason for your decision",
    )


class ConflictForm(Form):
    what = LongText(
        "What is the conflict?", required=True, lines=2, limit=2000, ask="Say what the conflict is"
    )


class TakeBackForm(Form):
    why = LongText(
        "Why do you take it back?", required=True, lines=2, limit=2000, ask="Say why you take it back"
    )


class PutToForm(Form):
    person = Choice("To whom?", {}, required=True, ask="Choose whom to put it to")
    until = Date(
        "Until when do they answer for the office?",
        required=True,
        what="The last day",
        ask="Enter the last day",
        hint="For a delegate. Somebody who holds the office goes on holding it.",
    )
    why = LongText(
        "Why?",
        required=True,
        lines=2,
        limit=2000,
        ask="Say why",
        hint="Such as: away until March, or stood back",
    )

    def __init__(self, formdata: Any = None, *, people: Sequence[Person] = (), **kwargs: Any) -> None:
        super().__init__(formdata, **kwargs)
        self.person.options = {str(one.id): f"{one.name}, {one.post or one.role.shown}" for one in people}


class ReconveneForm(Form):
    why = LongText(
        "Why, and what will be looked at again?",
        required=True,
        lines=3,
        ask="Say why the rapid review is reopened",
    )


class InterimForm(Form):
    recipient = Email(
        "E-mail address of the referrer", required=True, hint="From the referral; correct it here if needed"
    )
    awaited = LongText(
        "What is awaited, in words for the referrer",
        required=True,
        lines=4,
        limit=4000,
        hint="And by when, if that is known. Initials only, and nothing that another agency returned.",
        ask="Say what is awaited, in words for the referrer",
    )


class LetterForm(Form):
    recipient = Email(
        "E-mail address of the referrer", required=True, hint="From the referral; correct it here if needed"
    )
    paragraph = LongText(
        "A paragraph for this referrer",
        lines=4,
        limit=4000,
        hint="It stands after “What happens next”. Initials only.",
    )
