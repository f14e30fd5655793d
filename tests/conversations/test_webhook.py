"""Telegram posts instead of being polled: the same conversations, and a door that opens with the secret only."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from bot.receiving.polling import ALLOWED
from bot.receiving.webhook import HEADER, LARGEST, Address, WebhookRefused
from bot.storage import schema
from bot.storage.database import Unavailable
from tests.support.world import World, open_world

Post = Callable[..., Awaitable[int]]
RIGHT = "the right one"


@pytest_asyncio.fixture(params=["polling", "webhook"])
async def either(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, webhook=request.param == "webhook") as opened:
        yield opened


@pytest_asyncio.fixture
async def hooked(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, webhook=True) as opened:
        yield opened


def address(world: World) -> Address:
    assert world.program.webhook is not None
    return world.program.webhook.address


@pytest_asyncio.fixture
async def post(hooked: World) -> AsyncIterator[Post]:
    """`post(body, secret)` -> status, as anybody on the network could."""
    async with aiohttp.ClientSession() as http:

        async def once(body: Any, secret: str | None = RIGHT, method: str = "POST") -> int:
            known = address(hooked)
            headers = {} if secret is None else {HEADER: known.secret if secret == RIGHT else secret}
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            async with http.request(method, known.url, data=data, headers=headers) as answer:
                return answer.status

        yield once


# --- the same conversations ------------------------------------------------------------------------------------------


async def test_a_family_s_first_days_are_the_same_either_way(either: World) -> None:
    dana = await either.therapist("Dana")
    ana = await either.parent_of(dana, "Ana", "Mika")
    await either.passes(days=1, hours=12)
    for _ in range(12):
        if not ana.buttons or not any("Good" in label or "Skip" in label for label in ana.buttons):
            break
        await ana.taps_first()
    [check_in] = await either.rows(schema.check_in.select())
    assert check_in["state"] == "done"
    note = await ana.sends("He said please, all by himself")
    await ana.does("edits", note, "He said please at lunch, all by himself")
    [stored] = await either.rows(schema.note.select())
    assert stored["text"] == "He said please at lunch, all by himself"
    assert len(await either.rows(schema.revision.select())) == 1
    await either.passes(days=1)
    dana.sees("Mika")


async def test_words_voice_photo_and_blocking_are_the_same_either_way(either: World) -> None:
    dana = await either.therapist("Dana")
    ana = await either.parent_of(dana, "Ana", "Mika")
    await ana.does("sends_voice", seconds=9)
    await ana.taps("Yes, keep it")
    await ana.does("sends_album", 3, "At the lake")
    await ana.taps("Yes, keep it")
    kinds = [one["media_kind"] for one in await either.rows(schema.note.select().order_by(schema.note.c.id))]
    assert kinds.count("voice") == 1
    assert "photo" in kinds
    await ana.does("blocks")
    [blocked] = [one for one in await either.rows(schema.account.select()) if one["blocked_at"]]
    assert blocked["id"] == ana.phone.user_id
    await ana.does("unblocks")
    await ana.starts()
    assert not [one for one in await either.rows(schema.account.select()) if one["blocked_at"]]


async def test_strangers_and_helpers_are_the_same_either_way(either: World) -> None:
    eve = either.person("Eve")
    await eve.starts("nothing")
    eve.sees("This link does not work")
    dana = await either.therapist("Dana")
    await dana.sends("/help")
    assert dana.newest.text
    await dana.does("presses", "forged:data", dana.newest)
    assert (await either.rows(schema.dead_update.select())) == []


# --- the door --------------------------------------------------------------------------------------------------------


async def test_telegram_is_told_the_address_the_secret_and_what_we_wish_to_hear(hooked: World) -> None:
    [told] = [call.params for call in hooked.sim.calls if call.method == "setWebhook"]
    known = address(hooked)
    assert (told["url"], told["secret_token"], told["allowed_updates"]) == (known.url, known.secret, ALLOWED)
    assert not told.get("drop_pending_updates")
    assert not [call for call in hooked.sim.calls if call.method == "getUpdates"]


@pytest.mark.parametrize("secret", [None, "", "wrong", "webhook-secret_", "webhook-secret_12", "wëbhook"])
async def test_fault_51_a_post_without_the_secret_is_refused(secret: str | None, hooked: World, post: Post) -> None:
    """403, and nothing of it is stored."""
    update = {"update_id": 1, "message": {"text": "forged"}}
    assert await post(update, secret) == 403
    assert await hooked.rows(schema.handled.select()) == []


async def test_fault_51_without_the_secret_the_body_is_not_even_waited_for(hooked: World) -> None:
    """The refusal comes while the body is still on its way."""
    host, _, port = address(hooked).listen.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n")
    assert (await asyncio.wait_for(reader.readline(), 30)).startswith(b"HTTP/1.1 403")
    writer.close()
    await writer.wait_closed()


@pytest.mark.parametrize("chunked", [False, True])
async def test_fault_51_a_body_of_ten_megabytes_is_refused(chunked: bool, hooked: World) -> None:
    """413, whether its length was told or not; the next update is taken as ever."""
    known = address(hooked)

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(10):
            yield b"x" * 1_000_000

    body: Any = pieces() if chunked else io.BytesIO(b"x" * 10_000_000)
    async with aiohttp.ClientSession() as http:
        try:
            async with http.post(known.url, data=body, headers={HEADER: known.secret}) as answer:
                assert answer.status == 413
        except aiohttp.ClientConnectionError:
            pass  # closed while we still wrote: as good a refusal
    eve = hooked.person("Eve")
    await eve.starts("nothing")
    eve.sees("This link does not work")


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
async def test_fault_51_only_a_post_is_answered(method: str, post: Post) -> None:
    """405, with or without the secret."""
    assert await post(b"", method=method) == 405
    assert await post(b"", None, method=method) == 405


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b'"x"', b"\xff\xfe", b"[" * 100_000, b"1" * 5000])
async def test_fault_51_what_is_no_update_is_refused(body: bytes, hooked: World, post: Post) -> None:
    """400, and nothing of it is stored."""
    assert await post(body) == 400
    assert await hooked.rows(schema.handled.select()) == []


async def test_an_update_nobody_can_parse_is_kept_and_confirmed(hooked: World, post: Post) -> None:
    assert await post({"update_id": 5, "message": {"text": "no chat, no date"}}) == 200
    assert len(await hooked.rows(schema.dead_update.select())) == 1


# --- stored, then 200 ------------------------------------------------------------------------------------------------


async def test_503_while_the_database_fails_and_then_it_comes_again(
    hooked: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    dana = await hooked.therapist("Dana")
    ana = await hooked.parent_of(dana, "Ana", "Mika")
    tried = 0
    write = hooked.program.db.write

    async def fails(work: Any) -> Any:
        nonlocal tried
        tried += 1
        if tried < 4:
            raise Unavailable("database is locked")
        return await write(work)

    with monkeypatch.context() as patched:
        patched.setattr(hooked.program.db, "write", fails)
        ana.phone.sends("Kept at the fourth try")
        while hooked.sim.pending_updates:
            await hooked.sim.world.updates.wait()
    assert tried == 4
    assert "503" in hooked.sim.world.webhook.last_error
    await hooked.settle()
    assert [one["text"] for one in await hooked.rows(schema.note.select())] == ["Kept at the fourth try"]


async def test_the_answer_waits_for_the_commit(hooked: World, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    let_go, begun = asyncio.Event(), asyncio.Event()
    write = hooked.program.db.write

    async def waits(work: Any) -> Any:
        begun.set()
        await let_go.wait()
        return await write(work)

    monkeypatch.setattr(hooked.program.db, "write", waits)
    posting = asyncio.create_task(post({"update_id": 9}))
    await begun.wait()
    assert not posting.done()
    let_go.set()
    assert await posting == 200


async def test_posts_that_wait_share_one_transaction_in_the_order_of_each_chat(
    hooked: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    dana = await hooked.therapist("Dana")
    parents = [await hooked.parent_of(dana, f"Parent {n}", f"Child {n}") for n in range(8)]
    sizes: list[int] = []
    handle = type(hooked.program.dispatch).handle

    async def counted(self: Any, raws: Any) -> Any:
        sizes.append(len(raws))
        return await handle(self, raws)

    monkeypatch.setattr(type(hooked.program.dispatch), "handle", counted)
    for number in range(5):
        for one in parents:
            one.phone.sends(f"note {number} of {one.phone.name}")
    await hooked.settle()
    assert sum(sizes) == 40
    assert len(sizes) < 20
    for one in parents:
        mine = [n["text"] for n in await hooked.rows(schema.note.select().order_by(schema.note.c.id))]
        assert [t for t in mine if t.endswith(one.phone.name)] == [f"note {n} of {one.phone.name}" for n in range(5)]


async def test_fault_14_one_chat_s_posts_out_of_order_are_put_in_order(
    hooked: World, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What arrives together is handled by its numbers, whichever post was first."""
    dana = await hooked.therapist("Dana")
    ana = await hooked.parent_of(dana, "Ana", "Mika")
    sim, let_go, waiting = hooked.sim.world, asyncio.Event(), asyncio.Event()
    write = hooked.program.db.write

    async def waits(work: Any) -> Any:
        waiting.set()
        await let_go.wait()
        return await write(work)

    monkeypatch.setattr(hooked.program.db, "write", waits)
    posting = [asyncio.create_task(post({"update_id": 899}))]
    await waiting.wait()
    for number in (4, 1, 3, 0, 2):
        message = sim.add_message(ana.phone.chat, ana.phone.user, {"text": f"part {number}"})
        posting.append(asyncio.create_task(post({"update_id": 900 + number, "message": message})))
    while len(hooked.program.webhook._posts) < 5:  # type: ignore[union-attr]  # noqa: ASYNC110 - they come over the net
        await asyncio.sleep(0)
    let_go.set()
    assert set(await asyncio.gather(*posting)) == {200}
    texts = [one["text"] for one in await hooked.rows(schema.note.select().order_by(schema.note.c.id))]
    assert texts == [f"part {n}" for n in range(5)]


