"""Goals: shaped by the therapist, agreed by each caregiver alone. Standing is worked out, never stored.

A goal has versions. One that was proposed never changes; an edit makes the next. For a caregiver the newest version
with their own word "agree" is in force; nobody else's word shows in it. A goal is active where it is in force for
anyone who cares for the child.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.medium import media_of
from bot.model import May, Media
from bot.storage import goals as stored
from bot.storage.database import Row, Tx
from bot.storage.goals import Rows

MOST_ACTIVE = 3
REPLIES = ("agree", "change", "talk")


class Scale(StrEnum):
    """Where the child stands at the start, and which levels there are."""

    FROM_MINUS_1 = "from_minus_1"  # the usual one
    FROM_MINUS_2 = "from_minus_2"  # nothing worse is plausible
    DOWN_TO_MINUS_3 = "down_to_minus_3"  # begins at -2; -3 is getting worse

    @property
    def levels(self) -> tuple[int, ...]:
        """Lowest first."""
        return (-3, -2, -1, 0, 1, 2) if self is Scale.DOWN_TO_MINUS_3 else (-2, -1, 0, 1, 2)

    @property
    def baseline(self) -> int:
        return -1 if self is Scale.FROM_MINUS_1 else -2


@dataclass(frozen=True, slots=True)
class Version:
    """``by_date`` is a local date or ""; ``proposed_at`` is None for a draft."""

    id: int
    number: int
    what: str
    place: str
    help: str
    measure: str
    by_date: str
    scale: Scale
    levels: Mapping[int, str]
    starter: str
    proposed_at: int | None


@dataclass(frozen=True, slots=True)
class Word:
    """What a caregiver said: a wish, an answer to a proposal, why it matters, what the child said."""

    id: int
    by: int
    kind: str
    goal: int | None
    version: int | None
    text: str | None
    media: Media | None
    at: int


@dataclass(frozen=True, slots=True)
class Level:
    """Goal Attainment Scaling: 0 is the expected result. ``version`` is the one whose words it means."""

    level: int
    version: int
    at: int


@dataclass(frozen=True, slots=True)
class Goal:
    """``words`` are what the reader may see: of everyone for the therapist, own ones for a caregiver."""

    id: int
    child: int
    versions: tuple[Version, ...]
    levels: tuple[Level, ...]
    words: tuple[Word, ...]
    importance: int | None
    difficulty: int | None
    end: str | None
    ended_at: int | None

    @property
    def draft(self) -> Version | None:
        last = self.versions[-1]
        return last if last.proposed_at is None else None

    @property
    def proposed(self) -> Version | None:
        """The newest one that caregivers were asked about."""
        return next((one for one in reversed(self.versions) if one.proposed_at is not None), None)

    @property
    def newest(self) -> Version:
        return self.versions[-1]

    @property
    def level(self) -> Level | None:
        return self.levels[-1] if self.levels else None

    @property
    def wish(self) -> Word | None:
        return next((one for one in self.words if one.kind == "wish"), None)

    def version(self, number: int) -> Version | None:
        return next((one for one in self.versions if one.id == number), None)

    def answer(self, person: int) -> Word | None:
        """Their newest word on the newest proposal; a later "change" takes an agreement back."""
        asked = self.proposed
        said = [one for one in self.words if one.by == person and one.kind in REPLIES]
        return next((one for one in reversed(said) if asked and one.version == asked.id), None)

    def in_force(self, person: int) -> Version | None:
        """What that caregiver agreed to and works by; None once the goal has ended."""
        agreed = {one.version for one in self.words if one.by == person and one.kind == "agree"}
        return next((one for one in reversed(self.versions) if one.id in agreed), None) if self.end is None else None

    def waits_for(self, person: int) -> bool:
        """Whether a proposal of this goal has no word of theirs yet."""
        return self.end is None and self.proposed is not None and self.answer(person) is None

    def why(self, person: int) -> Word | None:
        """Why it matters to them, in their own words."""
        return next((one for one in reversed(self.words) if one.by == person and one.kind == "why"), None)

    def agreed(self) -> tuple[int, ...]:
        """Caregivers for whom a version is in force."""
        return tuple(one for one in dict.fromkeys(word.by for word in self.words) if self.in_force(one))

    @property
    def active(self) -> bool:
        return bool(self.agreed())

    @property
    def open(self) -> bool:
        """Proposed, and not ended: it counts among the three."""
        return self.end is None and self.proposed is not None


@dataclass(frozen=True, slots=True)
class Goals:
    """Of one child. ``wishes`` are those that no goal was made of yet."""

    child: int
    goals: tuple[Goal, ...]
    wishes: tuple[Word, ...]

    @property
    def open(self) -> tuple[Goal, ...]:
        return tuple(one for one in self.goals if one.open)

    @property
    def drafts(self) -> tuple[Goal, ...]:
        """Never proposed, and not given up."""
        return tuple(one for one in self.goals if one.end is None and one.proposed is None)

    @property
    def ended(self) -> tuple[Goal, ...]:
        """Newest end first."""
        over = [one for one in self.goals if one.end is not None and one.proposed is not None]
        return tuple(sorted(over, key=lambda one: -(one.ended_at or 0)))

    def goal(self, number: int) -> Goal | None:
        return next((one for one in self.goals if one.id == number), None)

    def waiting(self, person: int) -> tuple[Goal, ...]:
        return tuple(one for one in self.goals if one.waits_for(person))

    def in_force(self, person: int) -> tuple[Goal, ...]:
        return tuple(one for one in self.goals if one.in_force(person))

    @property
    def to_discuss(self) -> tuple[Word, ...]:
        """The newest words that ask for another goal or for a talk, of goals that go on."""
        found = [one.answer(person) for one in self.open for person in {word.by for word in one.words}]
        return tuple(one for one in found if one is not None and one.kind in ("change", "talk"))


async def of_mine(tx: Tx, therapist: int, child: int, now: int) -> Goals:
    """For the therapist. Empty where they do not treat the child."""
    found = await of_caseload(tx, therapist, child, now)
    return found.get(child) or Goals(child, (), ())


async def of_caseload(tx: Tx, therapist: int, child: int | None, now: int) -> dict[int, Goals]:
    """By child, for all whom this therapist treats (or for one); four reads, whatever their number."""
    return _read(await stored.of_caseload(tx, therapist, child, now))


async def of_seat(tx: Tx, seat: int, child: int, now: int) -> Goals:
    """For one caregiver: what was proposed to them, with their own words alone."""
    return _read(await stored.of_seat(tx, seat, child, now)).get(child) or Goals(child, (), ())


async def mine(tx: Tx, therapist: int, goal: int, now: int) -> Goal | None:
    """One goal of a child whom this therapist treats."""
    child = await stored.child_of_mine(tx, therapist, goal, now)
    return None if child is None else (await of_mine(tx, therapist, child, now)).goal(goal)


async def own(tx: Tx, account: int, goal: int, now: int, what: May = May.SEE) -> tuple[Goal, int] | None:
    """One goal as a caregiver sees it, with the seat of this account. ``what``: may see it, or answer it too."""
    row = await stored.seat_for(tx, account, goal, now, what)
    if row is None:
        return None
    found = (await of_seat(tx, row["person_id"], row["child_id"], now)).goal(goal)
    return None if found is None else (found, int(row["person_id"]))


def _read(rows: Rows) -> dict[int, Goals]:
    goals, versions, levels, words = rows
    by_goal, by_level = _grouped(versions, "goal_id"), _grouped(levels, "goal_id")
    said: dict[int, list[Word]] = defaultdict(list)
    wishes: dict[int, list[Word]] = defaultdict(list)
    for row in words:
        word = to_word(row)
        (wishes[row["child_id"]] if word.goal is None else said[word.goal]).append(word)
    found: dict[int, list[Goal]] = defaultdict(list)
    for row in goals:
        one = _goal(row, by_goal[row["id"]], by_level[row["id"]], said[row["id"]])
        found[row["child_id"]].append(one)
    return {child: Goals(child, tuple(found[child]), tuple(wishes[child])) for child in {*found, *wishes}}


def _grouped(rows: Iterable[Row], key: str) -> dict[int, list[Row]]:
    grouped: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row[key]].append(row)
    return grouped


def _goal(row: Row, versions: Sequence[Row], levels: Sequence[Row], words: Sequence[Word]) -> Goal:
    return Goal(
        id=row["id"],
        child=row["child_id"],
        versions=tuple(to_version(one) for one in versions),
        levels=tuple(Level(one["level"], one["goal_version_id"], one["recorded_at"]) for one in levels),
        words=tuple(words),
        importance=row["importance"],
        difficulty=row["difficulty"],
        end=row["end_kind"],
        ended_at=row["ended_at"],
    )


def to_version(row: Row) -> Version:
    return Version(
        id=row["id"],
        number=row["number"],
        what=row["what"],
        place=row["place"],
        help=row["help"],
        measure=row["measure"],
        by_date=row["by_date"],
        scale=Scale(row["scale_kind"]),
        levels={int(level): words for level, words in json.loads(row["levels"]).items()},
        starter=row["starter"],
        proposed_at=row["proposed_at"],
    )


def to_word(row: Row) -> Word:
    return Word(
        id=row["id"],
        by=row["person_id"],
        kind=row["kind"],
        goal=row["goal_id"],
        version=row["goal_version_id"],
        text=row["text"],
        media=media_of(row),
        at=row["recorded_at"],
    )
