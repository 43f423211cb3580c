"""Our own forms coming back: the stamp tells kind and edition, and every answer carries its canonical name."""

from forms.form import Stamp

from .dates import Era
from .layout import Layout
from .result import Reading


def own_stamp(layout: Layout) -> Stamp | None:
    """Return the stamp of a form we sent, or None for a stranger's."""
    parts = layout.subject.split(":")
    if len(parts) != 3 or parts[0] != "form" or not parts[2].isdigit():
        return None
    reference, agency, token = (layout.identifier.split("/") + ["", "", ""])[:3]
    return Stamp(parts[1], int(parts[2]), reference, agency, token)


def read_own(layout: Layout, stamp: Stamp, era: Era) -> Reading:
    """Return the reading of one of our own forms."""
    return Reading(kind=stamp.kind, edition=stamp.edition, stamp=stamp)
