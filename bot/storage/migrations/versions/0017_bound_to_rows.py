"""What is sealed on a server is bound to its row from here on: the upgrade itself seals it anew."""

from __future__ import annotations

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing of the schema changes."""
