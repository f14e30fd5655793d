"""The page's routes without a browser: what it is told, what it may ask for, and what it is refused."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any

import pytest
from aiohttp import ClientSession, web

from bot.simulator import Phone, Simulator
from bot.simulator.demo import Seat, application
from bot.simulator.demo.feed import Feed
from tests.unit.simulator.client import Client

PNG = b"\x89PNG\r\n\x1a\n and so on"


class Playing:
    """A theatre without a bot."""

    def __init__(self, sim: Simulator, *phones: Phone) -> None:
        self.sim = sim
        self.seats = [Seat(phone, "a parent", "Europe/Berlin", "CODE") for phone in phones]
        self.played: list[str] = []
        self.scenes: Mapping[str, Callable[[], Awaitable[None]]] = {"hour": self._hour}

    async def _hour(self) -> None:
        self.played.append("hour")

    def shown(self) -> dict[str, Any]:
        return {"power": "on", "played": len(self.played)}

    def newcomer(self, name: str) -> Seat:
        self.seats.append(Seat(self.sim.phone(name), "new", "Europe/Berlin"))
        return self.seats[-1]


class Visitor:
    """Asks as the page does."""

    def __init__(self, session: ClientSession, base: str) -> None:
        self.session, self.base = session, base

    async def asks(self, path: str, **asked: Any) -> tuple[int, str]:
        async with self.session.post(f"{self.base}/{path}", json=asked) as answer:
            return answer.status, await answer.text()

    async def gets(self, path: str) -> tuple[int, Mapping[str, str], bytes]:
        async with self.session.get(f"{self.base}/{path}") as answer:
            return answer.status, answer.headers, await answer.read()


@pytest.fixture
def ana(sim: Simulator) -> Phone:
    """She has not written yet."""
    return sim.phone("Ana")


@pytest.fixture
def playing(sim: Simulator, ana: Phone) -> Playing:
    return Playing(sim, ana)


@pytest.fixture
async def visitor(sim: Simulator, playing: Playing) -> AsyncIterator[Visitor]:
    runner = web.AppRunner(application(sim.world, sim.happened, playing), handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with ClientSession() as session:
        yield Visitor(session, f"http://127.0.0.1:{runner.addresses[0][1]}")
    await runner.cleanup()


async def test_a_new_reader_hears_everything_then_only_what_is_new(playing: Playing, ana: Phone) -> None:
    ana.sends("hello")
    feed = Feed(playing)
    (phone,) = feed.changes()["phones"]
    assert [message["text"] for message in phone["messages"]] == ["hello"]
    assert feed.changes() == {}
    ana.sends("again")
    news = feed.changes()
    assert [message["text"] for message in news["phones"][0]["messages"]] == ["again"]
    assert "stage" not in news
    assert "head" not in news["phones"][0]


async def test_an_edit_a_deletion_and_a_reaction_are_news(api: Client, playing: Playing, ana: Phone) -> None:
    ana.sends("hello")
    shown = await api.result("sendMessage", chat_id=ana.user_id, text="<b>Hi</b>", parse_mode="HTML")
    feed = Feed(playing)
    feed.changes()
    await api.result("editMessageText", chat_id=ana.user_id, message_id=shown["message_id"], text="Ho")
    (edited,) = feed.changes()["phones"][0]["messages"]
    assert (edited["text"], edited["edited"]) == ("Ho", True)
    ana.reacts(shown, "👍")
    assert feed.changes()["phones"][0]["messages"][0]["reactions"] == [{"emoji": "👍", "mine": True}]
    await api.result("deleteMessage", chat_id=ana.user_id, message_id=shown["message_id"])
    assert feed.changes()["phones"][0]["gone"] == [shown["message_id"]]


async def test_a_message_waits_until_the_bot_has_taken_it(api: Client, playing: Playing, ana: Phone) -> None:
    ana.sends("hello")
    feed = Feed(playing)
    assert feed.changes()["phones"][0]["messages"][0]["waiting"]
    (update,) = await api.result("getUpdates")
    await api.result("getUpdates", offset=update["update_id"] + 1)
    assert not feed.changes()["phones"][0]["messages"][0]["waiting"]


async def test_a_reply_keyboard_and_the_command_menu_are_told(api: Client, playing: Playing, ana: Phone) -> None:
    ana.sends("hello")
    keyboard = {"keyboard": [["Yes", {"text": "No"}]], "one_time_keyboard": True, "input_field_placeholder": "Well?"}
    await api.result("sendMessage", chat_id=ana.user_id, text="?", reply_markup=keyboard)
    scope = {"type": "chat", "chat_id": ana.user_id}
    await api.result("setMyCommands", commands=[{"command": "help", "description": "Help"}], scope=scope)
    head = Feed(playing).changes()["phones"][0]["head"]
    assert head["keyboard"] == {"rows": [["Yes", "No"]], "once": True, "hint": "Well?"}
    assert head["commands"] == [["help", "Help"]]
    assert head["link"] == ""  # used by now


async def test_the_stream_tells_of_what_happens_while_it_writes(visitor: Visitor, ana: Phone) -> None:
    async with visitor.session.get(f"{visitor.base}/events") as stream:
        first = await _event(stream.content)
        assert first["phones"][0]["head"]["link"] == "CODE"
        await visitor.asks(f"phones/{ana.user_id}/send", text="one")
        assert (await _event(stream.content))["phones"][0]["messages"][0]["text"] == "one"


async def _event(content: Any) -> dict[str, Any]:
    async with asyncio.timeout(5):
        async for line in content:
            if line.startswith(b"data: "):
                found: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
                return found
    raise AssertionError("the stream has ended")


async def test_a_tap_gives_the_id_under_which_its_answer_comes(
    api: Client, visitor: Visitor, playing: Playing, ana: Phone
) -> None:
    ana.sends("hello")
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}, {"text": "Site", "url": "https://a.b"}]]}
    shown = await api.result("sendMessage", chat_id=ana.user_id, text="?", reply_markup=keyboard)
    feed = Feed(playing)
    feed.changes()
    number = shown["message_id"]
    status, told = await visitor.asks(f"phones/{ana.user_id}/tap", message=number, row=0, column=0)
    assert status == 200
    query = json.loads(told)["query"]
    await api.result("answerCallbackQuery", callback_query_id=query, text="Done", show_alert=True)
    assert feed.changes()["phones"][0]["answers"] == [{"query": query, "text": "Done", "alert": True}]
    for row, column, message in ((0, 1, number), (3, 0, number), (0, 0, 999)):
        assert (await visitor.asks(f"phones/{ana.user_id}/tap", message=message, row=row, column=column))[0] == 409
    assert (await visitor.asks(f"phones/{ana.user_id}/tap", message=number, row=-1, column=0))[0] == 400


async def test_everything_a_phone_sends_can_be_sent(visitor: Visitor, ana: Phone) -> None:
    at = f"phones/{ana.user_id}"
    asked: list[tuple[str, dict[str, Any]]] = [
        ("send", {"text": "words"}),
        ("voice", {"seconds": 14}),
        ("photo", {"caption": "on the swing"}),
        ("document", {}),
        ("sticker", {}),
        ("location", {}),
    ]
    for act, more in asked:
        assert (await visitor.asks(f"{at}/{act}", **more))[0] == 200, act
    assert [shown.kind for shown in ana.screen] == ["text", "voice", "photo", "document", "sticker", "location"]
    first = ana.screen[0].message_id
    assert (await visitor.asks(f"{at}/edit", message=first, text="other words"))[0] == 200
    assert (await visitor.asks(f"{at}/send", text="to that", reply=first))[0] == 200
    assert (await visitor.asks(f"{at}/react", message=first, emoji="🎉"))[0] == 200
    assert (ana.screen[0].text, ana.screen[0].reactions, ana.screen[-1].reply_to) == ("other words", ["🎉"], first)


async def test_who_has_blocked_the_bot_sends_nothing(visitor: Visitor, ana: Phone) -> None:
    at = f"phones/{ana.user_id}"
    assert (await visitor.asks(f"{at}/block"))[0] == 200
    assert (await visitor.asks(f"{at}/send", text="hello"))[0] == 409
    assert (await visitor.asks(f"{at}/unblock"))[0] == 200
    assert (await visitor.asks(f"{at}/send", text="hello"))[0] == 200


@pytest.mark.parametrize(
    ("act", "asked", "status"),
    [
        ("send", {"text": " "}, 400),
        ("send", {"text": "x", "reply": 77}, 409),
        ("edit", {"message": 77, "text": "x"}, 409),
        ("react", {"message": 77, "emoji": "👍"}, 409),
        ("react", {"message": 77, "emoji": "x"}, 400),
        ("voice", {"seconds": "long"}, 400),
        ("fly", {}, 404),
    ],
)
async def test_what_cannot_be_done_is_refused(
    visitor: Visitor, ana: Phone, act: str, asked: dict[str, Any], status: int
) -> None:
    assert (await visitor.asks(f"phones/{ana.user_id}/{act}", **asked))[0] == status
    assert (await visitor.asks("phones/1/send", text="x"))[0] == 404


async def test_no_other_site_can_post_here(visitor: Visitor, playing: Playing) -> None:
    for path in ("stage/hour", f"phones/{playing.seats[0].phone.user_id}/send", "phones"):
        for kind in ("text/plain", "application/x-www-form-urlencoded"):
            headers = {"Content-Type": kind}
            async with visitor.session.post(f"{visitor.base}/{path}", data=b"{}", headers=headers) as answer:
                assert answer.status == 415
    assert not playing.played


async def test_pictures_are_shown_and_files_are_handed_out(visitor: Visitor, ana: Phone) -> None:
    at = f"{visitor.base}/phones/{ana.user_id}/picture?caption=mine"
    async with visitor.session.post(at, data=PNG, headers={"Content-Type": "image/png"}) as answer:
        assert answer.status == 200
    async with visitor.session.post(at, data=b"<svg/>", headers={"Content-Type": "image/svg+xml"}) as answer:
        assert answer.status == 400
    ana.sends_photo()
    ana.sends_document(name='a "b"\r\n.pdf')
    own, drawn, paper = [await visitor.gets(f"files/{shown.file_id}") for shown in ana.screen]
    assert (own[1]["Content-Type"], own[2]) == ("image/png", PNG)
    assert drawn[1]["Content-Type"] == "image/svg+xml"
    assert paper[1]["Content-Disposition"] == 'attachment; filename="a _b___.pdf"'
    assert (await visitor.gets("files/none"))[0] == 404


async def test_every_answer_forbids_what_the_page_does_not_need(visitor: Visitor) -> None:
    for path in ("", "page.js", "page.css", "files/none"):
        _, headers, _ = await visitor.gets(path)
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
        assert headers["X-Content-Type-Options"] == "nosniff"


async def test_scenes_and_newcomers(visitor: Visitor, playing: Playing) -> None:
    assert (await visitor.asks("stage/hour"))[0] == 200
    assert (await visitor.asks("stage/week"))[0] == 404
    assert playing.played == ["hour"]
    status, told = await visitor.asks("phones", name="Ben")
    assert (status, json.loads(told)["id"]) == (200, playing.seats[-1].phone.user_id)
    assert (await visitor.asks("phones", name=""))[0] == 400
