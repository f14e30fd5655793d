"""Logs without names, words, tokens or keys: structlog over the standard library's logging, to standard error.

Everything passes one formatter at the root, other people's loggers and tracebacks too; it takes the secrets out.
"""

from __future__ import annotations

import logging
import re
import sys
from typing import Any

import structlog

GONE = "[removed]"
NOISY = ("httpx", "httpcore", "aiosqlite", "telegram", "aiohttp.access", "apscheduler", "alembic", "asyncio")
SHORTEST_SECRET = 4  # characters: taking out less would take words apart

_TOKEN = re.compile(r"\d{5,}(?::|%3[Aa])[A-Za-z0-9_-]{20,}")
_SHARED = (
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def get(name: str) -> Any:
    """A logger. Events are short keys; values are ids, counts and class names, never what people said."""
    return structlog.stdlib.get_logger(name)


class Redacting(structlog.stdlib.ProcessorFormatter):
    """Takes bot tokens and the configured `secrets` out of the finished line."""

    def __init__(self, secrets: tuple[str, ...], **rest: Any) -> None:
        super().__init__(**rest)
        known = sorted({s for s in secrets if len(s) >= SHORTEST_SECRET}, key=len, reverse=True)
        self._secrets = re.compile("|".join(map(re.escape, known))) if known else None

    def format(self, record: logging.LogRecord) -> str:
        line = _TOKEN.sub(GONE, super().format(record))
        return self._secrets.sub(GONE, line) if self._secrets else line


def configure(level: str, format: str, secrets: tuple[str, ...] = ()) -> None:  # noqa: A002 - the setting's name
    """One handler on the root logger. `format` is `text` or `json`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacting(secrets, foreign_pre_chain=_SHARED, processors=_last(format)))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in NOISY:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    logging.captureWarnings(capture=True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def _last(format: str) -> list[Any]:  # noqa: A002 - the setting's name
    """Tracebacks are plain: a pretty one would print the values of variables, which are people's words."""
    start = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if format == "json":
        return [*start, structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    plain = structlog.dev.plain_traceback
    return [*start, structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]
