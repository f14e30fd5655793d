"""How a bot asks for its updates: long polls, or the address of a webhook."""

import asyncio
import re
from contextlib import suppress
from typing import Any

from bot.simulator.errors import Json, bad_request, conflict, unauthorized
from bot.simulator.requests import Ask
from bot.simulator.world import Webhook, World

MAX_BATCH = 100
MAX_TIMEOUT = 50
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")


async def get_updates(world: World, ask: Ask) -> list[Json]:
    if world.webhook.url:
        raise conflict(WEBHOOK_ACTIVE)
    turn = _new_turn(world)
    _allow(world, ask.params)
    world.updates.confirm(_whole(ask.params, "offset", 0))
    limit = min(max(_whole(ask.params, "limit", MAX_BATCH), 1), MAX_BATCH)
    batch: list[Json] = []
    with suppress(TimeoutError):
        async with asyncio.timeout(min(_whole(ask.params, "timeout", 0), MAX_TIMEOUT)):
            while not (batch := world.updates.take(limit)):
                await world.updates.wait()
                _check_turn(world, turn)
    return batch


def set_webhook(world: World, ask: Ask) -> bool:
    url = str(ask.params.get("url") or "")
    # Plain HTTP is let in where the real server refuses it: the tests' webhook stands on this machine.
    if url and not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = str(ask.params.get("secret_token") or "")
    if not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    _allow(world, ask.params)
    _change_webhook(world, ask.params, Webhook(url, secret, ask.params.get("max_connections", 40)))
    return True


def delete_webhook(world: World, ask: Ask) -> bool:
    _change_webhook(world, ask.params, Webhook())
    return True


def get_webhook_info(world: World, _: Ask) -> Json:
    webhook = world.webhook
    info: Json = {"url": webhook.url, "has_custom_certificate": False, "pending_update_count": len(world.updates)}
    if webhook.url:
        info["max_connections"] = webhook.max_connections
    if webhook.last_error:
        info |= {"last_error_date": webhook.last_error_date, "last_error_message": webhook.last_error}
    if world.updates.allowed:
        info["allowed_updates"] = sorted(world.updates.allowed)
    return info


def _change_webhook(world: World, params: Json, webhook: Webhook) -> None:
    world.webhook = webhook
    if params.get("drop_pending_updates"):
        world.updates.forget_all()
    _new_turn(world)


def _new_turn(world: World) -> int:
    """Ends whoever polls at the moment, and wakes the webhook's feeder."""
    world.poll_turn += 1
    world.updates.wake()
    return world.poll_turn


def _check_turn(world: World, turn: int) -> None:
    if world.revoked:
        raise unauthorized()
    if world.webhook.url:
        raise conflict("terminated by setWebhook request")
    if world.poll_turn != turn:
        raise conflict(OTHER_POLL)


def _allow(world: World, params: Json) -> None:
    allowed: Any = params.get("allowed_updates")
    if isinstance(allowed, list):
        world.updates.allowed = frozenset(allowed)


def _whole(params: Json, name: str, default: int) -> int:
    value = params.get(name, default)
    return value if isinstance(value, int) else default


RECEIVING = {"setWebhook": set_webhook, "deleteWebhook": delete_webhook, "getWebhookInfo": get_webhook_info}
