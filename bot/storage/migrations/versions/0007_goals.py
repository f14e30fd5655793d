"""Goals with their versions, words and levels; wins and milestones that belong to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "goal",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("child_id", BIG, nullable=False),
        sa.Column("importance", sa.Integer(), nullable=True),
        sa.Column("difficulty", sa.Integer(), nullable=True),
        sa.Column("end_kind", sa.String(), nullable=True),
        sa.Column("ended_at", BIG, nullable=True),
        sa.Column("created_at", BIG, nullable=False),
        sa.CheckConstraint("\"end_kind\" IN ('reached', 'closed', 'dropped')", name=op.f("ck_goal_end_kind")),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_goal_child_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_goal_child_id"), "goal", ["child_id"], unique=False)
    op.create_table(
        "goal_notice",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("goal_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("tell_at", BIG, nullable=True),
        sa.Column("told_at", BIG, nullable=True),
        sa.Column("message_id", BIG, nullable=True),
        sa.CheckConstraint("\"kind\" IN ('proposal', 'reached', 'starter')", name=op.f("ck_goal_notice_kind")),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_goal_notice_goal_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_goal_notice_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_notice")),
    )
    op.create_index(op.f("ix_goal_notice_goal_id"), "goal_notice", ["goal_id"], unique=False)
    op.create_index(op.f("ix_goal_notice_person_id"), "goal_notice", ["person_id"], unique=False)
    op.create_index(
        "ix_goal_notice_tell",
        "goal_notice",
        ["tell_at"],
        unique=False,
        sqlite_where=sa.text("tell_at IS NOT NULL"),
        postgresql_where=sa.text("tell_at IS NOT NULL"),
    )
    op.create_table(
        "goal_version",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("goal_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), server_default="", nullable=False),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("help", sa.Text(), server_default="", nullable=False),
        sa.Column("measure", sa.Text(), server_default="", nullable=False),
        sa.Column("by_date", sa.String(), server_default="", nullable=False),
        sa.Column("scale_kind", sa.String(), server_default="from_minus_1", nullable=False),
        sa.Column("levels", sa.Text(), server_default="{}", nullable=False),
        sa.Column("starter", sa.Text(), server_default="", nullable=False),
        sa.Column("proposed_at", BIG, nullable=True),
        sa.Column("created_at", BIG, nullable=False),
        sa.CheckConstraint(
            "\"scale_kind\" IN ('from_minus_1', 'from_minus_2', 'down_to_minus_3')",
            name=op.f("ck_goal_version_scale_kind"),
        ),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_goal_version_goal_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_version")),
        sa.UniqueConstraint("goal_id", "number", name=op.f("uq_goal_version_goal_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "milestone_round",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("child_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("list_months", sa.Integer(), nullable=False),
        sa.Column("age_kind", sa.String(), nullable=False),
        sa.Column("age_months", sa.Integer(), nullable=False),
        sa.Column("weeks_early", sa.Integer(), nullable=False),
        sa.Column("started_at", BIG, nullable=False),
        sa.Column("finished_at", BIG, nullable=True),
        sa.CheckConstraint("\"age_kind\" IN ('calendar', 'corrected')", name=op.f("ck_milestone_round_age_kind")),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_milestone_round_child_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_milestone_round_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_round")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_milestone_round_child_id"), "milestone_round", ["child_id"], unique=False)
    op.create_index(op.f("ix_milestone_round_person_id"), "milestone_round", ["person_id"], unique=False)
    op.create_table(
        "goal_level",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("goal_id", BIG, nullable=False),
        sa.Column("goal_version_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("recorded_at", BIG, nullable=False),
        sa.CheckConstraint("level BETWEEN -3 AND 2", name=op.f("ck_goal_level_level")),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_goal_level_goal_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["goal_version_id"], ["goal_version.id"], name=op.f("fk_goal_level_goal_version_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_goal_level_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_level")),
    )
    op.create_index(op.f("ix_goal_level_goal_id"), "goal_level", ["goal_id"], unique=False)
    op.create_index(op.f("ix_goal_level_person_id"), "goal_level", ["person_id"], unique=False)
    op.create_table(
        "goal_word",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("child_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("goal_id", BIG, nullable=True),
        sa.Column("goal_version_id", BIG, nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("media_kind", sa.String(), nullable=True),
        sa.Column("media_file_id", sa.Text(), nullable=True),
        sa.Column("media_seconds", sa.Integer(), nullable=True),
        sa.Column("message_id", BIG, nullable=True),
        sa.Column("recorded_at", BIG, nullable=False),
        sa.CheckConstraint(
            "\"kind\" IN ('wish', 'agree', 'change', 'talk', 'why', 'talked')", name=op.f("ck_goal_word_kind")
        ),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_goal_word_child_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_goal_word_goal_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["goal_version_id"], ["goal_version.id"], name=op.f("fk_goal_word_goal_version_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_goal_word_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_word")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_goal_word_child_id"), "goal_word", ["child_id"], unique=False)
    op.create_index(op.f("ix_goal_word_goal_id"), "goal_word", ["goal_id"], unique=False)
    op.create_index(op.f("ix_goal_word_goal_version_id"), "goal_word", ["goal_version_id"], unique=False)
    op.create_index(op.f("ix_goal_word_person_id"), "goal_word", ["person_id"], unique=False)
    op.create_table(
        "milestone_answer",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("milestone_round_id", BIG, nullable=False),
        sa.Column("item_key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("recorded_at", BIG, nullable=False),
        sa.CheckConstraint(
            "\"kind\" IN ('yes', 'sometimes', 'not_yet', 'not_sure')", name=op.f("ck_milestone_answer_kind")
        ),
        sa.ForeignKeyConstraint(
            ["milestone_round_id"],
            ["milestone_round.id"],
            name=op.f("fk_milestone_answer_milestone_round_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_answer")),
        sa.UniqueConstraint(
            "milestone_round_id", "item_key", name=op.f("uq_milestone_answer_milestone_round_id_item_key")
        ),
    )
    op.create_table(
        "win_goal",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("goal_id", BIG, nullable=False),
        sa.Column("check_in_id", BIG, nullable=True),
        sa.Column("note_id", BIG, nullable=True),
        sa.Column("recorded_at", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["check_in_id"], ["check_in.id"], name=op.f("fk_win_goal_check_in_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_win_goal_goal_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name=op.f("fk_win_goal_note_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_win_goal")),
    )
    op.create_index(op.f("ix_win_goal_check_in_id"), "win_goal", ["check_in_id"], unique=False)
    op.create_index(op.f("ix_win_goal_goal_id"), "win_goal", ["goal_id"], unique=False)
    op.create_index(op.f("ix_win_goal_note_id"), "win_goal", ["note_id"], unique=False)
    op.add_column("child", sa.Column("weeks_early", sa.Integer(), server_default="0", nullable=False))
    _points_to_a_word("inbound", rowid=False)
    _points_to_a_word("revision", rowid=True)
    op.create_index(
        "ix_inbound_goal_word_id",
        "inbound",
        ["goal_word_id"],
        unique=False,
        sqlite_where=sa.text("goal_word_id IS NOT NULL"),
        postgresql_where=sa.text("goal_word_id IS NOT NULL"),
    )
    op.create_index(op.f("ix_revision_goal_word_id"), "revision", ["goal_word_id"], unique=False)


def _points_to_a_word(name: str, *, rowid: bool) -> None:
    """SQLite makes the table anew: it adds no key to one that is there."""
    with op.batch_alter_table(name, table_kwargs={"sqlite_with_rowid": rowid}) as table:
        table.add_column(sa.Column("goal_word_id", BIG, nullable=True))
        table.create_foreign_key(
            op.f(f"fk_{name}_goal_word_id"), "goal_word", ["goal_word_id"], ["id"], ondelete="CASCADE"
        )
