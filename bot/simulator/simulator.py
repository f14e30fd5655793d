"""A stand-in for Telegram: the Bot API on one side, people's phones on the other."""

import asyncio
import itertools
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

from aiohttp import web

from bot.simulator.bell import Bell
from bot.simulator.errors import Json
from bot.simulator.faults import FaultList
from bot.simulator.limits import Limits
from bot.simulator.phone import Phone
from bot.simulator.posting import feed_webhook
from bot.simulator.server import Call, Server
from bot.simulator.world import World

FIRST_USER_ID = 1001
# How long a handler may go on once serving ends: hanging polls are cut off, not waited for.
SHUTDOWN_SECONDS = 0.05


class Simulator:
    def __init__(
        self,
        token: str = "123456:TEST",  # noqa: S107 (made up)
        username: str = "homenotes_bot",
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        limits: Limits | None = None,
        webhook_pause: float = 0.1,
    ) -> None:
        self.world = World(token, username, clock)
        self.webhook_pause = webhook_pause
        self.phones: list[Phone] = []
        self._server = Server(self.world, limits)
        self._user_ids = itertools.count(FIRST_USER_ID)
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None
        self._address = ("127.0.0.1", 0)

    @property
    def token(self) -> str:
        return self.world.token

    @property
    def faults(self) -> FaultList:
        return self._server.faults

    @property
    def calls(self) -> deque[Call]:
        return self._server.calls

    @property
    def limits(self) -> Limits | None:
        return self._server.limits

    @limits.setter
    def limits(self, limits: Limits | None) -> None:
        self._server.limits = limits

    @property
    def happened(self) -> Bell:
        """Rings after each call of the bot."""
        return self._server.happened

    @property
    def pending_updates(self) -> int:
        return len(self.world.updates)

    @property
    def handed_out(self) -> int:
        return self._server.handed_out

    def phone(
        self,
        name: str,
        user_id: int | None = None,
        language_code: str | None = "en",
        username: str | None = None,
        last_name: str | None = None,
    ) -> Phone:
        number = next(self._user_ids) if user_id is None else user_id
        user: Json = {"id": number, "is_bot": False, "first_name": name}
        optional = {"last_name": last_name, "username": username, "language_code": language_code}
        user |= {field: value for field, value in optional.items() if value is not None}
        phone = Phone(self.world, user)
        self.phones.append(phone)
        return phone

    @asynccontextmanager
    async def serve(self, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
        """Serves until the block ends; gives the address to which a token is appended."""
        self._runner = web.AppRunner(
            self._server.application(),
            handler_cancellation=True,
            access_log=None,
            shutdown_timeout=SHUTDOWN_SECONDS,
        )
        await self._runner.setup()
        feeder = asyncio.create_task(feed_webhook(self.world, self.webhook_pause))
        try:
            self._address = (host, port)
            await self.resume_listening()
            yield f"http://{host}:{self._address[1]}/bot"
        finally:
            feeder.cancel()
            with suppress(asyncio.CancelledError):
                await feeder
            await self._runner.cleanup()

    async def stop_listening(self) -> None:
        """New connections are refused from now on, and open ones end."""
        if self._site is not None and self._runner is not None and self._runner.server is not None:
            await self._site.stop()
            for connection in self._runner.server.connections:
                connection.force_close()
                if connection.transport is not None:
                    connection.transport.abort()
            self._site = None

    async def resume_listening(self) -> None:
        if self._runner is not None:
            self._site = web.TCPSite(self._runner, *self._address, reuse_address=True)
            await self._site.start()
            self._address = (self._address[0], self._runner.addresses[0][1])

    async def until(self, condition: Callable[[], object], seconds: float = 60) -> None:
        """Waits until something is so, looking again after each call of the bot."""
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    await self._server.happened.wait()
        except TimeoutError:
            screens = "\n".join(phone.transcript() for phone in self.phones)
            raise AssertionError(f"not so within {seconds} seconds\n{screens}") from None

    def revoke_token(self) -> None:
        self.world.revoked = True
        self.world.updates.wake()

    def raw_update(self, update: Json) -> int:
        """Queues anything; an update without an id gets the next one."""
        return self.world.updates.put_raw(update)

    def hand_out_again(self, update_ids: Iterable[int]) -> None:
        updates = self.world.updates
        updates.repeat([updates.find(number) for number in update_ids])

    def repeat_last_batch(self) -> None:
        self.world.updates.repeat(self.world.updates.last_batch)

    def restart_ids(self, at: int) -> None:
        """The next update gets this id, lower ones included, as after a quiet week."""
        self.world.updates.restart_ids(at)

    def duplicate_press(self, update_id: int, copies: int = 1) -> list[int | None]:
        """The same press again under further update ids."""
        query = self.world.updates.find(update_id)["callback_query"]
        return [self.world.updates.put("callback_query", query) for _ in range(copies)]
