"""When schedules come due: named cases, properties, and every transition of every zone between 2000 and 2037."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import occurrences

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
Transition = tuple[datetime, timedelta, timedelta]  # the first minute after it, the offset before, the offset after


def due(zone: str, day: str, slot: str) -> str | None:
    found = occurrences.due_instant(date.fromisoformat(day), slot, ZoneInfo(zone))
    return found.strftime("%Y-%m-%d %H:%M") if found else None


@pytest.mark.parametrize(
    ("zone", "day", "slot", "expected"),
    [
        ("Europe/Berlin", "2027-03-27", "19:30", "2027-03-27 18:30"),
        ("Europe/Berlin", "2027-03-28", "19:30", "2027-03-28 17:30"),
        ("Europe/Berlin", "2027-03-28", "02:30", "2027-03-28 01:00"),  # a gap: 03:00 is the first minute after it
        ("Europe/Berlin", "2027-10-31", "02:30", "2027-10-31 00:30"),  # an overlap: the first of the two
        ("Africa/Cairo", "2024-04-26", "00:00", "2024-04-25 22:00"),  # a gap at midnight: 01:00
        ("Asia/Beirut", "2022-03-27", "00:30", "2022-03-26 22:00"),
        ("Australia/Lord_Howe", "2026-10-04", "02:10", "2026-10-03 15:30"),  # a gap of 30 minutes
        ("Australia/Lord_Howe", "2027-04-04", "01:45", "2027-04-03 14:45"),  # an overlap of 30 minutes
        ("Pacific/Apia", "2011-12-29", "19:30", "2011-12-30 05:30"),
        ("Pacific/Apia", "2011-12-30", "19:30", None),  # a date that never was
        ("Pacific/Apia", "2011-12-30", "00:00", None),
        ("Pacific/Apia", "2011-12-31", "00:00", "2011-12-30 10:00"),
        ("America/Scoresbysund", "2024-03-30", "23:30", "2024-03-31 00:30"),  # 00:00 the next day was the jump
        ("America/Nuuk", "2024-03-30", "22:30", "2024-03-31 00:30"),
        ("America/Nuuk", "2024-03-30", "23:30", None),  # the gap runs to midnight
    ],
)
def test_fault_31_32_33_each_local_date_has_its_moment_once(
    zone: str, day: str, slot: str, expected: str | None
) -> None:
    """Gap: the first minute after it on that date; overlap: the first of the two; a skipped date has none."""
    assert due(zone, day, slot) == expected


def test_a_week_across_the_spring_gap_has_each_day_once() -> None:
    zone, after, seen = ZoneInfo("Europe/Berlin"), datetime(2027, 3, 25, tzinfo=UTC), []
    for _ in range(5):
        found = occurrences.next_occurrence("0123456", "02:30", zone, after)
        assert found is not None
        seen.append((found[0].isoformat(), found[2].strftime("%H:%M")))
        after = found[2]
    assert seen == [
        ("2027-03-25", "01:30"),
        ("2027-03-26", "01:30"),
        ("2027-03-27", "01:30"),
        ("2027-03-28", "01:00"),
        ("2027-03-29", "00:30"),
    ]


def test_next_occurrence_is_strictly_after_and_not_before() -> None:
    zone, noon = ZoneInfo("UTC"), datetime(2027, 3, 15, 12, tzinfo=UTC)  # a Monday
    assert occurrences.next_occurrence("0", "12:00", zone, noon) == (date(2027, 3, 22), "12:00", noon + 7 * DAY)
    assert occurrences.next_occurrence("0", "12:01", zone, noon) == (date(2027, 3, 15), "12:01", noon + MINUTE)
    found = occurrences.next_occurrence("0123456", "12:01", zone, noon, not_before=date(2027, 4, 2))
    assert found is not None
    assert found[0] == date(2027, 4, 2)
    assert occurrences.next_occurrence("", "12:00", zone, noon) is None


def test_a_skipped_friday_moves_nothing_to_another_day() -> None:
    zone = ZoneInfo("Pacific/Apia")
    found = occurrences.next_occurrence("4", "19:30", zone, datetime(2011, 12, 25, tzinfo=UTC))
    assert found is not None
    assert found[0] == date(2012, 1, 6)


@given(
    zone=st.sampled_from(sorted(available_timezones())),
    after=st.datetimes(datetime(2000, 1, 1), datetime(2037, 12, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    slot=st.times().map(lambda one: one.strftime("%H:%M")),
    days=st.sets(st.sampled_from("0123456"), min_size=1).map(lambda one: "".join(sorted(one))),
)
@settings(max_examples=300, deadline=None)
def test_an_occurrence_is_after_on_its_date_and_on_a_day_asked_for(
    zone: str, after: datetime, slot: str, days: str
) -> None:
    there = ZoneInfo(zone)
    found = occurrences.next_occurrence(days, slot, there, after)
    assert found is not None
    day, its_slot, due_at = found
    local = due_at.astimezone(there)
    assert due_at > after
    assert its_slot == slot
    assert local.date() == day
    assert local.strftime("%H:%M") >= slot
    assert str(day.weekday()) in days
    assert due_at == occurrences.due_instant(day, slot, there)
    following = occurrences.next_occurrence(days, slot, there, due_at)
    assert following is not None
    assert following[0] > day


# --- every zone, every transition ------------------------------------------------------------------------------

# No zone changes its clock twice within a week in these years; a month of fasting is the shortest there is.
NOONS = [datetime(2000, 1, 1, 12, tzinfo=UTC) + number * 7 * DAY for number in range(38 * 52 + 10)]


def transitions_of(zone: tzinfo) -> list[Transition]:
    offsets = [noon.astimezone(zone).utcoffset() or timedelta() for noon in NOONS]
    return [
        (first_minute(zone, low, high), before, after)
        for (low, before), (high, after) in pairwise(zip(NOONS, offsets, strict=True))
        if before != after
    ]


def first_minute(zone: tzinfo, low: datetime, high: datetime) -> datetime:
    before = low.astimezone(zone).utcoffset()
    while high - low > MINUTE:
        middle = low + (high - low) // 2 // MINUTE * MINUTE
        low, high = (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
    return high


def distinct() -> Iterator[tuple[str, list[Transition]]]:
    seen: set[tuple[Transition, ...]] = set()
    for name in sorted(available_timezones()):
        found = transitions_of(ZoneInfo(name))
        if tuple(found) not in seen:
            seen.add(tuple(found))
            yield name, found


def clock_around(zone: tzinfo, transition: Transition) -> dict[datetime, datetime]:
    """What a wall clock shows, minute by minute: the first UTC minute at which it shows each local minute."""
    at, before, after = transition
    reach = 2 * abs(after - before) + 40 * MINUTE
    shown: dict[datetime, datetime] = {}
    minute = at - reach
    while minute <= at + reach:
        shown.setdefault(minute.astimezone(zone).replace(tzinfo=None), minute)
        minute += MINUTE
    return shown


def expected(shown: dict[datetime, datetime], wanted: datetime) -> datetime | None:
    if wanted in shown:
        return shown[wanted]
    later = [local for local in shown if local > wanted and local.date() == wanted.date()]
    return shown[min(later)] if later else None


def walls_to_try(transition: Transition) -> list[datetime]:
    """Local minutes before, at the edges of, inside and after what the transition skips or repeats; each quarter."""
    at, before, after = transition
    edges = sorted(((at + before).replace(tzinfo=None), (at + after).replace(tzinfo=None)))
    near = [edge + step * MINUTE for edge in edges for step in (-2, -1, 0, 1, 2)]
    quarters = (edges[1] - edges[0]) // (15 * MINUTE)
    return [*near, *(edges[0] + number * 15 * MINUTE for number in range(quarters))]


def check_walk(name: str, zone: tzinfo, slot: str, at: datetime, shown: dict[datetime, datetime]) -> None:
    """Day after day across the transition: every date that has such a minute, once, in order."""
    after, dates = at - 2 * DAY, []
    while (found := occurrences.next_occurrence("0123456", slot, zone, after)) is not None and found[2] < at + 2 * DAY:
        assert found[2] > after
        dates.append(found[0])
        after = found[2]
    for yesterday, today in pairwise(dates):
        missing = (yesterday + number * DAY for number in range(1, (today - yesterday).days))
        assert today > yesterday, (name, slot, dates)
        for day in missing:
            wanted = datetime.combine(day, datetime.strptime(slot, "%H:%M").time())  # noqa: DTZ007
            assert expected(shown, wanted) is None, (name, day, slot)


def test_every_zone_and_every_transition() -> None:
    """Faults 31, 32, 33: against a clock that is read minute by minute in UTC."""
    counted = 0
    for name, found in distinct():
        zone = ZoneInfo(name)
        for transition in found:
            counted += 1
            shown = clock_around(zone, transition)
            walls = walls_to_try(transition)
            for wanted in walls:
                due_at = occurrences.due_instant(wanted.date(), wanted.strftime("%H:%M"), zone)
                assert due_at == expected(shown, wanted), (name, wanted, due_at)
            for wanted in (walls[2], walls[-1]):
                check_walk(name, zone, wanted.strftime("%H:%M"), transition[0], shown)
    assert counted > 5000


# --- weekdays in words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("daily", "0123456"),
        ("mon-fri", "01234"),
        ("mon wed sun", "026"),
        ("mo,we", "02"),
        ("Sat; Sun", "56"),
        ("fri-mon", "0456"),
        ("Monday – Wednesday", "012"),
        ("mon, mon", "0"),
    ],
)
def test_parse_days(text: str, days: str) -> None:
    assert occurrences.parse_days(text) == days


@pytest.mark.parametrize("text", ["", "m", "t", "montag", "mon-wed-fri", "7", "mon-"])
def test_bad_days(text: str) -> None:
    with pytest.raises(occurrences.BadDays):
        occurrences.parse_days(text)