async def test_fault_11_a_post_that_comes_again_is_confirmed_and_changes_nothing(hooked: World, post: Post) -> None:
    """200 both times, one note, one acknowledgement."""
    dana = await hooked.therapist("Dana")
    ana = await hooked.parent_of(dana, "Ana", "Mika")
    message = hooked.sim.world.add_message(ana.phone.chat, ana.phone.user, {"text": "Only once"})
    update = {"update_id": 77, "message": message}
    assert [await post(update) for _ in range(3)] == [200, 200, 200]
    assert set(await asyncio.gather(*(post({**update, "update_id": 80 + n}) for n in range(5)))) == {200}
    await hooked.settle()
    assert [one["text"] for one in await hooked.rows(schema.note.select())] == ["Only once"]


# --- watching over it ------------------------------------------------------------------------------------------------


async def test_a_webhook_that_somebody_changed_is_set_anew(hooked: World) -> None:
    assert hooked.program.webhook is not None
    hooked.sim.world.webhook.url = "https://elsewhere.example/"
    await hooked.program.webhook.look()
    await hooked.program.webhook.look()
    assert hooked.sim.world.webhook.url == address(hooked).url


async def test_health_goes_stale_while_telegram_cannot_reach_us(hooked: World) -> None:
    webhook = hooked.program.webhook
    assert webhook is not None
    hooked.sim.world.webhook.secret = "another"
    hooked.person("Ana").phone.starts("nothing")
    heard = hooked.program.last_poll_ms()
    for _ in range(4):
        hooked.clock.advance(seconds=30)
        await webhook.look()
    assert hooked.program.last_poll_ms() <= heard + 30_000
    hooked.sim.world.webhook.secret = address(hooked).secret
    await hooked.receive()
    hooked.clock.advance(seconds=30)
    await webhook.look()
    assert hooked.program.last_poll_ms() == hooked.clock.machine_ms()


