"""Visits, and what plans know of people, children and each other."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _visits()


def _visits() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("child_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("starts_at", BIG, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", BIG, nullable=False),
        sa.Column("cancelled_at", BIG, nullable=True),
        sa.CheckConstraint("\"kind\" IN ('person', 'video')", name=op.f("ck_meeting_kind")),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_meeting_child_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_meeting_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_meeting_child_id"), "meeting", ["child_id"])
    op.create_index("ix_meeting_person_starts", "meeting", ["person_id", "starts_at"])
    standing = sa.text("cancelled_at IS NULL")
    op.create_index(
        "uq_meeting_standing",
        "meeting",
        ["child_id", "person_id", "starts_at"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )
    op.create_table(
        "attendance",
        sa.Column("meeting_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("told_state", sa.String(), server_default="", nullable=False),
        sa.Column("tell_at", BIG, nullable=True),
        sa.Column("remind_at", BIG, nullable=True),
        sa.Column("reply_state", sa.String(), server_default="", nullable=False),
        sa.Column("answered_at", BIG, nullable=True),
        sa.Column("report_at", BIG, nullable=True),
        sa.Column("message_id", BIG, nullable=True),
        sa.CheckConstraint("\"reply_state\" IN ('', 'yes', 'no')", name=op.f("ck_attendance_reply_state")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_meeting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attendance_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name=op.f("pk_attendance")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_attendance_person_id"), "attendance", ["person_id"])
    for column in ("tell_at", "remind_at", "report_at"):
        waiting = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            f"ix_attendance_{column}", "attendance", [column], sqlite_where=waiting, postgresql_where=waiting
        )
