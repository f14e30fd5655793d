"""Each flag's own reason, in a line with its figures; and in a few words for the list."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain import templates
from bot.domain.digest_days import PULSE
from bot.domain.digest_facts import Family
from bot.domain.figures import Between
from bot.domain.flags import Apart, Change, Count, Critique, Flag, Load, Mornings, Silence, Stuck, View
from bot.domain.flags_memory import Raised, Show
from bot.domain.flags_silence import WEEKLY
from bot.model import Button, Screen
from bot.text import numbers
from bot.text.catalogue import Html, Voice
from bot.text.screens import digest_phrases as phrases


def lines(voice: Voice, family: Family) -> list[str]:
    """What the rules found and no other line of the screen says; what was told already says so."""
    found = []
    for one in family.raised:
        if one.show is Show.SNOOZED or isinstance(one.flag.figures, Count):
            continue
        line = reason(voice, family, one.flag)
        if one.show is Show.AGAIN and one.told is not None:
            line = voice("flag-again", reason=Html(line), day=_on(voice, family, one.told.at))
        found.append(line)
    return found


def snoozed(voice: Voice, family: Family) -> list[str]:
    """What was put off: until when, and why."""
    return [_snoozed(voice, family, one) for one in family.raised if one.show is Show.SNOOZED]


def _snoozed(voice: Voice, family: Family, one: Raised) -> str:
    assert one.told is not None  # noqa: S101 - only what was told is put off
    words = one.told.words
    why = voice("quote", words=words) if words else voice(f"snooze-why-{one.told.reason}") if one.told.reason else ""
    until = _on(voice, family, one.told.snoozed_until)
    return voice("flag-snoozed", day=until, what=Html(name(voice, one.flag)), why=Html(why))


def name(voice: Voice, flag: Flag) -> str:
    return voice(f"flag-name-{flag.kind.value}")


def reason(voice: Voice, family: Family, flag: Flag) -> str:
    """The rule's reason with the figures that made it speak."""
    who = phrases.called(voice, family, flag.by)
    match flag.figures:
        case Change() as change:
            return _change(voice, family, flag, change)
        case Silence() as silence:
            key = "flag-gone_quiet-weekly" if flag.subject == WEEKLY else "flag-gone_quiet"
            since = phrases.day(voice, silence.since)
            return voice(key, name=who, day=since, answered=silence.answered, asked=silence.asked)
        case _:
            return _said(voice, family, flag, who)


def _said(voice: Voice, family: Family, flag: Flag, who: str) -> str:
    """Of what was said, once or so many times."""
    match flag.figures:
        case Load() as load:
            return voice(f"flag-stretched{_load(load)}", name=who, day=phrases.day(voice, load.on))
        case Critique() as critique:
            what = Html(_critique(voice, family, flag, critique))
            return voice("flag-feedback", name=who, day=phrases.day(voice, critique.on), what=what)
        case Mornings() as told:
            return voice(f"flag-{flag.kind.value}", name=who, count=told.count, day=phrases.day(voice, told.on))
        case Stuck() as stuck:
            return voice(f"flag-stuck-{stuck.why}", count=stuck.count, days=stuck.days, child=family.name)
        case _:
            return _views(voice, family, flag.figures) if isinstance(flag.figures, Apart) else name(voice, flag)


def _load(load: Load) -> str:
    if not load.call:
        return ""
    return "-both" if load.stretched else "-call"


def _views(voice: Voice, family: Family, apart: Apart) -> str:
    high, low = (Html(_view(voice, family, one)) for one in (apart.high, apart.low))
    return voice("flag-differ", goal=apart.goal, high=high, low=low)


def _change(voice: Voice, family: Family, flag: Flag, change: Change) -> str:
    template, _, question = flag.subject.partition(".")
    about = "" if template == PULSE else voice(f"{template}-{question}-short", child=family.name, name="", step="")
    return voice(
        f"flag-{flag.kind.value}",
        name=phrases.called(voice, family, flag.by),
        what=Html(voice("flag-about", what=Html(about)) if about else ""),
        recent=Html(_choices(voice, flag, change.recent)),
        median=_between(voice, flag, change.recent_median),
        usual=_between(voice, flag, change.usual),
        quartile=_between(voice, flag, change.quartile),
        n=change.n,
    )


def _choices(voice: Voice, flag: Flag, chosen: Sequence[str]) -> str:
    return ", ".join(_choice(voice, flag, one) for one in chosen)


def _choice(voice: Voice, flag: Flag, chosen: str) -> str:
    template, _, question = flag.subject.partition(".")
    if chosen.isdigit():
        return numbers.integer(int(chosen), voice.language)
    return voice(f"digest-day-{chosen}" if template == PULSE else f"{template}-{question}-{chosen}")


def _between(voice: Voice, flag: Flag, between: Between) -> Html:
    low, high = (Html(_choice(voice, flag, one)) for one in between)
    return low if low == high else Html(voice("digest-between", low=low, high=high))


def _critique(voice: Voice, family: Family, flag: Flag, critique: Critique) -> str:
    asked = ", ".join(dict.fromkeys(_asked(voice, family, flag, one) for one in critique.noes))
    parts = [voice("flag-feedback-no", questions=Html(asked))] if asked else []
    if critique.words:
        parts.append(voice("flag-feedback-words"))
    if critique.talk:
        parts.append(voice("flag-feedback-talk"))
    return ", ".join(parts)


def _asked(voice: Voice, family: Family, flag: Flag, question: str) -> str:
    """A question of the library by its name, one of a therapist's own as such."""
    if question not in {one.key for one in templates.load()[flag.subject].questions}:
        return voice("flag-feedback-own")
    return voice(f"{flag.subject}-{question}-short", child=family.name, name="", step="")


def _view(voice: Voice, family: Family, one: View) -> str:
    on = phrases.day(voice, one.on)
    if one.level is not None:
        return voice("flag-differ-level", level=phrases.signed(voice, one.level), day=on)
    who = phrases.called(voice, family, one.by)
    return voice("flag-differ-view", name=who, points=round(one.points), day=on)


def short(voice: Voice, family: Family, one: Raised) -> str:
    """For the list."""
    flag = one.flag
    who = phrases.called(voice, family, flag.by)
    key = f"flag-short-{flag.kind.value}"
    match flag.figures:
        case Count(count, age):
            words = {"age": Html(voice("digest-age", days=age))} if flag.kind == "question" else {}
            text = voice(f"digest-need-{flag.kind.value}", count=count, **words)
        case Change(recent):
            text = voice(key, name=who, recent=Html(_choices(voice, flag, recent)))
        case Silence() as silence:
            text = voice(key, day=phrases.day(voice, silence.since))
        case Apart(goal):
            text = voice(key, goal=goal)
        case _:
            text = voice(key, name=who)
    if one.show is Show.AGAIN and one.told is not None:
        return f"{text} ({voice('flag-told', day=_on(voice, family, one.told.at))})"
    return text


def notice(voice: Voice, child: str) -> Screen:
    """For a therapist, the same working day; what it is stands behind the button."""
    rows = ((Button(voice.plain("command-digest"), "do:digest"),),)
    return Screen(voice("flag-notice-lost_skill", child=child), rows, protected=True)


def _on(voice: Voice, family: Family, at: int) -> Html:
    return phrases.day(voice, family.period.local_date(at))
