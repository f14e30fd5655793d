"""On which dates something is asked: a rhythm as it is stored, and the dates that it falls on. Pure.

| stored | falls on |
|---|---|
| ``01234`` | those weekdays, Monday is 0 |
| ``every 3`` | every third day, from the first day on |
| ``weeks 2 03`` | Mondays and Thursdays of every second week, from the week of the first day on |
| ``nth 1 0``, ``nth -1 4`` | the first Monday, the last Friday of a month |
| ``dates 1 15 31`` | those days of a month; one that a month lacks falls on its last day |
| ``on 2027-03-10 2027-04-10`` | just these dates |
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = "0123456"
LONGEST_EVERY = 60  # days between two moments of ``every``
MOST_WEEKS = 8
LAST = -1
MOST_NTH = 4  # a fifth Monday is not there every month

Falls = Callable[[date], bool]


class BadRhythm(ValueError):
    """Nothing that can be stored as a rhythm."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """``falls`` says of a local date whether it is one of them; ``last`` is the last one, None where it has no end."""

    stored: str
    falls: Falls
    last: date | None = None


def read(stored: str, first: date) -> Rhythm:
    """The rhythm that begins on the local date ``first``. Raises `BadRhythm`."""
    kind, *words = stored.split() or [""]
    if kind in _KINDS:
        return Rhythm(stored, _KINDS[kind](words, first), _last(kind, words))
    return Rhythm(stored, _weekdays(kind))


def _weekdays(days: str) -> Falls:
    if not set(days) <= set(WEEKDAYS):
        raise BadRhythm(days)
    return lambda day: str(day.weekday()) in days


def _every(words: list[str], first: date) -> Falls:
    every = _number(words, 0, 1, LONGEST_EVERY)
    return lambda day: (day - first).days % every == 0


def _weeks(words: list[str], first: date) -> Falls:
    every, on = _number(words, 0, 1, MOST_WEEKS), _weekdays(_word(words, 1))
    monday = first - timedelta(days=first.weekday())
    return lambda day: (day - monday).days // 7 % every == 0 and on(day)


def _nth(words: list[str], _first: date) -> Falls:
    nth, on = _number(words, 0, LAST, MOST_NTH), _weekdays(_word(words, 1))
    if nth == 0:
        raise BadRhythm("nth 0")
    if nth == LAST:
        return lambda day: on(day) and (day + timedelta(days=7)).month != day.month
    return lambda day: on(day) and (day.day - 1) // 7 + 1 == nth


def _dates(words: list[str], _first: date) -> Falls:
    wanted = {_number([word], 0, 1, 31) for word in words}
    if not wanted:
        raise BadRhythm("dates")

    def falls(day: date) -> bool:
        end = monthrange(day.year, day.month)[1]
        return day.day in wanted or (day.day == end and any(one > end for one in wanted))

    return falls


def _on(words: list[str], _first: date) -> Falls:
    dates = set(_days(words))
    return lambda day: day in dates


def _last(kind: str, words: list[str]) -> date | None:
    return max(_days(words)) if kind == "on" else None


def _days(words: list[str]) -> list[date]:
    try:
        found = [date.fromisoformat(word) for word in words]
    except ValueError as error:
        raise BadRhythm("on") from error
    if not found:
        raise BadRhythm("on")
    return found


def _word(words: list[str], at: int) -> str:
    if at >= len(words):
        raise BadRhythm("a word is missing")
    return words[at]


def _number(words: list[str], at: int, least: int, most: int) -> int:
    word = _word(words, at)
    if not word.lstrip("-").isdigit() or not least <= int(word) <= most:
        raise BadRhythm(word)
    return int(word)


_KINDS: dict[str, Callable[[list[str], date], Falls]] = {
    "every": _every,
    "weeks": _weeks,
    "nth": _nth,
    "dates": _dates,
    "on": _on,
}
