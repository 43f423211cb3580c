"""A scoping return on paper: the PDF copy of what an agency answered."""

from __future__ import annotations

from forms import ScopingForm
from forms.shown import sections
from jcr.correspondence.service import Letterhead
from jcr.documents.referral import FormCopy, render
from jcr.scoping.model import Request, Return
from jcr.wording import long_date, long_moment


def copy_of(asked: Request, returned: Return, head: Letterhead) -> bytes:
    """A return as PDF, as it was answered."""
    return render(
        FormCopy(
            organisation=head.partnership,
            marking=head.marking,
            reference=asked.case.reference,
            title="Nil return" if returned.nil else ScopingForm.title,
            facts={
                "Case": asked.case.reference,
                "Agency": asked.agency.name,
                "Received": long_moment(returned.received_at),
                "Was due": long_date(asked.return_by),
            },
            sections=sections(ScopingForm, {**asked.known, **returned.answers}),
            contact_lines=(head.contact,),
        )
    )
