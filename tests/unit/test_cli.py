"""The command line: exit codes, what goes to which stream, one line for every error."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot import app as program
from bot import cli, config
from bot.cli import saying
from bot.delivering.dispatcher import Unauthorized
from bot.domain import vital_signs
from bot.receiving.polling import TokenRefused
from bot.storage import counts
from bot.storage.database import Conflict, Damaged, DatabaseError, Unavailable
from bot.storage.lock import AlreadyRunning, poller_lock
from bot.storage.opening import NewerSchema, OlderSchema
from bot.storage.schema import HEAD

TOKEN = "123456:abcdefghijklmnopqrstuvwxyz"
NOBODY = "http://127.0.0.1:9/bot"

Run = Callable[..., tuple[int, str, list[str]]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """`run("status", "--json")` -> exit code, standard output, lines of standard error but the log's."""
    for name in config.Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_API_BASE_URL", NOBODY)
    monkeypatch.setenv("LOG_LEVEL", "error")
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


def test_version(run: Run) -> None:
    assert run("--version") == (0, "homenotes 0.1.0\n", [])


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("nope",),
        ("run", "--fast"),
        ("therapist",),
        ("therapist", "add"),
        ("therapist", "remove", "one"),
        ("export",),
        ("export", "--all", "--child", "1"),
        ("export", "--all", "--format", "xml"),
        ("therapist", "add", "A", "--language", "xx"),
        ("therapist", "add", "A", "--timezone", "Mars"),
        ("therapist", "add", " "),
        ("therapist", "add", "\x1b\n\u202e"),
    ],
)
def test_wrong_words_exit_2(words: tuple[str, ...], run: Run) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert err
    assert not any("Traceback" in line for line in err)


