"""What an account is asked may hold a nickname: on a server it is sealed, as every upgrade seals what is plain."""

from __future__ import annotations

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing of the schema changes."""
