"""Days off, working hours, silence, and why a question came when it came."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SIX_WEEKS = 42 * 86_400_000


def upgrade() -> None:
    op.add_column("person", sa.Column("weekend", sa.String(), server_default="", nullable=False))
    for name in ("feasts", "fast"):
        op.add_column("person", sa.Column(name, sa.Text(), server_default="", nullable=False))
    for name in ("told_in", "hour_asked_at", "review_at"):
        op.add_column("schedule", sa.Column(name, BIG, nullable=True))
    op.execute(f"UPDATE schedule SET review_at = created_at + {SIX_WEEKS} WHERE child_id IS NOT NULL")  # noqa: S608
    op.create_index(
        "ix_schedule_told",
        "schedule",
        ["told_in"],
        sqlite_where=sa.text("told_in IS NOT NULL"),
        postgresql_where=sa.text("told_in IS NOT NULL"),
    )
    with op.batch_alter_table("rest") as table:
        table.drop_constraint(op.f("ck_rest_kind"), type_="check")
        table.create_check_constraint(op.f("ck_rest_kind"), "\"kind\" IN ('pause', 'busy', 'ill', 'school')")
    _silence()
    _notice()
    _shift()


def _silence() -> None:
    op.create_table(
        "silence",
        sa.Column("person_id", BIG, autoincrement=False, nullable=False),
        sa.Column("unanswered", sa.Integer(), server_default="0", nullable=False),
        sa.Column("since", BIG, nullable=True),
        sa.Column("ask", sa.Integer(), server_default="0", nullable=False),
        sa.Column("asked_at", BIG, nullable=True),
        sa.Column("stopped_at", BIG, nullable=True),
        sa.Column("told_at", BIG, nullable=True),
        sa.Column("contacted_at", BIG, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_silence_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_silence")),
    )
    op.create_index(
        "ix_silence_stopped",
        "silence",
        ["person_id"],
        sqlite_where=sa.text("stopped_at IS NOT NULL"),
        postgresql_where=sa.text("stopped_at IS NOT NULL"),
    )


def _notice() -> None:
    op.create_table(
        "notice",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("child_id", BIG, nullable=False),
        sa.Column("about_id", BIG, nullable=True),
        sa.Column("screen", sa.Text(), nullable=False),
        sa.Column("at", BIG, nullable=True),
        sa.Column("message_id", BIG, nullable=True),
        sa.Column("created_at", BIG, nullable=False),
        sa.ForeignKeyConstraint(["about_id"], ["person.id"], name=op.f("fk_notice_about_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_notice_child_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_person_id"), "notice", ["person_id"])
    op.create_index(op.f("ix_notice_child_id"), "notice", ["child_id"])
    op.create_index(op.f("ix_notice_about_id"), "notice", ["about_id"])
    for name, column in (("ix_notice_at", "at"), ("ix_notice_message", "message_id")):
        where = sa.text(f"{column} IS NOT NULL")
        op.create_index(name, "notice", [column], sqlite_where=where, postgresql_where=where)


def _shift() -> None:
    op.create_table(
        "shift",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("check_in_id", BIG, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.Column("slot", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint("\"kind\" IN ('later', 'reminder', 'again', 'fast')", name=op.f("ck_shift_kind")),
        sa.ForeignKeyConstraint(
            ["check_in_id"], ["check_in.id"], name=op.f("fk_shift_check_in_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
    )
    op.create_index("ix_shift_check_in", "shift", ["check_in_id"])
