"""Fault 53: very many families fall due in the same minute."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bench.clinic import KEY, Clinic, build, url
from bench.updates import ACCOUNT
from bot.clock import ManualClock, from_ms
from bot.domain import sending
from bot.house import House
from bot.model import Outgoing, Screen
from bot.storage import counts, outbox, schema
from bot.storage.ids import new_id
from bot.storage.opening import open_database
from bot.text.catalogue import Catalogue
from schedules import due

MANY, EACH = 600, 2_000  # families, and ms from one prompt to the next
DUE_AT = 1_804_000_000_000


async def test_fault_53_each_is_asked_once_a_reply_goes_first_and_lateness_is_told(tmp_path: Path) -> None:
    """One tick opens them all, a reply overtakes the queue, and `status` says how late they came."""
    path = tmp_path / "homenotes.db"
    build(path, Clinic(MANY, due=MANY, due_at=DUE_AT))
    clock = ManualClock(from_ms(DUE_AT) + timedelta(milliseconds=1))
    house = House(Catalogue.load(), clock, "our clinic", "en", "UTC", "")
    db = await open_database(url(path), KEY)
    try:
        assert (await due.tick(db, house), await due.tick(db, house)) == (MANY, 0)
        reply = Outgoing(new_id(), ACCOUNT + MANY - 1, Screen("Kept."))
        await db.write(lambda tx: sending.put(tx, [reply], DUE_AT))
        [first] = await db.write(lambda tx: outbox.claim(tx, 1, clock.machine_ms(), clock.machine_ms()))
        assert first["message_id"] == reply.id
        rows = await db.read(lambda tx: tx.rows(schema.outbox.select().order_by(schema.outbox.c.id)))
        assert len({row["chat_id"] for row in rows}) == MANY
        shown = [
            {
                "row": row["id"],
                "chat": row["chat_id"],
                "telegram": number,
                "message": row["message_id"],
                "at": 0,
                "asked_at": DUE_AT + number * EACH,
            }
            for number, row in enumerate(row for row in rows if row["id"] != reply.id)
        ]
        await db.write(lambda tx: outbox.shown(tx, shown))
        found = await db.read(lambda tx: counts.status(tx, 0, 0))
    finally:
        await db.close()
    late = {"sent": MANY, "late_p50_ms": (MANY - 1) // 2 * EACH, "late_p99_ms": (MANY - 1) * 99 // 100 * EACH}
    assert found["prompts"] == late
