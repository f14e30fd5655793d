"""Seats that were taken away are found by the account whose they were: each photo asks what it allowed there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    where = sa.text("suspended_account IS NOT NULL")
    op.create_index(
        "ix_person_suspended_account", "person", ["suspended_account"], sqlite_where=where, postgresql_where=where
    )
