"""One call of a method, with the limits that Telegram puts on sending."""

from typing import Any

from bot.simulator.editing import EDITING, REACTING
from bot.simulator.errors import not_found
from bot.simulator.limits import Limits
from bot.simulator.receiving import RECEIVING, get_updates
from bot.simulator.requests import Ask
from bot.simulator.sending import SENDING, send_chat_action
from bot.simulator.settings import SETTINGS
from bot.simulator.world import World

METHODS: dict[str, Any] = {
    **SENDING,
    **EDITING,
    **REACTING,
    **RECEIVING,
    **SETTINGS,
    "sendChatAction": send_chat_action,
}
METHOD_NAMES = {name.lower(): name for name in ("getUpdates", *METHODS)}


def known_method(name: str) -> str:
    """Method names are case-insensitive, as on the real server."""
    known = METHOD_NAMES.get(name.lower())
    if known is None:
        raise not_found()
    return known


async def perform(world: World, limits: Limits | None, ask: Ask) -> Any:
    if ask.method == "getUpdates":
        return await get_updates(world, ask)
    # Edits count for the whole bot only: people who tap quickly are not held up by their own chat.
    if ask.method in SENDING:
        world.pace.count(limits, ask.chat_id)
    elif ask.method in EDITING:
        world.pace.count(limits, None)
    return METHODS[ask.method](world, ask)
