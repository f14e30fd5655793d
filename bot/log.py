"""Logs without names, words, tokens or keys."""

from __future__ import annotations

from typing import Any

import structlog


def get(name: str) -> Any:
    """A logger. Events are short keys; values are ids, counts and class names, never what people said."""
    return structlog.stdlib.get_logger(name)
