"""Rights that end and jobs that wait are found by an index: an idle tick costs the same in a clinic of any size."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    waits = sa.text("until_at IS NOT NULL")
    op.create_index("ix_access_until", "access", ["until_at"], sqlite_where=waits, postgresql_where=waits)
    waiting = sa.text("state = 'waiting'")
    op.create_index("ix_job_waiting", "job", ["id"], sqlite_where=waiting, postgresql_where=waiting)
