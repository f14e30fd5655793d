"""The one line that a child had to practise becomes a step of its own, with all that was told of it."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from bot.storage import opening, sealing
from tests.support.databases import KEY

DAY = 86_400_000
_CHILD = sa.text("INSERT INTO child (id, name, home_step, created_at) VALUES (:id, :name, :step, :at)")
_PERSON = sa.text(
    "INSERT INTO person (id, kind, name, language, timezone, created_at) VALUES (1, 'caregiver', 'Ana', 'en', 'UTC', 1)"
)
_CHECK_IN = sa.text(
    "INSERT INTO check_in (id, child_id, person_id, template, template_version, local_date, slot, due_at, closes_at,"
    " late_until, state, asked_at, step, created_at)"
    " VALUES (:id, 1, 1, 'pulse', 1, '2027-03-02', '19:30', 1, 2, 3, 'done', 1, :step, 1)"
)
_ANSWER = sa.text("INSERT INTO answer (id, check_in_id, person_id, question, answered_at) VALUES (1, 10, 1, 'step', 1)")


def _upgrade(connection: sa.Connection, to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(opening.SCRIPTS))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _filled(connection: sa.Connection) -> None:
    _upgrade(connection, "0001")
    connection.execute(_CHILD, {"id": 1, "name": "Mika", "step": "Two pictures", "at": 19_783 * DAY})
    connection.execute(_CHILD, {"id": 2, "name": "Noa", "step": "", "at": 1})
    connection.execute(_PERSON)
    for number, step in ((10, "Two pictures"), (11, "Something older"), (12, "")):
        connection.execute(_CHECK_IN, {"id": number, "step": step})
    connection.execute(_ANSWER)


@pytest.fixture
def upgraded(empty_url: str) -> dict[str, list[Any]]:
    with opening._connected(empty_url, KEY) as connection, connection.begin():
        _filled(connection)
    opening.migrate(empty_url, KEY)
    with opening._connected(empty_url, KEY) as connection:
        tables = ("home_step", "home_step_plan", "answer")
        rows: dict[str, list[Any]] = {
            name: connection.execute(sa.text(f"SELECT * FROM {name}")).mappings().all()  # noqa: S608 - ours
            for name in tables
        }
        [step] = rows["home_step"]
        text = step["text"]
        if connection.dialect.name == "postgresql":
            text = sealing.Cipher(KEY).open_at(text, f"home_step.text {step['id']}")
        rows["home_step"] = [{**step, "text": text}]
        rows["check_in"] = connection.execute(sa.text("SELECT id, home_step_id FROM check_in ORDER BY id")).all()
        rows["columns"] = [one["name"] for one in sa.inspect(connection).get_columns("child")]
    return rows


def test_it_is_planned_for_every_day_since_the_child_is_here(upgraded: dict[str, list[Any]]) -> None:
    [step] = upgraded["home_step"]
    [plan] = upgraded["home_step_plan"]
    assert (step["child_id"], step["text"], step["routine"], step["from_date"]) == (
        1,
        "Two pictures",
        "other",
        "2024-03-01",
    )
    assert (plan["home_step_id"], plan["from_date"], plan["days"]) == (step["id"], "2024-03-01", "0123456")
    assert "home_step" not in upgraded["columns"]


def test_what_was_asked_about_it_stays_and_knows_its_step(upgraded: dict[str, list[Any]]) -> None:
    [step] = upgraded["home_step"]
    assert [tuple(row) for row in upgraded["check_in"]] == [(10, step["id"]), (11, None), (12, None)]
    assert [row["check_in_id"] for row in upgraded["answer"]] == [10]
