"""News for a therapist that speaks of no child; and digests are found by the message that shows them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("notice") as table:
        table.alter_column("child_id", existing_type=BIG, nullable=True)
    op.create_index(
        "ix_digest_message",
        "digest",
        ["message_id"],
        sqlite_where=sa.text("message_id IS NOT NULL"),
        postgresql_where=sa.text("message_id IS NOT NULL"),
    )
