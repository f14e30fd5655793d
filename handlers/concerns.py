"""Words that may be about danger: the form stops, the card comes at once; lesser ones are told to the therapist.

A list of words finds little and errs often, so it never stands in the way of the button, and nothing is promised.
"""

from __future__ import annotations

from bot.domain import careful, urgent
from bot.domain.careful import Level
from bot.domain.goal_words import Heard
from bot.domain.notes import Answered, Incoming, NeedsConsent, Noted, Taken
from bot.domain.urgent import Said
from bot.storage.ids import new_id
from bot.text.screens import checkin as checkin_screens
from bot.text.screens import notes as note_screens
from bot.text.screens import urgent as screens
from handlers import checkin, following, goals
from handlers import urgent as alarms
from handlers.context import Home


async def caught(home: Home, message: Incoming, taken: Taken) -> bool:
    """Whether the card came: then it is the one acknowledgement of what was kept."""
    said = _said(message)
    if said is None:
        return False
    child = await _child(home, taken)
    if said.found.level is Level.AMBER:
        await _notice(home, child, said)
        return False
    raised = await urgent.caught(home.tx, home.me, child, said, home.house.route, home.now)
    if raised is None:
        return False
    whom = taken.children if isinstance(taken, Noted) and len(taken.children) > 1 else ()
    rows = note_screens.whom_rows(home.voice, taken.note, whom) if isinstance(taken, Noted) and whom else ()
    ack = taken.message if isinstance(taken, Noted | Heard) else new_id()
    await alarms.alarmed(home, raised, ack, more=rows)
    await _stop(home, taken)
    return not isinstance(taken, NeedsConsent)  # that one still has to be asked


async def reworded(home: Home, message: Incoming) -> None:
    """An edit is looked at as well; what was caught before alarms nobody again."""
    said = _said(message)
    if said is None or not home.me.caregivers:
        return
    if said.found.level is Level.AMBER:
        await _notice(home, None, said)
        return
    raised = await urgent.caught(home.tx, home.me, None, said, home.house.route, home.now)
    if raised is not None:
        await alarms.alarmed(home, raised, new_id())


def listed(message: Incoming) -> bool:
    """Whether there is anything in it that a list knows."""
    return _said(message) is not None


def _said(message: Incoming) -> Said | None:
    found = careful.look(message.text)
    return None if found is None else Said(message.text or "", message.telegram_message, message.said_at, found)


async def _child(home: Home, taken: Taken) -> int | None:
    """None: it may be any of theirs."""
    match taken:
        case Answered(view):
            return await alarms.child_of(home, view.id)
        case Heard():
            return taken.child
        case Noted() if len(taken.children) == 1:
            return taken.children[0].id
    return None


async def _stop(home: Home, taken: Taken) -> None:
    """Whatever was going on can wait."""
    match taken:
        case Answered(view):
            waits = view.question is not None
            voice = home.catalogue_voice(view)
            shown = checkin_screens.stopped_for(voice, view) if waits else await checkin.shown(home, view)
            home.edit(view.message, shown)
            await following.shared(home, view)
        case Heard():
            await goals.heard(home, taken, aloud=False)


async def _notice(home: Home, child: int | None, said: Said) -> None:
    for therapist, concern, of in await urgent.noticed(home.tx, home.me, child, said, home.now):
        await home.tell(therapist, screens.amber(home.voice_of(therapist), of, concern), of, None)
