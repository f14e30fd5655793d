"""Templates of a clinic's own and their versions."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.storage.database import Row, Tx
from bot.storage.schema import form, form_version

_NEWEST = (
    sa.select(form_version)
    .select_from(form.join(form_version, form_version.c.form_id == form.c.id))
    .where(form.c.template_key == bindparam("template"), form_version.c.version == form.c.newest)
)


async def newest(tx: Tx, key: str) -> Row | None:
    """The version that is asked now."""
    return await tx.row(_NEWEST, {"template": key})
