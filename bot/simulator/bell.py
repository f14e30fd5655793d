"""Something has happened: everybody who waits for it wakes."""

import asyncio


class Bell:
    """Any number may wait at once. ``rung`` counts, for those who do something between looking and waiting."""

    def __init__(self) -> None:
        self.rung = 0
        self._waiting: list[asyncio.Future[None]] = []

    def ring(self) -> None:
        self.rung += 1
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            if not one.done():
                one.set_result(None)

    async def wait(self, seen: int | None = None) -> None:
        """Until the next ring; at once where it has rung since the count was `seen`."""
        if seen is not None and seen != self.rung:
            return
        rung = asyncio.get_running_loop().create_future()
        self._waiting.append(rung)
        await rung
