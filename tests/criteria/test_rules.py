"""The statutory tests against truth tables written from the law, not from the software."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from jcr import criteria
from jcr.criteria import FACTS, adult, child, domestic, joint_review_proposed, overlaps
from jcr.criteria.domestic_deaths import BY_WHOM
from jcr.criteria.facts import CONNECTIONS
from jcr.criteria.other_routes import other_routes
from jcr.rule_sets import RULE_SETS, child_edition

YES, NO, UNKNOWN = "yes", "no", "not_known"
THREE = (YES, NO, UNKNOWN)


def both(*answers: str) -> str:
    """The law's "and", worked out by ranking: no is weakest, yes strongest."""
    return min(answers, key=(NO, UNKNOWN, YES).index)


def either(*answers: str) -> str:
    return max(answers, key=(NO, UNKNOWN, YES).index)


def turned(answer: str) -> str:
    return {YES: NO, NO: YES}.get(answer, UNKNOWN)


def old_enough(age: int | None, least: int) -> str:
    return UNKNOWN if age is None else YES if age >= least else NO


def tables(*names: str, **ages: tuple[int | None, ...]):
    """Every combination of three answers to each name, with every age given."""
    for answers in product(THREE, repeat=len(names)):
        for chosen in product(*ages.values()):
            yield dict(zip(names, answers, strict=True)) | dict(zip(ages, chosen, strict=True))


# --- Child ------------------------------------------------------------------------------------------------


@pytest.mark.tor("1.2")
def test_a_serious_child_case_is_abuse_with_death_or_serious_harm_of_someone_under_18():
    names = ("abuse_or_neglect_known_or_suspected", "died", "seriously_harmed")
    for facts in tables(*names, subject_age=(0, 17, 18, None)):
        abuse, died, harmed = (facts[name] for name in names)
        serious = both(abuse, either(died, harmed))
        under_18 = turned(old_enough(facts["subject_age"], 18))
        test = child(facts)
        assert test.finding("serious_child_case").answer == serious, facts
        assert test.met == both(under_18, serious), facts


def test_the_panel_is_told_where_the_harm_was_ours_or_a_child_of_ours_was_harmed_abroad():
    names = ("harm_occurred_in_LA_area", "normally_resident_in_LA", "harm_outside_England")
    serious = {"abuse_or_neglect_known_or_suspected": "suspected", "died": True, "subject_age": 3}
    for facts in tables(*names):
        ours = either(facts[names[0]], both(facts[names[1]], facts[names[2]]))
        assert child(serious | facts).finding("notifiable_to_panel").answer == ours, facts


def test_notices_of_death_do_not_turn_on_abuse():
    names = ("looked_after", "care_leaver", "died")
    for facts in tables(*names, subject_age=(10, 24, 25, None)):
        test = child(facts | {"abuse_or_neglect_known_or_suspected": "no"})
        young = turned(old_enough(facts["subject_age"], 25))
        assert test.finding("lac_death_notice").answer == both(facts["looked_after"], facts["died"]), facts
        leaver = both(facts["care_leaver"], young, facts["died"])
        assert test.finding("care_leaver_notice").answer == leaver, facts


def test_meeting_the_criteria_does_not_oblige_a_review_and_considerations_do_not_decide():
    facts = {"abuse_or_neglect_known_or_suspected": "yes", "seriously_harmed": "yes", "subject_age": 9}
    test = child(facts | {"improvements_needed": "no", "recurrent_themes": "no"})
    assert test.met == "yes"
    assert any(note.startswith("Meeting the criteria does not oblige") for note in test.notes)
    assert [limb.answer for limb in test.considerations] == [NO, NO, *[UNKNOWN] * 6]
    assert {limb.paragraph for limb in test.considerations[4:]} == {"Working Together; to be confirmed"}


def test_a_child_is_judged_by_the_edition_in_effect_on_the_day():
    begins = RULE_SETS["child-2026"].effective
    assert begins is not None
    assert child_edition(begins).key == "child-2026"
    assert child_edition(date(2026, 3, 18)).key == "child-2023"
    assert child({}, child_edition(date(2024, 1, 2))).rule_set.edition.endswith("2023")


def test_an_unborn_child_can_be_in_scope():
    facts = {"abuse_or_neglect": "known", "died": "yes", "unborn": "yes"}
    assert child(facts).met == "yes"


