"""What a document tells the person who fills it in: labels, conditions in words, and how to return it."""

from forms.conditions import When
from forms.fields import Choice, Choices
from forms.form import Form, Topic
from forms.question import Question
from forms.sheet import Sheet

MARKING = "OFFICIAL-SENSITIVE"
REQUIRED = " *"
HOW_TO_FILL_IN = (
    "Questions marked * must be answered. Leave a box empty if you have nothing to say in it. "
    "Send the form by secure e-mail only, to the address it came from."
)


def label(question: Question) -> str:
    """The label as documents print it, marked where an answer is needed."""
    return question.label.text + (REQUIRED if question.required else "")


def printed_label(question: Question) -> str:
    """The label with its mark kept on the same line as its last word."""
    return label(question).replace(REQUIRED, "\u00a0*")


def short(option: str) -> str:
    """The words of an option before its explanation in brackets or after a comma."""
    return option.split(" (")[0].split(", ")[0].split(": ")[0]


def condition(sheet: Sheet, when: When | None) -> str:
    """A condition in words: If you answered “Yes” to “Has the person died?”. Empty when there is none."""
    if when is None or when[0] in given_by_the_office(sheet):
        return ""
    other = find(sheet, when[0])
    if not isinstance(other, Choice):
        return ""
    wordings = " or ".join(f"“{short(other.options[code])}”" for code in when[1] if code in other.options)
    if isinstance(other, Choices):
        return f"If you chose {wordings}"
    return f"If you answered {wordings} to “{other.label.text}”"


def find(sheet: Sheet, name: str) -> Question | None:
    """A question of this sheet or of the form it is a row of."""
    found: Question | None = sheet._fields.get(name)
    outer = getattr(sheet, "outer", None)
    return found if found is not None or outer is None else find(outer, name)


def given_by_the_office(sheet: Sheet) -> tuple[str, ...]:
    """The names of questions the office answers before it sends the form: nobody is told to look at them."""
    given = getattr(getattr(sheet, "outer", sheet), "given", None)
    return given.names if given else ()


def shared_condition(form: Form, topic: Topic) -> When | None:
    """The condition under which the whole topic is asked, if all its questions hang on the same one."""
    roots = {
        form[name].when
        for name in topic.names
        if not form[name].when or form[name].when[0] not in topic.names
    }
    return roots.pop() if len(roots) == 1 else None


def notes(sheet: Sheet, question: Question, said: When | None = None) -> str:
    """Condition and hint of a question in one line; a condition already said above is not repeated."""
    when = question.when if question.when != said else None
    return ". ".join(part for part in (condition(sheet, when), question.hint) if part)
