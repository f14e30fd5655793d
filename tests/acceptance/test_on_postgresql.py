"""The real process on PostgreSQL: it starts, works, lives through a crash of the server, and is alone."""

from __future__ import annotations

from bot.simulator import Simulator
from tests.support.databases import PostgresServer, postgres, postgres_url
from tests.support.process import Installation

__all__ = ["postgres", "postgres_url"]


async def test_fault_29_44_the_process_outlives_the_server_and_stays_alone(
    sim: Simulator, home: Installation, postgres: PostgresServer, postgres_url: str
) -> None:
    """What was sent while the server was down is answered when it is back; a second poller is refused as before."""
    home.settings["DATABASE_URL"] = postgres_url
    await home.start()
    first, second, third = (sim.phone(name) for name in ("First", "Second", "Third"))
    first.starts("wrong")
    await sim.until(lambda: first.shows("This link does not work"))
    code, out, err = await home.command("run")
    assert (code, out) == (1, "")
    assert "another process already polls for this database" in err.strip()
    assert len(err.splitlines()) == 1

    postgres.stop()
    try:
        second.starts("wrong")
        await home.until_logged("poll_failed")
        assert sim.pending_updates
    finally:
        postgres.start_again()
    await sim.until(lambda: second.shows("This link does not work"))
    await home.until_logged("database_lock_taken_again")
    assert (await home.command("run"))[0] == 1
    third.starts("wrong")
    await sim.until(lambda: third.shows("This link does not work"))
    assert await home.stop() == 0, home.logged()
    assert (await home.command("check"))[:2] == (0, "all in order: settings, key, schema, database\n")
    assert [sum("does not work" in one.text for one in phone.screen) for phone in (first, second, third)] == [1, 1, 1]
