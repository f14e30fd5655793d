"""Home steps of their own, with their plans, tips and moments; behaviours that are written down."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _home_steps()
    _asked_of()
    _take_over()
    op.drop_column("child", "home_step")
    _behaviours()


def _home_steps() -> None:
    op.create_table(
        "home_step",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("child_id", BIG, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("routine", sa.String(), server_default="other", nullable=False),
        sa.Column("how_text", sa.Text(), server_default="", nullable=False),
        sa.Column("media_kind", sa.String(), nullable=True),
        sa.Column("media_file_id", sa.Text(), nullable=True),
        sa.Column("media_seconds", sa.Integer(), nullable=True),
        sa.Column("from_date", sa.String(), nullable=False),
        sa.Column("until_date", sa.String(), nullable=True),
        sa.Column("created_at", BIG, nullable=False),
        sa.Column("ended_at", BIG, nullable=True),
        sa.CheckConstraint(
            "\"routine\" IN ('bath', 'car', 'meal', 'bedtime', 'play', 'dressing', 'other')",
            name=op.f("ck_home_step_routine"),
        ),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_home_step_child_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_home_step")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_home_step_child_id"), "home_step", ["child_id"], unique=False)
    op.create_table(
        "home_step_plan",
        sa.Column("home_step_id", BIG, nullable=False),
        sa.Column("from_date", sa.String(), nullable=False),
        sa.Column("days", sa.String(), nullable=False),
        _of_step("home_step_plan"),
        sa.PrimaryKeyConstraint("home_step_id", "from_date", name=op.f("pk_home_step_plan")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "home_step_tip",
        sa.Column("home_step_id", BIG, nullable=False),
        sa.Column("barrier", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _of_step("home_step_tip"),
        sa.PrimaryKeyConstraint("home_step_id", "barrier", name=op.f("pk_home_step_tip")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "home_step_news",
        sa.Column("home_step_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("tell_at", BIG, nullable=False),
        _of_step("home_step_news"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_home_step_news_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("home_step_id", "person_id", name=op.f("pk_home_step_news")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_home_step_news_person_id"), "home_step_news", ["person_id"], unique=False)
    op.create_index(op.f("ix_home_step_news_tell_at"), "home_step_news", ["tell_at"], unique=False)
    op.create_table(
        "booking",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("home_step_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("local_date", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("due_at", BIG, nullable=False),
        sa.Column("opened", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", BIG, nullable=False),
        _of_step("booking"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_booking_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
        sa.UniqueConstraint(
            "person_id", "home_step_id", "local_date", name=op.f("uq_booking_person_id_home_step_id_local_date")
        ),
    )
    op.create_index(op.f("ix_booking_home_step_id"), "booking", ["home_step_id"], unique=False)
    op.create_index(
        "ix_booking_waiting",
        "booking",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("opened = 0"),
        postgresql_where=sa.text("opened = 0"),
    )


def _of_step(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_home_step_id")
    return sa.ForeignKeyConstraint(["home_step_id"], ["home_step.id"], name=name, ondelete="CASCADE")


def _asked_of() -> None:
    """A column with its reference: the embedded engine copies the table for it, and has to be told of its check."""
    states = "'due', 'open', 'done', 'partial', 'expired', 'skipped', 'excused', 'missed'"
    check = sa.CheckConstraint(f'"state" IN ({states})', name=op.f("ck_check_in_state"))
    reference = sa.ForeignKey("home_step.id", name=op.f("fk_check_in_home_step_id"), ondelete="CASCADE")
    with op.batch_alter_table("check_in", table_args=(check,)) as table:
        table.add_column(sa.Column("home_step_id", BIG, reference, nullable=True))
    op.create_index(
        "ix_check_in_home_step_id",
        "check_in",
        ["home_step_id"],
        unique=False,
        sqlite_where=sa.text("home_step_id IS NOT NULL"),
        postgresql_where=sa.text("home_step_id IS NOT NULL"),
    )


def _take_over() -> None:
    """The one line that a child had becomes its first step, every day since the child is here."""
    connection = op.get_bind()
    found = connection.execute(sa.text("SELECT id, home_step, created_at FROM child WHERE home_step <> ''")).fetchall()
    for child, text, created_at in found:
        first = datetime.fromtimestamp(created_at / 1000, UTC).date().isoformat()
        values = {"child": child, "text": text, "first": first, "at": created_at}
        step = connection.execute(
            sa.text(
                "INSERT INTO home_step (child_id, text, from_date, created_at)"
                " VALUES (:child, :text, :first, :at) RETURNING id"
            ),
            values,
        ).scalar_one()
        connection.execute(
            sa.text("INSERT INTO home_step_plan (home_step_id, from_date, days) VALUES (:step, :first, '0123456')"),
            {"step": step, "first": first},
        )
        connection.execute(
            sa.text("UPDATE check_in SET home_step_id = :step WHERE child_id = :child AND step = :text"),
            {"step": step, "child": child, "text": text},
        )


def _behaviours() -> None:
    op.create_table(
        "behaviour_target",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("child_id", BIG, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", BIG, nullable=False),
        sa.Column("ended_at", BIG, nullable=True),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_behaviour_target_child_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_behaviour_target")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_behaviour_target_child_id"), "behaviour_target", ["child_id"], unique=False)
    op.create_table(
        "behaviour_count",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("behaviour_target_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("local_date", sa.String(), nullable=False),
        sa.Column("band", sa.String(), nullable=False),
        sa.Column("observed", sa.String(), nullable=False),
        sa.Column("recorded_at", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["behaviour_target_id"],
            ["behaviour_target.id"],
            name=op.f("fk_behaviour_count_behaviour_target_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_behaviour_count_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_behaviour_count")),
        sa.UniqueConstraint(
            "behaviour_target_id",
            "person_id",
            "local_date",
            name=op.f("uq_behaviour_count_behaviour_target_id_person_id_local_date"),
        ),
    )
    op.create_index(
        op.f("ix_behaviour_count_behaviour_target_id"), "behaviour_count", ["behaviour_target_id"], unique=False
    )
    op.create_index(op.f("ix_behaviour_count_person_id"), "behaviour_count", ["person_id"], unique=False)
