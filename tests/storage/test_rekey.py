"""Another key: nobody else may be there, everything sealed is sealed anew, and an older key still opens its backups."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
import structlog

from bot import cli, config, keyfile
from bot.storage import lock, opening, schema, updates
from bot.storage.database import Damaged, Database
from bot.storage.opening import open_database
from bot.storage.seal import Seal
from tests.support.clinic import Clinic
from tests.support.databases import KEY

Run = Callable[..., tuple[int, str, list[str]]]


@pytest.fixture
def run(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """A command on that database, its key in the file."""
    for name in config.Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:abcdefghijklmnopqrstuvwxyz")
    monkeypatch.setenv("TELEGRAM_API_BASE_URL", "http://127.0.0.1:9/bot")
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    (tmp_path / "key").write_bytes(base64.b64encode(KEY))
    root = logging.getLogger()
    before, level = root.handlers[:], root.level

    def once(*words: str) -> tuple[int, str, list[str]]:
        code = cli.main(list(words))
        out, err = capsys.readouterr()
        return code, out, err.splitlines()

    yield once
    root.handlers[:] = before
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


async def with_database(url: str, key: bytes, number: int) -> list[str]:
    """Put a sealed update in; returns what of all can be opened."""
    seal = Seal(key)
    db: Database = await open_database(url, key)
    try:
        sealed = seal.seal(f"update {number}", bound_to=updates.bound_to(number))
        await Clinic(db).put(schema.dead_update, id=number, update_id=number, error="KeyError", payload=sealed, at=1)
        rows = await db.read(lambda tx: tx.rows(sa.select(schema.dead_update).order_by(schema.dead_update.c.id)))
    finally:
        await db.close()
    return [seal.open(row["payload"], bound_to=updates.bound_to(row["update_id"])) for row in rows]


def test_everything_sealed_opens_with_the_new_key_alone(run: Run, database_url: str, tmp_path: Path) -> None:
    asyncio.run(with_database(database_url, KEY, 1))
    code, out, err = run("rotate-key")
    assert (code, err) == (0, [])
    assert str(tmp_path / "key.old") in out
    new = keyfile.read(tmp_path / "key")
    assert (new != KEY, keyfile.read(tmp_path / "key.old")) == (True, KEY)
    for name in ("key", "key.old"):
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    assert asyncio.run(with_database(database_url, new, 2)) == ["update 1", "update 2"]
    assert run("check")[0] == 0
    assert opening.fits(database_url, new)
    assert not opening.fits(database_url, KEY)
    with pytest.raises(Damaged):
        opening.migrate(database_url, KEY)


def test_a_backup_made_two_keys_ago_can_still_be_restored(run: Run, database_url: str, tmp_path: Path) -> None:
    if not database_url.startswith("sqlite"):
        pytest.skip("a server has its own backups")
    asyncio.run(with_database(database_url, KEY, 1))
    assert run("backup", str(tmp_path / "oldest.db"))[0] == 0
    for _ in range(2):
        assert run("rotate-key")[0] == 0
    assert keyfile.formers(tmp_path / "key")[1:] == [KEY]
    assert (tmp_path / "key.old").stat().st_mode & 0o777 == 0o600
    assert run("restore", str(tmp_path / "oldest.db"), "--replace")[0] == 0
    assert run("check")[0] == 0


def test_a_key_that_others_may_read_is_named_and_one_that_is_none_is_not_shown(
    run: Run, database_url: str, tmp_path: Path
) -> None:
    opening.migrate(database_url, KEY)
    key = tmp_path / "key"
    key.chmod(0o640)
    assert f"others on this machine may read {key}: chmod 600 {key}" in run("check")[1]
    key.chmod(0o600)
    assert "others" not in run("check")[1]
    key.write_bytes(b"\x91" * 32)
    assert run("check") == (78, "", [f"ENCRYPTION_KEY: the file {key}: is not base64"])


def test_it_wants_nobody_beside_it(run: Run, database_url: str, tmp_path: Path) -> None:
    opening.migrate(database_url, KEY)
    with lock.alone(database_url):
        assert run("rotate-key") == (1, "", ["rotate-key: the bot is running on this database; stop it first"])
    if database_url.startswith("sqlite"):
        with lock.beside(database_url):
            [line] = run("rotate-key")[2]
            assert line == "rotate-key: another command works with the database; try again when it is done"
        with lock.only(database_url):
            [line] = run("status")[2]
            assert line == "a restore or a rotation of the key is under way; try again when it is done"
    assert keyfile.read(tmp_path / "key") == KEY
    assert run("rotate-key")[0] == 0


def test_one_that_fails_leaves_the_old_key(
    run: Run, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening.migrate(database_url, KEY)

    def fails(*_args: object) -> None:
        raise OSError(28, "No space left on device", "homenotes.db")

    with monkeypatch.context() as patched:
        patched.setattr("bot.cli.keys._encrypt", fails)
        assert run("rotate-key") == (1, "", ["homenotes.db: No space left on device"])
    assert sorted(path.name for path in tmp_path.glob("key*")) == ["key"]
    assert run("check")[0] == 0


def on_record(run: Run) -> list[str]:
    assert run("audit", "verify")[0] == 0
    return [one["kind"] for one in json.loads(run("audit", "show", "--json")[1])]


def test_it_is_on_record_once_and_only_where_the_new_key_is(
    run: Run, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening.migrate(database_url, KEY)

    def dies(*_args: object) -> None:
        raise KeyboardInterrupt

    if database_url.startswith("sqlite"):
        with monkeypatch.context() as patched:
            patched.setattr("bot.storage.rekey.swap", dies)
            assert run("rotate-key")[0] == 130
        assert on_record(run) == []
    with monkeypatch.context() as patched:
        patched.setattr("bot.keyfile.promote", dies)
        assert run("rotate-key")[0] == 130
    assert on_record(run) == ["key changed"]
    assert run("rotate-key")[0] == 0  # comes to its end
    assert on_record(run) == ["key changed"]


def test_without_a_database_there_is_only_a_new_key(run: Run, database_url: str) -> None:
    assert run("rotate-key")[0] == 0
    assert run("check")[0] == 0
