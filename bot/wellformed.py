"""What each setting must look like.

A check takes the text, returns what is kept, and raises ValueError with what is wrong.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any
from unicodedata import category
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot import keyfile
from bot.clock import SimulatedClock

LANGUAGES = frozenset(path.parent.name for path in (Path(__file__).parent / "text").glob("*/*.ftl"))
DATABASES = ("sqlite+aiosqlite:///", "postgresql+psycopg://")

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # https://core.telegram.org/bots/api#setwebhook
_LISTEN = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\s\[\]]+):(\d{1,5})")
_PORTS = range(65536)


def is_telegram(base: str) -> bool:
    """Whether that is Telegram's own server."""
    return (urlsplit(base).hostname or "").rstrip(".").endswith("telegram.org")


def password(url: str) -> str:
    return urlsplit(url).password or ""


def listen(text: str) -> str:
    found = _LISTEN.fullmatch(text)
    if not found or int(found[2]) not in _PORTS:
        raise ValueError("must be host:port, for example 127.0.0.1:8081")
    return text


def _token(text: str) -> str:
    if not _TOKEN.fullmatch(text):
        raise ValueError("is not a bot token (digits, a colon, letters), as @BotFather gives it")
    return text


def _base(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not text.endswith("/bot"):
        raise ValueError("must be an http or https address that ends in /bot")
    return text


def _database(text: str) -> str:
    if not text.startswith(DATABASES) or text in DATABASES:
        raise ValueError("must begin with sqlite+aiosqlite:/// and a path, or with postgresql+psycopg://")
    return text


def _key(text: str) -> str:
    keyfile.decoded(text)
    return text


def _line(text: str) -> str:
    """It stands in the subject of e-mails, too."""
    if any(category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in text):
        raise ValueError("must be one line, without control characters")
    return text


def language(text: str) -> str:
    if text not in LANGUAGES:
        raise ValueError(f"{text!r} is not shipped; there is: {', '.join(sorted(LANGUAGES))}")
    return text


def timezone(text: str) -> str:
    """An IANA name. ZoneInfo raises half a dozen kinds of errors for what is none."""
    try:
        ZoneInfo(text)
    except (OSError, LookupError, ValueError):
        raise ValueError(f"{text!r} is not an IANA time zone, for example Europe/Berlin") from None
    return text


def _country(text: str) -> str:
    table = files("tzdata.zoneinfo").joinpath("iso3166.tab").read_text("utf-8")
    if f"\n{text.upper()}\t" not in table:
        raise ValueError(f"{text!r} is not a country of ISO 3166 (two letters, for example DE)")
    return text.upper()


def _web(text: str) -> str:
    if urlsplit(text).scheme not in {"http", "https"} or not urlsplit(text).hostname:
        raise ValueError("must be an https address")
    return text


def _secret(text: str) -> str:
    if not _SECRET.fullmatch(text):
        raise ValueError("may hold letters, digits, _ and - only, at most 256")
    return text


def _smtp(text: str) -> str:
    if urlsplit(text).scheme not in {"smtp", "smtps"} or not urlsplit(text).hostname:
        raise ValueError("must be smtp://user:password@host:port, or smtps://")
    return text


def email(text: str) -> str:
    if not re.fullmatch(r"[^@\r\n]*[^@\s]@[^@\s]+", text):
        raise ValueError("is not an e-mail address")
    return text


def _command(text: str) -> str:
    """Words as a shell splits them; no shell runs them."""
    try:
        shlex.split(text)
    except ValueError as error:
        raise ValueError(f"is not a command line: {str(error).lower()}") from None
    return text


def _clock(text: str) -> str:
    try:
        SimulatedClock.parse(text)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"must be like 2027-03-27T06:00:00Z*600: {error}") from None
    return text


def _one_of(*known: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if text.lower() not in known:
            raise ValueError(f"must be one of {', '.join(known)}")
        return text.lower()

    return check


CHECKS: dict[str, Callable[[Any], Any]] = {
    "telegram_bot_token": _token,
    "telegram_api_base_url": _base,
    "database_url": _database,
    "encryption_key": _key,
    "clinic_name": _line,
    "default_language": language,
    "default_timezone": timezone,
    "country": _country,
    "webhook_url": _web,
    "webhook_listen": listen,
    "webhook_secret": _secret,
    "smtp_url": _smtp,
    "mail_from": email,
    "backup_hook": _command,
    "health_listen": listen,
    "log_level": _one_of("debug", "info", "warning", "error"),
    "log_format": _one_of("text", "json"),
    "simulated_clock": _clock,
}
