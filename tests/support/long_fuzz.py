"""`make fuzz`: random updates and whole conversations for as long as is wanted; the first that goes wrong ends it.

python -m tests.support.long_fuzz 1000000 [SEED]
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from bot.storage import schema
from tests.support import bot_api
from tests.support.conversing import Conversing, broken
from tests.support.world import open_world

ROUNDS, GROUPS, OF = 150, 10, 1500  # a world: some 1,500 updates of people, 15,000 odd ones


async def world(seed: int, folder: Path) -> int:
    """Returns how many updates it had."""
    api = bot_api.description()
    async with open_world(folder, wired=True) as opened:
        opened.odd_updates = True
        conversing = Conversing(opened, Random(seed))
        await conversing.begin()
        for number in range(ROUNDS):
            await conversing.round()
            if api is not None and number % (ROUNDS // GROUPS) == 0:
                await broken(opened, api, seed * GROUPS + number, conversing.people, OF)
                conversing.handled += OF
                opened.sim.calls.clear()
        assert conversing.unspoken() == [], conversing.unspoken()
        assert await opened.rows(schema.dead_update.select()) == []
        return conversing.handled


def main(wanted: int, seed: int) -> None:
    done, began = 0, time.monotonic()
    while done < wanted:
        try:
            with tempfile.TemporaryDirectory() as folder:
                done += asyncio.run(world(seed, Path(folder)))
        except BaseException:
            print(f"seed {seed} after {done:,} updates", file=sys.stderr, flush=True)  # noqa: T201
            raise
        seed += 1
        print(f"{done:,} updates, {done / (time.monotonic() - began):,.0f}/s, next seed {seed}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]), int((*sys.argv, "0")[2]))
