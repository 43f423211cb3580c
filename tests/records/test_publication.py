"""Publication copies: the PDF itself is searched for everybody the case names, and goes only when it is clean."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.chronology.particulars import ADDRESS, BORN, CONTACT, NAME, NHS, REFERENCE, Known
from jcr.correspondence.service import Letterhead
from jcr.db import Sessions
from jcr.documents.publication import Publication, render
from jcr.errors import NotNow
from jcr.records import publication
from jcr.records.finding import Hit, hits
from jcr.records.publication import words_in
from tests.cases.made import in_ratification, in_triage
from tests.conftest import on_one_database
from tests.shown import seen_at

KNOWN = [
    Known(NAME, "Zoë Quillfeather"),
    Known(NAME, "Rose O’Hara"),
    Known(BORN, "1951-03-14"),
    Known(NHS, "9434765919"),
    Known(ADDRESS, "14 Mill Lane\nHereford HR1 2AB"),
    Known(ADDRESS, "Orchard Cottage, Bodenham\nHR1 3JX"),
    Known(CONTACT, "01432 260 000"),
    Known(CONTACT, "b.vane@wyevalley.example"),
    Known(NAME, "Jo Ng"),
    Known(NAME, "Sarah Pugh"),
    Known(NAME, "Mary-Anne Smith-Jones"),
    Known(REFERENCE, "JCR-2026-0042"),
]


def _found(text: str) -> list[Hit]:
    return hits([text], KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "zoe quillfeather", "ZOË QUILLFEATHER", "Zoe  Quill-\nfeather", "ZoeQuillfeather", "Rose O'Hara",
        "born on 14/03/1951", "14.3.51", "14th March 1951", "March 14, 1951", "1951-03-14", "the 14th of March 1951",
        "NHS 943 476 5919", "943-476-5919", "at 14 mill lane", "14, Mill\nLane", "HR12AB", "01432 260000",
        "write to B.Vane@wyevalley.example", "Jo Ng", "(01432) 260 000", "+44 1432 260000", "+44 (0)1432 260000",
        "Zoe Quill\u00adfeather", "Zoe Quill\u2011feather", "1951/03/14", "14th Mar. ’51", "14–03–1951", "14 III 1951",
        "fourteenth day of March, 1951", "14 Mawrth 1951", "943–476–5919", "943/476/5919", "14 Mill Ln.", "hr1-2ab",
        "943_476_5919", "943,476,5919", "943:476:5919", "HR1.2AB", "HR1_2AB", "14_03_1951",
        "March the fourteenth, 1951",
        "b.vane (at) wyevalley.example", "b . vane @ wyevalley dot example", "Mary-Anne\nSmith Jones",
        "JCR-2026-0042", "jcr 2026/42", "J.C.R. 2026 0042", "JCR20260042", "14eg o Fawrth 1951", "14eg Mawrth 1951",
    ],
)  # fmt: skip
def test_what_the_case_knows_is_found_however_it_is_written(text: str) -> None:
    assert [hit for hit in _found(f"Before. {text} came after.") if not hit.is_ordinary], text


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("Z. Quillfeather", "part of a name of the case"),
        ("Quilfeather", "nearly part of a name of the case"),
        ("Quillfaether", "nearly part of a name of the case"),
        ("Zoë's mother", "part of a name of the case"),
        ("a rose", "part of a name of the case"),
        ("Mr Ng", "part of a name of the case"),
        ("orchard\ncottage", "perhaps the name of a house of the case"),
        ("the Pughs", "part of a name of the case"),
        ("Sara", "nearly part of a name of the case"),
        ("Quill\u200bfeather", "part of a name of the case"),
        ("Quill-\nfeather", "part of a name of the case"),
        ("Q u i l l f e a t h e r", "part of a name of the case"),
        ("O Hara", "part of a name of the case"),
        ("Smithjones", "part of a name of the case"),
        ("Mariann", "nearly part of a name of the case"),
        ("Rse", "nearly part of a name of the case"),
        ("Z.Q.", "perhaps initials of a name of the case"),
        ("Z-Q", "perhaps initials of a name of the case"),
        ("Z/Q", "perhaps initials of a name of the case"),
        ("z.q.", "perhaps initials of a name of the case"),
        ("Q.Z.", "perhaps initials of a name of the case"),
        ("MSJ", "perhaps initials of a name of the case"),
        ("M-A S-J", "perhaps initials of a name of the case"),
        ("M.A. S-J.", "perhaps initials of a name of the case"),
        ("quill feather", "part of a name of the case"),
        ("#JusticeForZoe", "part of a name of the case"),
        ("ZoeB", "part of a name of the case"),
        ("ZQ", "perhaps initials of a name of the case"),
        ("14 March", "day and month of a date of the case"),
        ("in Mill Lane", "the street of an address of the case"),
    ],
)
def test_parts_of_names_and_near_misses_are_found_and_may_be_ordinary(text: str, because: str) -> None:
    assert {(hit.because, hit.is_ordinary) for hit in _found(f"Then {text}.")} == {(because, True)}


def test_an_innocent_text_has_no_hits_and_each_place_is_told() -> None:
    assert _found("The mother moved to Mill Street in March 1951, at 14. She rang 999.") == []
    (hit,) = hits(["Nothing here.", "Then Zoe left.", "And zoe came."], KNOWN)
    assert hit.places == ("page 2: … then zoe left. …", "page 3: … and zoe came. …")


def test_what_stands_in_the_properties_of_the_file_is_found_too() -> None:
    pdf = render(Publication("The partnership", "About Zoë Quillfeather", "## A part\n\nNothing else."))
    *_, properties = words_in(pdf)
    assert hits([properties], KNOWN)[0].because == "a whole name of the case"


def test_whatever_else_the_file_says_is_searched_too() -> None:
    """A bookmark, an alternative text, a note, the address of a link, the name of a field, a file packed in."""
    with pikepdf.open(BytesIO(render(Publication("The partnership", "Learning", "Nothing else.")))) as file:
        page = file.pages[0].obj
        page.Annots = file.make_indirect([
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 1, 1],
                               A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://news.example/quillfeather")),
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 1, 1],
                               Contents="About Mrs O’Hara"),
        ])  # fmt: skip
        file.Root.StructTreeRoot.K.Alt = "Picture of Mary-Anne"
        file.Root.AcroForm = pikepdf.Dictionary(
            Fields=[file.make_indirect(pikepdf.Dictionary(T="nhs", V="943 476 5919"))]
        )
        file.attachments["Pugh.txt"] = b"notes"
        file.save(out := BytesIO())
    *_, elsewhere = words_in(out.getvalue())
    found = " ".join(hit.words for hit in hits([elsewhere], KNOWN))
    assert all(one in found for one in ("quillfeather", "o'hara", "mary", "943 476 5919", "pugh")), found


@on_one_database
def test_what_runs_over_the_end_of_a_page_is_found_in_the_words_typed(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    case, officer = in_triage(session, head, partnership.officer, NOW), partnership.officer.as_actor()
    case.subjects[0].nhs_number = "943 476 5919"
    for blank in range(25, 40):  # on one of these the page ends within the number
        text = "\n\n".join(["A paragraph."] * blank) + "\n\n943 476\n\n5919"
        copy = publication.save(session, head, case, None, "Learning", text, {}, officer, NOW)
        assert [one["because"] for one in copy.found] == ["an NHS number of the case"], blank


def test_a_copy_goes_only_when_everything_found_is_changed_or_let_stand(
    session: Session, head: Letterhead, partnership: Any, NOW: datetime
) -> None:
    case, officer = in_triage(session, head, partnership.officer, NOW), partnership.officer.as_actor()
    text = "JCR-2026-0001: Canary Quillfeather (born 14 March 1951) liked a canary. Mrs Quilfeather rang P. Strickland."
    begun = publication.without_what_is_known(session, case, text)
    assert "14 March" not in begun
    assert "Strickland" not in begun
    assert begun.startswith("[reference]: ")
    copy = publication.save(
        session, head, case, None, "Learning", begun + " A canary sang.", {}, officer, NOW
    )
    assert {one["words"] for one in copy.in_the_way} == {"canary", "quilfeather"}
    with pytest.raises(NotNow, match="2 of the words found are still in the way"):
        publication.release(session, copy, officer, NOW)
    publication.save(
        session, head, case, copy, "Learning", "A canary sang.", {"canary": "A bird"}, officer, NOW
    )
    publication.release(session, copy, officer, NOW)
    assert copy.released_by == partnership.officer.name
    assert (copy.found[0]["words"], copy.let_stand) == ("canary", {"canary": "A bird"})
    with pytest.raises(NotNow, match="Make a new one"):
        publication.save(session, head, case, copy, "Learning", "More", {}, officer, NOW)


@on_one_database
def test_the_officer_makes_a_copy_of_the_report_on_the_pages(
    client: FlaskClient, sign_in: Callable[..., None], sessions: Sessions, head: Letterhead, partnership: Any,
    NOW: datetime,
) -> None:  # fmt: skip
    with sessions.transaction() as session:
        in_ratification(session, head, partnership, NOW)
    sign_in(client, partnership.officer)
    begun = "/cases/JCR-2026-0001/publication"
    assert "Visits had stopped three weeks before" in client.get(f"{begun}/new").text
    named = {"title": "Learning from a review", "text": "Canary Quillfeather died. Nobody visited."}
    made = client.post(f"{begun}/new", data=named).location
    assert "Canary" not in client.get(made).text
    assert client.post(made, data=named).status_code == 422  # it does not say what it was shown
    sent = named | {"release": "yes"} | seen_at(client, made)
    answer = client.post(made, data=sent, follow_redirects=True).text
    assert "It is not clean yet" in answer
    assert client.get(f"{made}/copy.pdf").status_code == 404
    untitled = client.post(made, data=named | {"title": "", "why-canary": "It is a bird"})
    assert (untitled.status_code, "It is a bird" in untitled.text) == (422, True)
    [seen] = re.findall(r'name="seen" value="(\w+)"', client.get(made).text)
    client.post(made, data=named | {"text": "The first officer's words.", "seen": seen})
    late = client.post(made, data=named | {"text": "The second officer's words.", "seen": seen})
    assert (late.status_code, "saved this copy while you worked on it" in late.text) == (422, True)
    assert all(f"The {which} officer&#39;s words." in late.text for which in ("first", "second"))
    assert "second officer" not in client.get(made).text
    [seen] = re.findall(r'name="seen" value="(\w+)"', late.text)
    answer = client.post(
        made, data=named | {"text": "She died.", "release": "yes", "seen": seen}, follow_redirects=True
    ).text
    assert re.search(r"Released on Monday 23 November 2026", answer)
    assert client.get(f"{made}/copy.pdf").headers["Content-Disposition"].endswith("publication-copy-1.pdf")
    with sessions.reading() as session:
        case = session.scalars(select(Case)).one()
        (copy,) = publication.of_case(session, case)
        assert copy.found == []
