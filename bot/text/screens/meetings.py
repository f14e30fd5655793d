"""Visits: a therapist's list, one visit and how it is agreed; and what each caregiver is told and shown of it."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.clock import from_ms, to_ms
from bot.domain import meetings, occurrences
from bot.domain.families import Family, Page
from bot.domain.meetings import Kind, News, Shown, Told
from bot.model import Button, Person, Screen
from bot.storage.database import Row
from bot.text import numbers
from bot.text.catalogue import Voice
from bot.text.screens import joining, plans

DAYS_ON_A_PAGE = 14
PAGES = 5
HOURS = tuple(f"{hour:02}:{minute}" for hour in range(7, 21) for minute in ("00", "30"))


def listed(voice: Voice, rows: Sequence[Row]) -> Screen:
    new = (Button(voice.plain("meeting-button-new"), "meet:page:0"),)
    buttons = [Button(_label(voice, row), f"meet:one:{row['id']}") for row in rows]
    text = voice("meeting-title") if rows else voice("meeting-none")
    return Screen(text, (new, *plans.in_rows(buttons, 1)))


def _label(voice: Voice, row: Row) -> str:
    return voice.plain("meetings-line", child=row["child_name"], when=when(voice, row, row["timezone"]))


def when(voice: Voice, row: Row, timezone: str) -> str:
    """Fri, 19 Mar, 15:00 on the clock of that zone."""
    return plans.moment(voice, row["starts_at"], timezone)


def whom(voice: Voice, page: Page) -> Screen:
    if not page.count:
        return Screen(voice("planning-none"))
    buttons = [Button(voice.plain("plain-name", child=row["name"]), f"meet:new:{row['id']}") for row in page.families]
    later, earlier = page.number + 1, page.number - 1
    turn = [Button(voice.plain("families-later"), f"meet:page:{later}")] if later < page.pages else []
    turn += [Button(voice.plain("families-earlier"), f"meet:page:{earlier}")] if earlier >= 0 else []
    rows = (*plans.in_rows(buttons, 1), *((tuple(turn),) if turn else ()))
    return Screen(voice("meeting-whom"), (*rows, _to_list(voice)))


def days(voice: Voice, child: str, today: date, page: int, data: str, turn: str) -> Screen:
    """``data`` is followed by the day as YYYYMMDD, ``turn`` by a page."""
    first = today + timedelta(days=page * DAYS_ON_A_PAGE)
    on = [first + timedelta(days=ahead) for ahead in range(DAYS_ON_A_PAGE)]
    buttons = [Button(numbers.long_date(day, voice.language), f"{data}:{day:%Y%m%d}") for day in on]
    pages = [Button(voice.plain("meeting-button-later"), f"{turn}:{page + 1}")] if page + 1 < PAGES else []
    pages += [Button(voice.plain("meeting-button-sooner"), f"{turn}:{page - 1}")] if page else []
    return Screen(voice("meeting-which-day", child=child), (*plans.in_rows(buttons, 2), tuple(pages), _to_list(voice)))


def hours(voice: Voice, day: date, timezone: str, taken: AbstractSet[int], now: int, data: str) -> Screen:
    """Hours that are to come; ``data`` is followed by YYYYMMDDHHMM."""
    buttons = []
    for hour in HOURS:
        at = occurrences.due_instant(day, hour, ZoneInfo(timezone))
        if at is not None and to_ms(at) > now:
            label = f"● {hour}" if to_ms(at) in taken else hour
            buttons.append(Button(label, f"{data}:{day:%Y%m%d}{plans.plain(hour)}"))
    text = voice("meeting-which-hour", day=numbers.long_date(day, voice.language))
    return Screen(text, (*plans.in_rows(buttons, 4), _to_list(voice)))


def kinds(voice: Voice, at: int, timezone: str, data: str) -> Screen:
    """``data`` is followed by the kind."""
    buttons = tuple((Button(voice.plain(f"meeting-kind-{one.value}"), f"{data}:{one.value}"),) for one in Kind)
    text = voice("meeting-which-kind", when=plans.moment(voice, at, timezone))
    return Screen(text, (*buttons, _to_list(voice)))


def who(voice: Voice, family: Family, data: str) -> Screen:
    """``data`` is followed by the seat, or 0 for everyone."""
    seats = [Button(_name(voice, seat.row), f"{data}:{seat.row['id']}") for seat in family.seats]
    everyone = Button(voice.plain("meeting-who-all"), f"{data}:0")
    return Screen(voice("meeting-which-who"), (*plans.in_rows([everyone, *seats], 1), _to_list(voice)))


def _name(voice: Voice, row: Row) -> str:
    return joining.called(voice, row["name"], row["role"])


def one(voice: Voice, shown: Shown) -> Screen:
    row, number = shown.row, shown.row["id"]
    lines = [voice("meeting-one", child=row["child_name"], when=when(voice, row, row["timezone"]))]
    lines.append(voice(f"meeting-kind-{row['kind']}"))
    if row["note"]:
        lines.append(voice("meeting-note", note=row["note"]))
    lines += [_asked(voice, shown, one) for one in shown.asked] or [voice("meeting-nobody")]
    buttons = [
        Button(voice.plain(f"meeting-button-{verb}"), f"meet:{verb}:{number}")
        for verb in ("again", "move", "write", "turn", "off")
    ]
    return Screen("\n".join(lines), (*plans.in_rows(buttons, 2), *_who_rows(voice, shown), _to_list(voice)))


def _asked(voice: Voice, shown: Shown, one: Row) -> str:
    known = one["reply_state"] or ("told" if one["told_state"] else "soon" if one["joined_at"] is not None else "waits")
    line = voice(f"meeting-asked-{known}", name=_name(voice, one))
    theirs = when(voice, shown.row, one["timezone"])
    if theirs == when(voice, shown.row, shown.row["timezone"]):
        return line
    return f"{line} {voice('meeting-asked-clock', when=theirs)}"


def _who_rows(voice: Voice, shown: Shown) -> plans.Rows:
    """Those who may be asked as well, and those who need not hear of it; nothing where there is one caregiver."""
    asked = {one["person_id"]: one for one in shown.asked}
    buttons = []
    for seat in shown.family.seats:
        data, one = f"meet:who:{shown.row['id']}:{seat.row['id']}", asked.get(seat.row["id"])
        if one is None:
            buttons.append(Button(voice.plain("meeting-button-ask", name=_name(voice, seat.row)), data))
        elif not one["told_state"] and len(asked) > 1:
            buttons.append(Button(voice.plain("meeting-button-unask", name=_name(voice, seat.row)), data))
    return plans.in_rows(buttons, 1)


def _to_list(voice: Voice) -> tuple[Button, ...]:
    return (Button(voice.plain("meeting-button-list"), "meet:list:0"),)


def _back(voice: Voice, meeting: int) -> tuple[Button, ...]:
    return (Button(voice.plain("meeting-button-back"), f"meet:one:{meeting}"),)


def write(voice: Voice) -> Screen:
    return Screen(voice("meeting-write"))


def too_long(voice: Voice) -> Screen:
    return Screen(voice("meeting-write-long", most=meetings.LONGEST_NOTE))


def off(voice: Voice, shown: Shown) -> Screen:
    """Keeping it is the first button."""
    yes = (Button(voice.plain("meeting-off-yes"), f"meet:off:{shown.row['id']}:yes"),)
    line = voice("meeting-one", child=shown.row["child_name"], when=when(voice, shown.row, shown.row["timezone"]))
    return Screen(f"{line}\n\n{voice('meeting-off-sure')}", (_back(voice, shown.row["id"]), yes))


def called_off(voice: Voice) -> Screen:
    return Screen(voice("meeting-off-done"), (_to_list(voice),))


def told(voice: Voice, one: Told) -> Screen:
    """For a caregiver."""
    row = one.row
    name = row["therapist_name"] or voice.plain("role-other")
    head = voice(f"meetings-{one.news.value}", name=name, child=row["child_name"])
    if one.news is News.CANCELLED:
        return Screen(f"{head}\n\n{when(voice, row, row['timezone'])}")
    return Screen(f"{head}\n\n{_details(voice, row)}", _answers(voice, row))


def _details(voice: Voice, row: Row) -> str:
    lines = [f"<b>{voice('plain-name', child=when(voice, row, row['timezone']))}</b>"]
    lines.append(voice(f"meeting-kind-{row['kind']}"))
    return "\n".join([*lines, *([voice("meeting-note", note=row["note"])] if row["note"] else [])])


def _answers(voice: Voice, row: Row) -> plans.Rows:
    number = row["meeting_id"]
    yes = (Button(voice.plain("meetings-button-yes"), f"meets:yes:{number}"),)
    no = (Button(voice.plain("meetings-button-no"), f"meets:no:{number}"),)
    after_all = (Button(voice.plain("meetings-button-after-all"), f"meets:yes:{number}"),)
    return {"yes": (no,), "no": (after_all,)}.get(row["reply_state"], (yes, no))


def replied(voice: Voice, row: Row) -> Screen:
    """After an answer: what it is, what was said, and the way back."""
    said = voice(f"meetings-said-{row['reply_state']}", name=row["therapist_name"] or voice.plain("role-other"))
    head = voice("meetings-line", child=row["child_name"], when=when(voice, row, row["timezone"]))
    return Screen(f"{said}\n\n{head}", _answers(voice, row))


def agreed(voice: Voice, rows: Sequence[Row]) -> Screen:
    """/meetings: each visit on the caregiver's own clock."""
    if not rows:
        return Screen(voice("meetings-none"))
    parts = [voice("meetings-title")]
    buttons = []
    for row in rows:
        head = voice("plain-name", child=row["child_name"])
        said = [voice(f"meetings-said-{row['reply_state']}", name=row["therapist_name"])] if row["reply_state"] else []
        parts.append("\n".join([head, _details(voice, row), *said]))
        day = numbers.long_date(from_ms(row["starts_at"]).astimezone(ZoneInfo(row["timezone"])).date(), voice.language)
        wanted = {"yes": ("no",), "no": ("yes",)}.get(row["reply_state"], ("yes", "no"))
        buttons += [
            Button(voice.plain(f"meetings-button-{word}-on", day=day), f"meets:{word}:{row['meeting_id']}:all")
            for word in wanted
        ]
    return Screen("\n\n".join(parts), plans.in_rows(buttons, 1))


def report(voice: Voice, row: Row) -> Screen:
    """For the therapist: somebody cannot come, or can after all."""
    name = joining.called(voice, row["name"], row["role"])
    text = voice(
        f"meeting-report-{row['reply_state']}",
        name=name,
        child=row["child_name"],
        when=when(voice, row, row["host_timezone"]),
    )
    number = row["meeting_id"]
    buttons = (
        Button(voice.plain("meeting-button-move"), f"meet:move:{number}"),
        Button(voice.plain("meeting-button-off"), f"meet:off:{number}"),
    )
    return Screen(text, (buttons,) if row["reply_state"] == "no" else ())


def today_of(person: Person, now: int) -> date:
    return from_ms(now).astimezone(ZoneInfo(person.timezone)).date()
