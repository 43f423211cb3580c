"""Makes ready what the first document would otherwise wait for: the printed words of our forms, the vocabulary."""

import gc

from forms import FORMS

from .meaning import Place
from .names import names_of
from .own import labels_of, printed_by
from .reader import read

STRANGERS = (
    b"Referral for a review\nName of child:\nDate of birth:\nSummary of the case:\nAgencies involved:\n"
)
SELDOM = 50_000  # objects made before rubbish is looked for: a document makes as many, few of them in circles


def warm() -> None:
    """Fill the caches of vocabulary and own forms; what is there now stays, so it is kept from garbage collection."""
    for kind in ("referral", "scoping", "other"):
        names_of(kind).match("a label nobody has", Place())
    for form in FORMS.values():
        labels_of(form)
        for medium in ("docx", "text"):
            printed_by(form, medium)
    read("", STRANGERS)
    gc.collect()
    gc.freeze()
    gc.set_threshold(SELDOM)
