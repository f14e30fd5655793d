"""Ticks in which nothing is due ask indexes, not whole tables: they cost the same in a clinic of any size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import schedules
from bot.storage import sqlite
from tests.support.world import open_world

# Kept short by what they are: the rows that wait, leaves, the people on call, the counters.
SMALL = {"absence", "alert_step", "counter", "notice", "rota", "form", "zone"}
WAITING = [["ix_job_waiting"]]
SELDOM = {"crisis numbers", "backup", "tidy", "reviewing"}  # hours apart


async def test_no_frequent_tick_reads_a_whole_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[tuple[str, str]] = set()
    async with open_world(tmp_path) as world:
        dana = await world.therapist("Dana")
        await world.parent_of(dana, "Ana", "Mika")
        await world.tick()
        plain = sqlite.compiled

        def noted(statement: Any) -> str:
            asked.add((name, plain(statement)))
            return plain(statement)

        monkeypatch.setattr(sqlite, "compiled", noted)
        for name, _seconds, tick in schedules.ticks(world.program):
            if name not in SELDOM:
                await tick()
        monkeypatch.undo()
        scans = {f"{name}: {step}" for name, text in asked for step in plan(world.db, text) if whole(step)}
    assert asked
    assert not scans, "\n".join(sorted(scans))


def whole(step: str) -> bool:
    """Of a table that grows with the clinic. An index of what waits may be read from end to end."""
    kind, table, *how = step.split()
    return kind == "SCAN" and table not in SMALL and how[-1:] not in WAITING


def plan(db: Any, text: str) -> list[str]:
    values = {name[1] or name[0]: 0 for name in sqlite._PLACE.findall(text)}
    return [row["detail"] for row in db._reader._conn.execute(f"EXPLAIN QUERY PLAN {text}", values)]
