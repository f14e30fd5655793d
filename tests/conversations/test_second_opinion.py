"""What the bot sends is what aiogram, too, knows as the Bot API; and its handlers are ordinary ones."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from telegram import Update
from telegram.ext import (
    ApplicationHandlerStop,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ExtBot,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.app import build_application
from bot.receiving.dispatch import dispatch
from tests.support.second_opinion import complaints
from tests.support.world import TOKEN, Person, World

KINDS = (CallbackQueryHandler, ChatMemberHandler, CommandHandler, MessageHandler, TypeHandler)


async def through_every_button(person: Person, most: int) -> None:
    """Each button of each screen once, the last first; then by the first ones onward."""
    tried: set[tuple[str, str]] = set()
    for _ in range(most):
        shown = person.phone.newest_with_buttons
        if shown is None:
            return
        fresh = [one for one in shown.all_buttons if one.data and (shown.text, one.label) not in tried]
        pressed = fresh[-1] if fresh else shown.all_buttons[0]
        tried.add((shown.text, pressed.label))
        await person.taps(pressed.label, shown)


async def three_days(world: World, people: list[Person]) -> None:
    """Check-ins are answered: by the first button, and by words where words are asked for."""
    for _day in range(3):
        await world.passes(days=1)
        for person in people * 12:
            if any("Skip" in label for label in person.buttons[:1]):
                await person.sends("Some words")
            elif person.buttons:
                await person.taps_first()


async def test_every_call_of_a_clinics_week_is_one_that_aiogram_knows(world: World) -> None:
    dana = await world.therapist("Dana")
    ana = await world.parent_of(dana, "Ana", "Mika")
    ben = await world.parent_of(dana, "Ben", "Lea")
    eve = world.person("Eve")
    await eve.starts("nothing")
    for name in ("help", "settings", "privacy", "checkin", "milestone", "families", "invite", "digest", "cancel"):
        for person in (ana, dana):
            await person.sends(f"/{name}")
            await through_every_button(person, 6)
    await three_days(world, [ana, ben])
    note = await ana.sends("He said <b>please</b> & thanks")
    await ana.does("edits", note, "He said please")
    for action in ("voice", "photo", "video", "document", "album", "audio", "video_note", "animation", "sticker"):
        await ben.does(f"sends_{action}")
        if any("Yes, keep it" in label for label in ben.buttons):
            await ben.taps("Yes, keep it")
    await ana.sends("/help")
    await ana.taps("Urgent help")
    await world.passes(days=1)
    await dana.sends("/digest")
    await through_every_button(dana, 12)
    await dana.sends("/digest")
    while not any("Voice and photos" in label for label in dana.buttons):
        await dana.taps_first()
    await dana.taps("Voice and photos")
    await ana.sends("/stop")
    calls = [call for call in world.sim.calls if call.method != "getUpdates"]
    wrong = sorted({line for call in calls for line in complaints(call.method, call.params)})
    print(f"\n{len(calls)} calls of {len({call.method for call in calls})} methods")  # noqa: T201 - what was looked at
    assert wrong == []
    assert {call.method for call in calls} >= {
        "sendMessage",
        "editMessageText",
        "answerCallbackQuery",
        "setMessageReaction",
        "setMyCommands",
        "sendVoice",
        "sendPhoto",
    }


async def test_the_second_opinion_sees_what_is_wrong() -> None:
    assert complaints("sendMessage", {"chat_id": 1, "text": "x"}) == []
    assert complaints("sendMassage", {}) == ["sendMassage: no such method"]
    assert complaints("sendMessage", {"chat_id": 1, "text": "x", "txet": "y"}) == ["sendMessage.txet: unknown"]
    assert complaints("sendMessage", {"chat_id": 1}) == ["sendMessage.text: Field required"]
    keyboard = {"inline_keyboard": [[{"text": "a", "callbackdata": "b"}]]}
    [line] = complaints("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": keyboard})
    assert re.search(r"inline_keyboard\[0\]\[0\].callbackdata: unknown", line) or "callbackdata" in line


# --- the library's own machinery, used as it is meant ----------------------------------------------------------------


@pytest.fixture
def application() -> Any:
    return build_application(ExtBot(TOKEN))


def test_the_application_is_made_of_the_librarys_own_handlers(application: Any) -> None:
    handlers = [handler for group in application.handlers.values() for handler in group]
    assert len(handlers) > 20
    for handler in handlers:
        assert isinstance(handler, BaseHandler)
        assert isinstance(handler, KINDS), type(handler)
        assert handler.block, handler
        if isinstance(handler, MessageHandler | CommandHandler):
            assert isinstance(handler.filters, filters.BaseFilter)
    assert application.updater is None
    assert application.persistence is None
    assert list(application.handlers) == sorted(application.handlers)


def test_every_handler_that_answers_a_button_says_which(application: Any) -> None:
    patterns = [
        handler.pattern
        for group in application.handlers.values()
        for handler in group
        if isinstance(handler, CallbackQueryHandler)
    ]
    assert len(patterns) > 10
    caught_by_all = [one for one in patterns if one is None]
    assert len(caught_by_all) <= 2, "only the gate and the last resort take any button"
    for pattern in patterns:
        if pattern is not None:
            assert pattern.pattern.startswith("^"), pattern
            assert pattern.pattern.endswith("$"), pattern


async def test_dispatch_keeps_the_librarys_rules(tmp_path: Path) -> None:
    """The first of each group that wants it, the groups in order; a stop ends it all; errors reach the caller."""
    seen: list[str] = []
    application = build_application(ExtBot(TOKEN))
    application.handlers.clear()

    def told(name: str, error: Exception | None = None) -> Any:
        async def handle(_update: Update, _context: Any) -> None:
            seen.append(name)
            if error is not None:
                raise error

        return handle

    application.add_handler(TypeHandler(int, told("another type")), 0)
    application.add_handler(TypeHandler(Update, told("first")), 0)
    application.add_handler(TypeHandler(Update, told("second of the group")), 0)
    application.add_handler(TypeHandler(Update, told("next group")), 1)
    application.add_handler(TypeHandler(Update, told("stops", ApplicationHandlerStop())), 2)
    application.add_handler(TypeHandler(Update, told("never reached")), 3)
    update = Update(1)
    await dispatch(application, update, None)
    assert seen == ["first", "next group", "stops"]
    seen.clear()
    application.add_handler(TypeHandler(Update, told("fails", ValueError("here"))), -1)
    with pytest.raises(ValueError, match="here"):
        await dispatch(application, update, None)
    assert seen == ["fails"]
