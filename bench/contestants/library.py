"""python-telegram-bot as its documentation shows it: the echo bot, and the inline keyboard's answer and edit.

https://docs.python-telegram-bot.org/en/stable/examples.echobot.html, examples.inlinekeyboard.html. Nothing is stored.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from bench.contestants.course import Course, main


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None and update.message.text is not None  # noqa: PT018
    await update.message.reply_text(update.message.text)


async def button(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    assert query is not None
    await query.answer()
    await query.edit_message_text(text=f"Selected option: {query.data}")


@asynccontextmanager
async def bot(course: Course) -> AsyncIterator[None]:
    """What `run_polling` does, on a loop that is already there."""
    application = Application.builder().token(course.token).base_url(course.base_url).build()
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
    application.add_handler(CallbackQueryHandler(button))
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling(allowed_updates=Update.ALL_TYPES)
        yield


if __name__ == "__main__":
    main(bot)
