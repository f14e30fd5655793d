"""/plan: families, then what each caregiver is asked, then one plan with its next questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.families import Family, Page
from bot.domain.planning import MORNING, Offer, Shown, Told
from bot.domain.rhythms import LAST
from bot.model import Button, Screen
from bot.storage.database import Row
from bot.text import numbers
from bot.text.catalogue import Voice
from bot.text.screens import joining, plans

EVERY = (2, 3)
MONTHLY = ("n1-0", "n1-4", "n2-0", "nlast-4", "d1", "d15", "d1-15", "d31")
WINDOWS = ("07:00-09:00", "12:00-14:00", "15:00-17:00", "17:00-19:00", "18:00-20:00", "19:00-21:00")


def listed(voice: Voice, page: Page) -> Screen:
    if not page.count:
        return Screen(voice("planning-none"))
    buttons = [Button(voice.plain("plain-name", child=row["name"]), f"plan:child:{row['id']}") for row in page.families]
    later, earlier = page.number + 1, page.number - 1
    turn = [Button(voice.plain("families-later"), f"plan:page:{later}")] if later < page.pages else []
    turn += [Button(voice.plain("families-earlier"), f"plan:page:{earlier}")] if earlier >= 0 else []
    return Screen(voice("planning-title"), (*plans.in_rows(buttons, 1), *((tuple(turn),) if turn else ())))


def family(voice: Voice, found: Family) -> Screen:
    lines = [voice("planning-child", child=found.child["name"])]
    buttons = []
    for seat in found.seats:
        name = joining.called(voice, seat.row["name"], seat.row["role"])
        for plan in seat.plans:
            lines.append(f"{voice('plain-name', child=name)}\n{_line(voice, plan)}")
            label = voice.plain("planning-whose", name=name, what=_label(voice, seat.plans, plan))
            buttons.append(Button(label, f"plan:one:{plan['id']}"))
    if not buttons:
        lines.append(voice("planning-nothing"))
    steps = Button(voice.plain("steps-button-all"), f"step:list:{found.child['id']}")
    back = (steps, Button(voice.plain("planning-button-all"), "plan:page:0"))
    return Screen("\n\n".join(lines), (*plans.in_rows(buttons, 1), back))


def _label(voice: Voice, beside: Sequence[Row], plan: Row) -> str:
    """The hour, or what it is where several things are asked."""
    hour = plans.hour_words(voice, plan["time"])
    return hour if len({one["template"] for one in beside}) == 1 else f"{plans.what(voice, plan)}, {hour}"


def _line(voice: Voice, plan: Row) -> str:
    hour = plans.hour_words(voice, plan["time"])
    return voice("plan-line", what=plans.what(voice, plan), days=plans.rhythm(voice, plan), hour=hour)


def one(voice: Voice, shown: Shown) -> Screen:
    row = shown.row
    name = joining.called(voice, row["name"], row["role"])
    lines = [voice("planning-of", child=row["child_name"], name=name), _line(voice, row)]
    if row["joined_at"] is not None:
        first = numbers.short_date(date.fromisoformat(row["starts_on"]), voice.language)
        lines.append(voice("planning-first", day=first))
    lines.append(_coming(voice, shown))
    if shown.is_burst:
        lines.append(voice("planning-burst-is"))
    if row["joined_at"] is not None:
        lines.append(voice("planning-tells"))
    buttons = [Button(voice.plain(f"planning-button-{verb}"), f"plan:{verb}:{row['id']}") for verb in _verbs(shown)]
    back = (Button(voice.plain("families-button-back", child=row["child_name"]), f"plan:child:{row['child_id']}"),)
    return Screen("\n\n".join(lines), (*plans.in_rows(buttons, 2), back))


def _coming(voice: Voice, shown: Shown) -> str:
    if shown.row["joined_at"] is None:
        return voice("planning-waiting")
    if not shown.moments:
        return voice("planning-no-next")
    moments = [plans.moment(voice, at, shown.row["timezone"]) for at in shown.moments]
    return "\n".join([voice("planning-next"), *(f"• {voice('plain-name', child=when)}" for when in moments)])


def _verbs(shown: Shown) -> tuple[str, ...]:
    last = ("end",) if shown.is_burst or shown.may_end else ("over",)
    return ("often", "hour", "window", *(("burst",) if shown.may_burst else ()), *last, "else")


def _back(voice: Voice, row: Row) -> tuple[Button, ...]:
    return (Button(voice.plain("planning-button-back"), f"plan:one:{row['id']}"),)


def often(voice: Voice, row: Row) -> Screen:
    number = row["id"]
    every = [Button(voice.plain("plan-every", n=n), f"plan:every:{number}:{n}") for n in EVERY]
    kinds = [
        Button(voice.plain(f"planning-button-{verb}"), f"plan:{verb}:{number}") for verb in ("days", "weeks", "month")
    ]
    rows = (*plans.in_rows([kinds[0], *every, kinds[1], kinds[2]], 1), _back(voice, row))
    return Screen(voice("planning-which-often"), rows)


def days(voice: Voice, shown: Shown) -> Screen:
    """Each tap turns a day; the next questions stand above the buttons."""
    rows = plans.day_rows(voice, f"plan:days:{shown.row['id']}", shown.row["days"])
    return Screen(_with_next(voice, shown, "plan-which-days"), (*rows, _back(voice, shown.row)))


def weeks(voice: Voice, shown: Shown) -> Screen:
    """The same for every second week."""
    row = shown.row
    chosen = row["days"] if row["days"].startswith("weeks") else ""
    rows = plans.day_rows(voice, f"plan:weeks:{row['id']}", chosen)[1:]
    return Screen(_with_next(voice, shown, "planning-which-weeks"), (*rows, _back(voice, row)))


def _with_next(voice: Voice, shown: Shown, question: str) -> str:
    return "\n\n".join([voice(question), _line(voice, shown.row), _coming(voice, shown)])


def month(voice: Voice, row: Row) -> Screen:
    buttons = [Button(plans.days_words(voice, monthly(key)), f"plan:month:{row['id']}:{key}") for key in MONTHLY]
    return Screen(voice("planning-which-month"), (*plans.in_rows(buttons, 1), _back(voice, row)))


def monthly(key: str) -> str:
    """The rhythm that a button stands for: n1-0 is the first Monday, d1-15 the first and the fifteenth."""
    words = [str(LAST) if word == "last" else word for word in key[1:].split("-")]
    return " ".join(["nth" if key.startswith("n") else "dates", *words])


def hour(voice: Voice, row: Row, *, other: bool) -> Screen:
    hours = plans.MORNINGS if other else plans.EVENINGS
    number = row["id"]
    rows = plans.hour_rows(f"plan:hour:{number}", row["time"], hours)
    turn = (Button(voice.plain("plan-other-hours"), f"plan:{'hour' if other else 'other'}:{number}"),)
    return Screen(voice("plan-which-hour"), (*rows, turn, _back(voice, row)))


def window(voice: Voice, row: Row) -> Screen:
    buttons = [Button(plans.hour_words(voice, one), f"plan:window:{row['id']}:{plans.plain(one)}") for one in WINDOWS]
    return Screen(voice("planning-which-window"), (*plans.in_rows(buttons, 1), _back(voice, row)))


def burst(voice: Voice, row: Row) -> Screen:
    yes = (Button(voice.plain("planning-burst-yes"), f"plan:burst:{row['id']}:yes"),)
    return Screen(voice("planning-burst-sure", hour=MORNING), (yes, _back(voice, row)))


def something_else(voice: Voice, row: Row, offered: Sequence[Offer]) -> Screen:
    """What else this caregiver could be asked about the child."""
    if not offered:
        return Screen(voice("planning-else-none"), (_back(voice, row),))
    buttons = [
        Button(plans.what(voice, {"template": one.key, "form_name": one.name}), f"plan:else:{row['id']}:{one.key}")
        for one in offered
    ]
    name = joining.called(voice, row["name"], row["role"])
    text = voice("planning-which-else", name=name, child=row["child_name"])
    return Screen(text, (*plans.in_rows(buttons, 1), _back(voice, row)))


def over(voice: Voice, row: Row) -> Screen:
    yes = (Button(voice.plain("planning-over-yes"), f"plan:over:{row['id']}:yes"),)
    text = voice("planning-over-sure", hour=plans.hour_words(voice, row["time"]))
    return Screen(text, (yes, _back(voice, row)))


def changed(voice: Voice, moments: Sequence[int], timezone: str) -> str:
    """For the line over the chat."""
    if not moments:
        return voice.plain("settings-kept")
    return voice.plain("planning-changed", when=plans.moment(voice, moments[0], timezone))


def told(voice: Voice, one: Told) -> Screen:
    """For the caregiver: what it is now, and when the next question comes."""
    row = one.row
    name = row["therapist_name"] or voice.plain("role-other")
    lines = [voice("planning-told", name=name, child=row["child_name"])]
    if row["ended_at"] is None:
        lines.append(_line(voice, row))
    when = plans.moment(voice, one.at, row["timezone"])
    lines.append(voice("planning-told-next", when=when) if when else voice("planning-told-no-next"))
    if row["ended_at"] is None:
        lines.append(voice("planning-told-yours"))
    return Screen("\n\n".join(lines))
