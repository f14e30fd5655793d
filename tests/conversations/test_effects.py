"""What a message is sent with: an effect where there is something to celebrate, a lock where it is about a family."""

from __future__ import annotations

import pytest

from bot.model import Effect
from bot.simulator import Shown
from bot.simulator.emoji import EFFECTS
from tests.support.world import Person, World

CARD = "for the first time!"


async def family(world: World) -> tuple[Person, Person]:
    dana = await world.therapist("Dana")
    return dana, await world.parent_of(dana, "Ana", "Mika")


async def small_win(ana: Person, often: str = "First time", stopped: str = "No") -> None:
    """Told from the first question to the last."""
    await ana.sends("/milestone")
    await ana.sends("She tied her shoes.")
    for label in (often, "A little", "At home", "Yes", stopped):
        await ana.taps(label, ana.phone.newest_with_buttons)


def cards(ana: Person) -> list[Shown]:
    return [shown for shown in ana.phone.screen if CARD in shown.text]


async def test_a_first_time_is_celebrated(world: World) -> None:
    _dana, ana = await family(world)
    await small_win(ana)
    [card] = cards(ana)
    assert "Mika" in card.text
    assert (card.effect_id, card.buttons) == (Effect.CONFETTI, [])


async def test_an_effect_that_telegram_no_longer_has_costs_only_the_effect(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _dana, ana = await family(world)
    monkeypatch.delitem(EFFECTS, Effect.CONFETTI)
    await small_win(ana)
    [card] = cards(ana)
    assert card.effect_id is None
    tried = [call for call in world.sim.calls if CARD in str(call.params.get("text", ""))]
    assert [("message_effect_id" in call.params, call.status) for call in tried] == [(True, 400), (False, 200)]


@pytest.mark.parametrize(("often", "stopped"), [("A few times", "No"), ("First time", "Not sure")])
async def test_nothing_is_celebrated_beside_a_worry_or_without_a_first_time(
    world: World, often: str, stopped: str
) -> None:
    _dana, ana = await family(world)
    await small_win(ana, often, stopped)
    ana.sees("Change")
    assert not cards(ana)


async def test_a_corrected_small_win_is_not_celebrated_anew(world: World) -> None:
    _dana, ana = await family(world)
    await small_win(ana)
    await ana.taps("Change")
    await ana.taps("Keep")
    for label in ("First time", "Lots", "Out", "No", "No"):
        await ana.taps(label, ana.phone.newest_with_buttons)
    ana.sees("Change")
    assert len(cards(ana)) == 1


async def test_what_a_therapist_reads_of_a_family_cannot_be_handed_on(world: World) -> None:
    dana, ana = await family(world)
    await ana.does("sends_photo")
    await ana.taps("Yes")
    await ana.sends("/help")
    await ana.taps("Urgent help")
    await dana.taps("Open")
    assert dana.newest.protected
    await dana.sends("/digest")
    assert dana.newest.protected
    await dana.taps_first()
    await dana.taps("photo", dana.phone.newest_with_buttons)
    assert (dana.newest.kind, dana.newest.protected) == ("photo", True)


async def test_what_a_family_reads_is_theirs_to_keep(world: World) -> None:
    _dana, ana = await family(world)
    await small_win(ana)
    await ana.sends("/help")
    await ana.sends("/checkin")
    assert not [shown for shown in ana.phone.screen if shown.protected]


async def test_a_protected_message_that_is_gone_is_shown_anew_as_protected(world: World) -> None:
    dana, _ana = await family(world)
    await dana.sends("/digest")
    pressed = dana.newest
    dana.phone.taps_first()
    dana.phone.deletes(pressed)
    await world.settle()
    assert dana.newest.buttons
    assert dana.newest.protected
