"""Who is on the other side: changed names, other people's contacts, groups, people who leave and come back."""

from __future__ import annotations

import pytest

from bot.storage import schema
from tests.support.safety import exported, kept, safe
from tests.support.world import Person, World

WORDS = "Mika built a tower of seven"


async def family(world: World) -> Person:
    dana = await world.therapist("Dana")
    return await world.parent_of(dana, "Ana", "Mika")


async def test_fault_24_another_persons_contact_joins_nobody_and_is_not_kept(world: World) -> None:
    """A contact of a known or an unknown person gives no right, and nothing of it is stored."""
    ana = await family(world)
    eve = world.person("Eve")
    for sender in (ana, eve):
        card = {"phone_number": "+4930123456", "first_name": "Canary", "user_id": world.people["Dana"].phone.user_id}
        sender.phone.sends_content({"contact": card})
    await world.settle()
    ana.sees("This one I cannot keep")
    eve.sees("I only talk with families")
    assert await kept(world) == []
    await eve.sends("/families")
    eve.sees_nothing_of("Mika")
    await safe(world, "Mika", "Canary", "4930123456")


async def test_fault_24_a_changed_name_is_still_the_same_person(world: World) -> None:
    """The account's number is who somebody is; the clinic's own name for them stays."""
    ana = await family(world)
    await ana.sends(WORDS)
    ana.phone.user |= {"first_name": "Canary", "last_name": "Nova", "username": "somebody_else", "language_code": "de"}
    await ana.sends("and another one")
    assert await kept(world) == [WORDS, "and another one"]
    [child] = await exported(world)
    assert [one["name"] for one in child["caregivers"]] == ["Ana"]
    await safe(world, "Mika", "Canary")


async def test_fault_24_the_username_of_somebody_who_left_gives_the_next_one_nothing(world: World) -> None:
    """A stranger who took Ana's old username is a stranger."""
    ana = await family(world)
    ana.phone.user["username"] = "ana_1"
    await ana.sends(WORDS)
    del ana.phone.user["username"]
    other = world.person("Ana", username="ana_1")
    await other.sends("hello")
    other.sees("I only talk with families")
    await safe(world, "Mika")


@pytest.mark.parametrize("adder", ["parent", "stranger"])
async def test_fault_24_added_to_a_group_we_leave_and_nothing_of_it_is_kept(world: World, adder: str) -> None:
    """Whoever adds us; being thrown out of it blocks nobody."""
    ana = await family(world)
    who = ana if adder == "parent" else world.person("Eve")
    group = await who.does("adds_bot_to_group", "Canary group")
    await who.does("sends_to_group", group, WORDS)
    await who.does("sends_to_group", group, "/start")
    who.phone._changes_bot_member(group, "member", "kicked")
    await world.settle()
    assert "leaveChat" in [call.method for call in world.sim.calls]
    assert await kept(world) == []
    accounts = await world.rows(schema.account.select())
    assert [row["blocked_at"] for row in accounts] == [None, None]
    await ana.sends("still here")
    assert await kept(world) == ["still here"]
    await safe(world, "Mika", "Canary")


async def test_fault_24_somebody_who_blocked_us_is_left_alone_and_welcomed_back(world: World) -> None:
    """While blocked nothing is tried; what was said stays; after the return questions come again."""
    ana = await family(world)
    await ana.sends(WORDS)
    await ana.does("blocks")
    before = len(world.sim.calls)
    await world.passes(days=2)
    assert [call for call in list(world.sim.calls)[before:] if call.chat_id == ana.phone.user_id] == []
    await ana.does("unblocks")
    await ana.starts()
    ana.sees("Good to see you")
    await world.passes(hours=12)
    ana.sees("How was Mika's day?")
    assert await kept(world) == [WORDS]
    await safe(world, "Mika")


async def test_fault_24_a_block_that_nobody_told_us_of_is_noticed_at_the_next_message(world: World) -> None:
    """One refused call, no more until they are back; the therapist sees that they cannot be reached."""
    ana = await family(world)
    ana.phone.chat.blocked = True
    await world.passes(days=3)
    refused = [call for call in world.sim.calls if call.chat_id == ana.phone.user_id and call.status == 403]
    assert len(refused) == 1
    dana = world.people["Dana"]
    await dana.sends("/families")
    await dana.taps("Mika")
    dana.sees("cannot be reached")
    ana.phone.chat.blocked = False
    await ana.sends(WORDS)
    ana.sees("Kept safely")
    await safe(world, "Mika")


async def test_fault_24_a_deleted_account_is_given_up_and_its_words_stay(world: World) -> None:
    """Telegram says "user is deactivated": the rest for them is given up, what they said stays with the therapist."""
    ana = await family(world)
    await ana.sends(WORDS)
    ana.phone.deletes_account()
    await world.passes(days=3)
    refused = [call for call in world.sim.calls if call.chat_id == ana.phone.user_id and call.status == 403]
    assert len(refused) == 1
    assert await kept(world) == [WORDS]
    await safe(world, "Mika")


async def test_fault_24_who_comes_back_with_a_new_account_needs_a_new_link(world: World) -> None:
    """The new account is a stranger until it has a code; then the old words and the new ones stand together."""
    ana = await family(world)
    await ana.sends(WORDS)
    ana.phone.deletes_account()
    [child] = await exported(world)
    again = world.person("Ana")
    await again.sends("It is me")
    again.sees("I only talk with families")
    again = await world.parent_of(world.people["Dana"], "Ana again", "Mika", child_id=child["id"])
    await again.sends("She built another")
    assert await kept(world) == [WORDS, "She built another"]
    await safe(world, "Mika")
