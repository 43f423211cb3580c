"""The base of every kind of question: label, hint, condition, and one sentence when an answer will not do."""

import re
from collections.abc import Sequence
from typing import Any

from wtforms import Field
from wtforms.validators import StopValidation

from forms.conditions import Standing, When

UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def tidy(value: Any) -> str:
    """Any value as text: lists one item a line, line ends as \\n, without characters no file can hold."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "\n".join(tidy(item) for item in value)
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    return UNWRITABLE.sub("", text).strip()


def within(label: str) -> str:
    """A label as it reads inside a sentence: 'Date of birth' gives 'date of birth', 'NHS number' stays."""
    label = label.rstrip("?")
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def sentence_for(verb: str, label: str) -> str:
    """The sentence for a required question left empty: 'Enter the date of birth', 'Enter your name'."""
    noun = within(label)
    article = "" if noun.split(" ")[0] in ("your", "their", "a", "an", "the") else "the "
    return f"{verb} {article}{noun}"


class Question(Field):
    """A question of a form; `data` is always the canonical value, or what was typed when that will not do.

    `when` names another question and the answers under which this one is asked. `ask` is the sentence
    for a required question left empty; `what` names the answer inside sentences. A `wanted` question is
    not called optional, because a check of the form asks for this answer or another. `assumed` is the
    answer that conditions reckon with as long as none was given.
    """

    verb = "Enter"
    repeats = False
    is_date = False
    data: Any
    under: dict[str, list[Any]]  # questions shown below an option of this one; set by forms.web

    def __init__(
        self,
        label: str,
        *,
        required: bool = False,
        wanted: bool = False,
        hint: str = "",
        when: When | None = None,
        ask: str = "",
        what: str = "",
        assumed: str = "",
        **kwargs: Any,
    ):
        super().__init__(label, description=hint, **kwargs)
        self.required = required
        self.wanted = wanted
        self.hint = hint
        self.when = when
        self.assumed = assumed
        self.what = what or label.rstrip("?")
        self.ask = ask or sentence_for(self.verb, self.what)

    def canonical(self, value: Any) -> Any:
        """The value in its canonical form; what cannot be understood comes back as it was typed."""
        return tidy(value)

    def understood(self, value: Any) -> Any:
        """What would be kept of a value if it were the answer; empty for a blank one."""
        return self.canonical(value)

    def complaint(self) -> str | None:
        """A sentence saying what to do about the answer, or None when it is good. Asked only if not blank."""
        return None

    def posted(self, values: Sequence[str]) -> Any:
        """The value in what a browser sent under this name."""
        return values[0] if values else None

    @property
    def blank(self) -> bool:
        return not self.data

    def answer(self) -> Any:
        """The canonical answer, as it is stored."""
        return self.data

    def kept(self) -> Any:
        """What a draft keeps: the answer, good or not."""
        return self.data

    def problems(self) -> list[tuple[str, str]]:
        """Canonical name and sentence of each fault found by the last validation."""
        return [(self.short_name, str(sentence)) for sentence in self.errors]

    def process_data(self, value: Any) -> None:
        self.data = self.canonical(value)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = self.canonical(self.posted(valuelist))

    def pre_validate(self, form: Any) -> None:
        """One sentence at most; nothing is said of a hidden question, nor of an empty one not required."""
        here = form.standing(self.short_name)
        if here is Standing.HIDDEN:
            raise StopValidation()
        if self.blank:
            raise StopValidation(self.ask if self.required and here is Standing.ASKED else "")
        if sentence := self.complaint():
            raise StopValidation(sentence)
