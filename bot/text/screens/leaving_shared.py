"""The part of a caregiver's own copy beside answers and notes: goals, visits, messages, counts, lists, help."""

from __future__ import annotations

from collections.abc import Iterator

from bot.model import Json
from bot.text.catalogue import Html
from bot.text.screens.leaving_speech import Speech, line
from bot.text.screens.milestones import age_words

Entry = tuple[str, Iterator[str]]  # a moment (ISO 8601), and the lines of it


def given(of: Speech, child: Json) -> Iterator[str]:
    """What stands with no day: home steps, coping cards, goals with their levels."""
    voice = of.voice
    for step in child["practice"]:
        yield line(voice("leave-doc-step", step=step["text"]))
        if step["how"]["text"]:
            yield line(voice("quote", words=step["how"]["text"]))
        for tip in step["tips"]:
            yield line(voice("practice-tip-own", name=of.therapist, words=tip["text"]))
    for card in child["coping_cards"]:
        name = f"coping-{card}"
        yield line(voice("leave-doc-card", card=voice.plain(name) if voice.has(name) else card))
    for goal in child["goals"]:
        yield from _goal(of, goal)


def _goal(of: Speech, goal: Json) -> Iterator[str]:
    voice, newest = of.voice, goal["versions"][-1]
    yield line(voice("leave-doc-a-goal", goal=goal["title"]), of.date(newest["proposed_at"]))
    parts = [newest[part] for part in ("place", "help", "measure", "starter") if newest[part]]
    yield from (line(voice("quote", words=part)) for part in parts)
    for level, words in newest["levels"].items():
        name = voice.plain(f"goal-level-{level.replace('-', 'm')}")
        yield line(voice("goal-level-line", level=name, words=words))
    for one in goal["levels"]:
        name = voice.plain(f"goal-level-{str(one['level']).replace('-', 'm')}")
        yield line(voice("leave-doc-reached", level=name), of.date(one["recorded_at"]))
    if goal["wins"]:
        yield line(voice("leave-doc-wins", n=len(goal["wins"])))


def entries(of: Speech, child: Json) -> Iterator[Entry]:
    """What has a day of its own."""
    for one in child["messages"]:
        yield one["sent_at"], _message(of, one)
    for one in child["meetings"]:
        yield one["starts_at"], _meeting(of, one)
    for target in child["behaviour"]:
        for one in target["counts"]:
            yield one["recorded_at"], _count(of, target, one)
    for step in child["practice"]:
        for one in step["bookings"]:
            yield one["due_at"], _booking(of, step, one)
    for one in child["milestone_lists"]:
        yield one["started_at"], _round(of, one)
    for seat in child["caregivers"]:
        for one in seat["urgent_help"]:
            yield one["at"], _urgent(of, one)


def _message(of: Speech, one: Json) -> Iterator[str]:
    if one["text"]:
        yield line(f"{of.voice('leave-doc-message')} {of.voice('quote', words=one['text'])}", of.time(one["sent_at"]))
    else:
        yield line(of.voice("leave-doc-used"), of.time(one["sent_at"]))


def _meeting(of: Speech, one: Json) -> Iterator[str]:
    voice, off = of.voice, "-off" if one["cancelled_at"] else ""
    kind = voice(f"meeting-kind-{one['kind']}")
    yield line(f"{voice(f'leave-doc-visit{off}')} {kind}", of.time(one["starts_at"]))
    if one["note"]:
        yield line(voice("quote", words=one["note"]))
    for seat in one["caregivers"]:
        if seat["answer"]:
            yield line(voice(f"leave-doc-visit-{seat['answer']}"), of.date(seat["answered_at"]))


def _count(of: Speech, target: Json, one: Json) -> Iterator[str]:
    band = of.voice.plain(f"behaviours-band-{one['band']}")
    yield line(of.voice("leave-doc-count", what=target["text"], band=band), of.local(one["local_date"]))


def _booking(of: Speech, step: Json, one: Json) -> Iterator[str]:
    yield line(of.voice("leave-doc-booked", step=step["text"]), Html(one["slot"]))


def _round(of: Speech, one: Json) -> Iterator[str]:
    voice = of.voice
    yield line(voice("leave-doc-list", age=age_words(voice, one["list_months"])), of.time(one["started_at"]))
    for answer in one["answers"]:
        said = Html(voice(f"stones-{answer['answer']}"))
        item = f"stone-{answer['item']}"
        asked = Html(of.label(item)) if voice.has(item) else answer["item"]  # an older list had it
        yield line(voice("leave-doc-item", item=asked, said=said))


def _urgent(of: Speech, one: Json) -> Iterator[str]:
    """That they asked; what else was noted of it is the clinic's record."""
    said = of.voice("urgent-question") + " " + of.voice(f"urgent-{one['answer']}") if one["answer"] else ""
    false = of.voice("urgent-false") if one["false_alarm_at"] else ""
    text = " · ".join(part for part in (of.voice("leave-doc-urgent"), said, false) if part)
    yield line(text, of.time(one["at"]))
