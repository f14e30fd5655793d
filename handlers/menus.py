"""The phone's command menu: at most seven, by role and language, set when they change."""

from __future__ import annotations

from bot.domain import accounts
from bot.model import Account, Outgoing, Screen
from bot.storage.ids import new_id
from handlers.context import Home

PARENT = ("checkin", "milestone", "practice", "goals", "pause", "settings", "help")
THERAPIST = ("digest", "families", "goal", "plan", "invite", "settings", "help")
MOST = 7


def commands(account: Account) -> tuple[str, ...]:
    """A therapist who is a parent too sees both, the therapist's first."""
    ours = THERAPIST if account.therapist else ()
    return tuple(dict.fromkeys([*ours, *(PARENT if account.caregivers else ())]))[:MOST] or ("help",)


async def set_menu(home: Home) -> None:
    """Tell Telegram, once for each change of role or language."""
    listed = commands(home.me)
    wanted = f"{home.voice.language}:{','.join(listed)}"
    if await accounts.menu(home.tx, home.chat) == wanted:
        return
    await accounts.set_menu(home.tx, home.chat, wanted)
    shown = [{"command": one, "description": home.voice.plain(f"command-{one}")} for one in listed]
    payload = {"commands": shown, "scope": {"type": "chat", "chat_id": home.chat}}
    home.outgoing.append(Outgoing(new_id(), home.chat, Screen(""), method="setMyCommands", payload=payload))
