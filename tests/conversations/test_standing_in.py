"""A therapist goes on leave: a colleague sees the families, gets their news, and no longer than the leave."""

from __future__ import annotations

import pytest

from bot.domain import handing_over, staff, standing_in, suspending
from bot.storage import schema
from handlers import away
from tests.support.families import at, family
from tests.support.safety import safe
from tests.support.world import Person, World

FIRST, LAST = "Mon, 8 Mar", "Fri, 12 Mar"  # the world begins on Monday, 1 March


async def takes(dana: Person, first: str = FIRST, last: str = LAST, who: str = "Eva") -> None:
    await dana.sends("/away")
    for tap in ("➕ I will be away", first, last, who):
        await dana.taps(tap, dana.newest)


async def ids(world: World) -> dict[str, int]:
    return {row["name"]: row["id"] for row in await world.rows(schema.person.select())}


async def sees(therapist: Person, child: str = "Mika") -> bool:
    await therapist.sends("/families")
    return any(child in label for label in therapist.newest.labels)


async def audited(world: World, what: str) -> list[tuple[str, int]]:
    rows = await world.rows(schema.audit.select().where(schema.audit.c.kind == what))
    return [(row["actor_kind"], row["person_id"]) for row in rows]


@pytest.mark.every_language
async def test_a_colleague_stands_in_from_the_first_day_to_the_last_and_the_family_is_told(world: World) -> None:
    dana, ana = await family(world)
    eva = await world.therapist("Eva")
    await takes(dana)
    dana.sees("Eva will stand in.")
    assert not await sees(eva)
    await world.until(at("2027-03-07 23:50"))
    assert not await sees(eva)
    await world.until(at("2027-03-08 10:00"))
    eva.sees("Dana is away until")
    eva.sees("One family is with you until then.")
    assert await sees(eva)
    ana.sees("Until then Eva reads what you share about Mika.")
    await ana.sends("She slept through the night.")
    await eva.sends("/digest")
    await eva.taps_first()
    eva.sees("She slept through the night.")
    await ana.sends("/help")
    await ana.taps("🆘 Urgent help", ana.newest)
    assert "Open" in eva.newest.labels
    digests = [row["person_id"] for row in await world.rows(schema.digest.select())]
    await world.until(at("2027-03-12 12:00"))
    known = await ids(world)
    since = [row["person_id"] for row in await world.rows(schema.digest.select())][len(digests) :]
    assert known["Eva"] in since, "the morning digest comes to who is there"
    assert known["Dana"] not in since
    await world.until(at("2027-03-12 23:50"))
    assert await sees(eva)
    old = eva.newest
    await world.until(at("2027-03-13 00:10"))
    await eva.taps("Mika", old)
    assert not await sees(eva)
    assert await sees(dana)
    assert await world.rows(schema.absence.select()) == []
    await safe(world)


async def test_who_stands_in_gives_nobody_rights(world: World) -> None:
    dana, _ana = await family(world)
    eva = await world.therapist("Eva")
    await takes(dana, "Mon, 1 Mar", "Fri, 5 Mar")
    await world.passes(hours=1)
    await eva.sends("/families")
    await eva.taps("Mika", eva.newest)
    assert "👥 Who treats" not in eva.newest.labels
    await dana.sends("/families")
    for tap in ("Mika", "👥 Who treats"):
        await dana.taps(tap, dana.newest)
    dana.sees("Eva, who stands in until")


async def test_back_earlier_and_the_colleague_sees_nothing_more(world: World) -> None:
    dana, _ana = await family(world)
    eva = await world.therapist("Eva")
    await takes(dana, "Mon, 1 Mar", "Fri, 5 Mar")
    await world.passes(hours=1)
    assert await sees(eva)
    await dana.sends("/away")
    await dana.taps("✖️ Not away from", dana.newest)
    dana.sees("You have planned no leave.")
    assert not await sees(eva)
    await world.passes(days=1)
    assert not await sees(eva)
    eva_id = (await ids(world))["Eva"]
    assert audited_pair(await audited(world, "right given"), eva_id)
    assert audited_pair(await audited(world, "right ended"), eva_id)


def audited_pair(told: list[tuple[str, int]], person: int) -> bool:
    return ("therapist", person) in told


async def test_a_family_that_comes_during_the_leave_is_seen_too_and_one_that_was_taken_away_is_not_given_back(
    world: World,
) -> None:
    dana, _ana = await family(world)
    eva = await world.therapist("Eva")
    await takes(dana, "Mon, 1 Mar", "Fri, 5 Mar")
    await world.passes(hours=1)
    await world.parent_of(dana, "Cleo", "Noor")
    await world.passes(hours=1)
    assert await sees(eva, "Noor")
    known = await ids(world)
    [noor] = [row["id"] for row in await world.rows(schema.child.select()) if row["name"] == "Noor"]
    assert await world.db.write(
        lambda tx: handing_over.end_co(tx, known["Dana"], noor, known["Eva"], world.clock.now_ms())
    )
    await world.passes(hours=1)
    assert not await sees(eva, "Noor")
    assert await sees(eva, "Mika")