@pytest.mark.tor("3.7")
def test_an_audit_for_a_child_case_that_meets_the_criteria_is_a_review():
    assert criteria.learning_activity_is_review("yes", True)
    assert not criteria.learning_activity_is_review("no", True)
    assert not criteria.learning_activity_is_review("yes", False)


# --- Adult ------------------------------------------------------------------------------------------------


@pytest.mark.tor("1.5")
def test_a_mandatory_and_a_discretionary_review_are_told_apart_in_every_combination():
    names = (
        "in_SAB_area",
        "has_care_and_support_needs",
        "reasonable_cause_for_concern",
        "died",
        "death_from_abuse_or_neglect",
        "serious_abuse_or_neglect",
    )
    for facts in tables(*names, subject_age=(17, 18, None)):
        area, needs, concern, died, from_abuse, serious = (facts[name] for name in names)
        person = both(old_enough(facts["subject_age"], 18), area, needs)
        conditions = either(both(died, from_abuse), both(turned(died), serious))
        mandatory = both(person, concern, conditions)
        test = adult(facts)
        assert test.met == mandatory, facts
        assert test.finding("sar_mandatory").answer == mandatory, facts
        assert test.finding("sar_discretionary").answer == both(person, turned(mandatory)), facts


def test_the_long_names_of_the_law_and_alive_are_understood():
    facts = {
        "age": 70,
        "in SAB area": "Yes",
        "care-and-support-needs": "yes",
        "reasonable_cause_for_concern_how_agencies_worked_together": True,
        "alive": "yes",
        "known_or_suspected_serious_abuse_or_neglect": "suspected",
    }
    assert adult(facts).met == "yes"


def test_whoever_was_17_when_it_happened_and_died_at_18_is_looked_at_as_child_and_as_adult():
    facts = {"date_of_birth": "2008-11-20", "incident_date": "2026-11-02", "date_of_death": "2026-11-23"}
    facts |= {"subject_age": 17, "victim_age": 18, "abuse_or_neglect": "yes"} | dict.fromkeys(SAR, "yes")
    assert (child(facts).met, adult(facts).met) == ("yes", "yes")
    assert "child_and_adult" in [overlap.key for overlap in overlaps(facts)]
    leaver = {"care_leaver": "yes", "died": "yes", "subject_age": 24, "victim_age": 25}
    assert child(leaver).finding("care_leaver_notice").answer == "no"


@pytest.mark.parametrize(
    "facts, routes, claimed, expected",
    [
        ({"subject_age": 16, "died": "yes"}, ["child"], [], ["domestic"]),
        ({"subject_age": 16, "died": "yes"}, ["domestic"], [], ["child"]),
        ({"subject_age": 15, "died": "yes"}, ["child"], ["related"], []),
        ({"subject_age": 30, "died": "yes"}, ["adult"], [], []),
        ({"subject_age": 30, "died": "yes"}, ["adult"], ["married"], ["domestic"]),
        ({"subject_age": 30}, ["domestic"], ["has_care_and_support_needs"], ["adult"]),
        (
            {"subject_age": 17, "died": "yes"} | dict.fromkeys((*CONNECTIONS, *BY_WHOM), "no"),
            ["child"],
            [],
            [],
        ),
        ({"unborn": "yes"}, ["adult"], [], ["child"]),
        ({}, ["adult"], [], []),
    ],
)
def test_routes_the_case_is_not_on_are_pointed_to_where_the_facts_or_the_referral_speak_for_them(
    facts, routes, claimed, expected
):
    assert [one.route for one in other_routes(facts, routes, claimed)] == expected


def test_nobody_under_18_has_a_safeguarding_adult_review():
    test = adult({"subject_age": 17})
    assert test.met == "no"
    assert test.finding("sar_discretionary").answer == "no"
    assert "the person was 17, which is under 18" in test.because


SAR = (
    "in_sab_area",
    "has_care_and_support_needs",
    "reasonable_cause_for_concern",
    "death_from_abuse_or_neglect",
)

# --- Domestic ---------------------------------------------------------------------------------------------

AGES = (15, 16, None)


@pytest.mark.tor("1.7")
def test_the_test_of_2004_in_every_combination():
    names = (
        "died",
        "violence_abuse_or_neglect",
        "related",
        "intimate_personal_relationship",
        "same_household",
    )
    for facts in tables(*names, victim_age=AGES):
        died, violence, *relationship = (facts[name] for name in names)
        expected = both(old_enough(facts["victim_age"], 16), died, violence, either(*relationship))
        assert domestic(facts).met == expected, facts


