"""What must hold after any life, whatever happened in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import from_ms
from bot.domain import exporting
from bot.storage import opening, schema
from tests.simulation.life import Life, Parent
from tests.simulation.mortal import Sent
from tests.support.world import KEY

REMINDER, AWAY = "🌙", "W"  # how these begin
QUIET = ("21:30", "07:30")
LATELY = 47 * 3_600_000  # ms; Telegram lets a bot delete its messages for two days


@dataclass(frozen=True, slots=True)
class Found:
    """What was counted, for the one line that the simulation prints."""

    texts: int
    notes: int
    check_ins: int
    digests: int
    doubled: int
    hidden: int


async def kept(life: Life) -> Found:
    """Every promise, or an AssertionError that says which was broken."""
    world = life.world
    now = world.clock.now_ms()
    export = await world.db.read(lambda tx: exporting.export(tx, exporting.All(), now))
    assert opening.check(f"sqlite+aiosqlite:///{world.file}", KEY) == []
    assert await world.rows(schema.dead_update.select()) == []
    unsettled = [row for row in await world.rows(schema.outbox.select()) if row["state"] in ("pending", "sending")]
    assert unsettled == []
    _everything_once(life, export)
    doubled = _acknowledged(life, export)
    check_ins = {row["id"]: row for row in await world.rows(schema.check_in.select())}
    doubled += _asked(life, export, check_ins)
    assert doubled <= life.lost_answers() + world.in_flight, (doubled, life.lost_answers(), world.in_flight)
    digests = _digests(life)
    hidden = await _hidden(life)
    said = sum(len(wordings) for parent in life.parents for wordings in parent.said.values())
    notes = sum(len(child["notes"]) for child in export["children"])
    return Found(said, notes, len(check_ins), digests, doubled, hidden)


def _everything_once(life: Life, export: dict[str, Any]) -> None:
    """Each wording of each message, and each file, stands once: as a note, an answer, or a revision of one."""
    texts: Counter[str] = Counter()
    files: Counter[str] = Counter()
    for child in export["children"]:
        entries = [*child["notes"], *(answer for one in child["checkins"] for answer in one["answers"])]
        for entry in entries:
            for wording in (entry, *entry["revisions"]):
                texts.update([wording["text"]] if wording.get("text") else [])
                files.update([wording["media"]["file_id"]] if wording.get("media") else [])
    said = Counter(text for parent in life.parents for wordings in parent.said.values() for text in wordings)
    assert texts == said, (sorted((said - texts).elements())[:5], sorted((texts - said).elements())[:5])
    sent = [name for parent in life.parents for name in (*parent.files, *(f for album in parent.albums for f in album))]
    assert files == Counter(sent), (list(Counter(sent) - files)[:5], list(files - Counter(sent))[:5])


def _acknowledged(life: Life, export: dict[str, Any]) -> int:
    """Each note at least once (an album as one), each typed answer by a reaction. Returns how many came twice."""
    shown = Counter(note for sent in _fresh(life) for note in {_number(d, "n") for d in sent.data} if note)
    doubled = 0
    for child in export["children"]:
        albums = _albums(life)
        for note in child["notes"]:
            name = note["media"]["file_id"] if note["media"] else ""
            if albums.get(name, name) != name:
                assert shown[note["id"]] == 0, "a further picture of an album was acknowledged"
                continue
            assert shown[note["id"]] >= 1, f"note {note['id']} was not acknowledged"
            doubled += shown[note["id"]] - 1
    for parent in life.parents:
        _answers_seen(life, parent, export)
    return doubled


def _albums(life: Life) -> dict[str, str]:
    """Of each picture of an album, the first one."""
    return {name: album[0] for parent in life.parents for album in parent.albums for name in album}


def _answers_seen(life: Life, parent: Parent, export: dict[str, Any]) -> None:
    answers = {
        wording["text"]
        for child in export["children"]
        for one in child["checkins"]
        for answer in one["answers"]
        for wording in (answer, *answer["revisions"])
        if wording.get("text")
    }
    for shown in parent.phone.screen:
        if shown.mine and set(parent.said.get(shown.message_id, [])) & answers:
            assert shown.reactions, f"a typed answer of {parent.phone.name} was not acknowledged"


def _asked(life: Life, export: dict[str, Any], check_ins: dict[int, dict[str, Any]]) -> int:
    """Each once for caregiver, template, date and slot; shown in time and never in quiet hours. Returns doubles."""
    keys = Counter(
        (one["caregiver_id"], one["template"], one["local_date"], one["slot"])
        for child in export["children"]
        for one in child["checkins"]
    )
    assert max(keys.values(), default=1) == 1, keys.most_common(3)
    zones = {parent.phone.user_id: ZoneInfo(parent.zone) for parent in life.parents}
    asked: Counter[tuple[int, str]] = Counter()
    for sent in _fresh(life):
        for number in {number for d in sent.data if (number := _number(d, "c"))}:
            asked[number, _why(sent)] += 1
            row = check_ins[number]
            assert sent.at < from_ms(row["closes_at"]), f"check-in {number} was asked after its window"
            local = sent.at.astimezone(zones[sent.chat])
            chosen_there = _quiet(row["slot"])
            assert chosen_there or not _quiet(f"{local:%H:%M}"), f"check-in {number} was asked at {local}"
            assert f"{local:%Y-%m-%d}" == row["local_date"] or chosen_there
    return sum(count - 1 for (_number, why), count in asked.items() if why != AWAY)


def _fresh(life: Life) -> list[Sent]:
    """All but what was hidden and is shown anew under the finger of who answers it: without a sound."""
    silent = {parent.phone.user_id: parent.phone.chat.silent for parent in life.parents if parent.hides}
    found, before = [], set[tuple[int, str, int]]()
    for sent in life.world.sent:
        shows = {(sent.chat, kind, number) for kind in "cn" for data in sent.data if (number := _number(data, kind))}
        if not (shows & before and sent.content["message_id"] in silent.get(sent.chat, ())):
            found.append(sent)
        before |= shows
    return found


async def _hidden(life: Life) -> int:
    """What the bot had shown within two days is gone where somebody hid it, and nowhere else. Returns how often.

    What was told by then is counted above like all else. A message whose confirmation was lost nobody can delete.
    """
    entries = await life.world.rows(schema.audit.select().where(schema.audit.c.kind == "chat hidden"))
    seats = {row["id"]: row["account_id"] for row in await life.world.rows(schema.person.select())}
    stayed = 0
    for parent in life.parents:
        chat = parent.phone.user_id
        taken = [row["at"] for row in entries if seats[row["person_id"]] == chat]
        assert len(taken) <= parent.hides
        shown = [one.date * 1000 for one in parent.phone.screen if not one.mine]
        stayed += sum(any(at - LATELY < one < at - 1000 for at in taken) for one in shown)
        if not taken:
            assert len(shown) == sum(sent.chat == chat for sent in life.world.sent), f"{parent.phone.name} lost some"
    assert stayed <= life.lost_answers() + life.world.in_flight, (stayed, life.lost_answers(), life.world.in_flight)
    return len(entries)


def _why(sent: Sent) -> str:
    """A check-in is shown when it is asked, once more as a reminder, and after each time that the bot was away."""
    begin = str(sent.content.get("text", ""))[:1]
    return begin if begin in (REMINDER, AWAY) else ""


def _quiet(local: str) -> bool:
    return local >= QUIET[0] or local < QUIET[1]


def _digests(life: Life) -> int:
    """On working days, after the hour it was planned for, once a day unless an answer was lost."""
    days: Counter[datetime] = Counter()
    for sent in life.world.sent:
        if any(d.startswith("digest:") for d in sent.data):
            local = sent.at.astimezone(ZoneInfo("Europe/Berlin"))
            assert local.weekday() < 5, local
            assert f"{local:%H:%M}" >= "07:30", local
            days[local.replace(hour=0, minute=0, second=0, microsecond=0)] += 1
    return len(days)


def _number(data: str, kind: str) -> int:
    parts = data.split(":")
    return int(parts[1]) if parts[0] == kind and parts[1].isdigit() else 0
