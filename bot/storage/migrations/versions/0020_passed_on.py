"""That what a family said of an alarm went to somebody is a step of it, too."""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

KINDS = (
    "'told', 'escalated', 'out_of_reach', 'nobody', 'mail', 'mailed', 'mail_failed', 'taken', 'false_alarm',"
    " 'passed_on'"
)
CHECK = "ck_alert_step_kind"


def upgrade() -> None:
    with op.batch_alter_table("alert_step", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_constraint(op.f(CHECK), type_="check")
        table.create_check_constraint(op.f(CHECK), f'"kind" IN ({KINDS})')
