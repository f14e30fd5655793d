"""What the program writes into its log, as an operator would find it: every logger, every level, the real formatter."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from bot import log


@contextmanager
def overheard() -> Iterator[io.StringIO]:
    """All that is logged until the block ends, as JSON lines."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    before = structlog.get_config() if structlog.is_configured() else None
    heard = io.StringIO()
    log.configure("debug", "json")
    ours = root.handlers[0]
    assert isinstance(ours, logging.StreamHandler)
    ours.setStream(heard)
    root.handlers[:] = [*handlers, ours]
    try:
        yield heard
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        logging.captureWarnings(capture=False)
        structlog.reset_defaults()
        if before is not None:
            structlog.configure(**before)
