"""The safety card of a country: whom to call. Data in ``bot/library/crisis``, one dated file for each country.

Only numbers that a public source gives. A country without a file has no card, and no number is guessed for it. Whoever
installs the program rings the numbers of their own country first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from bot.library import parsed

LIBRARY = Path(__file__).parents[1] / "library" / "crisis"
MONTHS_FRESH = 6

Number = Annotated[str, Field(pattern=r"^[0-9][0-9 -]{1,18}[0-9]$")]
Kind = Literal["emergency", "crisis", "child", "protection", "poison"]
_ORDER: tuple[Kind, ...] = ("emergency", "crisis", "child", "protection", "poison")


class BrokenCard(ValueError):
    """A country's file that cannot be used; the message names the file, the place and what is wrong."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody answers. ``days``: the first and the last weekday, Monday is 0; the times are local, HH:MM."""

    days: tuple[int, int]
    opens: str
    closes: str


EVERY_DAY = (0, 6)
ALWAYS = Hours(EVERY_DAY, "00:00", "24:00")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY, _TIME = "|".join(_DAYS), r"(?:[01]\d|2[0-3]):[0-5]\d"
_HOURS = re.compile(rf"(?:daily|({_DAY})(?:-({_DAY}))?) ({_TIME})-({_TIME}|24:00)")


def _hours(said: object) -> Hours | None:
    """As a file says it: "24/7", "daily 08:00-22:00", "mon-sat 14:00-20:00", "sun 10:00-12:00"; "" is not known."""
    if said in ("", "24/7"):
        return ALWAYS if said else None
    found = _HOURS.fullmatch(said) if isinstance(said, str) else None
    if found is None or found[3] == found[4]:
        raise ValueError(f'"{said}" is not 24/7, daily HH:MM-HH:MM or mon-sat HH:MM-HH:MM')
    days = (_DAYS.index(found[1]), _DAYS.index(found[2] or found[1])) if found[1] else EVERY_DAY
    return Hours(days, found[3], found[4])


class Line(BaseModel):
    """One number. ``hours`` is None where no source was certain.

    ``text`` takes text messages. ``interpreted``: in so many languages through interpreters.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    number: Number
    name: str = Field(min_length=2)
    hours: Annotated[Hours | None, BeforeValidator(_hours)] = None
    languages: tuple[Annotated[str, Field(pattern=r"^[a-z]{2}$")], ...] = Field(min_length=1)
    interpreted: int = Field(default=0, ge=0)
    text: Number | Literal[""] = ""
    source: str = Field(min_length=2)


class Card(BaseModel):
    """A country's lines, the emergency number first, as they were on ``checked_on``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    country: str = Field(pattern=r"^[A-Z]{2}$")
    version: int = Field(ge=1)
    checked_on: date
    lines: tuple[Line, ...]

    @model_validator(mode="after")
    def _emergency_first(self) -> Self:
        kinds = [_ORDER.index(line.kind) for line in self.lines]
        if not kinds or kinds[0] != 0 or kinds != sorted(kinds):
            raise ValueError(f"lines stand in the order {', '.join(_ORDER)}, and begin with an emergency number")
        return self


@cache
def load() -> Mapping[str, Card]:
    """Every card by country. Raises ``BrokenCard``."""
    found = (read(path.read_text(encoding="utf-8"), path.name) for path in sorted(LIBRARY.glob("*.yaml")))
    return MappingProxyType({one.country: one for one in found})


def read(source: str, name: str) -> Card:
    """One file. Raises ``BrokenCard``."""
    try:
        found = Card.model_validate(parsed(source))
    except yaml.YAMLError as error:
        raise BrokenCard(" ".join(f"{name}: {error}".split())) from error
    except ValidationError as error:
        wrong = "; ".join(f"{_place(one['loc'])}: {one['msg'].removeprefix('Value error, ')}" for one in error.errors())
        raise BrokenCard(f"{name}: {wrong}") from error
    if f"{found.country.lower()}.yaml" != name:
        raise BrokenCard(f"{name}: its country is {found.country}")
    return found


def _place(loc: tuple[int | str, ...]) -> str:
    """Rows counted from 1, as people count them: row 3, hours."""
    if len(loc) > 1 and loc[0] == "lines":
        return ", ".join([f"row {int(loc[1]) + 1}", *map(str, loc[2:])])
    return ".".join(map(str, loc)) or "all"


def card(country: str) -> Card | None:
    """``country``: ISO 3166 alpha-2. None where we know no numbers: then none is shown."""
    return load().get(country.upper())


def doubt(country: str, today: date) -> str:
    """For the operator: what is wrong with the numbers of that country; "" where nothing is, or none is named."""
    found = card(country)
    if country and found is None:
        return f"COUNTRY={country}: no crisis numbers are known, the card shows none"
    if found is None or not stale(found, today):
        return ""
    file = f"bot/library/crisis/{country.lower()}.yaml"
    return f"{file}: checked on {found.checked_on}, more than six months ago; call each number, then set checked_on"


def stale(found: Card, today: date) -> bool:
    """Whether the numbers were last checked more than six months ago."""
    months = (today.year - found.checked_on.year) * 12 + today.month - found.checked_on.month
    return (months, today.day) > (MONTHS_FRESH, found.checked_on.day)
