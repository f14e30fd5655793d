"""Of which children somebody may tell or see something; and the line for one who may do it for nobody."""

from __future__ import annotations

from bot.domain import accounts
from bot.model import Child, May, Right, Screen
from bot.text.screens import choosing
from handlers.context import Home


async def children(home: Home, what: May) -> list[Child]:
    return [child for child, _ in await accounts.children(home.tx, home.me, Right.CARE, home.now, what)]


async def gives(home: Home) -> bool:
    """Not where all that they may do is to read along."""
    return bool(await children(home, May.GIVE)) or not await children(home, May.SEE)


async def nobody(home: Home) -> Screen:
    """Why there is no child to choose: they only read along, or their access has ended."""
    return (choosing.reads_only if await children(home, May.CARE) else choosing.no_child)(home.voice)
