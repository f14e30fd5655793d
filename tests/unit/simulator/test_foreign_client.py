"""A client of other people's making, aiogram, finds the simulator to be a Bot API server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.simulator import Phone, Simulator, faults
from tests.support import foreign
from tests.support.second_opinion import unknown_fields

TOKEN = "123456:A-FOREIGN-CLIENT-OF-THE-SIMULATOR"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@pytest.fixture
def sim() -> Simulator:
    return Simulator(token=TOKEN)


@pytest_asyncio.fixture
async def bot(sim: Simulator) -> AsyncIterator[foreign.aiogram.Bot]:
    async with sim.serve() as base:
        session = foreign.aiogram.client.session.aiohttp.AiohttpSession(
            api=foreign.aiogram.client.telegram.TelegramAPIServer.from_base(base.removesuffix("/bot")), timeout=5
        )
        made = foreign.aiogram.Bot(
            TOKEN, session=session, default=foreign.aiogram.client.default.DefaultBotProperties(parse_mode="HTML")
        )
        yield made
        await session.close()


@pytest.fixture
def ana(sim: Simulator) -> Phone:
    phone = sim.phone("Ana")
    phone.starts()
    sim.world.updates.forget_all()
    return phone


def keyboard(*labels: str) -> foreign.types.InlineKeyboardMarkup:
    return foreign.types.InlineKeyboardMarkup(
        inline_keyboard=[
            [foreign.types.InlineKeyboardButton(text=label, callback_data=f"c:{label}")] for label in labels
        ]
    )


async def test_who_we_are(bot: foreign.aiogram.Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.is_bot, me.username) == (123456, True, "homenotes_bot")


async def test_a_message_its_edits_and_its_end(bot: foreign.aiogram.Bot, ana: Phone) -> None:
    sent = await bot.send_message(
        ana.user_id,
        "<b>Hello</b> &amp; welcome",
        reply_markup=keyboard("Yes", "No"),
        disable_notification=True,
        protect_content=True,
        link_preview_options=foreign.types.LinkPreviewOptions(is_disabled=True),
    )
    assert sent.text == "Hello & welcome"
    assert sent.entities is not None
    assert (sent.entities[0].type, sent.entities[0].length) == ("bold", 5)
    assert sent.has_protected_content
    assert ana.buttons == ["Yes", "No"]
    edited = await bot.edit_message_text("Changed", chat_id=ana.user_id, message_id=sent.message_id)
    assert isinstance(edited, foreign.types.Message)
    assert (edited.text, edited.reply_markup) == ("Changed", None)
    await bot.edit_message_reply_markup(chat_id=ana.user_id, message_id=sent.message_id, reply_markup=keyboard("Go"))
    assert ana.buttons == ["Go"]
    assert await bot.set_message_reaction(ana.user_id, sent.message_id, [foreign.types.ReactionTypeEmoji(emoji="👍")])
    assert await bot.pin_chat_message(ana.user_id, sent.message_id)
    full = await bot.get_chat(ana.user_id)
    assert full.pinned_message is not None
    assert full.pinned_message.message_id == sent.message_id
    assert await bot.delete_message(ana.user_id, sent.message_id)
    assert not [one for one in ana.screen if not one.mine]


async def test_pictures_voices_documents_albums_and_their_bytes(bot: foreign.aiogram.Bot, ana: Phone) -> None:
    photo = await bot.send_photo(
        ana.user_id, foreign.types.BufferedInputFile(PNG, "chart.png"), caption="<i>A week</i>"
    )
    assert photo.photo
    file = await bot.get_file(photo.photo[-1].file_id)
    assert file.file_path
    content = await bot.download_file(file.file_path)
    assert content is not None
    assert content.read() == PNG
    again = await bot.send_photo(ana.user_id, photo.photo[-1].file_id)
    assert again.photo
    assert again.photo[-1].file_unique_id == photo.photo[-1].file_unique_id
    document = await bot.send_document(ana.user_id, foreign.types.BufferedInputFile(b"%PDF-1.7", "report.pdf"))
    assert document.document
    assert document.document.file_name == "report.pdf"
    spoken = ana.sends_voice(seconds=7)
    voice = await bot.send_voice(ana.user_id, spoken["voice"]["file_id"])
    assert voice.voice
    for kind in ("video", "audio", "video_note", "animation", "document", "sticker"):
        filmed = getattr(ana, f"sends_{kind}")()
        assert getattr(await getattr(bot, f"send_{kind}")(ana.user_id, filmed[kind]["file_id"]), kind), kind
    album = await bot.send_media_group(
        ana.user_id,
        [
            foreign.types.InputMediaPhoto(media=foreign.types.BufferedInputFile(PNG, "1.png")),
            foreign.types.InputMediaPhoto(media=photo.photo[-1].file_id),
        ],
    )
    assert len({one.media_group_id for one in album}) == 1
    changed = await bot.edit_message_caption(
        chat_id=ana.user_id, message_id=photo.message_id, caption="Two weeks", reply_markup=keyboard("More")
    )
    assert isinstance(changed, foreign.types.Message)
    assert changed.caption == "Two weeks"
    replaced = await bot.edit_message_media(
        foreign.types.InputMediaPhoto(media=foreign.types.BufferedInputFile(PNG + b"2", "new.png")),
        chat_id=ana.user_id,
        message_id=photo.message_id,
    )
    assert isinstance(replaced, foreign.types.Message)


async def test_copies_forwards_replies_and_places(bot: foreign.aiogram.Bot, sim: Simulator, ana: Phone) -> None:
    dana = sim.phone("Dana")
    dana.starts()
    said = ana.sends("He slept through")
    copied = await bot.copy_message(dana.user_id, ana.user_id, said["message_id"])
    assert dana.sees("He slept through").message_id == copied.message_id
    forwarded = await bot.forward_message(dana.user_id, ana.user_id, said["message_id"])
    assert forwarded.forward_origin is not None
    reply = await bot.send_message(
        ana.user_id, "Kept", reply_parameters=foreign.types.ReplyParameters(message_id=said["message_id"])
    )
    assert reply.reply_to_message is not None
    assert (await bot.send_location(ana.user_id, 52.5, 13.4)).location
    assert await bot.send_chat_action(ana.user_id, "typing")
    assert (await bot.get_chat_member(ana.user_id, ana.user_id)).user.id == ana.user_id
    assert await bot.delete_messages(ana.user_id, [said["message_id"], reply.message_id])


async def test_a_press_and_its_answer(bot: foreign.aiogram.Bot, ana: Phone) -> None:
    await bot.send_message(ana.user_id, "Well?", reply_markup=keyboard("Good"))
    ana.taps("Good")
    [update] = await bot.get_updates(timeout=1)
    assert update.callback_query is not None
    assert update.callback_query.data == "c:Good"
    assert await bot.answer_callback_query(update.callback_query.id, text="Thank you", show_alert=True)
    assert [(one.text, one.show_alert) for one in ana.answers] == [("Thank you", True)]


async def test_everything_a_phone_sends_is_an_update_aiogram_reads(
    bot: foreign.aiogram.Bot, sim: Simulator, ana: Phone
) -> None:
    first = ana.sends("Hello /help")
    ana.edits(first, "Hello")
    ana.replies("Yes", first)
    ana.forwards("From somebody else")
    media = ("voice", "audio", "photo", "album", "video", "video_note", "animation", "document", "sticker")
    for send in (*media, "location", "contact", "dice", "poll"):
        getattr(ana, f"sends_{send}")()
    ana.reacts(first, "👍")
    ana.blocks()
    ana.unblocks()
    ana.sends_to_group(ana.adds_bot_to_group(), "Hello all")
    wanted = ["message", "edited_message", "callback_query", "my_chat_member", "message_reaction"]
    updates = await bot.get_updates(allowed_updates=wanted)
    assert len(updates) == sim.pending_updates
    for update in updates:
        assert isinstance(update, foreign.types.Update)
        assert update.event_type
        assert not unknown_fields(update), update.event_type


async def test_menus_texts_about_the_bot_and_its_button(bot: foreign.aiogram.Bot, ana: Phone) -> None:
    commands = [foreign.types.BotCommand(command="help", description="What I can do")]
    assert await bot.set_my_commands(commands, scope=foreign.types.BotCommandScopeAllPrivateChats(), language_code="en")
    assert ana.commands == {"help": "What I can do"}
    [told] = await bot.get_my_commands(scope=foreign.types.BotCommandScopeAllPrivateChats(), language_code="en")
    assert (told.command, told.description) == ("help", "What I can do")
    own = [foreign.types.BotCommand(command="digest", description="Who needs a look")]
    assert await bot.set_my_commands(own, scope=foreign.types.BotCommandScopeChat(chat_id=ana.user_id))
    assert list(ana.commands) == ["digest"]
    assert await bot.delete_my_commands(scope=foreign.types.BotCommandScopeChat(chat_id=ana.user_id))
    assert list(ana.commands) == ["help"]
    assert await bot.set_my_name("Homenotes")
    assert await bot.set_my_description("Notes from home")
    assert await bot.set_my_short_description("Notes")
    assert await bot.set_chat_menu_button(ana.user_id, foreign.types.MenuButtonCommands())


async def test_a_group_is_left(bot: foreign.aiogram.Bot, ana: Phone) -> None:
    group = ana.adds_bot_to_group()
    assert await bot.leave_chat(group.id)
    with pytest.raises(foreign.errors.TelegramForbiddenError):
        await bot.send_message(group.id, "Still here?")


async def test_the_webhook_is_set_told_and_taken_away(bot: foreign.aiogram.Bot) -> None:
    assert await bot.set_webhook("https://bot.example/x", secret_token="s3cret", allowed_updates=["message"])
    info = await bot.get_webhook_info()
    assert (info.url, info.allowed_updates, info.pending_update_count) == ("https://bot.example/x", ["message"], 0)
    with pytest.raises(foreign.errors.TelegramConflictError):
        await bot.get_updates()
    assert await bot.delete_webhook()
    assert await bot.get_updates() == []


async def test_its_errors_are_the_ones_aiogram_knows(bot: foreign.aiogram.Bot, sim: Simulator, ana: Phone) -> None:
    with pytest.raises(foreign.errors.TelegramBadRequest, match="chat not found"):
        await bot.send_message(1, "Nobody")
    with pytest.raises(foreign.errors.TelegramBadRequest, match="can't parse entities"):
        await bot.send_message(ana.user_id, "<b>open")
    with pytest.raises(foreign.errors.TelegramBadRequest, match="message is too long"):
        await bot.send_message(ana.user_id, "x" * 4097)
    sent = await bot.send_message(ana.user_id, "Same")
    with pytest.raises(foreign.errors.TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_text("Same", chat_id=ana.user_id, message_id=sent.message_id)
    with pytest.raises(foreign.errors.TelegramBadRequest, match="query is too old"):
        await bot.answer_callback_query("1")
    sim.faults.add(faults.TooMany(35), "sendMessage", times=1)
    with pytest.raises(foreign.errors.TelegramRetryAfter) as waits:
        await bot.send_message(ana.user_id, "Too soon")
    assert waits.value.retry_after == 35
    sim.faults.add(faults.Status(502, "Bad Gateway"), "sendMessage", times=1)
    with pytest.raises(foreign.errors.TelegramServerError):
        await bot.send_message(ana.user_id, "Down")
    sim.faults.add(faults.DropAfter(), "sendMessage", times=1)
    with pytest.raises(foreign.errors.TelegramNetworkError):
        await bot.send_message(ana.user_id, "Shown, and the answer lost")
    assert ana.shows("the answer lost")
    ana.blocks()
    with pytest.raises(foreign.errors.TelegramForbiddenError, match="bot was blocked"):
        await bot.send_message(ana.user_id, "Hello?")
    sim.revoke_token()
    with pytest.raises(foreign.errors.TelegramUnauthorizedError):
        await bot.get_me()


async def test_a_whole_bot_of_aiogram_lives_on_it(bot: foreign.aiogram.Bot, sim: Simulator, ana: Phone) -> None:
    dispatcher = foreign.aiogram.Dispatcher()

    @dispatcher.message(foreign.aiogram.F.text)
    async def echo(message: foreign.types.Message) -> None:
        await message.answer(f"You said {message.text}", reply_markup=keyboard("Thanks"))

    @dispatcher.callback_query()
    async def pressed(query: foreign.types.CallbackQuery) -> None:
        await query.answer("Welcome")
        assert isinstance(query.message, foreign.types.Message)
        await query.message.edit_text("Done")

    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False))
    ana.sends("good morning")
    await sim.until(lambda: ana.shows("You said good morning"))
    ana.taps("Thanks")
    await sim.until(lambda: ana.shows("Done") and ana.answers)
    await dispatcher.stop_polling()
    await polling
