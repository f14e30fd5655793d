"""Plays what people do in a story on their phones: typed, tapped and sent, in their own local time.

Two files tell it: one of families (who, and in which zone) and one of deeds (date, local time, who, action, detail).
The player only knows labels on buttons; whether the bot understands is for the bot to show.
"""

import csv
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.simulator.phone import Phone
from bot.simulator.screen import Shown

FOLDER = Path(__file__).parents[1] / "library" / "story"
TICKED = "✓"
_MOST_TAPS = 12


@dataclass(frozen=True, slots=True)
class Story:
    """The names of its two files in ``FOLDER``. ``timezone``: of whoever is in no family, as a therapist."""

    families: str
    deeds: str
    timezone: str = "Europe/Berlin"


TWO_WEEKS = Story("families.csv", "two-weeks.csv")
SIX_WEEKS = Story("six-weeks-families.csv", "six-weeks.csv")


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that one person does at one moment (UTC)."""

    at: datetime
    who: str
    action: str
    detail: str


def families(story: Story = TWO_WEEKS) -> list[dict[str, str]]:
    """The rows of its families, as an import takes them."""
    with (FOLDER / story.families).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def deeds(story: Story = TWO_WEEKS) -> list[Deed]:
    """The story in the order in which it happens; what is missed is nobody's deed."""
    zones = {row["caregiver"]: ZoneInfo(row["timezone"]) for row in families(story)}
    with (FOLDER / story.deeds).open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["action"] != "missed"]
    home = ZoneInfo(story.timezone)
    told = [Deed(_moment(row, zones.get(row["who"], home)), row["who"], row["action"], row["detail"]) for row in rows]
    return sorted(told, key=lambda deed: deed.at)


def _moment(row: Mapping[str, str], zone: ZoneInfo) -> datetime:
    local = datetime.fromisoformat(f"{row['date']} {row['local_time']}")
    return local.replace(tzinfo=zone).astimezone(UTC)


@dataclass(slots=True)
class Player:
    """Acts on ``phones`` by name. ``settle`` returns once the bot has answered what was done."""

    phones: Mapping[str, Phone]
    codes: Mapping[str, str]
    settle: Callable[[], Awaitable[None]]

    async def plays(self, deed: Deed) -> None:
        """Raises AssertionError with the phone's screen where a button is not there."""
        phone = self.phones[deed.who]
        match deed.action:
            case "join":
                await self._join(phone)
            case "note":
                await self._note(phone, deed.detail)
            case "not_today":
                await self._says(phone, "/checkin")
                await self._taps(phone, "Not with")
            case "win":
                await self._says(phone, "/milestone")
                await self._answers(phone, deed.detail)
            case "correct":
                await self._taps(phone, "Change")
                await self._answers(phone, deed.detail)
            case "late":
                await self._taps(phone, "Answer for")
                await self._answers(phone, deed.detail.partition(": ")[2])
            case "pulse":
                await self._answers(phone, deed.detail)
            case "does":
                await self._does(phone, deed.detail)
            case _:
                raise AssertionError(f"the story has no action {deed.action!r}")

    async def _join(self, phone: Phone) -> None:
        """The first button all the way, the try-out included."""
        phone.starts(self.codes[phone.name])
        await self.settle()
        for _ in range(_MOST_TAPS):
            newest = phone.newest
            if newest is None or not newest.buttons:
                return
            phone.taps_first()
            await self.settle()

    async def _note(self, phone: Phone, detail: str) -> None:
        words, _, tag = detail.partition(" [tag=")
        if words.startswith("Photo with caption: "):
            phone.sends_photo(words.partition(": ")[2])
            await self.settle()
            await self._consents(phone)
        else:
            await self._says(phone, words)
        if tag:
            await self._taps(phone, tag.rstrip("]"))

    async def _answers(self, phone: Phone, detail: str) -> None:
        """`day=Hard; hard=Tired, Sick; say=Skip`: one question after the other."""
        for part in detail.partition(" [")[0].split("; "):
            question, _, answer = part.partition("=")
            if answer == "Skip":
                await self._taps(phone, "Skip")
            elif answer.startswith("Voice "):
                phone.sends_voice(int(answer.split()[1]))
                await self.settle()
                await self._consents(phone)
            elif question in ("say", "well", "did"):
                await self._says(phone, answer)
            elif question == "hard":
                await self._chooses(phone, answer.split(", "))
            else:
                await self._taps(phone, answer)

    async def _chooses(self, phone: Phone, wanted: list[str]) -> None:
        """Several of them; one that is ticked already stays."""
        for one in wanted:
            _, label = _find(phone, one)
            if not label.startswith(TICKED):
                await self._taps(phone, one)
        await self._taps(phone, "Done")

    async def _does(self, phone: Phone, detail: str) -> None:
        """`types /goal; Mika; types Asks for the cup`: words that are typed, and buttons by their labels."""
        for part in detail.split("; "):
            words = part.removeprefix("types ")
            await (self._says(phone, words) if words != part else self._taps(phone, part))

    async def _consents(self, phone: Phone) -> None:
        """The first voice note and the first photo are asked about; a reminder may come below the question."""
        if any("Yes, keep it" in label for shown in phone.screen for label in shown.labels):
            await self._taps(phone, "Yes, keep it")

    async def _says(self, phone: Phone, words: str) -> None:
        phone.sends(words)
        await self.settle()

    async def _taps(self, phone: Phone, label: str) -> None:
        shown, found = _find(phone, label)
        phone.taps(found, shown)
        await self.settle()


def _find(phone: Phone, wanted: str) -> tuple[Shown, str]:
    """The newest message with such a button, and its whole label: one that says just this goes before a longer one,
    and one that has it as it is written before one with another sign.
    """
    ways: tuple[Callable[[str], bool], ...] = (
        lambda label: _read(label) == _read(wanted),
        lambda label: wanted in _seen(label),
        lambda label: _read(wanted) in _read(label),
    )
    pressable = list(phone.with_buttons())
    for fits in ways:
        for shown in pressable:
            for label in shown.labels:
                if fits(label):
                    return shown, label
    raise AssertionError(f"{phone.name} has no button {wanted!r}\n{phone.transcript()}")


def _seen(label: str) -> str:
    """Without the marks that keep directions apart."""
    return label.translate(dict.fromkeys(range(0x2066, 0x206A)))


def _read(label: str) -> str:
    """As it is read, whatever picture or sign stands before it."""
    seen = _seen(label)
    return seen.lstrip("".join(letter for letter in seen if not letter.isalnum())).casefold()
