"""A skill that a child has lost: the therapists hear of it the same working day, without a word on a lock screen."""

from __future__ import annotations

from bot.domain import accounts, checkins
from bot.domain.checkins import View
from bot.domain.digest_words import MILESTONE
from bot.text.screens import digest_flags
from handlers.context import Home


async def noticed(home: Home, view: View) -> None:
    """After each answer: only a yes to this one question is passed on."""
    given = view.answers.get("stopped")
    if view.template.key != MILESTONE or view.said != "stopped" or given is None or given.value != "yes":
        return
    child = await checkins.load_child(home.tx, home.chat, view.id, home.now)
    if child is None:
        return
    for therapist in await accounts.therapists(home.tx, child, home.now):
        await home.tell(therapist, digest_flags.notice(home.voice_of(therapist), view.child_name), child, None)
