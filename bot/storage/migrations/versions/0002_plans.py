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
    _columns()
    _shared()
    _others()


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


def _columns() -> None:
    op.add_column("person", sa.Column("prompts_a_day", sa.Integer(), server_default="1", nullable=False))
    op.add_column("person", sa.Column("content_a_week", sa.Integer(), server_default="3", nullable=False))
    op.add_column("schedule", sa.Column("follows_key", sa.String(), server_default="", nullable=False))
    op.add_column("schedule", sa.Column("planned_days", sa.String(), server_default="", nullable=False))
    due = sa.text("state = 'due'")
    op.create_index("ix_check_in_due", "check_in", ["closes_at"], sqlite_where=due, postgresql_where=due)


def _shared() -> None:
    op.create_table(
        "link",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("child_id", BIG, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("created_at", BIG, nullable=False),
        sa.Column("ended_at", BIG, nullable=True),
        sa.CheckConstraint("\"kind\" IN ('both', 'first')", name=op.f("ck_link_kind")),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_link_child_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_link_child_id"), "link", ["child_id"])
    op.create_table(
        "link_side",
        sa.Column("link_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("agreed_at", BIG, nullable=True),
        sa.Column("tell_at", BIG, nullable=True),
        sa.Column("ended", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["link.id"], name=op.f("fk_link_side_link_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_link_side_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("link_id", "person_id", name=op.f("pk_link_side")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_link_side_person_id"), "link_side", ["person_id"])
    standing, telling = sa.text("ended = 0"), sa.text("tell_at IS NOT NULL")
    op.create_index(
        "uq_link_side_standing",
        "link_side",
        ["person_id"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )
    op.create_index("ix_link_side_tell_at", "link_side", ["tell_at"], sqlite_where=telling, postgresql_where=telling)


def _others() -> None:
    op.create_table(
        "rota",
        sa.Column("child_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("days", sa.String(), nullable=False),
        sa.Column("starts_on", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_rota_child_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_rota_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("child_id", "person_id", name=op.f("pk_rota")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_rota_person_id"), "rota", ["person_id"])
    op.create_table(
        "travel",
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("until_date", sa.String(), nullable=False),
        sa.Column("back_at", BIG, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_travel_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_travel")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_travel_back_at"), "travel", ["back_at"])
    op.create_table(
        "content",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_content_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content")),
    )
    op.create_index(op.f("ix_content_person_id"), "content", ["person_id"])
