"""Killed at every step of a restore and of a key's rotation: there is one whole database, and the next try succeeds."""

from __future__ import annotations

import asyncio
import base64
import json
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.storage import backup, schema, updates
from bot.storage.opening import open_database
from bot.storage.seal import Seal
from tests.support.clinic import KEY as BEFORE
from tests.support.clinic import Clinic
from tests.support.process import ROOT, Installation

IN_FILE = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="  # tests.support.clinic.KEY
UPDATE = 4711


@pytest.fixture
async def template(tmp_path: Path) -> Path:
    """A folder with its key and a database that holds Mika and an update that waits, sealed."""
    folder = tmp_path / "clinic"
    folder.mkdir()
    (folder / "key").write_text(IN_FILE)
    await put(folder, 1, "Mika")
    return folder


async def put(folder: Path, number: int, name: str) -> None:
    db = await open_database(f"sqlite+aiosqlite:///{folder}/homenotes.db", BEFORE)
    clinic = Clinic(db)
    await clinic.put(schema.child, id=number, name=name, created_at=1)
    sealed = Seal(BEFORE).seal("{}", bound_to=updates.bound_to(UPDATE))
    await clinic.put(schema.dead_update, id=number, update_id=UPDATE, error="KeyError", payload=sealed, at=1)
    await db.close()


@pytest.fixture
def stride(request: pytest.FixtureRequest) -> int:
    """Every twelfth step, others each time; each with `--every-boundary` (`make simulate`)."""
    return 1 if request.config.getoption("every_boundary", False) else 12


async def killed_everywhere(home: Installation, template: Path, stride: int, *words: str) -> list[dict[str, Any]]:
    """What was found after each death; the last one lived to its end."""
    environment = home.environment(DATA_DIR=".", ENCRYPTION_KEY="", PYTHONPATH=str(ROOT))
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.support.killed",
        str(template),
        str(stride),
        *words,
        env=environment,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()[-3000:]
    told = [json.loads(line) for line in out.splitlines()]
    assert told[-1]["first"]["code"] == 0, told[-1]["first"]
    return told


def names(ran: dict[str, Any]) -> list[str]:
    assert ran["code"] == 0, ran
    return [child["name"] for child in json.loads(ran["out"])["children"]]


@pytest.mark.timeout(400)
async def test_a_rotation_killed_anywhere_opens_with_one_key_and_says_which(
    home: Installation, template: Path, stride: int
) -> None:
    told = await killed_everywhere(home, template, stride, "rotate-key")
    with_new = 0
    for one in told:
        step = f"step {one['step']}: {one['first']['killed']}"
        assert one["check"]["code"] == 0, (step, one["check"])
        assert names(one["export"]) == ["Mika"], step
        if "key.new" in one["files"]:
            with_new += "opens_with=key.new" in one["check"]["err"]
            assert "key_rotation_interrupted" in one["check"]["err"], step
        if "again" in one:
            assert (one["again"]["code"], one["check_again"]["code"]) == (0, 0), (step, one["again"])
            kept = {"homenotes.db", "homenotes.db.commands", "homenotes.db.lock", "key", "key.old"}
            assert set(one["files_again"]) == kept, step
    assert told[-1]["step"] > 40
    assert with_new > 0


@pytest.mark.timeout(400)
async def test_a_restore_killed_anywhere_leaves_the_old_data_or_the_new(
    home: Installation, template: Path, stride: int
) -> None:
    backup.make(template / "homenotes.db", BEFORE, template / "backup.db")
    await put(template, 2, "Noa")
    told = await killed_everywhere(home, template, stride, "restore", "backup.db", "--replace")
    for one in told:
        step = f"step {one['step']}: {one['first']['killed']}"
        assert one["check"]["code"] == 0, (step, one["check"])
        assert names(one["export"]) in (["Mika", "Noa"], ["Mika"]), step
        if "again" in one:
            assert (one["again"]["code"], one["check_again"]["code"]) == (0, 0), (step, one["again"])
            assert "homenotes.db.restoring" not in one["files_again"], step
    assert told[-1]["step"] > 40
    assert names(told[0]["export"]) == ["Mika", "Noa"]
    assert names(told[-1]["export"]) == ["Mika"]


async def test_what_is_sealed_opens_with_the_new_key(home: Installation, template: Path) -> None:
    home.folder, home.settings = template, {}
    code, _out, err = await home.command("rotate-key")
    assert code == 0, err
    new = base64.b64decode((template / "key").read_text())
    assert new != BEFORE
    db = await open_database(f"sqlite+aiosqlite:///{template}/homenotes.db", new)
    try:
        [row] = await db.read(lambda tx: tx.rows(sa.select(schema.dead_update)))
    finally:
        await db.close()
    assert Seal(new).open(row["payload"], bound_to=updates.bound_to(UPDATE)) == "{}"
