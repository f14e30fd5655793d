"""The bot's name, asked from Telegram once: links need it, and they can do without."""

from __future__ import annotations

import json

import aiohttp

from bot.config import Settings

PATIENCE = aiohttp.ClientTimeout(total=3)  # seconds


async def username(settings: Settings) -> str:
    """The bot's user name; "" where Telegram does not tell it soon."""
    address = f"{settings.telegram_api_base_url}{settings.telegram_bot_token}/getMe"
    try:
        async with aiohttp.ClientSession(timeout=PATIENCE, trust_env=True) as http, http.post(address) as answer:
            found = json.loads(await answer.text())
        return str(found["result"]["username"])
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError, LookupError, TypeError):
        return ""
