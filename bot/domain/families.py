"""What a therapist sees and changes of the families they treat. Nothing here is done without the right."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bot.clock import from_ms
from bot.domain import anchors, auditing, coping, inviting, practice, schedule
from bot.domain.auditing import Actor, What
from bot.model import Kind, Role
from bot.storage import called_off, families, home_steps, invitations, links, material, people, rights, schedules
from bot.storage.database import Row, Tx

ON_A_PAGE = 8
LONGEST_NAME = 40
MOST_EARLY = 18  # weeks
GENDERS = ("unsaid", "female", "male")
ROLES = frozenset(role.value for role in Role)
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # what the catalogue does itself
_MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of id, name, waiting. Pages are counted from 0."""

    families: tuple[Row, ...]
    number: int
    pages: int
    count: int


@dataclass(frozen=True, slots=True)
class Seat:
    """A caregiver's row (see `storage.families.caregivers`) and what is asked of them: schedule rows."""

    row: Row
    plans: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """``child`` is a row of the table of that name; ``steps``: the home steps of now, in words."""

    child: Row
    seats: tuple[Seat, ...]
    steps: tuple[str, ...] = ()
    led: bool = True  # the case is their own: who helps gives nobody access
    resting: tuple[Row, ...] = ()  # seats whose right is suspended or over: of `storage.rights.resting`

    def seat(self, person: int) -> Seat | None:
        return next((seat for seat in self.seats if seat.row["id"] == person), None)


async def page(tx: Tx, therapist: int, number: int, now: int) -> Page:
    """The page of that number, or the last one there is."""
    count = await families.count(tx, therapist, now)
    pages = max(1, -(-count // ON_A_PAGE))
    number = min(max(number, 0), pages - 1)
    rows = await families.page(tx, therapist, ON_A_PAGE, number * ON_A_PAGE, now)
    return Page(tuple(rows), number, pages, count)


async def family(tx: Tx, therapist: int, child: int, now: int) -> Family | None:
    """None where the child is not this therapist's, or no longer."""
    row = await families.one(tx, therapist, child, now)
    if row is None:
        return None
    seats = [
        Seat(one, tuple(await schedule.of_person(tx, one["id"]))) for one in await families.caregivers(tx, child, now)
    ]
    steps = practice.read(await home_steps.of_children(tx, [child]))
    today = from_ms(now).date()
    now_steps = tuple(one.text for one in steps if one.last is None or one.last >= today)
    led, over = await rights.leads(tx, therapist, child, now), await rights.resting(tx, therapist, child, now)
    return Family(row, tuple(seats), now_steps, led, tuple(over))


async def of_seat(tx: Tx, therapist: int, person: int, now: int) -> Family | None:
    """The family that a caregiver's seat belongs to."""
    row = await people.seat_of_mine(tx, therapist, person, now)
    return None if row is None else await family(tx, therapist, row["child_id"], now)


def cleaned(words: str) -> str:
    """One line, whatever was typed or pasted; "" where nothing in it can be seen."""
    line = " ".join("".join(letter if fits_a_line(letter) else " " for letter in words).split())
    return line if any(unicodedata.category(letter)[0] not in "CZ" for letter in line) else ""


def fits_a_line(letter: str) -> bool:
    """No control, line break or turn of direction. Joiners stay: names are spelled with them."""
    return unicodedata.category(letter) not in ("Cc", "Cs", "Zl", "Zp") and letter not in _TURNS


async def rename(tx: Tx, child: int, words: str) -> bool:
    """False where that is no nickname: empty, or too long."""
    name = cleaned(words)
    if not 0 < len(name) <= LONGEST_NAME:
        return False
    await families.rename(tx, child, name)
    return True


async def born(tx: Tx, child: int, month: str, now: int) -> bool:
    """`month` is YYYY-MM or empty."""
    if month and not is_month(month):
        return False
    await families.born(tx, child, month)
    await schedule.anchor_moved(tx, child, anchors.BIRTHDAY, now)
    return True


def is_month(month: str) -> bool:
    """Whether it is a month as they are stored, YYYY-MM."""
    return _MONTH.fullmatch(month) is not None


async def early(tx: Tx, child: int, weeks: int) -> bool:
    """Born so many weeks before the due date; 0: not early. False where that cannot be."""
    if not 0 <= weeks <= MOST_EARLY:
        return False
    await families.early(tx, child, weeks)
    return True


async def turn_card(tx: Tx, child: int, card: str, now: int) -> bool:
    """Agree on that coping card, or leave it again. False where there is none of that name."""
    if card not in coping.load():
        return False
    if card in await material.coping_cards(tx, child):
        await material.leave_card(tx, child, card)
    else:
        await material.choose_card(tx, child, card, now)
    return True


async def cards_of(tx: Tx, child: int) -> set[str]:
    """The coping cards that were agreed; none: all of them are offered."""
    return await material.coping_cards(tx, child)


async def speak_of(tx: Tx, child: int, gender: str) -> bool:
    if gender not in GENDERS:
        return False
    await families.words(tx, child, gender)
    return True


async def set_role(tx: Tx, person: int, role: str) -> bool:
    if role not in ROLES:
        return False
    await families.role(tx, person, role)
    return True


async def set_plan(tx: Tx, plan: Row, now: int, *, time: str | None = None, days: str | None = None) -> None:
    """Another hour, other days, by the therapist. Of someone who has not joined, nothing falls due by it."""
    if days:
        await schedules.keep_planned(tx, plan["id"], "")
    if plan["joined_at"] is not None:
        await schedule.change(tx, plan["id"], time=time, days=days, now=now)
        return
    await schedules.change(tx, plan["id"], days or plan["days"], time or plan["time"], plan["starts_on"])


async def add_caregiver(
    tx: Tx, by: Actor, child: int, role: str, language: str, timezone: str, now: int
) -> inviting.Invited:
    """One more seat, with its code. Nobody else of the family learns of it."""
    return await inviting.invite_caregiver(tx, child, "", role, language, timezone, now, inviting.Plan(), by)


async def cancel_link(tx: Tx, person: int, now: int) -> None:
    await invitations.cancel(tx, person, now)


async def put_out(tx: Tx, therapist: int, person: int, now: int) -> bool:
    """Not them, or no longer: access ends, nothing more is sent, their words stay. False where it is not theirs."""
    row = await people.seat_of_mine(tx, therapist, person, now)
    if row is None or not await rights.leads(tx, therapist, row["child_id"], now):
        return False
    await leave(tx, person, row["child_id"], now, by=auditing.of(Kind.THERAPIST, therapist))
    return True


async def unlink(tx: Tx, person: int, now: int) -> None:
    """They share check-ins with nobody any more; whoever knew of it hears that it is over."""
    row = await links.of_seat(tx, person)
    if row is not None:
        await links.end(tx, row["id"], now)
        if row["agreed_at"] is not None and row["other_agreed_at"] is not None:
            await links.tell(tx, row["id"], row["other_id"], now)


async def leave(tx: Tx, person: int, child: int, now: int, *, by: Actor) -> None:
    """The seat ends with its rights, schedules and links."""
    await auditing.note(tx, by, What.RIGHT_ENDED, now, child=child, person=person)
    await unlink(tx, person, now)
    await called_off.end_open(tx, person, child)
    await people.cut(tx, person, child, now)
    await people.remove(tx, person, now)
    await invitations.cancel(tx, person, now)
    for plan in await schedule.of_person(tx, person):
        await schedule.end(tx, plan["id"], now)
