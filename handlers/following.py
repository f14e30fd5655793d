"""What an answer brings about for others: a check-in that waited for it opens, one that is shared is over."""

from __future__ import annotations

from bot.domain import chains, links
from bot.domain.checkins import View
from bot.text.screens import checkin as screens
from bot.text.screens import seats as seat_screens
from handlers.context import Home


async def after(home: Home, view: View) -> None:
    """`view` is as the answer left it."""
    await shared(home, view)
    if view.just_done and view.awaited:
        await _opens(home, view)


async def shared(home: Home, view: View) -> None:
    """The other of the two is asked no more."""
    if view.shared and any(not one.skipped for one in view.answers.values()):
        await _other_is_done(home, view)


async def _other_is_done(home: Home, view: View) -> None:
    for row in await links.answered(home.tx, view.id):
        if row["state"] == "open":
            voice = home.house.voice(row["language"], row["address"], row["gender"])
            home.edit(row["message_id"], seat_screens.answered_by(voice, row), to=row["account_id"])


async def _opens(home: Home, view: View) -> None:
    opened = await chains.opened_by(home.tx, home.chat, view, home.now)
    if opened is not None:
        home.say(screens.any_state(home.catalogue_voice(opened), opened), message=opened.message)
