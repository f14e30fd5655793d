"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("stopped_at", BIG, nullable=True),
        sa.Column("blocked_at", BIG, nullable=True),
        sa.Column("asking", sa.String(), server_default="", nullable=False),
        sa.Column("lost_from", BIG, nullable=True),
        sa.Column("menu", sa.String(), server_default="", nullable=False),
        sa.Column("created_at", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
    )
    op.create_index(
        "ix_account_lost",
        "account",
        ["lost_from"],
        unique=False,
        sqlite_where=sa.text("lost_from IS NOT NULL"),
        postgresql_where=sa.text("lost_from IS NOT NULL"),
    )
    op.create_table(
        "child",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("birth_month", sa.String(), server_default="", nullable=False),
        sa.Column("gender", sa.String(), server_default="unsaid", nullable=False),
        sa.Column("home_step", sa.Text(), server_default="", nullable=False),
        sa.Column("case_key", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "copy",
        sa.Column("chat_id", BIG, nullable=False),
        sa.Column("telegram_message_id", BIG, nullable=False),
        sa.Column("message_id", BIG, nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "telegram_message_id", name=op.f("pk_copy")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_copy_message_id"), "copy", ["message_id"], unique=False)
    op.create_table(
        "counter",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", BIG, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
    )
    op.create_table(
        "dead_update",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("update_id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dead_update")),
    )
    op.create_table(
        "handled",
        sa.Column("meaning", sa.String(), nullable=False),
        sa.Column("update_id", BIG, nullable=False),
        sa.Column("batch", BIG, nullable=False),
        sa.PrimaryKeyConstraint("meaning", name=op.f("pk_handled")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_handled_batch"), "handled", ["batch"], unique=False)
    op.create_table(
        "held",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("message_id", BIG, nullable=True),
        sa.Column("arrived_at", BIG, nullable=False),
        sa.Column("drop_at", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held")),
    )
    op.create_index(op.f("ix_held_account_id"), "held", ["account_id"], unique=False)
    op.create_index(op.f("ix_held_drop_at"), "held", ["drop_at"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("message_id", BIG, nullable=False),
        sa.Column("chat_id", BIG, nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("upload", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("expires_at", BIG, nullable=True),
        sa.Column("hold_until", BIG, server_default="0", nullable=False),
        sa.Column("lease_until", BIG, server_default="0", nullable=False),
        sa.Column("tried_at", BIG, server_default="0", nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("repeats", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error", sa.String(), server_default="", nullable=False),
        sa.Column("created_at", BIG, nullable=False),
        sa.Column("settled_at", BIG, nullable=True),
        sa.CheckConstraint(
            "\"state\" IN ('pending', 'sending', 'sent', 'unknown', 'failed', 'expired')", name=op.f("ck_outbox_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index(op.f("ix_outbox_chat_id"), "outbox", ["chat_id"], unique=False)
    op.create_index(op.f("ix_outbox_message_id"), "outbox", ["message_id"], unique=False)
    op.create_index(
        "ix_outbox_pending",
        "outbox",
        ["priority", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index(
        "ix_outbox_sending",
        "outbox",
        ["chat_id"],
        unique=False,
        sqlite_where=sa.text("state = 'sending'"),
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["chat_id", "priority", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_table(
        "person",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("account_id", BIG, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(), server_default="", nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("address", sa.String(), server_default="formal", nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("quiet_from", sa.String(), server_default="21:30", nullable=False),
        sa.Column("quiet_until", sa.String(), server_default="07:30", nullable=False),
        sa.Column("joined_at", BIG, nullable=True),
        sa.Column("created_at", BIG, nullable=False),
        sa.Column("removed_at", BIG, nullable=True),
        sa.CheckConstraint("\"kind\" IN ('therapist', 'caregiver')", name=op.f("ck_person_kind")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_person_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_person_account_id"), "person", ["account_id"], unique=False)
    op.create_table(
        "access",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("child_id", BIG, nullable=False),
        sa.Column("right", sa.String(), nullable=False),
        sa.Column("from_at", BIG, nullable=False),
        sa.Column("until_at", BIG, nullable=True),
        sa.CheckConstraint("\"right\" IN ('care', 'treat')", name=op.f("ck_access_right")),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_access_child_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_access_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access")),
    )
    op.create_index(op.f("ix_access_child_id"), "access", ["child_id"], unique=False)
    op.create_index(op.f("ix_access_person_id"), "access", ["person_id"], unique=False)
    op.create_table(
        "alert",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("child_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("press", BIG, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("danger", sa.String(), server_default="", nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.Column("false_alarm_at", BIG, nullable=True),
        sa.Column("seen_at", BIG, nullable=True),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_alert_child_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_alert_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_alert_child_id"), "alert", ["child_id"], unique=False)
    op.create_index(op.f("ix_alert_person_id"), "alert", ["person_id"], unique=False)
    op.create_index(op.f("ix_alert_press"), "alert", ["press"], unique=False)
    op.create_table(
        "consent",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("given", sa.Integer(), nullable=False),
        sa.Column("text_version", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_person_id"), "consent", ["person_id"], unique=False)
    op.create_table(
        "digest",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("local_date", sa.String(), nullable=False),
        sa.Column("data_until", BIG, nullable=False),
        sa.Column("children", sa.Text(), nullable=False),
        sa.Column("message_id", BIG, nullable=True),
        sa.Column("opened_at", BIG, nullable=True),
        sa.Column("made_at", BIG, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_digest_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest")),
    )
    op.create_index(op.f("ix_digest_person_id"), "digest", ["person_id"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("created_at", BIG, nullable=False),
        sa.Column("expires_at", BIG, nullable=False),
        sa.Column("used_at", BIG, nullable=True),
        sa.Column("used_by", BIG, nullable=True),
        sa.Column("cancelled_at", BIG, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_invitation")),
    )
    op.create_index(op.f("ix_invitation_person_id"), "invitation", ["person_id"], unique=False)
    op.create_table(
        "job",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("payload", sa.Text(), server_default="{}", nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("state", sa.String(), server_default="waiting", nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("run_after", BIG, nullable=False),
        sa.Column("created_at", BIG, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_job_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("key", name=op.f("uq_job_key")),
    )
    op.create_index(op.f("ix_job_person_id"), "job", ["person_id"], unique=False)
    op.create_table(
        "note",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("child_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("media_kind", sa.String(), nullable=True),
        sa.Column("media_file_id", sa.Text(), nullable=True),
        sa.Column("media_seconds", sa.Integer(), nullable=True),
        sa.Column("album", sa.String(), nullable=True),
        sa.Column("sure", sa.Integer(), server_default="1", nullable=False),
        sa.Column("message_id", BIG, nullable=True),
        sa.Column("answered_at", BIG, nullable=True),
        sa.Column("recorded_at", BIG, nullable=False),
        sa.CheckConstraint("\"kind\" IN ('note', 'win', 'hard', 'question')", name=op.f("ck_note_kind")),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_note_child_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_note_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index("ix_note_child_recorded", "note", ["child_id", "recorded_at"], unique=False)
    op.create_index(op.f("ix_note_person_id"), "note", ["person_id"], unique=False)
    op.create_table(
        "rest",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("from_date", sa.String(), nullable=False),
        sa.Column("until_date", sa.String(), nullable=False),
        sa.Column("created_at", BIG, nullable=False),
        sa.Column("ended_at", BIG, nullable=True),
        sa.CheckConstraint("\"kind\" IN ('pause', 'busy', 'ill')", name=op.f("ck_rest_kind")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_rest_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rest")),
    )
    op.create_index(op.f("ix_rest_person_id"), "rest", ["person_id"], unique=False)
    op.create_table(
        "schedule",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("child_id", BIG, nullable=True),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("days", sa.String(), nullable=False),
        sa.Column("time", sa.String(), nullable=False),
        sa.Column("starts_on", sa.String(), nullable=False),
        sa.Column("ends_on", sa.String(), nullable=True),
        sa.Column("tell_at", BIG, nullable=True),
        sa.Column("ended_at", BIG, nullable=True),
        sa.Column("created_at", BIG, nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_schedule_child_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_schedule_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule")),
    )
    op.create_index(op.f("ix_schedule_child_id"), "schedule", ["child_id"], unique=False)
    op.create_index(op.f("ix_schedule_person_id"), "schedule", ["person_id"], unique=False)
    op.create_index(
        "ix_schedule_tell",
        "schedule",
        ["tell_at"],
        unique=False,
        sqlite_where=sa.text("tell_at IS NOT NULL"),
        postgresql_where=sa.text("tell_at IS NOT NULL"),
    )
    op.create_table(
        "check_in",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("schedule_id", BIG, nullable=True),
        sa.Column("child_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("template_version", sa.Integer(), nullable=False),
        sa.Column("local_date", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("due_at", BIG, nullable=False),
        sa.Column("sent_at", BIG, nullable=True),
        sa.Column("closes_at", BIG, nullable=False),
        sa.Column("late_until", BIG, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_reason", sa.String(), server_default="", nullable=False),
        sa.Column("question", sa.String(), server_default="", nullable=False),
        sa.Column("awaits_words", sa.Integer(), server_default="0", nullable=False),
        sa.Column("asked_at", BIG, nullable=False),
        sa.Column("message_id", BIG, nullable=True),
        sa.Column("step", sa.Text(), server_default="", nullable=False),
        sa.Column("short", sa.Integer(), server_default="0", nullable=False),
        sa.Column("nudge_at", BIG, nullable=True),
        sa.Column("nudge", sa.String(), server_default="", nullable=False),
        sa.Column("finished_at", BIG, nullable=True),
        sa.Column("created_at", BIG, nullable=False),
        sa.CheckConstraint(
            "\"state\" IN ('due', 'open', 'done', 'partial', 'expired', 'skipped', 'excused', 'missed')",
            name=op.f("ck_check_in_state"),
        ),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_check_in_child_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_check_in_person_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["schedule_id"], ["schedule.id"], name=op.f("fk_check_in_schedule_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint("schedule_id", "local_date", "slot", name=op.f("uq_check_in_schedule_id_local_date_slot")),
    )
    op.create_index(
        "ix_check_in_awaits",
        "check_in",
        ["person_id"],
        unique=False,
        sqlite_where=sa.text("awaits_words = 1"),
        postgresql_where=sa.text("awaits_words = 1"),
    )
    op.create_index("ix_check_in_child_date", "check_in", ["child_id", "local_date"], unique=False)
    op.create_index("ix_check_in_message", "check_in", ["message_id"], unique=False)
    op.create_index(
        "ix_check_in_nudge",
        "check_in",
        ["nudge_at"],
        unique=False,
        sqlite_where=sa.text("nudge_at IS NOT NULL"),
        postgresql_where=sa.text("nudge_at IS NOT NULL"),
    )
    op.create_index(
        "ix_check_in_open",
        "check_in",
        ["closes_at"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index("ix_check_in_person_state", "check_in", ["person_id", "state"], unique=False)
    op.create_table(
        "due",
        sa.Column("schedule_id", BIG, nullable=False),
        sa.Column("local_date", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("due_at", BIG, nullable=False),
        sa.Column("opened", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["schedule_id"], ["schedule.id"], name=op.f("fk_due_schedule_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("schedule_id", "local_date", "slot", name=op.f("pk_due")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_due_waiting",
        "due",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("opened = 0"),
        postgresql_where=sa.text("opened = 0"),
    )
    op.create_table(
        "answer",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("check_in_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("media_kind", sa.String(), nullable=True),
        sa.Column("media_file_id", sa.Text(), nullable=True),
        sa.Column("media_seconds", sa.Integer(), nullable=True),
        sa.Column("skipped", sa.Integer(), server_default="0", nullable=False),
        sa.Column("late", sa.Integer(), server_default="0", nullable=False),
        sa.Column("answered_at", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["check_in_id"], ["check_in.id"], name=op.f("fk_answer_check_in_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_answer_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint(
            "check_in_id", "question", "person_id", name=op.f("uq_answer_check_in_id_question_person_id")
        ),
    )
    op.create_index(op.f("ix_answer_person_id"), "answer", ["person_id"], unique=False)
    op.create_table(
        "inbound",
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("telegram_message_id", BIG, nullable=False),
        sa.Column("answer_id", BIG, nullable=True),
        sa.Column("note_id", BIG, nullable=True),
        sa.Column("held_id", BIG, nullable=True),
        sa.Column("album", sa.String(), nullable=True),
        sa.Column("at", BIG, nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_inbound_answer_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["held_id"], ["held.id"], name=op.f("fk_inbound_held_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name=op.f("fk_inbound_note_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "telegram_message_id", name=op.f("pk_inbound")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_inbound_album",
        "inbound",
        ["account_id", "album"],
        unique=False,
        sqlite_where=sa.text("album IS NOT NULL"),
        postgresql_where=sa.text("album IS NOT NULL"),
    )
    op.create_index(
        "ix_inbound_answer_id",
        "inbound",
        ["answer_id"],
        unique=False,
        sqlite_where=sa.text("answer_id IS NOT NULL"),
        postgresql_where=sa.text("answer_id IS NOT NULL"),
    )
    op.create_index(
        "ix_inbound_held_id",
        "inbound",
        ["held_id"],
        unique=False,
        sqlite_where=sa.text("held_id IS NOT NULL"),
        postgresql_where=sa.text("held_id IS NOT NULL"),
    )
    op.create_index(
        "ix_inbound_note_id",
        "inbound",
        ["note_id"],
        unique=False,
        sqlite_where=sa.text("note_id IS NOT NULL"),
        postgresql_where=sa.text("note_id IS NOT NULL"),
    )
    op.create_table(
        "revision",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("answer_id", BIG, nullable=True),
        sa.Column("note_id", BIG, nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("media_kind", sa.String(), nullable=True),
        sa.Column("media_file_id", sa.Text(), nullable=True),
        sa.Column("recorded_at", BIG, nullable=False),
        sa.Column("replaced_at", BIG, nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_revision_answer_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name=op.f("fk_revision_note_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    op.create_index(op.f("ix_revision_answer_id"), "revision", ["answer_id"], unique=False)
    op.create_index(op.f("ix_revision_note_id"), "revision", ["note_id"], unique=False)
