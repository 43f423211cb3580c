"""The forms, one definition each, and the media they come in: web, Word, PDF and plain text."""

from forms.action_update import ActionUpdateForm
from forms.editions import FORMS, edition_of, under_current_names
from forms.form import Form, Stamp, Topic
from forms.paper_submission import PaperForm
from forms.rapid_review import RapidReviewForm
from forms.referral import ReferralForm
from forms.scoping import ScopingForm

__all__ = [
    "FORMS",
    "ActionUpdateForm",
    "Form",
    "PaperForm",
    "RapidReviewForm",
    "ReferralForm",
    "ScopingForm",
    "Stamp",
    "Topic",
    "edition_of",
    "under_current_names",
]
