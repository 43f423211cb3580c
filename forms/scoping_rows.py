"""The rows of a scoping return: the events of an agency's records, and what it recommends to itself."""

from forms.fields import Date, RoughDate, Row, Text, Time


class ChronologyLine(Row):
    """One event in the agency's records."""

    date = RoughDate(
        "Date", required=True, ask="Enter the date", hint="Or a period, like November 2023", limit=60
    )
    time = Time("Time")
    source = Text("Source of the record")
    event = Text("What happened", required=True, ask="Say what happened", limit=10_000)
    action = Text("Action taken", limit=10_000)
    impact = Text("Effect, or your comment", limit=10_000)


class OwnRecommendation(Row):
    """What an agency recommends to itself after its management review."""

    task = Text("What is to be done", required=True, ask="Say what is to be done", limit=10_000)
    owner = Text("Who does it", required=True, ask="Enter who does it")
    due_on = Date("By when", required=True, what="The day it is due", ask="Enter the day it is due")
    expected = Text("What should be different then", limit=10_000)
