"""The few ways an act is refused, each with a sentence for the person who asked."""

from __future__ import annotations


class Refused(Exception):
    """The act was not done; the text says why and what to do."""


class NotAllowed(Refused):
    """This person may not do this."""


class NotNow(Refused):
    """Nobody may do this to a case in this state."""


class Incomplete(Refused):
    """Something needed is missing."""
