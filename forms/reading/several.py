"""Several prompts on one line of running text, and what a label asks that has its answer behind it."""

from . import cutting, follow_ups
from .labels import ends_as_label
from .layout import Line
from .meaning import Match
from .naming import PLAINLY, somebody_named
from .standing import Standing
from .waiting import Open, says_relation
from .whose import only_says_whose

_FULL_LINE = 60  # characters


class SeveralOnALine(Standing):
    """Takes lines on which several prompts stand with their answers."""

    def _several(self, line: Line) -> bool:
        """Take a line on which several prompts stand."""
        if self.section == "family" and says_relation(line.text.partition(":")[0]):
            return False  # "Adult child: Jo Fay, DOB 1/2/2003" is a relative
        split = cutting.several(line.text, self.known)
        if split:
            self.close()
        elif turns := self._in_turn(line.text):
            self.close()
            for label, answer in turns:
                self.add(label, answer, (line,), line, "line", self._asked_beside(label, answer))
            if any(only_says_whose(label) for label, _ in turns):
                self.person = "subject"  # both parties in one line: what follows tells of the first
            return True
        runs_over = (
            len(line.text) >= _FULL_LINE
            and len(split) > 1
            and all(answer.strip() for _, answer in split[:-1])
        )
        for label, answer in split:
            if runs_over and not answer.strip() and ends_as_label(line.text) and (known := self.known(label)):
                self.open = Open([line], known, head=(label, answer), last=line.number)
            else:
                self.add(label, answer, (line,), line, "line")
        return bool(split)

    def _in_turn(self, text: str) -> list[tuple[str, str]]:
        """Return labels and answers in turn between commas: "Victim: Jo Fay, Perpetrator: Max Bell"; else none."""
        listed = self.section in ("family", "agencies") or (self.open is not None and self.open.lists)
        turns = [] if listed else cutting.in_turn(text)
        asked = [self._asked_beside(label, answer) for label, answer in turns]
        return turns if all(one is not None and one.score >= PLAINLY for one in asked) else []

    def _asked_beside(self, label: str, answer: str) -> Match | None:
        """Return what a label asks that has its answer behind it."""
        if self.section == "family" and says_relation(label):
            return None
        known = self.known(label) or (self.known(f"{label.split('?')[0]}?") if label.count("?") > 1 else None)
        if known:
            return known
        known = somebody_named(label, answer, self.names.kind, self.known)
        return known or follow_ups.meant((), label, answer)
