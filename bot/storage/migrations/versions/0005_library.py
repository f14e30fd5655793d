"""Templates of a clinic's own, the coping cards of a child, what a check-in was asked with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("check_in", sa.Column("material", sa.Text(), server_default="", nullable=False))
    op.add_column("check_in", sa.Column("reader_id", BIG, nullable=True))
    op.add_column("person", sa.Column("feedback_to", BIG, nullable=True))
    op.create_table(
        "coping_card",
        sa.Column("child_id", BIG, nullable=False),
        sa.Column("card_key", sa.String(), nullable=False),
        sa.Column("chosen_at", BIG, nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_coping_card_child_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("child_id", "card_key", name=op.f("pk_coping_card")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "form",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("template_key", sa.String(), nullable=False),
        sa.Column("person_id", BIG, nullable=True),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("draft", sa.Text(), server_default="", nullable=False),
        sa.Column("newest", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", BIG, nullable=False),
        sa.Column("archived_at", BIG, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_form_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form")),
        sa.UniqueConstraint("template_key", name=op.f("uq_form_template_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_form_person_id"), "form", ["person_id"], unique=False)
    op.create_table(
        "form_version",
        sa.Column("form_id", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("template_key", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("published_at", BIG, nullable=False),
        sa.ForeignKeyConstraint(["form_id"], ["form.id"], name=op.f("fk_form_version_form_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("template_key", "version", name=op.f("pk_form_version")),
        sa.UniqueConstraint("form_id", "version", name=op.f("uq_form_version_form_id_version")),
    )
