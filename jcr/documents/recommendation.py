"""The rapid review report: facts, analysis, criteria, the recommendation and its ratification."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from forms.paper import style
from forms.paper.document import Furniture
from forms.paper.document import render as on_paper
from forms.paper.tables import table
from forms.paper.text import Text, heading, plain, prose
from jcr.documents.parts import Action, actions, facts, notice, section, signing

UNRATIFIED = "This recommendation has not been ratified. Nothing in it is a decision yet."
NOT_RECORDED = "Nothing was recorded."


@dataclass(frozen=True)
class Event:
    """A point in time of the case, in words, and what happened."""

    when: str
    what: str


@dataclass(frozen=True)
class Criterion:
    """One limb of a statutory test: met, not met or not known, with the evidence and the paragraph."""

    test: str
    question: str
    answer: str
    evidence: str
    paragraph: str


@dataclass(frozen=True)
class Ratification:
    """What one decision maker did with the recommendation."""

    name: str
    post: str
    decision: str
    reason: str
    date: str


@dataclass(frozen=True)
class Recommendation:
    """What the report says. Subjects are initials or pseudonyms; dates are in words; texts are word for word.

    `dates` are those of the case (aware, notified, due, met); `terms` the particulars of what is recommended
    (kind of review, mandatory or discretionary, joint, method, period, lines of enquiry). `to_sign` are the offices
    that have not answered yet.
    """

    organisation: str
    marking: str
    reference: str
    title: str
    date: str
    recommendation: str
    rationale: str
    subjects: tuple[str, ...] = ()
    dates: tuple[tuple[str, str], ...] = ()
    incident: str = ""
    attendees: tuple[str, ...] = ()
    agencies_returned: tuple[str, ...] = ()
    agencies_late: tuple[str, ...] = ()
    agencies_not_returned: tuple[str, ...] = ()
    family: str = ""
    timeline: tuple[Event, ...] = ()
    equality: str = ""
    voice: str = ""
    immediate: str = ""
    learning: str = ""
    good_practice: str = ""
    criteria: tuple[Criterion, ...] = ()
    national_review: str = ""
    terms: tuple[tuple[str, str], ...] = ()
    dissent: str = ""
    actions: tuple[Action, ...] = ()
    family_involvement: str = ""
    parallel_processes: str = ""
    publication: str = ""
    quorum: str = ""
    signed_by: str = ""
    ratifications: tuple[Ratification, ...] = ()
    to_sign: tuple[str, ...] = ("Decision maker",)
    is_ratified: bool = False
    contact_lines: tuple[str, ...] = ()

    @property
    def warning(self) -> str:
        """That nothing is decided yet, until it is."""
        return "" if self.is_ratified else UNRATIFIED


def render(report: Recommendation) -> bytes:
    """The report as a PDF/UA-1 file."""
    title = " ".join(part for part in ("Rapid review report", report.reference, report.date) if part)
    furniture = Furniture(
        report.organisation, report.marking, report.reference, note=f"Report, {report.date}"
    )
    return on_paper(_story(report), title, furniture)


def _story(report: Recommendation) -> list[Flowable]:
    return [
        *heading(1, report.title),
        Text(plain(f"Rapid review report, {report.date}"), style.LEAD),
        *(notice(report.warning) if report.warning else []),
        *facts(_the_case(report), "The case and its dates"),
        *_recommended(report),
        *_what_happened(report),
        *_analysis(report),
        *_afterwards(report),
        *_signed(report),
    ]


def _the_case(report: Recommendation) -> dict[str, str]:
    return {
        "Case": report.reference,
        "Subjects": "\n".join(report.subjects),
        **dict(report.dates),
        "Contact": "\n".join(report.contact_lines),
    }


def _recommended(report: Recommendation) -> list[Flowable]:
    """First what a decision maker needs: the recommendation, its reasons, and who disagreed."""
    return [
        *section("Recommendation", report.recommendation, otherwise=NOT_RECORDED),
        *facts(dict(report.terms), "Particulars of the recommendation"),
        *section("Rationale", report.rationale, otherwise=NOT_RECORDED),
        *section("Dissent", report.dissent, otherwise="No dissent was recorded."),
    ]


def _what_happened(report: Recommendation) -> list[Flowable]:
    return [
        *section("What happened", report.incident, otherwise=NOT_RECORDED),
        *section("Family", report.family),
        *_timeline(report.timeline),
        *_agencies(report),
    ]


def _timeline(events: Sequence[Event]) -> list[Flowable]:
    if not events:
        return []
    rows = [[event.when, event.what] for event in events]
    summary = "Timeline and key practice episodes"
    return [*heading(2, summary), table(("When", "What"), rows, (1, 3.4), summary, head_columns=1)]


def _agencies(report: Recommendation) -> list[Flowable]:
    lists = {
        "Agencies that sent a return": report.agencies_returned,
        "Agencies whose return came too late to be considered": report.agencies_late,
        "Agencies that did not": report.agencies_not_returned,
        "At the meeting": report.attendees,
    }
    named = {title: "\n".join(names) for title, names in lists.items() if names}
    if not (named or report.quorum):
        return []
    return [*heading(2, "Who took part"), *facts(named, "Agencies and attendees"), *prose(report.quorum)]


def _analysis(report: Recommendation) -> list[Flowable]:
    """The five purposes of a rapid review (Panel guidance, June 2025); equality and voice always stand."""
    return [
        *section("Equality, racism and protected characteristics", report.equality, otherwise=NOT_RECORDED),
        *section("The voice of the child or adult", report.voice, otherwise=NOT_RECORDED),
        *section("Learning", report.learning),
        *section("Good practice", report.good_practice),
        *_criteria(report.criteria),
        *section("Whether a national review may be appropriate", report.national_review),
    ]


def _criteria(criteria: Sequence[Criterion]) -> list[Flowable]:
    if not criteria:
        return []
    story = heading(2, "The criteria")
    for test in dict.fromkeys(one.test for one in criteria):
        rows = [
            [f"{one.question}\n{one.paragraph}".strip(), one.answer, one.evidence]
            for one in criteria
            if one.test == test
        ]
        heads = ("Criterion", "Answer", "Evidence")
        story += [*heading(3, test), table(heads, rows, (3, 1, 3), test, head_columns=1)]
    return story


def _afterwards(report: Recommendation) -> list[Flowable]:
    return [
        *section("Action taken to keep people safe", report.immediate, otherwise=NOT_RECORDED),
        *_actions("Actions recommended", report.actions),
        *section("Involving the family", report.family_involvement, otherwise=NOT_RECORDED),
        *section("Parallel processes", report.parallel_processes, otherwise=NOT_RECORDED),
        *section("Publication", report.publication, otherwise=NOT_RECORDED),
    ]


def _actions(title: str, agreed: Sequence[Action]) -> list[Flowable]:
    if not agreed:
        return section(title, "No actions were agreed.")
    return [*heading(2, title), *actions(agreed, title)]


def _signed(report: Recommendation) -> list[Flowable]:
    story = heading(2, "Signed and ratified")
    if report.signed_by:
        story += prose(report.signed_by)
    if report.ratifications:
        rows = [
            [f"{one.name}\n{one.post}", one.decision, one.reason, one.date] for one in report.ratifications
        ]
        heads = ("Decision maker", "Decision", "Reason", "Date")
        story.append(table(heads, rows, (1.8, 1.2, 3.6, 1.4), "Ratification", head_columns=1))
    return [*story, *(line for office in report.to_sign for line in signing(office))]
