"""Delivery by webhook: chats side by side, each chat's updates one after the other, each until it is taken."""

import asyncio
from functools import partial
from typing import Any

import aiohttp

from bot.simulator.errors import Json
from bot.simulator.world import World

SUCCESS = range(200, 300)
TIMEOUT = aiohttp.ClientTimeout(total=60)


async def feed_webhook(world: World, pause: float) -> None:
    """Posts whatever waits; `pause` in seconds lies between a failure and the next try."""
    under_way: dict[Any, asyncio.Task[None]] = {}
    async with aiohttp.ClientSession(timeout=TIMEOUT, connector=aiohttp.TCPConnector(limit=0)) as session:
        try:
            while True:
                for body in world.updates.waiting() if world.webhook.url else []:
                    if len(under_way) >= world.webhook.max_connections:
                        break
                    queue = _queue(body)
                    if queue not in under_way:
                        under_way[queue] = asyncio.create_task(_deliver(world, session, body, pause))
                        under_way[queue].add_done_callback(partial(_leave, under_way, queue))
                await world.updates.wait()
        finally:
            for task in list(under_way.values()):
                task.cancel()
            await asyncio.gather(*under_way.values(), return_exceptions=True)


async def _deliver(world: World, session: aiohttp.ClientSession, body: Json, pause: float) -> None:
    try:
        if await _post(world, session, body):
            world.updates.confirm_one(body)
        else:
            await asyncio.sleep(pause)
    finally:
        # Looked at once this task has left its place.
        asyncio.get_running_loop().call_soon(world.updates.wake)


def _leave(under_way: dict[Any, asyncio.Task[None]], queue: Any, _: asyncio.Task[None]) -> None:
    del under_way[queue]


def _queue(body: Json) -> Any:
    """Who it came from: updates of one person keep their order."""
    for part in body.values():
        sender = part.get("from") if isinstance(part, dict) else None
        if isinstance(sender, dict):
            return sender.get("id")
    return None


async def _post(world: World, session: aiohttp.ClientSession, update: Json) -> bool:
    webhook = world.webhook
    if not webhook.url:
        return False
    headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
    try:
        async with session.post(webhook.url, json=update, headers=headers) as response:
            if response.status in SUCCESS:
                return True
            webhook.last_error = f"Wrong response from the webhook: {response.status} {response.reason}"
    except (aiohttp.ClientError, TimeoutError) as error:
        webhook.last_error = f"Connection failed: {type(error).__name__}"
    webhook.last_error_date = world.now()
    return False
