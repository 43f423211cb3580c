"""The forms, one definition each, and the media they come in: web, Word, PDF and plain text."""

from forms.form import Form, Stamp, Topic
from forms.referral import ReferralForm
from forms.scoping import ScopingForm

FORMS: dict[str, type[Form]] = {form.kind: form for form in (ReferralForm, ScopingForm)}

__all__ = ["FORMS", "Form", "ReferralForm", "ScopingForm", "Stamp", "Topic"]
