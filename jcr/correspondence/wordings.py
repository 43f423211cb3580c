"""The words of each letter in their versions: as delivered, changed by the office, and put back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from sqlalchemy import select
from sqlalchemy.orm import Session

from jcr.correspondence.filling import is_torn, named_in
from jcr.correspondence.model import Wording
from jcr.correspondence.placeholders import ONE_LINE, PARTS, TEMPLATES, Placeholder, placeholders_of
from jcr.errors import Incomplete, NotAllowed, NotNow
from jcr.history.service import record
from jcr.permissions import Permission, allows
from jcr.places import TEMPLATES as FOLDER
from jcr.roles import Actor
from jcr.wording import listed

DELIVERED = 1  # the number of the words the product comes with, until the office changes them


@dataclass(frozen=True)
class Words:
    """One version of a letter's words; `saved_by` is empty for those the product came with."""

    number: int
    parts: Mapping[str, str]
    why: str = ""
    saved_by: str = ""
    saved_at: datetime | None = None


class Overtaken(NotNow):
    """Somebody else saved the same letter meanwhile."""


def versions(session: Session, key: str) -> list[Words]:
    """Every version of a letter's words, the latest first; the delivered ones are always among them."""
    saved = session.scalars(select(Wording).where(Wording.letter == key).order_by(Wording.number.desc()))
    return [*map(_words, saved), Words(DELIVERED, delivered(key))]


def current(session: Session, key: str) -> Words:
    """The words that the next letter is made from."""
    latest = select(Wording).where(Wording.letter == key).order_by(Wording.number.desc()).limit(1)
    found = session.scalar(latest)
    return _words(found) if found else Words(DELIVERED, delivered(key))


def version(session: Session, key: str, number: int) -> Words | None:
    """One version by its number."""
    return next((one for one in versions(session, key) if one.number == number), None)


def delivered(key: str) -> dict[str, str]:
    """The words the product comes with, by part."""
    parts = TEMPLATES[key].parts
    if "subject" not in parts:
        first, _, second = _read(f"letters/{key.replace('-', '/')}.txt").partition("\n---\n")
        return dict(zip(parts, (first.strip(), second.strip()), strict=True))
    pages = (
        _read(f"{folder}/{key}.txt").partition("\n") for folder in ("mail", "letters")[: len(parts) // 2]
    )
    return dict(zip(parts, (piece.strip() for one, _, rest in pages for piece in (one, rest)), strict=True))


def _read(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


def _words(saved: Wording) -> Words:
    return Words(saved.number, saved.parts, saved.why, saved.saved_by, saved.saved_at)


def faults(key: str, parts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is wrong with words that somebody wrote: the part, and a sentence that says what to do."""
    known = placeholders_of(key)
    usable = "You can use: " + ", ".join(f"{{{{ {name} }}}}" for name in known) + "."
    for part in TEMPLATES[key].parts:
        words = parts.get(part, "").strip()
        used = named_in(words)
        if not words:
            yield part, f"Write the {PARTS[part].lower()}: a letter cannot go without it."
        if is_torn(words):
            yield (
                part,
                "There are brackets that belong to no placeholder. Write {{ before and }} after its name.",
            )
        for name in used:
            if name not in known:
                yield (
                    part,
                    f"“{{{{ {name} }}}}” is not a placeholder of this letter.{_meant(name, known)} {usable}",
                )
        yield from ((part, sentence) for sentence in _misplaced(part, words, known))
        yield from ((part, sentence) for sentence in _endangered(part, words, known))
        for name, one in known.items():
            if part in one.needed_in and name not in used:
                yield (
                    part,
                    f"This part needs {{{{ {name} }}}} ({one.means[0].lower()}{one.means[1:]}). Put it back.",
                )


def _endangered(part: str, words: str, known: Mapping[str, Placeholder]) -> Iterator[str]:
    """What a letter must say, on a line that is left out when another placeholder on it has nothing to say."""
    for line in words.split("\n"):
        used = [name for name in named_in(line) if name in known]
        needed = [name for name in used if part in known[name].needed_in]
        optional = [name for name in used if known[name].optional and name not in needed]
        if needed and optional:
            yield (
                f"Put {{{{ {needed[0]} }}}} on a line of its own: this one is left out when "
                f"{{{{ {optional[0]} }}}} has nothing to say."
            )


def _misplaced(part: str, words: str, known: Mapping[str, Placeholder]) -> Iterator[str]:
    """What may stand in a letter, but not in the one line that everybody reads."""
    if part not in ONE_LINE:
        return
    if "\n" in words:
        yield "Write this on one line."
    if empty := [name for name in named_in(words) if name in known and known[name].optional]:
        yield f"{{{{ {empty[0]} }}}} may have nothing to say, and this would then be empty. Take it out."
    if personal := [name for name in named_in(words) if name in known and not known[name].bare]:
        bare = listed([f"{{{{ {name} }}}}" for name, one in known.items() if one.bare], "or")
        yield (
            f"{{{{ {personal[0]} }}}} does not go into a subject or a heading, where anybody may read it. "
            f"Use only {bare}."
        )


def _meant(name: str, known: Mapping[str, object]) -> str:
    near = get_close_matches(name.lower().replace(" ", "_"), known, 1)
    return f" Did you mean {{{{ {near[0]} }}}}?" if near else ""


def save(
    session: Session,
    key: str,
    parts: Mapping[str, str],
    based_on: int,
    why: str,
    actor: Actor,
    now: datetime,
) -> Words:
    """A new version of a letter's words; letters written from now on are made from it.

    `based_on` is the version its writer had before them. Raises Overtaken when a newer one was saved
    meanwhile, Incomplete when something is wrong with the words or no reason is given.
    """
    if not allows(Permission.CHANGE_WORDINGS, actor):
        raise NotAllowed("The words of letters are for the Partnership Team to change.")
    if not why.strip():
        raise Incomplete("Say why the words change: whoever reads an earlier letter will want to know.")
    for _, sentence in faults(key, parts):
        raise Incomplete(sentence)
    before = current(session, key)
    if before.number != based_on:
        raise Overtaken(
            f"{before.saved_by} saved version {before.number} of this letter while you were writing."
        )
    kept = {part: parts[part].strip() for part in TEMPLATES[key].parts}
    if kept == dict(before.parts):
        raise Incomplete("Nothing was changed, so there is nothing to save.")
    saved = Wording(
        letter=key, number=before.number + 1, parts=kept, why=why.strip(), saved_by=actor.name, saved_at=now
    )
    session.add(saved)
    session.flush()
    title = TEMPLATES[key].title
    record(
        session, None, actor, now, f"saved version {saved.number} of the words of “{title}”", why, letter=key
    )
    return _words(saved)


def put_back(session: Session, key: str, number: int, why: str, actor: Actor, now: datetime) -> Words:
    """An earlier version counts again, as a new version: nothing between is lost."""
    earlier = version(session, key, number)
    if earlier is None:
        raise NotNow("There is no such version of this letter.")
    reason = f"Version {number} put back: {why.strip()}" if why.strip() else ""
    return save(session, key, earlier.parts, current(session, key).number, reason, actor, now)
