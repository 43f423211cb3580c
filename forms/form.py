"""What every form of the partnership is: questions in topics, an edition, and checks between the answers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, ParamSpec, Self, TypeVar, cast

from forms.conditions import Standing, When, standing
from forms.rows import Rows
from forms.sheet import Sheet

P = ParamSpec("P")
T = TypeVar("T")


def once_for_each(make: Callable[P, T]) -> Callable[P, T]:
    """Keeps what `make` returned for each form it was given: a form's class is the same all through a process.

    Plain `lru_cache` would do, but type checkers do not see that a class is hashable whatever its instances are.
    """
    return cast("Callable[P, T]", lru_cache(maxsize=32)(make))


@once_for_each
def definition(form: "type[Form]") -> "Form":
    """The form to be asked about its questions, made once. It is everybody's: nobody fills it in."""
    return form()


@dataclass(frozen=True)
class Topic:
    """One page of questions: its key in addresses, its heading, and the names of its questions in order."""

    key: str
    title: str
    names: tuple[str, ...]
    guidance: str = ""


@dataclass(frozen=True)
class Stamp:
    """What a form sent out carries, so that it is known again when it comes back."""

    kind: str
    edition: int
    reference: str = ""
    agency: str = ""
    token: str = ""

    @property
    def subject(self) -> str:
        """The form and its edition, as documents carry them: form:referral:1."""
        return f"form:{self.kind}:{self.edition}"

    @property
    def identifier(self) -> str:
        """Reference, agency and token with strokes between; empty for a form that was sent to nobody."""
        given = (self.reference, self.agency, self.token)
        return "/".join(given) if any(given) else ""


class Form(Sheet):
    """One form in one edition. A form that was sent out is frozen: a change makes a new edition.

    `topics` are the pages a person answers; `given` holds questions the office has answered before it
    sends the form, printed on documents and not asked on the web. `fullest` are answers of the office under
    which every question is asked. `renamed` leads names of an earlier edition to those of the next.
    """

    kind = ""
    edition = 0
    title = ""
    purpose = ""
    topics: tuple[Topic, ...] = ()
    given: Topic | None = None
    fullest: Mapping[str, Any] = {}
    renamed: Mapping[str, str] = {}

    def __init__(
        self,
        formdata: Any = None,
        *,
        data: Mapping[str, Any] | None = None,
        only: Iterable[str] | None = None,
        today: date | None = None,
    ):
        """From a post, or from stored answers under their canonical names.

        `only` cuts the form down to some questions; the stored answers to the others still decide
        what is asked. `today` is the day against which dates in the future are told.
        """
        self.known = dict(data or {})
        self.only = None if only is None else frozenset(only)
        self.today = today or date.today()
        super().__init__(formdata or None, data=data)

    def process(self, formdata: Any = None, obj: Any = None, data: Any = None, **kwargs: Any) -> None:
        for name in [name for name in self._fields if self.only is not None and name not in self.only]:
            del self[name]
        super().process(formdata, obj, data, **kwargs)

    @classmethod
    def from_answers(cls, answers: Mapping[str, Any], today: date | None = None) -> Self:
        """The form with these answers, checked just as if a browser had posted them."""
        form = cls(data=answers, today=today)
        form.validate()
        return form

    @classmethod
    def asked(cls, answers: Mapping[str, Any]) -> list[str]:
        """The names of the questions that are not hidden under these answers, in the order of the form."""
        form = cls(data=answers)
        return [name for name in form._fields if form.standing(name) is not Standing.HIDDEN]

    @classmethod
    def topic(cls, key: str) -> Topic:
        """The topic with this key; KeyError when the form has none."""
        for topic in cls.topics:
            if topic.key == key:
                return topic
        raise KeyError(f"the {cls.kind} form has no topic {key!r}")

    @classmethod
    def unknown(cls, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Answers that no question of this form takes, rows' too, so that they are shown and not lost."""
        form = cls(data=answers)
        found = {name: value for name, value in answers.items() if name not in form._fields}
        for question in form.questions:
            if isinstance(question, Rows):
                found |= _unknown_in_rows(question, answers.get(question.short_name))
        return found

    def elsewhere(self) -> dict[str, Any]:
        """The stored answers to questions that are not on this sheet."""
        return {name: value for name, value in self.known.items() if name not in self._fields}

    def surroundings(self) -> dict[str, Any]:
        """What conditions look at beside this sheet: stored answers and, where there is none, assumed ones."""
        assumed = {name: value for name, value in self.assumed.items() if name not in self._fields}
        return {**assumed, **self.elsewhere()}

    def around(self, name: str) -> Any:
        if name in self._fields:
            return None
        return self.known[name] if name in self.known else self.assumed.get(name)

    @cached_property
    def assumed(self) -> dict[str, Any]:
        """What conditions reckon with until there is an answer, of the whole form as `conditions` are."""
        declared = ((name, bound.kwargs.get("assumed")) for name, bound in self._unbound_fields)
        return {name: value for name, value in declared if value}

    def printed(self, topic: Topic) -> list[str]:
        """The names in a topic that a document asks: all but those ruled out by what the office has answered.

        The answers of the person who fills it in rule out nothing here, because they may yet change.
        """
        given = self.given.names if self.given else ()
        facts = self.facts()
        settled = {name: facts[name] for name in given if name in facts}
        return [
            name
            for name in topic.names
            if standing(name, self.conditions, settled.get) is not Standing.HIDDEN
        ]

    @cached_property
    def conditions(self) -> dict[str, When | None]:
        """The conditions of the whole form, also when it is cut down to a topic."""
        return {name: bound.kwargs.get("when") for name, bound in self._unbound_fields}

    def merged(self) -> dict[str, Any]:
        """The stored answers with this topic's put in their place: what a draft keeps, wrong answers too."""
        return {**self.elsewhere(), **self.typed()}


def _unknown_in_rows(question: Rows, rows: Any) -> dict[str, Any]:
    known = {name for name, _ in question.entries[0]._unbound_fields}
    return {
        f"{question.short_name}.{number}.{name}": value
        for number, row in enumerate(question.canonical(rows))
        for name, value in row.items()
        if name not in known
    }
