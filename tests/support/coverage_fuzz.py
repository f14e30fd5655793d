"""`make fuzz-coverage`: atheris leads random updates into lines of the update path that no update has reached yet.

python -m tests.support.coverage_fuzz [SECONDS] [CORPUS]. atheris is no dependency of the tests: `pip install atheris`
into the environment first. Updates are whole and broken; each may cost itself and nothing else. What goes wrong ends
it, and libFuzzer writes the bytes that led there into a file, to be given as CORPUS again.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random
from typing import Any

try:
    import atheris  # type: ignore[import-not-found, unused-ignore]
except ImportError:
    print("skipped: atheris is not installed here; python -m pip install atheris")  # noqa: T201
    sys.exit(0)

with atheris.instrument_imports(include=["bot.receiving", "bot.domain", "handlers"]):
    from tests.support import bot_api
    from tests.support.conversing import Conversing
    from tests.support.fuzzing import Fuzz
    from tests.support.world import World, open_world

from bot.model import Json
from bot.storage import schema

AT_MOST = 4  # updates from one input: enough for one to lead to the next
A_WORLD = 2_000  # inputs, then a new one


class Led(Random):
    """Chance, as the fuzzer would have it; of its own where the fuzzer has said all it had to say."""

    def __init__(self, data: Any) -> None:
        super().__init__(data.remaining_bytes())
        self.data = data

    def random(self) -> float:
        return float(self.data.ConsumeProbability()) if self.data.remaining_bytes() else super().random()

    def getrandbits(self, bits: int, /) -> int:
        if not self.data.remaining_bytes():
            return super().getrandbits(bits)
        return int.from_bytes(self.data.ConsumeBytes((bits + 7) // 8)) & (2**bits - 1)


class Clinic:
    """One world after another, and everybody's phone in it."""

    def __init__(self) -> None:
        self.runner, self.stack, self.inputs = asyncio.Runner(), AsyncExitStack(), 0
        self.api = bot_api.description()
        self.world: World | None = None
        self.people: list[tuple[Json, Json]] = []

    def one(self, data: bytes) -> None:
        if self.inputs % A_WORLD == 0:
            self.runner.run(self._begin())
        self.inputs += 1
        self.runner.run(self._one(Led(atheris.FuzzedDataProvider(data))))

    async def _begin(self) -> None:
        await self.stack.aclose()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        self.world = await self.stack.enter_async_context(open_world(folder, wired=True))
        self.world.odd_updates = True
        talk = Conversing(self.world, Random(0))
        await talk.begin()
        self.people = [(one.phone.user, one.phone.chat.info) for one in talk.people]

    async def _one(self, dice: Led) -> None:
        assert self.world is not None
        assert self.api is not None
        fuzz = Fuzz(self.api, dice, self.people, [])
        for _ in range(1 + dice.randrange(AT_MOST)):
            self.world.sim.raw_update(fuzz.update())
        await self.world.settle()
        assert self.world.sim.pending_updates == 0
        assert "canary" not in self.world.logs.getvalue()
        await self.world.db.write(lambda tx: tx.run(schema.dead_update.delete()))
        self.world.sim.calls.clear()
        self.world.logs.truncate(0)


def main() -> None:
    clinic = Clinic()
    if clinic.api is None:
        print("skipped: the description of the Bot API is not at hand")  # noqa: T201
        return
    seconds, *corpus = sys.argv[1:] or ["60"]
    atheris.Setup([sys.argv[0], f"-max_total_time={seconds}", "-max_len=4096", "-len_control=0", *corpus], clinic.one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
