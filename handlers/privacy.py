"""/privacy: who reads what, where it is, and every consent with its switch."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.domain import accounts, consents, notes, settings, taking_out
from bot.model import May, Preset, Purpose, Right, Screen
from bot.text.screens import notes as note_screens
from bot.text.screens import privacy as screens
from handlers import whom
from handlers.context import Home
from handlers.leaving import held, tell_therapists
from handlers.notes import settle_held

_EXPLAINED = (Purpose.NEWSLETTER, Purpose.RESEARCH)
_PURPOSES = "|".join(purpose.value for purpose in consents.EXTRA)


async def show_privacy(_: Update, home: Home) -> None:
    home.say(await _privacy(home))


async def _privacy(home: Home) -> Screen:
    rests = await _rests(home)
    switches = [
        (purpose.value, given)
        for purpose in consents.EXTRA
        if home.me.caregivers and ((given := bool(await consents.given(home.tx, home.me, purpose))) or not rests)
    ]
    agreed, reader = await consents.agreed(home.tx, home.me), await _readers(home)
    stays = await taking_out.stays(home.tx, home.me, home.now)
    presets = await _less_than_all(home)
    return screens.privacy(home.voice, reader, tuple(switches), agreed, presets, urgent_stays=stays, rests=rests)


async def _readers(home: Home) -> str:
    names: dict[str, None] = {}
    for child, _seat in await accounts.children(home.tx, home.me, Right.CARE, home.now):
        names |= dict.fromkeys(one.name for one in await accounts.therapists(home.tx, child.id, home.now))
    return ", ".join(names) or home.house.clinic


async def read(_: Update, home: Home) -> None:
    """`privacy:text`, `privacy:agree:<version>`: what is agreed to now, and a yes to it where theirs was to another."""
    if not home.me.caregivers:
        home.toast(home.voice.plain("button-gone"), alert=True)
    elif home.data[1:] == ["agree", consents.TEXT_VERSION]:
        await consents.record(home.tx, home.me, Purpose.CARE, given=True, now=home.now)
        await home.show(await _privacy(home))
    else:
        agreed, reader = await consents.agreed(home.tx, home.me), await _readers(home)
        await home.show(screens.text(home.voice, reader, home.house.clinic, agreed))


async def _rests(home: Home) -> bool:
    """Whether no access stands: then a yes is only taken back."""
    return await accounts.load(home.tx, home.chat) is None


async def _less_than_all(home: Home) -> tuple[Preset, ...]:
    """What the clinic set for this account, where that is not everything: for one child or for all."""
    cared = await whom.children(home, May.CARE)
    rights = ((Preset.OWN, May.SEE), (Preset.READ, May.GIVE))
    return tuple([preset for preset, what in rights if len(await whom.children(home, what)) < len(cared)])


async def switched(_: Update, home: Home) -> None:
    """`privacy:<purpose>:<yes|no>`. What nobody has read about yet is explained before the yes."""
    _area, purpose, word = home.data
    if word == "yes" and await _rests(home):
        home.toast(home.voice.plain("button-gone"), alert=True)
        return
    if word == "yes" and Purpose(purpose) in _EXPLAINED:
        await home.show(note_screens.ask_consent(home.voice, Purpose(purpose)))
        return
    of, yes = Purpose(purpose), word == "yes"
    await consents.record(home.tx, home.me, of, given=yes, now=home.now, listed=home.house.erased)
    if of in consents.MEDIA.values():
        said = (note_screens.consent_given if yes else note_screens.consent_refused)(home.voice, of)
        await settle_held(home, of, said, 0, yes=yes)
    earlier = await taking_out.offered(home.tx, home.me, of, home.now)
    await home.show(screens.earlier(home.voice, of) if earlier else await _privacy(home))


async def earlier(_: Update, home: Home) -> None:
    """`privacy:keep`, `privacy:delete:<purpose>`: what was sent before the no."""
    if home.data[1] == "keep" or not await taking_out.offered(home.tx, home.me, Purpose(home.data[2]), home.now):
        await home.show(await _privacy(home))
    elif await taking_out.delete(home.tx, home.me, Purpose(home.data[2]), home.house.erased, home.now):
        stays = await taking_out.stays(home.tx, home.me, home.now)
        await home.show(screens.deleted(home.voice, urgent_stays=stays))
    else:
        await held(home)


async def leaving(_: Update, home: Home) -> None:
    """`privacy:leave`, `privacy:stay`, `privacy:gone`."""
    if not home.me.caregivers:
        home.toast(home.voice.plain("button-gone"), alert=True)
    elif home.data == ["privacy", "leave"]:
        await home.show(screens.sure(home.voice))
    elif home.data == ["privacy", "stay"]:
        await home.show(await _privacy(home))
    else:
        await _gone(home)


async def _gone(home: Home) -> None:
    await _drop_held(home)
    for row in await settings.withdraw(home.tx, home.me, consents.TEXT_VERSION, home.now, home.house.erased):
        await tell_therapists(home, row, screens.told)
    await home.show(screens.gone(home.voice))


async def _drop_held(home: Home) -> None:
    """What waits for a yes that cannot come any more goes at once, and its question with it."""
    for purpose in sorted(set(consents.MEDIA.values())):
        refused = Screen(note_screens.consent_refused(home.voice, purpose).text)
        for ask in {row["message_id"] for row in await notes.release(home.tx, home.chat, purpose)}:
            home.edit(ask, refused)


def handlers() -> list[BaseHandler[Update, Home, None]]:
    return [
        CommandHandler("privacy", show_privacy, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(switched, pattern=rf"^privacy:({_PURPOSES}):(yes|no)$"),
        CallbackQueryHandler(earlier, pattern=r"^privacy:(keep|delete:(voice|photos))$"),
        CallbackQueryHandler(read, pattern=r"^privacy:(text|agree:[0-9-]{4,10})$"),
        CallbackQueryHandler(leaving, pattern=r"^privacy:(leave|stay|gone)$"),
    ]
