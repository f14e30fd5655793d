"""What a check-in offers once it is done: a card, a list of people who listen, the safety card.

A template names an offer (``offers`` in its file); here stands what it does. Offers have no buttons that a family has
to press: whoever is done is done.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.domain import coping, crisis, offering, practising, templates
from bot.domain.checkins import View
from bot.text.screens import offers as screens
from bot.text.screens import practice
from handlers import urgent
from handlers.context import Home

Offer = Callable[[Home, View, str], Awaitable[None]]  # the choice that led there
AT_ONCE = "emergency"  # also when it is only now said, in a correction


async def follow(home: Home, view: View) -> None:
    """After an answer: what it leads to, each once."""
    values = {key: answer.value for key, answer in view.answers.items()}
    for offer, question, choice in templates.offers(view.template, values, view.facts):
        if view.just_done or (offer == AT_ONCE and view.said == question and view.question is None):
            await OFFERS[offer](home, view, choice)


async def _coping(home: Home, view: View, card: str) -> None:
    """The card that was chosen, in words for the child's level."""
    level = await offering.level(home.tx, home.chat, view, card, home.now)
    if card in coping.load() and level is not None:
        home.say(screens.coping(home.catalogue_voice(view), card, level))


async def _support(home: Home, view: View, _: str) -> None:
    home.say(screens.support(home.catalogue_voice(view), crisis.card(home.house.country), view.therapist))


async def _howto(home: Home, view: View, _: str) -> None:
    """How each of the home steps goes, a card each."""
    voice = home.catalogue_voice(view)
    home.say(screens.howto(voice, view.therapist))
    for known in await practising.of_child_of(home.tx, home.chat, view.id, home.now):
        home.say(practice.card(voice, known))


async def _emergency(home: Home, view: View, _: str) -> None:
    await urgent.alarm(home, view.id)


OFFERS: Mapping[str, Offer] = {"coping": _coping, "support": _support, "howto": _howto, AT_ONCE: _emergency}
