"""The list for an age: one item a screen, four answers, an end at any time. No counts of answers, no colours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from babel.dates import get_month_names

from bot.domain.families import MOST_EARLY
from bot.domain.milestones import ANSWERS, DOMAINS, Age, Offer, Round, load
from bot.model import Button, Child, Screen
from bot.storage.database import Row
from bot.text import numbers
from bot.text.catalogue import Html, Voice
from bot.text.screens import plans
from bot.text.screens.goal_shaping import Who

YEARS = 7  # back from now, for the year of birth
YEAR = 12


def age_words(voice: Voice, months: int) -> str:
    """18 months; 4 years."""
    if months >= 3 * YEAR and months % YEAR == 0:
        return voice.plain("stones-years", n=months // YEAR)
    return voice.plain("stones-months", n=months)


def offered(voice: Voice, child: Child, offer: Offer) -> Screen:
    if offer.age is None:
        return Screen(voice("stones-unknown", child=child.name))
    early = (Button(voice.plain("stones-early-button"), f"m:early:{child.id}"),)
    if offer.months is None:
        young = offer.age.months < min(load())
        return Screen(voice("stones-too-young" if young else "stones-too-old", child=child.name))
    parts = [voice("stones-intro", age=age_words(voice, offer.months))]
    if offer.age.kind == "corrected":
        parts.append(voice("stones-corrected", child=child.name))
    rows = [(Button(voice.plain("stones-go-on" if offer.open else "stones-begin"), f"m:begin:{child.id}"),)]
    if offer.open:
        rows.append((Button(voice.plain("stones-again"), f"m:again:{child.id}"),))
    return Screen("\n\n".join(parts), (*rows, early))


def ask_year(voice: Voice, child: Child, today: date) -> Screen:
    years = [Button(str(today.year - ago), f"m:born:{child.id}:{today.year - ago}") for ago in range(YEARS)]
    return Screen(voice("stones-unknown", child=child.name), plans.in_rows(years, 4))


def ask_month(voice: Voice, child: Child, year: int) -> Screen:
    names = get_month_names("wide", context="stand-alone", locale=numbers.locale(voice.language))
    buttons = [Button(names[n], f"m:born:{child.id}:{year}-{n:02}") for n in range(1, YEAR + 1)]
    return Screen(voice("families-which-month"), plans.in_rows(buttons, 3))


def ask_early(voice: Voice, child: Child) -> Screen:
    buttons = [Button(voice.plain("stones-weeks", n=n), f"m:early:{child.id}:{n}") for n in range(MOST_EARLY + 1)]
    return Screen(voice("stones-which-weeks"), plans.in_rows(buttons, 3))


def asked(voice: Voice, found: Round, therapist: str) -> Screen:
    """The next item, or the thanks at the end."""
    number = found.row["id"]
    if found.at is None:
        return done(voice, found, therapist)
    item = found.items[found.at]
    count = voice("stones-count", at=found.at + 1, of=len(found.items))
    text = f"<i>{count}</i>\n\n{voice(f'stone-{item.key}', child=found.row['child_name'])}"
    answers = [Button(voice.plain(f"stones-{kind}"), f"m:a:{number}:{found.at}:{kind}") for kind in ANSWERS]
    ways_out = (
        Button(voice.plain("stones-skip"), f"m:skip:{number}:{found.at}"),
        Button(voice.plain("stones-stop"), f"m:stop:{number}"),
    )
    return Screen(text, (*plans.in_rows(answers, 2), ways_out))


def done(voice: Voice, found: Round, therapist: str) -> Screen:
    text = voice("stones-done", name=therapist) if therapist else voice("stones-done-alone")
    new = (Button(voice.plain("stones-new"), "do:milestone"),)
    lost = (Button(voice.plain("stones-lost"), f"m:lost:{found.row['child_id']}"),)
    return Screen(text, (new, lost))


def stopped(voice: Voice) -> Screen:
    return Screen(voice("stones-stopped"))


def for_therapist(who: Who, rounds: list[tuple[Row, dict[str, str]]], child: int, page: int) -> Screen:
    """One caregiver's look at one list: what is not there yet first, for the talk."""
    voice = who.voice
    back = (Button(voice.plain("families-button-back", child=who.child), f"goal:child:{child}"),)
    if not rounds:
        return Screen(voice("stones-therapist-none"), (back,))
    page = min(page, len(rounds) - 1)
    row, answers = rounds[page]
    day, months = who.day(row["started_at"]), age_words(voice, row["list_months"])
    parts = [voice("stones-therapist", child=who.child, age=months, name=who.name(row["person_id"]), day=day)]
    used = Age(row["age_months"], row["age_kind"])
    parts.append(voice(f"stones-therapist-{used.kind}", age=age_words(voice, used.months)))
    parts += _groups(who, row, answers)
    parts.append(f"<i>{voice('stones-therapist-note')}</i>")
    turn = [Button(voice.plain("families-later"), f"goal:list:{child}:{page + 1}")] if page + 1 < len(rounds) else []
    turn += [Button(voice.plain("families-earlier"), f"goal:list:{child}:{page - 1}")] if page else []
    return Screen("\n\n".join(parts), (*((tuple(turn),) if turn else ()), back))


def _groups(who: Who, row: Row, answers: Mapping[str, str]) -> list[str]:
    items = load()[row["list_months"]]
    found = []
    for kind in ("not_yet", "not_sure", "sometimes", "yes"):
        of_kind = [
            who.voice(f"stone-{one.key}", child=who.child)
            for domain in DOMAINS
            for one in items
            if one.domain == domain and answers.get(one.key) == kind
        ]
        if of_kind:
            heading = who.voice("stones-group", answer=Html(who.voice(f"stones-{kind}")))
            found.append("\n".join([heading, *(f"• {one}" for one in of_kind)]))
    return found
