"""Every setting of the installation: the environment first, then `.env` in the working directory.

Reading them changes nothing. A secret may also be given as `NAME_FILE`, the path of a file that holds it; the key
also as the systemd credential `encryption_key`. What is wrong is collected as one line for each setting
(`WrongSettings`); no line ever shows a secret.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from pydantic import Field, PrivateAttr, ValidationError, ValidationInfo, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot import keyfile, wellformed
from bot.clock import Clock, SimulatedClock, SystemClock
from bot.domain.flags import Rules
from bot.model import Retention

TELEGRAM = "https://api.telegram.org/bot"
SECRETS = ("telegram_bot_token", "encryption_key", "webhook_secret", "smtp_url", "database_url")
_KEPT = ("handled", "outbox", "dead", "voice", "photos", "care")
WITH_WEBHOOK = ("webhook_listen", "webhook_secret")


class WrongSettings(Exception):
    """``lines``: one for each wrong setting, `NAME: what is wrong`."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class Unreadable(str):
    """Stands for a secret whose file cannot be read; the text says why."""

    __slots__ = ()


class Given(PydanticBaseSettingsSource):
    """What the operator has set, by field name, as text."""

    def get_field_value(self, _field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        return self().get(field_name), field_name, False

    def __call__(self) -> dict[str, Any]:
        fields = self.settings_cls.model_fields
        given = {
            **_from(dotenv_values(".env", interpolate=False, encoding="utf-8-sig"), fields),
            **_from(os.environ, fields),
        }
        if not given.get("encryption_key", "").strip() and (key := _credential()):
            given["encryption_key"] = key
        return given


def _from(source: Mapping[str, str | None], fields: Mapping[str, FieldInfo]) -> dict[str, str]:
    found = {name: value for name in fields if (value := source.get(name.upper())) is not None}
    for name in SECRETS:
        path = source.get(f"{name.upper()}_FILE")
        if path and found.get(name):
            found[name] = Unreadable(f"is set twice, as {name.upper()}_FILE too")
        elif path:
            found[name] = _content(Path(path))
    return found


def _credential() -> str | None:
    """The key that systemd hands over (LoadCredential=, LoadCredentialEncrypted=); None where there is none."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    path = Path(folder, "encryption_key") if folder else None
    if path is None or not path.exists():
        return None
    return _content(path) or Unreadable(f"its file {path} is empty")


def _content(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        return Unreadable(f"its file {path} cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8 text'}")


class Settings(BaseSettings):
    """Fields are named as the settings, in lower case. Order matters: a check may look at the fields above its own."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", validate_default=True, hide_input_in_errors=True)

    telegram_bot_token: str = Field(repr=False)
    telegram_api_base_url: str = TELEGRAM
    data_dir: Path = Path("data")
    database_url: str = Field("", repr=False)
    encryption_key: str = Field("", repr=False)
    clinic_name: str = "our clinic"
    default_language: str = "en"
    default_timezone: str = "UTC"
    country: str = ""
    webhook_url: str = ""
    webhook_listen: str = ""
    webhook_secret: str = Field("", repr=False)
    smtp_url: str = Field("", repr=False)
    mail_from: str = ""
    health_listen: str = "127.0.0.1:8081"
    messages_per_second: float = Field(29.5, ge=0, allow_inf_nan=False)
    log_level: str = "info"
    log_format: str = "text"
    retention_handled_days: int = Field(14, ge=1, le=36500)
    retention_outbox_days: int = Field(7, ge=1, le=36500)
    retention_dead_days: int = Field(90, ge=1, le=36500)
    retention_voice_days: int = Field(0, ge=0, le=36500)
    retention_photos_days: int = Field(0, ge=0, le=36500)
    retention_care_days: int = Field(0, ge=0, le=36500)
    backup_dir: str = ""
    backup_keep: int = Field(14, ge=0, le=35)  # who was erased is to be gone from backups after 35 days
    backup_hook: str = ""
    flag_baseline_days: int = Field(28, ge=1, le=365)
    flag_baseline_answers: int = Field(5, ge=1, le=365)
    flag_recent_answers: int = Field(3, ge=1, le=100)
    flag_recent_days: int = Field(7, ge=1, le=100)
    flag_steps: int = Field(1, ge=1, le=4)
    flag_points: int = Field(2, ge=1, le=10)
    flag_beyond_quartile: int = Field(2, ge=1, le=100)
    flag_quiet_pulses: int = Field(3, ge=1, le=100)
    flag_quiet_weeklies: int = Field(2, ge=1, le=100)
    flag_quiet_usually_percent: int = Field(50, ge=0, le=100)
    flag_not_sure: int = Field(1, ge=1, le=100)
    flag_did_not_want: int = Field(3, ge=1, le=100)
    flag_stuck_days: int = Field(7, ge=1, le=100)
    flag_apart: int = Field(3, ge=1, le=10)
    flag_apart_days: int = Field(7, ge=1, le=365)
    flag_repeat_days: int = Field(7, ge=0, le=365)
    flag_snooze_days: int = Field(7, ge=1, le=365)
    brief_hours: int = Field(2, ge=0, le=72)
    escalate_minutes: int = Field(15, ge=0, le=1440)
    simulated_clock: str = ""
    _clock: Clock | None = PrivateAttr(None)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic-settings' own hook
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, Given(settings_cls)

    @field_validator("*", mode="before")
    @classmethod
    def _given(cls, value: Any, info: ValidationInfo) -> Any:
        """Empty takes the default (but HEALTH_LISTEN: off); a required one that is empty is missing."""
        if isinstance(value, Unreadable):
            raise ValueError(str(value))  # noqa: TRY004 - pydantic collects ValueErrors
        field = cls.model_fields[str(info.field_name)]
        if not isinstance(value, str) or value.strip() or info.field_name == "health_listen":
            return value.strip() if isinstance(value, str) else value
        if field.is_required():
            raise ValueError("is missing")
        return field.get_default()

    @field_validator("*", mode="after")
    @classmethod
    def _formed(cls, value: Any, info: ValidationInfo) -> Any:
        check = wellformed.CHECKS.get(str(info.field_name))
        return check(value) if check and value != "" else value

    @field_validator("database_url")
    @classmethod
    def _beside(cls, value: str, info: ValidationInfo) -> str:
        return value or f"sqlite+aiosqlite:///{info.data.get('data_dir', 'data')}/homenotes.db"

    @field_validator("messages_per_second", "simulated_clock", "webhook_url")
    @classmethod
    def _not_with_telegram(cls, value: Any, info: ValidationInfo) -> Any:
        if not wellformed.is_telegram(info.data.get("telegram_api_base_url", "")):
            return value
        if info.field_name == "webhook_url" and value and not value.startswith("https:"):
            raise ValueError("must be an https address")
        if info.field_name == "simulated_clock" and value:
            raise ValueError("only with another TELEGRAM_API_BASE_URL than Telegram's own")
        if info.field_name == "messages_per_second" and not 0 < value <= 30:  # noqa: PLR2004 - Telegram's limit
            raise ValueError("above 0 and at most 30 with Telegram's own server")
        return value

    @field_validator(*WITH_WEBHOOK)
    @classmethod
    def _with_webhook(cls, value: str, info: ValidationInfo) -> str:
        url = info.data.get("webhook_url")
        if url and not value:
            raise ValueError("is missing: WEBHOOK_URL, WEBHOOK_LISTEN and WEBHOOK_SECRET go together")
        if url == "" and value:
            raise ValueError("is set, but WEBHOOK_URL is missing")
        return value

    @field_validator("mail_from")
    @classmethod
    def _with_mail(cls, value: str, info: ValidationInfo) -> str:
        if bool(value) != bool(info.data.get("smtp_url")) and "smtp_url" in info.data:
            raise ValueError("SMTP_URL and MAIL_FROM go together")
        return value

    def rules(self) -> Rules:
        """The thresholds of a digest's flags: each FLAG_ setting under its own name."""
        return Rules(**{name: getattr(self, f"flag_{name}") for name in Rules.__slots__})

    def retention(self) -> Retention:
        """How long each kind is kept: each RETENTION_ setting under its own name."""
        return Retention(**{name: getattr(self, f"retention_{name}_days") for name in _KEPT})

    def key(self) -> bytes:
        """The installation's 32 bytes. Makes DATA_DIR and, without ENCRYPTION_KEY, its file `key` once."""
        self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.encryption_key:
            return keyfile.decoded(self.encryption_key)
        if keyfile.coming(self.key_file()).exists():
            in_use = self.key_in_use()
            keyfile.interrupted(self.key_file(), in_use)
            return keyfile.read(in_use)
        return keyfile.kept(self.key_file(), self.data_dir / "homenotes.db")

    def key_file(self) -> Path:
        """Where the key is kept that no setting gives."""
        return self.data_dir / "key"

    def key_in_use(self) -> Path:
        """The file with the key that opens the database: while a rotation is not finished it may be the new one."""
        from bot.storage import opening  # noqa: PLC0415 - only where a rotation was interrupted

        path, new = self.key_file(), keyfile.coming(self.key_file())
        if not new.exists() or opening.fits(self.database_url, keyfile.read(path)):
            return path
        return new if opening.fits(self.database_url, keyfile.read(new)) else path

    def older_keys(self) -> list[bytes]:
        """With which backups may have been made before the key was rotated."""
        return keyfile.formers(self.key_file())

    def backups(self) -> Path:
        """Where the daily backups go."""
        return Path(self.backup_dir) if self.backup_dir else self.data_dir / "backups"

    def hook(self) -> tuple[str, ...]:
        """The command that gets each daily backup, as words; none: ()."""
        return tuple(shlex.split(self.backup_hook))

    def clock(self) -> Clock:
        """The process's one clock: made at the first call, which should be early."""
        if self._clock is None:
            self._clock = SimulatedClock.parse(self.simulated_clock) if self.simulated_clock else SystemClock()
        return self._clock

    def secrets(self) -> tuple[str, ...]:
        """What no log may show."""
        urls = (wellformed.password(url) for url in (self.database_url, self.smtp_url))
        return tuple(s for s in (self.telegram_bot_token, self.encryption_key, self.webhook_secret, *urls) if s)


def load() -> Settings:
    """The settings of this process. Raises `WrongSettings`."""
    try:
        return Settings()  # type: ignore[call-arg]  # the token comes from outside
    except ValidationError as error:
        raise WrongSettings([_line(one) for one in error.errors(include_url=False, include_input=False)]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSettings([f".env: cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8 text'}"]) from None


def _line(error: Any) -> str:
    name = str(error["loc"][0]).upper()
    wrong = "is missing" if error["type"] == "missing" else error["msg"].removeprefix("Value error, ")
    return f"{name}: {wrong[:1].lower()}{wrong[1:]}" if wrong.startswith("Input") else f"{name}: {wrong}"
