"""Settings: where they come from, what is refused, and in which words."""

from __future__ import annotations

import base64
import stat
from pathlib import Path

import pytest

from bot import config, keyfile
from bot.clock import SimulatedClock

TOKEN = "123456:abcdefghijklmnopqrstuvwxyz"
OTHER = "http://127.0.0.1:8081/bot"
KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture(autouse=True)
def _nothing_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in config.Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.delenv(f"{name.upper()}_FILE", raising=False)


def load(monkeypatch: pytest.MonkeyPatch, **given: str) -> config.Settings:
    for name, value in {"TELEGRAM_BOT_TOKEN": TOKEN, **given}.items():
        monkeypatch.setenv(name, value)
    return config.load()


def wrong(monkeypatch: pytest.MonkeyPatch, **given: str) -> list[str]:
    with pytest.raises(config.WrongSettings) as raised:
        load(monkeypatch, **given)
    return raised.value.lines


def test_defaults_are_the_contract(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(monkeypatch)
    assert settings.telegram_api_base_url == "https://api.telegram.org/bot"
    assert settings.database_url == "sqlite+aiosqlite:///data/homenotes.db"
    assert settings.health_listen == "127.0.0.1:8081"
    assert settings.messages_per_second == 29.5
    days = settings.retention_handled_days, settings.retention_outbox_days, settings.retention_dead_days
    assert days == (14, 7, 90)


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text(
        f"\ufeffTELEGRAM_BOT_TOKEN={TOKEN}\nCLINIC_NAME='From ${{HOME}} file'\nCOUNTRY=de\n", "utf-8"
    )
    monkeypatch.setenv("COUNTRY", "AT")
    settings = config.load()
    assert settings.clinic_name == "From ${HOME} file"
    assert settings.country == "AT"


@pytest.mark.parametrize("value", ["", "   "])
def test_required_and_empty_is_missing(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert wrong(monkeypatch, TELEGRAM_BOT_TOKEN=value) == ["TELEGRAM_BOT_TOKEN: is missing"]


def test_not_given_is_missing() -> None:
    with pytest.raises(config.WrongSettings, match=r"^TELEGRAM_BOT_TOKEN: is missing$"):
        config.load()


def test_empty_takes_the_default_but_health_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(monkeypatch, MESSAGES_PER_SECOND="", RETENTION_DEAD_DAYS="", HEALTH_LISTEN="")
    assert settings.messages_per_second == 29.5
    assert settings.retention_dead_days == 90
    assert settings.health_listen == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "no-colon"),
        ("TELEGRAM_BOT_TOKEN", "12:with space"),
        ("TELEGRAM_API_BASE_URL", "https://example.org"),
        ("TELEGRAM_API_BASE_URL", "ftp://example.org/bot"),
        ("DATABASE_URL", "mysql://x"),
        ("DATABASE_URL", "sqlite:///homenotes.db"),
        ("ENCRYPTION_KEY", "short"),
        ("ENCRYPTION_KEY", base64.b64encode(b"too short").decode()),
        ("CLINIC_NAME", "Sunny\nSteps"),
        ("CLINIC_NAME", "Sunny \x1b[31mSteps"),
        ("DEFAULT_LANGUAGE", "xx"),
        ("DEFAULT_TIMEZONE", "Mars/Base"),
        ("DEFAULT_TIMEZONE", "../etc/passwd"),
        ("DEFAULT_TIMEZONE", "Europe"),
        ("COUNTRY", "XX"),
        ("COUNTRY", "Germany"),
        ("COUNTRY", "UK"),
        ("HEALTH_LISTEN", "8081"),
        ("HEALTH_LISTEN", "127.0.0.1:99999"),
        ("MESSAGES_PER_SECOND", "many"),
        ("MESSAGES_PER_SECOND", "nan"),
        ("MESSAGES_PER_SECOND", "inf"),
        ("MESSAGES_PER_SECOND", "-1"),
        ("MESSAGES_PER_SECOND", "0"),
        ("MESSAGES_PER_SECOND", "31"),
        ("LOG_LEVEL", "loud"),
        ("LOG_FORMAT", "xml"),
        ("RETENTION_DEAD_DAYS", "0"),
        ("RETENTION_HANDLED_DAYS", "two"),
        ("SIMULATED_CLOCK", "2027-03-27T06:00:00Z*600"),  # with Telegram's own address
        ("SMTP_URL", "http://mail"),
        ("MAIL_FROM", "clinic@example.org"),  # without SMTP_URL
    ],
)
def test_one_line_names_the_setting_and_hides_secrets(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = wrong(monkeypatch, **{name: value})
    assert any(line.startswith(f"{name}: ") for line in lines)
    assert all("\n" not in line for line in lines)
    if name.lower() in config.SECRETS:
        assert value not in "".join(lines)


def test_every_wrong_setting_gets_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = wrong(monkeypatch, TELEGRAM_BOT_TOKEN="", COUNTRY="XX", LOG_LEVEL="loud", WEBHOOK_URL="https://example.org")
    names = [line.partition(":")[0] for line in lines]
    assert sorted(names) == ["COUNTRY", "LOG_LEVEL", "TELEGRAM_BOT_TOKEN", "WEBHOOK_LISTEN", "WEBHOOK_SECRET"]


@pytest.mark.parametrize("missing", ["WEBHOOK_URL", "WEBHOOK_LISTEN", "WEBHOOK_SECRET"])
def test_webhook_settings_go_together(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {"WEBHOOK_URL": "https://example.org/x", "WEBHOOK_LISTEN": "0.0.0.0:8443", "WEBHOOK_SECRET": "s3cret"}
    assert load(monkeypatch, **whole).webhook_listen == "0.0.0.0:8443"
    monkeypatch.delenv(missing)
    del whole[missing]
    lines = wrong(monkeypatch, **whole)
    assert lines
    assert all(f"{missing}" in line and "is missing" in line for line in lines)


def test_a_webhook_without_tls_is_for_another_server_only(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = {"WEBHOOK_URL": "http://127.0.0.1:8443/", "WEBHOOK_LISTEN": "127.0.0.1:8443", "WEBHOOK_SECRET": "s3cret"}
    assert wrong(monkeypatch, **plain) == ["WEBHOOK_URL: must be an https address"]
    assert load(monkeypatch, TELEGRAM_API_BASE_URL=OTHER, **plain).webhook_url == plain["WEBHOOK_URL"]


@pytest.mark.parametrize(
    "base", ["https://api.telegram.org/bot", "https://API.telegram.org./bot", "http://api.telegram.org:80/bot"]
)
def test_telegrams_own_server_under_other_spellings(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = wrong(
        monkeypatch, TELEGRAM_API_BASE_URL=base, MESSAGES_PER_SECOND="0", SIMULATED_CLOCK="2027-03-27T06:00:00Z*600"
    )
    assert [line.partition(":")[0] for line in lines] == ["MESSAGES_PER_SECOND", "SIMULATED_CLOCK"]


def test_another_server_may_have_no_limit_and_another_calendar(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(
        monkeypatch, TELEGRAM_API_BASE_URL=OTHER, MESSAGES_PER_SECOND="0", SIMULATED_CLOCK="2027-03-27T06:00:00Z*600"
    )
    assert settings.messages_per_second == 0
    assert isinstance(settings.clock(), SimulatedClock)
    assert settings.clock() is settings.clock()


def test_secret_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n", "utf-8")
    settings = load(monkeypatch, TELEGRAM_BOT_TOKEN="", TELEGRAM_BOT_TOKEN_FILE=str(tmp_path / "token"))
    assert settings.telegram_bot_token == TOKEN


def test_secret_file_that_is_not_there_or_given_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = wrong(
        monkeypatch, ENCRYPTION_KEY_FILE=str(tmp_path / "none"), TELEGRAM_BOT_TOKEN_FILE=str(tmp_path / "none")
    )
    assert [line.partition(":")[0] for line in lines] == ["TELEGRAM_BOT_TOKEN", "ENCRYPTION_KEY"]
    assert "set twice" in lines[0]
    assert "cannot be read" in lines[1]


def test_representation_shows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = repr(load(monkeypatch, ENCRYPTION_KEY=KEY, DATABASE_URL="postgresql+psycopg://u:hidden@h/n"))
    assert TOKEN not in shown
    assert KEY not in shown
    assert "hidden" not in shown


def test_reading_settings_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(monkeypatch)
    assert not list(tmp_path.iterdir())


def test_key_is_made_once_for_its_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(monkeypatch, DATA_DIR=str(tmp_path / "deep" / "data"))
    key = settings.key()
    assert len(key) == 32
    assert settings.key() == key
    file = settings.data_dir / "key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.data_dir.stat().st_mode) == 0o700
    assert [one.name for one in settings.data_dir.iterdir()] == ["key"]


def test_given_key_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(monkeypatch, DATA_DIR=str(tmp_path / "data"), ENCRYPTION_KEY=KEY)
    assert settings.key() == bytes(range(32))
    assert not list(settings.data_dir.iterdir())


def test_lost_key_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(monkeypatch, DATA_DIR=str(tmp_path))
    (tmp_path / "homenotes.db").write_bytes(b"old")
    with pytest.raises(keyfile.KeyLost, match="put the file"):
        settings.key()


def test_damaged_key_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(monkeypatch, DATA_DIR=str(tmp_path))
    (tmp_path / "key").write_bytes(b"\xff\xfe")
    with pytest.raises(keyfile.KeyLost, match="ENCRYPTION_KEY"):
        settings.key()


def test_a_systemd_credential_is_the_key_where_no_setting_gives_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert load(monkeypatch).encryption_key == ""
    (tmp_path / "encryption_key").write_text(f"{KEY}\n")
    assert load(monkeypatch, ENCRYPTION_KEY="").key() == bytes(range(32))
    assert not (tmp_path / "data" / "key").exists()
    given = base64.b64encode(b"g" * 32).decode()
    (tmp_path / "elsewhere").write_text(given)
    assert load(monkeypatch, ENCRYPTION_KEY_FILE=str(tmp_path / "elsewhere")).key() == b"g" * 32
    monkeypatch.delenv("ENCRYPTION_KEY_FILE")
    (tmp_path / "encryption_key").write_text("")
    [line] = wrong(monkeypatch)
    assert line == f"ENCRYPTION_KEY: its file {tmp_path}/encryption_key is empty"