async def test_only_who_is_there_can_stand_in_and_no_two_leaves_overlap(world: World) -> None:
    dana, _ana = await family(world)
    eva = await world.therapist("Eva")
    await takes(eva, FIRST, FIRST, "Dana")
    await dana.sends("/away")
    for tap in ("➕ I will be away", FIRST, LAST):
        await dana.taps(tap, dana.newest)
    dana.sees("Nobody is free to stand in on these days.")
    await takes(dana, "Tue, 9 Mar", LAST)
    dana.sees("Eva will stand in.")
    await dana.sends("/away")
    for tap in ("➕ I will be away", LAST, LAST):
        await dana.taps(tap, dana.newest)
    dana.sees("Nobody is free to stand in on these days.")
    known = await ids(world)
    for forged in (
        f"aw:with:2027-02-01:2027-02-02:{known['Eva']}",
        f"aw:with:9999-12-31:9999-12-31:{known['Eva']}",
        f"aw:with:2027-03-20:2027-03-19:{known['Eva']}",
        f"aw:with:2027-03-20:2027-03-21:{known['Dana']}",
        "aw:until:9999-12-31:26",
        "aw:who:2027-13-01:2027-13-02",
    ):
        await dana.does("presses", forged, dana.newest)
        assert dana.toasts[-1] == "This button is too old. Please use a newer message.", forged
    assert len(await world.rows(schema.absence.select())) == 2
    await _ana.sends("/away")
    assert "therapist" in _ana.newest.text


async def test_a_case_handed_over_and_a_therapist_who_leaves_end_the_standing_in(world: World) -> None:
    dana, _ana = await family(world)
    eva, ida = await world.therapist("Eva"), await world.therapist("Ida")
    await takes(dana, "Mon, 1 Mar", "Fri, 5 Mar")
    await world.passes(hours=1)
    known, [mika] = await ids(world), [row["id"] for row in await world.rows(schema.child.select())]
    now = world.clock.now_ms()
    await world.db.write(lambda tx: handing_over.hand_over(tx, known["Dana"], mika, known["Ida"], now))
    assert not await sees(eva)
    assert await sees(ida)
    assert ("therapist", known["Ida"]) in await audited(world, "right given")
    assert ("therapist", known["Dana"]) in await audited(world, "right ended")
    await world.passes(minutes=1)
    await takes(ida, "Mon, 1 Mar", "Fri, 5 Mar", "Eva")
    await world.passes(hours=1)
    assert await sees(eva)
    assert await world.db.write(lambda tx: staff.remove(tx, known["Ida"], world.clock.now_ms())) == []
    assert not await sees(eva)
    assert [row["person_id"] for row in await world.rows(schema.absence.select())] == [known["Dana"]]
    now = world.clock.now_ms()
    [(who, leave)] = await world.db.read(lambda tx: standing_in.for_whom(tx, known["Eva"], now))
    assert (who.id, leave.stand_in, leave.runs) == (known["Dana"], "Eva", True)
    assert await world.db.write(lambda tx: staff.remove(tx, known["Eva"], world.clock.now_ms())) == []
    assert await world.rows(schema.absence.select()) == []


async def leaves_the_clinic(world: World, name: str) -> None:
    """As `therapist remove` does it."""
    number, texts, now = (await ids(world))[name], world.program.house.catalogue, world.clock.now_ms()
    assert await world.db.write(lambda tx: away.remove(tx, texts, number, None, now))
    await world.tick()


@pytest.mark.every_language
async def test_who_is_away_hears_that_nobody_stands_in_any_more_and_their_families_come_back(world: World) -> None:
    dana, ana = await family(world)
    eva = await world.therapist("Eva")
    await world.therapist("Ida")
    await takes(dana, "Mon, 1 Mar", "Fri, 5 Mar")
    await world.passes(hours=1)
    before = len(ana.screen)
    await leaves_the_clinic(world, "Eva")
    dana.sees("Eva does not work here any more.")
    dana.sees("Nobody stands in for you until Fri, 5 Mar.")
    assert len(ana.screen) == before, "families are told nothing"
    await ana.sends("She slept through the night.")
    await world.until(at("2027-03-02 12:00"))
    dana.sees("Your families")
    assert await sees(dana)
    known, digests = await ids(world), [row["person_id"] for row in await world.rows(schema.digest.select())]
    assert known["Dana"] in digests
    assert known["Eva"] not in digests
    eva_saw = len(eva.screen)
    await ana.sends("/help")
    await ana.taps("🆘 Urgent help", ana.newest)
    assert "Open" in dana.newest.labels
    await dana.taps("➕ I will be away", dana.sees("Nobody stands in for you until"))
    for tap in ("Tue, 2 Mar", "Fri, 5 Mar", "Ida"):
        await dana.taps(tap)
    dana.sees("Ida stands in.")
    assert len(eva.screen) == eva_saw


async def test_who_planned_a_leave_hears_it_too_in_their_hours_and_once(world: World) -> None:
    dana, _ana = await family(world)
    await world.therapist("Eva")
    await takes(dana)
    await world.until(at("2027-03-01 23:00"))
    await leaves_the_clinic(world, "Eva")
    dana.sees_nothing_of("does not work here")
    await world.until(at("2027-03-02 12:00"))
    assert sum(one.has("Nobody stands in for you from Mon, 8 Mar to Fri, 12 Mar.") for one in dana.screen) == 1
    await world.until(at("2027-03-03 12:00"))
    assert sum(one.has("does not work here") for one in dana.screen) == 1


async def test_while_who_stands_in_is_suspended_the_digests_come_to_whose_the_families_are(world: World) -> None:
    dana, _ana = await family(world)
    await world.therapist("Eva")
    await takes(dana, "Mon, 1 Mar", "Fri, 5 Mar")
    await world.passes(hours=1)
    known = await ids(world)
    assert await world.db.write(lambda tx: suspending.suspend(tx, known["Eva"], world.clock.now_ms()))
    await world.until(at("2027-03-02 12:00"))
    assert {row["person_id"] for row in await world.rows(schema.digest.select())} == {known["Dana"]}
    assert await world.db.write(lambda tx: suspending.resume(tx, known["Eva"], world.clock.now_ms()))
    await world.until(at("2027-03-03 12:00"))
    assert [row["person_id"] for row in await world.rows(schema.digest.select())].count(known["Eva"]) == 1
