"""What is usual for a family: five weeks of answers on scales, and of check-ins answered or not; flags from them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from bot.domain import flags_change, flags_silence, templates
from bot.domain.checkins import family_of
from bot.domain.digest_days import PULSE
from bot.domain.flags import Flag, Rules
from bot.domain.flags_change import POINTS, Rated, TooFew
from bot.domain.flags_silence import WEEKLY, Asked
from bot.storage.database import Row

WORDS_ON_A_SCALE = 5
SILENT_ABOUT = (PULSE, WEEKLY)
NOT_ASKED = ("due", "missed", "excused", "skipped")  # who stops it is there, and answers nothing


@dataclass(frozen=True, slots=True)
class Usual:
    """``too_few``: caregivers whose answers to the daily question cannot be compared."""

    flags: tuple[Flag, ...]
    too_few: frozenset[int]


@cache
def scales() -> Mapping[tuple[str, str], Sequence[str]]:
    """The five-point questions of the library, by template and question; from harder to better."""
    return {
        (template.key, question.key): question.choices
        for template in templates.load().values()
        for question in template.questions
        if question.ordinal and len(question.choices) == WORDS_ON_A_SCALE
    }


def of(rows: Iterable[Row], today: date, now: int, rules: Rules) -> Usual:
    """From the rows of one child, oldest first: one for each check-in and answer on a scale (`storage.usual`)."""
    rated: dict[tuple[int, str, str], dict[date, Rated]] = defaultdict(dict)
    asked: dict[tuple[int, str], dict[tuple[date, str], Asked]] = defaultdict(dict)
    for row in rows:
        who, template, on = row["person_id"], family_of(row), date.fromisoformat(row["local_date"])
        if row["value"] is not None and (scale := _scale(template, row["question"])) is not None:
            value = str(json.loads(row["value"]))
            if value in scale:
                rated[who, template, row["question"]][on] = Rated(on, value)
        if template in SILENT_ABOUT and _over(row, now):
            asked[who, template][on, row["slot"]] = Asked(on, bool(row["answered"]))
    flags, too_few = [], set()
    for (who, template, question), by_day in rated.items():
        scale = _scale(template, question) or POINTS
        found = flags_change.change(who, f"{template}.{question}", list(by_day.values()), scale, today, rules)
        if isinstance(found, Flag):
            flags.append(found)
        elif isinstance(found, TooFew) and (template, question) == (PULSE, "day"):
            too_few.add(who)
    too_few |= {who for who, template in asked if template == PULSE and (who, PULSE, "day") not in rated}
    return Usual((*flags, *_quiet(asked, rules)), frozenset(too_few))


def _scale(template: str, question: str) -> Sequence[str] | None:
    return scales().get((template, question))


def _over(row: Row, now: int) -> bool:
    """It was shown, and its window has ended or it was answered."""
    if row["state"] in NOT_ASKED:
        return False
    return bool(row["answered"]) or row["state"] != "open" or row["closes_at"] <= now


def _quiet(asked: Mapping[tuple[int, str], Mapping[tuple[date, str], Asked]], rules: Rules) -> Iterator[Flag]:
    for (who, template), found in asked.items():
        quiet = flags_silence.gone_quiet(who, template, list(found.values()), rules)
        if quiet is not None:
            yield quiet
