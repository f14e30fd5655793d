"""The schema in the code, the scripts, and what stands in a migrated database are one, on both engines."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.storage import opening
from bot.storage.schema import HEAD, Words, metadata
from tests.support.databases import KEY

# Text that is no words of people: keys and numbers of ours as JSON, and what is sealed with a key of its own.
_NO_WORDS = {
    "answer.value",
    "revision.value",
    "digest.children",
    "job.payload",
    "dead_update.payload",
}
# What short texts of the program's own choice are called: kinds, keys, languages, local dates and times.
_CHOSEN = re.compile(
    r"""(\w+_)?(kind|state|date|reason|key|hash|version)|quiet_(from|until)|(starts|ends)_on
    |preset|address|album|asking|birth_month|danger|(planned_)?days|error|gender|language|meaning|menu|method|nudge|purpose|question|right|role
    |slot|part|source|template|time|timezone|weekend|routine|barrier|band|observed|level|topics|(from|until)_time""",
    re.VERBOSE,
)


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(opening.SCRIPTS))
    return ScriptDirectory.from_config(config)


def test_the_newest_script_is_the_one_that_the_code_asks_for() -> None:
    assert _scripts().get_heads() == [HEAD]


def test_scripts_stand_in_one_line_and_are_named_by_their_number() -> None:
    scripts = list(_scripts().walk_revisions())
    assert [one.down_revision for one in scripts] == [*[one.revision for one in scripts[1:]], None]
    for one in scripts:
        assert Path(one.path).name.startswith(f"{one.revision}_")


def test_a_migrated_database_is_the_schema_of_the_code(database_url: str) -> None:
    opening.migrate(database_url, KEY)
    with opening._connected(database_url, KEY) as connection:
        options: dict[str, Any] = {"compare_type": True, "compare_server_default": _other_default}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def _other_default(context: MigrationContext, *given: Any) -> bool | None:
    """Alembic's own comparison (None asks for it) does not know SQLite's `('')` for `''`."""
    _column, _in_code, in_database, wanted, _rendered = given
    if context.dialect.name != "sqlite" or in_database is None or wanted is None:
        return None
    return str(in_database).strip("()'") != str(wanted.arg)


def test_checks_and_partial_indexes_are_in_the_database_too(database_url: str) -> None:
    """What the comparison does not look at."""
    opening.migrate(database_url, KEY)
    with opening._connected(database_url, KEY) as connection:
        looked = sa.inspect(connection)
        for table in metadata.tables.values():
            wanted = {str(c.name) for c in table.constraints if isinstance(c, sa.CheckConstraint)}
            assert {str(one["name"]) for one in looked.get_check_constraints(table.name)} == wanted
            partial = f"{connection.dialect.name}_where"
            there = {one["name"]: one.get("dialect_options", {}) for one in looked.get_indexes(table.name)}
            for index in table.indexes:
                wanted_where = index.dialect_options["sqlite"]["where"] is not None  # one says it for both
                assert (partial in there[str(index.name)]) == wanted_where, index.name


def test_ids_that_are_never_given_twice_are_not_on_sqlite(sqlite_url: str) -> None:
    opening.migrate(sqlite_url, KEY)
    with opening._connected(sqlite_url, KEY) as connection:
        made = {str(row[0]): str(row[1]) for row in connection.exec_driver_sql("SELECT name, sql FROM sqlite_master")}
    for table in metadata.tables.values():
        assert ("AUTOINCREMENT" in made[table.name]) == bool(table.dialect_options["sqlite"]["autoincrement"])


def test_words_of_people_stand_in_words_columns_and_nowhere_else() -> None:
    """A new text column is either `Words`, or looked at and put on the list above."""
    texts = {f"{c.table.name}.{c.name}": c.type for t in metadata.tables.values() for c in t.columns if _text(c.type)}
    words = {name for name, kind in texts.items() if isinstance(kind, Words)}
    long = {name for name, kind in texts.items() if isinstance(kind, sa.Text)}
    assert long == _NO_WORDS
    short = set(texts) - words - long
    assert {name for name in short if not _CHOSEN.fullmatch(name.partition(".")[2])} == {"counter.name"}
    assert {"person.name", "child.name", "home_step.text", "answer.text", "note.text", "held.payload"} < words
    assert {"revision.text", "outbox.payload", "check_in.step", "child.case_key"} < words


def _text(kind: Any) -> bool:
    return isinstance(kind, Words | sa.String)
