"""Numbers, days and times as a language writes them (Babel, CLDR). Times are read on the 24-hour clock everywhere."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from functools import cache, lru_cache
from typing import Literal

from babel import Locale
from babel.dates import format_skeleton, format_time, get_day_names
from babel.numbers import format_decimal
from babel.units import format_unit

# English without a country would write dates the American way; 001 is the world's.
_LOCALES = {"en": "en_001"}


@cache
def locale(language: str) -> Locale:
    """What Babel knows of a language; the made-up ones (``en-XA``, ``ar-XB``) lean on a real one."""
    base = language.split("-", maxsplit=1)[0] if language.endswith(("-XA", "-XB")) else language
    return Locale.parse(_LOCALES.get(base, base.replace("-", "_")))


@lru_cache(maxsize=1024)
def integer(number: int, language: str) -> str:
    return format_decimal(number, locale=locale(language))


def clock_time(moment: datetime, zone: tzinfo, language: str) -> str:
    """``moment`` (aware) on the clock of ``zone``: 19:30."""
    return format_time(moment.astimezone(zone).time(), "HH:mm", locale=locale(language))


def short_date(day: date, language: str) -> str:
    """19 March."""
    return _skeleton("MMMMd", day, language)


def day_and_month(day: date, language: str) -> str:
    """19 Mar."""
    return _skeleton("MMMd", day, language)


def digits(language: str) -> str:
    """The ten digits as the language writes them, 0 first."""
    return "".join(format_decimal(number, locale=locale(language), numbering_system="default") for number in range(10))


def long_date(day: date, language: str) -> str:
    """Fri, 19 Mar."""
    return _skeleton("MMMEd", day, language)


def month_and_year(day: date, language: str) -> str:
    """Mar 2027."""
    return _skeleton("yMMM", day, language)


def whole_date(day: date, language: str) -> str:
    """Friday, 19 March 2027."""
    return _skeleton("yMMMMEEEEd", day, language)


@lru_cache(maxsize=1024)
def _skeleton(skeleton: str, day: date, language: str) -> str:
    return format_skeleton(skeleton, datetime(day.year, day.month, day.day), locale=locale(language))  # noqa: DTZ001


@cache
def weekday(number: int, language: str, width: Literal["wide", "abbreviated"] = "wide") -> str:
    """Monday is 0. ``width``: wide (Monday) or abbreviated (Mon)."""
    name: str = get_day_names(width, context="stand-alone", locale=locale(language))[number]
    return name


def duration(seconds: int, language: str) -> str:
    """14 secs, 2 mins, 3 hrs, 2 days: the largest unit that fits, rounded down."""
    units = (("duration-day", 86_400), ("duration-hour", 3_600), ("duration-minute", 60), ("duration-second", 1))
    unit, size = next((one for one in units if seconds >= one[1]), units[-1])
    return format_unit(seconds // size, unit, "short", locale=locale(language))
