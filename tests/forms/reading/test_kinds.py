"""What a document is: forms of many titles and wordings, a few questions each, are told apart by what they ask."""

from pathlib import Path

import pytest

from forms.reading import read

KINDS = Path(__file__).with_name("kinds")
EVENTS = (
    "Date | Source | Event | Action taken | Comment\n"
    "03/04/2023 | Notes | Visit at home | Advice given | None\n"
    "04/05/2023 | Letter | Referred on | Seen by nurse | Late"
)


def asked(kind: str) -> list[tuple[str, list[str]]]:
    """Return the title and the questions of every form of a kind, one a line: title | question ; question."""
    lines = (KINDS / f"{kind}.txt").read_text(encoding="utf-8").splitlines()
    return [(title, labels.split(" ; ")) for title, labels in (line.split(" | ") for line in lines)]


def answer(label: str) -> str:
    label = label.casefold()
    if "dob" in label or "birth" in label:
        return "04/05/1971"
    if label.startswith("date"):
        return "03/02/2024"
    if "email" in label or "e-mail" in label:
        return "ada.merrow@example.org"
    if label.endswith("?"):
        return "Yes"
    return "Fenland NHS Trust" if "agency" in label or "organisation" in label else "Ada Merrow"


def filled(title: str, labels: list[str], between: str) -> str:
    lines = [f"{label}{between}{answer(label)}" for label in labels]
    return "\n".join([title, *lines, EVENTS if "hronology" in title else ""])


@pytest.mark.parametrize("between", [" | ", ": "], ids=["table", "lines"])
@pytest.mark.parametrize("kind", ["referral", "scoping", "other"])
def test_the_kind_of_a_form_is_told_by_what_it_asks(kind, between, build):
    wrong = []
    for title, labels in asked(kind):
        reading = read("form.docx", build.word_file(build.blocks(filled(title, labels, between))))
        wrong += [f"{title}: {reading.kind}"] if reading.kind != kind else []
    assert not wrong


@pytest.mark.parametrize("title", ["Safeguarding Adults Review", "Serious Case Review referral form"])
def test_a_title_alone_makes_no_form_one_of_ours(title, build):
    text = filled(title, ["Page", "Version", "Owner"], ": ")
    assert read("form.docx", build.word_file(build.blocks(text))).kind == "other"


def test_a_live_risk_form_stays_one_whatever_its_title(build):
    labels = dict(asked("other"))["MARAC Referral Form"]
    body = filled("Multi-Agency Risk Assessment Conference", labels, " | ")
    marks = "IDVA referral made | Yes\nVisible high risk | Yes\nReferral to MARAC | Yes"
    text = f"Domestic homicide review\n{body}\n{marks}"
    assert read("form.docx", build.word_file(build.blocks(text))).kind == "other"
