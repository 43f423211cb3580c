"""Every table of the product, imported once for those who need them all: migrations and tests."""

from jcr.actions import model as actions
from jcr.admission import model as admission
from jcr.cases import model as cases
from jcr.chronology import model as chronology
from jcr.correspondence import model as correspondence
from jcr.costs import model as costs
from jcr.criteria import model as criteria
from jcr.db import Base
from jcr.decisions import model as decisions
from jcr.desk import model as desk
from jcr.files import model as files
from jcr.history import model as history
from jcr.intake import model as intake
from jcr.mailroom import model as mailroom
from jcr.meetings import model as meetings
from jcr.outsiders import model as outsiders
from jcr.people import model as people
from jcr.records import inquiry_model as inquiries
from jcr.records import model as records
from jcr.records import publication_model as publications
from jcr.referrals import model as referrals
from jcr.scoping import model as scoping
from jcr.submissions import model as submissions
from jcr.triage import model as triage

__all__ = [
    "Base", "actions", "admission", "cases", "chronology", "correspondence", "costs", "criteria", "decisions", "desk",
    "files", "history", "inquiries", "intake", "mailroom", "meetings", "outsiders", "people", "publications", "records",
    "referrals", "scoping", "submissions", "triage",
]  # fmt: skip
