"""What plans know of people, on PostgreSQL: sharing, days with a child, a cap, a journey, new zone data."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from bot.app import settle_zones
from bot.storage import schema
from tests.support.databases import postgres, postgres_url
from tests.support.world import open_world

__all__ = ["postgres", "postgres_url"]


async def test_two_homes_share_one_travels_and_the_clocks_change(tmp_path: Path, postgres_url: str) -> None:
    async with open_world(tmp_path, url=postgres_url) as world:
        dana = await world.therapist("Dana")
        ana = await world.parent_of(dana, "Ana", "Mika")
        [child] = await world.rows(sa.select(schema.child.c.id))
        ben = await world.parent_of(dana, "Ben", "Mika", child_id=child["id"])
        for opened in (
            ("Ana (parent): days", "Days with Mika", "Every second week", "Back to", "How much at most", "2 questions"),
            ("Ana (parent): days", "Share a check-in", "Ben (parent)", "The first answer is enough"),
        ):
            await dana.sends("/plan")
            for button in ("Mika", *opened):
                await dana.taps(button)
        await world.passes(minutes=5)
        for one in (ana, ben):
            await one.taps("Yes, I share")
        await ben.sends("/settings")
        await ben.taps("On a journey")
        await ben.does("presses", "away:to:2027-03-03:Europe/Lisbon", ben.newest)
        planned = await world.rows(schema.due.select().where(schema.due.c.opened == 0))
        later = schema.due.update().where(schema.due.c.opened == 0).values(due_at=schema.due.c.due_at + 3_600_000)
        await world.db.write(lambda tx: tx.run(later, {}))
        await settle_zones(world.program)
        again = await world.rows(schema.due.select().where(schema.due.c.opened == 0))
        assert sorted(row["due_at"] for row in again) == sorted(row["due_at"] for row in planned)
        await world.until(datetime(2027, 3, 2, 18, 31, tzinfo=UTC))
        await ana.taps("Good")
        await world.until(datetime(2027, 3, 9, 12, 0, tzinfo=UTC))
        zones = await world.rows(sa.select(schema.person.c.timezone).distinct())
        assert len(zones) == 1
        reasons = {row["state_reason"] for row in await world.rows(schema.check_in.select())}
        assert {"answered_by_other", "not_with_child"} <= reasons
        assert await world.rows(schema.dead_update.select()) == []
        assert "tick_failed" not in world.logs.getvalue()
