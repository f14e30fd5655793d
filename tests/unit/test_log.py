"""Logs: no token, no secret, whoever writes the line."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot import log

TOKEN = "123456789:AAabcdefghijklmnopqrstuvwxyz_-01234"


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


@pytest.mark.parametrize("form", ["text", "json"])
def test_tokens_leave_every_line(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("debug", form, ("s3cret/key",))
    log.get("bot.x").warning("tried", url=f"https://api.telegram.org/bot{TOKEN}/getMe", key="s3cret/key")
    logging.getLogger("someone.else").warning("at %s", f"https://h/bot{TOKEN.replace(':', '%3A')}/x")
    try:
        raise ValueError(f"bad address {TOKEN} s3cret/key")  # noqa: TRY301 - a traceback is wanted
    except ValueError:
        logging.getLogger("someone.else").exception("broke")
        log.get("bot.x").exception("broke_too")
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" in err
    assert TOKEN not in err
    assert TOKEN.partition(":")[2] not in err
    assert "s3cret" not in err
    assert err.count(log.GONE) >= 7


def test_json_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("info", "json")
    log.get("bot.x").info("sent", count=2)
    log.get("bot.x").debug("hidden")
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["count"], line["level"], line["logger"]) == ("sent", 2, "info", "bot.x")
    assert line["timestamp"].endswith("Z")


def test_tracebacks_show_no_values(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("info", "text")

    def fails(words: str) -> None:
        raise ValueError(len(words))

    try:
        fails("what a parent said")
    except ValueError:
        log.get("bot.x").exception("broke")
    assert "what a parent said" not in capsys.readouterr().err.replace('fails("what a parent said")', "")


@pytest.mark.parametrize("name", log.NOISY)
def test_noisy_libraries_only_warn(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("debug", "text")
    logging.getLogger(name).info("chatter")
    logging.getLogger(name).warning("trouble")
    err = capsys.readouterr().err
    assert "chatter" not in err
    assert "trouble" in err


def test_configured_twice_writes_once(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("info", "text")
    log.configure("info", "text")
    log.get("bot.x").info("once")
    assert capsys.readouterr().err.count("once") == 1


def test_short_secrets_do_not_take_words_apart(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("info", "text", ("e", ""))
    log.get("bot.x").info("reached")
    assert "reached" in capsys.readouterr().err
