"""What may go into research: of those who said yes to it, and now. What they chose and counted, without any words.

Names are not only left out: whatever somebody typed or said may hold one. Children and caregivers are counted anew in
each file, so that no number of a person leads back into the clinic. Dates stay; with them it is still personal data.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence

from bot.domain import exporting
from bot.domain.iso import iso
from bot.model import Json, Purpose
from bot.storage.database import Tx

FORMAT = "homenotes-research/1"
_CHECK_IN = ("template", "template_version", "local_date", "slot", "state")
_MILESTONE = ("local_date", *exporting.MILESTONE_FACTS)
_LOG = ("local_date", "told", "help", "minutes", "barriers")


async def as_json(tx: Tx, scope: exporting.Scope, now: int) -> AsyncIterator[str]:
    """In pieces of text, a child each; a child of whom nobody agreed is not there at all."""
    yield f'{{"format": {json.dumps(FORMAT)}, "exported_at": {json.dumps(iso(now))}, "children": ['
    number = 0
    for child in await exporting.children(tx, scope, now):
        kept = await exporting.one_child(tx, child, now)
        agreed = [one for one in kept["caregivers"] if _agreed(one["consents"])]
        if agreed:
            number += 1
            yield f"{',' if number > 1 else ''}\n{json.dumps(_child(kept, agreed, number))}"
    yield "\n]}\n"


def _agreed(consents: Sequence[Json]) -> bool:
    """The newest word on each counts; who took the agreement to all of it back is in no research either."""
    newest = {one["purpose"]: one["given"] for one in consents}
    return bool(newest.get(Purpose.CARE.value)) and bool(newest.get(Purpose.RESEARCH.value))


def _child(kept: Json, agreed: Sequence[Json], number: int) -> Json:
    seats = {one["id"]: place for place, one in enumerate(agreed, 1)}
    return {
        "child": number,
        "caregivers": [{"caregiver": seats[one["id"]], "role": one["role"]} for one in agreed],
        "checkins": [{**one, "answers": _answers(row)} for one, row in _of(kept["checkins"], seats, _CHECK_IN)],
        "milestones": [one for one, _ in _of(kept["milestones"], seats, _MILESTONE)],
        "practice": [
            {"routine": step["routine"], **one}
            for step in kept["practice"]
            for one, _ in _of(step["logs"], seats, _LOG)
        ],
    }


def _of(rows: Sequence[Json], seats: dict[int, int], fields: Sequence[str]) -> list[tuple[Json, Json]]:
    """Of those caregivers: those fields alone, each with its row."""
    theirs = [row for row in rows if row["caregiver_id"] in seats]
    return [({"caregiver": seats[row["caregiver_id"]], **{key: row[key] for key in fields}}, row) for row in theirs]


def _answers(check_in: Json) -> list[Json]:
    chosen = [one for one in check_in["answers"] if one["value"] is not None]
    return [{key: one[key] for key in ("question", "value", "late")} for one in chosen]
