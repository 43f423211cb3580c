"""A person's saved views of the case list: its filters under a name of their own; the address is the view."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from jcr.cases.model import Case
from jcr.counting import counted_each
from jcr.desk.case_list import Wanted, matching
from jcr.desk.model import SavedView
from jcr.errors import Incomplete
from jcr.people.model import Person

BY_NAME = select(SavedView).where(SavedView.person_id == bindparam("person_id")).order_by(SavedView.name)
MOST = 12
LONGEST = 40  # characters of a name


@dataclass(frozen=True)
class View:
    """A saved view and how many cases it finds, counted up to `MOST` of the counting."""

    saved: SavedView
    count: int


def views_of(session: Session, person: Person, today: date) -> list[View]:
    """The person's views by name, counted in one question."""
    saved = session.scalars(BY_NAME, {"person_id": person.id}).all()
    found = (matching(session, person, _wanted(one), today) for one in saved)
    counts = counted_each(session, *(cases.with_only_columns(Case.id) for cases in found)) if saved else []
    return [View(one, number) for one, number in zip(saved, counts, strict=True)]


def save(session: Session, person: Person, name: str, wanted: Wanted) -> SavedView:
    """Keeps the filters under a name, in place of what had it before. Raises Incomplete with what to do."""
    name = " ".join(name.split())
    if not name:
        raise Incomplete("Give the view a name, such as Adults in scoping.")
    if len(name) > LONGEST:
        raise Incomplete(f"Use a shorter name: at most {LONGEST} characters.")
    if not (wanted.status or wanted.route):
        raise Incomplete(
            "Choose a status or a kind of review first. Words you look for are not kept in a view."
        )
    saved = {one.name: one for one in session.scalars(BY_NAME, {"person_id": person.id})}
    if name not in saved and len(saved) >= MOST:
        raise Incomplete(f"You have {MOST} views. Remove one you no longer use.")
    view = saved.get(name) or SavedView(person_id=person.id, name=name)
    view.status, view.route = wanted.status, wanted.route
    session.add(view)
    session.flush()
    return view


def remove(session: Session, person: Person, view_id: int) -> str:
    """Takes a view of the person's away; its name, empty when there was none."""
    mine = select(SavedView).where(SavedView.person_id == person.id, SavedView.id == view_id)
    view = session.scalar(mine)
    if view is None:
        return ""
    session.delete(view)
    return view.name


def _wanted(view: SavedView) -> Wanted:
    return Wanted(status=view.status, route=view.route)
