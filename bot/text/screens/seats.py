"""One caregiver as a therapist arranges them, and what two of them hear of sharing a check-in."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain import occurrences, schedule, seats, templates
from bot.domain.links import Kind, News, Told, agreed
from bot.domain.seats import Shown
from bot.model import Button, Screen
from bot.storage.database import Row
from bot.text.catalogue import Voice
from bot.text.screens import joining, plans


def _name(voice: Voice, shown: Shown) -> str:
    return joining.called(voice, shown.seat.row["name"], shown.seat.row["role"])


def _other(voice: Voice, row: Row) -> str:
    return joining.called(voice, row["other_name"], row["other_role"])


def opening(voice: Voice, row: Row) -> Button:
    """In /plan, under the child."""
    name = joining.called(voice, row["name"], row["role"])
    return Button(voice.plain("seat-button-one", name=name), f"care:one:{row['id']}")


def one(voice: Voice, shown: Shown, now: int) -> Screen:
    child, person = shown.family.child["name"], shown.seat.row["id"]
    lines = [voice("planning-of", child=child, name=_name(voice, shown))]
    lines += [plans.line(voice, plan) for plan in shown.seat.plans]
    lines += [_days_line(voice, shown, now), _caps_line(voice, shown)]
    if shown.link is not None:
        known = shown.link["kind"] if agreed(shown.link) else "asked"
        lines.append(voice(f"seat-link-{known}", name=_other(voice, shown.link)))
    verbs = ["add", "days", "cap", *_link_verb(shown)]
    buttons = [Button(voice.plain(f"seat-button-{verb}", child=child), f"care:{verb}:{person}") for verb in verbs]
    back = (Button(voice.plain("families-button-back", child=child), f"plan:child:{shown.family.child['id']}"),)
    return Screen("\n\n".join(lines), (*plans.in_rows(buttons, 1), back))


def _link_verb(shown: Shown) -> list[str]:
    if shown.link is not None:
        return ["unlink"]
    joined = [seat for seat in shown.family.seats if seat.row["joined_at"] is not None]
    return ["link"] if len(joined) > 1 and shown.seat.row["joined_at"] is not None else []


def _days_line(voice: Voice, shown: Shown, now: int) -> str:
    child = shown.family.child["name"]
    if shown.rota is None:
        return voice("seat-days-every", child=child)
    return voice("seat-days", child=child, days=_rota_words(voice, shown, shown.rota, now))


def _rota_words(voice: Voice, shown: Shown, rota: Row, now: int) -> str:
    days = plans.days_words(voice, rota["days"])
    if not rota["days"].startswith("weeks"):
        return days
    today = date.fromisoformat(schedule.local_now(now, shown.seat.row["timezone"])[0])
    monday = today - timedelta(days=today.weekday())
    this = (monday - date.fromisoformat(rota["starts_on"])).days % 14 == 0
    return voice.plain("seat-days-now" if this else "seat-days-next", days=days)


def _caps_line(voice: Voice, shown: Shown) -> str:
    prompts = voice.plain("seat-prompts", n=shown.prompts_a_day)
    line = voice("seat-caps", prompts=prompts, content=voice.plain("seat-content", n=shown.content_a_week))
    if shown.wished is None or shown.wished >= shown.prompts_a_day:
        return line
    return f"{line}\n{voice('seat-wished', prompts=voice.plain('seat-prompts', n=shown.wished))}"


def _back(voice: Voice, shown: Shown) -> tuple[Button, ...]:
    return (Button(voice.plain("seat-button-back", name=_name(voice, shown)), f"care:one:{shown.seat.row['id']}"),)


def days(voice: Voice, shown: Shown, now: int) -> Screen:
    """Each tap turns a day; alternating weeks are one tap away, and which of them it is another."""
    person, stored = shown.seat.row["id"], shown.rota["days"] if shown.rota else occurrences.WEEK
    alternating = stored.startswith("weeks")
    verb = "weeks" if alternating else "days"
    rows = plans.day_rows(voice, f"care:{verb}:{person}", stored)
    chosen = plans.weekdays_of(stored)
    turn = [Button(voice.plain("seat-button-each"), f"care:days:{person}:{chosen}")] if alternating else []
    turn += [] if alternating else [Button(voice.plain("seat-button-weeks"), f"care:weeks:{person}:{chosen}")]
    turn += [Button(voice.plain("seat-button-turn"), f"care:turn:{person}")] if alternating else []
    text = f"{voice('seat-which-days', child=shown.family.child['name'])}\n\n{_days_line(voice, shown, now)}"
    return Screen(text, (*rows, tuple(turn), _back(voice, shown)))


def caps(voice: Voice, shown: Shown) -> Screen:
    person = shown.seat.row["id"]
    prompts = [
        Button(_marked(voice.plain("seat-prompts", n=n), n == shown.prompts_a_day), f"care:cap:{person}:p{n}")
        for n in seats.PROMPTS
    ]
    content = [
        Button(_marked(voice.plain("seat-content", n=n), n == shown.content_a_week), f"care:cap:{person}:c{n}")
        for n in seats.CONTENT
    ]
    rows = (*plans.in_rows(prompts, 3), *plans.in_rows(content, 2), _back(voice, shown))
    return Screen(f"{voice('seat-which-cap', child=shown.family.child['name'])}\n\n{_caps_line(voice, shown)}", rows)


def _marked(label: str, on: bool) -> str:
    return f"● {label}" if on else label


def which_plan(voice: Voice, shown: Shown) -> Screen:
    there = {plan["template"] for plan in shown.seat.plans if plan["ends_on"] is None}
    buttons = [
        Button(voice.plain(f"{key}-name"), f"care:add:{shown.seat.row['id']}:{key}")
        for key in templates.load()
        if key not in there
    ]
    return Screen(voice("seat-which-plan"), (*plans.in_rows(buttons, 1), _back(voice, shown)))


def which_other(voice: Voice, shown: Shown) -> Screen:
    person = shown.seat.row["id"]
    others = [seat.row for seat in shown.family.seats if seat.row["id"] != person and seat.row["joined_at"] is not None]
    buttons = [
        Button(joining.called(voice, row["name"], row["role"]), f"care:link:{person}:{row['id']}") for row in others
    ]
    text = voice("seat-which-other", name=_name(voice, shown))
    return Screen(text, (*plans.in_rows(buttons, 1), _back(voice, shown)))


def which_kind(voice: Voice, shown: Shown, other: int) -> Screen:
    data = f"care:link:{shown.seat.row['id']}:{other}"
    buttons = [Button(voice.plain(f"seat-kind-{kind.value}"), f"{data}:{kind.value}") for kind in Kind]
    return Screen(voice("seat-which-kind"), (*plans.in_rows(buttons, 1), _back(voice, shown)))


def told(voice: Voice, one: Told) -> Screen:
    """For one of the two. To answer alone stands first: whoever taps without reading changes nothing."""
    row, link = one.row, one.row["id"]
    if one.news is News.ENDED:
        return Screen(voice("link-ended", child=row["child_name"]))
    kind = voice(f"link-kind-{row['kind']}")
    if one.news is News.LINKED:
        head = voice("link-linked", name=_other(voice, row), child=row["child_name"])
        return Screen("\n\n".join([head, kind, voice("link-yours")]))
    name = row["therapist_name"] or voice.plain("role-other")
    parts = [voice("link-asked", name=name, child=row["child_name"]), kind, voice("link-asked-free")]
    no = (Button(voice.plain("link-button-no"), f"link:no:{link}"),)
    yes = (Button(voice.plain("link-button-yes"), f"link:yes:{link}"),)
    return Screen("\n\n".join(parts), (no, yes))


def said(voice: Voice, *, agrees: bool) -> Screen:
    return Screen(voice("link-said-yes" if agrees else "link-said-no"))


def shared_line(voice: Voice, row: Row) -> str:
    """In /settings."""
    return voice("link-line", child=row["child_name"], name=_other(voice, row))


def end_button(voice: Voice, row: Row) -> Button:
    return Button(voice.plain("link-button-end", name=_other(voice, row)), f"link:end:{row['id']}")


def end_sure(voice: Voice, row: Row) -> Screen:
    back = (Button(voice.plain("settings-button-back"), "set:show"),)
    yes = (Button(voice.plain("link-end-yes"), f"link:end:{row['id']}:yes"),)
    return Screen(voice("link-end-sure", name=_other(voice, row)), (back, yes))


def ended(voice: Voice, row: Row) -> Screen:
    return Screen(voice("link-ended", child=row["child_name"]))


def answered_by(voice: Voice, row: Row) -> Screen:
    """In the place of the other's question."""
    return Screen(voice("checkin-answered-by", name=_other(voice, row)))
