"""What an agency is asked again when its return is sent back: about single answers, or in the officer's words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from forms import Form, ScopingForm
from forms.fields import LongText, OneOfMany, Row, Rows
from jcr.scoping.model import Request, State

SAY = "Say what is missing, so that the agency knows what to add"
QUESTIONS = {
    name: str(ScopingForm()[name].label.text) for topic in ScopingForm.topics for name in topic.names
}


class AskedRow(Row):
    about = OneOfMany("Which answer?", QUESTIONS, required=True, ask="Select the answer you ask about")
    words = LongText(
        "What do you ask?", required=True, lines=2, limit=1000, ask="Write what you ask about this answer"
    )


class SendBackForm(Form):
    asked = Rows(AskedRow, "About single answers", one="question", most=20)
    missing = LongText(
        "What else is missing?",
        lines=4,
        hint="The agency sees these words when it follows its link. They are not put into the e-mail.",
    )

    def checks(self, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Something must be asked."""
        if not answers.get("asked") and not str(answers.get("missing") or "").strip():
            yield "missing", SAY

    def in_words(self) -> str:
        """All that is asked, a line for each single answer, then the rest."""
        given = self.answers()
        lines = [_line(row["about"]) + " ".join(row["words"].split()) for row in given.get("asked", ())]
        return "\n".join(filter(None, [*lines, given.get("missing", "")]))


def asked_about(request: Request, names: Collection[str]) -> list[str]:
    """What was asked about the answers with these names, where the return was sent back."""
    if request.state is not State.SENT_BACK:
        return []
    begins = tuple(_line(name) for name in names if name in QUESTIONS)
    return [line for line in request.missing.splitlines() if line.startswith(begins)]


def _line(name: str) -> str:
    return f"“{QUESTIONS[name]}”: "
