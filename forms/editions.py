"""All editions of all forms: the one sent out today for each kind, and earlier ones that may still come back.

A form that was sent out is frozen. To change one, copy its module to `forms/earlier/<kind>_<number>.py`, name it in
EARLIER, and change the original under the next number; `renamed` of the earlier one leads its names to the new ones.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from forms.action_update import ActionUpdateForm
from forms.form import Form
from forms.paper_submission import PaperForm
from forms.rapid_review import RapidReviewForm
from forms.referral import ReferralForm
from forms.scoping import ScopingForm

CURRENT: tuple[type[Form], ...] = (ReferralForm, ScopingForm, RapidReviewForm, PaperForm, ActionUpdateForm)
EARLIER: tuple[type[Form], ...] = ()

EDITIONS: tuple[type[Form], ...] = (*CURRENT, *EARLIER)

FORMS: dict[str, type[Form]] = {form.kind: form for form in CURRENT}


def edition_of(kind: str, number: int, editions: Iterable[type[Form]] = EDITIONS) -> type[Form] | None:
    """The form of this kind as it stood in this edition; None when no such edition was ever sent out."""
    return next((form for form in editions if (form.kind, form.edition) == (kind, number)), None)


def newest(kind: str, editions: Iterable[type[Form]] = EDITIONS) -> type[Form]:
    """The form of this kind that is sent out today; ValueError when there is no such kind."""
    return max((form for form in editions if form.kind == kind), key=lambda form: form.edition)


def under_current_names(
    form: type[Form], answers: Mapping[str, Any], editions: Iterable[type[Form]] = EDITIONS
) -> dict[str, Any]:
    """The answers to an earlier edition as the current one calls them, one edition after the other.

    What has no place in the current edition keeps its old name, where `Form.unknown` shows it to a person.
    """
    later = sorted(
        (one for one in editions if one.kind == form.kind and one.edition >= form.edition),
        key=lambda one: one.edition,
    )
    moved = dict(answers)
    for one in later:
        moved = {one.renamed.get(name, name): value for name, value in moved.items()}
    return moved
