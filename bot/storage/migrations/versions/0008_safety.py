"""Careful words, who is on call, each step of an alarm; rights that rest on a paper and can be suspended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KINDS = "'told', 'escalated', 'nobody', 'mail', 'mailed', 'mail_failed', 'taken', 'false_alarm'"


def upgrade() -> None:
    for name in ("taken_at", "taken_by", "escalate_at"):
        op.add_column("alert", sa.Column(name, BIG, nullable=True))
    op.create_index(
        "ix_alert_escalate",
        "alert",
        ["escalate_at"],
        sqlite_where=sa.text("escalate_at IS NOT NULL"),
        postgresql_where=sa.text("escalate_at IS NOT NULL"),
    )
    op.add_column("person", sa.Column("email", sa.Text(), server_default="", nullable=False))
    op.add_column("person", sa.Column("admin", sa.Integer(), server_default="0", nullable=False))
    for name in ("suspended_at", "suspended_account"):
        op.add_column("person", sa.Column(name, BIG, nullable=True))
    for name in ("suspended_at", "ends_at"):
        op.add_column("access", sa.Column(name, BIG, nullable=True))
    op.add_column("access", sa.Column("part", sa.String(), server_default="", nullable=False))
    op.add_column("access", sa.Column("document", sa.Text(), server_default="", nullable=False))
    _concern()
    _on_call()
    _alert_step()


def _concern() -> None:
    op.create_table(
        "concern",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("child_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("topics", sa.String(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("telegram_message_id", BIG, nullable=False),
        sa.Column("press", BIG, nullable=True),
        sa.Column("said_at", BIG, nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.CheckConstraint("\"level\" IN ('red', 'amber')", name=op.f("ck_concern_level")),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_concern_child_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_concern_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
        sqlite_autoincrement=True,
    )
    for name in ("child_id", "person_id"):
        op.create_index(op.f(f"ix_concern_{name}"), "concern", [name])
    where = sa.text("press IS NOT NULL")
    op.create_index("ix_concern_press", "concern", ["press"], sqlite_where=where, postgresql_where=where)


def _on_call() -> None:
    op.create_table(
        "on_call",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("days", sa.String(), nullable=False),
        sa.Column("from_time", sa.String(), nullable=False),
        sa.Column("until_time", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_on_call_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_on_call")),
    )
    op.create_index(op.f("ix_on_call_person_id"), "on_call", ["person_id"])


def _alert_step() -> None:
    op.create_table(
        "alert_step",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("alert_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("message_id", BIG, nullable=True),
        sa.Column("at", BIG, nullable=False),
        sa.CheckConstraint(f'"kind" IN ({KINDS})', name=op.f("ck_alert_step_kind")),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_alert_step_alert_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_alert_step_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_step")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_alert_step_alert_id", "alert_step", ["alert_id", "kind"])
    op.create_index(op.f("ix_alert_step_person_id"), "alert_step", ["person_id"])
