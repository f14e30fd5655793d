"""Taking the bot's messages out of the chat."""

from __future__ import annotations

from bot.model import Button, Screen
from bot.text.catalogue import Voice


def sure(voice: Voice) -> Screen:
    rows = tuple((Button(voice.plain(f"hide-{word}"), f"hide:{word}"),) for word in ("yes", "no"))
    return Screen(voice("hide-sure"), rows)


def hidden(voice: Voice) -> Screen:
    return Screen(voice("hide-done"))


def left(voice: Voice) -> Screen:
    return Screen(voice("hide-left"))
