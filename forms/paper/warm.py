"""Makes ready what the first pack would otherwise wait for: the typeface, and all that joins and draws."""

import gc

import forms.paper.pack  # noqa: F401  # loaded now, for the first pack
from forms.paper import fonts


def warm() -> None:
    """Load the typeface; what is there now stays, so it is kept from garbage collection."""
    fonts.coverage()
    gc.collect()
    gc.freeze()
