"""The original beside the reading: the message's words made safe to show, and where each answer came from."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import nh3
from markupsafe import Markup

from forms import Form, ReferralForm
from forms.fields import Rows
from forms.sheet import Sheet
from forms.web import focus_id
from jcr.intake.lit import IN_BOX, Lamp
from jcr.referrals.shown import LABELS
from mail_intake.message import Message as Mail

DOUBTFUL = 0.8  # of 1, below which a person should look first
EMPTY = ("blank", "prompt", "not applicable", "not known")
MARKUP = {
    "p", "br", "div", "b", "strong", "i", "em", "u", "ul", "ol", "li", "table", "thead", "tbody", "tr", "td", "th",
    "blockquote", "pre",
}  # fmt: skip
BLOCK = re.compile(
    r"<(/?)(?:h[1-6]|center|section|article|header|footer|main|aside|address|dl|dt|dd|form|fieldset|figure)\b[^>]*>",
    re.I,
)
HOW = {
    "beside": "read beside its label",
    "below": "read below its label",
    "line": "read after its label",
    "table": "read from a table",
    "criterion": "worked out from the boxes ticked",
    "control": "",  # the box of our own form: nothing to say
    "bookmark": "",
    "field": "",
}


@dataclass(frozen=True)
class Source:
    """Where one answer came from. `doubt` says why a person should look at it first."""

    name: str
    label: str
    text: str
    where: str
    how: str
    place: str = ""  # where it stands, in words for the page
    answers: str = ""  # which question of ours it answers, in words
    doubt: str = ""

    def sentence(self, answer: Any, linked: bool = False) -> Markup:
        """For the hint of a question: the place alone where the answer is word for word what the form says.

        `linked` makes the place a link to where it is lit in the original.
        """
        said = f": “{_shortened(self.text)}”" if self.text and _folded(self.text) != _folded(answer) else ""
        doubt = f" Check it: {self.doubt}." if self.doubt else ""
        place = Markup('<a class="govuk-link" href="#from-{}">{}</a>').format(self.name, self.place)
        return Markup("On the form{}, {}.{}").format(said, place if linked else self.place, doubt)


def safe_html(mail: Mail) -> str:
    """The message's own HTML reduced to its structure: no pictures, links, styles or scripts.

    Its headings become lines: the outline of the page is ours.
    """
    if not mail.html:
        return ""
    in_blocks = BLOCK.sub(r"<\1div>", mail.html)
    return nh3.clean(in_blocks, tags=MARKUP, attributes={"td": {"colspan"}, "th": {"colspan"}})


def sources(reading: Mapping[str, Any], form: type[Form] = ReferralForm) -> list[Source]:
    """Every answer that was read, in the order of the document, with the place it came from."""
    found = (reading.get("found") or {}).items()
    asked = _labels(form)
    return [_source(name, one, asked) for name, one in found if one.get("doubt") not in EMPTY]


def _labels(form: type[Form]) -> dict[str, str]:
    """How our form asks for each answer, by canonical name; those of a subject's row as well."""
    return {
        question.short_name: LABELS.get(question.short_name, question.label.text)
        for sheet in _sheets(form())
        for question in sheet.questions
    }


def _source(name: str, one: Mapping[str, Any], asked: Mapping[str, str]) -> Source:
    in_words = name.replace("_", " ").capitalize()
    how, score = str(one.get("how") or ""), float(one.get("score") or 0)
    unsure = "the reader is not sure of it" if score < DOUBTFUL else ""
    return Source(
        name=name,
        label=_label(name, str(one.get("label") or ""), asked),
        text=str(one.get("text") or ""),
        where=str(one.get("where") or ""),
        place=IN_BOX.sub("in its box", str(one.get("where") or "")),
        how=HOW.get(how, how),
        answers=asked.get(name, in_words),
        doubt=str(one.get("doubt") or "") or unsure,
    )


def annotate(form: Form, found: list[Source], lit: Collection[str] = ()) -> None:
    """Says under each question where its answer was read; a single subject's answers stand in their row."""
    by_name = {source.name: source for source in found}
    for sheet in _sheets(form):
        for question in sheet.questions:
            question.label.text = LABELS.get(question.short_name, question.label.text)
            source = by_name.get(question.short_name)
            if source and not question.blank and not isinstance(question, Rows):
                hint = source.sentence(question.data, linked=source.name in lit)
                question.hint = question.description = hint


def _sheets(form: Form) -> list[Sheet]:
    subjects = form._fields.get("subjects")
    return [form, subjects.entries[0]] if isinstance(subjects, Rows) else [form]


def box_of(form: Form, name: str) -> str:
    """The id of the box an answer stands in; empty when the form has no question of that name."""
    for sheet in _sheets(form):
        if name in sheet:
            return focus_id(sheet[name])  # type: ignore[arg-type]
    return ""


def lamps(form: Form, found: list[Source]) -> list[Lamp]:
    """The answers as they light up the original, the longest first: it fits its line best."""
    lit = [
        Lamp(
            source.name,
            source.answers,
            source.text,
            source.where,
            box_of(form, source.name),
            bool(source.doubt),
        )
        for source in found
    ]
    return sorted(lit, key=lambda lamp: ("\n" in lamp.text, -len(lamp.text)))


def _label(name: str, label: str, asked: Mapping[str, str]) -> str:
    """The form's own wording; our own forms carry only the name of the answer, so our question stands for it."""
    bare = label.strip().casefold().replace("_", " ")
    return asked.get(name, label) if bare in ("", name.replace("_", " ")) else label


def _shortened(text: str, limit: int = 160) -> str:
    words = _folded(text)
    return words if len(words) <= limit else f"{words[:limit].rstrip()}…"


def _folded(value: Any) -> str:
    return " ".join(str(value or "").split())
