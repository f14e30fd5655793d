"""The audit: who did what, in numbers, each row bound to the one before. And what is kept because the law says so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
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
    op.create_table(
        "legal_hold",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("child_id", BIG, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("from_at", BIG, nullable=False),
        sa.Column("until_at", BIG, nullable=True),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_legal_hold_child_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )
    op.create_index(op.f("ix_legal_hold_child_id"), "legal_hold", ["child_id"], unique=False)
