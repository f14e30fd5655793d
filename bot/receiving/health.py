"""For monitors: `GET /health` is 200 while Telegram is heard from and 503 when it no longer is.

`GET /health/alive` is 200 for as long as the program answers at all. Neither tells anything of anybody.
"""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web

from bot import log
from bot.clock import Clock

FRESH = 90_000  # milliseconds: three long polls

_log = log.get(__name__)


async def serve_health(listen: str, last_poll: Callable[[], int], clock: Clock) -> web.AppRunner | None:
    """Serve on host:port; `last_poll` is machine time in ms, 0 for none yet. The caller calls `cleanup()`.

    None where `listen` is empty or the port is not free: the bot works without.
    """
    if not listen:
        return None

    async def ready(_request: web.Request) -> web.Response:
        age = clock.machine_ms() - last_poll()
        fresh = 0 <= age <= FRESH
        return web.json_response({"status": "ok" if fresh else "stale"}, status=200 if fresh else 503)

    async def alive(_request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    host, _, port = listen.rpartition(":")
    app = web.Application()
    app.router.add_get("/health", ready)
    app.router.add_get("/health/alive", alive)
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, host.strip("[]"), int(port)).start()
    except OSError as error:
        await runner.cleanup()
        _log.error("health_not_served", listen=listen, error=error.strerror or type(error).__name__)
        return None
    return runner
