"""Questions that were taken off the queue stayed behind it with their words, and without a day to be forgotten on."""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM outbox WHERE state = 'expired' AND settled_at IS NULL")
