"""What holds for one caregiver beside the plans: days with the child, how much may be asked, a journey.

The callers have checked the right of a therapist, or act for the person's own account.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Row, Tx
from bot.storage.schema import account, person, rota, travel

_ROTA = sa.select(rota).where(rota.c.child_id == bindparam("child"), rota.c.person_id == bindparam("person"))
_PUT_ROTA = sa.text(
    "INSERT INTO rota (child_id, person_id, days, starts_on) VALUES (:child, :person, :days, :starts_on)"
    " ON CONFLICT (child_id, person_id) DO UPDATE SET days = :days, starts_on = :starts_on"
)
_NO_ROTA = rota.delete().where(rota.c.child_id == bindparam("child"), rota.c.person_id == bindparam("person"))
_OF_PERSON = person.update().where(person.c.id == bindparam("person_id"))
_PROMPTS = _OF_PERSON.values(prompts_a_day=bindparam("to"))
_WISH = _OF_PERSON.values(prompts_wish=bindparam("to"))
_CONTENT = _OF_PERSON.values(content_a_week=bindparam("to"))
_CAPS = sa.select(person.c.prompts_a_day, person.c.content_a_week).where(person.c.id == bindparam("person"))
_WISHED = sa.select(person.c.prompts_wish).where(person.c.id == bindparam("person"))
_TRAVEL = sa.text(
    "INSERT INTO travel (person_id, timezone, until_date, back_at) VALUES (:person, :timezone, :until_date, :back_at)"
    " ON CONFLICT (person_id) DO UPDATE SET until_date = :until_date, back_at = :back_at"
)
_TRAVELS = (
    sa.select(travel, person.c.timezone.label("away"))
    .select_from(travel.join(person))
    .where(person.c.account_id == bindparam("account"))
    .order_by(travel.c.person_id)
)
_BACK = (
    sa.select(travel, person.c.account_id)
    .select_from(travel.join(person))
    .where(travel.c.back_at <= bindparam("now"))
    .order_by(travel.c.back_at)
    .limit(bindparam("most"))
)
_HOME = travel.delete().where(travel.c.person_id == bindparam("person"))
_TELL_HOME = _OF_PERSON.values(home_at=bindparam("at"))
_AT_HOME = (
    sa.select(
        person.c.id,
        person.c.account_id,
        person.c.language,
        person.c.address,
        person.c.timezone,
        person.c.quiet_from,
        person.c.quiet_until,
        sa.or_(account.c.stopped_at.is_not(None), account.c.blocked_at.is_not(None)).label("unreachable"),
    )
    .select_from(person.join(account, account.c.id == person.c.account_id))
    .where(person.c.home_at <= bindparam("now"), person.c.removed_at.is_(None))
    .order_by(person.c.home_at, person.c.id)
    .limit(bindparam("most"))
)
_NIGHTS = sa.select(
    person.c.fast, sa.exists().where(travel.c.person_id == person.c.id).correlate(person).label("away")
).where(person.c.id == bindparam("person"))
_ZONE = _OF_PERSON.values(timezone=bindparam("to"))


async def rota_of(tx: Tx, child_id: int, person_id: int) -> Row | None:
    """None: with the child every day."""
    return await tx.row(_ROTA, {"child": child_id, "person": person_id})


async def put_rota(tx: Tx, child_id: int, person_id: int, days: str, starts_on: str) -> None:
    await tx.run(_PUT_ROTA, {"child": child_id, "person": person_id, "days": days, "starts_on": starts_on})


async def no_rota(tx: Tx, child_id: int, person_id: int) -> None:
    await tx.run(_NO_ROTA, {"child": child_id, "person": person_id})


async def caps(tx: Tx, person_id: int) -> tuple[int, int]:
    """Questions a day, other messages a week."""
    row = await tx.row(_CAPS, {"person": person_id})
    return (0, 0) if row is None else (int(row["prompts_a_day"]), int(row["content_a_week"]))


async def cap_prompts(tx: Tx, person_id: int, most: int) -> None:
    await tx.run(_PROMPTS, {"person_id": person_id, "to": most})


async def wished(tx: Tx, person_id: int) -> int | None:
    """How many questions a day are enough for them; None: as planned."""
    row = await tx.row(_WISHED, {"person": person_id})
    return None if row is None else row["prompts_wish"]


async def wish(tx: Tx, person_id: int, most: int | None) -> None:
    await tx.run(_WISH, {"person_id": person_id, "to": most})


async def cap_content(tx: Tx, person_id: int, most: int) -> None:
    await tx.run(_CONTENT, {"person_id": person_id, "to": most})


async def travel_to(tx: Tx, person_id: int, home: str, until: str, back_at: int) -> None:
    """``home`` stays what it was where they are away already."""
    await tx.run(_TRAVEL, {"person": person_id, "timezone": home, "until_date": until, "back_at": back_at})


async def travels(tx: Tx, account_id: int) -> list[Row]:
    """Of each seat of this account that is away: the zone of home, until_date, and `away`, the zone of now."""
    return await tx.rows(_TRAVELS, {"account": account_id})


async def back(tx: Tx, now: int, most: int) -> list[Row]:
    """Whose journey is over."""
    return await tx.rows(_BACK, {"now": now, "most": most})


async def tell_home(tx: Tx, person_id: int, at: int | None) -> None:
    """From that moment on they are to be told that they are at home again; None: they were, or need not be."""
    await tx.run(_TELL_HOME, {"person_id": person_id, "at": at})


async def at_home(tx: Tx, now: int, most: int) -> list[Row]:
    """Who is to be told now, with account and hours; `unreachable` where they take no messages."""
    return await tx.rows(_AT_HOME, {"now": now, "most": most})


async def nights(tx: Tx, person_id: int) -> tuple[bool, str]:
    """Whether they are away, and what they fast (as `bot.domain.feasts` has it)."""
    row = await tx.row(_NIGHTS, {"person": person_id})
    return (False, "") if row is None else (bool(row["away"]), str(row["fast"]))


async def come_home(tx: Tx, person_id: int) -> None:
    await tx.run(_HOME, {"person": person_id})


async def set_zone(tx: Tx, person_id: int, timezone: str) -> None:
    await tx.run(_ZONE, {"person_id": person_id, "to": timezone})
