"""Nights away from home or in a fast are told apart, and of what was sent beside questions it is known what it was.

A caregiver may wish for fewer questions a day than were planned, and is told when a journey is over.
Nobody but a child's therapists reads what a family says: the columns for another reader go.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("check_in", sa.Column("unusual", sa.Integer(), server_default="0", nullable=False))
    op.drop_column("check_in", "reader_id")
    op.drop_column("person", "feedback_to")
    op.add_column("person", sa.Column("prompts_wish", sa.Integer(), nullable=True))
    op.add_column("content", sa.Column("kind", sa.String(), server_default="", nullable=False))
    op.add_column("person", sa.Column("home_at", BIG, nullable=True))
    set_ = sa.text("home_at IS NOT NULL")
    op.create_index("ix_person_home_at", "person", ["home_at"], sqlite_where=set_, postgresql_where=set_)
