"""aiogram as its documentation shows it: echo, and a press answered and edited. Nothing is stored.

https://docs.aiogram.dev/en/latest/
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message

from bench.contestants.course import Course, main

dispatcher = Dispatcher()


@dispatcher.message()
async def echo(message: Message) -> None:
    await message.answer(message.text or "")


@dispatcher.callback_query()
async def button(query: CallbackQuery) -> None:
    await query.answer()
    assert isinstance(query.message, Message)
    await query.message.edit_text(f"Selected option: {query.data}")


@asynccontextmanager
async def bot(course: Course) -> AsyncIterator[None]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(course.server))
    polling = asyncio.create_task(
        dispatcher.start_polling(Bot(course.token, session=session), handle_signals=False, close_bot_session=False)
    )
    yield
    polling.cancel()


if __name__ == "__main__":
    main(bot)
