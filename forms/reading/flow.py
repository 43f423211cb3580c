"""The running text of a form, line by line: headings, prompts with their answers beside or below, bullets."""

import re

from . import cutting, options
from .bare_words import PARTS_TOLD
from .bilingual import in_english
from .glyphs import EMPTY, TICKED
from .labels import LONGEST_LABEL, ends_as_label, has_number, plain
from .layout import Line
from .letters import Letters
from .meaning import Match
from .naming import says_how_to_reach, signs_again
from .prompts import (
    BRACKETED,
    DETAILS_OF_EVENT,
    GOES_ON,
    GUIDANCE,
    NAMES_PEOPLE,
    OPENING,
    PARTICULARS,
    SIGN_OFF,
    TELLS_HOW,
)
from .sections import LONGEST_HEADING, is_title, names_the_form, section_of
from .several import SeveralOnALine
from .standing import BY_CONTEXT, LONGEST_TITLE, OF_A_WRITER
from .waiting import (
    BULLET,
    Open,
    announces,
    asks_more,
    asks_something,
    asks_why,
    bids,
    is_no_answer,
    is_prose,
    leads_in,
    left_blank,
    looks_printed,
    names_relative,
    numbers_on,
    prompts_unknown,
    says_relation,
    says_what_to_tell,
    says_yes_first,
    takes_as_answer,
    takes_as_item,
    tells_of_party,
)
from .whose import only_says_whose

_NUMBERED = re.compile(
    r"\W*(?:section|part|question|appendix|annex|form)?\s*"
    r"(?:\w{1,3}|three|four|five|seven|eight|nine)\s*[:.]\W*",
    re.I,
)
_WRITERS = ("referrer_", "author_", "safeguarding_lead_")
_FEWEST_BULLETS = 2
_SHORT = 3  # words
_LONGEST_RUN_OVER = 6  # words
_MOST_WORDS = 26  # of a prompt that does not look like one: of the labels we know none has more than 22
_GOES_ON_SMALL = re.compile(r"\W*\d+[.)]\s*[a-z]{2}")  # "1. when a child dies": a printed criterion
_PART = re.compile(r"(?:part|section)\b", re.I)
_DETAILS = re.compile(r"\b(?:details|information)\W*$", re.I)  # "AGENCY DETAILS"
_MAY_BE_FILLED = re.compile(r"\btick\b|[sy][\s/|]{1,3}no?\b", re.I)
_TO_TICK = re.compile(r"[\s(]*(?:please )?tick(?: (?:one|all|as|if|where)\b.{0,20})?[\s).]*", re.I)
_YES_OR_NO = re.compile(r"[\s(]*(?:yes|y)[\s/|]{1,3}(?:no|n)[\s).]*", re.I)
_FOR_USE = re.compile(r"\buse(?: only)?\W*$", re.I)  # "SAB use only"
_NEXT_PART = re.compile(r"\W*(?:part|section)\s+(?:\d{1,2}|[a-z])\b", re.I)
_PART_NAMED = re.compile(  # and no section of an Act: "Section 47 enquiry"
    r"\W*(?:part|section)\s+(?:\d|1[0-2]|[a-z])\s*[:–—-]\s*[A-Z](?:[^.?!:]*[^.?!:\s])?", re.I
)
_OPENS_PART = re.compile(r"\W*(?:\d\S*\s+)?(?:who|about|what (?:has )?happened)\b", re.I)  # of the questions


