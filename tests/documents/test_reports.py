"""Copies of forms, and the rapid review report."""

import io
from collections.abc import Callable

from pypdf import PdfReader

from jcr.documents import action_log
from jcr.documents.action_log import Line
from tests.documents.samples import reports

Words = Callable[[bytes], str]


def test_a_copy_of_a_referral_shows_every_answer(words: Words) -> None:
    text = words(reports.plain_referral())
    for part in (
        "Received 3 November 2026",
        "Your name Siân Ŵyn",
        "Telephone Not answered",
        "C.D. Mother 1998",
        "Person 1 Date of birth 4 May 2024",
        "What happened The health visitor called",
    ):
        assert part in text, part
    assert text.count("The health visitor called and nobody answered.") == 12


def test_what_was_typed_in_a_form_is_copied_as_typed(words: Words) -> None:
    assert "## A heading & <b>" in words(reports.awkward_referral())


def test_in_the_action_log_no_number_date_or_age_is_broken_over_lines() -> None:
    line = Line(
        "A12345",
        "JCR-2026-12345",
        "See",
        "",
        "",
        "Brzęczyszczykiewicz-Żółć",
        "",
        "30 Sept 2026",
        True,
        "1,234 days",
    )
    page = PdfReader(
        io.BytesIO(action_log.render(action_log.ActionLog("Office", "", "Monday", [line])))
    ).pages[0]
    told = [one.strip() for one in page.extract_text().splitlines()]
    for whole in ("A12345", "Case: JCR-2026-12345", "30 Sept 2026", "Late", "1,234 days"):
        assert whole in told, told


def test_a_part_without_answers_says_so(words: Words) -> None:
    assert "Nothing was answered in this part." in words(reports.awkward_referral())


def test_the_report_gives_the_decision_maker_the_recommendation_first(words: Words) -> None:
    text = words(reports.plain_report())
    headings = (
        "Recommendation",
        "Rationale",
        "Dissent",
        "What happened",
        "The criteria",
        "Signed and ratified",
    )
    places = [text.find(heading, 200) for heading in headings]
    assert places == sorted(places)
    assert -1 not in places


def test_the_report_shows_each_criterion_with_its_evidence(words: Words) -> None:
    text = words(reports.plain_report())
    assert "Abuse or neglect known or suspected s.16C(1) Met Police return" in text
    assert "Eleri Maddox Chief Executive, council Accepted The reasons are sound. 7 December 2026" in text


def test_an_unratified_report_says_that_nothing_is_decided(words: Words) -> None:
    text = words(reports.bare_report())
    assert "This recommendation has not been ratified. Nothing in it is a decision yet." in text
    assert "Equality, racism and protected characteristics Nothing was recorded." in text
