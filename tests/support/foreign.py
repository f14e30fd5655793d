"""aiogram, a client of other people's making: loaded when a test first uses it, because that takes six seconds."""

from __future__ import annotations

import importlib
from typing import Any

_MODULES = {
    "aiogram": "aiogram",
    "types": "aiogram.types",
    "methods": "aiogram.methods",
    "errors": "aiogram.exceptions",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:  # pytest asks every module for marks of its own
        raise AttributeError(name)
    return importlib.import_module(_MODULES[name])
