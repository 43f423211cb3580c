"""The record of a case's triage as a document: what was asked, what was answered, and where it leads."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.correspondence.service import Letterhead
from jcr.documents import triage as document
from jcr.triage import flowcharts, service
from jcr.triage.model import StepAnswer
from jcr.triage.picture import ANSWERS, picture
from jcr.triage.rules import Taken
from jcr.wording import local_day, long_date, long_moment


def record_of(session: Session, head: Letterhead, case: Case, now: datetime) -> bytes:
    """The record as a PDF/UA-1 file, in the version of the flowchart that the case is triaged by."""
    flowchart, path = flowcharts.of_case(session, case), service.path_of(session, case)
    given = service.answers(session, case)
    return document.render(
        document.Triage(
            organisation=head.partnership,
            marking=head.marking,
            reference=case.reference,
            date=long_date(local_day(now)),
            version=flowchart.version,
            leads_to=path.because,
            picture=picture(flowchart, path),
            answers=[_answered(taken, given[taken.step.key]) for taken in path.steps],
        )
    )


def _answered(taken: Taken, given: StepAnswer) -> document.Answered:
    answer, by = ANSWERS[taken.answer].capitalize(), f"{given.by}, {long_moment(given.at)}"
    return document.Answered(taken.step.question, taken.step.paragraph, answer, given.why, by)
