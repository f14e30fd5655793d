"""Goals as they are written. The caller has checked the right; nothing that was proposed or said is ever changed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import Media
from bot.storage.database import Row, Tx
from bot.storage.may import stands
from bot.storage.schema import access, goal, goal_level, goal_notice, goal_version, goal_word, person

PARTS = ("what", "place", "help", "measure", "by_date", "scale_kind", "levels", "starter")

_ADD_GOAL = goal.insert().values(child_id=bindparam("child"), created_at=bindparam("now")).returning(goal.c.id)
_ADD_VERSION = (
    goal_version.insert()
    .values(
        goal_id=bindparam("goal"),
        number=bindparam("number"),
        created_at=bindparam("now"),
        **{part: bindparam(f"to_{part}") for part in PARTS},
    )
    .returning(goal_version.c.id)
)
_SET = {
    part: goal_version.update()
    .where(goal_version.c.id == bindparam("version"), goal_version.c.proposed_at.is_(None))
    .values({part: bindparam("to")})
    for part in PARTS
}
_PROPOSE = (
    goal_version.update()
    .where(goal_version.c.id == bindparam("version"), goal_version.c.proposed_at.is_(None))
    .values(proposed_at=bindparam("at"))
)
_UNDRAFT = goal_version.delete().where(
    goal_version.c.goal_id == bindparam("goal"), goal_version.c.proposed_at.is_(None)
)
_END = (
    goal.update()
    .where(goal.c.id == bindparam("goal"), goal.c.end_kind.is_(None))
    .values(end_kind=bindparam("end"), ended_at=bindparam("at"))
)
_WEIGH = (
    goal.update()
    .where(goal.c.id == bindparam("goal"))
    .values(importance=bindparam("to_importance"), difficulty=bindparam("to_difficulty"))
)
_ADD_LEVEL = goal_level.insert().values(
    goal_id=bindparam("goal"),
    goal_version_id=bindparam("version"),
    person_id=bindparam("therapist"),
    level=bindparam("level"),
    recorded_at=bindparam("at"),
)
_ADD_WORD = (
    goal_word.insert()
    .values(
        child_id=bindparam("child"),
        person_id=bindparam("person"),
        goal_id=bindparam("goal"),
        goal_version_id=bindparam("version"),
        kind=bindparam("kind"),
        text=bindparam("text"),
        media_kind=bindparam("media_kind"),
        media_file_id=bindparam("media_file_id"),
        media_seconds=bindparam("media_seconds"),
        message_id=bindparam("message"),
        recorded_at=bindparam("at"),
    )
    .returning(goal_word.c.id)
)
_FILE_WISH = (
    goal_word.update()
    .where(goal_word.c.id == bindparam("word"), goal_word.c.kind == "wish")
    .values(goal_id=bindparam("to_goal"))
)
_FREE_WISHES = goal_word.update().where(goal_word.c.goal_id == bindparam("goal")).values(goal_id=None)
_ADD_NOTICE = goal_notice.insert().values(
    goal_id=bindparam("goal"), person_id=bindparam("person"), kind=bindparam("kind"), tell_at=bindparam("at")
)
_UNNOTICE = (
    goal_notice.update()
    .where(
        goal_notice.c.goal_id == bindparam("goal"),
        goal_notice.c.kind == bindparam("of_kind"),
        goal_notice.c.tell_at.is_not(None),
    )
    .values(tell_at=None)
)
_CAREGIVERS = (
    sa.select(person)
    .select_from(access.join(person, person.c.id == access.c.person_id))
    .where(
        access.c.child_id == bindparam("child"),
        access.c.right == "care",
        stands(access),
        person.c.removed_at.is_(None),
        person.c.joined_at.is_not(None),
    )
    .order_by(person.c.id)
)


async def add_goal(tx: Tx, child_id: int, now: int) -> int:
    return await _id(tx, _ADD_GOAL, {"child": child_id, "now": now})


async def add_version(tx: Tx, goal_id: int, number: int, parts: dict[str, str], now: int) -> int:
    """A draft; `parts` has every one of `PARTS`."""
    values = {f"to_{part}": parts[part] for part in PARTS}
    return await _id(tx, _ADD_VERSION, {"goal": goal_id, "number": number, "now": now, **values})


async def set_part(tx: Tx, version: int, part: str, to: str) -> None:
    """Of a draft; what was proposed stays as it is."""
    await tx.run(_SET[part], {"version": version, "to": to})


async def propose(tx: Tx, version: int, at: int) -> bool:
    """False where it was proposed already."""
    return await tx.run(_PROPOSE, {"version": version, "at": at}) == 1


async def undraft(tx: Tx, goal_id: int) -> None:
    await tx.run(_UNDRAFT, {"goal": goal_id})


async def end(tx: Tx, goal_id: int, kind: str, at: int) -> bool:
    """False where it had ended before."""
    return await tx.run(_END, {"goal": goal_id, "end": kind, "at": at}) == 1


async def weigh(tx: Tx, goal_id: int, importance: int | None, difficulty: int | None) -> None:
    await tx.run(_WEIGH, {"goal": goal_id, "to_importance": importance, "to_difficulty": difficulty})


async def add_level(tx: Tx, goal_id: int, version: int, therapist: int, level: int, at: int) -> None:
    values = {"goal": goal_id, "version": version, "therapist": therapist, "level": level, "at": at}
    await tx.run(_ADD_LEVEL, values)


async def add_word(
    tx: Tx,
    child_id: int,
    person_id: int,
    kind: str,
    at: int,
    *,
    goal_id: int | None = None,
    version: int | None = None,
    text: str | None = None,
    media: Media | None = None,
    message: int | None = None,
) -> int:
    """What a caregiver said. Returns its id."""
    values: dict[str, Any] = {"child": child_id, "person": person_id, "kind": kind, "at": at, "text": text}
    values |= {"goal": goal_id, "version": version, "message": message}
    values |= {"media_kind": media.kind if media else None, "media_file_id": media.file_id if media else None}
    return await _id(tx, _ADD_WORD, {**values, "media_seconds": media.seconds if media else None})


async def file_wish(tx: Tx, word: int, goal_id: int | None) -> None:
    """A goal is made of that wish."""
    await tx.run(_FILE_WISH, {"word": word, "to_goal": goal_id})


async def free_wishes(tx: Tx, goal_id: int) -> None:
    """The goal came to nothing: its wishes stand for themselves again."""
    await tx.run(_FREE_WISHES, {"goal": goal_id})


async def notice(tx: Tx, goal_id: int, person_id: int, kind: str, at: int) -> None:
    """That caregiver is to be told from that moment on."""
    await tx.run(_ADD_NOTICE, {"goal": goal_id, "person": person_id, "kind": kind, "at": at})


async def unnotice(tx: Tx, goal_id: int, kind: str) -> None:
    """Nothing of that kind is to be told any more."""
    await tx.run(_UNNOTICE, {"goal": goal_id, "of_kind": kind})


async def caregivers(tx: Tx, child_id: int, now: int) -> list[Row]:
    """Who has joined and cares for a child whose right the caller has checked: rows of `person`."""
    return await tx.rows(_CAREGIVERS, {"child": child_id, "now": now})


async def _id(tx: Tx, statement: Any, values: dict[str, Any]) -> int:
    row = await tx.row(statement, values)
    assert row is not None  # noqa: S101 - RETURNING
    return int(row["id"])
