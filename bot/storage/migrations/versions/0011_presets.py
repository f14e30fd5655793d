"""What a caregiver may do with a child: all, own entries alone, or read what is shared."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("access", sa.Column("preset", sa.String(), server_default="all", nullable=False))
