"""The reader in warm child processes under limits, so that no document can harm the process that asks."""

import json
import threading
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any, Self

from forms.paper.handed_over import Pack, as_bytes

from . import conversion
from .converted import read_converted
from .formats import CONVERTED, sort_of
from .limits import MAX_BYTES, Refused
from .line import TOO_MUCH, ChildDied, Line, Nest, Question
from .result import Document, Reading, could_not_be_read

MEMORY_BYTES = 512 << 20
SECONDS = 10
UNSAFE = "It cannot be opened safely. Print it to a new PDF, and send that."
FORMS_IN, PAPERS = "forms", "papers"
DOCUMENTS = 2000  # children that have read so many, or of which one has grown, are replaced: nothing builds up in them


class Reader:
    """Reads documents in child processes, which share the documents of one call; for any number of threads.

    The documents of the next call go to the children while the answers to this one come, so that none waits for work.
    When one breaks a limit all are killed and replaced; its document comes back as "could not be read safely".
    `work` is what they make ready for: `FORMS_IN`, or `PAPERS`, which need no vocabulary and less memory.
    """

    def __init__(
        self,
        memory: int = MEMORY_BYTES,
        seconds: int = SECONDS,
        documents: int = DOCUMENTS,
        work: str = FORMS_IN,
        children: int = 1,
    ) -> None:
        self.memory, self.seconds, self.documents = memory, seconds, documents
        self.work, self.children = work, children
        self._asking, self._answering = threading.Lock(), threading.Lock()
        self._nest: Nest | None = None
        self._read = 0

    def __enter__(self) -> Self:
        self.warm()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def warm(self) -> None:
        """Start the children before the first document comes."""
        with self._answering:
            if self._nest is None or not self._nest.is_open:
                self._ask_anew([])

    def close(self) -> None:
        """End the children."""
        with self._answering:
            self._end()

    def read(self, name: str, content: bytes) -> Reading:
        """Return the reading of a document; never raises, and takes at most `seconds` and a start of the child."""
        return self.read_all([Document(name, content)])[0]

    def read_all(self, documents: Sequence[Document]) -> list[Reading]:
        """Return the reading of each document, as `read` does; the children wait for none."""
        told = [self._told_without_child(one.name, one.content) for one in documents]
        left = [one for one, reading in zip(documents, told, strict=True) if reading is None]
        answers = iter(
            self._answers(
                [Question("letter" if one.letter else "read", one.name, one.content) for one in left]
            )
        )
        return [reading or _reading_in(next(answers)) for reading in told]

    def _told_without_child(self, name: str, content: bytes) -> Reading | None:
        if len(content) > MAX_BYTES:
            return could_not_be_read("it is larger than 25 MB")
        if (sort := sort_of(content)) not in CONVERTED:
            return None
        try:
            return read_converted(content, sort, lambda made: self.read(name, made))
        except Refused as refused:
            return could_not_be_read(str(refused))

    def layout(self, content: bytes) -> dict[str, Any]:
        """Return how a document looks, as `looking.laid_out` gives it; empty when it cannot be shown."""
        try:
            sort = sort_of(content)
            if sort in CONVERTED and conversion.is_possible():
                content = conversion.to_docx(content, sort)
            answer = self._look("layout", content)
            return json.loads(answer) if answer else {}
        except (Refused, ValueError):
            return {}

    def page(self, content: bytes, number: int) -> bytes:
        """Return a page of a PDF, counted from one, as a PNG picture; empty when it cannot be shown."""
        return self._look(f"page {number}", content)

    def fault(self, content: bytes) -> str:
        """Return what keeps a paper from being taken, in words that say what to do; nothing when it may be."""
        return self._said("fault", content)

    def acting(self, content: bytes) -> str:
        """Return what in a PDF or a file of Office acts by itself, in such words; nothing when there is nothing."""
        return self._said("acting", content)

    def packed(self, pack: Pack) -> bytes:
        """Return the papers of a meeting as one PDF; empty when that takes more than it may."""
        return self._answer(Question("pack", "", as_bytes(pack)))

    def _said(self, task: str, content: bytes) -> str:
        answer = self._look(task, content)
        return str(json.loads(answer)) if answer else UNSAFE

    def _look(self, task: str, content: bytes) -> bytes:
        return b"" if len(content) > MAX_BYTES else self._answer(Question(task, "", content))

    def _answer(self, question: Question) -> bytes:
        answer = self._answers([question])[0]
        return b"" if isinstance(answer, Exception) else answer

    def _answers(self, questions: Sequence[Question]) -> list[bytes | Exception]:
        """What is said to each; where its child breaks a limit or fails, why, and others go on with the rest."""
        answers: list[bytes | Exception] = []
        with self._asking:  # one call at most asks ahead, so that answers are taken in the order of asking
            nest = self._nest
            coming = nest.ask(questions) if nest else iter(())
            self._answering.acquire()
        try:
            while len(answers) < len(questions):
                try:
                    if nest is None or nest is not self._nest or not nest.is_open:
                        nest, coming = self._ask_anew(questions[len(answers) :])
                    self._take(coming, answers)
                except Exception as why:  # whatever a child did, the caller gets an answer
                    self._end()
                    answers.append(why)
        finally:
            self._answering.release()
        return answers

    def _take(self, coming: Iterator[Line], answers: list[bytes | Exception]) -> None:
        """Add the answers to those there are, until they are all there or the children are to be replaced."""
        for line in coming:
            answer, grown = line.answer()
            answers.append(answer)
            self._read += 1
            if grown or self._read >= self.documents:
                self._end()
                return

    def _ask_anew(self, questions: Sequence[Question]) -> tuple[Nest, Iterator[Line]]:
        """Ask new children. Nobody knows of them before, or the next call's questions might come first."""
        self._end()
        nest = Nest(self.memory, self.seconds, self.work, self.children)
        coming = nest.ask(questions)
        self._nest, self._read = nest, 0
        return nest, coming

    def _end(self) -> None:
        nest, self._nest = self._nest, None
        if nest is not None:
            nest.end()


def _reading_in(answer: bytes | Exception) -> Reading:
    try:
        if isinstance(answer, Exception):
            raise answer
        return Reading.from_json(json.loads(answer))
    except ChildDied as why:
        return could_not_be_read(str(why))
    except OSError:
        return could_not_be_read(TOO_MUCH)
    except Exception as error:
        return could_not_be_read(f"the reader failed on it ({type(error).__name__})")
