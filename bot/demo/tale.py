"""A story of families, told by the real bot: who is invited, who does what when, and what Dana reads."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.clock import to_ms
from bot.demo.stage import Place, Stage
from bot.domain import importing, importing_cells, inviting
from bot.simulator import Phone, Shown
from bot.simulator.story import FOLDER, TWO_WEEKS, Deed, Player, Story, deeds

THERAPIST = "Dana"
HERE = Place()
DAY_ONE = datetime(2027, 3, 14, 12, 0, tzinfo=ZoneInfo(HERE.timezone))
BEGINS = DAY_ONE.astimezone(UTC)
READINGS = [DAY_ONE.replace(day=day, hour=7, minute=31).astimezone(UTC) for day in (19, 22, 26, 29)]
MOST_TAPS = 12


@dataclass(frozen=True, slots=True)
class Page:
    """What Dana has read at one moment: the list first, then family by family."""

    at: datetime
    texts: tuple[str, ...]


async def begin(stage: Stage, story: Story = TWO_WEEKS) -> Player:
    """Dana is here, and the families of the story hold their links."""
    now = stage.program.house.clock.now_ms()
    place = stage.program.house
    _therapist, code = await stage.db.write(
        lambda tx: inviting.add_therapist(tx, THERAPIST, place.language, place.timezone, now)
    )
    codes = {THERAPIST: code, **await _import(stage, story)}
    player = Player({name: stage.sim.phone(name) for name in codes}, codes, stage.settle)
    await player.plays(Deed(stage.clock.now(), THERAPIST, "join", ""))
    return player


async def _import(stage: Stage, story: Story) -> dict[str, str]:
    """As `families import` does it; returns the codes by caregiver."""
    db, place, now = stage.db, stage.program.house, stage.clock.now()
    known = await db.read(lambda tx: importing.stored(tx, to_ms(now)))
    defaults = importing_cells.Defaults(place.language, place.timezone, {place.language}, known.therapists, now.date())
    entries, wrong = importing_cells.read((FOLDER / story.families).read_bytes(), defaults)
    families, troubles = importing.plan(entries, known)
    if wrong or troubles:
        raise ValueError(f"{story.families}: {wrong + troubles}")
    codes = importing.codes(len(entries))
    made = await db.write(lambda tx: importing.store(tx, families, codes, known, to_ms(now)))
    return {one.caregiver: one.code for one in made}


async def tell(
    stage: Stage,
    player: Player,
    until: datetime,
    since: datetime = BEGINS,
    story: Story = TWO_WEEKS,
    readings: Iterable[datetime] = READINGS,
) -> AsyncIterator[Deed | Page]:
    """Everything that happens after `since` and up to `until`, in its order; Dana goes through some of her digests."""
    happening: list[tuple[datetime, Deed | None]] = [(deed.at, deed) for deed in deeds(story)]
    happening += [(at, None) for at in readings]
    for moment, deed in sorted(happening, key=lambda event: event[0]):
        if not since < moment <= until:
            continue
        await stage.until(moment)
        if deed is None:
            yield await _read(stage, player.phones[THERAPIST])
        else:
            await player.plays(deed)
            yield deed
    await stage.until(until)


async def _read(stage: Stage, dana: Phone) -> Page:
    """In the newest digest, first buttons lead through the families."""
    texts: list[str] = []
    digest = shown = dana.newest_with_buttons
    while digest and shown and shown.message_id == digest.message_id and len(texts) < MOST_TAPS:
        texts.append(words(shown))
        dana.taps_first()
        await stage.settle()
        shown = dana.newest_with_buttons
    return Page(stage.clock.now(), tuple(texts))


def words(shown: Shown) -> str:
    """What is read; the marks that keep names of other scripts apart are not seen."""
    return "".join(letter for letter in shown.text if letter not in "\u2066\u2067\u2068\u2069")