@pytest.mark.tor("1.7")
def test_the_test_of_2024_in_every_combination():
    names = ("died", "personally_connected", "domestic_abuse")
    for facts in tables(*names, victim_age=AGES, perpetrator_age=AGES):
        ages = (old_enough(facts["victim_age"], 16), old_enough(facts["perpetrator_age"], 16))
        expected = both(*ages, *(facts[name] for name in names))
        assert domestic(facts, regime="dardr_2024").met == expected, facts


LODGER = {
    "died": "yes",
    "victim_age": 40,
    "perpetrator_age": 40,
    "violence_abuse_or_neglect": "yes",
    "related": "no",
    "intimate_personal_relationship": "no",
    "same_household": "yes",
    "personally_connected": "no",
    "domestic_abuse": "yes",
}


@pytest.mark.tor("1.7")
def test_a_lodger_is_inside_the_old_test_and_outside_the_new_and_both_are_shown():
    test = domestic(LODGER)
    assert (test.regime, test.met) == ("dhr_2004", "yes")
    assert test.beside is not None
    assert (test.beside.regime, test.beside.met) == ("dardr_2024", "no")
    assert [limb.answer for limb in test.findings] == ["yes", "no"]


@pytest.mark.parametrize("connection", ["married", "agreed_to_marry", "parental_relationship", "relatives"])
def test_any_one_of_the_seven_connections_is_enough(connection):
    facts = {
        "died": "yes",
        "victim_age": 40,
        "perpetrator_age": 41,
        "domestic_abuse": "yes",
        connection: "yes",
    }
    assert domestic(facts, regime="dardr_2024").met == "yes"


def test_the_regime_follows_the_date_of_death_once_commencement_is_set():
    commenced = date(2027, 1, 1)
    assert domestic(LODGER | {"date_of_death": "2026-12-31"}, commenced_on=commenced).regime == "dhr_2004"
    assert domestic(LODGER | {"date_of_death": "2027-01-01"}, commenced_on=commenced).regime == "dardr_2024"
    assert domestic(LODGER | {"date_of_death": "2027-01-01"}).regime == "dhr_2004"


def test_a_regime_nobody_knows_is_refused_with_the_choices():
    with pytest.raises(ValueError, match=r"Choose dhr_2004 or dardr_2024\."):
        domestic(LODGER, regime="dhr_1999")


@pytest.mark.parametrize(
    "facts, note",
    [
        (
            {"personally_connected": "no", "agreed_to_marry": "yes"},
            "had agreed to marry, and that they were not",
        ),
        (
            {"personally_connected": "yes"} | dict.fromkeys(CONNECTIONS, "no"),
            "every connection is answered no",
        ),
    ],
)
def test_a_connection_that_is_both_said_and_denied_decides_nothing_until_somebody_checks(facts, note):
    test = domestic(LODGER | facts, regime="dardr_2024")
    assert test.met == "not_known"
    assert any(note in one for one in test.notes)


def test_a_husband_or_wife_is_a_partner_for_the_test_of_2004_also_where_nobody_asked():
    facts = {"died": "yes", "victim_age": 40, "violence_abuse_or_neglect": "yes", "married": "yes"}
    assert domestic(facts).met == "yes"


def test_a_suicide_that_gives_rise_to_concern_counts_under_the_guidance_of_2016():
    facts = LODGER | {"violence_abuse_or_neglect": "no", "suicide_with_concern": "yes"}
    assert domestic(facts).met == "yes"


# --- Facts, reasons and what is still needed --------------------------------------------------------------


@pytest.mark.parametrize("value", ["No.", "N", "no "])
def test_a_no_may_be_written_in_any_way(value):
    assert child({"abuse_or_neglect_known_or_suspected": value, "died": "yes", "subject_age": 3}).met == "no"


@pytest.mark.parametrize(
    "value", [None, "", "unknown", "Not known", "not_known", "not yet known", "don’t know", "TBC", "perhaps"]
)
def test_whatever_is_not_plainly_yes_or_no_counts_as_not_yet_known(value):
    facts = {"abuse_or_neglect_known_or_suspected": value, "died": "yes", "subject_age": 3}
    assert child(facts).met == "not_known"


def test_an_answer_nobody_understands_is_pointed_out():
    notes = child({"died": "perhaps", "subject_age": "old"}).notes
    assert (
        "The answer “perhaps” to “Has the person died?” is not yes, no or not known: answer it again."
        in notes
    )
    assert any(note.startswith("The age “old” is not a number") for note in notes)


