"""The composition root: every part is made here, started in order and stopped in reverse."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import ApplicationBuilder, ContextTypes, ExtBot
from telegram.request import BaseRequest

import handlers
import schedules
from bot import log, runtime
from bot.config import Settings
from bot.delivering.best_effort import BestEffort
from bot.delivering.dispatcher import Dispatcher
from bot.delivering.pacing import Pacer
from bot.delivering.transport import AiohttpRequest, call
from bot.domain import crisis, templates, zone_data
from bot.domain.keeping import Keeping
from bot.house import House
from bot.model import Retention
from bot.post import Post
from bot.receiving.at_once import AtOnce
from bot.receiving.dispatch import Batch, Dispatch
from bot.receiving.health import serve_health
from bot.receiving.polling import Poller, TokenRefused, back_off, seconds_of
from bot.receiving.stopping import unless
from bot.receiving.webhook import Address, Webhook
from bot.storage import erasures, moments, urls
from bot.storage.database import Database
from bot.storage.lock import Keep, nothing_to_keep, poller_lock
from bot.storage.opening import open_database
from bot.storage.seal import Seal
from bot.text.catalogue import Catalogue
from handlers import apology
from handlers.context import Home, HomeApplication

_log = log.get(__name__)

STOP_WITHIN = 12.0  # seconds; the contract allows 15
CATCH_UP = 10.0  # seconds that the ticks wait for what Telegram kept meanwhile: it may answer what they would close


@dataclass(slots=True)
class Homenotes:
    """The program, put together. ``tasks`` are what has to run for as long as it does."""

    house: House
    db: Database
    application: HomeApplication
    dispatch: Dispatch
    poller: Poller
    dispatcher: Dispatcher
    best_effort: BestEffort
    retention: Retention
    webhook: Webhook | None = None  # receives in the poller's place
    keeping: Keeping | None = None  # the daily backup
    keep_lock: Keep = nothing_to_keep

    @property
    def receiver(self) -> Poller | Webhook:
        return self.webhook or self.poller

    def last_poll_ms(self) -> int:
        """The machine's time at which Telegram was last heard from; 0: not yet."""
        return self.receiver.last_poll_ms

    def heard_ms(self) -> int:
        """The same, but 0 while more is waiting there."""
        return self.receiver.last_poll_ms if self.receiver.caught_up.is_set() else 0

    async def after(self, batch: Batch) -> None:
        """A batch is committed: send what it wished, stop the spinners."""
        self.dispatcher.wake()
        for query, text, alert in batch.presses:
            self.best_effort.answer(query, text, alert=alert)


def assemble(
    house: House,
    db: Database,
    bot: ExtBot[None],
    polling: BaseRequest,
    sending_by: BaseRequest,
    key: bytes,
    pace: float,
    retention: Retention,
    address: Address | None = None,
) -> Homenotes:
    """Every part, not started. `bot` has the token and the base URL; `polling` carries the long poll.

    With an `address` Telegram posts there, and nobody polls.
    """
    application = build_application(bot)
    base = bot.base_url
    seal = Seal(key)
    best_effort = BestEffort(sending_by, base)
    at_once = AtOnce(house, partial(best_effort.answer, alert=True))
    dispatch = Dispatch(db, application, house, seal, apology.lines, at_once)
    dispatcher = Dispatcher(db, sending_by, base, Pacer(pace, house.clock), house.clock)

    async def after(batch: Batch) -> None:
        await program.after(batch)

    poller = Poller(polling, f"{base}/getUpdates", dispatch, house.clock, after)
    webhook = Webhook(address, polling, base, dispatch, house.clock, after) if address else None
    program = Homenotes(house, db, application, dispatch, poller, dispatcher, best_effort, retention, webhook)
    return program


def build_application(bot: ExtBot[None]) -> HomeApplication:
    """python-telegram-bot's application, for its handlers and filters; receiving and sending are ours."""
    types = ContextTypes(context=Home)
    application = ApplicationBuilder().bot(bot).updater(None).job_queue(None).context_types(types).build()
    handlers.register(application)
    return application


def run(settings: Settings) -> int:
    """The process: returns its exit code. Errors that end it are raised for the command line to say in one line."""
    return asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with started(settings, stop) as program:
        if program is not None:
            if doubt := crisis.doubt(settings.country, settings.clock().now().date()):
                _log.warning("crisis_numbers", what=doubt)
            runtime.settle()
            await run_until(stop, program)
    return 0


@asynccontextmanager
async def started(settings: Settings, stop: asyncio.Event) -> AsyncIterator[Homenotes | None]:
    """The lock, the database, the connections; closed in reverse. None where `stop` is set before Telegram answers."""
    program: Homenotes | None = None
    templates.load()
    crisis.load()
    async with AsyncExitStack() as stack:
        keep_lock = await stack.enter_async_context(poller_lock(settings.database_url))
        db = await open_database(settings.database_url, settings.key())
        stack.push_async_callback(db.close)
        health = await serve_health(
            settings.health_listen, lambda: program.last_poll_ms() if program else 0, settings.clock()
        )
        if health is not None:
            stack.push_async_callback(health.cleanup)
        bot, polling, sending_by = _bot(settings)
        for request in (polling, sending_by):
            stack.push_async_callback(request.shutdown)
        address = _address(settings)
        username = await unless(stop, _introduce(bot, sending_by, polls=address is None))
        if username is not None:
            house = make_house(settings, username)
            stack.push_async_callback(house.workshop.close)
            pace, retention = settings.messages_per_second, settings.retention()
            program = assemble(house, db, bot, polling, sending_by, settings.key(), pace, retention, address)
            program.keeping = _keeping(settings)
            program.keep_lock = keep_lock
        yield program


