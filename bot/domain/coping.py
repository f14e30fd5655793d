"""Coping cards: what may calm a child, in words for the child's level. Data in ``bot/library/coping``.

A card's texts stand in the catalogue: ``coping-<key>`` is its name, ``coping-<key>-<level>`` the card itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.library import parsed

LIBRARY = Path(__file__).parents[1] / "library" / "coping"
KEYS = ("breathing", "grounding", "quiet_corner", "first_then")

Level = Literal["little", "older"]
OLDER_FROM = 6  # years: from then on a child may be told what to do, before it is done together


class BrokenCard(ValueError):
    """A card's file that cannot be used; the message names the file, the place and what is wrong."""


class Card(BaseModel):
    """``minutes``: how long it takes. ``levels``: for which children there are words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,11}$")]
    minutes: int = Field(ge=1, le=15)
    levels: tuple[Level, ...] = Field(min_length=1)


@cache
def load() -> Mapping[str, Card]:
    """Every card by key. Raises ``BrokenCard``."""
    found = {one.key: one for one in (_read(path) for path in sorted(LIBRARY.glob("*.yaml")))}
    return MappingProxyType({key: found[key] for key in KEYS})


def _read(path: Path) -> Card:
    try:
        card = Card.model_validate(parsed(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise BrokenCard(f"{path.name}: {wrong}") from error
    if f"{card.key}.yaml" != path.name:
        raise BrokenCard(f"{path.name}: its key is {card.key}")
    return card


def level(card: Card, birth_month: str, today: date) -> Level:
    """For which children the words are that this child gets; the easiest where the age is not known."""
    wanted: Level = "older" if birth_month and _years(birth_month, today) >= OLDER_FROM else "little"
    return wanted if wanted in card.levels else card.levels[0]


def _years(birth_month: str, today: date) -> int:
    year, month = (int(part) for part in birth_month.split("-"))
    return today.year - year - (today.month < month)