def test_a_no_decides_although_other_facts_are_missing_and_then_nothing_more_is_needed():
    test = child({"abuse_or_neglect_known_or_suspected": "no"})
    assert (test.met, test.needed) == ("no", ())
    assert test.because == (
        "The test for a local child safeguarding practice review is not met: "
        "abuse or neglect of the child is neither known nor suspected."
    )


def test_nobody_is_told_to_have_died_who_may_be_alive():
    assert "the person was 4, which is under 16" in domestic({"subject_age": 4}).because
    assert "the person who died was 4" in domestic({"subject_age": 4, "died": "yes"}).because


def test_a_reason_that_two_limbs_share_is_told_once():
    """Whether the person died is asked by both conditions of s.44."""
    names = ("in_sab_area", "has_care_and_support_needs", "reasonable_cause_for_concern")
    known = dict.fromkeys((*names, "death_from_abuse_or_neglect", "serious_abuse_or_neglect"), YES)
    assert adult(known | {"subject_age": 75}).because.count("whether the person has died") == 1


def test_the_facts_still_needed_become_questions():
    test = child({"abuse_or_neglect_known_or_suspected": "yes", "subject_age": 3})
    assert test.needed == ("died", "seriously_harmed")
    assert criteria.questions(test.needed)[0] == "Has the person died?"


def test_settling_every_fact_still_needed_settles_the_test():
    for rule in (child, adult, domestic):
        facts: dict[str, object] = {}
        while needed := rule(facts).needed:
            facts |= {key: 30 if key.endswith("_age") else "yes" for key in needed}
        assert rule(facts).met != "not_known"


def test_ages_are_worked_out_from_dates():
    facts = {"date_of_birth": "2008-12-01", "incident_date": date(2026, 11, 22), "died": "yes"}
    assert child(facts | {"abuse_or_neglect": "yes"}).met == "yes"
    assert adult(facts).met == "no"


def test_contradictions_are_pointed_out_and_nothing_is_guessed():
    born_late = child({"date_of_birth": "2020-01-02", "date_of_death": "2020-01-01"})
    assert any("is before the date of birth" in note for note in born_late.notes)
    twice = child({"died": "yes", "death": "no"})
    assert twice.finding("lac_death_notice").parts[1].answer == "not_known"
    assert any("answered both yes and no" in note for note in twice.notes)


def test_every_limb_names_its_paragraph_and_every_needed_fact_has_a_question():
    for test in (child({}), adult({}), domestic({})):
        assert test.met == "not_known"
        assert test.source
        assert all(limb.paragraph and limb.question and limb.because for limb in test.limbs)
        assert set(test.still_to_ask) <= set(FACTS)


def test_each_rule_set_carries_its_edition_its_source_and_the_name_to_print():
    for one in criteria.RULE_SETS.values():
        assert one.edition
        assert one.source
        assert one.printed
        assert one.effective or one.note


# --- Overlaps and joint reviews ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        ({"subject_age": 17, "died": "yes", "related": "yes"}, "child_and_domestic"),
        (
            {
                "subject_age": 60,
                "died": "yes",
                "intimate_personal_relationship": "yes",
                "care_and_support_needs": "yes",
            },
            "adult_and_domestic",
        ),
        ({"subject_age": 20, "died": "yes", "care_leaver": "yes"}, "care_leaver_and_adult"),
        ({"subject_age": 15, "has_care_and_support_needs": "yes"}, "not_an_adult"),
    ],
)
def test_routes_that_stand_side_by_side_are_surfaced(facts, key):
    assert [overlap.key for overlap in overlaps(facts)] == [key]


def test_unknown_facts_raise_no_overlap():
    assert overlaps({}) == ()
    assert overlaps({"subject_age": 17}) == ()


@pytest.mark.tor("3.8")
def test_a_joint_review_is_proposed_where_two_tests_are_met():
    facts = LODGER | {"subject_age": 17, "abuse_or_neglect": "yes"}
    tests = [child(facts), adult(facts), domestic(facts)]
    answer = joint_review_proposed(tests)
    assert answer
    assert answer.because.startswith("The child and domestic tests are met")
    assert not joint_review_proposed(tests[:2])


def test_a_joint_review_waits_for_the_test_that_is_still_open():
    answer = joint_review_proposed([domestic(LODGER), adult({"subject_age": 40})])
    assert not answer
    assert answer.because == "Not yet: still without an answer on the adult side."
