"""A publication copy: a text made fit for the public, with no case reference and no marking."""

from __future__ import annotations

from dataclasses import dataclass

from forms.paper.document import Furniture
from forms.paper.document import render as on_paper
from forms.paper.text import heading, prose


@dataclass(frozen=True)
class Publication:
    """The body is plain text with light marks: "## " before a heading, "- " before a bullet."""

    organisation: str
    title: str
    body: str


def render(copy: Publication) -> bytes:
    """The copy as a PDF/UA-1 file."""
    story = [*heading(1, copy.title), *prose(copy.body, level=2)]
    return on_paper(story, copy.title, Furniture(copy.organisation, "", ""))
