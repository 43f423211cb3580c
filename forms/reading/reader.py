"""The reader: bytes of a document in, a Reading out, whatever the bytes are."""

from dataclasses import replace
from datetime import date
from functools import cache

from . import docx, pdf, xlsx
from .answers import era_of, gather
from .converted import read_converted
from .crosses import boxes_typed
from .crosses import settled as settled_crosses
from .formats import CONVERTED, UNSUPPORTED, sort_of
from .gathered import Answers
from .inference import derive
from .kinds import Kind, confirmed, kind_of, likelier, settled, weighed_again
from .layout import Layout
from .letters import letter_kind
from .limits import MAX_BYTES, Refused
from .names import names_of
from .own import own_stamp, read_own
from .pairs import Pairs
from .parts import left_blank, parts_of
from .result import Reading, could_not_be_read
from .tables import pair
from .text import read_html, read_text
from .two_writers import note, of_two_writers, without_the_other

_READERS = {"docx": docx.read, "xlsx": xlsx.read, "pdf": pdf.read, "text": read_text, "html": read_html}


def read(name: str, content: bytes, letter: bool = False) -> Reading:
    """Return the reading of a document called `name`; never raises.

    The name is used only in messages; what a file is, its content tells. A file that is refused or cannot be
    read comes back as kind "other" with the reason in `problems`, and so do the words of a `letter` that are no form
    of ours: what they say is not looked for.
    """
    if len(content) > MAX_BYTES:
        return could_not_be_read("it is larger than 25 MB")
    sort = sort_of(content)
    if sort in UNSUPPORTED:
        return Reading(kind="other", problems=[UNSUPPORTED[sort]])
    try:
        if sort in CONVERTED:
            return read_converted(content, sort, lambda made: read(name, made))
        return understand(_READERS[sort](content), letter=letter)
    except Refused as refused:
        return could_not_be_read(str(refused))
    except MemoryError:
        return could_not_be_read("it needs too much memory")
    except RecursionError:
        return could_not_be_read("it is nested too deeply")
    except Exception as error:  # a strange document must never stop the mail; the file is kept for a person
        return could_not_be_read(f"the reader failed on it ({type(error).__name__})")


def layout_of(content: bytes) -> Layout:
    """Return a document as the reader sees it; raises Refused when it is not one of the readable kinds."""
    sort = sort_of(content)
    if sort not in _READERS:
        raise Refused(UNSUPPORTED.get(sort, "it must be converted first"))
    return _READERS[sort](content)


def understand(layout: Layout, this_year: int | None = None, letter: bool = False) -> Reading:
    """Return the reading of a layout: our own form by its names, a stranger's by its labels."""
    layout = settled_crosses(layout)
    stamp = own_stamp(layout)
    year = this_year or date.today().year
    if stamp:
        return read_own(layout, stamp, year)
    layout = boxes_typed(layout)
    kind = kind_of(layout)
    if letter and kind.surely_another:
        return Reading(kind="other", problems=[kind.because])
    said = letter_kind(layout) if not kind.known else ""
    if said:
        kind, pairs = (
            replace(kind, kind=said, because="It is a letter that says so."),
            pair(layout, names_of(said)),
        )
    else:
        kind, pairs = _judged(layout, kind)
        kind = confirmed(kind, pairs)
    era = era_of(layout, year)
    two = kind.kind != "other" and of_two_writers(pairs.pairs)
    if two:
        pairs.pairs = without_the_other(pairs.pairs, kind.kind)
    answers = gather(layout, pairs, era, whose_only=kind.kind == "other" and kind.known)
    derive(answers, layout, kind.kind)
    if two:
        answers.notes.append(note(kind.kind))
    problems = [kind.because] if kind.kind == "other" else []
    return _reading(kind.kind, layout, answers, problems)


def _judged(layout: Layout, kind: Kind) -> tuple[Kind, Pairs]:
    """Return the kind of a stranger's form and its pairs; where its words leave it open, what it asks decides."""
    if kind.surely_another:
        return kind, pair(layout, names_of("other"))
    under = cache(lambda name: pair(layout, names_of(name)))
    parts = parts_of(layout)
    blank = left_blank(parts, under(likelier(kind))) if len(parts) > 1 else frozenset()
    if blank and (without := kind_of(layout, blank)).kind != "other":
        kind = without
    if not kind.close:
        pairs = under(likelier(kind))
        return (settled(kind, pairs) if kind.undecided else kind), pairs
    kind = weighed_again(kind, *(under(name).meanings(blank) for name in ("referral", "scoping")))
    pairs = under(likelier(kind))
    return (settled(kind, pairs) if kind.undecided else replace(kind, kind=likelier(kind))), pairs


def _reading(kind: str, layout: Layout, answers: Answers, problems: list[str]) -> Reading:
    return Reading(
        kind=kind,
        form=_title(layout),
        fields=answers.fields,
        rows=answers.rows,
        found=answers.found,
        unplaced=[text for _, text in sorted(answers.unplaced)],
        problems=problems,
        notes=[*layout.notes, *answers.notes],
        labels=answers.labels,
    )


def _title(layout: Layout) -> str | None:
    """Return the first words of the document, which are its title more often than not."""
    first = next((line.text.strip() for line in layout.lines() if line.text.strip() and not line.aside), "")
    return first[:200] or None
