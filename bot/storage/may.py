"""Whether a right stands, and what its preset allows: conditions for the statements that join `access`.

A therapist's preset is "all".
"""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model import May, Preset, Right
from bot.storage.schema import access

_PRESETS: Mapping[May, tuple[Preset, ...]] = {
    May.CARE: tuple(Preset),
    May.GIVE: (Preset.ALL, Preset.OWN),
    May.SEE: (Preset.ALL, Preset.READ),
    May.BOTH: (Preset.ALL,),
}


def stands(right: sa.FromClause) -> sa.ColumnElement[bool]:
    """Whether it has not ended; asked with ``now``. A right with an end to come stands, too."""
    return sa.or_(right.c.until_at.is_(None), right.c.until_at > bindparam("now"))


def may(right: sa.FromClause, what: May) -> sa.ColumnElement[bool]:
    return right.c.preset.in_([one.value for one in _PRESETS[what]])


def sees(person: sa.ColumnElement[int], child: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Whether what is shared of that child is for this caregiver; asked with ``now``."""
    return sa.exists().where(
        access.c.person_id == person,
        access.c.child_id == child,
        access.c.right == Right.CARE.value,
        stands(access),
        may(access, May.SEE),
    )
