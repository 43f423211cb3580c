"""Where the reader stands in a form: its part, the person last spoken of, the open prompt; the pairs made so far."""

from collections.abc import Sequence
from dataclasses import replace

from . import follow_ups
from .bare_words import PARTS_TOLD
from .glyphs import EMPTY, TICKED
from .happening import names_the_dead
from .labels import plain
from .layout import Line
from .meaning import Match, Place
from .names import ANYBODY, Names
from .naming import says_who_writes
from .pairs import Pair, Pairs
from .prompts import BY_WHAT, GOES_ON, INLINE, WHERE_TO
from .split import looks_like_role
from .waiting import BY_WORDS, Open, ticks_criterion
from .whose import only_says_whose, writer

BY_CONTEXT = 0.8  # so sure is what only its surroundings tell
_PROSE = 8  # words
_NEXT = 2  # lines, one of which may be blank
LONGEST_TITLE = 5  # words of a heading that ends with a full stop
OF_A_WRITER = ("agency_name", "author_role", "referrer_agency", "referrer_role")
_WRITERS = ("referrer_name", "author_name")
_SEVERAL = 2  # boxes
AND_WHERE = {"referrer_role": ("referrer_agency",), "author_role": ("agency_name",)}


class Standing:
    """Knows what a label asks where it stands, and makes pairs of the prompts that were answered."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.made = Pairs()
        self.section = ""
        self.person = ""
        self.open: Open | None = None
        self.held: list[Line] = []
        self.signed: int | None = None  # the line in which the writer signed a letter with their name
        self.written_by: set[str] = set()  # the names of those who write
        self.sent: int | None = None  # the line that says where the form goes
        self.put_off: Open | None = None  # a prompt of this table, with labels of its own before its answer

    @property
    def place(self) -> Place:
        return Place(self.section, self.person)

    def known(self, label: str) -> Match | None:
        """Return what a label asks here; "Person's name" asks for the subject's once the writer's was asked for."""
        named = plain(label) in ANYBODY and f"{writer(self.names.kind)}_name" in self.made.asked
        return self.names.match(label, Place("subject") if named else self.place)

    def close(self) -> None:
        """Make a pair of the open prompt and what was found below it."""
        waiting, self.open = self.open, None
        if waiting is None:
            return
        if waiting.match and waiting.in_table and not (waiting.answer or waiting.head):
            self.put_off = waiting if waiting.match.name in GOES_ON else None
        label, answer, how = waiting.parted()
        where = (waiting.label if waiting.head else waiting.answer or waiting.label)[0]
        lead = waiting.match is not None and waiting.match.name.startswith("safeguarding_lead_")
        if lead and not (answer or waiting.head):
            self.person = "lead"  # a line of its own, over those that ask who it is
        self.add(label, answer, (*waiting.label, *waiting.answer), where, how, waiting.match)

    def add(
        self,
        label: str,
        answer: str,
        lines: Sequence[Line],
        where: Line,
        how: str,
        match: Match | None = None,
    ) -> None:
        numbers = tuple([line.number for line in lines])
        match = follow_ups.further(self.made.pairs, label) or match
        match = match or self.known(label)
        match = match or follow_ups.meant(self.made.pairs, label, answer) or self._criteria_boxed(answer)
        if follow_ups.taken_up(self.made.pairs, label, answer, numbers, match):
            return
        if match and names_the_dead(match.name, label, answer):
            match = Match(("subject_name",), BY_WORDS, "subject", True)
        if match and match.explicit:
            anew = match.person == "gp" and "subject_address" not in self.made.asked
            self.person = "" if anew else match.person
        elif match and match.name == "subject_details":
            self.person = "subject"  # "Re: Jo Fay, born 1/2/1980", and the rest of what is known of her
        elif match and match.name == "alleged_perpetrators":
            self.person = "perpetrator"
        elif match and self.person in ("", "subject") and not self.section and match.name in OF_A_WRITER:
            self.person = writer(self.names.kind)  # one box for both: whoever follows is not the child
        if match and match.name in _WRITERS:
            self.written_by |= {answer.strip(), answer.partition(",")[0].strip()}
        marked = tuple(word for line in lines for word in line.marked)
        self.made.pairs.append(Pair(label, answer, numbers, where.where, how, match, self.section, marked))

    def _criteria_boxed(self, answer: str) -> Match | None:
        """Return that criteria were asked for where statutory ones stand beside an unknown label, a box each."""
        boxed = self.names.kind == "referral" and [line for line in answer.split("\n") if line.strip()]
        if not boxed or len(boxed) < _SEVERAL or not any(ticks_criterion(None, line, "") for line in boxed):
            return None
        opened = all(line.lstrip().startswith((TICKED, EMPTY)) for line in boxed)
        return Match(("criteria_grounds",), BY_CONTEXT) if opened else None

    def sent_by(self, line: Line) -> bool:
        """Take an address the form goes to, right under the line that says so: it is nobody's answer."""
        follows = self.sent is not None and line.number == self.sent + 1 and BY_WHAT.match(line.text)
        if follows or WHERE_TO.fullmatch(line.text):
            self.sent = line.number
        if follows:
            self.close()
        return bool(follows)

    def of_whom_headed(self, line: Line) -> None:
        """Take a line without a label under "My details" that says who writes, or whom the heading above names."""
        if self._story_headed(line):
            return
        told = says_who_writes(line.text, self.section)
        if told.startswith("subject_") and not self._right_below_whom(line):
            return
        if told.endswith("_name") and told in self.made.asked and looks_like_role(line.text.split(",")[0]):
            told = f"{told.removesuffix('_name')}_role"  # "Jo Fenn", and under it "Nurse, Oak Trust"
        if told and (told == "family_members" or told not in self.made.asked):
            names = (told, *AND_WHERE.get(told, ()))
            self.add("", line.text, (line,), line, "below", Match(names, BY_CONTEXT))

    def _story_headed(self, line: Line) -> bool:
        """Take prose right below a heading that says no more than "Incident" for what happened."""
        head = self.made.headings[-1] if self.made.headings else None
        if head is None or line.number - head.number > _NEXT or len(line.text.split()) < _PROSE:
            return False
        if PARTS_TOLD.get(plain(head.text)) != "incident_summary":
            return False
        self.made.headings.pop()
        name = "incident_outline" if self.names.kind == "scoping" else "incident_summary"
        self.open = Open([head], Match((name,), BY_CONTEXT), [line])
        return True

    def _right_below_whom(self, line: Line) -> bool:
        """Say whether a line stands right below a heading that says no more than of whom it tells: "Child"."""
        head = self.made.headings[-1] if self.made.headings else None
        near = head is not None and line.number - head.number <= _NEXT
        return near and only_says_whose(head.text) and "subject_name" not in self.made.asked  # type: ignore[union-attr]

    def reopen(self, line: Line) -> None:
        """Open a prompt again that other labels came in between, for the sentence that answers it."""
        if self.open is None and self.put_off is not None and len(line.text.split()) > LONGEST_TITLE:
            self.open, self.put_off = replace(self.put_off, label=[*self.put_off.label]), None

    def criterion_ticked(self, line: Line) -> bool:
        """Take a box beside a printed criterion that stands under no prompt we know, or under one for criteria."""
        if self.names.kind == "scoping" or not ticks_criterion(self.open, line.text, self.section):
            return False
        if (beside := INLINE.match(line.text)) and self.known(beside["label"]):
            return False
        if self.open is None or self.open.match is None or self.open.match.name != "criteria_grounds":
            heading = self.open.label if self.open and not self.open.answer else []
            self.open = None if heading else self.open
            self.close()
            self.open = Open(list(heading), Match(("criteria_grounds",), BY_CONTEXT))
        self.open.answer.append(line)
        return True
