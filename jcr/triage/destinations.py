"""Where a referral belongs that is not for this process: each with what that process is, in words for the letter."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Destination:
    """`name` stands on the page; `is_for` completes the sentence "It is for ..." in the letter."""

    name: str
    is_for: str


DESTINATIONS = {
    "mash": Destination(
        "Children’s social care (MASH): a child may be at risk",
        "children’s social care, which looks into concerns that a child is at risk (Children Act 1989 s.47)",
    ),
    "adult_enquiry": Destination(
        "Adult social care: a safeguarding enquiry",
        "adult social care, which makes enquiries about an adult at risk (Care Act 2014 s.42)",
    ),
    "cdop": Destination(
        "Child Death Overview Panel",
        "the Child Death Overview Panel, which reviews the death of every child (Children Act 2004 s.16M)",
    ),
    "lado": Destination(
        "Local authority designated officer (LADO)",
        "the local authority designated officer, who deals with allegations against people who work with children",
    ),
    "position_of_trust": Destination(
        "People in positions of trust: adults",
        "the local process for allegations against people in positions of trust who work with adults",
    ),
    "patient_safety": Destination(
        "The health organisation: patient safety incident response",
        "the health organisation concerned, under the patient safety incident response framework",
    ),
    "leder": Destination(
        "LeDeR: the life and death of a person with a learning disability or autism",
        "LeDeR, which reviews the lives and deaths of people with a learning disability and autistic people",
    ),
    "other_partnership": Destination(
        "The partnership of another area",
        "the safeguarding partnership or board of the area where it happened",
    ),
    "police": Destination("The police", "the police, to whom a possible crime is reported"),
    "other": Destination("Another process", "the body named below"),
}
