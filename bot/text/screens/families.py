"""/families: everyone a therapist treats, a page at a time; then one family, and one seat in it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, get_month_names

from bot.clock import from_ms
from bot.domain import coping
from bot.domain.families import GENDERS, MOST_EARLY, Family, Page, Seat
from bot.model import Button, Preset, Role, Screen
from bot.storage.database import Row
from bot.text import numbers
from bot.text.catalogue import Voice
from bot.text.screens import joining, plans, rights

OLDEST = 18  # years


def listed(voice: Voice, page: Page) -> Screen:
    if not page.count:
        return Screen(voice("families-none"))
    parts = [voice("families-title", count=page.count)]
    if any(row["waiting"] for row in page.families):
        parts.append(voice("families-key"))
    buttons = [_opening(voice, row) for row in page.families]
    return Screen("\n\n".join(parts), (*plans.in_rows(buttons, 1), *_turning(voice, page)))


def _opening(voice: Voice, row: Row) -> Button:
    return Button(
        voice.plain("families-open-waiting" if row["waiting"] else "plain-name", child=row["name"]),
        f"fam:child:{row['id']}",
    )


def _turning(voice: Voice, page: Page) -> plans.Rows:
    """Later pages first: the way forward."""
    if page.pages == 1:
        return ()
    later, earlier = page.number + 1, page.number - 1
    row = [Button(voice.plain("families-later"), f"fam:page:{later}")] if later < page.pages else []
    row += [Button(voice.plain("families-earlier"), f"fam:page:{earlier}")] if earlier >= 0 else []
    return (tuple(row),)


def family(voice: Voice, shown: Family, now: int) -> Screen:
    child = shown.child
    lines = [f"<b>{voice('plain-name', child=child['name'])}</b>", *(_seat_line(voice, seat) for seat in shown.seats)]
    lines += [rights.state(voice, one, now) for one in shown.resting]
    lines.append(voice("families-born", month=month(voice, child["birth_month"])))
    if child["birth_month"]:
        lines.append(voice("families-early", n=child["weeks_early"]))
    lines.append(voice("families-step", step=", ".join(shown.steps) or voice.plain("families-nothing")))
    number = child["id"]
    buttons = [Button(who(voice, seat.row), f"fam:seat:{seat.row['id']}") for seat in shown.seats]
    buttons += [Button(f"⏸ {who(voice, one)}", f"rt:one:{one['id']}") for one in shown.resting if shown.led]
    verbs = [
        Button(voice.plain(f"families-button-{verb}"), f"fam:{verb}:{number}")
        for verb in (*(("add",) if shown.led else ()), "name", "born", "early", "words")
    ]
    verbs.insert(int(shown.led), Button(voice.plain("steps-button-all"), f"step:list:{number}"))
    verbs.insert(int(shown.led) + 1, Button(voice.plain("targets-button"), f"bt:list:{number}"))
    verbs.append(Button(voice.plain("families-button-cards"), f"fam:cards:{number}"))
    verbs.append(Button(voice.plain("families-button-why"), f"fam:why:{number}"))
    verbs += [Button(voice.plain("case-button"), f"case:team:{number}")] if shown.led else []
    back = (Button(voice.plain("families-button-list"), "fam:page:0"),)
    return Screen("\n\n".join(lines), (*plans.in_rows(buttons, 2), *plans.in_rows(verbs, 2), back))


def cards(voice: Voice, shown: Family, chosen: Collection[str], now: int) -> Screen:
    """What each card says to this child, and which are agreed."""
    child = shown.child
    today = from_ms(now).date()
    known = coping.load().values()
    text = [voice("families-cards", child=child["name"])]
    text += [voice(f"coping-{one.key}-{coping.level(one, child['birth_month'], today)}") for one in known]
    names = {one.key: voice.plain(f"coping-{one.key}") for one in known}
    buttons = [
        Button(voice.plain("families-card-on", card=name) if key in chosen else name, f"fam:cards:{child['id']}:{key}")
        for key, name in names.items()
    ]
    back = Button(voice.plain("families-button-back", child=child["name"]), f"fam:child:{child['id']}")
    return Screen("\n\n".join(text), (*plans.in_rows(buttons, 2), (back,)))


def who(voice: Voice, row: Row) -> str:
    """Of a person's row; not HTML."""
    return joining.called(voice, row["name"], row["role"])


def _seat_line(voice: Voice, seat: Seat) -> str:
    """What is usual for a caregiver needs no word."""
    line, preset = _state_line(voice, seat), seat.row["preset"]
    return line if preset == Preset.ALL else f"{line}\n{voice(f'rights-may-{preset}')}"


def _state_line(voice: Voice, seat: Seat) -> str:
    row, name = seat.row, who(voice, seat.row)
    if row["joined_at"] is None:
        until = row["link_until"]
        if until is None:
            return voice("families-seat-no-link", name=name)
        return voice("families-seat-waiting", name=name, day=_day(voice, until, row["timezone"]))
    if row["blocked_at"] is not None:
        return voice("families-seat-blocked", name=name)
    if row["stopped_at"] is not None:
        return voice("families-seat-stopped", name=name)
    return voice("families-seat-joined", name=name, day=_day(voice, row["joined_at"], row["timezone"]))


def _day(voice: Voice, at: int, timezone: str) -> str:
    return numbers.short_date(from_ms(at).astimezone(ZoneInfo(timezone)).date(), voice.language)


