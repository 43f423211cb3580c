"""Our text form as mail programs send it back: under a greeting, quoted, broken anew, as HTML, above a signature."""

import textwrap
from html import escape

import pytest

from forms import FORMS, Stamp, text
from forms.reading import read
from tests.forms.filled import Words, filled

GREETING = "Hi all,\n\nPlease find our answers below.\n\nKind regards\nŁucja\n\n"
SIGNATURE = "\nMany thanks for your help with this\nŁucja Wiśniewska | Fellshire NHS\nTel 01632 960 001\n"
WROTE = "On 3 Mar 2026, at 10:00, Office <office@example.org> wrote:\n\n"
ORIGINAL = (
    "-----Original Message-----\nFrom: Office <office@example.org>\nSent: 3 March 2026\nSubject: Form\n\n"
)
SAID = Words("Siân Ŵyn-Łukaszewska", "She said: “don’t fuss” (twice).\n\nNobody came on 3/4/2025.")
WIDTH = 66


def stamp_of(form):
    return Stamp(form.kind, form.edition, "JCR-2026-0001", "NHS-ICB", "b5e0c4b2a7d94f51")


def broken_anew(sent):
    return "\n".join(
        part
        for line in sent.split("\n")
        for part in textwrap.wrap(line, WIDTH, break_on_hyphens=False, break_long_words=False) or [""]
    )


def quoted(sent):
    return "\n".join(f"> {line}".rstrip() for line in sent.split("\n"))


def as_outlook_writes(sent):
    lines = (escape(line) if line.strip() else "<o:p>&nbsp;</o:p>" for line in sent.split("\n"))
    return "<html><body>" + "".join(f"<p class=MsoNormal>{line}</p>\n" for line in lines) + "</body></html>"


WAYS = {
    "above a signature": lambda sent: GREETING + sent + SIGNATURE,
    "quoted": lambda sent: GREETING + WROTE + quoted(sent),
    "broken anew": broken_anew,
    "broken anew and quoted": lambda sent: GREETING + WROTE + quoted(broken_anew(sent)),
    "under a heading of Outlook": lambda sent: GREETING + ORIGINAL + sent,
    "as HTML of Outlook": lambda sent: as_outlook_writes(GREETING + sent + SIGNATURE),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_answer_comes_back_and_what_we_print_is_known(form, way):
    told = filled(form, words=SAID)
    reading = read("body", WAYS[way](text.blank(form, told, stamp_of(form))).encode())
    assert reading.stamp == stamp_of(form)
    assert folded(reading.answers()) == folded(form(data=told).typed())
    added = f"{GREETING} {WROTE} {ORIGINAL} {SIGNATURE}"
    assert [line for line in reading.unplaced if line.split(") ", 1)[-1].strip() not in added] == []


def folded(value):
    """A value without line breaks, for where a mail program broke a line nobody knows whether a person did."""
    if isinstance(value, dict):
        return {name: folded(one) for name, one in value.items()}
    return [folded(one) for one in value] if isinstance(value, list) else " ".join(str(value).split())


def test_what_stands_below_the_end_of_the_form_is_listed_and_answers_nothing():
    form = FORMS["action_update"]
    sent = text.blank(form, {"date_completed": "2026-03-02"}, stamp_of(form))
    reading = read("body.txt", f"{sent}\nRing me on Monday about this.\n".encode())
    assert reading.fields == {"date_completed": "2026-03-02"}
    assert reading.unplaced == ["Ring me on Monday about this."]


TABLES = {
    "bars": "As in the log:\nDate | Who | What\n1/2/24 | PC 1 | called at 10:30",
    "tabs": "Log:\nDate\tWho\tWhat\n1/2/24\tPC 1\t\n\t\tcalled",
}


@pytest.mark.parametrize("pasted", TABLES.values(), ids=TABLES)
def test_a_table_pasted_into_an_answer_stays_as_it_was_typed(pasted):
    form = FORMS["scoping"]
    told = {"involvement_summary": pasted, "good_practice": "Quick."}
    reading = read("body.txt", text.blank(form, told, stamp_of(form)).encode())
    assert (reading.fields, reading.unplaced) == (told, [])
