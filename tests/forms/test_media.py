"""Every kind of question in every medium: what goes out filled in comes back as the same answer."""

import hashlib
import io
import zipfile

from docx import Document
from lxml import etree
from pypdf import PdfReader

from forms import FORMS, Form, Topic, fields, pdf, text, word
from forms.editions import CURRENT, EARLIER
from forms.names import flat, unflat
from forms.question import Question
from forms.rows import Row, Rows
from forms.shown import sections


class Child(Row):
    name = fields.Text("Name")
    born = fields.Date("Born")


class EveryKind(Form):
    kind, edition, title = "every_kind", 1, "Every kind of question"
    topics = (
        Topic(
            "all",
            "All",
            (
                "line",
                "long",
                "day",
                "rough",
                "time",
                "yes",
                "one",
                "listed",
                "many",
                "nhs",
                "mail",
                "phone",
                "number",
                "rows",
            ),
        ),
    )
    line = fields.Text("Line", suggestions=("This", "That"))
    long = fields.LongText("Long")
    day = fields.Date("Day")
    rough = fields.RoughDate("Rough day")
    time = fields.Time("Hour")
    yes = fields.YesNo("Yes or no")
    one = fields.Choice("One of these", {"a": "Apple", "b": "Bean & pea"})
    listed = fields.OneOfMany("One of a long list", {"a": "Ash", "o": "Oak"})
    many = fields.Choices("Any of these", {"x": "Ex", "y": "Why", "z": "Zed"})
    nhs = fields.NhsNumber("NHS number")
    mail = fields.Email("Address for e-mail")
    phone = fields.Telephone("Telephone")
    number = fields.Number("How many", high=5_000)
    rows = Rows(Child, "Children", one="child")


ANSWERS = {
    "line": "Ŵyn & Łuk <b>",
    "long": "One\n\nTwo “quoted”\n  three",
    "day": "2026-02-03",
    "rough": "Nov 2023",
    "time": "04:25",
    "yes": "not_known",
    "one": "b",
    "listed": "o",
    "many": ["x", "z"],
    "nhs": "9990047855",
    "mail": "a@example.org",
    "phone": "01632 960 001",
    "number": "1200",
    "rows": [{"name": "Ada", "born": "2019-02-03"}, {"name": "Bo"}],
}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def taken(found):
    """The answers under the paths of a document, by the form's own understanding of what they say."""
    form = EveryKind()
    rows = [{"name": found[f"rows.{n}.name"], "born": found[f"rows.{n}.born"]} for n in range(2)]
    many = [code for code in form["many"].options if found[f"many.{code}"] in ("☒", "/Yes")]
    plain = {name: value for name, value in found.items() if "." not in name}
    return EveryKind.from_answers({**plain, "rows": rows, "many": many})


def test_this_test_knows_every_kind():
    kinds = {kind for kind in vars(fields).values() if isinstance(kind, type) and issubclass(kind, Question)}
    assert kinds - {Question} == {type(question) for question in EveryKind().questions}


def test_word_brings_every_answer_back():
    body = etree.fromstring(
        zipfile.ZipFile(io.BytesIO(word.blank(EveryKind, ANSWERS))).read("word/document.xml")
    )
    found = {}
    for control in body.iter(W + "sdt"):
        pieces = control.find(W + "sdtContent").iter(W + "t", W + "br")
        tag = control.find(f"{W}sdtPr/{W}tag").get(W + "val")
        found[tag] = "".join("\n" if piece.tag == W + "br" else piece.text or "" for piece in pieces)
    form = taken(found)
    assert (form.answers(), form.problems()) == (ANSWERS, [])


def test_pdf_brings_every_answer_back():
    boxes = PdfReader(io.BytesIO(pdf.blank(EveryKind, ANSWERS))).get_fields()
    form = taken({unflat(name): box.value for name, box in boxes.items()})
    assert (form.answers(), form.problems()) == (ANSWERS, [])


def test_text_shows_every_answer_beside_its_label():
    form = text.blank(EveryKind, ANSWERS)
    for line in ("Line: Ŵyn & Łuk <b>", "Day (day/month/year): 3 February 2026", "[x] Bean & pea", "[x] Zed",
                 "[ ] Why", "How many: 1200", "NHS number: 999 004 7855", "Two “quoted”\n  three"):  # fmt: skip
        assert line in form


def test_every_answer_can_be_shown():
    shown = sections(EveryKind, ANSWERS)[0]
    assert {line.name for line in shown.lines} == set(ANSWERS) - {"rows"}
    assert shown.tables[0].rows == [["Ada", "3 February 2019"], ["Bo", ""]]


def fingerprint(form):
    """What answers of this edition are called and may hold: names, kinds and option codes, rows' too."""
    lines = []
    for question in form().questions:
        inner = question.entries[0].questions if isinstance(question, Rows) else []
        for one in [question, *inner]:
            lines.append(f"{one.short_name} {type(one).__name__} {list(getattr(one, 'options', ()))}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:12]


RELEASED = {
    ("referral", 1): "9999dd911646",
    ("scoping", 1): "236be9159b67",
    ("rapid_review", 1): "8b74c8b61d3c",
    ("paper", 1): "e05574fea9f3",
    ("action_update", 1): "bcd85ad4969c",
}


def test_an_edition_that_was_sent_out_stays_as_it_is():
    """After a change of names, kinds or options give the form a new edition and add its line here."""
    for form in (*CURRENT, *EARLIER):
        assert fingerprint(form) == RELEASED[form.kind, form.edition]


def test_a_form_has_room_for_its_names_where_dots_are_forbidden():
    for form in FORMS.values():
        assert all("__" not in name and flat(name) == name for name in form()._fields)


def test_the_word_form_is_small_enough_to_send_a_hundred_times():
    assert len(word.blank(EveryKind)) < 30_000
    assert Document(io.BytesIO(word.blank(EveryKind))).core_properties.subject == "form:every_kind:1"
