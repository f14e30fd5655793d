"""The audit: who did what, in numbers, each row bound to the one before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.Column("actor_kind", sa.String(), nullable=False),
        sa.Column("actor_id", BIG, nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("child_id", BIG, nullable=True),
        sa.Column("person_id", BIG, nullable=True),
        sa.Column("hash", sa.String(), nullable=False),
        sa.CheckConstraint("\"actor_kind\" IN ('therapist', 'caregiver', 'clinic')", name=op.f("ck_audit_actor_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_actor", "audit", ["actor_id", "kind", "at"], unique=False)