async def test_fault_17_presses_that_died_while_nobody_reached_us_are_offered_again(hooked: World) -> None:
    """The open question comes once more, when what waited has been taken."""
    webhook = hooked.program.webhook
    assert webhook is not None
    dana = await hooked.therapist("Dana")
    ana = await hooked.parent_of(dana, "Ana", "Mika")
    await hooked.passes(days=1, hours=11)
    asked = ana.newest.message_id
    hooked.sim.world.webhook.secret = "another"
    ana.phone.taps_first()
    for _ in range(10):
        hooked.clock.advance(seconds=30)
        await webhook.look()
    hooked.sim.world.webhook.secret = address(hooked).secret
    await hooked.receive()
    hooked.clock.advance(seconds=30)
    await webhook.look()
    await hooked.tick()  # the gap is seen,
    await hooked.tick()  # and mended
    assert ana.newest.message_id > asked
    assert any("Good" in label for label in ana.newest.labels)
    assert len(await hooked.rows(schema.check_in.select())) == 1


async def test_silence_at_night_is_healthy(hooked: World) -> None:
    assert hooked.program.webhook is not None
    hooked.clock.advance(hours=8)
    await hooked.program.webhook.look()
    assert hooked.program.last_poll_ms() == hooked.clock.machine_ms()


async def test_a_refused_address_is_named(hooked: World) -> None:
    webhook = hooked.program.webhook
    assert webhook is not None
    webhook.address = Address("ftp://x", webhook.address.listen, "s")
    webhook._ours = False
    with pytest.raises(WebhookRefused, match=r"^WEBHOOK_URL: "):
        await webhook.look()


async def test_a_port_that_is_taken_is_named(hooked: World) -> None:
    webhook = hooked.program.webhook
    assert webhook is not None
    with pytest.raises(WebhookRefused, match=r"^WEBHOOK_LISTEN: "):
        await webhook.run(asyncio.Event())


async def test_what_waited_before_the_start_is_delivered(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        dana = await world.therapist("Dana")
        ana = await world.parent_of(dana, "Ana", "Mika")
        now = world.clock.now()
    async with open_world(tmp_path, start=now + timedelta(hours=1), webhook=True) as world:
        phone = world.sim.phone("Ana", user_id=ana.phone.user_id)
        phone.sends("Sent meanwhile")
        await world.settle()
        assert [one["text"] for one in await world.rows(schema.note.select())] == ["Sent meanwhile"]


def test_the_limit_leaves_room_for_any_real_update() -> None:
    assert LARGEST > 100 * 4096
