"""aiogram, a client of other people's making: loaded when a test first uses it, because that takes six seconds."""

from __future__ import annotations

import importlib
from typing import Any


def __getattr__(name: str) -> Any:
    """`foreign.aiogram`, `foreign.types`, `foreign.errors` and `foreign.methods`."""
    modules = {"aiogram": "aiogram", "errors": "aiogram.exceptions"}
    return importlib.import_module(modules.get(name, f"aiogram.{name}"))