def month(voice: Voice, birth_month: str) -> str:
    """May 2022."""
    if not birth_month:
        return voice.plain("families-nothing")
    first = datetime.fromisoformat(f"{birth_month}-01")
    return str(format_skeleton("yMMMM", first, locale=numbers.locale(voice.language)))


def seat(voice: Voice, shown: Family, chosen: Seat) -> Screen:
    row = chosen.row
    lines = [f"<b>{voice('plain-name', child=shown.child['name'])}</b>", _seat_line(voice, chosen)]
    for plan in chosen.plans:
        what, days = plans.what(voice, plan), plans.rhythm(voice, plan)
        lines.append(voice("plan-line", what=what, days=days, hour=plans.hour_words(voice, plan["time"])))
    buttons = []
    if row["joined_at"] is None:
        buttons.append(Button(voice.plain("families-button-link"), f"fam:link:{row['id']}"))
        if row["link_until"] is not None:
            buttons.append(Button(voice.plain("families-button-cancel"), f"fam:cancel:{row['id']}"))
    for plan in chosen.plans:
        buttons += _plan_buttons(voice, chosen, plan)
    buttons.append(Button(voice.plain("families-button-role"), f"fam:role:{row['id']}"))
    if shown.led:
        buttons.append(Button(voice.plain("rights-button"), f"rt:one:{row['id']}"))
        buttons.append(Button(voice.plain("families-button-out"), f"fam:out:{row['id']}"))
    return Screen("\n\n".join(lines), (*plans.in_rows(buttons, 2), _back(voice, shown)))


def _plan_buttons(voice: Voice, chosen: Seat, plan: Row) -> list[Button]:
    """Named by their hour where there are several plans."""
    several, hour = len(chosen.plans) > 1, plans.hour_words(voice, plan["time"])
    return [
        Button(
            voice.plain(f"plan-button-{verb}-of", what=hour) if several else voice.plain(f"plan-button-{verb}"),
            f"fam:{verb}:{chosen.row['id']}:{plan['id']}",
        )
        for verb in ("hour", "days")
    ]


def _back(voice: Voice, shown: Family) -> tuple[Button, ...]:
    number = shown.child["id"]
    return (Button(voice.plain("families-button-back", child=shown.child["name"]), f"fam:child:{number}"),)


def hour(voice: Voice, shown: Family, person: int, plan: Row) -> Screen:
    rows = plans.hour_rows(f"fam:hour:{person}:{plan['id']}", plan["time"], plans.EVENINGS)
    return Screen(voice("plan-which-hour"), (*rows, _back(voice, shown)))


def days(voice: Voice, shown: Family, person: int, plan: Row) -> Screen:
    rows = plans.day_rows(voice, f"fam:days:{person}:{plan['id']}", plan["days"])
    return Screen(voice("plan-which-days"), (*rows, _back(voice, shown)))


def roles(voice: Voice, shown: Family, data: str) -> Screen:
    """``data`` is followed by the role: of a seat that is there, or of one to add."""
    buttons = [Button(voice.plain(f"role-{one.value}"), f"{data}:{one.value}") for one in Role]
    return Screen(voice("families-which-role"), (*plans.in_rows(buttons, 2), _back(voice, shown)))


def years(voice: Voice, shown: Family, today: date) -> Screen:
    data = f"fam:born:{shown.child['id']}"
    buttons = [Button(str(today.year - age), f"{data}:{today.year - age}") for age in range(OLDEST + 1)]
    unknown = (Button(voice.plain("families-nothing"), f"{data}:0"),)
    return Screen(voice("families-which-year"), (*plans.in_rows(buttons, 4), unknown, _back(voice, shown)))


def months(voice: Voice, shown: Family, year: int) -> Screen:
    names = get_month_names("wide", context="stand-alone", locale=numbers.locale(voice.language))
    data = f"fam:born:{shown.child['id']}:{year}"
    buttons = [Button(names[number], f"{data}-{number:02}") for number in range(1, 13)]
    return Screen(voice("families-which-month"), (*plans.in_rows(buttons, 3), _back(voice, shown)))


def early(voice: Voice, shown: Family) -> Screen:
    data = f"fam:early:{shown.child['id']}"
    buttons = [Button(voice.plain("stones-weeks", n=n), f"{data}:{n}") for n in range(MOST_EARLY + 1)]
    return Screen(voice("families-which-early"), (*plans.in_rows(buttons, 3), _back(voice, shown)))


def words(voice: Voice, shown: Family) -> Screen:
    data = f"fam:words:{shown.child['id']}"
    buttons = [Button(voice.plain(f"families-words-{one}"), f"{data}:{one}") for one in GENDERS]
    return Screen(voice("families-which-words"), (*plans.in_rows(buttons, 3), _back(voice, shown)))


def ask_name(voice: Voice) -> Screen:
    return Screen(voice("families-ask-name"))


def too_long(voice: Voice, most: int) -> Screen:
    return Screen(voice("families-too-long", most=most))


def sure(voice: Voice, shown: Family, person: int) -> Screen:
    """Cutting access: staying is the first button."""
    out = (Button(voice.plain("families-out-yes"), f"seat:out:{person}"),)
    return Screen(voice("families-out-sure", child=shown.child["name"]), (_back(voice, shown), out))