@pytest.mark.parametrize(
    "words", [("run",), ("status",), ("check",), ("migrate",), ("therapist", "list"), ("export", "--all")]
)
def test_wrong_settings_exit_78_and_start_nothing(
    words: tuple[str, ...], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")
    monkeypatch.setenv("COUNTRY", "XX")
    code, out, err = run(*words)
    assert (code, out) == (78, "")
    assert [line.partition(":")[0] for line in err] == ["TELEGRAM_BOT_TOKEN", "COUNTRY"]
    assert not list(tmp_path.iterdir())


def test_a_therapist_becomes_an_admin_and_is_one_no_more(run: Run) -> None:
    run("migrate")
    run("therapist", "add", "Dana")
    assert run("therapist", "admin", "1")[:2] == (0, "therapist 1 is an admin\n")
    assert json.loads(run("therapist", "list", "--json")[1])[0]["admin"] is True
    assert run("therapist", "admin", "1", "--off")[:2] == (0, "therapist 1 is no admin any more\n")
    assert run("therapist", "admin", "99")[0] == 1


def test_a_therapist_is_suspended_and_given_back_once(run: Run) -> None:
    run("migrate")
    run("therapist", "add", "Dana")
    assert run("therapist", "suspend", "1")[:2] == (0, "therapist 1 suspended\n")
    assert run("therapist", "suspend", "1")[0] == 1
    assert run("therapist", "resume", "1")[:2] == (0, "therapist 1 is back\n")
    assert run("therapist", "resume", "1")[0] == 1


def on_record(run: Run) -> list[str]:
    assert run("audit", "verify")[0] == 0
    return [one["kind"] for one in json.loads(run("audit", "show", "--json")[1])]


def test_what_the_clinic_changes_and_copies_is_on_record(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    run("migrate")
    assert on_record(run) == []
    run("therapist", "add", "Dana")
    run("therapist", "email", "1", "dana@example.org")
    run("therapist", "email", "99", "dana@example.org")
    run("templates", "import", "own.yaml")
    run("templates", "import", "own.yaml")
    assert run("backup", "copy.db")[0] == 0
    assert run("backup", "copy.db")[0] == 1
    assert on_record(run) == ["seat made", "seat changed", "template changed", "backup made"]
    assert run("audit", "show", "--person", "1")[1].endswith("clinic: seat changed, person 1\n")


OWN = """key: our_evening
version: 1
window_minutes: 240
words:
  en: {name: Our evening, song: "Did you sing?", song-short: Sang, song-yes: "Yes", song-no: Not today}
questions:
  - {key: song, type: one, choices: ["yes", "no"]}
"""


def test_templates_are_checked_taken_as_versions_and_written_again(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(OWN, encoding="utf-8")
    assert run("templates", "check", "own.yaml") == (0, "our_evening: 1 questions\n", [])
    run("migrate")
    assert run("templates", "import", "own.yaml")[:2] == (0, "our_evening: version 1\n")
    assert run("templates", "import", "own.yaml")[:2] == (0, "our_evening: version 1\n")
    file.write_text(OWN.replace("Did you sing?", "A song?"), encoding="utf-8")
    assert run("templates", "import", "own.yaml")[:2] == (0, "our_evening: version 2\n")
    code, written, _ = run("templates", "export", "our_evening")
    assert (code, "A song?" in written, "version: 2" in written) == (0, True, True)
    file.write_text(written, encoding="utf-8")
    assert run("templates", "import", "own.yaml")[:2] == (0, "our_evening: version 2\n")
    assert run("templates", "export", "pulse")[0] == 0
    assert run("templates", "export", "nothing")[0] == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (OWN.replace("our_evening", "pulse"), "pulse is the library's own"),
        (OWN.replace("song-no", "song-never"), "words: nothing for song-no"),
        (OWN.replace('"no"]', '"no"], flags: {"yes": nonsense}'), "flags has no nonsense"),
        (OWN.replace("type: one", "type: many\n\t"), "own.yaml"),
    ],
)
def test_a_template_that_is_wrong_says_where(wrong: str, said: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(wrong, encoding="utf-8")
    code, out, err = run("templates", "import", "own.yaml")
    assert (code, out) == (1, "")
    assert said in " ".join(err)
    assert len(err) == 1


def test_migrate_check_and_status_on_a_new_installation(run: Run) -> None:
    assert run("check")[0] == 1
    assert run("migrate")[:2] == (0, f"schema empty -> {HEAD}\n")
    assert run("check") == (0, "all in order: settings, key, schema, database\n", [])
    code, out, err = run("status", "--json")
    assert (code, err) == (0, [])
    found = json.loads(out)
    assert found["families"] == found["dead_updates"] == found["open_checkins"] == 0
    assert (found["outbox"], found["last_poll_age_s"], found["schema"]) == ({}, None, HEAD)
    assert found["backup_hook"] is found["last_backup_age_s"] is None
    assert (found["prompts"], found["reasons"]) == ({"sent": 0, "late_p50_ms": None, "late_p99_ms": None}, {})
    assert run("status")[0] == 0


def test_the_poll_is_counted_under_one_name() -> None:
    assert vital_signs.LAST_POLL == counts.LAST_POLL


def test_therapist_is_added_listed_and_removed(run: Run) -> None:
    code, out, err = run("therapist", "add", "Dr. Ana", "--timezone", "Europe/Berlin", "--json")
    made = json.loads(out)
    assert (code, err) == (0, [])
    assert made.keys() == {"therapist", "code", "link"}
    assert made["link"] is None
    assert len(made["code"]) >= 43
    (listed,) = json.loads(run("therapist", "list", "--json")[1])
    assert (listed["id"], listed["name"], listed["timezone"]) == (made["therapist"], "Dr. Ana", "Europe/Berlin")
    assert run("therapist", "remove", str(made["therapist"]))[0] == 0
    assert json.loads(run("therapist", "list", "--json")[1]) == []
    assert run("therapist", "remove", str(made["therapist"]))[::2] == (1, ["therapist remove: there is no therapist 1"])


def test_a_therapists_name_is_one_line_whatever_was_pasted(run: Run) -> None:
    assert run("therapist", "add", "Eve\n\x1b[31mRed\u202e Hat\r")[0] == 0
    (listed,) = json.loads(run("therapist", "list", "--json")[1])
    assert listed["name"] == "Eve [31mRed Hat"


def test_fault_47_who_treats_the_families_of_one_who_leaves_is_said(run: Run, tmp_path: Path) -> None:
    """The seat is closed at once; a family that nobody treats then is counted aloud."""
    for name in ("Ana", "Eva"):
        assert run("therapist", "add", name)[0] == 0
    ana, eva = (one["id"] for one in json.loads(run("therapist", "list", "--json")[1]))
    header = "child,birth_month,caregiver,role,language,timezone,template,days,time,therapist"
    (tmp_path / "one.csv").write_text(f"{header}\nMika,,Ana,,,,,,,{ana}\n")
    assert run("families", "import", str(tmp_path / "one.csv"))[0] == 0
    nobody = f"therapist remove: there is no therapist {ana}, or {eva} is no other who has joined"
    assert run("therapist", "remove", str(ana), "--to", str(eva))[::2] == (1, [nobody])
    code, out, _err = run("therapist", "remove", str(ana))
    assert (code, out.splitlines()[0]) == (0, f"therapist {ana} removed")
    assert "families that nobody treats now: 1" in out
    [child] = json.loads(run("export", "--all")[1])["children"]
    assert run("therapist", "suspend", str(child["caregivers"][0]["id"]))[0] == 1, "a caregiver is no therapist"
    assert run("therapist", "suspend", str(eva))[:2] == (0, f"therapist {eva} suspended\n")


def test_a_family_of_which_the_next_therapist_is_one_is_named_and_waits(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nobody_left(*_: Any) -> list[Any]:
        return []

    async def two(*_: Any) -> list[int]:
        return [3, 7]

    assert run("therapist", "add", "Ana")[0] == 0
    monkeypatch.setattr("bot.domain.handing_over.family_of", two)
    monkeypatch.setattr("bot.domain.handing_over.hand_over_all", nobody_left)
    code, out, _err = run("therapist", "remove", "1", "--to", "2")
    assert code == 0
    assert "not handed over, for 2 is family of the child: 3, 7; name somebody else" in out


def test_link_has_the_bots_name(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Api(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.dumps({"ok": True, "result": {"username": "clinic_bot"}}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Api) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("TELEGRAM_API_BASE_URL", f"http://127.0.0.1:{server.server_port}/bot")
        made = json.loads(run("therapist", "add", "Ana", "--json")[1])
        server.shutdown()
    assert made["link"] == f"https://t.me/clinic_bot?start={made['code']}"


def test_export_to_standard_output_and_to_a_file(run: Run, tmp_path: Path) -> None:
    code, out, err = run("export", "--all")
    assert (code, err) == (0, [])
    assert json.loads(out) == {"format": "homenotes/1", "exported_at": json.loads(out)["exported_at"], "children": []}
    assert run("export", "--all", "--format", "csv", "-o", "all.csv")[:2] == (0, "")
    file = tmp_path / "all.csv"
    assert file.read_text("utf-8-sig").startswith("child_id,")
    assert file.stat().st_mode & 0o777 == 0o600
    code, out, err = run("export", "--all", "--format", "fhir")
    assert (code, json.loads(out)["type"], err) == (0, "collection", [])
    assert run("export", "--child", "7", "-o", "none.json")[::2] == (1, ["there is no child 7"])
    assert not list(tmp_path.glob("*none*"))


def test_export_into_a_folder_that_is_not_there(run: Run) -> None:
    code, _, err = run("export", "--all", "-o", "nowhere/x.json")
    assert (code, len(err)) == (1, 1)
    assert "No such file" in err[0]


def test_wrong_key_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("migrate")[0] == 0
    monkeypatch.setenv("ENCRYPTION_KEY", "A" * 43 + "=")
    for words in (("status",), ("check",), ("run",)):
        code, out, err = run(*words)
        assert (code, out, len(err)) == (1, "", 1)
        assert "ENCRYPTION_KEY" in err[0]


def test_lost_key_file_is_78(run: Run, tmp_path: Path) -> None:
    assert run("migrate")[0] == 0
    (tmp_path / "data" / "key").unlink()
    code, _, err = run("status")
    assert (code, len(err)) == (78, 1)


async def _migrate_beside_a_bot(url: str, run: Run) -> tuple[int, str, list[str]]:
    async with poller_lock(url):
        return run("migrate")


async def test_migrate_refuses_while_a_bot_runs(run: Run) -> None:
    code, _, err = await _migrate_beside_a_bot("sqlite+aiosqlite:///data/homenotes.db", run)
    assert (code, len(err)) == (1, 1)
    assert "running" in err[0]


@pytest.mark.parametrize(
    "error",
    [
        AlreadyRunning("busy"),
        TokenRefused(),
        Unauthorized(),
        NewerSchema("newer"),
        OlderSchema("older"),
        Damaged("x"),
        Unavailable("locked"),
        Conflict("x"),
        DatabaseError("x"),
        OSError(28, "No space left on device"),
        ValueError("words of a parent"),
    ],
)
def test_every_error_of_the_bot_is_one_line(error: Exception, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_settings: config.Settings) -> int:
        raise error

    monkeypatch.setattr(program, "run", fails)
    code, out, err = run("run")
    assert (code, out, len(err)) == (1, "", 1)
    assert "words of a parent" not in err[0]
    if isinstance(error, TokenRefused | Unauthorized):
        assert "TELEGRAM_BOT_TOKEN" in err[0]


def test_hints_name_classes_that_there_are() -> None:
    known = {
        f"{c.__module__}.{c.__name__}"
        for c in (Damaged, NewerSchema, OlderSchema, Unavailable, DatabaseError, TokenRefused, Unauthorized)
    }
    assert set(saying.HINTS) == known


def test_the_process_says_it_in_one_line_and_starts_light(tmp_path: Path) -> None:
    path = {"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "run"], cwd=tmp_path, env=path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (78, "", "TELEGRAM_BOT_TOKEN: is missing\n")
    look = "import sys, bot.cli; print({'telegram', 'sqlalchemy', 'aiohttp', 'alembic', 'babel'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", look], cwd=tmp_path, env=path, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "set()"