@asynccontextmanager
async def beside(settings: Settings, db: Database) -> AsyncIterator[Homenotes]:
    """Every part on an open database and none of them started, for a command beside a running bot.

    Raises `TelegramError` where Telegram does not tell who we are.
    """
    bot, polling, sending_by = _bot(settings)
    try:
        await bot.initialize()
        house, key = make_house(settings, bot.username), settings.key()
        yield assemble(house, db, bot, polling, sending_by, key, settings.messages_per_second, settings.retention())
    finally:
        await polling.shutdown()
        await sending_by.shutdown()


def _address(settings: Settings) -> Address | None:
    if not settings.webhook_url:
        return None
    return Address(settings.webhook_url, settings.webhook_listen, settings.webhook_secret)


def _keeping(settings: Settings) -> Keeping | None:
    """A server has backups of its own."""
    if not urls.is_sqlite(settings.database_url):
        return None
    database = urls.sqlite_path(settings.database_url)
    return Keeping(database, settings.key(), settings.backups(), settings.backup_keep, settings.hook())


def make_house(settings: Settings, username: str) -> House:
    return House(
        Catalogue.load(),
        settings.clock(),
        settings.clinic_name,
        settings.default_language,
        settings.default_timezone,
        settings.country,
        username,
        erasures.of(settings.database_url, settings.data_dir),
        settings.rules(),
        settings.brief_hours,
        post=Post(settings.smtp_url, settings.mail_from) if settings.smtp_url else None,
        escalate_minutes=settings.escalate_minutes,
    )


def _bot(settings: Settings) -> tuple[ExtBot[None], AiohttpRequest, AiohttpRequest]:
    polling, sending_by = AiohttpRequest(), AiohttpRequest()
    bot: ExtBot[None] = ExtBot(
        settings.telegram_bot_token,
        base_url=settings.telegram_api_base_url,
        request=sending_by,
        get_updates_request=polling,
    )
    return bot, polling, sending_by


async def _introduce(bot: ExtBot[None], request: BaseRequest, *, polls: bool) -> str:
    """Who are we to Telegram? Waits out an outage; a refused token ends the process."""
    failures = 0
    while True:
        try:
            await bot.initialize()
            if polls:
                await call(request, f"{bot.base_url}/deleteWebhook")  # polling and a webhook exclude each other
        except InvalidToken as error:
            raise TokenRefused from error
        except RetryAfter as error:
            await asyncio.sleep(seconds_of(error))
        except TelegramError as error:
            failures += 1
            await asyncio.sleep(back_off("telegram_not_reached", error, failures))
        else:
            return bot.username


async def run_until(stop: asyncio.Event, program: Homenotes) -> None:
    """Run until told to stop; a part that dies ends the whole with its error."""
    parts = [
        asyncio.create_task(program.receiver.run(stop), name="receiving"),
        asyncio.create_task(program.dispatcher.run(stop), name="delivering"),
        asyncio.create_task(_schedule(program, stop), name="schedules"),
        asyncio.create_task(program.keep_lock(stop), name="lock"),
    ]
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait([*parts, waiting], return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    await _finish(parts)
    await program.best_effort.close()


async def _schedule(program: Homenotes, stop: asyncio.Event) -> None:
    """Start the ticks once what waited at Telegram is in, so that nothing is closed that was answered in time."""
    try:
        await unless(stop, asyncio.wait_for(program.receiver.caught_up.wait(), CATCH_UP))
    except TimeoutError:
        _log.warning("ticks_start_before_receiving_caught_up")
    if stop.is_set():
        return
    await _guarded("zone_data", partial(settle_zones, program))()
    scheduler = AsyncIOScheduler(
        timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
    for name, seconds, tick in schedules.ticks(program):
        every, at_once = program.house.clock.interval(seconds), schedules.AT_ONCE.get(name, 1)
        scheduler.add_job(_guarded(name, tick), "interval", seconds=every, max_instances=at_once, id=name)
    scheduler.start()
    try:
        await stop.wait()
    finally:
        scheduler.shutdown(wait=False)


async def settle_zones(program: Homenotes) -> None:
    """What was planned by older zone data; looked through beside the loop, for it may be every family's next moment."""
    moved = await asyncio.to_thread(zone_data.compare, await program.db.read(moments.planned))
    if moved:
        now = program.house.clock.now_ms()
        await program.db.write(lambda tx: zone_data.put_right(tx, moved, now))
        _log.warning("zone_data_changed", moved=len(moved.to), gone=len(moved.gone))


def _guarded(name: str, tick: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[None]]:
    """A tick that fails says so and is asked again at its next turn; what it had begun is rolled back."""

    async def once() -> None:
        try:
            await tick()
        except asyncio.CancelledError:
            _log.debug("tick_stopped", tick=name)  # the program ends; a transaction under way comes to its end
        except Exception as error:  # noqa: BLE001 - the next turn tries again; nothing was committed
            _log.error("tick_failed", tick=name, error=type(error).__name__)

    return once


async def _finish(parts: list[asyncio.Task[None]]) -> None:
    """Let every part come to its end, within the time we have; raise the first error that was not a stop."""
    done, pending = await asyncio.wait(parts, timeout=STOP_WITHIN)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    for task in done:
        error = task.exception()
        if error is not None:
            raise error
