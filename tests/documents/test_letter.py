"""A letter says what was stored, word for word, and obeys nothing in it."""

import io
from collections.abc import Callable

import pikepdf

from forms.paper.text import prose
from jcr.documents.letter import Letter, render
from tests.documents.samples import letters
from tests.documents.samples.words import HOSTILE
from tests.pages import pages_of

Words = Callable[[bytes], str]


def test_a_decision_letter_carries_its_words_in_reading_order(words: Words) -> None:
    text = words(letters.plain())
    order = [
        "OFFICIAL-SENSITIVE",
        "Ms Siân Ŵyn",
        "Your reference WVT/2026/118",
        "Decision on your referral of 3 November 2026",
        "Dear Ms Ŵyn",
        "What was considered",
        "• whether the child has been seriously harmed;",
        "accepted the recommendation on 20 November 2026.",
        "Yours sincerely",
        "Alwyn Price",
        "How to reach us",
    ]
    places = [text.find(part) for part in order]
    assert -1 not in places, dict(zip(order, places, strict=True))
    assert places[1:] == sorted(places[1:])


def test_each_page_bears_marking_reference_and_number(words: Words) -> None:
    text = words(letters.awkward())
    assert text.count("OFFICIAL-SENSITIVE") == 5
    assert text.count("JCR-2026-0001 · 23 November 2026") == 5
    assert "Page 1 of 5" in text
    assert "Page 5 of 5" in text


def test_markup_in_a_letter_is_printed_and_not_obeyed(words: Words) -> None:
    assert HOSTILE in words(letters.awkward())


def test_an_address_in_the_text_becomes_a_link_and_a_script_does_not() -> None:
    assert b"mailto:jcr@example.org" in letters.plain()
    assert b"/URI (javascript" not in letters.awkward()


def test_arabic_names_are_copied_in_the_order_they_are_read() -> None:
    with pikepdf.open(io.BytesIO(letters.awkward())) as pdf:
        read = {str(thing.ActualText) for thing in pdf.objects if "/ActualText" in _entries(thing)}
    assert read == {"محمد الأحمد"}


def test_a_list_may_meet_the_end_of_the_page_at_any_line(words: Words) -> None:
    for lines in range(28, 40):
        body = "\n\n".join(
            ["Dear colleague"] + ["A line."] * lines + ["- first\n- second\n- third, " + "on " * 60]
        )
        text = words(render(Letter("Office", "", "", "", "", (), "Heading", body, ("Yours", "Ann"), ())))
        assert all(f"• {word}" in text for word in ("first", "second", "third")), lines


def test_no_page_begins_or_ends_with_a_bullet_or_a_line_that_has_no_company() -> None:
    listed = "You may say:\n\n- one is new\n- two was wrong\n- three was overlooked\n- four is else"
    told = "Long words. " * 40  # four lines or more
    for lines in range(20, 44):
        for ending in (
            f"{listed}\n\nAnn answers.\n\n{told}",
            f"{told}\n\n## Say\n\n{listed}",
            f"{told}\n\n{listed}",
        ):
            body = "\n".join(["A line."] * lines) + f"\n\n{ending}"
            made = render(Letter("Office", "", "", "", "", (), "Heading", body, ("Yours", "Ann"), ()))
            for page in pages_of(made):
                said = [line.strip() for line in page.splitlines() if line.strip()]
                shown = [line for line in said if line != "Office" and not line.startswith("Page ")]
                where = (lines, ending[:9], shown)
                assert not shown[0].startswith(("• one", "• two", "• four")), where
                assert not shown[-1].startswith(("You may say", "Say", "• one", "• three")), where
                assert not shown[0].startswith("words.") or not shown[1].startswith(("Ann", "Say", "You")), (
                    where
                )


def test_below_a_list_is_as_much_room_as_below_a_paragraph() -> None:
    first, last, text = prose("- first\n- last\n\nA line.")
    assert first.getSpaceAfter() < last.getSpaceAfter() == text.getSpaceAfter()


def _entries(thing: pikepdf.Object) -> set[str]:
    return set(thing.keys()) if isinstance(thing, pikepdf.Dictionary) else set()