class Flow(SeveralOnALine, Letters):
    """Goes down the running text of a document."""

    def line(self, line: Line, in_table: bool = False) -> None:
        """Take the next line of running text."""
        blank = not line.text.strip()
        if blank and self.open is not None:
            self.open.gap = bool(self.open.answer)
        if blank or self._holds(line):
            return
        self.release(line)
        self._take(line, in_table)

    def _holds(self, line: Line) -> bool:
        """Hold a bullet under an unanswered prompt: only what follows shows whether it is itself to be answered."""
        head = self.open
        if line.aside or head is None or head.match is None or head.head or head.answer or head.lists:
            return False
        if not says_what_to_tell(line) or cutting.answered_beside(line.text, self.known):
            return False
        self.held.append(line)
        return True

    def release(self, after: Line | None = None) -> None:
        """Let go of held bullets: they belong to the prompt above when one answer follows them all."""
        held, self.held = self.held, []
        if (
            len(held) < _FEWEST_BULLETS
            or after is None
            or not is_prose(after, self.known)
            or self.open is None
        ):
            for line in held:
                self._take(line)
        elif leads_in(self.open.label[-1].text) or any(
            asks_something(line) or self.known(BULLET.sub("", line.text)) for line in held
        ):
            self.open.label += held
        else:
            self.open.answer += held

    def _take(self, line: Line, in_table: bool = False) -> None:
        if line.aside:
            self._take_aside(line)
            return
        if self._goes_over(line) or self.sent_by(line):
            return
        if announces(self.open, line, self.known) and self.open is not None:
            self.open.label.append(line)
            return
        self.greets(line)
        signs = not in_table and signs_again(line.text, self.written_by)
        self.signed = line.number if signs else self.signed
        if signs or SIGN_OFF.fullmatch(line.text) or says_how_to_reach(line, self.signed):
            self.close()
            return
        if self.signature(line):
            return
        if self.open is not None and numbers_on(self.open, line.text, self.known):
            self.open.answer.append(line)
            return
        if self.criterion_ticked(line) or self._several(line) or self._bulleted(line):
            return
        if (
            (not self._left_to_fill(line, in_table) and self._inline(line))
            or self._heading(line)
            or self._prompt(line, in_table)
        ):
            return
        self._continue(line)

    def _take_aside(self, line: Line) -> None:
        """Take a line that is no part of the text; over the edge of a page an answer goes on."""
        furniture = line.aside in ("header", "footer")
        if self.open is not None and furniture:
            self.open.last += self.open.last + 1 == line.number
            return
        self.close()
        if furniture:
            self._inline(line)

    def _goes_over(self, line: Line) -> bool:
        """Take the rest of a sentence that the end of a page and of its table cut in two."""
        if self.open is None or not self.open.cut:
            return False
        if not line.text.strip()[:1].islower():
            self.close()
            return False
        self.open.cut = False
        self.open.answer.append(line)
        return True

    def _bulleted(self, line: Line) -> bool:
        """Take a bullet that is itself a prompt, answered after a dash or not at all."""
        if not (line.bullet or BULLET.match(line.text)):
            return False
        if self.open is not None and self.open.lists:
            return False
        label, answer = cutting.bullet(line.text, self.known)
        if not label:
            return False
        self.close()
        if answer:
            self.add(label, answer, (line,), line, "bullet")
        else:
            self.open = Open([line], self.known(label), bold=line.bold)
        return True

    def _inline(self, line: Line) -> bool:
        """Take a line of the shape "Label: answer"; what stands directly below may go on with the answer."""
        listed = self.section == "agencies" or (self.open is not None and self.open.lists)
        label, answer = cutting.cut(line.text, self.known, listed)
        if not label or not answer.strip():
            return False
        known = self._asked_beside(label, answer)
        if self._asks_of(label, line.text):
            return False
        review = known is not None and known.name == "opinion_review_type" and not label.endswith("?")
        numbered = known is not None and known.name == "board_reference"
        part = bool(_NUMBERED.fullmatch(label)) and self.known(answer) is not None
        if not self.made.pairs and not part and (review or (names_the_form(label, answer) and not numbered)):
            self.close()
            self.made.headings.append(line)
            return True
        waiting = None if left_blank(self.open, self.made.pairs) else self.open
        if known is None and (_NUMBERED.fullmatch(label) or not looks_printed(waiting, label, answer)):
            return False
        if (
            takes_as_item(self.open, label, known, line.bold)
            or says_yes_first(self.open, label)
            or tells_of_party(self.open, label, known)
            or names_relative(self.open, label)
        ):
            return False
        if known is None and self.section == "family" and says_relation(label):
            self.close()
            self.add("", line.text, (line,), line, "line", Match(("family_members",), BY_CONTEXT))
            return True
        if label.endswith("?") and (
            GUIDANCE.match(answer)
            or BRACKETED.fullmatch(answer)
            or asks_more(line.text, known, self.known(line.text))
        ):
            return False
        self.close()
        if known and TELLS_HOW.match(answer):
            self.open = Open([line], known, bold=line.bold)
            return True
        self.open = Open([line], known, head=(label, answer), last=line.number)
        if line.aside or known is None or not (known.name in GOES_ON or _YES_OR_NO.fullmatch(answer)):
            self.close()
        return True

    def _left_to_fill(self, line: Line, in_table: bool) -> bool:
        """Say whether a prompt ends with how to answer it below: "Abuse: please tick", in a cell also "Aware? Y/N"."""
        if not _MAY_BE_FILLED.search(line.text):
            return False
        label, answer = cutting.cut(line.text, self.known)
        filled = _TO_TICK.fullmatch(answer) or (in_table and _YES_OR_NO.fullmatch(answer))
        return bool(label and filled)

    def _asks_of(self, label: str, text: str) -> bool:
        """Say whether a line is one prompt to its end, "Adult: name, date of birth and gender", answered below."""
        whole = self.known(text) if only_says_whose(label) else None
        alone = self.known(label)
        more = whole is not None and (alone is None or whole.names != alone.names)
        return whole is not None and more and len(whole.names) > 1 and whole.explicit

    def _heading(self, line: Line) -> bool:
        """Take a heading: it closes the open prompt and may change the section."""
        text = line.text.strip()
        sentence = text.endswith(".") and len(text.split()) > LONGEST_TITLE
        if len(text) > LONGEST_HEADING or text.endswith("?") or sentence or _GOES_ON_SMALL.match(text):
            return False
        if self.open is not None and text.startswith((TICKED, EMPTY)):
            return False
        section = section_of(text)
        ends = self.open is not None and bool(self.open.answer) and _PART_NAMED.fullmatch(text)
        next_part = ends or (self.section == "office" and _NEXT_PART.match(text))
        if not section and next_part and self.known(text) is None:
            self.close()
            self.section, self.person = "", ""
            self.made.headings.append(line)
            return True
        if not section:
            return False
        known = self.known(text)
        styled = (
            line.heading
            or line.bold
            or has_number(text)
            or (text.isupper() and len(text) > _SHORT)
            or bool(re.match(r"(?:part|section|about (?:the|you)|(?:details|particulars) of)\b", text, re.I))
        )
        office = section == "office" and bool(_FOR_USE.search(text))
        part = not ends_as_label(text) and (
            (only_says_whose(text) and not (known and len(known.names) > _SHORT - 1))
            or bool(known and known.name.startswith(_WRITERS) and _PART.match(text))
            or bool(known and known.name in OF_A_WRITER and _DETAILS.search(text))
            or office
        )
        if known and not part and not (line.heading and len(known.names) == 1 and known.score < 1):
            return False
        if not (styled or office or text.endswith(":")) and (
            self._waits(line) or (len(plain(in_english(text)).split()) > 6 and not only_says_whose(text))
        ):
            return False
        self.close()
        if section == "office" and self.names.kind == "scoping" and not self.made.agency_asked:
            section = "prefilled"  # what the board fills in before it asks
        if self.made.begun or not is_title(text, section):
            self.section, self.person = section, ""
        if known and (known.name in NAMES_PEOPLE or (known.name in GOES_ON and not known.explicit)):
            self.open = Open([line], known, bold=True)  # a heading with its answer under it
        else:
            self.made.headings.append(line)
        return True

    def _waits(self, line: Line) -> bool:
        """Say whether a line may go on with what is open: no more with an answer begun beside its label and left."""
        left = self.open is not None and self.open.head and line.number > self.open.last + 1
        return self.open is not None and not left

    def _prompt(self, line: Line, in_table: bool) -> bool:
        """Take a line that is a prompt to be answered below."""
        text = line.text.strip()
        if self.open is not None and text.startswith((TICKED, EMPTY)):
            return False
        if asks_why(self.open, text):
            self.close()
            self.open = Open([line], Match(("criteria_grounds_text",), BY_CONTEXT), in_table=in_table)
            return True
        shown = line.bold or line.heading or has_number(text) or bids(text)
        prose = len(text.split()) > _MOST_WORDS and not (shown or ends_as_label(text))
        known = self.known(text) if len(text) <= LONGEST_LABEL and not prose else None
        told = text.endswith(".") and "?" not in text
        if known and not ends_as_label(text) and known.score < (1 if told else 0.85) and not shown:
            known = None
        titled = self.open is not None and self.open.match is None and in_table and not self.open.in_table
        if known and not titled and takes_as_answer(self.open, line, known):
            return False
        if known is None and not prompts_unknown(self.open, line):
            return False
        self.close()
        if known and known.name == "opinion_review_type" and not self.made.begun and not text.endswith("?"):
            self.made.headings.append(
                line
            )  # "Local Child Safeguarding Practice Review" is what the form is called
            return True
        self.open = Open([line], known, bold=line.bold or line.heading, in_table=in_table)
        self._turns_to(known, line)
        return True

    def _turns_to(self, known: Match | None, line: Line) -> None:
        """Remember whom a prompt speaks of, and the part of the form that it opens."""
        text = line.text.strip()
        if known and known.explicit:
            self.person = known.person
        elif known is None and line.heading:
            self.person = ""  # whoever was spoken of above it
        if (
            section_of(text)
            and len(text) <= LONGEST_HEADING
            and (not text.endswith("?") or _OPENS_PART.match(text))
            and (
                known is None
                or known.name in OPENING
                or plain(text) in PARTS_TOLD
                or _PART.match(text)
                or PARTICULARS.match(text)
                or DETAILS_OF_EVENT.fullmatch(text)
            )
        ):
            self.section, self.person = section_of(text), ""
        if known and known.name == "alleged_perpetrators":
            self.person = "perpetrator"  # also of labels right below it

    def _continue(self, line: Line) -> None:
        """Take a line that is neither heading nor prompt: the open prompt's answer, if one is open."""
        if is_no_answer(self.open, line.text) or self._heads_next(line):
            self.close()
            return
        self.reopen(line)
        if self.open is None:
            self.of_whom_headed(line)
            return
        if self.open.head:
            blank = not self.open.head[1].strip()  # its answer ran over the end of the line, if it has one
            told = blank and (bool(self.open.answer) or len(line.text.split()) > _LONGEST_RUN_OVER)
            told |= bool(_YES_OR_NO.fullmatch(self.open.head[1])) and not options.yes_no(line.text)
            if line.number != self.open.last + 1 or self.open.match is None or told:
                self.close()
                return
            self.open.last = line.number
        elif not self.open.answer and (GUIDANCE.match(line.text) or bids(line.text)):
            self.open.label.append(line)
            return
        self.open.answer.append(line)

    def _heads_next(self, line: Line) -> bool:
        """Take a numbered line in capitals for a heading, though it says nothing to us, where others were before."""
        shouted = [
            one for one in (line, *self.made.headings[-1:]) if has_number(one.text) and one.text.isupper()
        ]
        if len(shouted) < _FEWEST_BULLETS:
            return False
        self.made.headings.append(line)
        self.section, self.person = "", ""
        return True
