"""On PostgreSQL: what plans know of people (sharing, days with a child, a cap, a journey, new zone data), and goals,
practice, behaviour, milestones, own check-ins, free days.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from bot.app import settle_zones
from bot.storage import schema
from tests.conversations.test_behaviour import THROWS
from tests.conversations.test_behaviour import agrees as looks_at
from tests.conversations.test_goals import agrees, proposes
from tests.conversations.test_practice import STEP, gives, told
from tests.support.databases import postgres, postgres_url
from tests.support.families import at, family
from tests.support.safety import exported
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


async def test_goals_practice_behaviour_milestones_own_check_ins_and_free_days(
    tmp_path: Path, postgres_url: str
) -> None:
    """Each area once, read by the therapist and in the export."""
    async with open_world(tmp_path, url=postgres_url) as world:
        dana, ana = await family(world)
        await proposes(dana, world)
        await agrees(ana)
        await ana.sends("/goals")
        await ana.taps("Rate now")
        await told(ana, "6", "Yes")
        await gives(dana, STEP, "At bath time")
        await world.passes(minutes=5)
        await ana.sends("/practice")
        await told(ana, "Yes", "Alone", "Under 5 minutes")
        await looks_at(dana, THROWS)
        await ana.sends("/behaviour")
        await told(ana, "just now", THROWS, "Told no", "Done", "We talked or hugged", "Done", "Under 1 minute")
        await told(ana, "Medium", "At home", "Little sleep", "Done", "3 to 6 hours")
        await ana.sends("/progress")
        for button in ("📋 The list for this age", "2025", "Mar", "▶️ Begin", "Not yet", "Stop here"):
            await ana.taps(button)
        await ana.sends("/settings")
        for button in ("Days off", "Settings"):
            await ana.taps(button)
        await dana.sends("/templates")
        for button in ("Copy one", "How close are we?", "Try it", "9"):
            await dana.taps(button)
        day = 86_400_000
        joined = {schema.person.c.joined_at: schema.person.c.joined_at - 30 * day}
        await world.db.write(lambda tx: tx.run(sa.update(schema.person).values(joined), {}))
        await world.until(at("2027-03-03 19:31"))
        await ana.taps("Good")
        await ana.taps("Skip")
        while "Skip" in " ".join(ana.buttons):
            await ana.taps("Skip")
        ana.sees("Has Mika done something new this month?")
        await world.until(at("2027-03-05 10:00"))
        ana.sees("💬 A line to share")
        await dana.sends("/digest")
        await dana.taps("Mika")
        await dana.sends("/families")
        for button in ("Mika", "Why did this come now?"):
            await dana.taps(button)
        [child] = await exported(world)
        assert [len(child[area]) > 0 for area in ("goals", "behaviour", "milestone_lists", "checkins")] == [True] * 4
        assert await world.rows(schema.dead_update.select()) == []
        assert "tick_failed" not in world.logs.getvalue()
