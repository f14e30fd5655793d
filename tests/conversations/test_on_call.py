"""Who is on call is told with a case and a level only, then the next, until one has it; e-mail where a chat fails."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot import post
from bot.domain import on_call, staff
from bot.domain.auditing import CLINIC
from bot.domain.on_call import Hours
from bot.storage import jobs, schema
from tests.support.families import at, family
from tests.support.letters import Letters, letters
from tests.support.world import Person, World, open_world

ALARM = "🔴 Urgent help, level red. Case 1. Please look now."


async def id_of(world: World, name: str) -> int:
    return next(row["id"] for row in await world.rows(schema.person.select()) if row["name"] == name)


async def on(world: World, name: str, place: int, days: str = "0123456") -> None:
    number = await id_of(world, name)
    hours = Hours(days, "00:00", "00:00", place)
    assert await world.db.write(lambda tx: on_call.put(tx, CLINIC, number, hours, world.clock.now_ms()))


async def press(ana: Person) -> None:
    await ana.sends("/help")
    await ana.taps("🆘 Urgent help", ana.newest)


async def steps(world: World) -> list[str]:
    return [row["kind"] for row in await world.rows(schema.alert_step.select().order_by(schema.alert_step.c.id))]


async def minutes(world: World, count: int) -> None:
    await world.passes(minutes=count)


@pytest.mark.every_language
async def test_the_person_on_call_is_told_and_has_it_in_one_tap(world: World) -> None:
    dana, ana = await family(world)
    eli = await world.therapist("Eli")
    await on(world, "Eli", 1)
    await press(ana)
    assert dana.newest.text == eli.newest.text == ALARM
    assert "Nobody is on call" not in ana.newest.text
    await eli.taps("I have it")
    assert "Mika: Ana (parent) pressed" in eli.newest.text
    assert "Eli has it." in eli.newest.text
    assert dana.newest.text == "✓ Urgent: Eli has it."
    before = len(eli.screen), len(dana.screen)
    await minutes(world, 90)
    assert (len(eli.screen), len(dana.screen)) == before
    assert await steps(world) == ["told", "escalated", "taken"]


async def test_nobody_takes_it_and_it_goes_down_the_rota_at_night_too(world: World) -> None:
    dana, ana = await family(world)
    eli, fay = await world.therapist("Eli"), await world.therapist("Fay")
    await on(world, "Eli", 1)
    await on(world, "Fay", 2)
    await world.until(at("2027-03-02 02:00"))
    await press(ana)
    fay.sees_nothing_of("level red")
    await minutes(world, 16)
    assert fay.newest.text == ALARM
    await minutes(world, 15)
    assert sum(one.text == ALARM for one in eli.screen) == 2
    await fay.taps("Open", fay.newest)
    for line in ("Dana was told.", "Eli was told.", "Fay was told."):
        assert line in fay.newest.text
    await dana.taps("I have it", dana.newest)
    await minutes(world, 60)
    assert (await steps(world))[-1] == "taken"


async def test_who_is_first_and_has_blocked_the_bot_keeps_it_from_nobody_behind_them(world: World) -> None:
    _dana, ana = await family(world)
    eli, fay, gil = [await world.therapist(name) for name in ("Eli", "Fay", "Gil")]
    for place, name in enumerate(("Eli", "Fay", "Gil"), 1):
        await on(world, name, place)
    await eli.does("blocks")
    await press(ana)
    assert fay.newest.text == ALARM
    gil.sees_nothing_of("level red")
    assert "Nobody is on call" not in ana.newest.text
    await minutes(world, 16)
    assert gil.newest.text == ALARM
    await minutes(world, 30)
    assert await steps(world) == ["told", "out_of_reach", *["escalated"] * 4]
    await gil.taps("Open", gil.newest)
    assert "09:00: Eli could not be reached." in gil.newest.text


async def test_an_alarm_that_does_not_arrive_goes_on_to_the_next_at_once_and_the_record_says_so(world: World) -> None:
    """Eli blocked the bot, and it learns of that only by trying."""
    dana, ana = await family(world)
    eli, fay = await world.therapist("Eli"), await world.therapist("Fay")
    await on(world, "Eli", 1)
    await on(world, "Fay", 2)
    for one in (dana, eli):
        one.phone.chat.blocked = True
    await press(ana)
    fay.sees_nothing_of("level red")
    await world.tick()
    assert fay.newest.text == ALARM
    assert await steps(world) == ["told", "escalated", "out_of_reach", "out_of_reach", "escalated"]
    before = await steps(world)
    await world.tick()
    assert await steps(world) == before
    await fay.taps("Open", fay.newest)
    for name in ("Dana", "Eli"):
        assert f"{name} could not be reached." in fay.newest.text


async def test_of_two_children_each_case_goes_by_mail(mailed: tuple[World, Letters]) -> None:
    world, server = mailed
    dana, ana = await family(world)
    await world.parent_of(dana, "Ana", "Lea", phone=ana.phone)
    number = await id_of(world, "Dana")
    assert await world.db.write(lambda tx: staff.email(tx, number, "dana@example.org", world.clock.now_ms()))
    await dana.does("blocks")
    await press(ana)
    await world.tick()
    assert sorted(re.findall(r"Case \W*(\d)", " ".join(str(one["Subject"]) for one in server.got))) == ["1", "2"]
    rows = await world.rows(schema.alert_step.select())
    assert sorted((row["alert_id"], row["kind"]) for row in rows if row["kind"] != "nobody") == [
        (1, "mail"),
        (1, "mailed"),
        (2, "mail"),
        (2, "mailed"),
    ]


async def test_where_nobody_on_call_can_be_reached_the_card_says_that_nobody_is(world: World) -> None:
    dana, ana = await family(world)
    eli = await world.therapist("Eli")
    await on(world, "Eli", 1)
    await eli.does("blocks")
    await press(ana)
    assert dana.newest.text == ALARM
    assert "Nobody is on call here now. Please do not wait for an answer." in ana.newest.text
    assert await steps(world) == ["told", "out_of_reach", "nobody"]
    await eli.does("unblocks")
    await minutes(world, 16)
    assert eli.sees(ALARM)


async def test_a_false_alarm_wakes_nobody_else_and_a_day_is_enough(world: World) -> None:
    _dana, ana = await family(world)
    fay = await world.therapist("Fay")
    await on(world, "Fay", 1, days="1")
    await press(ana)
    assert "Nobody is on call here now." in ana.newest.text
    await world.until(at("2027-03-02 00:30"))
    assert fay.newest.text == ALARM
    await ana.taps("It was a false alarm")
    told = await steps(world)
    await world.until(at("2027-03-03 00:30"))
    assert await steps(world) == told
    assert (await world.rows(schema.alert.select()))[0]["escalate_at"] is None


async def test_who_was_not_told_learns_nothing_and_takes_nothing(world: World) -> None:
    _dana, ana = await family(world)
    eli = await world.therapist("Eli")
    await press(ana)
    [alert] = await world.rows(schema.alert.select())
    await eli.does("presses", f"urgent:take:{alert['press']}", eli.newest)
    assert "Mika" not in eli.transcript()
    assert (await world.rows(schema.alert.select()))[0]["taken_at"] is None


@pytest.mark.every_language
async def test_a_therapist_sets_their_own_hours_by_buttons(world: World) -> None:
    dana = await world.therapist("Dana")
    await dana.sends("/oncall")
    assert "Nobody is on call now." in dana.newest.text
    for tap in ("➕ I am on call", "01234", "08:00", "18:00"):
        days = tap.isdigit()
        await (dana.does("presses", f"oc:add:{tap}", dana.newest) if days else dana.taps(tap))
    assert "On call now: Dana" in dana.newest.text
    assert "08:00-18:00" in dana.newest.text
    [shift] = await world.rows(schema.on_call.select())
    assert (shift["days"], shift["from_time"], shift["until_time"]) == ("01234", "08:00", "18:00")
    await dana.taps("Not:")
    assert "You have no time on call." in dana.newest.text


async def make_admin(world: World, name: str, *, admin: bool = True) -> None:
    number = await id_of(world, name)
    assert await world.db.write(lambda tx: staff.set_admin(tx, number, world.clock.now_ms(), on=admin))


@pytest.mark.every_language
async def test_an_admin_sees_and_sets_everybodys_rota_in_the_chat(world: World) -> None:
    dana = await world.therapist("Dana")
    await world.therapist("Eli")
    await make_admin(world, "Dana")
    eli = await id_of(world, "Eli")
    await dana.sends("/oncall")
    assert "Nobody has a time yet." in dana.newest.text
    await puts_on_call(dana, "Eli", eli)
    assert "✓ Eli is on call, and is told." in dana.newest.text
    assert "2. Eli:" in dana.newest.text
    assert "On call now: Eli" in dana.newest.text
    [shift] = await world.rows(schema.on_call.select())
    assert (shift["person_id"], shift["days"], shift["until_time"], shift["place"]) == (eli, "01234", "18:00", 2)
    await dana.taps("✖️ Eli:", dana.newest)
    assert await world.rows(schema.on_call.select()) == []
    changes = await world.rows(schema.audit.select().where(schema.audit.c.kind == "rota changed"))
    assert [(row["actor_kind"], row["person_id"]) for row in changes] == [("therapist", eli)] * 2


async def puts_on_call(admin: Person, name: str, number: int) -> None:
    """From Monday to Friday, 8 to 18, told second."""
    await admin.sends("/oncall")
    await admin.taps("👥 Put a colleague on call", admin.newest)
    await admin.taps(name, admin.newest)
    await admin.does("presses", f"oc:for:{number}:01234", admin.newest)
    for tap in ("08:00", "18:00", "2"):
        await admin.taps(tap, admin.newest)


@pytest.mark.every_language
async def test_a_colleague_hears_once_when_they_are_put_on_call_and_taken_off(world: World) -> None:
    dana, eli = await world.therapist("Dana"), await world.therapist("Eli")
    await make_admin(world, "Dana")
    await puts_on_call(dana, "Eli", await id_of(world, "Eli"))
    assert "Dana put you on call: Monday to Friday, 08:00-18:00." in eli.newest.text
    await dana.taps("✖️ Eli:", dana.newest)
    assert "Dana took you off call: Monday to Friday, 08:00-18:00." in eli.newest.text
    before = len(eli.screen)
    await world.passes(hours=1)
    assert len(eli.screen) == before


async def test_in_the_night_nobody_hears_of_it_and_of_the_own_time_nobody_at_all(world: World) -> None:
    dana, eli = await world.therapist("Dana"), await world.therapist("Eli")
    await make_admin(world, "Dana")
    before = len(eli.screen)
    await world.until(at("2027-03-01 22:30"))
    await puts_on_call(dana, "Eli", await id_of(world, "Eli"))
    assert len(eli.screen) == before
    await world.until(at("2027-03-02 09:00"))
    assert sum(one.has("put you on call") for one in eli.screen) == 1
    await puts_on_call(dana, "Dana", await id_of(world, "Dana"))
    await dana.taps("✖️ Dana:", dana.newest)
    await eli.sends("/oncall")
    await eli.taps("✖️ Not:", eli.newest)
    await world.passes(hours=1)
    for one in (dana, eli):
        assert sum(shown.has("you on call") or shown.has("you off call") for shown in one.screen) == (one is eli)


async def test_who_takes_no_messages_is_left_to_the_admin_to_tell(world: World) -> None:
    dana, eli = await world.therapist("Dana"), await world.therapist("Eli")
    await make_admin(world, "Dana")
    await eli.does("blocks")
    await puts_on_call(dana, "Eli", await id_of(world, "Eli"))
    assert "✓ Eli is on call. Please tell them yourself." in dana.newest.text


async def test_who_is_no_admin_or_no_more_sets_only_their_own_time(world: World) -> None:
    dana, eli = await world.therapist("Dana"), await world.therapist("Eli")
    number = await id_of(world, "Dana")
    await on(world, "Dana", 1)
    [shift] = await world.rows(schema.on_call.select())
    await make_admin(world, "Eli")
    await eli.sends("/oncall")
    assert "👥 Put a colleague on call" in eli.newest.labels
    await make_admin(world, "Eli", admin=False)
    for forged in (
        "oc:for",
        f"oc:for:{number}",
        f"oc:for:{number}:0123456:08:18:1",
        f"oc:off:{shift['id']}",
    ):
        await eli.does("presses", forged, eli.newest)
        assert eli.toasts[-1] == "This button is too old. Please use a newer message.", forged
    assert await world.rows(schema.on_call.select()) == [shift]
    await eli.sends("/oncall")
    assert "Dana" not in eli.newest.text.replace("On call now: Dana", "")
    assert dana.phone.user_id != eli.phone.user_id
    kinds = [row["kind"] for row in await world.rows(schema.audit.select())]
    assert {"admin given", "admin ended"} <= set(kinds)


@pytest_asyncio.fixture
async def mailed(tmp_path: Path) -> AsyncIterator[tuple[World, Letters]]:
    async with letters() as server, open_world(tmp_path, post=server.post) as opened:
        yield opened, server


async def unreachable(world: World) -> Person:
    """Dana has an e-mail address and has blocked the bot; Ana presses."""
    dana, ana = await family(world)
    number = await id_of(world, "Dana")
    assert await world.db.write(lambda tx: staff.email(tx, number, "dana@example.org", world.clock.now_ms()))
    await dana.does("blocks")
    await press(ana)
    return ana


async def test_what_cannot_arrive_in_the_chat_goes_by_email_without_a_word_of_it(
    mailed: tuple[World, Letters],
) -> None:
    world, server = mailed
    ana = await unreachable(world)
    assert "We are telling your therapist now." in ana.newest.text
    await world.tick()
    [letter] = server.got
    assert letter["To"] == "dana@example.org"
    assert (
        re.sub("[\u2068\u2069]", "", letter["Subject"])
        == "Sunny Steps: Urgent help, level red. Case 1. Please look now."
    )
    assert "Mika" not in letter.as_string()
    assert await steps(world) == ["mail", "nobody", "mailed"]
    await world.tick()
    assert len(server.got) == 1


async def test_a_therapist_who_blocks_it_before_it_arrives_is_mailed_too(mailed: tuple[World, Letters]) -> None:
    world, server = mailed
    dana, ana = await family(world)
    number = await id_of(world, "Dana")
    assert await world.db.write(lambda tx: staff.email(tx, number, "dana@example.org", world.clock.now_ms()))
    dana.phone.blocks()
    await press(ana)
    await world.tick()
    assert len(server.got) == 1


@pytest.mark.parametrize("trouble", ["refuses", "slow", "gone"])
async def test_fault_52_a_mail_server_that_refuses_is_slow_or_gone_costs_one_try(
    mailed: tuple[World, Letters], trouble: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each try is kept; the check-ins and notes of others go on meanwhile; after the last one it is given up."""
    world, server = mailed
    monkeypatch.setattr(post, "PATIENCE", 0.2)
    if trouble == "gone":
        object.__setattr__(world.program.house, "post", post.Post("smtp://127.0.0.1:9", "clinic@example.org"))
    else:
        setattr(server, trouble, True)
    ana = await unreachable(world)
    await world.tick()
    assert await steps(world) == ["mail", "nobody", "mail_failed"]
    await ana.sends("A calm note.")
    assert "Kept" in ana.newest.text
    server.refuses = server.slow = False
    object.__setattr__(world.program.house, "post", server.post)
    await minutes(world, 2)
    assert (await steps(world))[-1] == "mailed"
    assert len(server.got) == 1
    assert [row["state"] for row in await world.rows(schema.job.select()) if row["kind"] == "mail"] == ["done"]
    assert jobs.MOST_TRIES > 1
