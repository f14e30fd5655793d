"""What passes between a digest and its readers: flags told, screens opened, lines sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("digest", sa.Column("kind", sa.String(), server_default="due", nullable=False))
    op.create_index(
        "ix_meeting_starts",
        "meeting",
        ["starts_at"],
        unique=False,
        sqlite_where=sa.text("cancelled_at IS NULL"),
        postgresql_where=sa.text("cancelled_at IS NULL"),
    )
    op.create_table(
        "brief",
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("child_id", BIG, nullable=False),
        sa.Column("starts_at", BIG, nullable=False),
        sa.Column("message_id", BIG, nullable=True),
        sa.Column("at", BIG, nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_brief_child_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_brief_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "child_id", "starts_at", name=op.f("pk_brief")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_brief_child_id"), "brief", ["child_id"], unique=False)
    op.create_table(
        "mirror",
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mirror_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_mirror")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "raised",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("child_id", BIG, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("told_at", BIG, nullable=False),
        sa.Column("snoozed_until", BIG, server_default="0", nullable=False),
        sa.Column("reason", sa.String(), server_default="", nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_raised_child_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_raised_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_raised")),
        sa.UniqueConstraint("person_id", "child_id", "key", name=op.f("uq_raised_person_id_child_id_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_raised_child_id"), "raised", ["child_id"], unique=False)
    op.create_table(
        "look",
        sa.Column("digest_id", BIG, nullable=False),
        sa.Column("child_id", BIG, nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_look_child_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["digest_id"], ["digest.id"], name=op.f("fk_look_digest_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest_id", "child_id", name=op.f("pk_look")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_look_child_id"), "look", ["child_id"], unique=False)
    op.create_table(
        "message",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("child_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("author_id", BIG, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("note_id", BIG, nullable=True),
        sa.Column("answer_id", BIG, nullable=True),
        sa.Column("written_at", BIG, nullable=False),
        sa.Column("send_at", BIG, nullable=True),
        sa.Column("sent_at", BIG, nullable=True),
        sa.Column("message_id", BIG, nullable=True),
        sa.Column("arriving", sa.Integer(), server_default="0", nullable=False),
        sa.Column("author_message_id", BIG, nullable=True),
        sa.Column("confirmed_at", BIG, nullable=True),
        sa.CheckConstraint("\"kind\" IN ('message', 'used')", name=op.f("ck_message_kind")),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_message_answer_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_message_author_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_message_child_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name=op.f("fk_message_note_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_message_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_message_arriving",
        "message",
        ["message_id"],
        unique=False,
        sqlite_where=sa.text("arriving = 1"),
        postgresql_where=sa.text("arriving = 1"),
    )
    op.create_index(
        "ix_message_answer_id",
        "message",
        ["answer_id"],
        unique=False,
        sqlite_where=sa.text("answer_id IS NOT NULL"),
        postgresql_where=sa.text("answer_id IS NOT NULL"),
    )
    op.create_index(op.f("ix_message_author_id"), "message", ["author_id"], unique=False)
    op.create_index(op.f("ix_message_child_id"), "message", ["child_id"], unique=False)
    op.create_index(
        "ix_message_note_id",
        "message",
        ["note_id"],
        unique=False,
        sqlite_where=sa.text("note_id IS NOT NULL"),
        postgresql_where=sa.text("note_id IS NOT NULL"),
    )
    op.create_index(op.f("ix_message_person_id"), "message", ["person_id"], unique=False)
    op.create_index(
        "ix_message_send_at",
        "message",
        ["send_at"],
        unique=False,
        sqlite_where=sa.text("send_at IS NOT NULL"),
        postgresql_where=sa.text("send_at IS NOT NULL"),
    )
