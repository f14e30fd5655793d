"""Every second: what is due? Check-in, prompt and the next moment in one transaction."""

from __future__ import annotations

from bot import log
from bot.domain import due, sending
from bot.domain.due import LessAsked, Opened, Prompt
from bot.house import House
from bot.model import Outgoing, Priority
from bot.storage.database import Database, Tx
from bot.text.screens import checkin, less

_log = log.get(__name__)

FEW = 20  # opened at a time
GROUPS = 8  # in one transaction, so that the writer is free again soon


async def tick(db: Database, house: House) -> int:
    """Open everything that is due, some hundreds in a transaction; returns how many prompts went into the outbox."""
    prompts = 0
    while True:
        opened = await db.write(lambda tx: _open(tx, house))
        prompts += len(opened.prompts)
        if opened.missed:
            _log.warning("prompts_missed", count=opened.missed)
        if not opened.more:
            return prompts


async def _open(tx: Tx, house: House) -> Opened:
    """In one transaction, but few at a time: whoever else wants to work gets a turn between two groups."""
    now = house.clock.now_ms()
    whole = Opened()
    for _ in range(GROUPS):
        opened = await due.open_due(tx, now, FEW)
        said = [*(_less(house, one) for one in opened.less), *(_prompt(house, one) for one in opened.prompts)]
        await sending.put(tx, said, now)
        whole.add(opened)
        if not opened.more:
            break
    return whole


def _less(house: House, one: LessAsked) -> Outgoing:
    """Without a sound: nobody is called to account."""
    row = one.row
    voice = house.voice(row["language"], row["address"], row["gender"])
    screen = less.stopped(voice) if one.stopped else less.asked(voice, row["schedule_id"])
    return Outgoing(one.message, row["account_id"], screen, Priority.PROMPT, expires_at=one.stale_at)


def _prompt(house: House, prompt: Prompt) -> Outgoing:
    view = prompt.view
    screen = checkin.question(house.voice(view.language, view.address, view.gender), view)
    return Outgoing(view.message, view.chat, screen, Priority.PROMPT, expires_at=prompt.stale_at)
