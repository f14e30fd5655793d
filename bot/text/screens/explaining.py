"""Why did this come now? In plain sentences, one question a paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.clock import from_ms
from bot.domain.checkins import BUSY
from bot.domain.explaining import Asked, Story
from bot.domain.families import Family
from bot.model import Button, CheckInState, Screen
from bot.storage.database import Row
from bot.text import numbers
from bot.text.catalogue import Voice
from bot.text.screens import digest_phrases as phrases
from bot.text.screens import families, plans

_ANSWERED = (CheckInState.DONE, CheckInState.PARTIAL)


def why(voice: Voice, family: Family, asked: Sequence[Asked]) -> Screen:
    child = family.child
    parts = [f"<b>{voice('why-title', child=child['name'])}</b>"]
    for one in asked:
        parts += [f"<b>{voice('plain-name', child=families.who(voice, one.who))}</b>", *_plans(voice, one)]
        parts += [_story(voice, story, child["name"]) for story in one.stories]
    if not asked:
        parts.append(voice("why-nothing"))
    back = Button(voice.plain("families-button-back", child=child["name"]), f"fam:child:{child['id']}")
    return Screen("\n\n".join(parts), ((back,),), protected=True)


def _plans(voice: Voice, asked: Asked) -> Iterable[str]:
    for row, at in asked.plans:
        days, hour = plans.rhythm(voice, row), plans.hour_words(voice, row["time"])
        yield voice("plan-line", what=voice.plain(f"{row['template']}-name"), days=days, hour=hour)
        if at is not None:
            yield voice("why-next", when=plans.moment(voice, at, asked.who["timezone"]))


def _story(voice: Voice, story: Story, child: str) -> str:
    row = story.row
    day = numbers.long_date(date.fromisoformat(row["local_date"]), voice.language)
    what = voice.plain(f"{row['template']}-name")
    first = voice("why-own" if story.own else "why-planned", day=day, what=what, hour=row["slot"])
    return " ".join([first, *_facts(voice, story, child)])


def _facts(voice: Voice, story: Story, child: str) -> Iterable[str]:
    """In the order in which it happened."""
    row = story.row
    for one in story.shifts:
        if one["kind"] == "fast":
            yield voice("why-fast", hour=one["slot"])
    if row["short"]:
        yield voice("why-short-busy" if row["short"] == BUSY else "why-short-fast")
    if row["sent_at"] is not None:
        key = "why-late" if story.late else "why-sent"
        yield voice(key, hour=_clock(voice, row, row["sent_at"]))
    for one in story.shifts:
        if one["kind"] != "fast":
            yield voice(f"why-{one['kind']}", hour=_clock(voice, row, one["at"]))
    yield _end(voice, row, child)


def _end(voice: Voice, row: Row, child: str) -> str:
    state = CheckInState(row["state"])
    if state in _ANSWERED and row["finished_at"] is not None:
        return voice("why-answered", hour=_clock(voice, row, row["finished_at"]))
    if state is CheckInState.OPEN:
        return voice("why-open" if row["sent_at"] is not None else "why-on-its-way")
    words = voice.plain(phrases.state_key(state, row["state_reason"]), child=child)
    return voice("why-state", words=words[:1].upper() + words[1:])


def _clock(voice: Voice, row: Row, at: int) -> str:
    return numbers.clock_time(from_ms(at), ZoneInfo(row["timezone"]), voice.language)
