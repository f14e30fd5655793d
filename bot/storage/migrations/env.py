"""Run by Alembic on the connection that `bot.storage.opening` hands over."""

from __future__ import annotations

from alembic import context

from bot.storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # else a migration that worked may silently not be committed
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
