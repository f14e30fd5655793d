"""Something has happened: everybody who waits for it wakes."""

import asyncio


class Bell:
    """Any number may wait at once. Look first, then wait: nothing between the two can be missed in one loop."""

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []

    def ring(self) -> None:
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            if not one.done():
                one.set_result(None)

    async def wait(self) -> None:
        rung = asyncio.get_running_loop().create_future()
        self._waiting.append(rung)
        await rung
