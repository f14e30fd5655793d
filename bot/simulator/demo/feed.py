"""What has changed since the page last heard: everything at first, then only the differences."""

import asyncio
import json

from aiohttp import web

from bot.simulator.bell import Bell
from bot.simulator.demo import views
from bot.simulator.demo.theatre import Seat, Theatre
from bot.simulator.errors import Json

GATHER = 0.03  # seconds in which what happens together is told together
STILL_HERE = 15.0  # seconds after which a silent stream says that it lives


class Feed:
    """For one reader."""

    def __init__(self, theatre: Theatre) -> None:
        self._theatre = theatre
        self._shown: Json = {}
        self._heads: dict[int, Json] = {}
        self._messages: dict[int, dict[int, Json]] = {}
        self._answered: dict[int, int] = {}

    def changes(self) -> Json:
        """`stage`, and a list of `phones`; each only where something is new."""
        news: Json = {}
        shown = self._theatre.shown()
        if shown != self._shown:
            self._shown = news["stage"] = shown
        if phones := [phone for phone in map(self._phone, self._theatre.seats) if len(phone) > 1]:
            news["phones"] = phones
        return news

    def _phone(self, seat: Seat) -> Json:
        number = seat.phone.user_id
        news: Json = {"id": number}
        head, messages, answers = views.head(seat), views.messages(seat), views.answers(seat)
        before = self._messages.get(number, {})
        if head != self._heads.get(number):
            news["head"] = head
        if changed := [one for key, one in messages.items() if one != before.get(key)]:
            news["messages"] = changed
        if gone := [key for key in before if key not in messages]:
            news["gone"] = gone
        if fresh := answers[self._answered.get(number, len(answers)) :]:
            news["answers"] = fresh
        self._heads[number], self._messages[number], self._answered[number] = head, messages, len(answers)
        return news


async def stream(request: web.Request, theatre: Theatre, happened: Bell) -> web.StreamResponse:
    """Server-sent events, one for each change, until the reader leaves."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await response.prepare(request)
    feed = Feed(theatre)
    while True:
        seen, news = happened.rung, feed.changes()
        try:
            await response.write(f"data: {json.dumps(news)}\n\n".encode() if news else b": still here\n\n")
        except ConnectionResetError:  # the reader has gone
            return response
        try:
            await asyncio.wait_for(happened.wait(seen), STILL_HERE)
            await asyncio.sleep(GATHER)
        except TimeoutError:
            continue
