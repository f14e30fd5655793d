"""One family end to end on PostgreSQL: people see the same and the export says the same as on the embedded engine."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.model import Json
from bot.storage import schema
from tests.support.databases import dump, postgres, postgres_url
from tests.support.safety import exported, kept
from tests.support.world import World, open_world

__all__ = ["postgres", "postgres_url"]
CANARIES = ("Mika", "Dana", "Slept", "breakfast", "swing", "red cup", "picture cards", "quoted")  # said in the play


async def play(world: World) -> None:
    """A week of Ana and Mika: every kind of answer, notes, a win, an edit, a check-in nobody answers, the digest."""
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika", role="mother")
    await dana.sends("/families")
    await dana.taps("Mika")
    for button in ("Home steps", "A home step"):
        await dana.taps(button)
    await dana.sends("Two words at breakfast")
    await dana.taps("At a meal")

    await world.until(datetime(2027, 3, 2, 18, 31, tzinfo=UTC))
    for label in ("Hard", "Tired", "Noise", "Done", "A little"):
        await ana.taps(label)
    said = await ana.sends("Slept badly. 'quoted' \\ 100 % 🦊")
    await ana.does("edits", said, "Slept very badly")
    await ana.taps("Looks right")

    await world.until(datetime(2027, 3, 3, 18, 31, tzinfo=UTC))
    await ana.taps("Great")
    await ana.does("sends_voice", seconds=14)
    await ana.taps("Yes, keep it")
    await ana.taps("Yes")
    await ana.taps("Skip")
    await ana.taps("Change")
    await ana.taps("Good")
    await ana.taps("Not today")
    await ana.taps("Skip")
    await ana.taps("Looks right")

    await world.until(datetime(2027, 3, 4, 12, 0, tzinfo=UTC))
    await ana.sends("/milestone")
    await ana.sends("First time on the swing")
    for label in ("First time", "A little", "Out", "Yes", "No"):
        await ana.taps(label)
    noted = await ana.sends("He asked for the red cup.")
    await ana.taps("A small win")
    await ana.does("edits", noted, "He asked for the red cup, with words.")
    await ana.sends("Should we stop the picture cards?")
    await ana.taps("A question")

    await world.until(datetime(2027, 3, 5, 12, 0, tzinfo=UTC))  # the fourth was not answered
    await ana.does("sends_photo", caption="On the swing")
    await ana.taps("Yes, keep it")
    await ana.sends("/pause")
    await ana.taps_first()

    await world.until(datetime(2027, 3, 8, 7, 0, tzinfo=UTC))
    await dana.sends("/digest")
    await dana.taps("Mika")
    await dana.taps("Answers")
    await dana.taps("Back to")
    await dana.taps("Mark answered")
    await ana.sends("/stop")
    await ana.starts()


async def told(folder: Path, url: str) -> tuple[str, list[Json], list[str], list[dict[str, Any]]]:
    """What everybody saw, the export, every accepted text, and what became of the messages."""
    async with open_world(folder, url=url) as world:
        await play(world)
        transcripts = "\n".join(one.phone.transcript() for one in world.people.values())
        shown = re.sub(r"/start \S+", "/start CODE", transcripts)
        children = json.loads(re.sub(r"\d{16,}", "0", json.dumps(await exported(world))))  # ids that tell the time
        assert await world.rows(schema.dead_update.select()) == []
        outbox = await world.rows(schema.outbox.select().order_by(schema.outbox.c.id))
        fates = [{key: row[key] for key in ("chat_id", "method", "state", "tries", "error")} for row in outbox]
        return shown, children, await kept(world), fates


async def test_a_family_sees_and_leaves_the_same_on_both_engines(tmp_path: Path, postgres_url: str) -> None:
    there = await told(tmp_path, postgres_url)
    assert [word for word in CANARIES if word in dump(postgres_url)] == []
    here = await told(tmp_path, "")
    for ours, theirs in zip(here, there, strict=True):
        assert theirs == ours
    shown, [child], texts, _ = there
    assert texts == sorted(set(texts))
    assert {"Slept very badly", "He asked for the red cup, with words.", "First time on the swing"} < set(texts)
    states = [one["state"] for one in child["checkins"]]
    assert states == ["done", "done", "done", "expired", *["excused"] * (len(states) - 4)]
    assert "Should we stop the picture cards?" in shown
